"""Batteries and hydrogen: losses, limits, minimum load, ramps, venting, with and without a store or a turbine."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.components import Generator
from tests.unit.sizing.cases import BATTERY, HYDROGEN, LOAD, WEEK, agreed, flat, sun, week, wind

DAY_NIGHT = np.tile(np.array([1.0] * 12 + [0.0] * 12), 2)


def test_a_battery_that_leaks_is_larger() -> None:
    """Half a day of sun: the level at dusk must last the night, with a share of it gone every hour."""
    loss = 0.01
    leaky = replace(BATTERY, standing_loss=loss)
    found = agreed(week(48, generators=(Generator("sun", DAY_NIGHT, 50_000.0),), battery=leaky))
    level, hourly = 0.0, LOAD / leaky.discharge_efficiency
    for _ in range(12):  # backwards from dawn: what is left is nothing
        level = (level + hourly) / (1.0 - loss)
    assert found.capacities["battery_mwh"] == pytest.approx(level, rel=1e-5)
    assert found.objective_usd_per_year > solve(week(48, generators=found.problem.generators)).objective_usd_per_year


@pytest.mark.parametrize("limit", [{"max_mwh": 20.0}, {"max_mw": 3.0}])
def test_battery_limits_bind(limit: dict[str, float]) -> None:
    found = agreed(week(battery=replace(BATTERY, **limit)))
    for name, most in limit.items():
        assert found.capacities[f"battery_{name.removeprefix('max_')}"] == pytest.approx(most, rel=1e-4)
    assert found.objective_usd_per_year > solve(week()).objective_usd_per_year


def test_a_battery_of_no_size_is_none() -> None:
    found = agreed(week(battery=replace(BATTERY, max_mwh=0.0)))
    assert found.objective_usd_per_year == pytest.approx(solve(week(battery=None)).objective_usd_per_year, rel=1e-6)


def gas_week(hours: int = WEEK, **changes: object) -> object:
    """The week with 5 MW of hydrogen and an electrolyser, changed."""
    return week(hours, hydrogen_load_mw=flat(hours, 5.0), hydrogen=replace(HYDROGEN, **changes))


@pytest.mark.parametrize("least", [0.2, 0.6, 1.0])
def test_an_electrolyser_keeps_to_its_minimum_load(least: float) -> None:
    found = agreed(gas_week(electrolyser_min_load=least))
    taken, built = found.operation.electrolyser_mw, found.capacities["electrolyser_mw"]
    assert taken.min() >= least * built - 1e-5
    assert taken.max() <= built + 1e-5
    assert found.objective_usd_per_year >= solve(gas_week()).objective_usd_per_year * (1 - 1e-6)


def test_a_minimum_load_without_a_store_vents_what_nobody_needs() -> None:
    """Hydrogen is needed in the second half of each day alone, but the electrolyser must run at half load."""
    gas = np.where(DAY_NIGHT > 0.0, 0.0, 6.217)
    steady = Generator("steady", np.ones(48), 100_000.0, 1.0)
    plant = replace(
        HYDROGEN,
        store_annual_cost_usd_per_mwh=None,
        turbine_annual_cost_usd_per_mw=None,
        turbine_efficiency=None,
        electrolyser_min_load=0.5,
    )
    found = agreed(week(48, generators=(steady,), battery=None, hydrogen_load_mw=gas, hydrogen=plant))
    assert found.capacities["electrolyser_mw"] == pytest.approx(10.0, rel=1e-5)
    assert found.operation.hydrogen_vented_mw[DAY_NIGHT > 0.0] == pytest.approx(np.full(24, 0.5 * 6.217), rel=1e-4)
    assert summarise(found).hydrogen_vented_mwh == pytest.approx(0.5 * 6.217 * 4380.0, rel=1e-4)


@pytest.mark.parametrize("ramp", [0.02, 0.1, 0.5])
def test_an_electrolyser_keeps_to_its_ramp(ramp: float) -> None:
    found = agreed(gas_week(electrolyser_ramp=ramp))
    taken, built = found.operation.electrolyser_mw, found.capacities["electrolyser_mw"]
    assert np.abs(taken - np.roll(taken, 1)).max() <= ramp * built + 1e-5
    assert found.objective_usd_per_year >= solve(gas_week()).objective_usd_per_year * (1 - 1e-6)


def test_an_electrolyser_without_ramp_never_changes() -> None:
    taken = agreed(gas_week(electrolyser_ramp=0.0)).operation.electrolyser_mw
    assert np.ptp(taken) <= 1e-5 * taken.mean()


def test_minimum_load_and_ramp_together() -> None:
    found = agreed(gas_week(electrolyser_min_load=0.3, electrolyser_ramp=0.05, store_max_mwh=40.0))
    taken, built = found.operation.electrolyser_mw, found.capacities["electrolyser_mw"]
    assert taken.min() >= 0.3 * built - 1e-5
    assert np.abs(np.diff(taken)).max() <= 0.05 * built + 1e-5
    assert found.capacities["hydrogen_store_mwh"] <= 40.0 + 1e-4


def test_a_ramp_that_never_binds_changes_nothing() -> None:
    loose = agreed(gas_week(electrolyser_ramp=1.0))
    assert loose.objective_usd_per_year == pytest.approx(solve(gas_week()).objective_usd_per_year, rel=1e-6)


def test_a_hydrogen_store_that_leaks_costs_more() -> None:
    tight, leaky = agreed(gas_week()), agreed(gas_week(store_standing_loss=0.005))
    assert leaky.objective_usd_per_year > tight.objective_usd_per_year
    made = summarise(leaky).electrolysis_mwh * HYDROGEN.electrolyser_efficiency
    year = summarise(leaky)
    used = year.hydrogen_served_mwh + year.turbine_mwh / HYDROGEN.turbine_efficiency
    lost = 0.005 * leaky.operation.hydrogen_store_mwh.sum() * 8760.0 / WEEK
    assert made == pytest.approx(used + lost, rel=1e-6)


def test_no_store_makes_hydrogen_as_it_is_needed() -> None:
    found = agreed(
        gas_week(store_annual_cost_usd_per_mwh=None, turbine_annual_cost_usd_per_mw=None, turbine_efficiency=None)
    )
    assert found.operation.electrolyser_mw == pytest.approx(flat(value=5.0 / 0.6217), rel=1e-5)
    assert found.capacities["hydrogen_store_mwh"] == 0.0


def test_a_turbine_without_a_store_is_of_no_use() -> None:
    found = agreed(gas_week(store_annual_cost_usd_per_mwh=None))
    assert found.capacities["hydrogen_turbine_mw"] == pytest.approx(0.0, abs=1e-3)


def test_limits_of_the_hydrogen_chain_bind() -> None:
    free = agreed(week(hydrogen=HYDROGEN, battery=None))
    limits = {
        "electrolyser_max_mw": ("electrolyser_mw", 0.7),
        "store_max_mwh": ("hydrogen_store_mwh", 0.5),
        "turbine_max_mw": ("hydrogen_turbine_mw", 0.8),
    }
    for field, (name, share) in limits.items():
        most = share * free.capacities[name]
        found = agreed(week(hydrogen=replace(HYDROGEN, **{field: most})))
        assert found.capacities[name] <= most * (1 + 1e-6) + 1e-6


def test_a_fuel_cell_gives_power_where_it_is_dear_alone() -> None:
    """A fuel cell at a running cost: hours it runs in are hours whose price pays for the hydrogen and the running."""
    cell = replace(HYDROGEN, turbine_annual_cost_usd_per_mw=90_000.0, turbine_efficiency=0.58)
    found = agreed(week(hydrogen=replace(cell, turbine_marginal_cost_usd_per_mwh=4.0), battery=None))
    given, prices = found.operation.turbine_mw, found.prices
    running = given > 1e-3
    assert running.any()
    least = prices.hydrogen_usd_per_mwh / 0.58 + 4.0
    assert (prices.electricity_usd_per_mwh[running] >= least[running] * (1 - 1e-3) - 0.01).all()


def test_the_store_carries_a_lull() -> None:
    lull = np.where((np.arange(WEEK) > 60) & (np.arange(WEEK) < 108), 0.0, wind())
    calm = (Generator("wind", lull, 101_644.0),)
    found = agreed(week(generators=calm, hydrogen=HYDROGEN))
    assert found.capacities["hydrogen_turbine_mw"] > 0.0
    assert summarise(found).longest_shortage_hours >= 47
    assert summarise(found).hydrogen_store_cycles > 0.0


def test_prices_of_sun_at_noon_are_below_those_at_night() -> None:
    found = agreed(week(generators=(Generator("solar", sun(), 51_346.0),), hydrogen=HYDROGEN))
    price = found.prices.electricity_usd_per_mwh
    assert price[sun() > 0.6].mean() < price[sun() == 0.0].mean()


def test_hydrogen_that_nobody_needs_is_not_made() -> None:
    idle = replace(HYDROGEN, turbine_annual_cost_usd_per_mw=None, turbine_efficiency=None, electrolyser_min_load=0.3)
    found = agreed(week(hydrogen=idle))
    assert found.capacities["electrolyser_mw"] == 0.0
    assert found.objective_usd_per_year == pytest.approx(solve(week()).objective_usd_per_year, rel=1e-6)
