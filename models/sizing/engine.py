"""Solve a sizing problem: assemble, solve, certify, fall back, or say which need cannot be met."""

import time
from collections.abc import Callable

import numpy as np

from models.arrays import FloatArray
from models.notice import Notice
from models.sizing.certificate import Certificate, certify
from models.sizing.clarabel_solver import solve_with_clarabel
from models.sizing.highs import solve_with_highs
from models.sizing.interior_point import solve_with_interior_point
from models.sizing.lp import LinearProgram, assemble
from models.sizing.operation import operation_of
from models.sizing.problem import Battery, Generator, SizingProblem
from models.sizing.solution import (
    Infeasible,
    Info,
    Prices,
    RawSolution,
    Solution,
    SolverFailed,
    Status,
    Unbounded,
)

ACCEPTED_GAP = 1e-6  # relative, between primal and dual objective
ACCEPTED_RESIDUAL = 1e-6  # of the mean load
SOLVERS: dict[str, Callable[[SizingProblem, LinearProgram], RawSolution]] = {
    "interior_point": solve_with_interior_point,
    "clarabel": lambda _, lp: solve_with_clarabel(lp),
    "highs": lambda _, lp: solve_with_highs(lp),
}
AUTO = ("interior_point", "clarabel", "highs")


def solve(problem: SizingProblem, solver: str = "auto") -> Solution:
    """The least-cost system for a problem.

    solver : `clarabel`, `highs`, or `auto` (`interior_point` means the same): our own, then the next where its answer
        is not certified; the others also say whether a problem has no answer.

    Raises Infeasible (which need, by how much), Unbounded, SolverFailed; ValueError for an unknown solver.
    """
    if solver != "auto" and solver not in SOLVERS:
        raise ValueError(f"solver must be auto or one of {', '.join(SOLVERS)}")
    lp = assemble(problem)
    warnings: list[Notice] = []
    for name in AUTO if solver in ("auto", AUTO[0]) else (solver,):
        start = time.perf_counter()
        try:
            found, proof = _attempt(problem, lp, name)
        except SolverFailed as failure:
            last = failure
            warnings.append(Notice("solver_fallback", f"{failure}; the next solver was asked"))
            continue
        milliseconds = 1e3 * (time.perf_counter() - start)
        if found.status is Status.INFEASIBLE:
            raise _infeasible(problem, name)
        if found.status is Status.UNBOUNDED:
            raise Unbounded("the prices let the system earn without limit; set limits to what is built or sold")
        return _solution(problem, lp, found, proof, milliseconds, tuple(warnings))
    raise last


def warm() -> None:
    """Compile the solver's kernels, or load them from the cache, on a problem of two hours."""
    steady = Generator("steady", np.ones(2), 1.0)
    solve(SizingProblem(np.ones(2), np.zeros(2), (steady,), battery=Battery(1.0, 1.0, 0.9, 0.9)))


def _attempt(problem: SizingProblem, lp: LinearProgram, name: str) -> tuple[RawSolution, Certificate]:
    found = SOLVERS[name](problem, lp)
    proof = certify(lp, found)
    if found.status in (Status.OPTIMAL, Status.ALMOST):
        residual = proof.max_residual / float(lp.unit.min())
        if not (proof.relative_gap <= ACCEPTED_GAP and residual <= ACCEPTED_RESIDUAL):
            raise SolverFailed(name, f"gap {proof.relative_gap:.1e}, residual {residual:.1e} of the load")
    return found, proof


def _infeasible(problem: SizingProblem, solver: str) -> Infeasible:
    """Solve for the least shortage."""
    lp = assemble(problem, elastic=True)
    found = solve_with_highs(lp) if solver == "highs" else solve_with_clarabel(lp)
    served = 1.0 - problem.clean_share if problem.grid is None else 0.0
    needs = {
        "electricity": problem.yearly * float(problem.load_mw.sum()),
        "hydrogen": problem.yearly * float(problem.hydrogen_load_mw.sum()),
        "clean_share": problem.yearly * float(problem.matched_load_mw.sum()),
    }
    shortages = {
        "electricity": problem.yearly * float(lp.value(found.x, "unserved").sum()) - served * needs["electricity"],
        "hydrogen": problem.yearly * float(lp.value(found.x, "hydrogen_unserved").sum()) - served * needs["hydrogen"],
        "clean_share": problem.yearly * float(lp.value(found.x, "excess_import").sum()),
    }
    return Infeasible({name: short for name, short in shortages.items() if short > 1e-7 * needs[name]}, needs)


def _solution(
    problem: SizingProblem,
    lp: LinearProgram,
    found: RawSolution,
    proof: Certificate,
    milliseconds: float,
    warnings: tuple[Notice, ...],
) -> Solution:
    hours = problem.hours
    capacities = {f"{g.name}_mw": float(lp.value(found.x, f"capacity:{g.name}")[0]) for g in problem.generators}
    for name in ("battery_mw", "battery_mwh", "electrolyser_mw", "hydrogen_store_mwh", "hydrogen_turbine_mw"):
        capacities[name] = float(lp.value(found.x, name)[0])
    energy = problem.yearly * float(problem.load_mw.sum())
    return Solution(
        problem=problem,
        objective_usd_per_year=proof.primal,
        cost_usd_per_mwh=proof.primal / energy if energy > 0.0 else None,
        capacities=capacities,
        operation=operation_of(problem, lp, found.x, capacities),
        prices=Prices(
            electricity_usd_per_mwh=_dual(lp, found, "electricity", hours) / problem.yearly,
            hydrogen_usd_per_mwh=_dual(lp, found, "hydrogen", hours) / problem.yearly,
        ),
        info=Info(
            solver=found.solver,
            status=Status.OPTIMAL,
            relative_gap=proof.relative_gap,
            primal_objective_usd_per_year=proof.primal,
            dual_objective_usd_per_year=proof.dual,
            max_residual=proof.max_residual,
            iterations=found.iterations,
            solve_ms=milliseconds,
            hours=hours,
        ),
        warnings=warnings,
    )


def _dual(lp: LinearProgram, found: RawSolution, name: str, hours: int) -> FloatArray:
    return found.row_dual[lp.row_blocks[name]] if name in lp.row_blocks else np.zeros(hours)
