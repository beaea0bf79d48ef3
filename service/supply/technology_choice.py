"""Which technologies may be built: the caller's or those of the place, the plants beside them, and what each costs."""

from models.demand.catalogue import find_process
from models.demand.variant import variant_of
from models.notice import Notice
from models.technologies import ALIASES, ELECTROLYSERS, technology
from models.technology_cost import TechnologyCost
from service.case.facts import FLOATING_BEYOND_M, SiteFacts
from service.http.problems import FieldProblem, ProblemError
from service.schemas.assessment import AssessmentRequest
from service.schemas.supply_names import DEFAULT_TECHNOLOGIES, GENERATORS


def technologies_of(request: AssessmentRequest, facts: SiteFacts, warnings: list[Notice]) -> list[str]:
    """The caller's, or the default of the place: decision 2."""
    if request.supply.technologies is not None:
        return list(request.supply.technologies)
    names = default_technologies(facts)
    if facts.country.offshore:
        detail = (
            f"the place lies at sea, {facts.depth_m:,.0f} m deep on a 20-minute grid: {names[0]} takes the place of "
            "sun and onshore wind; name supply.technologies to choose otherwise"
        )
        warnings.append(Notice("offshore_default", detail))
    return names


def default_technologies(facts: SiteFacts) -> list[str]:
    """What may be built where the caller does not say."""
    if not facts.country.offshore:
        return list(DEFAULT_TECHNOLOGIES)
    wind = "wind_offshore_floating" if facts.depth_m > FLOATING_BEYOND_M else "wind_offshore"
    return [wind, *(name for name in DEFAULT_TECHNOLOGIES if name not in GENERATORS)]


def plants_of(request: AssessmentRequest) -> dict[str, str]:
    """The technology of each plant beside the generators; heater and thermal store where the process may store heat."""
    variant = variant_of(find_process(request.process.id), request.process.parameters)
    plants = {
        "battery": "battery",
        "electrolyser": ELECTROLYSERS[str(variant.parameters.get("electrolyser", "alkaline"))],
        "hydrogen_store": request.supply.hydrogen_store_type,
        "hydrogen_turbine": "hydrogen_turbine",
    }
    heaters = [resolved.step.heater for resolved in variant.steps if resolved.stored and resolved.step.heater]
    return plants | ({"heater": heaters[0], "thermal_store": "thermal_store"} if heaters else {})


def check_built(request: AssessmentRequest, names: list[str]) -> None:
    """Refuse hours and capacity of what the place does not build by default; the schema sees to named technologies."""
    detail = "is not built here by default; name it in supply.technologies"
    wrong = [
        FieldProblem(pointer=f"/supply/existing/{name}", detail=f"{name} {detail}", code="conflict")
        for name in request.supply.existing
        if name not in names
    ]
    wrong += [
        FieldProblem(
            pointer=f"/supply/profiles/{index}/technology", detail=f"{item.technology} {detail}", code="conflict"
        )
        for index, item in enumerate(request.supply.profiles)
        if item.technology not in names
    ]
    if wrong:
        raise ProblemError("invalid-request", "Hours or capacity are given for what is not built.", wrong)


def cost_of(request: AssessmentRequest, name: str, dc_ac_ratio: float | None = None) -> TechnologyCost:
    """Cost with the caller's own figures; `hydrogen_store` means the chosen type of store."""
    costs, year = request.finance.costs, request.finance.cost_year
    overrides = dict(costs.get(name, {}))
    if name == request.supply.hydrogen_store_type:
        overrides = {**{key: value for alias in ALIASES for key, value in costs.get(alias, {}).items()}, **overrides}
    return technology(name, year, overrides, dc_ac_ratio=dc_ac_ratio)
