"""Passes that measure what a step leaves of the conditions, and that correct it (numba).

Letters as in `docs/sizing.md`.
"""

import numpy as np

from models.sizing.form import add_prices, add_pulls, add_terms, less_flow, sum_slots, sum_terms
from models.sizing.kernel import kernel
from models.sizing.leaves import amend_bounded, amend_free


@kernel
def unbalanced(form, point, step, centre, second, capacities, right):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """What a step leaves of the balances: `right` (balances, positions and a step) -= what the variables change.

    Returns by place in a chunk, per capacity the sum of factor x dl, and per slot the sum of weight x dv.
    """
    bounded, always, active, active_row, ones = form[0][2:7]
    s, l = point[2], point[3]  # noqa: E741  # the letters of the docs
    dv, ds = step
    variables, positions = dv.shape
    wide = len(centre)
    slots = len(form[3][1])
    held, left = np.zeros((capacities, wide)), np.zeros((slots, wide))
    change = np.zeros(wide)
    for a in range(0, positions, wide):
        n = min(wide, positions - a)
        b = a + n
        for j in range(variables):
            less_flow(form, j, a, n, dv[j, a:b], right)
            if slots > 0:
                sum_slots(form, j, a, n, dv[j, a:b], left)
            if bounded[j]:
                sj, lj, x, f = s[j, a:b], l[j, a:b], ds[j, a:b], second[1][j, a:b]
                on = ones[:n] if always[j] else active[active_row[j], a:b]
                for i in range(n):
                    change[i] = on[i] * ((centre[i] - f[i] - lj[i] * x[i]) / sj[i] - lj[i])
                sum_terms(form, j, a, n, change, held)
    return held, left


@kernel
def amend(form, point, inverse, prices, d_capacity, d_slot, flows, centre, second, step):  # type: ignore[no-untyped-def]  # as above
    """Add to a step what a correction of prices, capacities, long rows and levels makes of it; falls as `spread`."""
    bounded, always, active, active_row, ones, level_of = form[0][2:]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    variables, positions = v.shape
    wide = len(centre)
    falls = np.zeros((2, wide))
    x, free = np.zeros(wide), np.zeros(wide)
    for a in range(0, positions, wide):
        n = min(wide, positions - a)
        b = a + n
        for j in range(variables):
            vj, zj, inv, dv = v[j, a:b], z[j, a:b], inverse[j, a:b], step[0][j, a:b]
            on = ones[:n] if always[j] else active[active_row[j], a:b]
            if level_of[j] >= 0:
                x[:n] = flows[level_of[j], a:b]
            else:
                x[:] = 0.0
                add_prices(form, j, a, n, prices, x)
                add_pulls(form, j, a, n, d_slot, x)
                for i in range(n):
                    x[i] *= inv[i]
            if bounded[j]:
                free[:] = 0.0
                add_terms(form, j, a, n, d_capacity, free)
                sj, lj, f, ds = s[j, a:b], l[j, a:b], second[1][j, a:b], step[1][j, a:b]
                amend_bounded(on, centre, vj, zj, sj, lj, inv, f, free, x, ds, falls[0], falls[1])
            amend_free(on, centre, vj, zj, second[0][j, a:b], x, dv, falls[0], falls[1])
    return falls
