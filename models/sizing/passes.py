"""The interior-point method's passes over all hours and variables, each compiled to one sweep (numba).

Arrays are (variables, positions), positions as in `chain.py`; `site_of` (lanes,) says whose lane it is. Letters as in
`docs/sizing.md`: v and its multiplier z, room s under the upper bound and its multiplier l, prices y of the balances.
"""

import numpy as np
from numba import njit

LARGEST = 1e300


@njit(cache=True, nogil=True, error_model="numpy")
def residuals(form, point, prices, capacities, pulls, out):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """What the conditions of the optimum leave: `out` = dual (variables, positions), room, balances.

    pulls : (slots, lanes) multipliers of the long rows. Returns per lane: products v z + s l, objective of the hours,
    largest dual, room and balance residual, and per capacity and lane the sum of factor x l.
    """
    own, following, bounded, active, cost, base = form[0]
    term_variable, term_capacity, factors, by_capacity = form[1]
    slot_weights, slot_mask = form[2]
    load, before, after = form[3]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    dual, room, balance = out
    variables, positions = v.shape
    balances, lanes = load.shape[0], len(before)
    product, value = np.zeros(lanes), np.zeros(lanes)
    worst = np.zeros((3, lanes))
    held = np.zeros((capacities.shape[0], lanes))
    for r in range(balances):
        for a in range(0, positions, lanes):
            for i in range(lanes):
                taken = 0.0
                for g in range(capacities.shape[0]):
                    taken += by_capacity[g, r] * capacities[g, i]
                balance[r, a + i] = load[r, a + i] - taken
    for j in range(variables):
        for r in range(balances):
            o, f = own[j, r], following[j, r]
            if o != 0.0:
                target, source = balance[r], v[j]
                for i in range(positions):
                    target[i] -= o * source[i]
            if f != 0.0:
                target, source = balance[r], v[j]
                for i in range(lanes):
                    target[i] -= f * source[before[i]]
                for i in range(lanes, positions):
                    target[i] -= f * source[i - lanes]
        d, zj, vj, cj = dual[j], z[j], v[j], cost[j]
        for i in range(positions):
            d[i] = cj[i] - zj[i]
        for r in range(balances):
            o, f, y = own[j, r], following[j, r], prices[r]
            if o != 0.0:
                for i in range(positions):
                    d[i] -= o * y[i]
            if f != 0.0:
                for i in range(positions - lanes):
                    d[i] -= f * y[i + lanes]
                for i in range(lanes):
                    d[positions - lanes + i] -= f * y[after[i]]
        for q in range(slot_mask.shape[0]):
            if slot_weights[q, j] != 0.0:
                w, mask = slot_weights[q, j], slot_mask[q]
                for a in range(0, positions, lanes):
                    for i in range(lanes):
                        d[a + i] += w * mask[a + i] * pulls[q, i]
        if bounded[j]:
            lj, sj, rj, bj = l[j], s[j], room[j], base[j]
            for i in range(positions):
                d[i] += lj[i]
                rj[i] = bj[i] - vj[i] - sj[i]
    for t in range(len(term_variable)):
        j, g = term_variable[t], term_capacity[t]
        h, rj, lj, p, total = factors[t], room[j], l[j], capacities[g], held[g]
        for a in range(0, positions, lanes):
            for i in range(lanes):
                rj[a + i] += h[a + i] * p[i]
                total[i] += h[a + i] * lj[a + i]
    for j in range(variables):
        d, aj, rj, vj, zj, sj, lj, cj = dual[j], active[j], room[j], v[j], z[j], s[j], l[j], cost[j]
        for a in range(0, positions, lanes):
            for i in range(lanes):
                k = a + i
                d[k] *= aj[k]
                product[i] += vj[k] * zj[k]
                value[i] += cj[k] * vj[k]
                worst[0, i] = max(worst[0, i], abs(d[k]))
        if bounded[j]:
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    k = a + i
                    rj[k] *= aj[k]
                    product[i] += sj[k] * lj[k]
                    worst[1, i] = max(worst[1, i], abs(rj[k]))
    for r in range(balances):
        for a in range(0, positions, lanes):
            for i in range(lanes):
                worst[2, i] = max(worst[2, i], abs(balance[r, a + i]))
    return product, value, worst, held


