"""Generators: upper limits, marginal cost, capacity that is already there, firm supply at a price, contracts."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.components import Generator
from tests.unit.sizing.cases import HYDROGEN, LOAD, WEEK, agreed, flat, sun, week, wind

YEAR = 8760.0


def test_an_upper_limit_binds_and_is_worth_its_price() -> None:
    free = agreed(week())
    most = 0.6 * free.capacities["wind_mw"]
    base = week()
    limited = agreed(replace(base, generators=(base.generators[0], replace(base.generators[1], max_mw=most))))
    assert limited.capacities["wind_mw"] == pytest.approx(most, rel=1e-5)
    assert limited.objective_usd_per_year > free.objective_usd_per_year
    wider = agreed(replace(base, generators=(base.generators[0], replace(base.generators[1], max_mw=most + 1e-3))))
    gain = (limited.objective_usd_per_year - wider.objective_usd_per_year) / 1e-3
    found = limited.sensitivities["wind_mw"]
    assert gain == pytest.approx(found.worth_usd_per_unit_year - found.annual_cost_usd_per_unit, rel=0.02)


def test_a_limit_of_nothing_builds_nothing() -> None:
    base = week()
    found = agreed(replace(base, generators=(base.generators[0], replace(base.generators[1], max_mw=0.0))))
    assert found.capacities["wind_mw"] == 0.0
    assert np.abs(found.operation.used_mw["wind"]).max() == 0.0


def test_a_limit_that_does_not_bind_changes_nothing() -> None:
    base = week()
    roomy = tuple(replace(generator, max_mw=1e4) for generator in base.generators)
    found = agreed(replace(base, generators=roomy))
    assert found.objective_usd_per_year == pytest.approx(solve(base).objective_usd_per_year, rel=1e-6)


def test_marginal_costs_are_paid_for_what_is_used_alone() -> None:
    base = week()
    priced = (replace(base.generators[0], marginal_cost_usd_per_mwh=3.0), base.generators[1])
    found = agreed(replace(base, generators=priced))
    capital = 51_346.0 * found.capacities["solar_mw"] + 101_644.0 * found.capacities["wind_mw"]
    capital += 25_000.0 * found.capacities["battery_mw"] + 12_000.0 * found.capacities["battery_mwh"]
    running = 3.0 * summarise(found).generators["solar"].used_mwh
    assert found.objective_usd_per_year == pytest.approx(capital + running, rel=1e-6)


def test_the_cheaper_of_two_running_costs_runs_first() -> None:
    cheap = Generator("cheap", flat(value=1.0), 0.0, 20.0, max_mw=4.0)
    dear = Generator("dear", flat(value=1.0), 0.0, 50.0)
    found = agreed(week(generators=(cheap, dear), battery=None))
    assert found.objective_usd_per_year == pytest.approx((4.0 * 20.0 + 6.0 * 50.0) * YEAR, rel=1e-6)
    assert found.prices.electricity_usd_per_mwh == pytest.approx(np.full(WEEK, 50.0), rel=1e-4)


def test_a_negative_running_cost_is_earned_for_no_more_than_is_used() -> None:
    paid = Generator("paid", flat(value=1.0), 100_000.0, -5.0)
    found = agreed(week(generators=(paid,), battery=None))
    assert found.objective_usd_per_year == pytest.approx(LOAD * (100_000.0 - 5.0 * YEAR), rel=1e-6)


def test_existing_capacity_is_used_before_any_is_built() -> None:
    base = week()
    none = agreed(base)
    there = agreed(replace(base, generators=(base.generators[0], replace(base.generators[1], existing_mw=5.0))))
    assert there.capacities["wind_mw"] >= 5.0
    assert there.operation.available_mw["wind"] == pytest.approx(there.capacities["wind_mw"] * wind())
    saved = none.objective_usd_per_year - there.objective_usd_per_year
    assert 0.0 < saved <= 5.0 * 101_644.0 * (1 + 1e-6)
    assert saved == pytest.approx(5.0 * 101_644.0, rel=1e-5)  # it would have been built all the same


def test_a_fixed_fleet_is_only_dispatched() -> None:
    fixed = (
        Generator("solar", sun(), 0.0, max_mw=0.0, existing_mw=20.0),
        Generator("engine", flat(value=1.0), 0.0, 80.0, max_mw=0.0, existing_mw=10.0),
    )
    found = agreed(week(generators=fixed, battery=None))
    expected = np.maximum(LOAD - 20.0 * sun(), 0.0).mean() * YEAR * 80.0
    assert found.objective_usd_per_year == pytest.approx(expected, rel=1e-6)
    assert found.capacities["solar_mw"] == 20.0


def test_firm_clean_supply_caps_the_price() -> None:
    base = week()
    firm = Generator("hydro", flat(value=1.0), 0.0, 45.0)
    found = agreed(replace(base, generators=(*base.generators, firm)))
    assert found.prices.electricity_usd_per_mwh.max() <= 45.0 * (1 + 1e-5)
    assert found.objective_usd_per_year <= LOAD * YEAR * 45.0 * (1 + 1e-6)
    year = summarise(found)
    assert year.generators["hydro"].market_value_usd_per_mwh == pytest.approx(45.0, rel=1e-3)


def test_firm_supply_with_a_limit_is_drawn_in_full_when_power_is_short() -> None:
    base = week()
    firm = Generator("geothermal", flat(value=0.9), 0.0, 10.0, max_mw=5.0)
    found = agreed(replace(base, generators=(*base.generators, firm)))
    assert found.operation.used_mw["geothermal"].max() == pytest.approx(4.5, rel=1e-5)


def test_a_contract_with_its_own_profile() -> None:
    """What a contract delivers is paid for: by the MWh here, whatever else is built."""
    base = week(hydrogen=HYDROGEN)
    shape = np.where(np.arange(WEEK) % 24 >= 18, 1.0, 0.0)
    contract = Generator("ppa", shape, 0.0, 38.0, max_mw=0.0, existing_mw=8.0)
    found = agreed(replace(base, generators=(*base.generators, contract)))
    used = found.operation.used_mw["ppa"]
    assert used.max() <= 8.0 + 1e-6
    assert np.abs(used[shape == 0.0]).max() == 0.0
    assert found.objective_usd_per_year < solve(base).objective_usd_per_year


def test_twins_are_as_good_as_one() -> None:
    base = week()
    twins = (*base.generators, replace(base.generators[0], name="solar_too"))
    found = agreed(replace(base, generators=twins))
    one = solve(base)
    assert found.objective_usd_per_year == pytest.approx(one.objective_usd_per_year, rel=1e-6)
    both = found.capacities["solar_mw"] + found.capacities["solar_too_mw"]
    assert both == pytest.approx(one.capacities["solar_mw"], rel=1e-3)


def test_market_values_pay_the_costs_of_what_is_built_freely() -> None:
    """In the optimum a generator without limit earns at shadow prices what it costs: its value is its cost of use."""
    found = agreed(week())
    for name, cost in (("solar", 51_346.0), ("wind", 101_644.0)):
        energy = summarise(found).generators[name]
        assert energy.market_value_usd_per_mwh is not None
        earned = energy.market_value_usd_per_mwh * energy.used_mwh
        assert earned == pytest.approx(cost * energy.capacity_mw, rel=1e-4)
