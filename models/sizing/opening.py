"""The pass that opens an iteration: residuals, curvatures and the right side of the predictor in one sweep (numba).

Letters as in `docs/sizing.md`: v and its multiplier z, room s under the upper bound and its multiplier l.
"""

import numpy as np

from models.sizing.form import add_prices, add_pulls, fill_room, less_flow, sum_slots, sum_terms
from models.sizing.kernel import kernel
from models.sizing.leaves import open_bounded, open_free


@kernel
def open_iteration(form, point, prices, by_lane, pulls, balance, right, dual, inverse):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """Fill `dual` (variables, positions), the residual of each variable's price, and `inverse` curvature.

    by_lane : (capacities, wide). pulls : (slots, wide) multipliers of the long rows. balance : (balances, positions and
    a step), the load less what capacities add, becomes the residual; right -= what the predictor asks for.
    Returns by place in a chunk: sum of products v z + s l, cost of the hours, largest dual and room residual; per
    capacity sums of factor x l and of the predictor's pull; per slot left sides and the predictor's pull.
    """
    bounded, always, active, active_row, ones = form[0][2:7]
    cost_row, cost_flat, cost = form[1][0], form[1][1], form[1][2]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    variables, positions = v.shape
    capacities, wide = by_lane.shape
    slots = len(pulls)
    product, value, worst = np.zeros(wide), np.zeros(wide), np.zeros((2, wide))
    held, pulled = np.zeros((capacities, wide)), np.zeros((capacities, wide))
    left, slot_pull = np.zeros((slots, wide)), np.zeros((slots, wide))
    room, pull, moved = np.zeros(wide), np.zeros(wide), np.zeros(wide)
    for a in range(0, positions, wide):
        n = min(wide, positions - a)
        b = a + n
        for j in range(variables):
            vj, zj, d, inv = v[j, a:b], z[j, a:b], dual[j, a:b], inverse[j, a:b]
            on = ones[:n] if always[j] else active[active_row[j], a:b]
            price = cost_flat[j] if cost_row[j] < 0 else cost[cost_row[j], a:b]
            pull[:] = 0.0
            add_prices(form, j, a, n, prices, pull)
            for i in range(n):
                d[i] = price[i] - zj[i] - pull[i]
            for i in range(n):
                value[i] += price[i] * vj[i]
            add_pulls(form, j, a, n, pulls, d)
            less_flow(form, j, a, n, vj, balance)
            if slots > 0:
                sum_slots(form, j, a, n, vj, left)
            if bounded[j]:
                sj, lj = s[j, a:b], l[j, a:b]
                fill_room(form, j, a, n, by_lane, room)
                sum_terms(form, j, a, n, lj, held)
                open_bounded(on, vj, zj, sj, lj, room, d, inv, pull, moved, product, worst[0], worst[1])
                sum_terms(form, j, a, n, moved, pulled)
            else:
                open_free(on, vj, zj, d, inv, pull, product, worst[0])
            less_flow(form, j, a, n, pull, right)
            if slots > 0:
                sum_slots(form, j, a, n, pull, slot_pull)
    return product, value, worst, held, pulled, left, slot_pull


@kernel
def limits_curvature(form, point, inverse, parts, corner, site_of):  # type: ignore[no-untyped-def]  # as above
    """What limits pass on to the capacities.

    parts : (terms, positions) = factor x (l / s) x inverse curvature, what a variable makes of a capacity's column.
    corner : (sites, capacities, same) -= curvature of the capacities.
    """
    start, capacity, rows, flat, factors = form[2]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    positions, lanes = v.shape[1], len(site_of)
    count = len(start) - 1
    tilt, stiff, total = np.zeros(lanes), np.zeros(lanes), np.zeros((len(capacity), len(capacity), lanes))
    for a in range(0, positions, lanes):
        b = a + lanes
        for j in range(count):
            if start[j] == start[j + 1]:
                continue
            vj, zj, sj, lj, inv = v[j, a:b], z[j, a:b], s[j, a:b], l[j, a:b], inverse[j, a:b]
            for i in range(lanes):
                tilt[i] = lj[i] / sj[i] * inv[i]
                stiff[i] = tilt[i] * zj[i] / vj[i]
            for t in range(start[j], start[j + 1]):
                one, part = flat[t] if rows[t] < 0 else factors[rows[t], a:b], parts[t, a:b]
                for i in range(lanes):
                    part[i] = one[i] * tilt[i]
                for u in range(start[j], t + 1):
                    two, target = flat[u] if rows[u] < 0 else factors[rows[u], a:b], total[t, u]
                    for i in range(lanes):
                        target[i] += stiff[i] * one[i] * two[i]
    for j in range(count):
        for t in range(start[j], start[j + 1]):
            for u in range(start[j], t + 1):
                g, h = capacity[t], capacity[u]
                for i in range(lanes):
                    corner[site_of[i], g, h] -= total[t, u, i]
                    if g != h:
                        corner[site_of[i], h, g] -= total[t, u, i]


@kernel
def slots_curvature(form, inverse, first, terms, part_column, part_variable, parts, corner):  # type: ignore[no-untyped-def]  # as above
    """Parts of the long rows' slots, from part `first` on, and what they add to the corner of each lane directly."""
    weights, mask = form[3]
    positions, lanes = inverse.shape[1], corner.shape[2]
    for t in range(first, len(part_column)):
        j, q = part_variable[t], part_column[t] - terms
        target, inv, one, w = parts[t], inverse[j], mask[q], weights[q, j]
        for i in range(positions):
            target[i] = inv[i] * w * one[i]
    for t in range(first, len(part_column)):
        j, q = part_variable[t], part_column[t] - terms
        for u in range(len(part_column)):
            if part_variable[u] != j or (u >= first and u > t):
                continue
            w, one, other = weights[q, j], mask[q], parts[u]
            c, d = part_column[t], part_column[u]
            target = corner[max(c, d), min(c, d)]
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    target[i] += w * one[a + i] * other[a + i]