@njit(cache=True, nogil=True, error_model="numpy")
def curvatures(form, point, inverse, tilt, corner, site_of):  # type: ignore[no-untyped-def]  # as above
    """Inverse curvature of each variable and what its limit passes on to the capacities.

    inverse, tilt : (variables, positions) 1 / (z / v + l / s) and (l / s) times that. corner : (sites, capacities, same),
    -= curvature of the capacities.
    """
    bounded, active = form[0][2], form[0][3]
    term_variable, term_capacity, factors, _ = form[1]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    variables, positions = v.shape
    lanes = len(site_of)
    total = np.zeros(lanes)
    for j in range(variables):
        vj, zj, sj, lj, aj, inv, w = v[j], z[j], s[j], l[j], active[j], inverse[j], tilt[j]
        if bounded[j]:
            for i in range(positions):
                limit = lj[i] / sj[i]
                inv[i] = aj[i] / (zj[i] / vj[i] + limit + 1.0 - aj[i])
                w[i] = limit * inv[i]
        else:
            for i in range(positions):
                inv[i] = aj[i] * vj[i] / (zj[i] + 1.0 - aj[i])
                w[i] = 0.0
    for t in range(len(term_variable)):
        for u in range(t + 1):
            j = term_variable[t]
            if term_variable[u] != j:
                continue
            one, two, w, vj, zj = factors[t], factors[u], tilt[j], v[j], z[j]
            total[:] = 0.0
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    k = a + i
                    total[i] += w[k] * zj[k] / vj[k] * one[k] * two[k]
            g, h = term_capacity[t], term_capacity[u]
            for i in range(lanes):
                corner[site_of[i], g, h] -= total[i]
                if g != h:
                    corner[site_of[i], h, g] -= total[i]


@njit(cache=True, nogil=True, error_model="numpy")
def gather(form, point, out, inverse, tilt, centre, second, right, pushed, moved):  # type: ignore[no-untyped-def]
    """The right side of a Newton step towards products `centre` (lanes,), less the products `second` of a first step.

    Fills `pushed` (variables, positions), the right side of each variable, and `right` (balances, positions). Returns
    per capacity and lane, and per slot and lane, what joins the border. `moved` is room for one variable.
    """
    own, following, bounded, active = form[0][0], form[0][1], form[0][2], form[0][3]
    term_variable, term_capacity, factors, by_capacity = form[1]
    slot_weights, slot_mask = form[2]
    before = form[3][1]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    dual, room, balance = out
    variables, positions = v.shape
    balances, lanes = balance.shape[0], len(before)
    to_capacity = np.zeros((by_capacity.shape[0], lanes))
    to_slot = np.zeros((slot_mask.shape[0], lanes))
    second_v, second_s = second
    right[:] = balance
    for j in range(variables):
        d, vj, zj, aj, p, inv, e = dual[j], v[j], z[j], active[j], pushed[j], inverse[j], second_v[j]
        for a in range(0, positions, lanes):
            for i in range(lanes):
                k = a + i
                p[k] = -d[k] - zj[k] + (aj[k] * centre[i] - e[k]) / vj[k]
        if bounded[j]:
            sj, lj, rj, e = s[j], l[j], room[j], second_s[j]
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    k = a + i
                    moved[k] = (aj[k] * centre[i] - e[k] - lj[k] * rj[k]) / sj[k] - lj[k]
                    p[k] -= moved[k]
            for t in range(len(term_variable)):
                if term_variable[t] == j:
                    h, w, total = factors[t], tilt[j], to_capacity[term_capacity[t]]
                    for a in range(0, positions, lanes):
                        for i in range(lanes):
                            k = a + i
                            total[i] += h[k] * (moved[k] + w[k] * p[k])
        for i in range(positions):
            moved[i] = inv[i] * p[i]
        for r in range(balances):
            o, f, target = own[j, r], following[j, r], right[r]
            if o != 0.0:
                for i in range(positions):
                    target[i] -= o * moved[i]
            if f != 0.0:
                for i in range(lanes):
                    target[i] -= f * moved[before[i]]
                for i in range(lanes, positions):
                    target[i] -= f * moved[i - lanes]
        for q in range(slot_mask.shape[0]):
            if slot_weights[q, j] != 0.0:
                weight, mask, total = slot_weights[q, j], slot_mask[q], to_slot[q]
                for a in range(0, positions, lanes):
                    for i in range(lanes):
                        total[i] += weight * mask[a + i] * moved[a + i]
    return to_capacity, to_slot


