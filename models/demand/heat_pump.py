"""A heat pump's coefficient of performance from the temperatures of its source and of the heat it delivers.

COP = fraction x T_sink / (T_sink - T_source), T in K: the share of the ideal (Carnot) cycle that a machine reaches. It
holds between outlet temperatures; a sink that glides over many degrees does better (Lorenz), which is not counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from models.demand.band import Band
from models.figure import Figure, Status

KELVIN = 273.15


def carnot_cop(source_c: float, sink_c: float) -> float:
    """Ideal coefficient of performance between two temperatures in C; ValueError where nothing is lifted."""
    if not -KELVIN < source_c < sink_c:
        raise ValueError("a heat pump lifts heat from a source to a warmer sink")
    return (sink_c + KELVIN) / (sink_c - source_c)


@dataclass(frozen=True, slots=True)
class HeatPump:
    """A step whose heat a heat pump makes. `source` and `sink` name the parameters that hold the temperatures, C.

    least_lift_k : below it the rule does not hold, and no less is taken.
    """

    source: str
    sink: str
    carnot_fraction: Figure
    least_lift_k: float

    def complaint(self, settled: Mapping[str, float | bool | str]) -> str | None:
        """What is wrong with the temperatures taken together; None where nothing is."""
        most = float(settled[self.sink]) - self.least_lift_k
        if float(settled[self.source]) <= most:
            return None
        return f"must be at most {most:g} C, {self.least_lift_k:g} K below {self.sink}, with a heat pump"

    def efficiency(self, name: str, settled: Mapping[str, float | bool | str]) -> Figure:
        """The coefficient of performance as a figure of this name, MWh of heat per MWh."""
        source_c, sink_c = float(settled[self.source]), float(settled[self.sink])
        band = Band.of(self.carnot_fraction).scaled(carnot_cop(source_c, sink_c))
        recalled = self.carnot_fraction.status is Status.RECALLED
        return Figure(
            name=name,
            value=band.central,
            unit="MWh_th/MWh",
            source=f"from {source_c:g} to {sink_c:g} C; {self.carnot_fraction.source}",
            low=band.low,
            high=band.high,
            status=Status.RECALLED if recalled else Status.DERIVED,
            note="share of the ideal cycle x T_sink / (T_sink - T_source), T in K",
        )
