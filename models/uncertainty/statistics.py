"""What samples say of a figure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over samples; p10 is the value that a tenth of them stay below."""

    p10: float
    p50: float
    p90: float
    mean: float
    least: float
    most: float
    samples: int


def spread_of(values: Sequence[float]) -> Spread:
    """The spread of a figure; quantiles by linear interpolation between ordered samples (Hyndman and Fan's type 7).

    Raises ValueError without values.

    >>> spread_of([3.0, 1.0, 2.0]).p50
    2.0
    """
    array = np.asarray(values, dtype=float)
    if array.size == 0:
        raise ValueError("there is no sample")
    p10, p50, p90 = (float(value) for value in np.quantile(array, (0.1, 0.5, 0.9)))
    return Spread(p10, p50, p90, float(array.mean()), float(array.min()), float(array.max()), array.size)
