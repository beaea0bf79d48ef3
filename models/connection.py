"""What it costs to join the grid: a line at the voltage the power asks for, a substation, a transformer.

    line       = USD/km (kV) x length x circuits x terrain x land use x short-line multiplier
    length     = straight distance x detour factor
    connection = line + new substation (a line is tapped) or upgrade (a substation is joined)
                 + transformer USD/MVA x MW, where the two voltages differ

Reference: NREL/reVX least_cost_xmission; figures and European comparison in `data/connection.yaml`. At sea the line is
a submarine cable, alternating current up to its reach, direct current with a converter pair beyond it.

The central case is the TEPPC guide. The band runs from the cheapest to the dearest of four US planning guides, of
the European bulk line and of the mapped distance: planners differ threefold, and one number would hide it.
"""

import math
from dataclasses import dataclass

from models.connection_data import ConnectionData, connection_data
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


def short_line_multiplier(length_km: float) -> float:
    """Dearer kilometres of a short line: 1 + 0.03655 x (16.093 - length) below 16.093 km, else 1."""
    data = connection_data()
    return 1.0 + data.short_line_slope_per_km * max(0.0, data.short_line_below_km - length_km)


def connection_voltage_kv(required_mw: float) -> tuple[float, int]:
    """Least voltage whose line carries the power, and the circuits; at the highest voltage as many as it takes."""
    capacities = connection_data().line_capacity_mw
    for voltage in sorted(capacities):
        if required_mw <= capacities[voltage]:
            return voltage, 1
    highest = max(capacities)
    return highest, math.ceil(required_mw / capacities[highest])


def connection_cost(
    required_mw: float,
    distance_km: float,
    line_voltage_kv: float | None,
    wacc: float,
    *,
    distance_low_km: float | None = None,
    distance_high_km: float | None = None,
    lifetime_years: float | None = None,
    offshore: bool = False,
    to_substation: bool = False,
    terrain_multiplier: float = 1.0,
    land_use_multiplier: float = 1.0,
) -> ConnectionCost:
    """Cost of joining the grid at a straight distance.

    line_voltage_kv : voltage of what is joined; None where the map does not say.
    wacc : real, after tax. lifetime_years : 40 when left out.
    distance_low_km, distance_high_km : the map's band; the distance itself when left out.
    offshore : the way is a submarine cable. to_substation : an existing substation is joined, not a line tapped.
    terrain_multiplier, land_use_multiplier : of the line; 1 is flat, open land.

    Raises InvalidCostInput with every wrong field.
    """
    near = distance_km if distance_low_km is None else distance_low_km
    far = distance_km if distance_high_km is None else distance_high_km
    data = connection_data()
    years = data.lifetime_years.value if lifetime_years is None else lifetime_years
    _check(required_mw, distance_km, near, far, line_voltage_kv, wacc, years, terrain_multiplier, land_use_multiplier)
    detour = data.detour_factor
    low_detour, high_detour = detour.low or detour.value, detour.high or detour.value
    voltage, circuits = connection_voltage_kv(required_mw)
    if required_mw == 0.0:
        return _nothing(voltage, distance_km * detour.value)
    lengths = (near * low_detour, distance_km * detour.value, far * high_detour)
    if offshore:
        line, line_figures, item = _submarine(data, required_mw, lengths)
        share = data.fixed_opex_share_submarine
    else:
        ways = terrain_multiplier * land_use_multiplier
        line, line_figures, item = _overhead(data, required_mw, voltage, circuits, lengths, ways)
        share = data.fixed_opex_share_overhead
    substation, substation_figure = _substation(data, voltage, to_substation)
    transformer, warnings = _transformer(data, required_mw, voltage, line_voltage_kv)
    parts = (
        ConnectionPart(item, line[1]),
        ConnectionPart("substation_upgrade" if to_substation else "new_substation", substation[1]),
        ConnectionPart("transformer", transformer[1]),
    )
    low, central, high = (line[i] + substation[i] + transformer[i] for i in range(3))
    yearly = crf(wacc, years) + share.value
    lifetime = data.lifetime_years
    if lifetime_years is not None:
        lifetime = Figure(lifetime.name, years, "years", "given", status=Status.GIVEN)
    figures = [*line_figures, substation_figure, detour, share, lifetime]
    if transformer[2] > 0.0:
        figures.append(data.transformer_usd_per_mva)
    return ConnectionCost(
        required_mw=required_mw,
        voltage_kv=voltage,
        circuits=circuits,
        length_km=lengths[1],
        cost_usd=central,
        cost_low_usd=low,
        cost_high_usd=high,
        annual_cost_usd=central * yearly,
        annual_cost_low_usd=low * yearly,
        annual_cost_high_usd=high * yearly,
        breakdown=tuple(part for part in parts if part.cost_usd > 0.0),
        provenance=tuple(figures),
        warnings=tuple(warnings),
    )