@njit(cache=True, nogil=True, error_model="numpy")
def spread(form, point, out, inverse, tilt, centre, second, pushed, prices, d_capacity, d_slot, levels, flows, step):  # type: ignore[no-untyped-def]
    """The step of every variable from those of prices, capacities, long rows and cut levels.

    Fills `step` = dv, dz, ds, dl. Returns per lane the longest primal and dual steps that keep everything positive.
    """
    own, bounded, active = form[0][0], form[0][2], form[0][3]
    term_variable, term_capacity, factors, _ = form[1]
    slot_weights, slot_mask = form[2]
    before = form[3][1]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    room = out[1]
    dv, dz, ds, dl = step
    second_v, second_s = second
    variables, positions = v.shape
    balances, lanes = prices.shape[0], len(before)
    furthest = np.zeros((2, lanes))  # largest -change / value
    for j in range(variables):
        x, p = dv[j], pushed[j]
        for i in range(positions):
            x[i] = p[i]
        is_level = -1
        for k in range(len(levels)):
            if levels[k] == j:
                is_level = k
        inv = inverse[j]
        if is_level >= 0:
            flow = flows[is_level]
            for i in range(positions):
                x[i] = inv[i] * x[i] + flow[i]
        else:
            for r in range(balances):
                o, y = own[j, r], prices[r]
                if o != 0.0:
                    for i in range(positions):
                        x[i] += o * y[i]
            for q in range(slot_mask.shape[0]):
                if slot_weights[q, j] != 0.0:
                    weight, mask = slot_weights[q, j], slot_mask[q]
                    for a in range(0, positions, lanes):
                        for i in range(lanes):
                            x[a + i] += weight * mask[a + i] * d_slot[q, i]
            for i in range(positions):
                x[i] *= inv[i]
        if bounded[j]:
            free, w = ds[j], tilt[j]
            for i in range(positions):
                free[i] = 0.0
            for t in range(len(term_variable)):
                if term_variable[t] == j:
                    h, p_g = factors[t], d_capacity[term_capacity[t]]
                    for a in range(0, positions, lanes):
                        for i in range(lanes):
                            free[a + i] += h[a + i] * p_g[i]
            rj, lj, sj, dlj, aj, e = room[j], l[j], s[j], dl[j], active[j], second_s[j]
            vj, zj = v[j], z[j]
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    k = a + i
                    # At a limit the variable follows the capacity: what is left of it, (z / v) inv, has all its digits.
                    left = free[k] * (zj[k] / vj[k]) * inv[k] - x[k]
                    x[k] += w[k] * free[k]
                    free[k] = aj[k] * (rj[k] + left)
                    dlj[k] = (aj[k] * centre[i] - e[k] - lj[k] * free[k]) / sj[k] - lj[k]
                    furthest[0, i] = max(furthest[0, i], -free[k] / sj[k])
                    furthest[1, i] = max(furthest[1, i], -aj[k] * dlj[k] / (lj[k] + (1.0 - aj[k])))
        vj, zj, dzj, aj, e = v[j], z[j], dz[j], active[j], second_v[j]
        for a in range(0, positions, lanes):
            for i in range(lanes):
                k = a + i
                dzj[k] = aj[k] * ((centre[i] - e[k] - zj[k] * x[k]) / vj[k] - zj[k])
                furthest[0, i] = max(furthest[0, i], -x[k] / vj[k])
                furthest[1, i] = max(furthest[1, i], -aj[k] * dzj[k] / (zj[k] + (1.0 - aj[k])))
    return furthest


