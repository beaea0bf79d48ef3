"""Clarabel, an interior-point solver for cones (Goulart and Chen, 2024): fast on hourly problems when well scaled."""

import clarabel
import numpy as np
import scipy.sparse as sp

from models.sizing.lp import LinearProgram
from models.sizing.solution import Outcome, ShouldStop, SolverFailed, Status, Stopped, never

TOLERANCE = 1e-9
MOST_ITERATIONS = 400
STATUSES = {"Solved": Status.OPTIMAL, "AlmostSolved": Status.ALMOST}
STATUSES |= {"PrimalInfeasible": Status.INFEASIBLE, "AlmostPrimalInfeasible": Status.INFEASIBLE}
STATUSES |= {"DualInfeasible": Status.UNBOUNDED, "AlmostDualInfeasible": Status.UNBOUNDED}


def solve_with_clarabel(lp: LinearProgram, should_stop: ShouldStop = never) -> Outcome:
    """Solve a programme; raises SolverFailed where Clarabel stops for another reason than a verdict, and Stopped."""
    power = float(lp.unit.min())
    columns = sp.diags(lp.unit)
    matrix = sp.csr_matrix(lp.matrix @ columns / power)
    low, high = lp.row_low / power, lp.row_high / power
    top = lp.high / lp.unit
    cost = lp.cost * lp.unit
    cost_unit = float(np.abs(cost).max()) or 1.0
    equal = low == high
    above, below = ~equal & np.isfinite(high), ~equal & np.isfinite(low)
    fixed, capped = top == 0.0, np.isfinite(top) & (top > 0.0)
    one = sp.identity(len(cost), format="csr")
    stacked = sp.vstack(
        [matrix[equal], one[fixed], matrix[above], -matrix[below], -one[~fixed], one[capped]], format="csc"
    )
    right = np.concatenate(
        [low[equal], np.zeros(fixed.sum()), high[above], -low[below], np.zeros((~fixed).sum()), top[capped]]
    )
    equalities = int(equal.sum() + fixed.sum())
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_iter = MOST_ITERATIONS
    settings.tol_gap_rel = settings.tol_gap_abs = settings.tol_feas = TOLERANCE
    cones = [clarabel.ZeroConeT(equalities), clarabel.NonnegativeConeT(len(right) - equalities)]
    quadratic = sp.csc_matrix((len(cost), len(cost)))
    solver = clarabel.DefaultSolver(quadratic, cost / cost_unit, stacked, right, cones, settings)
    if should_stop is not never:
        solver.set_termination_callback(lambda _: should_stop())
    found = solver.solve()
    if str(found.status) == "CallbackTerminated":
        raise Stopped
    status = STATUSES.get(str(found.status))
    if status is None:
        raise SolverFailed("clarabel", str(found.status))
    multipliers = np.asarray(found.z)
    row_dual = np.zeros(len(low))
    start = 0
    for rows, sign, skip in ((equal, -1.0, fixed.sum()), (above, -1.0, 0), (below, 1.0, 0)):
        count = int(rows.sum())
        row_dual[rows] += sign * multipliers[start : start + count]
        start += count + int(skip)
    if status not in (Status.OPTIMAL, Status.ALMOST):
        return Outcome(status)
    x = np.clip(np.asarray(found.x) * lp.unit, 0.0, lp.high)
    return Outcome(status, lp.answer("clarabel", x, row_dual * cost_unit / power, int(found.iterations)))
