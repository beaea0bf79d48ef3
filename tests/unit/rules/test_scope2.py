"""Scope 2 by location and by market, by hand."""

import numpy as np
import pytest

from models.compliance.finding import Verdict
from models.compliance.scope2 import scope2, scope2_finding

BOUGHT, SOLD = np.array([10.0, 0.0, 5.0]), np.array([0.0, 6.0, 0.0])


def test_one_intensity() -> None:
    found = scope2(BOUGHT, SOLD, 0.4, 0.6, 2.0)
    assert found.location_t_per_year == pytest.approx(2 * 15 * 0.4)
    assert found.market_hourly_t_per_year == pytest.approx(2 * 15 * 0.6)
    assert found.market_annual_t_per_year == pytest.approx(2 * (15 - 6) * 0.6)


def test_by_the_hour() -> None:
    grid, residual = np.array([0.2, 0.9, 0.8]), np.array([0.3, 0.9, 1.2])
    found = scope2(BOUGHT, SOLD, grid, residual, 1.0)
    assert found.location_t_per_year == pytest.approx(10 * 0.2 + 5 * 0.8)
    assert found.market_hourly_t_per_year == pytest.approx(10 * 0.3 + 5 * 1.2)
    assert found.market_annual_t_per_year == pytest.approx(9 * 9.0 / 15)  # at the mean of what is bought
    assert found.hourly_intensity


def test_more_sold_than_bought_is_nil_and_not_a_credit() -> None:
    assert scope2(BOUGHT, 10 * SOLD, 0.4, 0.6, 1.0).market_annual_t_per_year == 0.0


def test_without_a_residual_mix_the_verdict_is_open() -> None:
    found = scope2(BOUGHT, SOLD, 0.4, None, 1.0)
    assert found.market_hourly_t_per_year == found.location_t_per_year
    assert scope2_finding(found).verdict is Verdict.UNKNOWN
    assert scope2_finding(scope2(BOUGHT, SOLD, 0.4, 0.5, 1.0)).verdict is Verdict.MET
    nothing = np.zeros(3)
    assert scope2_finding(scope2(nothing, nothing, 0.4, None, 1.0)).verdict is Verdict.MET


def test_nonsense_raises() -> None:
    with pytest.raises(ValueError, match="negative"):
        scope2(-BOUGHT, SOLD, 0.4, 0.5, 1.0)
    with pytest.raises(ValueError, match="negative"):
        scope2(BOUGHT, SOLD, -0.4, None, 1.0)
