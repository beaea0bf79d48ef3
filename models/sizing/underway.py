"""A problem whose unit costs depend on what is built: priced anew on the way to its optimum.

Its capacities show what they will be long before the optimum is certain, and an iterate in the middle of its way suits
other costs as well: one solution does for several.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import numpy as np

from models.arrays import FloatArray
from models.sizing.engine import AUTO, settle, solve
from models.sizing.formulate import formulate
from models.sizing.interior_point import solve_with_interior_point
from models.sizing.problem import SizingProblem
from models.sizing.solution import ShouldStop, Solution, SolverFailed, never

LEAST = 0.02  # of the mean load: what is less underway may come to nothing
Reprice = Callable[[Mapping[str, float]], SizingProblem | None]


def solve_repriced(
    problem: SizingProblem, reprice: Reprice, solver: str = "auto", should_stop: ShouldStop = never
) -> Solution:
    """As `engine.solve`, of the problem that `reprice` last gave on the way; the solution says which it was.

    reprice : asked a few times, with about what each generator will have, MW by `<name>_mw`, what is there included;
        gives the problem with other annual costs of generators and no other change, or None where they stay. Solvers
        other than our own do not ask.

    Raises what `engine.solve` raises.
    """
    if solver not in ("auto", AUTO[0]):
        return solve(problem, solver, should_stop)
    start, model = time.perf_counter(), formulate(problem)

    def priced(capacities: FloatArray) -> FloatArray | None:
        nonlocal problem, model
        found = dict(zip((capacity.name for capacity in model.capacities), capacities.tolist(), strict=True))
        added = {item: found[f"capacity:{item.name}"] for item in problem.generators}
        built = {item: mw if mw > LEAST * model.power_unit else 0.0 for item, mw in added.items()}
        other = reprice({f"{item.name}_mw": item.existing_mw + mw for item, mw in built.items()})
        if other is None:
            return None
        problem, model = other, formulate(other)
        return np.array([capacity.cost for capacity in model.capacities])

    asked = model
    (outcome,) = solve_with_interior_point((model,), None, should_stop, priced)
    if model is not asked:
        with suppress(SolverFailed):  # costs that changed a great deal are better met from the beginning
            return settle(problem, model, AUTO[:1], start, outcome, should_stop)
        return settle(problem, model, AUTO, start, None, should_stop)
    return settle(problem, model, AUTO, start, outcome, should_stop)
