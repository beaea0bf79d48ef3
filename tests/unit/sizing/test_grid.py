"""The grid: flat and hourly prices, limits, a connection that is sized, and clean shares over every period."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.components import Grid
from models.sizing.problem import Matching
from tests.unit.sizing.cases import HEAT, HYDROGEN, LOAD, WEEK, agreed, flat, week

YEAR = 8760.0
DAYS = np.arange(WEEK) // 24
TARIFF = 70.0 + 40.0 * np.sin(np.arange(WEEK) * 2 * np.pi / 24)


def on_grid(grid: Grid, share: float = 0.0, matching: Matching = Matching.HOURLY, **changes: object) -> object:
    """The week beside a grid, matched by the day where the matching is monthly."""
    return week(grid=grid, clean_share=share, matching=matching, month_of_hour=DAYS, **changes)


def test_a_grid_alone_costs_its_price() -> None:
    found = agreed(on_grid(Grid(60.0), generators=(), battery=None))
    assert found.objective_usd_per_year == pytest.approx(LOAD * YEAR * 60.0, rel=1e-7)
    assert found.prices.electricity_usd_per_mwh == pytest.approx(flat(value=60.0), rel=1e-6)


def test_hourly_prices_are_paid_hour_by_hour() -> None:
    found = agreed(on_grid(Grid(TARIFF), generators=(), battery=None))
    assert found.objective_usd_per_year == pytest.approx(LOAD * YEAR * TARIFF.mean(), rel=1e-7)
    year = summarise(found)
    assert year.import_cost_usd == pytest.approx(found.objective_usd_per_year, rel=1e-7)


def test_a_battery_buys_where_it_is_cheap() -> None:
    steep = 70.0 + 65.0 * np.sin(np.arange(WEEK) * 2 * np.pi / 24)
    cheap = replace(week().battery, annual_cost_usd_per_mwh=3_000.0, annual_cost_usd_per_mw=3_000.0)
    found = agreed(on_grid(Grid(steep), generators=(), battery=cheap))
    bought = found.operation.import_mw
    assert np.average(steep, weights=bought) < steep.mean() - 10.0
    assert found.objective_usd_per_year < LOAD * YEAR * steep.mean()


@pytest.mark.parametrize("matching", list(Matching))
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9, 1.0])
def test_every_share_over_every_period(matching: Matching, share: float) -> None:
    found = agreed(on_grid(Grid(55.0, 20.0, 12.0, 15.0), share, matching))
    bought, sold = found.operation.import_mw, found.operation.export_mw
    counted = bought if matching is Matching.HOURLY else bought - sold
    groups = DAYS if matching is Matching.MONTHLY else np.zeros(WEEK, dtype=int)
    allowed = (1.0 - share) * np.bincount(groups, found.problem.load_mw)
    assert (np.bincount(groups, counted) <= allowed + 1e-5 * LOAD * WEEK).all()
    assert bought.max() <= 12.0 + 1e-5
    assert sold.max() <= 15.0 + 1e-5
    assert summarise(found).clean_share_achieved >= share - 1e-6


def test_a_stricter_period_never_costs_less() -> None:
    grid = Grid(55.0, 20.0, 12.0, 15.0)
    annual, monthly, hourly = (
        solve(on_grid(grid, 0.9, matching)).objective_usd_per_year
        for matching in (Matching.ANNUAL, Matching.MONTHLY, Matching.HOURLY)
    )
    assert annual <= monthly * (1 + 1e-6)
    assert monthly <= hourly * (1 + 1e-6)


def test_a_cleaner_supply_never_costs_less() -> None:
    grid = Grid(30.0)
    costs = [solve(on_grid(grid, share)).objective_usd_per_year for share in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert costs == sorted(costs)


def test_the_share_counts_what_electrolysers_and_heaters_need() -> None:
    found = agreed(
        on_grid(
            Grid(30.0),
            0.8,
            hydrogen=HYDROGEN,
            hydrogen_load_mw=flat(value=6.217),
            heat=replace(HEAT, heater_cop=2.0),
            heat_load_mw=flat(value=8.0),
        )
    )
    matched = LOAD + 10.0 + 4.0
    assert found.problem.matched_load_mw == pytest.approx(flat(value=matched))
    assert found.operation.import_mw.mean() == pytest.approx(0.2 * matched, rel=1e-5)


def test_no_import_at_all_under_hourly_matching_of_everything() -> None:
    found = agreed(on_grid(Grid(1.0), 1.0))
    assert np.abs(found.operation.import_mw).max() == 0.0
    assert found.objective_usd_per_year == pytest.approx(solve(week()).objective_usd_per_year, rel=1e-6)


def test_exports_earn_what_their_hour_pays() -> None:
    hourly = np.where(TARIFF > 90.0, 40.0, 5.0)
    found = agreed(on_grid(Grid(500.0, hourly, 0.0, 8.0), 1.0, Matching.ANNUAL))
    sold = found.operation.export_mw
    assert sold.max() == pytest.approx(8.0, rel=1e-4)
    assert sold[hourly > 5.0].mean() > sold[hourly <= 5.0].mean()
    assert summarise(found).export_income_usd == pytest.approx((sold * hourly).mean() * YEAR, rel=1e-9)


def test_negative_prices_are_met_with_the_limit() -> None:
    negative = np.where(np.arange(WEEK) % 24 == 3, -20.0, 80.0)
    found = agreed(on_grid(Grid(negative, 0.0, 25.0, 0.0)))
    assert found.operation.import_mw[negative < 0.0].min() >= LOAD - 1e-5


def test_a_connection_is_sized_to_what_it_is_worth() -> None:
    peaky = LOAD * (1.0 + 0.6 * np.sin(np.arange(WEEK) * 2 * np.pi / 24))
    alone = on_grid(Grid(60.0, connection_annual_cost_usd_per_mw=20_000.0), load_mw=peaky, generators=(), battery=None)
    found = agreed(alone)
    assert found.capacities["connection_mw"] == pytest.approx(16.0, rel=1e-6)
    assert found.objective_usd_per_year == pytest.approx(LOAD * YEAR * 60.0 + 16.0 * 20_000.0, rel=1e-6)
    shaved = agreed(
        replace(alone, battery=replace(week().battery, annual_cost_usd_per_mwh=1_000.0, annual_cost_usd_per_mw=1_000.0))
    )
    assert shaved.capacities["connection_mw"] < 16.0 - 0.1
    assert shaved.operation.import_mw.max() <= shaved.capacities["connection_mw"] + 1e-5


def test_one_connection_serves_imports_and_exports() -> None:
    grid = Grid(TARIFF, 25.0, connection_annual_cost_usd_per_mw=15_000.0)
    found = agreed(on_grid(grid, 0.5, Matching.ANNUAL))
    peak = max(found.operation.import_mw.max(), found.operation.export_mw.max())
    assert found.capacities["connection_mw"] == pytest.approx(peak, rel=1e-4)
    dear = agreed(on_grid(replace(grid, connection_annual_cost_usd_per_mw=60_000.0), 0.5, Matching.ANNUAL))
    assert dear.capacities["connection_mw"] < found.capacities["connection_mw"]


def test_a_connection_keeps_to_its_limit() -> None:
    grid = Grid(40.0, 0.0, 4.0, connection_annual_cost_usd_per_mw=1_000.0)
    found = agreed(on_grid(grid, 0.3))
    assert found.capacities["connection_mw"] == pytest.approx(4.0, rel=1e-5)
