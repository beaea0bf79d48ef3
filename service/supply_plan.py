"""What may be built at a site, what an hour of it yields, and what a year of it costs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.figure import Figure
from models.land import max_mw
from models.notice import Notice
from models.supply.designs import PVDesign, default_design
from models.technologies import ALIASES, TechnologyCost, technology
from models.wacc import wacc_for, wacc_notices
from service.facts import FLOATING_BEYOND_M, SiteFacts
from service.hours import capacity_factors
from service.problems import FieldProblem, ProblemError
from service.schemas.assessment import AssessmentRequest
from service.schemas.supply import DEFAULT_TECHNOLOGIES, GENERATORS
from service.series import on_hours


@dataclass(frozen=True, slots=True, eq=False)
class GeneratorOption:
    """A generator that may be built. max_mw : most that may be added to `existing_mw`."""

    name: str
    capacity_factor: FloatArray
    cost: TechnologyCost
    wacc: Figure
    existing_mw: float
    max_mw: float | None
    dc_ac_ratio: float | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SupplyPlan:
    """All that may be built. `costs` and `waccs` by technology: battery, electrolyser, hydrogen_store, turbine."""

    technologies: tuple[str, ...]
    generators: tuple[GeneratorOption, ...]
    costs: Mapping[str, TechnologyCost]
    plant_wacc: Figure
    country: str | None
    area_km2: float | None
    warnings: tuple[Notice, ...]

    def has(self, name: str) -> bool:
        """True where the technology may be built."""
        return name in self.technologies


def plan_supply(request: AssessmentRequest, facts: SiteFacts, area_km2: float | None) -> SupplyPlan:
    """Technologies, hours and costs for a request at a place."""
    warnings: list[Notice] = []
    names = _technologies(request, facts, warnings)
    _check_profiles(request, names)
    iso3 = request.site.country or facts.country.iso3
    if request.supply.land.available_km2 is not None:
        area_km2 = request.supply.land.available_km2
    override = request.finance.wacc
    if override is None:
        first = next((name for name in names if name in GENERATORS), "wind_onshore")
        warnings += wacc_notices(iso3, first)
    return SupplyPlan(
        technologies=tuple(names),
        generators=tuple(_generator(name, request, facts, iso3, area_km2) for name in names if name in GENERATORS),
        costs={
            name: _cost(request, resolved)
            for name, resolved in (
                ("battery", "battery"),
                ("electrolyser", "electrolyser"),
                ("hydrogen_store", request.supply.hydrogen_store_type),
                ("hydrogen_turbine", "hydrogen_turbine"),
            )
        },
        plant_wacc=wacc_for(iso3, "battery", override),
        country=iso3,
        area_km2=area_km2,
        warnings=tuple(warnings),
    )


def _technologies(request: AssessmentRequest, facts: SiteFacts, warnings: list[Notice]) -> list[str]:
    """The caller's, or the default of the place: decision 2."""
    if request.supply.technologies is not None:
        return list(request.supply.technologies)
    if not facts.country.offshore:
        return list(DEFAULT_TECHNOLOGIES)
    wind = "wind_offshore_floating" if facts.depth_m > FLOATING_BEYOND_M else "wind_offshore"
    detail = (
        f"the place lies at sea, {facts.depth_m:,.0f} m deep on a 20-minute grid: {wind} takes the place of sun and "
        "onshore wind; name supply.technologies to choose otherwise"
    )
    warnings.append(Notice("offshore_default", detail))
    return [wind, *(name for name in DEFAULT_TECHNOLOGIES if name not in GENERATORS)]


def _check_profiles(request: AssessmentRequest, names: list[str]) -> None:
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


def _cost(request: AssessmentRequest, name: str, dc_ac_ratio: float | None = None) -> TechnologyCost:
    """Cost with the caller's own figures; `hydrogen_store` means the chosen type of store."""
    costs, year = request.finance.costs, request.finance.cost_year
    overrides = dict(costs.get(name, {}))
    if name == request.supply.hydrogen_store_type:
        overrides = {**{key: value for alias in ALIASES for key, value in costs.get(alias, {}).items()}, **overrides}
    return technology(name, year, overrides, dc_ac_ratio=dc_ac_ratio)


def _generator(
    name: str, request: AssessmentRequest, facts: SiteFacts, iso3: str | None, area_km2: float | None
) -> GeneratorOption:
    design = default_design(name)
    ratio = design.dc_ac_ratio if isinstance(design, PVDesign) else None
    own = next((index for index, item in enumerate(request.supply.profiles) if item.technology == name), None)
    if own is None:
        hours = np.concatenate([capacity_factors(design, year) for year in facts.weather])
    else:
        profile = request.supply.profiles[own].capacity_factor
        hours = on_hours(profile, facts.lengths, f"/supply/profiles/{own}/capacity_factor")
    there = request.supply.existing.get(name, 0.0)  # type: ignore[call-overload]  # the name is one of the literal's
    room = max_mw(name, area_km2, ratio) if area_km2 is not None else None
    limits = [None if room is None else max(room - there, 0.0)]
    if name in request.supply.limits:
        limits.append(request.supply.limits[name].max_mw)
    return GeneratorOption(
        name=name,
        capacity_factor=hours,
        cost=_cost(request, name, ratio),
        wacc=wacc_for(iso3, name, request.finance.wacc),
        existing_mw=there,
        max_mw=min((limit for limit in limits if limit is not None), default=None),
        dc_ac_ratio=ratio,
        figures=() if own is not None else design.figures,
    )
