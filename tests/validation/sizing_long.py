"""Ten random sizing problems of one to two years, hour by hour, against HiGHS: a table from one command.

`python -m tests.validation.sizing_long` (part of `make validate`) ends with an error where an answer differs by more
than 1e-6 or another solver than ours had to find it. HiGHS takes its interior-point method with crossover: on years
its simplex takes ten times as long.
"""

import sys
import time

from models.sizing.certificate import certify
from models.sizing.engine import solve
from models.sizing.formulate import formulate
from models.sizing.highs import solve_with_highs
from models.sizing.lp import assemble
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, Unbounded
from tests.validation.sizing_compare import CLOSE
from tests.validation.sizing_draws import Draw

LENGTHS = (8760, 8784, 8760, 10_007, 8784, 13_140, 17_520, 17_544, 9_001, 17_520)
PARTS = ("battery", "hydrogen", "heat", "grid", "flexibility")


def problems(count: int) -> list[tuple[int, SizingProblem]]:
    """The first seeds whose problems have an answer, one for each length."""
    found: list[tuple[int, SizingProblem]] = []
    seed = 1_000
    while len(found) < count:
        problem = Draw(seed, LENGTHS[len(found)]).problem()
        try:
            solve(problem)
            found.append((seed, problem))
        except (Infeasible, Unbounded):
            pass
        seed += 1
    return found


def reference(problem: SizingProblem) -> tuple[float, float]:
    """HiGHS's objective, USD a year, and its seconds, building included."""
    start = time.perf_counter()
    model = formulate(problem)
    answer = solve_with_highs(assemble(model), "ipm").answer
    assert answer is not None
    return certify(model, answer).primal, time.perf_counter() - start


def row(seed: int, problem: SizingProblem) -> tuple[str, bool]:
    """A line of the table, and whether it is as it must be."""
    ours = solve(problem)
    objective, seconds = reference(problem)
    distance = abs(ours.objective_usd_per_year / objective - 1.0) if objective else abs(ours.objective_usd_per_year)
    parts = ", ".join(name for name in PARTS if getattr(problem, name) is not None)
    good = distance <= CLOSE and ours.info.solver == "interior_point"
    line = (
        f"{seed:5} {problem.hours:6,} {len(problem.generators):2}  {ours.info.solver:15}{ours.info.iterations:5}"
        f"{ours.info.solve_ms / 1e3:8.2f}{seconds:9.1f}{distance:10.1e}{ours.info.relative_gap:10.1e}  {parts}"
    )
    return line, good


def main(count: int = len(LENGTHS)) -> int:
    """Print the table; the number of rows that fail."""
    print(" seed  hours gens solver       iterations  own s  HiGHS s  distance       gap  parts")
    wrong = 0
    for seed, problem in problems(count):
        line, good = row(seed, problem)
        print(line if good else f"{line}  <- wrong", flush=True)
        wrong += not good
    print(f"{count - wrong} of {count} found by our own solver and as HiGHS has them")
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])) if len(sys.argv) > 1 else main())
