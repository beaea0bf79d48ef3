"""The sizing against closed forms, against itself with two solvers, and against what must always hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.sizing import solve, summarise
from models.sizing.balance import electricity_imbalance
from models.sizing.checks import InvalidProblem
from models.sizing.components import Battery, Generator, Grid, Hydrogen
from models.sizing.dispatch import longest_run
from models.sizing.problem import Matching, SizingProblem
from models.sizing.solution import Infeasible, Unbounded

SOLVERS = ("interior_point", "clarabel", "highs")
BATTERY = Battery(12_000.0, 25_000.0, 0.96, 0.96)
HYDROGEN = Hydrogen(188_715.0, 0.6217, 148.0, 47_718.0, 0.41)


def problem(hours: int = 48, **changes: object) -> SizingProblem:
    """Sun by day, wind that comes and goes, a flat load of 10 MW."""
    hour = np.arange(hours)
    sun = np.maximum(np.sin((hour % 24 - 6) * np.pi / 12), 0.0)
    wind = 0.35 + 0.3 * np.sin(hour * 0.37) + 0.05 * np.cos(hour * 1.7)
    base = SizingProblem(
        load_mw=np.full(hours, 10.0),
        hydrogen_load_mw=np.zeros(hours),
        generators=(Generator("solar", sun, 51_346.0), Generator("wind", np.clip(wind, 0.0, 1.0), 101_644.0)),
        battery=BATTERY,
        hydrogen=HYDROGEN,
    )
    return replace(base, **changes)


@pytest.mark.parametrize("solver", SOLVERS)
def test_one_steady_generator_is_built_to_the_load(solver: str) -> None:
    steady = Generator("steady", np.full(24, 0.5), 100_000.0, 7.0)
    found = solve(problem(24, generators=(steady,), battery=None, hydrogen=None), solver)
    assert found.capacities["steady_mw"] == pytest.approx(20.0, rel=1e-7)
    assert found.objective_usd_per_year == pytest.approx(20.0 * 100_000.0 + 10.0 * 8760.0 * 7.0, rel=1e-7)
    assert found.cost_usd_per_mwh == pytest.approx(found.objective_usd_per_year / 87_600.0)


@pytest.mark.parametrize("solver", SOLVERS)
def test_day_and_night_with_a_battery(solver: str) -> None:
    """Twelve hours of full sun, twelve of none: the battery carries 12 x load, the sun repays it with losses."""
    sun = np.array([1.0] * 12 + [0.0] * 12)
    day = problem(24, generators=(Generator("sun", sun, 50_000.0),), hydrogen=None)
    found = solve(day, solver)
    stored = 12.0 * 10.0 / 0.96  # MWh that leave the store
    charge = stored / 0.96 / 12.0  # MW over twelve hours, larger than the discharge of 10 MW
    assert found.capacities["battery_mwh"] == pytest.approx(stored, rel=1e-6)
    assert found.capacities["battery_mw"] == pytest.approx(charge, rel=1e-6)
    assert found.capacities["sun_mw"] == pytest.approx(10.0 + charge, rel=1e-6)


@pytest.mark.parametrize("solver", SOLVERS)
def test_hydrogen_load_at_noon_needs_no_store(solver: str) -> None:
    sun = np.array([1.0] * 12 + [0.0] * 12)
    gas = np.array([6.217] * 12 + [0.0] * 12)
    day = problem(
        24,
        load_mw=np.zeros(24),
        hydrogen_load_mw=gas,
        generators=(Generator("sun", sun, 50_000.0),),
        battery=None,
        hydrogen=replace(HYDROGEN, store_annual_cost_usd_per_mwh=1e5),
    )
    found = solve(day, solver)
    assert found.capacities["electrolyser_mw"] == pytest.approx(10.0, rel=1e-6)
    assert found.capacities["hydrogen_store_mwh"] == pytest.approx(0.0, abs=1e-3)
    assert found.cost_usd_per_mwh is None


@given(
    st.one_of(st.just(0.0), st.floats(0.1, 8.0)),
    st.sampled_from([1.0, 0.95, 0.6]),
    st.booleans(),
    st.sampled_from([None, *Matching]),
    st.integers(0, 10_000),
)
@settings(max_examples=25, deadline=None)
def test_both_solvers_agree_and_balances_close(
    gas: float, share: float, battery: bool, matching: Matching | None, seed: int
) -> None:
    random = np.random.default_rng(seed)
    hours = 72
    asked = problem(
        hours,
        load_mw=10.0 + random.random(hours),
        hydrogen_load_mw=np.full(hours, gas),
        battery=BATTERY if battery else None,
        clean_share=share,
        grid=None if matching is None else Grid(90.0 + 20.0 * random.random(hours), 5.0, 12.0, 12.0),
        matching=matching or Matching.HOURLY,
        month_of_hour=np.arange(hours) // 24,
    )
    answers = [solve(asked, solver) for solver in SOLVERS]
    assert answers[0].objective_usd_per_year == pytest.approx(answers[1].objective_usd_per_year, rel=1e-6)
    for answer in answers:
        assert np.abs(electricity_imbalance(answer)).max() < 1e-6 * 10.0
        year = summarise(answer)
        assert year.clean_share_achieved >= share - 1e-6
        assert year.peak_import_mw <= 12.0 + 1e-6
        assert answer.info.relative_gap <= 1e-6
        for name, energy in year.generators.items():
            assert energy.curtailed_mwh >= -1e-6, name


def test_shadow_price_is_what_one_more_megawatt_hour_costs() -> None:
    base = solve(problem(), "highs")
    more = problem().load_mw.copy()
    more[30] += 0.01
    raised = solve(problem(load_mw=more), "highs")
    per_year = (raised.objective_usd_per_year - base.objective_usd_per_year) / (0.01 * 8760.0 / 48.0)
    assert per_year == pytest.approx(base.prices.electricity_usd_per_mwh[30], rel=0.05)


def test_two_years_cost_what_one_does() -> None:
    one, two = problem(), problem()
    twice = SizingProblem(
        load_mw=np.tile(one.load_mw, 2),
        hydrogen_load_mw=np.zeros(96),
        generators=tuple(replace(g, capacity_factor=np.tile(g.capacity_factor, 2)) for g in two.generators),
        battery=BATTERY,
        hydrogen=HYDROGEN,
    )
    assert solve(twice).objective_usd_per_year == pytest.approx(solve(one).objective_usd_per_year, rel=1e-6)


def test_a_lower_clean_share_never_costs_more() -> None:
    costs = [solve(problem(clean_share=share)).objective_usd_per_year for share in (1.0, 0.99, 0.9, 0.5, 0.0)]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == pytest.approx(0.0, abs=1.0)


def test_off_grid_the_share_holds_for_electricity_and_hydrogen_each() -> None:
    year = summarise(solve(problem(clean_share=0.9, hydrogen_load_mw=np.full(48, 5.0))))
    assert year.unserved_mwh <= 0.1 * year.load_mwh * (1 + 1e-6)
    assert year.hydrogen_unserved_mwh <= 0.1 * year.hydrogen_load_mwh * (1 + 1e-6)
    assert year.clean_share_achieved == pytest.approx(0.9, abs=1e-5)


def test_hourly_matching_counts_imports_gross_and_annual_net() -> None:
    grid = Grid(60.0, 0.0)
    gross = solve(problem(grid=grid, clean_share=0.8))
    net = solve(problem(grid=grid, clean_share=0.8, matching=Matching.ANNUAL))
    assert gross.operation.import_mw.sum() <= 0.2 * 480.0 * (1 + 1e-6)
    year = summarise(net)
    assert year.import_mwh - year.export_mwh <= 0.2 * year.load_mwh * (1 + 1e-6)
    assert net.objective_usd_per_year <= gross.objective_usd_per_year * (1 + 1e-6)


def test_a_store_does_not_charge_and_discharge_at_once() -> None:
    operation = solve(problem(), "clarabel").operation
    assert np.minimum(operation.charge_mw, operation.discharge_mw).max() < 1e-4


def test_limits_bind() -> None:
    base = problem()
    limited = replace(base, generators=(replace(base.generators[0], max_mw=5.0), base.generators[1]))
    found = solve(limited)
    assert found.capacities["solar_mw"] <= 5.0 + 1e-6
    assert found.objective_usd_per_year > solve(base).objective_usd_per_year


@pytest.mark.parametrize("solver", SOLVERS)
def test_infeasible_says_which_need_and_by_how_much(solver: str) -> None:
    base = problem(battery=None, hydrogen=None)
    dark = replace(base, generators=(base.generators[0],))
    with pytest.raises(Infeasible) as caught:
        solve(dark, solver)
    night = float((base.generators[0].capacity_factor <= 1e-12).sum())
    assert caught.value.shortages == {"electricity": pytest.approx(night * 10.0 * 8760.0 / 48.0, rel=1e-4)}
    assert "electricity" in str(caught.value)


@pytest.mark.parametrize("solver", SOLVERS)
def test_selling_without_limit_is_refused(solver: str) -> None:
    with pytest.raises(Unbounded):
        solve(problem(grid=Grid(500.0, 400.0), matching=Matching.ANNUAL), solver)


def test_every_wrong_field_is_named() -> None:
    with pytest.raises(InvalidProblem) as caught:
        problem(
            load_mw=np.full(48, np.nan),
            hydrogen_load_mw=np.zeros(47),
            battery=Battery(-1.0, 1.0, 1.2, 0.9),
            clean_share=1.5,
        )
    fields = {field for field, _ in caught.value.errors}
    assert fields >= {"load_mw", "hydrogen_load_mw", "clean_share"}
    assert fields >= {"battery.annual_cost_usd_per_mwh", "battery.charge_efficiency"}


def test_an_unknown_solver_is_refused() -> None:
    with pytest.raises(ValueError, match="clarabel"):
        solve(problem(), "guess")


def test_the_year_is_a_ring() -> None:
    assert longest_run(np.array([True, True, False, True, True])) == 4
    assert longest_run(np.array([False, True, True, True, False])) == 3
    assert longest_run(np.zeros(5, dtype=bool)) == 0
    assert longest_run(np.ones(5, dtype=bool)) == 5
