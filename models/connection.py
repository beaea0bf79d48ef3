"""What it costs to join the grid: a line at the voltage the power asks for, a substation, a transformer.

    line       = USD/km (kV) x length x circuits x terrain x land use x short-line multiplier
    length     = straight distance x detour factor
    connection = line + new substation (a line is tapped) or upgrade (a substation is joined)
                 + transformer USD/MVA x MW, where the two voltages differ

Reference: NREL/reVX least_cost_xmission; figures and European comparison in `data/connection.yaml`. What of the way
lies under water is a submarine cable, alternating current up to its reach, direct current with a converter pair beyond.

The central case is the TEPPC guide. The band runs from the cheapest to the dearest of four US planning guides, of
the European bulk line and of the mapped distance: planners differ threefold, and one number would hide it.
"""

import math
from dataclasses import dataclass

from models.connection_data import connection_data
from models.connection_parts import Band, overhead_usd, submarine_usd, substation_usd, transformer_usd
from models.figure import Figure, Status
from models.finance import crf
from models.notice import FieldError, Notice
from models.technologies import InvalidCostInput


@dataclass(frozen=True, slots=True)
class ConnectionPart:
    """One part of the connection's cost, central case."""

    item: str
    cost_usd: float


@dataclass(frozen=True, slots=True)
class ConnectionCost:
    """A connection and its cost, real USD of 2025. `breakdown` adds up to `cost_usd`."""

    required_mw: float
    voltage_kv: float
    circuits: int
    length_km: float
    cost_usd: float
    cost_low_usd: float
    cost_high_usd: float
    annual_cost_usd: float
    annual_cost_low_usd: float
    annual_cost_high_usd: float
    breakdown: tuple[ConnectionPart, ...]
    provenance: tuple[Figure, ...]
    warnings: tuple[Notice, ...]


def connection_voltage_kv(required_mw: float) -> tuple[float, int]:
    """Least voltage whose line carries the power, and the circuits; at the highest voltage as many as it takes."""
    capacities = connection_data().line_capacity_mw
    for voltage in sorted(capacities):
        if required_mw <= capacities[voltage]:
            return voltage, 1
    highest = max(capacities)
    return highest, math.ceil(required_mw / capacities[highest])


def connection_classes(required_mw: float) -> tuple[float, ...]:
    """Voltage classes worth looking for: the one the power asks for; at the highest also the next, by more circuits.

    Where a grid's highest voltage is 380 to 420 kV, as in Europe, that stands in for 500 kV.
    """
    voltage, _ = connection_voltage_kv(required_mw)
    listed = sorted(connection_data().line_capacity_mw)
    return (voltage, listed[-2]) if voltage == listed[-1] else (voltage,)


