"""Carbon of the grid as a request has it: a mean, hours of the caller's own, or the country's yearly mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.country_electricity import CountryElectricity
from models.figure import Figure, Status
from models.sizing.solution import Solution
from service.case.series import on_hours
from service.schemas.assessment import AssessmentRequest

GIVEN = "given by the caller"
DUST = 1e-5  # of the mean draw: what a certified optimum may leave of imports that it does not need


@dataclass(frozen=True, slots=True, eq=False)
class GridCarbon:
    """What the grid's power carries and what is exchanged with it.

    intensity : mean over the hours, as a figure; bought : mean over what is bought, where hours are given.
    hourly, residual : t CO2/MWh, one number or (hours,); no residual mix where none is given.
    import_mw, export_mw : (hours,), less than dust taken as nothing.
    """

    intensity: Figure
    bought: Figure | None
    hourly: FloatArray | float
    residual: FloatArray | float | None
    import_mw: FloatArray
    export_mw: FloatArray


def grid_carbon(
    request: AssessmentRequest, lengths: Sequence[int], solution: Solution, electricity: CountryElectricity
) -> GridCarbon:
    """The grid of one request and its sized system."""
    problem, operation = solution.problem, solution.operation
    least = DUST * float(problem.matched_load_mw.mean())
    bought, sold = _without_dust(operation.import_mw, least), _without_dust(operation.export_mw, least)
    asked, mix = request.compliance.grid_intensity_t_co2_per_mwh, request.compliance.residual_mix_t_co2_per_mwh
    residual = None if mix is None else _values(mix, lengths, "/compliance/residual_mix_t_co2_per_mwh")
    if asked is None:
        mean = electricity.grid_intensity
        return GridCarbon(mean, None, mean.value, residual, bought, sold)
    values = _values(asked, lengths, "/compliance/grid_intensity_t_co2_per_mwh")
    figure = Figure("grid.intensity", float(np.mean(values)), "t CO2/MWh", GIVEN, status=Status.GIVEN)
    weighted = None
    if isinstance(values, np.ndarray) and bought.sum() > 0.0:
        mean_bought = float(bought @ values) / float(bought.sum())
        note = "hours weighted with what is bought"
        weighted = Figure("grid.import_intensity", mean_bought, "t CO2/MWh", GIVEN, status=Status.GIVEN, note=note)
    return GridCarbon(figure, weighted, values, residual, bought, sold)


def _values(asked: float | list[float], lengths: Sequence[int], pointer: str) -> FloatArray | float:
    return on_hours(asked, lengths, pointer) if isinstance(asked, list) else asked


def _without_dust(series: FloatArray, least: float) -> FloatArray:
    return np.where(series > least, series, 0.0)
