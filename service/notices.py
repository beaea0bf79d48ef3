"""Warnings that come of a request as a whole: what this version does not say, and what was asked but cannot count."""

from collections.abc import Iterator

from models.notice import Notice
from models.sizing.dispatch import Dispatch
from service.facts import FLOATING_BEYOND_M, SiteFacts
from service.process_demand import Flex
from service.schemas.assessment import AssessmentRequest
from service.siting import OFFSHORE
from service.supply_plan import SupplyPlan


def notices_of(
    request: AssessmentRequest, facts: SiteFacts, plan: SupplyPlan, dispatch: Dispatch, flex: Flex
) -> list[Notice]:
    """Coded warnings for one answer."""
    return [
        *_no_effect(request),
        *_inflexible(request, flex),
        *_heat(request, plan),
        *_out_of_place(facts, plan),
        *_of_the_design(plan, dispatch),
    ]


def _no_effect(request: AssessmentRequest) -> Iterator[Notice]:
    grid = request.supply.grid
    given = grid.model_fields_set - {"connected", "way"}  # a connection is priced off grid too
    if not grid.connected and any(getattr(grid, name) not in (None, 0.0) for name in given):
        detail = (
            "the site is off grid: limits of the grid have no effect, its prices and charges are those of the "
            "conventional route alone; set supply.grid.connected"
        )
        yield Notice("grid_not_connected", detail)


def _heat(request: AssessmentRequest, plan: SupplyPlan) -> Iterator[Notice]:
    supply = request.supply
    if plan.has_heater and not supply.grid.connected and supply.clean_share < 1.0:
        yield Notice("heat_served_in_full", "the clean share leaves electricity unserved, not heat that may be stored")


def _inflexible(request: AssessmentRequest, flex: Flex) -> Iterator[Notice]:
    asked = request.process
    if asked.flexibility == "stated" and request.supply.flexibility is not None:
        yield Notice("flexibility_given", "supply.flexibility takes the place of what the steps of the process allow")
    elif asked.flexibility == "stated" and flex.load is None:
        detail = f"no step of {asked.id} states a minimum load and how long its buffer lasts: the load cannot shift"
        yield Notice("no_flexibility_stated", detail)
    if asked.electrolyser_turndown == "stated" and flex.turndown is None:
        yield Notice("no_electrolyser", f"{asked.id} takes no hydrogen: its electrolyser has no limits to keep to")


def _out_of_place(facts: SiteFacts, plan: SupplyPlan) -> Iterator[Notice]:
    """Generators whose costs are those of another kind of place than this one."""
    at_sea = facts.country.offshore
    for option in plan.generators:
        marine = option.technology in OFFSHORE
        if (marine and option.stand is not None) or option.name != option.technology:
            continue  # it stands where it can
        if marine != at_sea:
            where, costs = ("at sea", "land") if at_sea else ("on land", "the sea")
            detail = f"{option.name} {where}: its costs are those of {costs}"
            yield Notice("technology_out_of_place", detail)
        elif option.technology == "wind_offshore" and facts.depth_m > FLOATING_BEYOND_M:
            detail = (
                f"the sea is {facts.depth_m:,.0f} m deep here on a 20-minute grid; fixed foundations end at about "
                f"{FLOATING_BEYOND_M:.0f} m, and wind_offshore is priced with them"
            )
            yield Notice("technology_out_of_place", detail)


def _of_the_design(plan: SupplyPlan, dispatch: Dispatch) -> Iterator[Notice]:
    if dispatch.unserved_mwh + dispatch.hydrogen_unserved_mwh > 1e-6 * dispatch.load_mwh:
        detail = (
            "part of the load goes unserved, as the clean share allows; product and emissions are those of a full year"
        )
        yield Notice("load_unserved", detail)
    if plan.area_km2 is not None:
        yield Notice("land_shared", "each technology may use the whole of the land")
