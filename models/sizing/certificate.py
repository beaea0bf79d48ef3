"""The proof of an optimum, computed from the columns and row duals alone, whichever solver they came from.

Weak duality: for any row duals d, the sum of bound x multiplier over rows and columns is a lower bound of every
feasible cost. Where a multiplier has the wrong sign for a bound that does not exist, the answer's own value stands in
for the bound, so that the violation shows in the gap. Source: Bertsimas and Tsitsiklis, Introduction to Linear
Optimization, 1997, chapter 4.
"""

from dataclasses import dataclass

import numpy as np

from models.sizing.lp import LinearProgram
from models.sizing.solution import RawSolution


@dataclass(frozen=True, slots=True)
class Certificate:
    """Objectives in USD a year, the relative gap between them, and the largest violated row (MW)."""

    primal: float
    dual: float
    relative_gap: float
    max_residual: float


def certify(lp: LinearProgram, found: RawSolution) -> Certificate:
    """Objectives, gap and residual of an answer."""
    activity = lp.matrix @ found.x
    excess = np.maximum(activity - lp.row_high, lp.row_low - activity)
    bounds = np.where(found.row_dual > 0.0, lp.row_low, lp.row_high)
    bounds = np.where(np.isfinite(bounds), bounds, activity)
    reduced = lp.cost - lp.matrix.T @ found.row_dual
    held = np.where(reduced > 0.0, 0.0, np.where(np.isfinite(lp.high), lp.high, found.x))
    primal = float(lp.cost @ found.x)
    dual = float(found.row_dual @ bounds + reduced @ held)
    scale = max(abs(primal), abs(dual), 1e-9 * float(np.abs(lp.cost) @ np.abs(lp.unit)))
    gap = abs(primal - dual) / scale if scale > 0.0 else 0.0
    return Certificate(primal, dual, gap, float(max(excess.max(initial=0.0), 0.0)))
