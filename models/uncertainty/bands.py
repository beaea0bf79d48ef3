"""From a low, a central and a high value to a distribution: what a quantile of it is.

`two_piece`: half of the probability lies on either side of the central value, falling linearly to nil at the ends: the
median is the central value, whatever the skew of the band. `triangular`: the density peaks at the central value and
falls linearly to nil at the ends; in a skewed band its median lies off the central value. An end equal to the central
value puts its half, or nothing, on the central value. Closed forms: Kotz and van Dorp, Beyond Beta (2004), chapters 1
and 3.
"""

import math
from dataclasses import replace
from enum import StrEnum

from models.demand.band import Band
from models.figure import Figure, Status


class Shape(StrEnum):
    """Form of the distribution between the ends of a band."""

    TWO_PIECE = "two_piece"
    TRIANGULAR = "triangular"


def value_at(band: Band, quantile: float, shape: Shape = Shape.TWO_PIECE) -> float:
    """The value below which a share `quantile` of the distribution lies.

    Raises ValueError for a quantile outside 0-1 and a band out of order.

    >>> value_at(Band(0.0, 10.0, 30.0), 0.5)
    10.0
    >>> value_at(Band(0.0, 10.0, 30.0), 0.875)  # 10 + 20 x (1 - (2 x 0.125)^0.5)
    20.0
    """
    low, central, high = band
    if not 0.0 <= quantile <= 1.0:
        raise ValueError("a quantile lies between 0 and 1")
    if not low <= central <= high:
        raise ValueError("a band is ordered: low, central, high")
    if low == high:
        return central
    if shape is Shape.TRIANGULAR:
        return _triangular(band, quantile)
    if quantile <= 0.5:
        return central - (central - low) * (1.0 - math.sqrt(2.0 * quantile))
    return central + (high - central) * (1.0 - math.sqrt(2.0 * (1.0 - quantile)))


def _triangular(band: Band, quantile: float) -> float:
    low, central, high = band
    width, left = high - low, central - low
    if quantile * width <= left:
        return low + math.sqrt(quantile * width * left)
    return high - math.sqrt((1.0 - quantile) * width * (high - central))


def is_band(figure: Figure | None) -> bool:
    """Whether a figure has a band of any width."""
    return figure is not None and Band.of(figure).low < Band.of(figure).high


def moved(figure: Figure, quantile: float, shape: Shape = Shape.TWO_PIECE) -> Figure:
    """A figure at a quantile of its band; the band is then closed."""
    if not is_band(figure):
        return figure
    value = value_at(Band.of(figure), quantile, shape)
    return replace(figure, value=value, low=None, high=None, status=Status.DERIVED)
