"""The three reference problems with each solver: `python -m benchmarks.sizing [--case NAME]`."""

import argparse
import json
import time

import numpy as np

from models.sizing import solve, warm
from models.sizing.components import Battery, Generator, Hydrogen
from models.sizing.problem import SizingProblem
from tests.shared import SHARED

SOLVERS = ("interior_point", "clarabel", "highs")
CASES = ("mn-battery", "mn-hydrogen", "mn-hydrogen-feed")


def read(name: str) -> tuple[SizingProblem, float]:
    """A case and the objective of PyPSA + HiGHS."""
    folder = SHARED / "validation" / "sizing"
    case = json.loads((folder / "cases.json").read_text())[name]
    profiles, costs = np.load(folder / f"{case['site']}.npz"), case["costs"]
    hours = len(profiles["solar"])
    hydrogen = Hydrogen(
        costs["electrolyser"],
        costs["eta_electrolyser"],
        costs["h2_store"],
        costs["h2_turbine"],
        costs["eta_h2_turbine"],
    )
    problem = SizingProblem(
        load_mw=np.full(hours, float(case["load_mw"])),
        hydrogen_load_mw=np.full(hours, float(case["hydrogen_load_mw"])),
        generators=tuple(Generator(key, profiles[key].astype(float), costs[key]) for key in ("solar", "wind")),
        battery=Battery(costs["battery_energy"], costs["battery_power"], costs["eta_charge"], costs["eta_discharge"]),
        hydrogen=hydrogen if case["hydrogen"] else None,
    )
    return problem, float(case["objective_per_year"])


def main() -> None:
    """Print seconds, gap and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", choices=CASES)
    asked = parser.parse_args().case
    if not (SHARED / "validation").is_dir():
        print("the reference problems are not beside the project: nothing to measure")
        return
    warm()
    print("case, own s, Clarabel s, HiGHS s, Clarabel / own, HiGHS / own, off the reference at most")
    for name in [asked] if asked else CASES:
        problem, reference = read(name)
        seconds, off = {}, {}
        for solver in SOLVERS:
            start = time.perf_counter()
            found = solve(problem, solver)
            seconds[solver] = time.perf_counter() - start
            off[solver] = abs(found.objective_usd_per_year / reference - 1.0)
        own = seconds["interior_point"]
        times = ", ".join(f"{seconds[solver]:.2f}" for solver in SOLVERS)
        ratios = f"{seconds['clarabel'] / own:.1f}, {seconds['highs'] / own:.0f}"
        print(f"{name}, {times}, {ratios}, {max(off.values()):.0e}", flush=True)


if __name__ == "__main__":
    main()
