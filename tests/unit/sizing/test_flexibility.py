"""Flexible load: the levels that stand for shifts, against shifts written out one by one, and what must hold."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import linprog

from models.sizing import solve, summarise
from models.sizing.components import Flexibility, Generator
from models.sizing.problem import SizingProblem
from tests.unit.sizing.cases import LOAD, agreed, sun, week, wind

HOURS = 48
LEVY = np.random.default_rng(7).uniform(20.0, 200.0, HOURS)  # price of power by hour


def priced(flexible: Flexibility, load: np.ndarray) -> SizingProblem:
    """Power from capacities and at prices that differ by hour, through the capacity factors of many small plants."""
    generators = (
        Generator("solar", sun(HOURS), 51_346.0),
        Generator("wind", np.roll(wind(HOURS), 11), 101_644.0),
        Generator("firm", np.ones(HOURS), 30_000.0, 90.0),
    )
    return week(HOURS, load_mw=load, generators=generators, battery=None, flexibility=flexible)


def shift_by_shift(problem: SizingProblem) -> float:
    """Least cost with a variable for each pair of hours: load taken from one and served in the other, on the ring."""
    flexible, load, hours = problem.flexibility, problem.load_mw, problem.hours
    assert flexible is not None
    window, share = flexible.window_hours, flexible.share
    pairs = [(i, (i + d) % hours) for i in range(hours) for d in range(-window, window + 1) if d]
    plants = problem.generators
    count, moves = len(plants), len(pairs)
    size = count + count * hours + moves  # capacities, use by plant and hour, shifts
    cost = np.zeros(size)
    rows: list[tuple[int, int, float]] = []
    upper = []
    row = 0
    for k, plant in enumerate(plants):
        cost[k] = plant.annual_cost_usd_per_mw
        cost[count + k * hours : count + (k + 1) * hours] = plant.marginal_cost_usd_per_mwh * problem.yearly
        for t in range(hours):
            rows += [(row, count + k * hours + t, 1.0), (row, k, -plant.capacity_factor[t])]
            upper.append(0.0)
            row += 1
    most = (1.0 + share) * load.max() if flexible.max_load_mw is None else flexible.max_load_mw
    start = count + count * hours
    for t in range(hours):
        taken = [start + n for n, (i, _) in enumerate(pairs) if i == t]
        given = [start + n for n, (_, j) in enumerate(pairs) if j == t]
        rows += [(row, n, 1.0) for n in taken]  # at most the share of the hour's own load moves
        rows += [(row + 1, n, 1.0) for n in given] + [(row + 1, n, -1.0) for n in taken]
        rows += [(row + 2, n, -1.0) for n in given] + [(row + 2, n, 1.0) for n in taken]
        upper += [share * load[t], max(most - load[t], 0.0), max(load[t] - flexible.min_load_mw, 0.0)]
        row += 3
        # What is used serves the load less what left the hour and plus what came.
        rows += [(row, count + k * hours + t, -1.0) for k in range(count)]
        rows += [(row, n, 1.0) for n in given] + [(row, n, -1.0) for n in taken]
        upper.append(-load[t])
        row += 1
    where = np.array([(r, c) for r, c, _ in rows]).T
    matrix = sp.csr_matrix((np.array([v for _, _, v in rows]), (where[0], where[1])), shape=(row, size))
    found = linprog(cost, A_ub=matrix, b_ub=np.array(upper), bounds=(0, None), method="highs")
    assert found.success
    return float(found.fun)


@pytest.mark.parametrize("window", [1, 2, 5, 13])
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_levels_stand_for_shifts_within_the_window(window: int, share: float) -> None:
    load = LOAD * np.random.default_rng(window).uniform(0.4, 1.6, HOURS)
    problem = priced(Flexibility(share, window), load)
    assert agreed(problem).objective_usd_per_year == pytest.approx(shift_by_shift(problem), rel=1e-6)


@pytest.mark.parametrize(
    "limits", [{"min_load_mw": 7.0}, {"max_load_mw": 16.5}, {"min_load_mw": 8.0, "max_load_mw": 16.2}]
)
def test_levels_stand_for_shifts_within_the_limits_too(limits: dict[str, float]) -> None:
    load = LOAD * np.random.default_rng(3).uniform(0.4, 1.6, HOURS)
    problem = priced(Flexibility(0.5, 3, **limits), load)
    assert agreed(problem).objective_usd_per_year == pytest.approx(shift_by_shift(problem), rel=1e-6)


def test_nothing_to_shift_costs_what_a_fixed_load_does() -> None:
    fixed = solve(week())
    for flexible in (Flexibility(0.0, 6), Flexibility(0.3, 0), Flexibility(0.3, 6, min_load_mw=LOAD, max_load_mw=LOAD)):
        found = agreed(week(flexibility=flexible))
        assert found.objective_usd_per_year == pytest.approx(fixed.objective_usd_per_year, rel=1e-6)


def test_more_freedom_never_costs_more() -> None:
    by_window = [agreed(week(flexibility=Flexibility(0.2, w))).objective_usd_per_year for w in (1, 4, 12, 48)]
    by_share = [solve(week(flexibility=Flexibility(s, 6))).objective_usd_per_year for s in (0.05, 0.2, 0.5)]
    assert by_window == sorted(by_window, reverse=True)
    assert by_share == sorted(by_share, reverse=True)
    assert by_window[-1] < by_window[0]


def test_the_load_keeps_to_its_limits_and_its_energy() -> None:
    found = agreed(week(flexibility=Flexibility(0.5, 8, min_load_mw=8.0, max_load_mw=12.0)))
    moved = found.operation
    drawn = found.problem.load_mw + moved.load_more_mw - moved.load_less_mw
    assert drawn.min() >= 8.0 - 1e-5
    assert drawn.max() <= 12.0 + 1e-5
    assert drawn.sum() == pytest.approx(found.problem.load_mw.sum(), rel=1e-7)
    assert np.minimum(moved.load_more_mw, moved.load_less_mw).max() == pytest.approx(0.0, abs=1e-9)
    assert summarise(found).shifted_mwh > 0.0


def test_a_window_of_days_takes_the_place_of_the_battery() -> None:
    """Half a day of sun and all of the load free to move by half a day: no battery is needed."""
    day = Generator("sun", np.tile(np.array([1.0] * 12 + [0.0] * 12), 2), 50_000.0)
    found = agreed(replace(week(HOURS, generators=(day,)), flexibility=Flexibility(1.0, 12)))
    assert found.capacities["sun_mw"] == pytest.approx(20.0, rel=1e-5)
    assert found.capacities["battery_mwh"] == pytest.approx(0.0, abs=1e-3)
