"""Distributions between low, central and high: hand-computed quantiles, scipy's triangle, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import triang

from models.demand.band import Band
from models.figure import Figure, Status
from models.uncertainty.bands import Shape, is_band, moved, value_at

SHAPES = pytest.mark.parametrize("shape", list(Shape))
SKEWED = Band(10.0, 20.0, 60.0)


@pytest.mark.parametrize(
    ("quantile", "value"),
    [
        (0.0, 10.0),
        (0.125, 15.0),  # 20 - 10 (1 - sqrt(2 x 0.125)) = 20 - 10 x 0.5
        (0.32, 18.0),  # 20 - 10 (1 - sqrt(0.64))
        (0.5, 20.0),
        (0.68, 28.0),  # 20 + 40 (1 - sqrt(2 x 0.32)) = 20 + 40 x 0.2
        (0.875, 40.0),  # 20 + 40 (1 - sqrt(0.25))
        (1.0, 60.0),
    ],
)
def test_two_pieces_by_hand(quantile: float, value: float) -> None:
    assert value_at(SKEWED, quantile) == pytest.approx(value, rel=1e-12)


def test_half_of_the_probability_lies_on_either_side_and_falls_to_nil() -> None:
    values = np.array([value_at(SKEWED, (index + 0.5) / 100_000) for index in range(100_000)])
    assert np.mean(values < 20.0) == pytest.approx(0.5, abs=1e-4)
    # Of a side's half, the outer half of its width holds a quarter: 0.125 of all.
    assert np.mean(values > 40.0) == pytest.approx(0.125, abs=1e-4)
    assert np.mean(values < 15.0) == pytest.approx(0.125, abs=1e-4)


def test_the_triangle_is_scipys() -> None:
    theirs = triang(c=(20.0 - 10.0) / 50.0, loc=10.0, scale=50.0)
    for quantile in np.linspace(0.0, 1.0, 21):
        assert value_at(SKEWED, float(quantile), Shape.TRIANGULAR) == pytest.approx(float(theirs.ppf(quantile)))


@SHAPES
@pytest.mark.parametrize("band", [Band(5.0, 5.0, 9.0), Band(1.0, 5.0, 5.0), Band(5.0, 5.0, 5.0)])
def test_bands_that_end_at_the_central_value(shape: Shape, band: Band) -> None:
    assert value_at(band, 0.0, shape) == pytest.approx(band.low)
    assert value_at(band, 1.0, shape) == pytest.approx(band.high)
    if shape is Shape.TWO_PIECE:
        assert value_at(band, 0.5, shape) == 5.0


@SHAPES
@given(
    edges=st.lists(st.floats(0.0, 1e9), min_size=3, max_size=3).map(sorted),
    quantiles=st.lists(st.floats(0.0, 1.0), min_size=2, max_size=2).map(sorted),
)
def test_quantiles_rise_within_the_band(shape: Shape, edges: list[float], quantiles: list[float]) -> None:
    band = Band(*edges)
    lower, upper = (value_at(band, quantile, shape) for quantile in quantiles)
    slack = 1e-9 * (1.0 + band.high)
    assert band.low - slack <= lower <= upper + slack <= band.high + 2 * slack


@pytest.mark.parametrize(("band", "quantile"), [(SKEWED, -0.1), (SKEWED, 1.1), (Band(2.0, 1.0, 3.0), 0.5)])
def test_what_is_no_quantile_or_band(band: Band, quantile: float) -> None:
    with pytest.raises(ValueError, match=r"quantile|ordered"):
        value_at(band, quantile)


def test_a_figure_moves_and_its_band_closes() -> None:
    figure = Figure("x", 20.0, "USD/MW", "a source", low=10.0, high=60.0)
    there = moved(figure, 0.875)
    assert (there.value, there.low, there.high, there.status) == (40.0, None, None, Status.DERIVED)
    assert not is_band(there)
    one_sided = Figure("x", 20.0, "USD/MW", "a source", high=60.0)
    assert moved(one_sided, 0.1).value == 20.0
    assert moved(Figure("x", 20.0, "USD/MW", "a source"), 0.9).value == 20.0