@njit(cache=True, nogil=True, error_model="numpy")
def products(point, step, primal, dual, bounded, second):  # type: ignore[no-untyped-def]  # as above
    """Second-order products dv dz and ds dl into `second`; per lane the sum of products after steps of a length."""
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    dv, dz, ds, dl = step
    second_v, second_s = second
    variables, positions = v.shape
    lanes = len(primal)
    total = np.zeros(lanes)
    for j in range(variables):
        one, two, x, y, e = v[j], z[j], dv[j], dz[j], second_v[j]
        for a in range(0, positions, lanes):
            for i in range(lanes):
                k = a + i
                total[i] += (one[k] + primal[i] * x[k]) * (two[k] + dual[i] * y[k])
                e[k] = x[k] * y[k]
        if bounded[j]:
            one, two, x, y, e = s[j], l[j], ds[j], dl[j], second_s[j]
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    k = a + i
                    total[i] += (one[k] + primal[i] * x[k]) * (two[k] + dual[i] * y[k])
                    e[k] = x[k] * y[k]
    return total


@njit(cache=True, nogil=True, error_model="numpy")
def move(point, step, primal, dual, bounded, prices, d_prices):  # type: ignore[no-untyped-def]  # as above
    """Take the step in place."""
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    dv, dz, ds, dl = step
    positions, lanes = v.shape[1], len(primal)
    for j in range(v.shape[0]):
        for a in range(0, positions, lanes):
            for i in range(lanes):
                k = a + i
                v[j, k] += primal[i] * dv[j, k]
                z[j, k] += dual[i] * dz[j, k]
        if bounded[j]:
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    k = a + i
                    s[j, k] += primal[i] * ds[j, k]
                    l[j, k] += dual[i] * dl[j, k]
    for r in range(prices.shape[0]):
        for a in range(0, positions, lanes):
            for i in range(lanes):
                prices[r, a + i] += dual[i] * d_prices[r, a + i]


@njit(cache=True, nogil=True, error_model="numpy")
def recentre(point, step, primal, dual, centre, bounded, second):  # type: ignore[no-untyped-def]  # as above
    """Second-order products less what would bring the products after a longer step near the centre (Gondzio)."""
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    dv, dz, ds, dl = step
    lanes = len(primal)
    for side in range(2):
        for j in range(v.shape[0]):
            if side == 1 and not bounded[j]:
                continue
            one, two, x, y, e = (
                (v[j], z[j], dv[j], dz[j], second[0][j]) if side == 0 else (s[j], l[j], ds[j], dl[j], second[1][j])
            )
            for a in range(0, v.shape[1], lanes):
                for i in range(lanes):
                    k = a + i
                    product = (one[k] + primal[i] * x[k]) * (two[k] + dual[i] * y[k])
                    low, high = 0.1 * centre[i], 10.0 * centre[i]
                    move = max(low - product, 0.0) + max(min(high - product, 0.0), -high)
                    e[k] -= move


