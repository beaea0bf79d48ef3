"""Right-hand sides through the factored chain of hours: forward to the border, backward from it (numba)."""

import numpy as np

from models.sizing.kernel import kernel

STIFF = 1.0  # inverse curvature below which a level's change is told from the multipliers


@kernel
def forward(following, levels, store, right, border):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """Carry a right-hand side (balances, positions or more) through the chain, in place; lanes begin with nothing.

    border : (columns + levels, lanes) -= its share. Returns what is handed to the next lane, (levels, lanes).
    """
    _, _, lows, pivots, _, _, column, cut = store
    lanes, count, balances = border.shape[1], len(levels), len(right)
    width, positions = column.shape[0], column.shape[2]
    linked = width - count
    given, scaled = np.zeros((count, lanes)), np.zeros((balances, lanes))
    for a in range(0, positions, lanes):
        b = a + lanes
        for k in range(count):
            for r in range(1, balances):
                f = following[levels[k], r]
                if f != 0.0:
                    row, more = right[r, a:b], given[k]
                    for s in range(lanes):
                        row[s] += f * more[s]
        for j in range(balances):
            one, pivot, target = right[j, a:b], pivots[j, a:b], scaled[j]
            for s in range(lanes):
                target[s] = one[s] * pivot[s]
            for r in range(j + 1, balances):
                row, entry = right[r, a:b], lows[r, j, a:b]
                for s in range(lanes):
                    row[s] -= entry[s] * one[s]
        for k in range(count):
            target = given[k]
            target[:] = 0.0
            for j in range(balances):
                one, entry = right[j, a:b], lows[balances + k, j, a:b]
                for s in range(lanes):
                    target[s] -= entry[s] * one[s]
        for c in range(width):
            target = border[c]
            if balances == 3:
                p, q, u, v, x, y = (
                    column[c, 0, a:b],
                    scaled[0],
                    column[c, 1, a:b],
                    scaled[1],
                    column[c, 2, a:b],
                    scaled[2],
                )
                for s in range(lanes):
                    target[s] -= p[s] * q[s] + u[s] * v[s] + x[s] * y[s]
                continue
            for j in range(0 if c < linked else 1, balances):
                p, q = column[c, j, a:b], scaled[j]
                for s in range(lanes):
                    target[s] -= p[s] * q[s]
    for k in range(count):
        for j in range(balances):
            for s in range(lanes):
                border[width + k, s] -= cut[k, j, s] * scaled[j, s]
    return given


@kernel
def backward(own, following, levels, inverse, store, right, outer, ahead, flows):  # type: ignore[no-untyped-def]  # as above
    """Multipliers of the balances from what `forward` left, in place.

    outer : (columns + levels, lanes). ahead : (levels, lanes) weighted multipliers of the hour after each lane.
    flows : (levels, positions), filled: the levels' changes that multipliers make. A level far from its bounds is too
    soft to be told from the difference of two multipliers: its change is what hours hand on.
    """
    _, _, lows, pivots, handing_low, handing, column, cut = store
    lanes, count, balances = outer.shape[1], len(levels), len(right)
    width, positions = column.shape[0], column.shape[2]
    after, shared = np.zeros((count, lanes)), np.zeros((count, lanes))
    any_outer = np.any(outer)
    for a in range(positions - lanes, -1, -lanes):
        b = a + lanes
        for k in range(count):
            pull = after[k]
            if b == positions:
                pull[:] = ahead[k]
                continue
            pull[:] = 0.0
            for r in range(1, balances):
                f = following[levels[k], r]
                if f != 0.0:
                    next_one = right[r, b : b + lanes]
                    for s in range(lanes):
                        pull[s] += f * next_one[s]
        for j in range(balances):
            row = right[j, a:b]
            for c in range(0, width - 1 if any_outer else 0, 2):
                one, x, two, y = column[c, j, a:b], outer[c], column[c + 1, j, a:b], outer[c + 1]
                for s in range(lanes):
                    row[s] -= one[s] * x[s] + two[s] * y[s]
            if any_outer and width % 2 == 1:
                one, x = column[width - 1, j, a:b], outer[width - 1]
                for s in range(lanes):
                    row[s] -= one[s] * x[s]
            if b == positions:
                for k in range(count):
                    one, x = cut[k, j], outer[width + k]
                    for s in range(lanes):
                        row[s] -= one[s] * x[s]
        _levels_change(lows, handing_low, handing, right, after, shared, flows, a)
        for j in range(balances - 1, -1, -1):
            row, pivot = right[j, a:b], pivots[j, a:b]
            for s in range(lanes):
                row[s] *= pivot[s]
            for k in range(count):
                entry, pull = lows[balances + k, j, a:b], after[k]
                for s in range(lanes):
                    row[s] -= entry[s] * pull[s]
            for r in range(j + 1, balances):
                entry, known = lows[r, j, a:b], right[r, a:b]
                for s in range(lanes):
                    row[s] -= entry[s] * known[s]
        for k in range(count):
            flow, weight, pull = flows[k, a:b], inverse[levels[k], a:b], after[k]
            for r in range(balances):
                o, one = own[levels[k], r], right[r, a:b]
                if o != 0.0:
                    for s in range(lanes):
                        pull[s] += o * one[s]
            for s in range(lanes):
                if weight[s] < STIFF:
                    flow[s] = weight[s] * pull[s]


@kernel
def _levels_change(lows, handing_low, handing, reduced, after, shared, flows, a):  # type: ignore[no-untyped-def]  # as above
    """Changes of the levels of the hours from position `a` on: what their reduced right side gives, and what the
    multipliers after it draw.
    """
    count, lanes = after.shape
    balances, b = len(reduced), a + lanes
    for k in range(count):
        target, pivot = shared[k], handing[k, a:b]
        target[:] = after[k]
        for m in range(k + 1, count):
            entry, pull = handing_low[m, k, a:b], after[m]
            for s in range(lanes):
                target[s] += entry[s] * pull[s]
        for s in range(lanes):
            target[s] *= pivot[s]
    for k in range(count):
        flow = flows[k, a:b]
        flow[:] = shared[k]
        for m in range(k):
            entry, one = handing_low[k, m, a:b], shared[m]
            for s in range(lanes):
                flow[s] += entry[s] * one[s]
        for j in range(balances):
            entry, one = lows[balances + k, j, a:b], reduced[j, a:b]
            for s in range(lanes):
                flow[s] += entry[s] * one[s]
