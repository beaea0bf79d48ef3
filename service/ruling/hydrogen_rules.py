"""From a sized system and a request to what the rules on hydrogen ask."""

import numpy as np

from models.arrays import FloatArray
from models.compliance.hydrogen import HydrogenFacts, HydrogenPower, month_number
from models.compliance.matching import own_power_mw
from models.compliance.rule_table import threshold
from models.compliance.zones import T_PER_MWH, zone_intensity
from models.cost_table import LHV_KWH_PER_KG
from models.demand.load import Demand
from models.sizing.dispatch import Dispatch
from models.sizing.solution import Solution
from service.answer.supply import from_stores_mw, taken_mw
from service.case.facts import SiteFacts
from service.case.series import on_hours
from service.ruling.grid_carbon import GridCarbon
from service.schemas.assessment import AssessmentRequest
from service.schemas.supply_names import MINIMUM
from service.supply.plan import SupplyPlan

BUILT = 1e-6  # of all that is used: what an optimum leaves of a plant it does not want


def year_of(request: AssessmentRequest) -> int:
    """Year of production for which verdicts hold."""
    asked = request.compliance
    if asked.year is not None:
        return asked.year
    return int(asked.plant_operation[:4]) if asked.plant_operation else request.finance.cost_year


def hydrogen_power(
    request: AssessmentRequest,
    facts: SiteFacts,
    demand: Demand,
    solution: Solution,
    carbon: GridCarbon,
    iso3: str | None,
    other_mw: FloatArray | float = 0.0,
) -> HydrogenPower | None:
    """The electricity of the hydrogen; None where the process takes none.

    other_mw : (hours,) of one's own clean power that a rule does not count, taken as if it were bought.
    """
    operation, problem = solution.operation, solution.problem
    made = np.maximum(operation.electrolyser_mw, 0.0)
    if problem.hydrogen is None or demand.hydrogen_t_per_year <= 0.0 or made.sum() <= 0.0:
        return None
    drawn = np.maximum(taken_mw(solution), made)  # rounding of a certified optimum may leave a hair less
    claim = drawn if demand.process.product == "hydrogen" else made
    kwh_per_kg = LHV_KWH_PER_KG / problem.hydrogen.electrolyser_efficiency
    rating = max(solution.capacities["electrolyser_mw"], float(made.max()))
    zone = zone_intensity(iso3)
    given = request.compliance.grid_intensity_t_co2_per_mwh is not None
    mean = carbon.bought or carbon.intensity
    assert problem.month_of_hour is not None  # set for every assessment
    return HydrogenPower(
        claim_mw=claim,
        own_mw=own_power_mw(drawn, carbon.import_mw + other_mw, from_stores_mw(solution)),
        produced_mw=np.maximum(sum(operation.used_mw.values(), np.zeros(problem.hours)) - other_mw, 0.0),
        month_of_hour=problem.month_of_hour,
        hydrogen_kg=1000.0 * float(made.sum()) / kwh_per_kg,
        full_load_hours=problem.yearly * float(made.sum()) / rating,
        grid_t_co2_per_mwh=mean.value if zone is None or given else zone.value * T_PER_MWH,
        always=_cheap_hours(request, facts.lengths),
    )


def not_renewable_mw(request: AssessmentRequest, solution: Solution) -> FloatArray:
    """What is used of firm supply that is not renewable, (hours,), MW."""
    found = np.zeros(solution.problem.hours)
    for plant in request.supply.firm:
        for name in (plant.name, plant.name + MINIMUM):
            if not plant.renewable and name in solution.operation.used_mw:
                found += np.maximum(solution.operation.used_mw[name], 0.0)
    return found


def hydrogen_facts(request: AssessmentRequest, plan: SupplyPlan, dispatch: Dispatch, iso3: str | None) -> HydrogenFacts:
    """What the caller states, and what the sized system makes so."""
    asked, zone = request.compliance, zone_intensity(iso3)
    least = BUILT * sum(item.used_mwh for item in dispatch.generators.values())
    built = [option for option in plan.generators if dispatch.generators[option.name].used_mwh > least]
    remote = {plant.name: plant for plant in request.supply.remote}
    carried = any(option.name in remote and remote[option.name].transport_usd_per_mwh is not None for option in built)
    at_the_site = all(option.stand is not None and option.name not in remote for option in built)
    return HydrogenFacts(
        year=year_of(request),
        grid_connected=request.supply.grid.connected or carried,
        direct_line=not carried if asked.direct_line is None else asked.direct_line,
        smart_metering=asked.smart_metering,
        plant_operation=_month(asked.plant_operation),
        generation_operation=_month(asked.generation_operation),
        construction_year=asked.construction_year,
        zone_renewable_share=asked.zone_renewable_share,
        zone_g_per_mj=zone.value if asked.zone_intensity_g_per_mj is None and zone else asked.zone_intensity_g_per_mj,
        power_purchase_agreement=asked.power_purchase_agreement,
        generation_aided=asked.generation_aided,
        same_zone=(True if at_the_site else None) if asked.same_zone is None else asked.same_zone,
        prevailing_wage=asked.prevailing_wage,
    )


def _month(text: str | None) -> int | None:
    return None if text is None else month_number(int(text[:4]), int(text[5:]))


def _cheap_hours(request: AssessmentRequest, lengths: list[int]) -> np.ndarray | None:
    """Hours in which the price of the zone passes the rule on time; None without prices."""
    asked = request.compliance
    if asked.day_ahead_price_eur_per_mwh is None:
        return None
    price = on_hours(asked.day_ahead_price_eur_per_mwh, lengths, "/compliance/day_ahead_price_eur_per_mwh")
    cheap = price <= threshold("eu_rfnbo", "low_price")
    if asked.allowance_price_eur_per_t is not None:
        cheap |= price < threshold("eu_rfnbo", "low_price_allowance_factor") * asked.allowance_price_eur_per_t
    return np.asarray(cheap)
