"""Solve a sizing problem: formulate, solve, certify, fall back, or say which need cannot be met."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from models.notice import Notice
from models.sizing.certificate import Certificate, certify
from models.sizing.clarabel_solver import solve_with_clarabel
from models.sizing.components import Battery, Generator
from models.sizing.formulate import formulate
from models.sizing.highs import solve_with_highs
from models.sizing.interior_point import compile_kernels, solve_with_interior_point
from models.sizing.lp import assemble
from models.sizing.problem import SizingProblem
from models.sizing.reading import read
from models.sizing.solution import (
    Infeasible,
    Outcome,
    ShouldStop,
    Solution,
    SolverFailed,
    Status,
    Stopped,
    Unbounded,
    never,
)
from models.sizing.stage_model import Answer, StageModel

ACCEPTED_GAP = 1e-6  # relative, between primal and dual objective
ACCEPTED_RESIDUAL = 1e-6  # of the mean load
SOLVERS: dict[str, Callable[[StageModel, ShouldStop], Outcome]] = {
    "interior_point": lambda model, should_stop: solve_with_interior_point((model,), should_stop=should_stop)[0],
    "clarabel": lambda model, should_stop: solve_with_clarabel(assemble(model), should_stop),
    "highs": lambda model, should_stop: solve_with_highs(assemble(model), should_stop=should_stop),
}
NOTICED = 1e-6  # share of a need: what is short of less is rounding
EXCESS = {
    "electricity": "excess_unserved",
    "hydrogen": "excess_hydrogen_unserved",
    "heat": "excess_heat_unserved",
    "clean_share": "excess_import",
}  # the variables of the elastic problem that say by how much a need is not met
AUTO = ("interior_point", "clarabel", "highs")


def solve(problem: SizingProblem, solver: str = "auto", should_stop: ShouldStop = never) -> Solution:
    """The least-cost system for a problem.

    solver : `clarabel`, `highs`, or `auto` (`interior_point` means the same): our own, then the next where its answer
        is not certified; the others also say whether a problem has no answer.
    should_stop : asked between iterations.

    Raises Infeasible (which need, by how much), Unbounded, SolverFailed, Stopped; ValueError for an unknown solver.
    """
    if solver != "auto" and solver not in SOLVERS:
        raise ValueError(f"solver must be auto or one of {', '.join(SOLVERS)}")
    start = time.perf_counter()
    solvers = AUTO if solver in ("auto", AUTO[0]) else (solver,)
    return settle(problem, formulate(problem), solvers, start, None, should_stop)


def warm() -> None:
    """Compile the solver's kernels, or load them from the cache, on a problem of a day."""
    sun = np.maximum(np.sin((np.arange(24) - 6.0) * np.pi / 12.0), 0.0)
    generators = (Generator("sun", sun, 1.0), Generator("steady", np.ones(24), 5.0, 1.0))
    battery = Battery(1.0, 1.0, 0.9, 0.9)
    compile_kernels(formulate(SizingProblem(np.ones(24), np.zeros(24), generators, battery, clean_share=0.9)))


def settle(
    problem: SizingProblem,
    model: StageModel,
    solvers: Sequence[str],
    start: float,
    first: Outcome | None,
    should_stop: ShouldStop = never,
) -> Solution:
    """Ask one solver after the other until an answer is certified; `first` is what the first has found already."""
    warnings: list[Notice] = []
    for name in solvers:
        try:
            if should_stop():
                raise Stopped
            outcome = SOLVERS[name](model, should_stop) if first is None or name != solvers[0] else first
            if outcome.status is Status.INFEASIBLE:
                raise _infeasible(problem, name, should_stop)
            if outcome.status is Status.UNBOUNDED:
                raise Unbounded("the prices let the system earn without limit; set limits to what is built or sold")
            answer, proof = _proven(model, outcome, name)
        except SolverFailed as failure:
            last = failure
            warnings.append(Notice("solver_fallback", f"{failure}; the next solver was asked"))
            continue
        milliseconds = 1e3 * (time.perf_counter() - start)
        return read(problem, model, answer, proof, milliseconds, tuple(warnings))
    raise last


def _proven(model: StageModel, outcome: Outcome, name: str) -> tuple[Answer, Certificate]:
    """The answer and its proof; without dust where it holds so. Raises SolverFailed where it does not hold."""
    if outcome.answer is None:
        raise SolverFailed(name, "no answer")
    plain = outcome.answer.without_dust(model)
    proof = certify(model, plain)
    if _holds(model, proof):
        return plain, proof
    proof = certify(model, outcome.answer)
    if not _holds(model, proof):
        residual = proof.max_residual / model.power_unit
        raise SolverFailed(name, f"gap {proof.relative_gap:.1e}, residual {residual:.1e} of the load")
    return outcome.answer, proof


def _holds(model: StageModel, proof: Certificate) -> bool:
    return proof.relative_gap <= ACCEPTED_GAP and proof.max_residual <= ACCEPTED_RESIDUAL * model.power_unit


def _infeasible(problem: SizingProblem, solver: str, should_stop: ShouldStop) -> Infeasible:
    """Solve for the least shortage in all, of load before clean share."""
    model = formulate(problem, elastic=True)
    lp = assemble(model)
    if solver == "highs":
        outcome = solve_with_highs(lp, should_stop=should_stop)
    else:
        outcome = solve_with_clarabel(lp, should_stop)
    year = problem.yearly
    needs = {
        "electricity": year * float(problem.load_mw.sum()),
        "hydrogen": year * float(problem.hydrogen_load_mw.sum()),
        "heat": year * float(problem.heat_demand_mw.sum()),
        "clean_share": year * float(problem.matched_load_mw.sum()),
    }
    if outcome.answer is None:
        return Infeasible({}, needs)
    short = {}
    for need, excess in EXCESS.items():
        index = model.variable_index.get(excess)
        short[need] = 0.0 if index is None else year * float(outcome.answer.hourly[index].sum())
    return Infeasible({name: value for name, value in short.items() if value > NOTICED * needs[name]}, needs)
