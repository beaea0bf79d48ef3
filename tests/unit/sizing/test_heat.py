"""Heat loads: an electric heater or heat pump, and a thermal store with its losses."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.components import Generator
from tests.unit.sizing.cases import HEAT, HYDROGEN, LOAD, WEEK, agreed, flat, week

DAY_NIGHT = np.tile(np.array([1.0] * 12 + [0.0] * 12), 2)


def warm(heat: float = 6.0, **changes: object) -> object:
    """The week with a heat load, its heater and store changed."""
    return week(heat_load_mw=flat(value=heat), heat=replace(HEAT, **changes))


def test_a_heat_pump_without_a_store_is_sized_on_its_input() -> None:
    found = agreed(warm(heater_cop=3.0, store_annual_cost_usd_per_mwh=None))
    assert found.capacities["heater_mw"] == pytest.approx(2.0, rel=1e-6)
    assert found.operation.heater_mw == pytest.approx(flat(value=2.0), rel=1e-5)
    assert found.capacities["thermal_store_mwh"] == 0.0
    ratio = found.prices.heat_usd_per_mwh - found.prices.electricity_usd_per_mwh / 3.0
    assert ratio.min() >= -1e-3  # heat costs its power at least; the rating is paid on top
    assert ratio.sum() * 8760.0 / WEEK * 3.0 == pytest.approx(30_000.0, rel=1e-3)


def test_a_heat_store_carries_the_night() -> None:
    """Twelve hours of sun, a flat heat load alone: heater and store have a closed form."""
    loss = 0.02
    plant = replace(HEAT, heater_cop=2.5, store_annual_cost_usd_per_mwh=500.0, store_standing_loss=loss)
    found = agreed(
        week(
            48,
            load_mw=np.zeros(48),
            heat_load_mw=flat(48, 6.0),
            heat=plant,
            generators=(Generator("sun", DAY_NIGHT, 50_000.0),),
            battery=None,
        )
    )
    level = 0.0
    for _ in range(12):
        level = (level + 6.0) / (1.0 - loss)
    assert found.capacities["thermal_store_mwh"] == pytest.approx(level, rel=1e-5)
    filled = level / sum((1.0 - loss) ** hour for hour in range(12))
    assert found.capacities["heater_mw"] == pytest.approx((6.0 + filled) / 2.5, rel=1e-3)
    assert found.cost_usd_per_mwh is None
    year = summarise(found)
    assert year.heat_mwh == pytest.approx(6.0 * 8760.0)
    assert year.thermal_store_cycles == pytest.approx(6.0 * 4380.0 / level, rel=1e-4)
    assert year.average_prices["heat"] == pytest.approx(found.objective_usd_per_year / year.heat_mwh, rel=1e-5)


def test_a_store_that_leaks_more_costs_more() -> None:
    costs = [agreed(warm(store_standing_loss=loss)).objective_usd_per_year for loss in (0.0, 0.005, 0.05)]
    assert costs == sorted(costs)
    assert costs[2] > costs[0] * (1 + 1e-6)


def test_a_store_never_costs_more_than_none() -> None:
    without = agreed(warm(store_annual_cost_usd_per_mwh=None)).objective_usd_per_year
    assert agreed(warm()).objective_usd_per_year <= without * (1 + 1e-6)
    assert agreed(warm(store_max_mwh=0.0)).objective_usd_per_year == pytest.approx(without, rel=1e-6)


def test_limits_of_heater_and_store_bind() -> None:
    free = agreed(warm())
    most = 6.0 / 0.98 + 0.3 * (free.capacities["heater_mw"] - 6.0 / 0.98)
    tight = agreed(warm(heater_max_mw=most))
    assert tight.capacities["heater_mw"] == pytest.approx(most, rel=1e-5)
    small = agreed(warm(store_max_mwh=0.5 * free.capacities["thermal_store_mwh"]))
    for found in (tight, small):
        assert found.objective_usd_per_year > free.objective_usd_per_year


def test_heat_power_and_hydrogen_share_one_system() -> None:
    found = agreed(
        week(
            heat_load_mw=4.0 + 2.0 * np.cos(np.arange(WEEK) * 2 * np.pi / 24),
            heat=replace(HEAT, store_standing_loss=0.003),
            hydrogen_load_mw=flat(value=3.0),
            hydrogen=replace(HYDROGEN, electrolyser_min_load=0.1),
        )
    )
    parts = [
        week(),
        week(
            load_mw=np.zeros(WEEK),
            heat_load_mw=4.0 + 2.0 * np.cos(np.arange(WEEK) * 2 * np.pi / 24),
            heat=replace(HEAT, store_standing_loss=0.003),
        ),
        week(
            load_mw=np.zeros(WEEK),
            hydrogen_load_mw=flat(value=3.0),
            hydrogen=replace(HYDROGEN, electrolyser_min_load=0.1),
        ),
    ]
    apart = sum(solve(part).objective_usd_per_year for part in parts)
    assert found.objective_usd_per_year <= apart * (1 + 1e-6)


def test_the_mean_heat_price_pays_for_the_heat_chain() -> None:
    """Doubling the heat load costs its shadow price, to first order."""
    base = agreed(warm())
    more = solve(warm(heat=6.0 + 1e-4))
    extra = (more.objective_usd_per_year - base.objective_usd_per_year) / (1e-4 * 8760.0)
    assert extra == pytest.approx(summarise(base).average_prices["heat"], rel=0.01)


def test_power_for_heat_is_delivered_to_the_process() -> None:
    year = summarise(agreed(warm()))
    assert year.delivered_mwh == pytest.approx(LOAD * 8760.0 + year.heater_mwh, rel=1e-9)
