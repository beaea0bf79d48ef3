"""A solver ends when nobody wants its answer any more, and gives the same answer when asked and let go on."""

import numpy as np
import pytest

from models.sizing import Family, solve
from models.sizing.components import Battery, Generator
from models.sizing.problem import SizingProblem
from models.sizing.solution import Stopped

HOURS = 240


def problem() -> SizingProblem:
    sun = np.maximum(np.sin((np.arange(HOURS) - 6.0) * np.pi / 12.0), 0.0)
    wind = np.random.default_rng(3).uniform(0.0, 1.0, HOURS)
    generators = (Generator("sun", sun, 1.0), Generator("wind", wind, 2.0))
    return SizingProblem(np.ones(HOURS), np.zeros(HOURS), generators, Battery(1.0, 1.0, 0.9, 0.9), clean_share=0.9)


class After:
    """Says stop at the n-th asking."""

    def __init__(self, most: int) -> None:
        self.most, self.asked = most, 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked >= self.most


@pytest.mark.parametrize("solver", ["interior_point", "clarabel", "highs"])
def test_every_solver_stops_between_its_iterations(solver: str) -> None:
    stop = After(4)
    with pytest.raises(Stopped):
        solve(problem(), solver, stop)
    assert stop.asked == 4  # not asked again, and no other solver was tried


@pytest.mark.parametrize("solver", ["interior_point", "clarabel", "highs"])
def test_being_asked_changes_no_bit(solver: str) -> None:
    asked, plain = solve(problem(), solver, lambda: False), solve(problem(), solver)
    assert asked.objective_usd_per_year == plain.objective_usd_per_year
    assert asked.capacities == plain.capacities


def test_relatives_stop_too() -> None:
    family = Family(problem())
    with pytest.raises(Stopped):
        family.solve(problem(), should_stop=After(3))
    with pytest.raises(Stopped):
        Family(problem(), After(2))
