"""The border's columns carried through the chain of hours, and the factors of the chain (numba).

Columns are those of the capacities and long rows, `linked`, and for each level one of what comes in at the lane's
beginning. What they add to the border is kept lane by lane.
"""

import numpy as np

from models.sizing.blocks import TINY
from models.sizing.kernel import kernel
from models.sizing.ladder import join, lead_on


@kernel
def factor_chain(  # type: ignore[no-untyped-def]  # numba infers its many arrays
    own,
    following,
    levels,
    inverse,
    part_column,
    part_variable,
    parts,
    constant,
    before,
    begin_low,
    begin,
    final,
    store,
    corner,
):
    """Factor the chain that begins with `begin` and carry the columns through it.

    part_column, part_variable, parts : columns are sums of a variable's coefficients x parts (.., positions).
    constant : (columns, balances). before : (lanes,) position of the hour before each lane's first. final : (lanes,)
    whether the lane's last levels are cut out of the chain.
    corner : (columns + 2 levels, same, lanes), lower triangle -= what the hours add; the last are the levels cut out.
    Returns what each column hands to the next lane, (columns, levels, lanes).
    """
    base_low, base, lows, pivots, handing_low, handing, column, cut = store
    lanes, balances, count, linked = len(before), own.shape[1], len(levels), constant.shape[0]
    width, positions, size = linked + count, parts.shape[1], balances + count
    low, diagonal = np.zeros((size, size, lanes)), np.zeros((size, lanes))
    handed_low, handed = begin_low.copy(), begin.copy()
    vector, weight, beta = np.zeros((size, lanes)), np.zeros(lanes), np.zeros(lanes)
    given, scaled = np.zeros((width, count, lanes)), np.zeros((balances, lanes))
    # What the hour's loops read and write stands in rows of its own: numba takes slices of blocks for strided ones.
    now, pivot, leading = np.zeros((width, balances, lanes)), np.zeros((balances, lanes)), np.zeros((count, lanes))
    open_end = np.ones(lanes)
    for a in range(0, positions, lanes):
        b = a + lanes
        last = b == positions
        if last:
            open_end[:] = 1.0 - final
        for r in range(balances):
            diagonal[r] = base[r, a:b]
            for q in range(r):
                low[r, q] = base_low[r, q, a:b]
        for r in range(balances, size):
            diagonal[r] = TINY
            low[r] = 0.0
        join(following, levels, handed_low, handed, low, diagonal, balances, vector, weight, beta)
        for k in range(count):
            leading[k] = inverse[levels[k], a:b]
        lead_on(own, levels, leading, open_end, low, diagonal, size, vector, weight, beta)
        for j in range(balances):
            one, target = diagonal[j], pivot[j]
            for s in range(lanes):
                target[s] = 1.0 / one[s]
            pivots[j, a:b] = target
            for r in range(j + 1, size):
                lows[r, j, a:b] = low[r, j]
        for k in range(count):
            handed[k] = diagonal[balances + k]
            handing[k, a:b] = handed[k]
            for m in range(k + 1, count):
                handed_low[m, k] = low[balances + m, balances + k]
                handing_low[m, k, a:b] = handed_low[m, k]
        _columns_of_hour(own, following, levels, part_column, part_variable, parts, constant, before, given, a, now)
        for c in range(width):
            first = 0 if c < linked else 1
            _reduce(low, pivot, now[c], first, scaled)
            _hand(low, now[c], first, given[c])
            _into_corner(scaled, now, c, linked, corner[c])
            for r in range(balances):
                column[c, r, a:b] = now[c, r]
        if last:
            _cut_columns(own, levels, final, low, pivot, now, cut, corner)
    return given


@kernel
def _reduce(low, pivots, column, first, scaled):  # type: ignore[no-untyped-def]  # as above
    """Take a column (balances, lanes) through an hour's L, in place, and over its pivots into `scaled`."""
    balances, lanes = column.shape
    if balances == 3:
        zero, one, two = column[0], column[1], column[2]
        by_zero, by_one, by_two = scaled[0], scaled[1], scaled[2]
        low10, low20, low21 = low[1, 0], low[2, 0], low[2, 1]
        p0, p1, p2 = pivots[0], pivots[1], pivots[2]
        for s in range(lanes):
            one[s] -= low10[s] * zero[s]
        for s in range(lanes):
            two[s] -= low20[s] * zero[s] + low21[s] * one[s]
        for s in range(lanes):
            by_zero[s] = zero[s] * p0[s]
        for s in range(lanes):
            by_one[s] = one[s] * p1[s]
        for s in range(lanes):
            by_two[s] = two[s] * p2[s]
        return
    for j in range(first, balances):
        one, pivot, target = column[j], pivots[j], scaled[j]
        for r in range(j + 1, balances):
            other, entry = column[r], low[r, j]
            for s in range(lanes):
                other[s] -= entry[s] * one[s]
        for s in range(lanes):
            target[s] = one[s] * pivot[s]


