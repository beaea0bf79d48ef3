"""What the passes do to one variable in one step: loops over lanes that compile to vector instructions (numba).

Arguments are rows of a chunk. Letters as in `docs/sizing.md`: v and its multiplier z, room s under the upper bound and
its multiplier l, d the residual of the variable's price, e and f the products that a corrector takes off, `on` 1 where
the variable can be.
"""

from models.sizing.kernel import kernel


@kernel
def open_bounded(on, v, z, s, l, room, d, inv, pull, moved, product, worst_d, worst_s):  # type: ignore[no-untyped-def]  # noqa: E741  # numba infers its many arrays
    """Residuals, inverse curvature and the predictor's pull on a bounded variable and, in `moved`, on its limits."""
    for i in range(len(on)):
        ratio = 1.0 / s[i]
        short = on[i] * (room[i] - v[i] - s[i])
        left = on[i] * (d[i] + l[i])
        soft = on[i] / (z[i] / v[i] + l[i] * ratio + (1.0 - on[i]))
        limit = -l[i] * (short * ratio + 1.0)
        asked = (-left - z[i] - limit) * soft
        d[i] = left
        inv[i] = soft
        pull[i] = asked
        moved[i] = limit + l[i] * ratio * asked
        product[i] += v[i] * z[i] + s[i] * l[i]
        worst_d[i] = max(worst_d[i], abs(left))
        worst_s[i] = max(worst_s[i], abs(short))


@kernel
def open_free(on, v, z, d, inv, pull, product, worst_d):  # type: ignore[no-untyped-def]  # as above
    """The same for a variable without an upper bound."""
    for i in range(len(on)):
        left = on[i] * d[i]
        soft = on[i] * v[i] / (z[i] + (1.0 - on[i]))
        d[i] = left
        inv[i] = soft
        pull[i] = (-left - z[i]) * soft
        product[i] += v[i] * z[i]
        worst_d[i] = max(worst_d[i], abs(left))


@kernel
def pull_bounded(on, centre, v, z, s, l, d, inv, e, f, room, pull, moved):  # type: ignore[no-untyped-def]  # noqa: E741  # as above
    """What a step towards products `centre` asks of a bounded variable and, in `moved`, of its limits."""
    for i in range(len(on)):
        ratio, goal = 1.0 / s[i], on[i] * centre[i]
        short = on[i] * (room[i] - v[i] - s[i])
        limit = (goal - f[i] - l[i] * short) * ratio - l[i]
        asked = ((goal - e[i]) / v[i] - d[i] - z[i] - limit) * inv[i]
        pull[i] = asked
        moved[i] = limit + l[i] * ratio * asked


@kernel
def pull_free(on, centre, v, z, d, inv, e, pull):  # type: ignore[no-untyped-def]  # as above
    """The same for a variable without an upper bound."""
    for i in range(len(on)):
        pull[i] = ((on[i] * centre[i] - e[i]) / v[i] - d[i] - z[i]) * inv[i]


@kernel
def step_bounded(on, centre, v, z, s, l, d, inv, e, f, room, free, flow, x, dv, ds, fall_p, fall_d):  # type: ignore[no-untyped-def]  # noqa: E741  # as above
    """Changes of v and s. x : what prices make of the variable's price; free : of its room, by capacities."""
    for i in range(len(on)):
        by_s, by_v, goal = 1.0 / s[i], 1.0 / v[i], on[i] * centre[i]
        short = on[i] * (room[i] - v[i] - s[i])
        limit = (goal - f[i] - l[i] * short) * by_s - l[i]
        moved = inv[i] * (x[i] + (goal - e[i]) * by_v - d[i] - z[i] - limit) + flow[i]
        # At a limit the variable follows the capacity: what is left of it, (z / v) inv, has all its digits.
        left = on[i] * (short + free[i] * (z[i] * by_v) * inv[i] - moved)
        moved += l[i] * by_s * inv[i] * free[i]
        dl = on[i] * ((goal - f[i] - l[i] * left) * by_s - l[i])
        dz = on[i] * ((goal - e[i] - z[i] * moved) * by_v - z[i])
        dv[i] = moved
        ds[i] = left
        fall_p[i] = max(fall_p[i], max(-left * by_s, -moved * by_v))
        fall_d[i] = max(fall_d[i], max(-dl / (l[i] + (1.0 - on[i])), -dz / (z[i] + (1.0 - on[i]))))


