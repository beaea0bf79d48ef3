"""Load that may go unserved: at a price, up to a share, both; off grid by the share that must be served."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.components import Flexibility, Generator, Grid
from tests.unit.sizing.cases import HYDROGEN, LOAD, WEEK, agreed, flat, week, within

YEAR = 8760.0
WHOLE = LOAD * YEAR


def test_a_price_below_any_supply_leaves_all_unserved() -> None:
    found = agreed(week(unserved_price_usd_per_mwh=5.0))
    assert found.objective_usd_per_year == pytest.approx(5.0 * WHOLE, rel=1e-6)
    assert summarise(found).unserved_mwh == pytest.approx(WHOLE, rel=1e-6)


def test_a_price_caps_what_power_costs() -> None:
    firm = solve(week())
    found = agreed(week(unserved_price_usd_per_mwh=150.0))
    assert found.prices.electricity_usd_per_mwh.max() <= 150.0 * (1 + 1e-5)
    assert found.objective_usd_per_year < firm.objective_usd_per_year
    short = summarise(found)
    assert 0.0 < short.unserved_mwh < WHOLE
    served = found.operation.unserved_mw < LOAD - 1e-4
    assert (found.operation.unserved_mw[served & (found.prices.electricity_usd_per_mwh < 149.0)] < 1e-4).all()


def test_a_high_price_serves_everything() -> None:
    found = agreed(week(unserved_price_usd_per_mwh=1e6))
    assert found.objective_usd_per_year == pytest.approx(solve(week()).objective_usd_per_year, rel=1e-6)
    assert summarise(found).unserved_mwh == pytest.approx(0.0, abs=1e-4 * WHOLE)


@pytest.mark.parametrize("share", [0.01, 0.1])
def test_a_share_for_nothing_is_used_in_full(share: float) -> None:
    found = agreed(week(unserved_share=share))
    assert summarise(found).unserved_mwh == pytest.approx(share * WHOLE, rel=1e-4)
    assert found.objective_usd_per_year < solve(week()).objective_usd_per_year


def test_a_share_is_what_the_clean_share_leaves_off_grid() -> None:
    by_share = agreed(week(unserved_share=0.05))
    by_clean = agreed(week(clean_share=0.95))
    assert by_share.objective_usd_per_year == pytest.approx(by_clean.objective_usd_per_year, rel=1e-6)


def test_price_and_share_both_hold() -> None:
    price, share = 60.0, 0.03
    found = agreed(week(unserved_price_usd_per_mwh=price, unserved_share=share))
    short = summarise(found).unserved_mwh
    assert short == pytest.approx(share * WHOLE, rel=1e-4)
    free = agreed(week(unserved_share=share))
    assert found.objective_usd_per_year <= free.objective_usd_per_year + price * share * WHOLE * (1 + 1e-6)
    assert found.objective_usd_per_year >= solve(week(unserved_price_usd_per_mwh=price)).objective_usd_per_year


def test_with_a_grid_the_share_is_apart_from_the_clean_share() -> None:
    dark = (Generator("none", np.zeros(WEEK), 1.0),)
    grid = Grid(50.0, max_import_mw=0.9 * LOAD)
    found = agreed(week(generators=dark, battery=None, grid=grid, clean_share=0.0, unserved_share=0.1))
    assert found.operation.unserved_mw.sum() == pytest.approx(0.1 * LOAD * WEEK, rel=1e-6)


def test_hydrogen_off_grid_keeps_to_the_clean_share_alone() -> None:
    found = agreed(week(hydrogen=HYDROGEN, hydrogen_load_mw=flat(value=4.0), clean_share=0.9))
    year = summarise(found)
    assert year.hydrogen_unserved_mwh == pytest.approx(0.1 * year.hydrogen_load_mwh, rel=1e-4)
    assert year.unserved_mwh == pytest.approx(0.1 * WHOLE, rel=1e-4)


def test_a_flexible_load_that_goes_unserved_draws_nothing_below_nil() -> None:
    """Load that has moved to another hour cannot be shed in its own as well."""
    for price, share in ((3.0, None), (0.0, 0.5), (120.0, None)):
        found = agreed(
            week(
                flexibility=Flexibility(0.4, 6),
                unserved_price_usd_per_mwh=price or None,
                unserved_share=share,
            )
        )
        moved = found.operation
        drawn = found.problem.load_mw + moved.load_more_mw - moved.load_less_mw - moved.unserved_mw
        assert drawn.min() >= -1e-5
        within(found)


def test_shedding_and_shifting_together_cost_no_more_than_either() -> None:
    base = week(unserved_price_usd_per_mwh=150.0)
    both = agreed(replace(base, flexibility=Flexibility(0.2, 6)))
    assert both.objective_usd_per_year <= solve(base).objective_usd_per_year * (1 + 1e-6)
    shifts = solve(week(flexibility=Flexibility(0.2, 6))).objective_usd_per_year
    assert both.objective_usd_per_year <= shifts * (1 + 1e-6)
