"""The line from a generator that does not stand at the gate: a collector line on land, an export cable at sea.

    capex = USD/MW/km (a fully used 230 kV line) x kilometres on land x detour
          + submarine cable x (kilometres at sea x detour + twice the depth), direct current beyond AC's reach

The cable runs down to the sea's floor and up again: hence the depth. Its annual cost joins the generator's own.
"""

import math
from dataclasses import dataclass

from models.connection_data import connection_data
from models.connection_parts import Band, submarine_usd
from models.figure import Figure, Status
from models.finance import crf


@dataclass(frozen=True, slots=True)
class CollectorLine:
    """Cost of a line of one MW, real USD of 2025. length_km : detour included."""

    length_km: float
    capex_usd_per_mw: Figure
    annual_cost_usd_per_mw: Figure
    provenance: tuple[Figure, ...]


def collector_line(
    name: str, distance_km: float, wacc: float, *, undersea_share: float = 0.0, depth_m: float = 0.0
) -> CollectorLine:
    """The line of a generator `name` at a straight distance.

    undersea_share : of the distance. depth_m : of the sea where the generator stands.
    Raises ValueError for a distance or depth below 0 and a share outside 0-1.
    """
    if not (math.isfinite(distance_km) and distance_km >= 0.0 and math.isfinite(depth_m) and depth_m >= 0.0):
        raise ValueError("distance_km and depth_m must be finite and not negative")
    if not 0.0 <= undersea_share <= 1.0:
        raise ValueError("undersea_share must lie between 0 and 1")
    data = connection_data()
    detour, per_km = data.detour_factor, data.collector_usd_per_mw_km
    lengths = Band(
        distance_km * (detour.low or detour.value),
        distance_km * detour.value,
        distance_km * (detour.high or detour.value),
    )
    wet = lengths.times(undersea_share)
    if wet.central > 0.0:
        wet = wet.plus(Band(*(2.0 * depth_m / 1000.0,) * 3))
    dry = lengths.times(1.0 - undersea_share)
    ashore = Band(
        (per_km.low or per_km.value) * dry.low, per_km.value * dry.central, (per_km.high or per_km.value) * dry.high
    )
    cable, cable_figures, _ = submarine_usd(data, 1.0, wet)
    annuity = crf(wacc, data.lifetime_years.value)
    annual = ashore.times(annuity + data.fixed_opex_share_overhead.value).plus(
        cable.times(annuity + data.fixed_opex_share_submarine.value)
    )
    figures = [detour, data.lifetime_years]
    if ashore.high > 0.0:
        figures += [per_km, data.fixed_opex_share_overhead]
    if cable.high > 0.0:
        figures += [*cable_figures, data.fixed_opex_share_submarine]
    note = f"{distance_km:.1f} km straight, {undersea_share:.0%} under water"
    return CollectorLine(
        length_km=dry.central + wet.central,
        capex_usd_per_mw=_figure(f"{name}.collector_capex_usd_per_mw", "USD/MW", ashore.plus(cable), note),
        annual_cost_usd_per_mw=_figure(f"{name}.collector_usd_per_mw_year", "USD/MW/year", annual, note),
        provenance=tuple(figures),
    )


def _figure(name: str, unit: str, band: Band, note: str) -> Figure:
    source = "length x cost of line and cable, in this provenance"
    return Figure(name, band.central, unit, source, low=band.low, high=band.high, status=Status.DERIVED, note=note)
