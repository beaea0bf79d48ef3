"""A block's layout as the tuple of arrays that the compiled passes read, and the small loops that they share (numba).

Positions are step x lanes + lane. The passes go through them in chunks of a few steps, which start at a and have n
positions; what belongs to a lane, capacities for one, is repeated for every step of a chunk. The hour after the last is
the first of the next lane: rows of prices and of right sides are longer by one step that stands for it.
"""

from typing import Any

import numpy as np

from models.sizing.kernel import inlined
from models.sizing.layout import Layout


def form_of(layout: Layout) -> Any:
    """Coefficients, bounds and costs of the variables; terms of their limits; slots of the long rows; neighbours."""
    level_of = np.full(len(layout.own), -1, dtype=np.int64)
    level_of[layout.levels] = np.arange(len(layout.levels))
    return (
        (
            layout.own,
            layout.following,
            layout.bounded,
            layout.always,
            layout.active,
            layout.active_row,
            np.ones(layout.wide),
            level_of,
        ),
        (layout.cost_row, layout.cost_flat, layout.cost, layout.base_row, layout.base),
        (layout.term_start, layout.term_capacity, layout.term_row, layout.term_flat, layout.factors),
        (layout.slot_weights, layout.slot_mask),
        layout.lanes,
    )


@inlined
def fill_room(form, j, a, n, by_lane, room):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """What the capacities (capacities, wide) allow a variable in a chunk, with its own upper bound."""
    base_row, base = form[1][3], form[1][4]
    if base_row[j] >= 0:
        one = base[base_row[j], a : a + n]
        for i in range(n):
            room[i] = one[i]
    else:
        for i in range(n):
            room[i] = 0.0
    add_terms(form, j, a, n, by_lane, room)


@inlined
def add_terms(form, j, a, n, by_lane, room):  # type: ignore[no-untyped-def]  # as above
    """Add factor x capacity of every capacity that limits a variable."""
    start, capacity, rows, flat, factors = form[2]
    for t in range(start[j], start[j + 1]):
        size = by_lane[capacity[t]]
        one = flat[t] if rows[t] < 0 else factors[rows[t], a : a + n]
        for i in range(n):
            room[i] += one[i] * size[i]


@inlined
def sum_terms(form, j, a, n, values, total):  # type: ignore[no-untyped-def]  # as above
    """Add factor x values of a chunk to each capacity that limits a variable: total (capacities, wide)."""
    start, capacity, rows, flat, factors = form[2]
    for t in range(start[j], start[j + 1]):
        target = total[capacity[t]]
        one = flat[t] if rows[t] < 0 else factors[rows[t], a : a + n]
        for i in range(n):
            target[i] += one[i] * values[i]


@inlined
def add_pulls(form, j, a, n, pulls, out):  # type: ignore[no-untyped-def]  # as above
    """Add weight x pull of the long rows' slots (slots, wide) that a variable stands in."""
    weights, mask = form[3]
    for q in range(len(mask)):
        w = weights[q, j]
        if w != 0.0:
            one, pull = mask[q, a : a + n], pulls[q]
            for i in range(n):
                out[i] += w * one[i] * pull[i]


@inlined
def sum_slots(form, j, a, n, values, total):  # type: ignore[no-untyped-def]  # as above
    """Add weight x values of a chunk to each slot that a variable stands in: total (slots, wide)."""
    weights, mask = form[3]
    for q in range(len(mask)):
        w = weights[q, j]
        if w != 0.0:
            one, target = mask[q, a : a + n], total[q]
            for i in range(n):
                target[i] += w * one[i] * values[i]


@inlined
def add_prices(form, j, a, n, prices, out):  # type: ignore[no-untyped-def]  # as above
    """Add own and, of a level, next hour's coefficients x prices (balances, positions and a step)."""
    own, following, lanes = form[0][0], form[0][1], form[4]
    for r in range(len(prices)):
        o, f = own[j, r], following[j, r]
        if o != 0.0:
            price = prices[r, a : a + n]
            for i in range(n):
                out[i] += o * price[i]
        if f != 0.0:
            price = prices[r, a + lanes : a + lanes + n]
            for i in range(n):
                out[i] += f * price[i]


@inlined
def less_flow(form, j, a, n, values, right):  # type: ignore[no-untyped-def]  # as above
    """Subtract what a variable's values in a chunk make of the balances (balances, positions and a step)."""
    own, following, lanes = form[0][0], form[0][1], form[4]
    for r in range(len(right)):
        o, f = own[j, r], following[j, r]
        if o != 0.0:
            target = right[r, a : a + n]
            for i in range(n):
                target[i] -= o * values[i]
        if f != 0.0:
            target = right[r, a + lanes : a + lanes + n]
            for i in range(n):
                target[i] -= f * values[i]
