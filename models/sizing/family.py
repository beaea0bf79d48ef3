"""Many problems that differ in costs, efficiencies and the size of their loads: each leans on the way to one's optimum.

An interior-point method gains little from the optimum of a neighbour, which lies at bounds that may not be the own
ones. It gains from where the neighbour was when its gap was a tenth (Gondzio 1998, Mathematical Programming 83,
125-143, keeps such points for the same use), and it gains without a risk halfway there, between that and its own
start. Every answer is certified as any other, one that does not hold is sought again from the beginning, and none
depends on which others were solved.
"""

import time
from contextlib import suppress

import numpy as np

from models.sizing.engine import AUTO, settle, solve
from models.sizing.formulate import formulate
from models.sizing.interior_point import InteriorPoint, solve_with_interior_point
from models.sizing.laying import lay_out
from models.sizing.problem import SizingProblem
from models.sizing.solution import ShouldStop, Solution, SolverFailed, never
from models.sizing.stage_model import Capacity, StageModel, Variable

ASKED = AUTO[:2]  # HiGHS, the last resort of a single problem, may take minutes: one of many is not worth them


class Family:
    """The relatives of one problem; `solve` may be called from several threads."""

    def __init__(self, problem: SizingProblem, should_stop: ShouldStop = never) -> None:
        self._model = formulate(problem)
        with np.errstate(all="ignore"):  # what goes astray is no start
            self._near = InteriorPoint(lay_out((self._model,)), should_stop).midway()

    def solve(self, problem: SizingProblem, solver: str = "auto", should_stop: ShouldStop = never) -> Solution:
        """As `engine.solve`, quicker where the problem is a relative; HiGHS is asked by its name alone.

        Raises what `engine.solve` raises.
        """
        if solver not in ("auto", AUTO[0]):
            return solve(problem, solver, should_stop)
        start, model = time.perf_counter(), formulate(problem)
        if self._near is not None and _related(model, self._model):
            (outcome,) = solve_with_interior_point((model,), self._near, should_stop)
            with suppress(SolverFailed):
                return settle(problem, model, ASKED[:1], start, outcome, should_stop)
        return settle(problem, model, ASKED, start, None, should_stop)


def _related(model: StageModel, other: StageModel) -> bool:
    """Whether an iterate of one fits the other: the same parts in the same hours, the same capacities limited."""
    return (
        model.balances == other.balances
        and model.load.shape == other.load.shape
        and [(c.name, _limited(c)) for c in model.capacities] == [(c.name, _limited(c)) for c in other.capacities]
        and [_parts(variable) for variable in model.variables] == [_parts(variable) for variable in other.variables]
        and [(rows.name, rows.terms) for rows in model.long_rows]
        == [(rows.name, rows.terms) for rows in other.long_rows]
        and all(np.array_equal(a.group, b.group) for a, b in zip(model.long_rows, other.long_rows, strict=True))
        and all(
            np.array_equal(model.can_be(a), other.can_be(b))
            for a, b in zip(model.variables, other.variables, strict=True)
        )
    )


def _limited(capacity: Capacity) -> bool | None:
    """None without a limit; False where nothing may be built."""
    return None if capacity.upper is None else capacity.upper > 0.0


def _parts(variable: Variable) -> tuple[object, ...]:
    """A variable without its numbers."""
    return variable.name, variable.own.keys(), dict(variable.following), [name for name, _ in variable.limits]
