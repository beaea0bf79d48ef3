"""The line from a generator that does not stand at the gate: a collector line on land, an export cable at sea.

    capex = USD/km (kV) x circuits x kilometres on land x detour x short-line multiplier x terrain x land use
          + submarine cable x (kilometres at sea x detour + twice the depth), direct current beyond AC's reach

Voltage and circuits are those that the power of the plant needs, from the same table as a grid connection's. The cable
runs down to the sea's floor and up again: hence the depth. Its annual cost joins the generator's own.
"""

import math
from dataclasses import dataclass, replace

from models.connection import connection_voltage_kv
from models.connection_data import connection_data
from models.connection_parts import Band, overhead_usd, submarine_usd
from models.connection_way import WayShares, way_multipliers
from models.figure import Figure, Status
from models.finance import crf

OPEN_LAND = WayShares()


@dataclass(frozen=True, slots=True)
class CollectorLine:
    """Cost of a line, real USD of 2025, by MW of its power. length_km : detour included.

    voltage_kv, circuits : of the part on land; None and 0 where all of it is cable.
    """

    power_mw: float
    voltage_kv: float | None
    circuits: int
    length_km: float
    capex_usd_per_mw: Figure
    annual_cost_usd_per_mw: Figure
    provenance: tuple[Figure, ...]


def collector_line(
    name: str,
    distance_km: float,
    wacc: float,
    power_mw: float,
    *,
    undersea_share: float = 0.0,
    depth_m: float = 0.0,
    shares: WayShares = OPEN_LAND,
) -> CollectorLine:
    """The line of a generator `name` of `power_mw` at a straight distance.

    undersea_share : of the distance. depth_m : of the sea where the generator stands. shares : of the ground on land.
    Raises ValueError for a distance or depth below 0, a share outside 0-1 and a power that is not above 0.
    """
    if not (math.isfinite(distance_km) and distance_km >= 0.0 and math.isfinite(depth_m) and depth_m >= 0.0):
        raise ValueError("distance_km and depth_m must be finite and not negative")
    if not 0.0 <= undersea_share <= 1.0:
        raise ValueError("undersea_share must lie between 0 and 1")
    if not (math.isfinite(power_mw) and power_mw > 0.0):
        raise ValueError("power_mw must be finite and above 0")
    data = connection_data()
    detour = data.detour_factor
    lengths = Band(
        distance_km * (detour.low or detour.value),
        distance_km * detour.value,
        distance_km * (detour.high or detour.value),
    )
    wet = lengths.times(undersea_share)
    if wet.central > 0.0:
        wet = wet.plus(Band(*(2.0 * depth_m / 1000.0,) * 3))
    dry = lengths.times(1.0 - undersea_share)
    voltage, circuits = connection_voltage_kv(power_mw)
    terrain, land_use, way_figures = way_multipliers(shares)
    ashore, line_figures = overhead_usd(data, power_mw, voltage, circuits, dry, terrain * land_use)
    cable, cable_figures, _ = submarine_usd(data, power_mw, wet)
    annuity = crf(wacc, data.lifetime_years.value)
    annual = ashore.times(annuity + data.fixed_opex_share_overhead.value).plus(
        cable.times(annuity + data.fixed_opex_share_submarine.value)
    )
    figures = [detour, data.lifetime_years]
    note = f"{distance_km:.1f} km straight, {undersea_share:.0%} under water, {power_mw:,.4g} MW"
    if ashore.high > 0.0:
        own = replace(line_figures[0], name=f"{name}.collector_line_usd_per_km")  # another voltage than a connection's
        figures += [own, *line_figures[1:], *way_figures, data.fixed_opex_share_overhead]
        note += f", {circuits} x {voltage:g} kV"
    if cable.high > 0.0:
        figures += [*cable_figures, data.fixed_opex_share_submarine]
    per_mw = 1.0 / power_mw
    return CollectorLine(
        power_mw=power_mw,
        voltage_kv=voltage if ashore.high > 0.0 else None,
        circuits=circuits if ashore.high > 0.0 else 0,
        length_km=dry.central + wet.central,
        capex_usd_per_mw=_figure(
            f"{name}.collector_capex_usd_per_mw", "USD/MW", ashore.plus(cable).times(per_mw), note
        ),
        annual_cost_usd_per_mw=_figure(f"{name}.collector_usd_per_mw_year", "USD/MW/year", annual.times(per_mw), note),
        provenance=tuple(figures),
    )


def _figure(name: str, unit: str, band: Band, note: str) -> Figure:
    source = "length x cost of line and cable, in this provenance, over the power of the plant"
    return Figure(name, band.central, unit, source, low=band.low, high=band.high, status=Status.DERIVED, note=note)
