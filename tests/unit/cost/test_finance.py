"""Finance against closed forms worked by hand, cash flows summed year by year, and properties."""

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import finance

RATES = st.floats(0.0, 0.4)
YEARS = st.integers(1, 60)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(finance).failed == 0


@given(RATES, YEARS)
def test_an_annuity_repays_its_capital_year_by_year(rate: float, years: int) -> None:
    balance, payment = 1000.0, finance.annuity(1000.0, rate, years)
    for _ in range(years):
        balance = balance * (1.0 + rate) - payment
    assert balance == pytest.approx(0.0, abs=1e-6 * 1000.0 * (1.0 + rate) ** years)


def test_a_rate_of_nil_spreads_the_capital_evenly() -> None:
    assert finance.crf(0.0, 25) == 1.0 / 25.0
    assert finance.crf(1e-12, 25) == pytest.approx(1.0 / 25.0, rel=1e-9)


@given(RATES, st.floats(1.0, 60.0))
def test_the_recovery_factor_lies_between_interest_alone_and_both_summed(rate: float, years: float) -> None:
    factor = finance.crf(rate, years)
    assert max(rate, 1.0 / years) <= factor * (1.0 + 1e-12)
    assert factor <= rate + 1.0 / years + 1e-12


@given(RATES, YEARS, st.floats(0.0, 1e6), st.floats(1.0, 1e6))
def test_both_routes_to_the_levelised_cost_agree(rate: float, years: int, operating: float, energy: float) -> None:
    by_charge = finance.lcoe_fcr(1e6, operating, 0.0, finance.crf(rate, years), energy)
    by_value = finance.lcoe_npv(1e6, operating, energy, rate, years)
    assert by_value == pytest.approx(by_charge, rel=1e-9)


def test_levelised_cost_of_a_series_by_hand() -> None:
    # 100 at once, 10 and 20 a year, 50 and 40 MWh, at 10 %: (100 + 10/1.1 + 20/1.21) / (50/1.1 + 40/1.21)
    expected = (100 + 10 / 1.1 + 20 / 1.21) / (50 / 1.1 + 40 / 1.21)
    assert finance.lcoe_npv(100.0, [10.0, 20.0], [50.0, 40.0], 0.1) == pytest.approx(expected, rel=1e-12)


@given(st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_real_and_nominal_rates_undo_each_other(rate: float, inflation: float) -> None:
    assert finance.real_rate(finance.nominal_rate(rate, inflation), inflation) == pytest.approx(rate, abs=1e-12)


def test_the_cost_of_capital_before_and_after_tax() -> None:
    assert finance.wacc(0.6, 0.05, 0.1) == pytest.approx(0.07)
    assert finance.wacc(0.6, 0.05, 0.1, 0.3) == pytest.approx(0.07 - 0.6 * 0.05 * 0.3)
    assert finance.debt_share_of(1.5) == pytest.approx(0.6)


@pytest.mark.parametrize(
    "call",
    [
        lambda: finance.crf(math.nan, 20),
        lambda: finance.crf(0.05, 0),
        lambda: finance.crf(-1.0, 20),
        lambda: finance.crf(0.05, math.inf),
        lambda: finance.lcoe_fcr(1.0, 1.0, 0.0, 0.1, 0.0),
        lambda: finance.lcoe_npv(1.0, [1.0, 2.0], [1.0, 2.0, 3.0], 0.05),
        lambda: finance.lcoe_npv(1.0, 1.0, 0.0, 0.05, 20),
        lambda: finance.npv(0.1, [1.0, math.nan]),
        lambda: finance.npv(0.1, np.ones((2, 2))),
        lambda: finance.wacc(1.2, 0.05, 0.1),
        lambda: finance.storage_cost(0.0, 0.1, 1.0, 10.0),
        lambda: finance.process_cost(-1.0, [(1.0, 1.0)]),
        lambda: finance.debt_share_of(-0.1),
    ],
)
def test_what_makes_no_sense_raises(call: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the messages differ, the type is the contract
        call()  # type: ignore[operator]  # a lambda of the list above
