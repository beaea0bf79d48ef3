"""The parts of a connection, each with its band: overhead line, submarine cable, substation, transformer."""

from typing import NamedTuple

from models.connection_data import ConnectionData
from models.figure import Figure, Status
from models.notice import Notice


class Band(NamedTuple):
    """Low, central and high."""

    low: float
    central: float
    high: float

    def plus(self, *others: "Band") -> "Band":
        """The sum of several."""
        return Band(*(sum(ends) for ends in zip(self, *others, strict=True)))

    def times(self, factor: float) -> "Band":
        """Each of the three times a factor."""
        return Band(*(value * factor for value in self))


NOTHING = Band(0.0, 0.0, 0.0)


def short_line_multiplier(data: ConnectionData, length_km: float) -> float:
    """Dearer kilometres of a short line: 1 + 0.03655 x (16.093 - length) below 16.093 km, else 1."""
    return 1.0 + data.short_line_slope_per_km * max(0.0, data.short_line_below_km - length_km)


def overhead_usd(
    data: ConnectionData, power_mw: float, voltage_kv: float, circuits: int, lengths_km: Band, ways: float
) -> tuple[Band, list[Figure]]:
    """An overhead line; `ways` is terrain times land use."""
    if lengths_km.high <= 0.0:
        return NOTHING, []
    guides = data.by_guide(data.line_usd_per_km, voltage_kv)
    multiplied = [circuits * ways * length * short_line_multiplier(data, length) for length in lengths_km]
    european = data.hvac_overhead_usd_per_mw_km
    # The European figure is a bulk line's and knows no short-line multiplier: it can only lower the low end.
    low = min(min(guides.values()) * multiplied[0], european.value * power_mw * lengths_km.low * ways)
    figure = guide_figure(data, "connection.line_usd_per_km", "USD/km", guides, f"{voltage_kv:g} kV")
    band = Band(low, guides[data.central_guide] * multiplied[1], max(guides.values()) * multiplied[2])
    return band, [figure, european]


def submarine_usd(data: ConnectionData, power_mw: float, lengths_km: Band) -> tuple[Band, list[Figure], bool]:
    """A submarine cable: alternating current up to its reach (True), direct current with a converter pair beyond."""
    if lengths_km.high <= 0.0:
        return NOTHING, [], True
    alternating = lengths_km.central <= data.hvac_submarine_most_km.value
    if alternating:
        cable = data.hvac_submarine_usd_per_mw_km
        costs = [cable.value * power_mw * length for length in lengths_km]
        figures = [cable, data.hvac_submarine_most_km]
    else:
        cable, converters = data.hvdc_submarine_usd_per_mw_km, data.hvdc_converter_pair_usd_per_mw
        costs = [(cable.value * length + converters.value) * power_mw for length in lengths_km]
        figures = [cable, converters, data.hvac_submarine_most_km]
    band = Band(costs[0] * data.submarine_band_low, costs[1], costs[2] * data.submarine_band_high)
    return band, figures, alternating


def substation_usd(data: ConnectionData, voltage_kv: float, upgrade: bool) -> tuple[Band, Figure]:
    """A new substation where a line is tapped, or the upgrade of one that is joined."""
    table = data.substation_upgrade_usd if upgrade else data.new_substation_usd
    guides = data.by_guide(table, voltage_kv)
    name = "connection.substation_upgrade_usd" if upgrade else "connection.new_substation_usd"
    figure = guide_figure(data, name, "USD", guides, f"{voltage_kv:g} kV")
    return Band(min(guides.values()), figure.value, max(guides.values())), figure


def transformer_usd(
    data: ConnectionData, power_mw: float, voltage_kv: float, line_voltage_kv: float | None
) -> tuple[Band, list[Notice]]:
    """A transformer where the two voltages differ."""
    figure = data.transformer_usd_per_mva
    low, high = figure.low or figure.value, figure.high or figure.value
    if line_voltage_kv is None:
        detail = "the map gives no voltage for what is joined: a transformer is counted in the upper bound alone"
        return Band(0.0, 0.0, high * power_mw), [Notice("grid_voltage_unknown", detail)]
    joined = data.voltage_class_kv(line_voltage_kv)
    warnings = []
    if data.line_capacity_mw[joined] < power_mw:
        detail = (
            f"a line of {line_voltage_kv:g} kV usually carries {data.line_capacity_mw[joined]:g} MW at most, "
            f"less than the {power_mw:.0f} MW required: reinforcing the grid is not in the cost"
        )
        warnings.append(Notice("grid_line_too_weak", detail))
    if joined == voltage_kv:
        return NOTHING, warnings
    return Band(low * power_mw, figure.value * power_mw, high * power_mw), warnings


def guide_figure(data: ConnectionData, name: str, unit: str, guides: dict[str, float], note: str) -> Figure:
    """The central guide's figure with the band over all guides."""
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
