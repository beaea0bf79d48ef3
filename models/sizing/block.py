"""Many sites at once: short problems side by side in the lanes of one iteration, years each in lanes of its own."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from models.sizing.engine import AUTO, settle
from models.sizing.formulate import formulate
from models.sizing.interior_point import solve_with_interior_point
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, Solution, SolverFailed, Unbounded
from models.sizing.stage_model import StageModel

Answered = Solution | Infeasible | Unbounded | SolverFailed
SIDE_BY_SIDE = 8784  # hours of all sites in one iteration: more no longer fit the processor's second cache


def solve_block(problems: Sequence[SizingProblem], workers: int | None = None) -> list[Answered]:
    """The least-cost systems of many sites; errors stand in the place of answers.

    Sites whose problems differ in numbers alone are solved side by side as far as their hours fit; the groups run in
    `workers` threads (the kernels release the interpreter), by default one for each processor. An answer's time is its
    share of its group's.
    """
    models = [formulate(problem) for problem in problems]
    groups: list[list[int]] = []
    for index, model in enumerate(models):
        last = groups[-1] if groups else []
        if last and model.alike(models[last[0]]) and (len(last) + 1) * model.hours <= SIDE_BY_SIDE:
            last.append(index)
        else:
            groups.append([index])
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        found = pool.map(lambda group: _solve([problems[i] for i in group], [models[i] for i in group]), groups)
        return [answer for answers in found for answer in answers]


def _solve(problems: list[SizingProblem], models: list[StageModel]) -> list[Answered]:
    start = time.perf_counter()
    outcomes = solve_with_interior_point(tuple(models))
    share = (time.perf_counter() - start) / len(models)
    answers: list[Answered] = []
    for problem, model, outcome in zip(problems, models, outcomes, strict=True):
        try:
            answers.append(settle(problem, model, AUTO, time.perf_counter() - share, outcome))
        except (Infeasible, Unbounded, SolverFailed) as error:
            answers.append(error)
    return answers
