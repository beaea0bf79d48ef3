"""Warnings that come of a request as a whole: what this version does not say, and what was asked but cannot count."""

from collections.abc import Iterator, Sequence

from models.compliance.finding import Finding, Verdict
from models.compliance.hydrogen_45v import COUNTRIES as COUNTRIES_45V
from models.demand.catalogue import CapacityUnit
from models.demand.load import Demand
from models.demand.load_profile import load_profile
from models.notice import Notice
from models.sizing.dispatch import Dispatch
from service.case.facts import FLOATING_BEYOND_M, SiteFacts
from service.case.process_demand import Flex
from service.schemas.assessment import AssessmentRequest
from service.supply.plan import SupplyPlan
from service.supply.siting import OFFSHORE


def notices_of(
    request: AssessmentRequest,
    facts: SiteFacts,
    plan: SupplyPlan,
    demand: Demand,
    dispatch: Dispatch,
    flex: Flex,
    findings: Sequence[Finding],
) -> list[Notice]:
    """Coded warnings for one answer."""
    return [
        *_no_effect(request),
        *_inflexible(request, flex),
        *_heat(request, plan),
        *_money(request, plan, demand),
        *_credit_not_earned(request, findings),
        *_larger_plant(demand),
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


def _money(request: AssessmentRequest, plan: SupplyPlan, demand: Demand) -> Iterator[Notice]:
    """Support that was asked for and cannot count."""
    money, place = request.finance, plan.country or "no country"
    band, credit = money.support.us_45v_band, money.support.hydrogen_credit_usd_per_kg
    if band is not None and plan.country not in COUNTRIES_45V:
        detail = f"the credit of 45V is counted as asked, but hydrogen made in {place} does not earn it"
        yield Notice("us_45v_elsewhere", detail)
    if (band is not None or credit is not None) and demand.hydrogen_t_per_year == 0.0:
        yield Notice("support_without_effect", f"{demand.process.id} takes no hydrogen here: its credit pays nothing")


def _credit_not_earned(request: AssessmentRequest, findings: Sequence[Finding]) -> Iterator[Notice]:
    """The credit of 45V as asked, where the rule says less."""
    asked = request.finance.support.us_45v_band
    rule = next((finding for finding in findings if finding.rule == "us_45v"), None)
    if asked is None or rule is None:
        return
    band = next(measure.value for measure in rule.measures if measure.name == "band")
    reasons = []
    if rule.verdict is Verdict.NOT_MET:
        reasons.append("the rule is not met (`compliance`)")
    if band is not None and band > asked:
        reasons.append(f"the hydrogen falls into band {band:.0f}")
    if request.compliance.prevailing_wage is False:
        reasons.append("without the wage conditions the credit is a fifth")
    if reasons:
        yield Notice("us_45v_not_earned", f"the credit of band {asked} is counted as asked, but {'; '.join(reasons)}")


def _larger_plant(demand: Demand) -> Iterator[Notice]:
    """A plant rated by the year whose hours ask for more than its capacity: what it costs is that of its capacity."""
    busiest = load_profile(demand).busiest_hour_over_capacity
    if busiest is None or demand.process.capacity_unit is not CapacityUnit.T_PER_YEAR or busiest <= 1.0 + 1e-6:
        return
    detail = (
        f"in its busiest hour the plant makes {busiest:.3g} times what its capacity spread over the year makes; its "
        "investment is that of the capacity, so where that is rated day and night the plant costs more"
    )
    yield Notice("plant_larger_than_capacity", detail)


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
        gone = (dispatch.unserved_mwh + dispatch.hydrogen_unserved_mwh) / (
            dispatch.load_mwh + dispatch.hydrogen_load_mwh
        )
        detail = (
            f"{gone:.1%} of the electricity and hydrogen goes unserved, as clean share or price allow; the product, "
            "its cost and emissions are those of a full year: less is made, and a unit of it costs more, than stated"
        )
        yield Notice("load_unserved", detail)
    if plan.area_km2 is not None:
        yield Notice("land_shared", "each technology may use the whole of the land")