Band = tuple[float, float, float]
"""Low, central, high."""


def _overhead(
    data: ConnectionData, power_mw: float, voltage_kv: float, circuits: int, lengths_km: Band, ways: float
) -> tuple[Band, list[Figure], str]:
    guides = data.by_guide(data.line_usd_per_km, voltage_kv)
    multiplied = [circuits * ways * length * short_line_multiplier(length) for length in lengths_km]
    european = data.hvac_overhead_usd_per_mw_km
    central = guides[data.central_guide]
    # The European figure is a bulk line's and knows no short-line multiplier: it can only lower the low end.
    low = min(min(guides.values()) * multiplied[0], european.value * power_mw * lengths_km[0] * ways)
    figure = _guide_figure(data, "connection.line_usd_per_km", "USD/km", guides, f"{voltage_kv:g} kV")
    return (low, central * multiplied[1], max(guides.values()) * multiplied[2]), [figure, european], "overhead_line"


def _submarine(data: ConnectionData, power_mw: float, lengths_km: Band) -> tuple[Band, list[Figure], str]:
    alternating = lengths_km[1] <= data.hvac_submarine_most_km.value
    if alternating:
        cable = data.hvac_submarine_usd_per_mw_km
        costs = [cable.value * power_mw * length for length in lengths_km]
        figures = [cable, data.hvac_submarine_most_km]
    else:
        cable, converters = data.hvdc_submarine_usd_per_mw_km, data.hvdc_converter_pair_usd_per_mw
        costs = [(cable.value * length + converters.value) * power_mw for length in lengths_km]
        figures = [cable, converters, data.hvac_submarine_most_km]
    band = (costs[0] * data.submarine_band_low, costs[1], costs[2] * data.submarine_band_high)
    return band, figures, "submarine_cable_ac" if alternating else "submarine_cable_dc"


def _substation(data: ConnectionData, voltage_kv: float, upgrade: bool) -> tuple[Band, Figure]:
    table = data.substation_upgrade_usd if upgrade else data.new_substation_usd
    guides = data.by_guide(table, voltage_kv)
    name = "connection.substation_upgrade_usd" if upgrade else "connection.new_substation_usd"
    figure = _guide_figure(data, name, "USD", guides, f"{voltage_kv:g} kV")
    return (min(guides.values()), figure.value, max(guides.values())), figure


def _guide_figure(data: ConnectionData, name: str, unit: str, guides: dict[str, float], note: str) -> Figure:
    return Figure(
        name=name,
        value=guides[data.central_guide],
        unit=unit,
        source=data.guide_source,
        year=data.guide_year,
        low=min(guides.values()),
        high=max(guides.values()),
        status=Status.DERIVED,
        note=f"{data.central_guide.upper()} guide, {note}; band over {', '.join(guides)}",
    )


def _transformer(
    data: ConnectionData, power_mw: float, voltage_kv: float, line_voltage_kv: float | None
) -> tuple[Band, list[Notice]]:
    figure = data.transformer_usd_per_mva
    low, high = figure.low or figure.value, figure.high or figure.value
    if line_voltage_kv is None:
        detail = "the map gives no voltage for what is joined: a transformer is counted in the upper bound alone"
        return (0.0, 0.0, high * power_mw), [Notice("grid_voltage_unknown", detail)]
    joined = data.voltage_class_kv(line_voltage_kv)
    warnings = []
    if data.line_capacity_mw[joined] < power_mw:
        detail = (
            f"a line of {line_voltage_kv:g} kV usually carries {data.line_capacity_mw[joined]:g} MW at most, "
            f"less than the {power_mw:.0f} MW required: reinforcing the grid is not in the cost"
        )
        warnings.append(Notice("grid_line_too_weak", detail))
    if joined == voltage_kv:
        return (0.0, 0.0, 0.0), warnings
    return (low * power_mw, figure.value * power_mw, high * power_mw), warnings


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
    ):
        if not least <= value <= most:  # a NaN fails too
            errors.append(FieldError(field, f"must lie between {least:g} and {most:g}", "out_of_range"))
    if errors:
        raise InvalidCostInput(errors)