@kernel
def _hand(low, solved, first, given):  # type: ignore[no-untyped-def]  # as above
    """What a reduced column (balances, lanes) gives to the next hour's levels, (levels, lanes)."""
    balances, lanes = solved.shape
    for k in range(len(given)):
        target, row = given[k], low[balances + k]
        if balances == 3:
            p, q, u, v, x, y = row[0], solved[0], row[1], solved[1], row[2], solved[2]
            for s in range(lanes):
                target[s] = -(p[s] * q[s] + u[s] * v[s] + x[s] * y[s])
            continue
        target[:] = 0.0
        for j in range(first, balances):
            one, entry = solved[j], row[j]
            for s in range(lanes):
                target[s] -= entry[s] * one[s]


@kernel
def _into_corner(scaled, column, c, linked, row):  # type: ignore[no-untyped-def]  # as above
    """Subtract the products of column c, in `scaled` (balances, lanes), with itself and those before it."""
    balances, lanes = scaled.shape
    if balances == 3:
        p, u, x = scaled[0], scaled[1], scaled[2]
        for d in range(c + 1):
            q, v, y, target = column[d, 0], column[d, 1], column[d, 2], row[d]
            for s in range(lanes):
                target[s] -= p[s] * q[s] + u[s] * v[s] + x[s] * y[s]
        return
    for d in range(c + 1):
        _less(scaled, column[d], 0 if c < linked else 1, row[d])


@kernel
def _less(one, two, first, target):  # type: ignore[no-untyped-def]  # as above
    """Subtract the product of two columns (balances, lanes), lane by lane."""
    balances, lanes = len(one), len(target)
    if balances == 3:
        p, q, u, v, x, y = one[0], two[0], one[1], two[1], one[2], two[2]
        for s in range(lanes):
            target[s] -= p[s] * q[s] + u[s] * v[s] + x[s] * y[s]
        return
    for j in range(first, balances):
        p, q = one[j], two[j]
        for s in range(lanes):
            target[s] -= p[s] * q[s]


@kernel
def _cut_columns(own, levels, final, low, pivots, column, cut, corner):  # type: ignore[no-untyped-def]  # as above
    """Columns of the levels that are cut out, in the last hours of the year."""
    balances, lanes = own.shape[1], len(final)
    width = len(column)
    scaled = np.zeros((balances, lanes))
    for k in range(len(levels)):
        for j in range(balances):
            cut[k, j] = own[levels[k], j] * final
        for j in range(balances):
            for r in range(j + 1, balances):
                for s in range(lanes):
                    cut[k, r, s] -= low[r, j, s] * cut[k, j, s]
        for j in range(balances):
            for s in range(lanes):
                scaled[j, s] = cut[k, j, s] * pivots[j, s]
        for d in range(width):
            _less(scaled, column[d], 0, corner[width + k, d])
        for m in range(k + 1):
            _less(scaled, cut[m], 0, corner[width + k, width + m])


@kernel
def _columns_of_hour(own, following, levels, part_column, part_variable, parts, constant, before, given, a, column):  # type: ignore[no-untyped-def]  # as above
    """The columns' coefficients in the hours from position `a` on, with what came from the hours before."""
    lanes, balances, linked = len(before), own.shape[1], constant.shape[0]
    b = a + lanes
    for c in range(len(column)):
        for r in range(balances):
            row = column[c, r]
            if c < linked:
                row[:] = constant[c, r]
            else:
                row[:] = following[levels[c - linked], r] if a == 0 else 0.0
            if a > 0:
                for k in range(len(levels)):
                    f = following[levels[k], r]
                    if f != 0.0:
                        more = given[c, k]
                        for s in range(lanes):
                            row[s] += f * more[s]
    for p in range(len(part_column)):
        c, j = part_column[p], part_variable[p]
        now = parts[p, a:b]
        for r in range(balances):
            if own[j, r] != 0.0:
                target, o = column[c, r], own[j, r]
                for s in range(lanes):
                    target[s] += o * now[s]
            f = following[j, r]
            if f != 0.0:
                target = column[c, r]
                if a == 0:
                    for s in range(lanes):
                        target[s] += f * parts[p, before[s]]
                else:
                    past = parts[p, a - lanes : a]
                    for s in range(lanes):
                        target[s] += f * past[s]
