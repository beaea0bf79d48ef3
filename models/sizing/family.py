"""Many problems that differ in costs and in the size of their loads alone: each starts midway to the optimum of one.

An interior-point method gains little from the optimum of a neighbour, which lies at bounds that may not be the own
ones; it gains a third of its iterations from where the neighbour was when its gap was a tenth (Gondzio 1998,
Mathematical Programming 83, 125-143, keeps such points for the same use). Costs and loads are scaled by problem, so
the iterate fits as it is; what it leaves of the conditions is mended on the way. Every answer is certified as any
other, and none depends on which others were solved.
"""

import time

import numpy as np

from models.sizing.engine import AUTO, settle, solve
from models.sizing.formulate import formulate
from models.sizing.interior_point import InteriorPoint, solve_with_interior_point
from models.sizing.laying import lay_out
from models.sizing.problem import SizingProblem
from models.sizing.solution import Solution, Status
from models.sizing.stage_model import StageModel


class Family:
    """The relatives of one problem; `solve` may be called from several threads."""

    def __init__(self, problem: SizingProblem) -> None:
        self._model = formulate(problem)
        with np.errstate(all="ignore"):  # what goes astray is no start
            self._first = InteriorPoint(lay_out((self._model,))).midway()

    def solve(self, problem: SizingProblem, solver: str = "auto") -> Solution:
        """As `engine.solve`, quicker where the problem is a relative; raises what it raises."""
        if solver not in ("auto", AUTO[0]):
            return solve(problem, solver)
        start, model, outcome = time.perf_counter(), formulate(problem), None
        if self._first is not None and _related(model, self._model):
            (outcome,) = solve_with_interior_point((model,), self._first)
            if outcome.status is not Status.OPTIMAL:
                outcome = None  # from the beginning, then
        return settle(problem, model, AUTO, start, outcome)


def _related(model: StageModel, other: StageModel) -> bool:
    """Whether an iterate of one fits the other: alike, in the same hours nothing, the same capacities limited."""
    if not model.alike(other):
        return False
    limits = [[None if c.upper is None else c.upper > 0.0 for c in one.capacities] for one in (model, other)]
    pairs = zip(model.variables, other.variables, strict=True)
    return limits[0] == limits[1] and all(
        np.array_equal(model.can_be(mine), other.can_be(theirs)) for mine, theirs in pairs
    )
