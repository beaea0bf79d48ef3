"""Ten random sizing problems of one to two years, hour by hour, against HiGHS: a table from one command.

`python -m tests.validation.sizing_long` (part of `make validate`) ends with an error where an answer differs by more
than 1e-6, and says how many were left to another solver than ours. HiGHS takes its interior-point method with
crossover: on years its simplex takes ten times as long.
"""

import sys
import time
from dataclasses import replace

import numpy as np

from models.sizing.certificate import certify
from models.sizing.components import Generator
from models.sizing.engine import solve
from models.sizing.formulate import formulate
from models.sizing.highs import solve_with_highs
from models.sizing.lp import assemble
from models.sizing.problem import SizingProblem
from tests.validation.sizing_compare import CLOSE, ORACLES, distance_of
from tests.validation.sizing_draws import Draw

LENGTHS = (8760, 8784, 8760, 10_007, 8784, 13_140, 17_520, 17_544, 9_001, 17_520)
FIRST_SEED = 1_000
PARTS = ("battery", "hydrogen", "heat", "grid", "flexibility")


def problem_of(seed: int, hours: int) -> SizingProblem:
    """A draw that has an answer: firm supply at a price beside it, and no limit to what the loads need."""
    drawn = Draw(seed, hours).problem()
    hydrogen = drawn.hydrogen
    if hydrogen is not None:
        store = hydrogen.store_annual_cost_usd_per_mwh
        hydrogen = replace(hydrogen, electrolyser_max_mw=None, store_annual_cost_usd_per_mwh=store or 300.0)
    firm = Generator("backup", np.ones(hours), 20_000.0, 250.0)
    return replace(drawn, generators=(*drawn.generators, firm), hydrogen=hydrogen)


def reference(problem: SizingProblem) -> tuple[float, float]:
    """HiGHS's objective, USD a year, and its seconds, building included."""
    start = time.perf_counter()
    model = formulate(problem)
    answer = solve_with_highs(assemble(model), "ipm").answer
    assert answer is not None
    return certify(model, answer).primal, time.perf_counter() - start


def row(seed: int, problem: SizingProblem) -> tuple[str, bool, bool]:
    """A line of the table, whether HiGHS agrees, and whether another solver than ours had to answer."""
    ours = solve(problem)
    objective, seconds = reference(problem)
    distance = distance_of(problem, ours.objective_usd_per_year, objective)
    parts = ", ".join(name for name in PARTS if getattr(problem, name) is not None)
    line = (
        f"{seed:5} {problem.hours:6,} {len(problem.generators):2}  {ours.info.solver:15}{ours.info.iterations:5}"
        f"{ours.info.solve_ms / 1e3:8.2f}{seconds:9.1f}{distance:10.1e}{ours.info.relative_gap:10.1e}  {parts}"
    )
    return line, distance <= CLOSE, ours.info.solver in ORACLES


def main(count: int = len(LENGTHS)) -> int:
    """Print the table; the number of answers that differ."""
    print(" seed  hours gens solver       iterations  own s  HiGHS s  distance       gap  parts")
    wrong = others = 0
    for seed, hours in enumerate(LENGTHS[:count], FIRST_SEED):
        line, agrees, fell_back = row(seed, problem_of(seed, hours))
        print(line if agrees else f"{line}  <- differs", flush=True)
        wrong, others = wrong + (not agrees), others + fell_back
    print(f"{count - wrong} of {count} agree with HiGHS; {others} needed another solver than ours")
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])) if len(sys.argv) > 1 else main())
