"""A caller's series on the hours of the weather: one number, one year of hours for each weather year."""

from collections.abc import Sequence

import numpy as np

from models.arrays import FloatArray
from service.problems import FieldProblem, ProblemError


def on_hours(values: float | Sequence[float], lengths: Sequence[int], pointer: str) -> FloatArray:
    """The values on years of `lengths` hours. Raises ProblemError where a series fits none of them."""
    if not isinstance(values, Sequence):
        return np.full(sum(lengths), float(values))
    if any(len(values) != length for length in lengths):
        needed = " and ".join(f"{length:,}" for length in sorted(set(lengths)))
        detail = f"has {len(values):,} hours, the weather years have {needed}; set weather.years to years that fit"
        raise ProblemError(
            "invalid-request", "1 field is wrong.", [FieldProblem(pointer=pointer, detail=detail, code="wrong_length")]
        )
    return np.tile(np.asarray(values, dtype=np.float64), len(lengths))
