"""Low, central and high of one quantity, and the arithmetic that keeps them in order."""

from typing import NamedTuple

from models.figure import Figure


class Band(NamedTuple):
    """Low, central and high of one quantity; ordered, and not negative in this package."""

    low: float
    central: float
    high: float

    @classmethod
    def of(cls, figure: Figure) -> "Band":
        """The band of a figure; a figure without one is its own band."""
        low = figure.value if figure.low is None else figure.low
        return cls(low, figure.value, figure.value if figure.high is None else figure.high)

    @classmethod
    def exactly(cls, value: float) -> "Band":
        """A value without a band."""
        return cls(value, value, value)

    def scaled(self, factor: float) -> "Band":
        """Times a factor that is not negative."""
        return Band(self.low * factor, self.central * factor, self.high * factor)

    def times(self, other: "Band") -> "Band":
        """Product of two bands, lows with lows and highs with highs."""
        return Band(self.low * other.low, self.central * other.central, self.high * other.high)

    def over(self, other: "Band") -> "Band":
        """Quotient: the low needs the other's high."""
        return Band(self.low / other.high, self.central / other.central, self.high / other.low)

    def plus(self, other: "Band") -> "Band":
        """Sum, all lows at once and all highs at once: an outer bound where the parts are independent."""
        return Band(self.low + other.low, self.central + other.central, self.high + other.high)


NOTHING = Band.exactly(0.0)


def total(bands: list[Band]) -> Band:
    """Sum of bands; nothing where there is none."""
    result = NOTHING
    for band in bands:
        result = result.plus(band)
    return result
