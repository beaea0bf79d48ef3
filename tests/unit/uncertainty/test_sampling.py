"""Latin hypercubes: one value in every slice, the correlation that was asked for, the same for the same seed."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from models.uncertainty.sampling import common_factor, latin_hypercube
from models.uncertainty.statistics import spread_of

GROUPS = ["cost", "cost", "cost", "cost", None, None]


@pytest.mark.parametrize("samples", [64, 200])
@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
def test_every_slice_holds_one_value(samples: int, correlation: float) -> None:
    drawn = latin_hypercube(samples, common_factor(GROUPS, correlation), 7)
    assert drawn.shape == (samples, 6)
    slices = np.sort(np.floor(drawn * samples).astype(int), axis=0)
    assert (slices == np.arange(samples)[:, None]).all()


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.5, 0.9])
def test_ranks_correlate_as_asked(correlation: float) -> None:
    wanted = common_factor(GROUPS, correlation)
    found = spearmanr(latin_hypercube(512, wanted, 1)).statistic
    assert np.abs(found - wanted).max() < 0.05


def test_sixty_four_samples_come_near() -> None:
    wanted = common_factor(GROUPS, 0.5)
    for seed in range(20):
        assert np.abs(spearmanr(latin_hypercube(64, wanted, seed)).statistic - wanted).max() < 0.12


def test_the_matrix_by_hand() -> None:
    assert common_factor(["a", None, "a"], 0.4).tolist() == [[1.0, 0.0, 0.4], [0.0, 1.0, 0.0], [0.4, 0.0, 1.0]]


def test_the_same_seed_draws_the_same() -> None:
    wanted = common_factor(GROUPS, 0.5)
    assert np.array_equal(latin_hypercube(64, wanted, 3), latin_hypercube(64, wanted, 3))
    assert not np.array_equal(latin_hypercube(64, wanted, 3), latin_hypercube(64, wanted, 4))


def test_one_column_and_none() -> None:
    assert latin_hypercube(64, common_factor([None], 0.5), 0).shape == (64, 1)
    assert latin_hypercube(64, common_factor([], 0.5), 0).shape == (64, 0)


@pytest.mark.parametrize(
    "matrix",
    [
        np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]),  # a with b, b with c, a against c
        np.array([[1.0, 0.5], [0.2, 1.0]]),
        np.array([[2.0, 0.0], [0.0, 1.0]]),
    ],
)
def test_what_is_no_correlation(matrix: np.ndarray) -> None:
    with pytest.raises(ValueError, match="correlation"):
        latin_hypercube(64, matrix, 0)


def test_too_few_samples() -> None:
    with pytest.raises(ValueError, match="at least 12"):
        latin_hypercube(8, common_factor(GROUPS, 0.5), 0)


def test_a_spread_by_hand() -> None:
    spread = spread_of([10.0, 0.0, 2.0, 3.0, 1.0, 5.0, 4.0, 6.0, 7.0, 8.0, 9.0])  # 0 to 10: the p-th decile is p
    assert (spread.p10, spread.p50, spread.p90) == pytest.approx((1.0, 5.0, 9.0))
    assert (spread.mean, spread.least, spread.most, spread.samples) == (5.0, 0.0, 10.0, 11)
    with pytest.raises(ValueError, match="no sample"):
        spread_of([])
