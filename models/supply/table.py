"""Smooth functions of one number between bounds, tabulated: a look-up costs two gathers instead of a formula."""

from collections.abc import Callable

import numpy as np

from models.arrays import FloatArray


class Table:
    """A function on an even grid, linear between its points, held at its ends.

    >>> square = Table(lambda x: x * x, 0.0, 1.0, 1000)
    >>> bool(abs(square(np.array([0.5005]))[0] - 0.25050025) < 1e-6)
    True
    """

    __slots__ = ("_low", "_per_unit", "_rise", "_top", "_value")

    def __init__(self, function: Callable[[FloatArray], FloatArray], low: float, high: float, steps: int) -> None:
        grid = np.linspace(low, high, steps + 1)
        value = np.asarray(function(grid), dtype=np.float64)
        self._low, self._per_unit, self._top = low, steps / (high - low), float(steps)
        self._value = value
        self._rise = np.append(np.diff(value), 0.0)

    def __call__(self, x: FloatArray) -> FloatArray:
        """Values at x, any shape."""
        place = (x - self._low) * self._per_unit
        np.minimum(np.maximum(place, 0.0, out=place), self._top, out=place)
        row = place.astype(np.intp)
        place -= row
        place *= self._rise.take(row)
        place += self._value.take(row)
        return place