def connection_cost(
    required_mw: float,
    distance_km: float,
    line_voltage_kv: float | None,
    wacc: float,
    *,
    distance_low_km: float | None = None,
    distance_high_km: float | None = None,
    lifetime_years: float | None = None,
    undersea_share: float = 0.0,
    to_substation: bool = False,
    terrain_multiplier: float = 1.0,
    land_use_multiplier: float = 1.0,
    class_kv: float | None = None,
) -> ConnectionCost:
    """Cost of joining the grid at a straight distance.

    class_kv : listed voltage of the new line; the least that carries the power when left out.
    line_voltage_kv : voltage of what is joined; None where the map does not say.
    wacc : real, after tax. lifetime_years : 40 when left out.
    distance_low_km, distance_high_km : the map's band; the distance itself when left out.
    undersea_share : of the way, priced as cable. to_substation : an existing substation is joined, not a line tapped.
    terrain_multiplier, land_use_multiplier : of the overhead line; 1 is flat, open land.

    Raises InvalidCostInput with every wrong field.
    """
    near = distance_km if distance_low_km is None else distance_low_km
    far = distance_km if distance_high_km is None else distance_high_km
    data = connection_data()
    years = data.lifetime_years.value if lifetime_years is None else lifetime_years
    ways = (terrain_multiplier, land_use_multiplier, undersea_share)
    _check(required_mw, distance_km, near, far, line_voltage_kv, wacc, years, *ways)
    detour = data.detour_factor
    voltage, circuits = connection_voltage_kv(required_mw)
    if class_kv is not None:
        voltage, circuits = class_kv, max(math.ceil(required_mw / data.line_capacity_mw[class_kv]), 1)
    if required_mw == 0.0:
        return _nothing(voltage, distance_km * detour.value)
    lengths = Band(near * (detour.low or detour.value), distance_km * detour.value, far * (detour.high or detour.value))
    overland = terrain_multiplier * land_use_multiplier
    dry = lengths.times(1.0 - undersea_share)
    overhead, line_figures = overhead_usd(data, required_mw, voltage, circuits, dry, overland)
    cable, cable_figures, alternating = submarine_usd(data, required_mw, lengths.times(undersea_share))
    substation, substation_figure = substation_usd(data, voltage, to_substation)
    transformer, warnings = transformer_usd(data, required_mw, voltage, line_voltage_kv)
    parts = (
        ConnectionPart("overhead_line", overhead.central),
        ConnectionPart("submarine_cable_ac" if alternating else "submarine_cable_dc", cable.central),
        ConnectionPart("substation_upgrade" if to_substation else "new_substation", substation.central),
        ConnectionPart("transformer", transformer.central),
    )
    dry_share, wet_share = data.fixed_opex_share_overhead, data.fixed_opex_share_submarine
    ashore = overhead.plus(substation, transformer)
    cost = ashore.plus(cable)
    annuity = crf(wacc, years)
    annual = ashore.times(annuity + dry_share.value).plus(cable.times(annuity + wet_share.value))
    lifetime = data.lifetime_years
    if lifetime_years is not None:
        lifetime = Figure(lifetime.name, years, "years", "given", status=Status.GIVEN)
    figures = [*line_figures, *cable_figures, substation_figure, detour, dry_share, lifetime]
    if cable.high > 0.0:
        figures.append(wet_share)
    if transformer.high > 0.0:
        figures.append(data.transformer_usd_per_mva)
    return ConnectionCost(
        required_mw=required_mw,
        voltage_kv=voltage,
        circuits=circuits,
        length_km=lengths.central,
        cost_usd=cost.central,
        cost_low_usd=cost.low,
        cost_high_usd=cost.high,
        annual_cost_usd=annual.central,
        annual_cost_low_usd=annual.low,
        annual_cost_high_usd=annual.high,
        breakdown=tuple(part for part in parts if part.cost_usd > 0.0),
        provenance=tuple(figures),
        warnings=tuple(warnings),
    )


def _nothing(voltage_kv: float, length_km: float) -> ConnectionCost:
    return ConnectionCost(0.0, voltage_kv, 0, length_km, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, (), (), ())


def _check(
    required_mw: float,
    distance_km: float,
    near_km: float,
    far_km: float,
    line_voltage_kv: float | None,
    wacc: float,
    years: float,
    terrain: float,
    land_use: float,
    undersea: float,
) -> None:
    errors = []
    for field, value, least, most in (
        ("required_mw", required_mw, 0.0, 1e6),
        ("distance_km", distance_km, 0.0, 20040.0),
        ("distance_low_km", near_km, 0.0, distance_km),
        ("distance_high_km", far_km, distance_km, 20040.0),
        ("line_voltage_kv", 1.0 if line_voltage_kv is None else line_voltage_kv, 0.1, 2000.0),
        ("wacc", wacc, -0.5, 1.0),
        ("lifetime_years", years, 1.0, 100.0),
        ("terrain_multiplier", terrain, 0.1, 10.0),
        ("land_use_multiplier", land_use, 0.1, 10.0),
        ("undersea_share", undersea, 0.0, 1.0),
    ):
        if not least <= value <= most:  # a NaN fails too
            errors.append(FieldError(field, f"must lie between {least:g} and {most:g}", "out_of_range"))
    if errors:
        raise InvalidCostInput(errors)
