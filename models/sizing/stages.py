"""The chain of hours inside the Newton system, factored and solved in one pass each (numba).

After the controls and levels of each hour are eliminated, what is left are three multipliers an hour: of electricity,
battery and hydrogen. The electricity's is local; the other two link to the next hour through the levels alone, so the
chain is block-tridiagonal with 2 x 2 blocks and diagonal links: O(hours) work. `docs/sizing.md` derives it.
"""

import numpy as np
from numba import njit

from models.arrays import FloatArray

ROUNDING = 1e-15  # a determinant below this share of its parts is rounding


@njit(cache=True, nogil=True, error_model="numpy")
def factor(k11: FloatArray, k12: FloatArray, k22: FloatArray, stiff1: FloatArray, stiff2: FloatArray) -> FloatArray:
    """Inverses of the pivots of the chain, (hours, 3): entries 11, 12 and 22.

    k11, k12, k22 : (hours,) what each hour adds by itself. stiff1, stiff2 : (hours,) curvature of the levels that link
    an hour to the next; the link is its inverse, and the last links nothing.

    As with conductors in a ladder, what the hours before add is the parallel sum of their own and the link. Written so,
    nothing is subtracted, and no digits are lost where a level is far from its bounds and its link is strong.
    """
    hours = len(k11)
    inverse = np.empty((hours, 3))
    c11, c12, c22 = k11[0], k12[0], k22[0]
    for t in range(hours):
        if t > 0:
            determinant = max(c11 * c22 - c12 * c12, ROUNDING * c11 * c22)
            n11 = c22 / determinant + stiff1[t - 1]
            n12 = -c12 / determinant
            n22 = c11 / determinant + stiff2[t - 1]
            determinant = max(n11 * n22 - n12 * n12, ROUNDING * n11 * n22)
            c11 = k11[t] + n22 / determinant
            c12 = k12[t] - n12 / determinant
            c22 = k22[t] + n11 / determinant
        d11, d22 = c11, c22
        if t < hours - 1:
            d11 += 1.0 / stiff1[t]
            d22 += 1.0 / stiff2[t]
        determinant = max(d11 * d22 - c12 * c12, ROUNDING * d11 * d22)
        inverse[t, 0], inverse[t, 1], inverse[t, 2] = d22 / determinant, -c12 / determinant, d11 / determinant
    return inverse


@njit(cache=True, nogil=True, error_model="numpy")
def solve(inverse: FloatArray, link1: FloatArray, link2: FloatArray, right1: FloatArray, right2: FloatArray) -> None:
    """Solve for several right-hand sides at once, in place; `right1`, `right2` are (hours, columns)."""
    hours, columns = right1.shape
    for t in range(1, hours):
        i11, i12, i22 = inverse[t - 1, 0], inverse[t - 1, 1], inverse[t - 1, 2]
        l1, l2 = link1[t - 1], link2[t - 1]
        for k in range(columns):
            x1 = i11 * right1[t - 1, k] + i12 * right2[t - 1, k]
            x2 = i12 * right1[t - 1, k] + i22 * right2[t - 1, k]
            right1[t, k] -= l1 * x1
            right2[t, k] -= l2 * x2
    for t in range(hours - 1, -1, -1):
        i11, i12, i22 = inverse[t, 0], inverse[t, 1], inverse[t, 2]
        l1, l2 = link1[t], link2[t]
        for k in range(columns):
            b1, b2 = right1[t, k], right2[t, k]
            if t < hours - 1:
                b1 -= l1 * right1[t + 1, k]
                b2 -= l2 * right2[t + 1, k]
            right1[t, k] = i11 * b1 + i12 * b2
            right2[t, k] = i12 * b1 + i22 * b2
