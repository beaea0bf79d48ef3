"""Electrify Now!: what a project adds to its country's electricity, against 35 % of final energy by 2035.

The goal is one of whole economies, so a project has a contribution and no label. On the direct definition hydrogen is
delivered energy; on the site definition the electricity that makes it counts.
"""

from dataclasses import dataclass

from models.compliance.rule_table import threshold
from models.demand.catalogue import Carrier, Scope
from models.demand.load import Demand

RULE = "electrify_now"
TWH = 1e-6


@dataclass(frozen=True, slots=True)
class ElectrifyNow:
    """Contribution in TWh a year; None where an input is missing.

    added_* : electricity of the site less that of the conventional route, by definition.
    displaced_twh : fuels of the conventional route less what the process still burns.
    gap_twh : 35 % of the country's final energy less its electricity; share_of_gap : the site's part of it.
    """

    added_direct_twh: float | None
    added_site_twh: float | None
    displaced_twh: float | None
    target_share: float
    country_target_twh: float | None
    country_gap_twh: float | None
    share_of_gap: float | None


def electrify_now(
    demand: Demand, final_energy_twh: float | None = None, final_electricity_twh: float | None = None
) -> ElectrifyNow:
    """The contribution of a process of this demand.

    final_energy_twh, final_electricity_twh : the country's final energy consumption and the electricity in it.

    Raises ValueError where the country's electricity exceeds its energy, or they are not positive.
    """
    national = (final_energy_twh, final_electricity_twh)
    if any(value is not None and not value > 0.0 for value in national):
        raise ValueError("final energy and electricity must be positive")
    if final_energy_twh is not None and final_electricity_twh is not None and final_electricity_twh > final_energy_twh:
        raise ValueError("final electricity cannot exceed final energy")
    added_direct, added_site, displaced = _project(demand)
    target = threshold(RULE, "electricity_share")
    goal = None if final_energy_twh is None else target * final_energy_twh
    gap = None if goal is None or final_electricity_twh is None else goal - final_electricity_twh
    share = None if gap is None or gap <= 0.0 or added_site is None else added_site / gap
    return ElectrifyNow(added_direct, added_site, displaced, target, goal, gap, share)


def _project(demand: Demand) -> tuple[float | None, float | None, float | None]:
    """Added electricity on both definitions and displaced fuels, TWh a year; None without a sourced route."""
    route = demand.variant.conventional_route
    if route is None or demand.process.is_custom:
        return None, None, None
    year = demand.product_per_year * TWH
    before = (route.gross_electricity or route.electricity).value
    own = sum(step.electricity_mwh_per_unit for step in demand.steps if step.carrier is not Carrier.HYDROGEN)
    site = sum(step.electricity_mwh_per_unit for step in demand.steps)
    if demand.process.product == "hydrogen":  # the electrolyser is the process
        own = site
    fuels = sum(item.energy.central for item in demand.variant.residuals if item.residual.scope is Scope.DIRECT)
    burnt = sum(max(0.0, energy) for energy in route.fuels_mwh.values())
    if before < 0.0:  # an exporter whose own use is not known
        return None, None, (burnt - fuels) * year
    return (own - before) * year, (site - before) * year, (burnt - fuels) * year
