"""Our own solver beside Clarabel, HiGHS and PyPSA + HiGHS on the three shared problems, each solver in its own process.

`python -m benchmarks.sizing [--case NAME] [--plot FILE] [--skip-slow]`. The work from the problem to the certified
answer is counted; of PyPSA building the network and `optimize`. What each ratio is worth depends on the machine and on
what else it does: the load is printed, and wall seconds stand beside those of the processor. Ours is the best of
several runs and each peer runs once, all after a first short problem. Gaps are by our certificate; that of PyPSA is as
HiGHS says.
"""

import argparse
import importlib.util
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.plotting import plot
from tests.shared import SHARED

CASES = ("mn-battery", "mn-hydrogen", "mn-hydrogen-feed")
NAMES = {
    "own": "own",
    "clarabel": "Clarabel",
    "highs_simplex": "HiGHS simplex",
    "highs_ipm": "HiGHS IPM",
    "pypsa": "PyPSA + HiGHS",
}
SLOW = ("highs_simplex", "highs_ipm", "pypsa")  # a minute and more with hydrogen
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS")
PEERS = ("numpy", "numba", "clarabel", "highspy", "pypsa", "linopy")
COLUMNS = ("solver", "wall s", "CPU s", "iterations", "gap", "off reference", "memory MB", "ratio to own", "by CPU")
WIDTHS = (14, 9, 9, 11, 9, 14, 10, 13, 9)


class NotMeasured(RuntimeError):
    """A measurement that did not come about, and why."""


def measure(task: str, case: str, limit: int) -> dict[str, Any] | None:
    """What a process of its own found; None where it ran into the time limit."""
    command = [sys.executable, "-m", "benchmarks.measure", task, case, "--time-limit", str(limit)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
        env=os.environ | dict.fromkeys(ONE_THREAD, "1"),
    )
    if done.returncode == -signal.SIGALRM:
        return None
    said = (done.stderr if done.returncode else done.stdout).strip().splitlines()
    if done.returncode:
        raise NotMeasured(said[-1] if said else f"ended with {done.returncode}")
    found: dict[str, Any] = json.loads(said[-1])
    return found


def section(task: str, case: str, limit: int) -> dict[str, Any]:
    """What a measurement of our own solver found, which must come about."""
    found = measure(task, case, limit)
    if found is None:
        raise NotMeasured(f"it took longer than {limit} s a run")
    return found


def row(cells: tuple[str, ...]) -> str:
    """A line of the table."""
    return cells[0].ljust(WIDTHS[0]) + "".join(
        cell.rjust(wide) for cell, wide in zip(cells[1:], WIDTHS[1:], strict=True)
    )


def table(case: str, limit: int, skip_slow: bool) -> dict[str, dict[str, Any] | None]:
    """Measure a case by every solver, print it, and return what was found."""
    print(f"\n{case}\n{row(COLUMNS)}", flush=True)
    found: dict[str, dict[str, Any] | None] = {}
    notes = []
    for solver, name in NAMES.items():
        if skip_slow and solver in SLOW and "hydrogen" in case:
            notes.append(f"{name}: left out as slow")
            continue
        if solver == "pypsa" and importlib.util.find_spec("pypsa") is None:
            notes.append(f"{name}: PyPSA is not installed (requirements-bench.lock)")
            continue
        try:
            one = measure(solver, case, limit)
        except NotMeasured as reason:
            notes.append(f"{name}: {reason}")
            continue
        found[solver] = one
        mine = found.get("own")
        if one is None:
            ratio = f"> {limit / mine['wall']:.0f}" if mine else "-"
            print(row((name, f"> {limit}", *("-",) * 5, ratio, "-")), flush=True)
            continue
        cells = (f"{one['wall']:.3f}", f"{one['cpu']:.3f}", str(one["iterations"]), f"{one['gap']:.1e}")
        ratios = [f"{one[clock] / mine[clock]:.1f}" if mine else "-" for clock in ("wall", "cpu")]
        print(row((name, *cells, f"{one['off']:.1e}", f"{one['memory_mb']:.1f}", *ratios)), flush=True)
        if solver == "own":
            notes.append(f"own: the best of several; their median {one['median']:.3f} s")
            if one["by"] != "interior_point":
                notes.append(f"own: the answer is that of {one['by']}, ours was not certified")
    for note in notes:
        print(f"  {note}", flush=True)
    return found