@njit(cache=True, nogil=True, error_model="numpy")
def unbalanced(form, step, balance, by_lane, right):  # type: ignore[no-untyped-def]  # as above
    """What a step leaves of the balances: `right` = balance - E dv less what capacities (capacities, lanes) add.

    Returns per lane the largest, and per capacity and lane the sum of factor x dl.
    """
    own, following = form[0][0], form[0][1]
    term_variable, term_capacity, factors, by_capacity = form[1]
    slot_mask, before = form[2][1], form[3][1]
    dv, dl = step[0], step[3]
    balances, positions = balance.shape
    lanes = len(before)
    worst, held = np.zeros(lanes), np.zeros((by_capacity.shape[0], lanes))
    for r in range(balances):
        target, source = right[r], balance[r]
        for i in range(positions):
            target[i] = source[i]
        for g in range(by_capacity.shape[0]):
            if by_capacity[g, r] != 0.0:
                for a in range(0, positions, lanes):
                    for i in range(lanes):
                        target[a + i] -= by_capacity[g, r] * by_lane[g, i]
        for j in range(own.shape[0]):
            o, f, x = own[j, r], following[j, r], dv[j]
            if o != 0.0:
                for i in range(positions):
                    target[i] -= o * x[i]
            if f != 0.0:
                for i in range(lanes):
                    target[i] -= f * x[before[i]]
                for i in range(lanes, positions):
                    target[i] -= f * x[i - lanes]
        for a in range(0, positions, lanes):
            for i in range(lanes):
                worst[i] = max(worst[i], abs(target[a + i]))
    for t in range(len(term_variable)):
        h, change, total = factors[t], dl[term_variable[t]], held[term_capacity[t]]
        for a in range(0, positions, lanes):
            for i in range(lanes):
                total[i] += h[a + i] * change[a + i]
    return worst, held


@njit(cache=True, nogil=True, error_model="numpy")
def amend(form, point, inverse, tilt, prices, d_capacity, d_slot, levels, flows, step):  # type: ignore[no-untyped-def]  # as above
    """Add to a step what a correction of prices, capacities, long rows and levels makes of it; furthest as `spread`."""
    own, bounded, active = form[0][0], form[0][2], form[0][3]
    term_variable, term_capacity, factors, _ = form[1]
    slot_weights, slot_mask = form[2]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    dv, dz, ds, dl = step
    variables, positions = v.shape
    lanes = d_capacity.shape[1]
    furthest = np.zeros((2, lanes))
    x, free = np.zeros(positions), np.zeros(positions)
    for j in range(variables):
        is_level = -1
        for k in range(len(levels)):
            if levels[k] == j:
                is_level = k
        if is_level >= 0:
            x[:] = flows[is_level]
        else:
            x[:] = 0.0
            for r in range(own.shape[1]):
                if own[j, r] != 0.0:
                    o, y = own[j, r], prices[r]
                    for i in range(positions):
                        x[i] += o * y[i]
            for q in range(slot_mask.shape[0]):
                if slot_weights[q, j] != 0.0:
                    weight, mask = slot_weights[q, j], slot_mask[q]
                    for a in range(0, positions, lanes):
                        for i in range(lanes):
                            x[a + i] += weight * mask[a + i] * d_slot[q, i]
            inv = inverse[j]
            for i in range(positions):
                x[i] *= inv[i]
        inv, w, aj = inverse[j], tilt[j], active[j]
        vj, zj, dvj, dzj = v[j], z[j], dv[j], dz[j]
        if bounded[j]:
            free[:] = 0.0
            for t in range(len(term_variable)):
                if term_variable[t] == j:
                    h, p_g = factors[t], d_capacity[term_capacity[t]]
                    for a in range(0, positions, lanes):
                        for i in range(lanes):
                            free[a + i] += h[a + i] * p_g[i]
            sj, lj, dsj, dlj = s[j], l[j], ds[j], dl[j]
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    k = a + i
                    left = aj[k] * (free[k] * (zj[k] / vj[k]) * inv[k] - x[k])
                    x[k] += w[k] * free[k]
                    dsj[k] += left
                    dlj[k] -= lj[k] / sj[k] * left
                    furthest[0, i] = max(furthest[0, i], -dsj[k] / sj[k])
                    furthest[1, i] = max(furthest[1, i], -aj[k] * dlj[k] / (lj[k] + (1.0 - aj[k])))
        for a in range(0, positions, lanes):
            for i in range(lanes):
                k = a + i
                dvj[k] += x[k]
                dzj[k] -= aj[k] * zj[k] / vj[k] * x[k]
                furthest[0, i] = max(furthest[0, i], -dvj[k] / vj[k])
                furthest[1, i] = max(furthest[1, i], -aj[k] * dzj[k] / (zj[k] + (1.0 - aj[k])))
    return furthest
