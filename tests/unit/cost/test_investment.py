"""Investment over time against closed forms and small sums by hand."""

import math

import numpy as np
import pytest

from models.finance import crf
from models.investment import (
    construction_factor,
    degraded_output_factor,
    irr,
    level_payment,
    payback_years,
    present_value_factor,
)
from models.stack import stack_replacement


@pytest.mark.parametrize(("rate", "years"), [(0.05, 1), (0.07, 3), (0.12, 5)])
def test_interest_during_construction_is_a_geometric_sum(rate: float, years: int) -> None:
    closed = ((1 + rate) ** years - 1) / (rate * years) * (1 + rate) ** 0.5
    assert construction_factor(rate, years) == pytest.approx(closed, rel=1e-12)


def test_interest_during_construction_by_hand() -> None:
    # 100 spent as 50 in the middle of each of two years at 10 %: 50 x 1.1^1.5 + 50 x 1.1^0.5
    assert 100 * construction_factor(0.1, 2) == pytest.approx(50 * 1.1**1.5 + 50 * 1.1**0.5)
    assert construction_factor(0.0, 4) == pytest.approx(1.0)
    assert construction_factor(0.1, 1.5) == pytest.approx((1.0 * 1.1**0.5 + 0.5 * 1.1**1.25) / 1.5)
    with pytest.raises(ValueError, match="years"):
        construction_factor(0.1, -1)


def test_a_credit_of_ten_years_as_a_level_amount() -> None:
    # worth 3 x (1 - 1.06^-10) / 0.06; level over 25 years: x 0.06 / (1 - 1.06^-25)
    worth = 3 * (1 - 1.06**-10) / 0.06
    assert level_payment(3.0, 10, 0.06, 25) == pytest.approx(worth * 0.06 / (1 - 1.06**-25))
    assert level_payment(3.0, 40, 0.06, 25) == pytest.approx(3.0)
    assert present_value_factor(0.06, 25) * crf(0.06, 25) == pytest.approx(1.0)


@pytest.mark.parametrize(("rate", "years", "loss"), [(0.07, 20, 0.02), (0.04, 30, 0.005)])
def test_ageing_is_a_geometric_sum(rate: float, years: int, loss: float) -> None:
    v = 1 / (1 + rate)
    ratio = (1 - loss) * v
    closed = v * (1 - ratio**years) / (1 - ratio) / (v * (1 - v**years) / (1 - v))
    assert degraded_output_factor(rate, years, loss) == pytest.approx(closed, rel=1e-12)


def test_internal_rate_of_return_of_two_years_is_a_quadratic() -> None:
    # -100 + 60 x + 70 x^2 = 0 with x = 1 / (1 + r)
    x = (-60 + math.sqrt(60**2 + 4 * 70 * 100)) / (2 * 70)
    assert irr(np.array([-100.0, 60.0, 70.0])) == pytest.approx(1 / x - 1, rel=1e-9)
    assert irr(np.array([-100.0, 121.0]), np.array([0.0, 2.0])) == pytest.approx(0.1, rel=1e-9)


def test_no_single_rate_is_none() -> None:
    assert irr(np.array([100.0, 20.0])) is None  # never negative
    assert irr(np.array([-100.0, 230.0, -132.0])) is None  # 10 % and 20 % both
    assert irr(np.zeros(4)) is None


def test_payback_is_linear_within_a_year() -> None:
    assert payback_years(np.array([-100.0, 30.0, 30.0, 80.0])) == pytest.approx(2.5)
    assert payback_years(np.array([-100.0, 30.0])) is None
    assert payback_years(np.array([0.0, 1.0])) == 0.0
    # at 10 %: 110 / 1.1 = 100 after the first year exactly
    assert payback_years(np.array([-100.0, 110.0]), 0.1) == pytest.approx(1.0)


def test_stacks_by_hand() -> None:
    # 80,000 h over 8,000 h a year: every 10 years of 25, at 10 and 20; 15 % of 100 each
    found = stack_replacement(100.0, 8000.0, 25.0, 0.05)
    assert found.every_years == pytest.approx(10.0)
    assert found.cost_usd == pytest.approx(15.0)
    assert found.annual_usd == pytest.approx(15.0 * (1.05**-10 + 1.05**-20) * crf(0.05, 25))
    idle = stack_replacement(100.0, 0.0, 25.0, 0.05)
    assert idle.annual_usd == 0.0
    with pytest.raises(ValueError, match="full_load_hours"):
        stack_replacement(100.0, 9000.0, 25.0, 0.05)
