"""Processes with the figures of another author, for published cases."""

from dataclasses import replace

from models.demand.catalogue import Process
from models.demand.load import demand_of
from models.figure import Figure


def with_figures(process: Process, **centrals: float) -> Process:
    """The process with the central figures of some steps at another author's, without a band."""
    assert centrals.keys() <= {step.name for step in process.steps}
    steps = tuple(
        replace(step, figure=replace(step.figure, value=centrals[step.name], low=None, high=None))
        if step.name in centrals
        else step
        for step in process.steps
    )
    return replace(process, steps=steps)


def specific(process: Process, kwh_per_kg: float, **parameters: float | bool | str) -> float:
    """Specific electricity, MWh per unit, with an electrolyser of this consumption."""
    electrolyser = Figure("electrolyser", kwh_per_kg, "kWh/kg", "the author's")
    found = demand_of(process, hours=24, electrolyser_kwh_per_kg=electrolyser, parameters=parameters)
    return found.specific_electricity_mwh_per_unit
