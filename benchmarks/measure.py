"""One measurement in a process of its own: `python -m benchmarks.measure TASK CASE` prints it as one line of JSON.

A process of its own shows a solver's peak memory, and can be ended at the time limit whatever its solver is doing.
"""

import argparse
import ctypes
import gc
import json
import resource
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import pypsa_peer
from benchmarks.cases import CASES, beginning_of, read, sites_of, years_of
from benchmarks.split import PARTS, split
from models.sizing import solve, solve_block, warm
from models.sizing.certificate import certify
from models.sizing.clarabel_solver import solve_with_clarabel
from models.sizing.formulate import formulate
from models.sizing.highs import solve_with_highs
from models.sizing.lp import LinearProgram, assemble
from models.sizing.problem import SizingProblem
from models.sizing.solution import Outcome, Solution

RUNS = 5  # of what takes less than a second; the best counts
YEARS, SITES = 5, 16
SHORT = 72  # hours of a first problem, by which whatever is loaded or compiled on first use is there
METHODS: dict[str, Callable[[LinearProgram], Outcome]] = {
    "clarabel": solve_with_clarabel,
    "highs_simplex": lambda lp: solve_with_highs(lp, "simplex"),
    "highs_ipm": lambda lp: solve_with_highs(lp, "ipm"),
}
Found = tuple[float, int, float, str]  # objective, iterations, relative gap, who found it


def own(problem: SizingProblem) -> Found:
    """From the problem to the certified answer and its operation, by our own solver."""
    info = solve(problem, "interior_point").info
    return info.primal_objective_usd_per_year, info.iterations, info.relative_gap, info.solver


def general(problem: SizingProblem, method: str) -> Found:
    """From the problem to the certified answer, by a general solver."""
    model = formulate(problem)
    answer = METHODS[method](assemble(model)).answer
    if answer is None:
        raise RuntimeError(f"{method} has no answer")
    proof = certify(model, answer)
    return proof.primal, answer.iterations, proof.relative_gap, method


def peak_mb() -> float:
    """The most memory that this process has held, MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3 / 1.024)


def forget_peak() -> None:
    """Count the peak from what is held now, where the system can (Linux); elsewhere it has seen the imports too.

    What was freed is given back first: a solver that used it again would seem to need less than it does.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")


def timed(run: Callable[[], Any]) -> tuple[Any, float, float]:
    """What a run returns, its seconds on the wall and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    return found, time.perf_counter() - wall, time.process_time() - cpu


def in_turns(runs: Sequence[Callable[[], Any]], rounds: int) -> list[dict[str, Any]]:
    """The best of several rounds of each run; in turns, so that a busy while of the machine meets all of them."""
    taken: list[list[tuple[Any, float, float]]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, seen in zip(runs, taken, strict=True):
            seen.append(timed(run))
    return [
        {
            "found": min(seen, key=lambda one: one[1])[0],
            "wall": min(one[1] for one in seen),
            "cpu": min(one[2] for one in seen),
            "median": statistics.median(one[1] for one in seen),
        }
        for seen in taken
    ]


def solver(task: str, case: str, limit: int) -> dict[str, Any]:
    """A case by one solver, once; by our own the best of several."""
    problem, reference = read(case)
    short = beginning_of(problem, SHORT)
    rounds = RUNS if task == "own" else 1
    if task == "own":
        warm()
    first, run = {
        "own": (lambda: own(short), lambda: own(problem)),
        "pypsa": (lambda: pypsa_peer.optimise(case, SHORT), lambda: pypsa_peer.optimise(case)),
    }.get(task, (lambda: general(short, task), lambda: general(problem, task)))
    first()
    forget_peak()
    before = peak_mb()
    signal.alarm(rounds * limit)  # unheard, it ends the process: the solvers do not come back to Python in between
    (best,) = in_turns([run], rounds)
    signal.alarm(0)
    objective, iterations, gap, by = best.pop("found")
    off = abs(objective / reference - 1.0)
    memory = peak_mb() - before
    return best | {"iterations": iterations, "gap": gap, "off": off, "memory_mb": memory, "by": by}


def parts(case: str) -> dict[str, Any]:
    """How our own solver's time splits, in the quickest of several runs."""
    problem, _ = read(case)
    warm()
    solve(problem, "interior_point")
    found = min((split(lambda: solve(problem, "interior_point")) for _ in range(RUNS)), key=lambda one: one["whole"])
    return {"parts": [[name, *found[name]] for name in (*PARTS, "rest", "whole")]}


def five_years(case: str) -> dict[str, Any]:
    """One year against five as one problem."""
    problem, _ = read(case)
    long = years_of(problem, YEARS)
    warm()
    one, many = in_turns([lambda: own(problem), lambda: own(long)], RUNS)
    return {"years": YEARS, "hours": long.hours, "one": one, "many": many}


def block(case: str) -> dict[str, Any]:
    """Sites side by side against the same one by one."""
    problems = sites_of(read(case)[0], SITES)
    warm()

    def brief(found: Sequence[object]) -> list[tuple[float, int, str]]:
        seen = [one if isinstance(one, Solution) else None for one in found]
        return [
            (one.objective_usd_per_year, one.info.iterations, one.info.solver) if one else (np.nan, 0, "none")
            for one in seen
        ]

    runs = [lambda: brief(solve_block(problems)), lambda: brief([solve(problem) for problem in problems])]
    both = in_turns(runs, max(RUNS // 2, 1))
    least = []
    for run in both:
        costs, iterations, solvers = zip(*run.pop("found"), strict=True)
        least.append(np.array(costs))
        run |= {"iterations": iterations, "by": Counter(solvers)}
    return {
        "sites": SITES,
        "together": both[0],
        "alone": both[1],
        "apart": float(np.abs(least[0] / least[1] - 1.0).max()),
    }


def main() -> None:
    """Measure what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("own", *METHODS, "pypsa", "parts", "five_years", "block"))
    parser.add_argument("case", choices=CASES)
    parser.add_argument("--time-limit", type=int, default=200)
    asked = parser.parse_args()
    others = {"parts": parts, "five_years": five_years, "block": block}
    measured = others.get(asked.task, lambda case: solver(asked.task, case, asked.time_limit))
    if asked.task in others:
        signal.alarm(RUNS * asked.time_limit)
    print(json.dumps(measured(asked.case)), flush=True)


if __name__ == "__main__":
    main()
