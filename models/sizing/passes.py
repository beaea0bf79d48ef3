"""The interior-point method's other passes over all hours and variables, each one sweep (numba).

Changes of the multipliers are not kept: they follow from those of their partners, dz = (centre - e - z dv) / v - z,
where e is the second-order product that a corrector takes off. Letters as in `docs/sizing.md`.
"""

import numpy as np

from models.sizing import leaves
from models.sizing.form import add_prices, add_pulls, add_terms, fill_room, less_flow, sum_slots, sum_terms
from models.sizing.kernel import kernel

NEAR_LOW, NEAR_HIGH = 0.1, 10.0  # products between these of the centre are left alone by a corrector


@kernel
def gather(form, point, by_lane, dual, inverse, centre, second, right):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """The right side of a step towards products `centre` (lanes,) less `second`: right -= what it asks for.

    Returns per capacity and lane, and per slot and lane, what joins the border.
    """
    bounded, always, active, active_row, ones = form[0][2:7]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    variables, positions = v.shape
    capacities, wide = by_lane.shape
    slots = len(form[3][1])
    pulled, slot_pull = np.zeros((capacities, wide)), np.zeros((slots, wide))
    room, pull, moved = np.zeros(wide), np.zeros(wide), np.zeros(wide)
    for a in range(0, positions, wide):
        n = min(wide, positions - a)
        b = a + n
        for j in range(variables):
            vj, zj, d, inv, e = v[j, a:b], z[j, a:b], dual[j, a:b], inverse[j, a:b], second[0][j, a:b]
            on = ones[:n] if always[j] else active[active_row[j], a:b]
            if bounded[j]:
                fill_room(form, j, a, n, by_lane, room)
                f = second[1][j, a:b]
                leaves.pull_bounded(on, centre, vj, zj, s[j, a:b], l[j, a:b], d, inv, e, f, room, pull, moved)
                sum_terms(form, j, a, n, moved, pulled)
            else:
                leaves.pull_free(on, centre, vj, zj, d, inv, e, pull)
            less_flow(form, j, a, n, pull, right)
            if slots > 0:
                sum_slots(form, j, a, n, pull, slot_pull)
    return pulled, slot_pull


@kernel
def spread(form, point, by_lane, dual, inverse, centre, second, prices, d_capacity, d_slot, flows, step, predictor):  # type: ignore[no-untyped-def]  # as above
    """The step of every variable from those of prices, capacities, long rows and levels.

    step : dv and ds, filled; of the predictor, which takes no `second`, the products dv dz and ds dl instead.
    Returns per lane the largest falls of primal parts and of multipliers in units of what there is, and for the
    predictor the sums dv z + ds l, v dz + s dl and dv dz + ds dl.
    """
    bounded, always, active, active_row, ones, level_of = form[0][2:]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    variables, positions = v.shape
    wide = len(centre)
    falls, sums, nothing = np.zeros((2, wide)), np.zeros((3, wide)), np.zeros(wide)
    room, free, x = np.zeros(wide), np.zeros(wide), np.zeros(wide)
    change_v, change_s = np.zeros(wide), np.zeros(wide)
    for a in range(0, positions, wide):
        n = min(wide, positions - a)
        b = a + n
        for j in range(variables):
            vj, zj, d, inv = v[j, a:b], z[j, a:b], dual[j, a:b], inverse[j, a:b]
            on = ones[:n] if always[j] else active[active_row[j], a:b]
            e = nothing if predictor else second[0][j, a:b]
            dv = change_v if predictor else step[0][j, a:b]
            x[:] = 0.0
            flow = nothing
            if level_of[j] >= 0:
                flow = flows[level_of[j], a:b]
            else:
                add_prices(form, j, a, n, prices, x)
                add_pulls(form, j, a, n, d_slot, x)
            if bounded[j]:
                sj, lj = s[j, a:b], l[j, a:b]
                f = nothing if predictor else second[1][j, a:b]
                ds = change_s if predictor else step[1][j, a:b]
                fill_room(form, j, a, n, by_lane, room)
                free[:] = 0.0
                add_terms(form, j, a, n, d_capacity, free)
                leaves.step_bounded(
                    on, centre, vj, zj, sj, lj, d, inv, e, f, room, free, flow, x, dv, ds, falls[0], falls[1]
                )
                if predictor:
                    leaves.predicted(on, sj, lj, ds, step[1][j, a:b], sums[0], sums[1], sums[2])
            else:
                leaves.step_free(on, centre, vj, zj, d, inv, e, flow, x, dv, falls[0], falls[1])
            if predictor:
                leaves.predicted(on, vj, zj, dv, step[0][j, a:b], sums[0], sums[1], sums[2])
    return falls, sums


@kernel
def recentre(form, point, step, primal, dual, centre, second, renewed):  # type: ignore[no-untyped-def]  # as above
    """Second-order products less what would bring the products after a longer step near the centre (Gondzio)."""
    bounded, always, active, active_row, ones = form[0][2:7]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    wide = len(primal)
    for side in range(2):
        for j in range(v.shape[0]):
            if side == 1 and not bounded[j]:
                continue
            one, two = (v[j], z[j]) if side == 0 else (s[j], l[j])
            x, e, target = step[side][j], second[side][j], renewed[side][j]
            for a in range(0, v.shape[1], wide):
                n = min(wide, v.shape[1] - a)
                b = a + n
                on = ones[:n] if always[j] else active[active_row[j], a:b]
                leaves.recentred(
                    on, centre, primal, dual, one[a:b], two[a:b], x[a:b], e[a:b], target[a:b], NEAR_LOW, NEAR_HIGH
                )


@kernel
def move(form, point, step, primal, dual, centre, second):  # type: ignore[no-untyped-def]  # as above
    """Take the step in place."""
    bounded, always, active, active_row, ones = form[0][2:7]
    v, z, s, l = point  # noqa: E741  # the letters of the docs
    wide = len(primal)
    for side in range(2):
        for j in range(v.shape[0]):
            if side == 1 and not bounded[j]:
                continue
            one, two = (v[j], z[j]) if side == 0 else (s[j], l[j])
            x, e = step[side][j], second[side][j]
            for a in range(0, v.shape[1], wide):
                n = min(wide, v.shape[1] - a)
                b = a + n
                on = ones[:n] if always[j] else active[active_row[j], a:b]
                leaves.moved(on, centre, primal, dual, one[a:b], two[a:b], x[a:b], e[a:b])
