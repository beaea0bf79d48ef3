"""The ladder of hours: what the hours before one add to its balances (numba).

As with conductors in a ladder, what the hours before hand on is the parallel sum of their own and the level that leads
on: the Schur complement of an L D L' to which only positive terms are added. Lanes, stretches of the same year, first
find what they make of any beginning; the beginnings are then composed lane by lane, as in the parallel scan of a
Riccati recursion (Särkkä and García-Fernández 2021, IEEE Trans. Automatic Control 66, 299-306).
"""

import numpy as np

from models.sizing.blocks import TINY, absorb
from models.sizing.kernel import kernel


@kernel
def home_of(own, level):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """The balance that is a level's own: the last in which it stands with -1."""
    home = 0
    for r in range(1, own.shape[1]):
        if own[level, r] == -1.0:
            home = r
    return home


@kernel
def join(following, levels, handed_low, handed, low, diagonal, size, vector, weight, beta):  # type: ignore[no-untyped-def]  # as above
    """Add to an hour's factors what was handed on to it: levels' L D L', their coefficients in this hour `following`.

    Rows of `handed_low` beyond the levels, a beginning's, go into the rows beyond balances and levels.
    """
    count, balances = len(levels), following.shape[1]
    beyond = len(handed) - count
    for k in range(count):
        for r in range(size):
            vector[r] = 0.0
        for m in range(k, count):
            for r in range(1, balances):
                f = following[levels[m], r]
                if f != 0.0:
                    target, entry = vector[r], handed_low[m, k]
                    for s in range(len(weight)):
                        target[s] += f if m == k else f * entry[s]
        for m in range(beyond):
            vector[balances + count + m] = handed_low[count + m, k]
        weight[:] = handed[k]
        absorb(low, diagonal, vector, weight, 1, balances, size, beta)
        if beyond > 0:
            absorb(low, diagonal, vector, weight, balances + count, size, size, beta)


@kernel
def lead_on(own, levels, leading, open_end, low, diagonal, size, vector, weight, beta):  # type: ignore[no-untyped-def]  # as above
    """Add an hour's levels, each with a row of its own beyond the balances; what those then hold, the hour hands on.

    leading : (levels, lanes) their inverse curvature. open_end : (lanes,) 0 where a level is cut out of the chain.
    """
    balances = own.shape[1]
    for k in range(len(levels)):
        first = 0
        while own[levels[k], first] == 0.0:
            first += 1
        for r in range(size):
            vector[r] = own[levels[k], r] if r < balances else 0.0
        vector[balances + k] = 1.0
        one = leading[k]
        for s in range(len(weight)):
            weight[s] = one[s] * open_end[s]
        absorb(low, diagonal, vector, weight, first, size, size, beta)


@kernel
def beginnings(own, following, levels, inverse, segments, lanes, base_low, base):  # type: ignore[no-untyped-def]  # as above
    """What is handed to each lane at its beginning, as L D L': lower (levels, levels, lanes) and (levels, lanes)."""
    count, balances = len(levels), own.shape[1]
    begin_low, begin = np.zeros((count, count, lanes)), np.full((count, lanes), TINY)
    if segments == 1 or count == 0:
        return begin_low, begin
    size, ports = balances + 2 * count, balances + count
    low, diagonal = np.zeros((size, size, lanes)), np.zeros((size, lanes))
    vector, weight, beta = np.zeros((size, lanes)), np.zeros(lanes), np.zeros(lanes)
    handed_low, handed = np.zeros((2 * count, count, lanes)), np.zeros((2 * count, lanes))
    leading, always = np.zeros((count, lanes)), np.ones(lanes)
    for a in range(0, inverse.shape[1], lanes):
        b = a + lanes
        for r in range(balances, ports):
            diagonal[r] = TINY
            low[r] = 0.0
        for r in range(ports, size):
            low[r, :ports] = 0.0
        if a == 0:
            _first_hour(own, following, levels, segments, base_low, base, inverse, low, diagonal, vector, weight, beta)
        else:
            for r in range(balances):
                diagonal[r] = base[r, a:b]
                for q in range(r):
                    low[r, q] = base_low[r, q, a:b]
            join(following, levels, handed_low, handed, low, diagonal, size, vector, weight, beta)
            for k in range(count):
                leading[k] = inverse[levels[k], a:b]
            lead_on(own, levels, leading, always, low, diagonal, size, vector, weight, beta)
        for k in range(count):
            handed[k] = diagonal[balances + k]
            for m in range(k + 1, 2 * count):
                handed_low[m, k] = low[balances + m, balances + k]
    _compose(segments, low[balances:, balances:], diagonal[balances:], count, begin_low, begin)
    return begin_low, begin


@kernel
def _first_hour(own, following, levels, segments, base_low, base, inverse, low, diagonal, vector, weight, beta):  # type: ignore[no-untyped-def]  # as above
    """The first hour of a lane, its levels' balances standing for the beginning: rows beyond balances and levels.

    A site's first lane has nothing before it, and keeps its balances.
    """
    count, balances = len(levels), own.shape[1]
    ports, size, lanes = balances + count, balances + 2 * count, len(weight)
    port_of = np.full(balances, -1)
    for k in range(count):
        port_of[home_of(own, levels[k])] = k
    low[:] = 0.0
    diagonal[:] = TINY
    for j in range(balances + count):
        for r in range(size):
            vector[r] = 0.0
        for r in range(balances):
            k, target = port_of[r], vector[r]
            for s in range(lanes):
                if j >= balances:
                    target[s] = own[levels[j - balances], r]
                elif r == j:
                    target[s] = 1.0
                elif r > j:
                    target[s] = base_low[r, j, s]
                if k >= 0 and s % segments != 0:
                    vector[ports + k, s] = target[s] / following[levels[k], r]
                    target[s] = 0.0
        if j < balances:
            weight[:] = base[j, :lanes]
        else:
            vector[j] = 1.0
            weight[:] = inverse[levels[j - balances], :lanes]
        absorb(low, diagonal, vector, weight, 0, size, size, beta)


@kernel
def _compose(segments, low, diagonal, count, begin_low, begin):  # type: ignore[no-untyped-def]  # as above
    """Lane by lane: what it hands on, with what was handed to it (rows: levels, then beginning)."""
    size, lanes = diagonal.shape
    mine_low, mine = np.zeros((size, size, 1)), np.zeros((size, 1))
    vector, weight, beta = np.zeros((size, 1)), np.zeros(1), np.zeros(1)
    for lane in range(lanes - 1):
        if (lane + 1) % segments == 0:
            continue
        mine_low[:] = 0.0
        mine[:] = TINY
        for k in range(count):
            mine[k, 0] = begin[k, lane]
            for m in range(k + 1, count):
                mine_low[m, k, 0] = begin_low[m, k, lane]
        for j in range(size):
            for r in range(size):
                entry = 1.0 if r == j else (low[r, j, lane] if r > j else 0.0)
                vector[(r + count) % size, 0] = entry
            weight[0] = diagonal[j, lane]
            absorb(mine_low, mine, vector, weight, 0, size, size, beta)
        for k in range(count):
            begin[k, lane + 1] = mine[count + k, 0]
            for m in range(k + 1, count):
                begin_low[m, k, lane + 1] = mine_low[count + m, count + k, 0]
