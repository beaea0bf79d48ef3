"""The line of a generator that stands away from the gate, priced at the power it carries."""

from dataclasses import replace

from geodata.ground import ground
from models.collector import CollectorLine, collector_line
from models.figure import Figure, Status
from models.technology_cost import TechnologyCost
from service.case.place import Spot
from service.supply.way import way_shares

LEAST_FACTOR = 0.01  # of a plant that makes next to nothing: it is not taken anyway
LEAST_MW = 1e-3


def line_to(name: str, gate: Spot, spot: Spot, wacc: float, power_mw: float) -> tuple[CollectorLine | None, float]:
    """The line from a spot to the gate and its share under water; None at the gate."""
    if spot.distance_km == 0.0:
        return None, 0.0
    way = ground(gate.latitude, gate.longitude, spot.latitude, spot.longitude)
    line = collector_line(
        name,
        spot.distance_km,
        wacc,
        max(power_mw, LEAST_MW),
        undersea_share=way.undersea_share,
        depth_m=spot.depth_m,
        shares=way_shares(way),
    )
    return line, way.undersea_share


def least_line_usd(name: str, spot: Spot, wacc: float, power_mw: float) -> float:
    """What the line from a spot costs at least, USD a year per MW: all of it over flat open land or shallow water."""
    power = max(power_mw, LEAST_MW)
    ways = (collector_line(name, spot.distance_km, wacc, power, undersea_share=share) for share in (0.0, 1.0))
    return min(line.annual_cost_usd_per_mw.value for line in ways)


def with_line(cost: TechnologyCost, line: CollectorLine | None) -> TechnologyCost:
    """The cost with the line's annual cost, a perpetuity of its own lifetime, among the fixed costs."""
    if line is None:
        return cost
    more, own = line.annual_cost_usd_per_mw, cost.fixed_opex_usd_per_mw_year
    if own is None:
        own = Figure(f"{cost.technology}.fixed_opex_usd_per_mw_year", 0.0, "USD/MW/year", "none", status=more.status)
    joined = replace(
        own,
        value=own.value + more.value,
        low=(own.value if own.low is None else own.low) + (more.low or more.value),
        high=(own.value if own.high is None else own.high) + (more.high or more.value),
        status=own.status if own.status is not Status.READ else Status.DERIVED,
        note="; ".join(filter(None, [own.note, f"of it {more.value:,.0f} for the line to the gate ({more.note})"])),
    )
    return replace(cost, fixed_opex_usd_per_mw_year=joined)


def expected_mw(needed_mw: float, capacity_factor: float, most_mw: float | None) -> float:
    """Power of a plant that makes a mean of `needed_mw`: what its line is priced at before it is sized."""
    power = needed_mw / max(capacity_factor, LEAST_FACTOR)
    return power if not most_mw else min(power, most_mw)
