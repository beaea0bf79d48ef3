"""Relatives start midway to one's optimum and find their own: the same as from the beginning, in fewer iterations."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import Family, solve
from models.sizing.components import Flexibility, Generator
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible
from tests.unit.sizing.cases import BATTERY, HYDROGEN, flat, sun, week, wind, within

HOURS = 336
GAS = flat(HOURS, 3.0)


def relative(base: SizingProblem, seed: int) -> SizingProblem:
    """Other costs, a larger or smaller load, another electrolyser."""
    random = np.random.default_rng(seed)
    size = random.uniform(0.5, 2.0)
    assert base.hydrogen is not None
    return replace(
        base,
        load_mw=base.load_mw * size,
        hydrogen_load_mw=base.hydrogen_load_mw * size * random.uniform(0.8, 1.2),
        generators=tuple(
            replace(generator, annual_cost_usd_per_mw=generator.annual_cost_usd_per_mw * random.uniform(0.7, 1.5))
            for generator in base.generators
        ),
        hydrogen=replace(
            base.hydrogen,
            electrolyser_efficiency=0.6217 * random.uniform(0.93, 1.07),
            electrolyser_annual_cost_usd_per_mw=188_715.0 * random.uniform(0.5, 1.3),
        ),
    )


@pytest.mark.parametrize("share", [0.9, 1.0])
def test_relatives_find_their_own_optimum(share: float) -> None:
    base = week(HOURS, hydrogen=HYDROGEN, hydrogen_load_mw=GAS, clean_share=share)
    family, near, far = Family(base), 0, 0
    for seed in range(12):
        problem = relative(base, seed)
        related, alone = family.solve(problem), solve(problem)
        within(related)
        assert related.info.solver == "interior_point"
        assert related.info.relative_gap <= 1e-6
        assert related.objective_usd_per_year == pytest.approx(alone.objective_usd_per_year, rel=1e-6)
        near, far = near + related.info.iterations, far + alone.info.iterations
    print(near, far)
    assert near < far


STRANGERS = [
    week(HOURS),  # no hydrogen
    week(HOURS, hydrogen=HYDROGEN, hydrogen_load_mw=GAS, battery=replace(BATTERY, max_mw=3.0)),
    week(HOURS, hydrogen=HYDROGEN, hydrogen_load_mw=GAS, flexibility=Flexibility(0.2, 4)),
    week(168, hydrogen=HYDROGEN, hydrogen_load_mw=flat(168, 3.0)),
    week(
        HOURS,
        hydrogen=HYDROGEN,
        hydrogen_load_mw=GAS,
        generators=(Generator("solar", np.roll(sun(HOURS), 5), 51_346.0), Generator("wind", wind(HOURS), 101_644.0)),
    ),
]


@pytest.mark.parametrize("problem", STRANGERS)
def test_strangers_are_solved_too(problem: SizingProblem) -> None:
    found = Family(week(HOURS, hydrogen=HYDROGEN, hydrogen_load_mw=GAS)).solve(problem)
    assert found.objective_usd_per_year == pytest.approx(solve(problem).objective_usd_per_year, rel=1e-6)


def test_another_solver_is_asked_as_it_is() -> None:
    base = week()
    assert Family(base).solve(base, "highs").info.solver == "highs"


def test_what_cannot_be_met_is_said() -> None:
    base = week(generators=tuple(replace(generator, max_mw=20.0) for generator in week().generators))
    scarce = replace(base, generators=tuple(replace(generator, max_mw=1.0) for generator in base.generators))
    with pytest.raises(Infeasible):
        Family(base).solve(scarce)


def test_the_order_does_not_matter() -> None:
    base = week(HOURS, hydrogen=HYDROGEN, hydrogen_load_mw=GAS)
    family, problems = Family(base), [relative(base, seed) for seed in range(3)]
    forth = [family.solve(problem).objective_usd_per_year for problem in problems]
    back = [family.solve(problem).objective_usd_per_year for problem in problems[::-1]]
    assert forth == back[::-1]
