"""Random sizing problems: our solver against HiGHS, objective by objective, and the share that needed another solver.

`python -m tests.validation.test_sizing_random 700` prints the count for as many problems as asked.
"""

import sys
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve
from models.sizing.components import Battery, Generator, Grid, Hydrogen
from models.sizing.problem import Matching, SizingProblem
from models.sizing.solution import Infeasible, Unbounded

BATTERY = Battery(12_000.0, 25_000.0, 0.96, 0.96)
HYDROGEN = Hydrogen(188_715.0, 0.6217, 148.0, 47_718.0, 0.41)
PROBLEMS = 150
MOST_FALLBACKS = 0.01


def random_problem(seed: int) -> SizingProblem:
    """A subset of technologies, a load from kilowatts to ten gigawatts, profiles and limits at random."""
    random = np.random.default_rng(seed)
    hours = int(random.integers(24, 400))
    hour = np.arange(hours)
    sun = np.maximum(np.sin((hour % 24 - 6) * np.pi / 12), 0.0)
    wind = np.clip(0.35 + 0.3 * np.sin(hour * 0.37) + 0.05 * np.cos(hour * 1.7), 0.0, 1.0)
    solar, farm = Generator("solar", sun, 51_346.0), Generator("wind", wind, 101_644.0)
    if random.random() < 0.1:
        solar = replace(solar, annual_cost_usd_per_mw=0.0)
    if random.random() < 0.3:
        solar = replace(solar, marginal_cost_usd_per_mwh=2.0)
    load = 10.0 ** random.uniform(-3.0, 4.0)
    if random.random() < 0.3:
        farm = replace(farm, max_mw=float(random.uniform(0.0, 3.0) * load))
    generators = [solar] if random.random() < 0.2 else [solar, farm]
    if random.random() < 0.2:
        generators.append(Generator("gusty", np.clip(random.random(hours) ** 3, 0.0, 1.0), 80_000.0))
    gas = float(random.choice([0.0, 0.0, random.uniform(0.01, 0.8)])) * load
    hydrogen = HYDROGEN if gas > 0.0 or random.random() < 0.7 else None
    if hydrogen is not None and random.random() < 0.3:
        hydrogen = replace(hydrogen, turbine_annual_cost_usd_per_mw=None, turbine_efficiency=None)
    dear = replace(BATTERY, annual_cost_usd_per_mwh=12_000.0 * 10.0 ** random.uniform(-1.0, 1.0))
    matching = [None, *Matching][int(random.integers(0, 4))]
    grid = Grid(90.0 + 20.0 * random.random(hours), 5.0, 1.2 * load if random.random() < 0.5 else None, 1.2 * load)
    return SizingProblem(
        load_mw=load * (1.0 + random.random(hours)),
        hydrogen_load_mw=np.full(hours, gas),
        generators=tuple(generators),
        battery=dear if random.random() < 0.7 else None,
        hydrogen=hydrogen,
        grid=None if matching is None else grid,
        clean_share=float(random.choice([1.0, 0.95, 0.6, 0.2])),
        matching=matching or Matching.HOURLY,
        month_of_hour=hour // 24,
    )


def verdict(problem: SizingProblem, solver: str) -> tuple[str, float, str]:
    """What came out, the objective, and who found it."""
    try:
        found = solve(problem, solver)
    except (Infeasible, Unbounded) as error:
        return type(error).__name__, 0.0, ""
    return "optimal", found.objective_usd_per_year, found.info.solver


def compare(seed: int) -> str:
    """Solve a problem twice; who answered. Raises AssertionError where the answers differ."""
    problem = random_problem(seed)
    ours, theirs = verdict(problem, "auto"), verdict(problem, "highs")
    assert ours[0] == theirs[0], seed
    scale = 1e-6 * max(abs(theirs[1]), 1e-3 * float(problem.load_mw.sum()))
    assert abs(ours[1] - theirs[1]) <= 1.01 * scale, seed
    return ours[2] or ours[0]


@pytest.mark.slow
def test_random_problems_agree_with_highs() -> None:
    answered = Counter(compare(seed) for seed in range(PROBLEMS))
    optimal = sum(count for who, count in answered.items() if who not in ("Infeasible", "Unbounded"))
    assert optimal > 0.8 * PROBLEMS
    assert answered["clarabel"] + answered["highs"] <= max(1, MOST_FALLBACKS * optimal), answered


if __name__ == "__main__":
    print(Counter(compare(seed) for seed in range(int(sys.argv[1]))))
