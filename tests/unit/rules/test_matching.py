"""Matching by hour, month and year on hours done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.compliance.matching import (
    matched_by_hour_mwh,
    matched_by_month_mwh,
    matched_over_all_mwh,
    own_power_mw,
)

CLAIM = np.array([4.0, 4.0, 4.0, 4.0])
MADE = np.array([10.0, 0.0, 3.0, 1.0])
MONTH = np.array([0, 0, 1, 1])


def test_by_hour_month_and_year() -> None:
    assert matched_by_hour_mwh(CLAIM, MADE) == 4 + 0 + 3 + 1  # a surplus is lost
    assert matched_by_month_mwh(CLAIM, MADE, MONTH) == 8 + 4  # 10 for 8; 4 for 8
    assert matched_over_all_mwh(CLAIM, MADE) == 14  # 14 for 16


def test_hours_that_always_count() -> None:
    cheap = np.array([False, True, False, False])
    assert matched_by_hour_mwh(CLAIM, MADE, cheap) == 4 + 4 + 3 + 1
    assert matched_by_month_mwh(CLAIM, MADE, MONTH, cheap) == (4 + 4) + 4  # the 4 that are asked have 10


def test_own_power_is_what_is_not_bought() -> None:
    drawn, bought = np.array([5.0, 5.0, 5.0]), np.array([0.0, 2.0, 5.0])
    assert own_power_mw(drawn, bought, np.zeros(3)).tolist() == [5.0, 3.0, 0.0]


def test_power_bought_to_charge_a_store_is_not_ones_own_when_it_comes_back() -> None:
    # hour 0 buys 9 for a draw of 5: 4 go into the battery; hours 1 and 2 take 2 and 6 from it: a half of each is bought
    drawn, bought, given_back = np.array([5.0, 5.0, 6.0]), np.array([9.0, 0.0, 0.0]), np.array([0.0, 2.0, 6.0])
    assert own_power_mw(drawn, bought, given_back).tolist() == [0.0, 5.0 - 1.0, 6.0 - 3.0]


def test_what_a_store_loses_is_not_credited() -> None:
    drawn, bought, given_back = np.array([1.0, 1.0]), np.array([3.0, 0.0]), np.array([0.0, 1.0])
    assert own_power_mw(drawn, bought, given_back).tolist() == [0.0, 0.0]  # 2 went in, 1 came out: all of it bought


@given(st.lists(st.tuples(*[st.floats(0.0, 100.0)] * 3, st.integers(0, 3)), min_size=1))
def test_longer_periods_match_no_less(hours: list[tuple[float, float, float, int]]) -> None:
    claim, made, _, month = (np.array(column) for column in zip(*hours, strict=True))
    by_hour = matched_by_hour_mwh(claim, made)
    by_month = matched_by_month_mwh(claim, made, month.astype(int))
    assert by_hour <= by_month * (1 + 1e-12) + 1e-12
    assert by_month <= matched_over_all_mwh(claim, made) * (1 + 1e-12) + 1e-12


@pytest.mark.parametrize("wrong", [np.array([1.0]), np.array([-1.0, 1.0, 1.0, 1.0]), np.array([np.nan] * 4)])
def test_nonsense_raises(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"shape|negative"):
        matched_by_hour_mwh(CLAIM, wrong)
    with pytest.raises(ValueError, match="month_of_hour"):
        matched_by_month_mwh(CLAIM, MADE, MONTH[:2])