@kernel
def step_free(on, centre, v, z, d, inv, e, flow, x, dv, fall_p, fall_d):  # type: ignore[no-untyped-def]  # as above
    """The same for a variable without an upper bound."""
    for i in range(len(on)):
        by_v, goal = 1.0 / v[i], on[i] * centre[i]
        moved = inv[i] * (x[i] + (goal - e[i]) * by_v - d[i] - z[i]) + flow[i]
        dz = on[i] * ((goal - e[i] - z[i] * moved) * by_v - z[i])
        dv[i] = moved
        fall_p[i] = max(fall_p[i], -moved * by_v)
        fall_d[i] = max(fall_d[i], -dz / (z[i] + (1.0 - on[i])))


@kernel
def predicted(on, one, two, change, second, by_primal, by_dual, by_both):  # type: ignore[no-untyped-def]  # as above
    """Second-order products of the predictor for a pair of which `change` is the first's; sums of its products."""
    for i in range(len(on)):
        other = on[i] * (-two[i] * change[i] / one[i] - two[i])
        both = change[i] * other
        second[i] = both
        by_primal[i] += change[i] * two[i]
        by_dual[i] += one[i] * other
        by_both[i] += both


@kernel
def recentred(on, centre, primal, dual, one, two, change, e, renewed, low, high):  # type: ignore[no-untyped-def]  # as above
    """Products to take off, changed so that after a longer step a pair comes near the centre: low to high of it."""
    for i in range(len(on)):
        other = (on[i] * centre[i] - e[i] - two[i] * change[i]) / one[i] - two[i]
        product = (one[i] + primal[i] * change[i]) * (two[i] + dual[i] * other)
        least, most = low * centre[i], high * centre[i]
        renewed[i] = e[i] - on[i] * (max(least - product, 0.0) + max(min(most - product, 0.0), -most))


@kernel
def moved(on, centre, primal, dual, one, two, change, e):  # type: ignore[no-untyped-def]  # as above
    """Take a step of a pair in place."""
    for i in range(len(on)):
        other = on[i] * ((centre[i] - e[i] - two[i] * change[i]) / one[i] - two[i])
        one[i] += primal[i] * change[i]
        two[i] += dual[i] * other


@kernel
def amend_bounded(on, centre, v, z, s, l, inv, f, free, x, ds, fall_p, fall_d):  # type: ignore[no-untyped-def]  # noqa: E741  # as above
    """Correct ds, and add to x, the correction of v, what the capacities make of it."""
    for i in range(len(on)):
        by_s = 1.0 / s[i]
        left = ds[i] + on[i] * (free[i] * (z[i] / v[i]) * inv[i] - x[i])
        dl = on[i] * ((centre[i] - f[i] - l[i] * left) * by_s - l[i])
        ds[i] = left
        x[i] += l[i] * by_s * inv[i] * free[i]
        fall_p[i] = max(fall_p[i], -left * by_s)
        fall_d[i] = max(fall_d[i], -dl / (l[i] + (1.0 - on[i])))


@kernel
def amend_free(on, centre, v, z, e, x, dv, fall_p, fall_d):  # type: ignore[no-untyped-def]  # as above
    """Correct dv by x."""
    for i in range(len(on)):
        by_v = 1.0 / v[i]
        change = dv[i] + x[i]
        dz = on[i] * ((centre[i] - e[i] - z[i] * change) * by_v - z[i])
        dv[i] = change
        fall_p[i] = max(fall_p[i], -change * by_v)
        fall_d[i] = max(fall_d[i], -dz / (z[i] + (1.0 - on[i])))