def splits(case: str, limit: int) -> None:
    """Print where our own time goes."""
    found = section("parts", case, limit)
    whole = found["parts"][-1][1]
    print(f"  own, a run of {1e3 * whole:.1f} ms split (share, calls, ms a call):")
    for name, seconds, calls in found["parts"][:-1]:
        each = f"{calls:5d} x {1e3 * seconds / calls:.2f}" if calls > 1 else ""
        print(f"    {name:<20}{1e3 * seconds:8.1f} ms{seconds / whole:6.0%} {each}", flush=True)


def long_years(case: str, limit: int) -> None:
    """Print what several years cost as one problem."""
    found = section("five_years", case, limit)
    one, many = found["one"], found["many"]
    print(f"\n{found['years']} years ({found['hours']:,} hours) of {case} as one problem, against one year")
    for name, run in (("one year", one), (f"{found['years']} years", many)):
        _, iterations, gap, by = run["found"]
        print(
            f"  {name}: {run['wall']:.3f} s wall, {run['cpu']:.3f} s CPU, {iterations} iterations, gap {gap:.1e}, {by}"
        )
    print(f"  ratio: {many['wall'] / one['wall']:.2f} wall, {many['cpu'] / one['cpu']:.2f} CPU", flush=True)


def side_by_side(case: str, limit: int) -> None:
    """Print what a site costs in a block and alone."""
    found = section("block", case, limit)
    sites, together, alone = found["sites"], found["together"], found["alone"]
    print(f"\na block of {sites} sites of {case}, against the same one by one, per site")
    for name, run in (("block", together), ("one by one", alone)):
        times = f"{1e3 * run['wall'] / sites:.1f} ms wall, {1e3 * run['cpu'] / sites:.1f} ms CPU"
        steps = f"{min(run['iterations'])} to {max(run['iterations'])} iterations"
        by = ", ".join(f"{solver} {count}" for solver, count in run["by"].items())
        print(f"  {name}: {times}, {steps}; answers by {by}")
    print(f"  ratio: {alone['wall'] / together['wall']:.2f} wall, {alone['cpu'] / together['cpu']:.2f} CPU;", end=" ")
    print(f"objectives apart by {found['apart']:.1e} at most", flush=True)


def surroundings() -> str:
    """What was measured with, and how busy the machine was."""
    found = []
    for package in PEERS:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} absent")
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "load unknown"
    return f"Python {platform.python_version()}, {', '.join(found)}; {load}; one thread each"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", choices=CASES, help="this problem alone")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write seconds by solver and case as bars")
    parser.add_argument("--skip-slow", action="store_true", help="leave out HiGHS and PyPSA where hydrogen is stored")
    parser.add_argument("--time-limit", type=int, default=200, metavar="S", help="seconds a solver may take (200)")
    asked = parser.parse_args()
    if not (SHARED / "validation" / "sizing").is_dir():
        print("the shared problems are not beside the project: nothing to measure")
        return
    print(surroundings())
    results = {}
    for case in [asked.case] if asked.case else CASES:
        results[case] = table(case, asked.time_limit, asked.skip_slow)
        attempt("the split", splits, case, asked.time_limit)
    case = asked.case or "mn-hydrogen"
    mine = results[case].get("own")
    if mine:
        print(f"\nmemory above the process's own for a year of {case}: {mine['memory_mb']:.1f} MB")
    attempt("several years", long_years, case, asked.time_limit)
    attempt("the block", side_by_side, case, asked.time_limit)
    if asked.plot is None:
        return
    if importlib.util.find_spec("matplotlib") is None:
        print("\nno plot: matplotlib is not installed (requirements-bench.lock)")
    elif not any(found for one in results.values() for found in one.values()):
        print("\nno plot: nothing was measured")
    else:
        plot(asked.plot, NAMES, results, asked.time_limit)
        print(f"\nplot: {asked.plot}")


def attempt(what: str, show: Callable[[str, int], None], case: str, limit: int) -> None:
    """Print a section, or why it did not come about."""
    try:
        show(case, limit)
    except NotMeasured as reason:
        print(f"  {what} of {case} was not measured: {reason}", flush=True)


if __name__ == "__main__":
    main()
