"""A caller's series on the hours of the weather: one number, one year of hours for each weather year."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from models.arrays import FloatArray
from service.http.problems import FieldProblem, ProblemError
from service.schemas.assessment import AssessmentRequest


def on_hours(values: float | Sequence[float], lengths: Sequence[int], pointer: str) -> FloatArray:
    """The values on years of `lengths` hours. Raises ProblemError where a series fits none of them."""
    if not isinstance(values, Sequence):
        return np.full(sum(lengths), float(values))
    _refuse(_misfits([(pointer, values)], lengths))
    return np.tile(np.asarray(values, dtype=np.float64), len(lengths))


def check_hours(request: AssessmentRequest, lengths: Sequence[int]) -> None:
    """Refuse series that do not fit years of `lengths` hours. Raises ProblemError that names all of them."""
    _refuse(_misfits(_series(request), lengths))


def _series(request: AssessmentRequest) -> Iterator[tuple[str, Any]]:
    """What may be given hour by hour, by JSON Pointer."""
    grid = request.supply.grid
    yield "/process/load_mw", request.process.load_mw
    yield "/process/hydrogen_kg_per_hour", request.process.hydrogen_kg_per_hour
    yield "/process/operation/profile", request.process.operation and request.process.operation.profile
    yield "/supply/grid/import_price_usd_per_mwh", grid.import_price_usd_per_mwh
    yield "/supply/grid/export_price_usd_per_mwh", grid.export_price_usd_per_mwh
    rules = request.compliance
    yield "/compliance/grid_intensity_t_co2_per_mwh", rules.grid_intensity_t_co2_per_mwh
    yield "/compliance/residual_mix_t_co2_per_mwh", rules.residual_mix_t_co2_per_mwh
    yield "/compliance/day_ahead_price_eur_per_mwh", rules.day_ahead_price_eur_per_mwh
    for index, profile in enumerate(request.supply.profiles):
        yield f"/supply/profiles/{index}/capacity_factor", profile.capacity_factor
    for index, firm in enumerate(request.supply.firm):
        yield f"/supply/firm/{index}/capacity_factor", firm.capacity_factor


def _misfits(series: Iterable[tuple[str, Any]], lengths: Sequence[int]) -> list[FieldProblem]:
    needed = " and ".join(f"{length:,}" for length in sorted(set(lengths)))
    return [
        FieldProblem(
            pointer=pointer,
            detail=f"has {len(values):,} hours, the weather years have {needed}; set weather.years to years that fit",
            code="wrong_length",
        )
        for pointer, values in series
        if isinstance(values, Sequence) and any(len(values) != length for length in lengths)
    ]


def _refuse(misfits: list[FieldProblem]) -> None:
    if misfits:
        count = "1 field is" if len(misfits) == 1 else f"{len(misfits)} fields are"
        raise ProblemError("invalid-request", f"{count} wrong.", misfits)
