"""Statistics of profiles against hand-counted series."""

import numpy as np
import pytest

from models.supply.statistics import by_day, correlation, diurnal_means, longest_lull_hours, monthly_means

TIME = np.arange("2019-01-01", "2020-01-01", dtype="datetime64[h]")


def test_lulls_run_over_the_turn_of_the_year() -> None:
    assert longest_lull_hours(np.array([0.0, 0.5, 0.0, 0.0, 0.5, 0.0]), 0.1) == 2
    assert longest_lull_hours(np.array([0.0, 0.0, 0.5, 0.0, 0.5, 0.0]), 0.1) == 3
    assert longest_lull_hours(np.zeros(5), 0.1) == 5
    assert longest_lull_hours(np.ones(5), 0.1) == 0


def test_months_and_hours_of_the_day() -> None:
    month = TIME.astype("datetime64[M]").astype(int) % 12
    assert monthly_means(month.astype(float), TIME) == pytest.approx(range(12))
    hour = np.arange(8760) % 24
    assert diurnal_means(hour.astype(float), TIME, 0.0) == pytest.approx(range(24))
    assert diurnal_means(hour.astype(float), TIME, 15.0)[1] == pytest.approx(0.0)  # an hour ahead of UTC
    assert by_day(hour.astype(float)) == pytest.approx(11.5)


def test_correlation() -> None:
    one = np.sin(np.arange(100.0))
    assert correlation(one, 2.0 * one + 1.0) == pytest.approx(1.0)
    assert correlation(one, -one) == pytest.approx(-1.0)
    assert correlation(one, np.zeros(100)) is None
