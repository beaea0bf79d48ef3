"""What the variables of each hour that lead to no other make of its balances (numba).

After the variables are eliminated an hour's multipliers y have the energy y' M y, M = sum of inverse curvature x own
own'. Positions are step x lanes + lane. `docs/sizing.md` derives it.
"""

import numpy as np

from models.sizing.blocks import absorb
from models.sizing.kernel import kernel

FLOOR = 1e-14  # keeps the balance of an hour in which nothing can move from being singular


@kernel
def reduce_hours(own, levels, inverse, lanes, base_low, base):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """Factors of M without its levels: base_low (balances, balances, positions) and base (balances, positions).

    own : (variables, balances). inverse : (variables, positions).
    """
    variables, balances = own.shape
    simple = np.zeros(variables, dtype=np.bool_)  # in the electricity balance alone
    is_level = np.zeros(variables, dtype=np.bool_)
    for k in range(len(levels)):
        is_level[levels[k]] = True
    for j in range(variables):
        simple[j] = own[j, 0] != 0.0 and not own[j, 1:].any() and not is_level[j]
    vector, weight, beta = np.zeros((balances, lanes)), np.zeros(lanes), np.zeros(lanes)
    low, diagonal = np.zeros((balances, balances, lanes)), np.zeros((balances, lanes))
    for a in range(0, inverse.shape[1], lanes):
        for r in range(balances):
            diagonal[r] = FLOOR
            for q in range(r):
                low[r, q] = 0.0
        for j in range(variables):
            if simple[j]:
                square, one, target = own[j, 0] * own[j, 0], inverse[j, a : a + lanes], diagonal[0]
                for s in range(lanes):
                    target[s] += square * one[s]
        for j in range(variables):
            if simple[j] or is_level[j]:
                continue
            first = 0
            while own[j, first] == 0.0:
                first += 1
            for r in range(balances):
                vector[r] = own[j, r]
            weight[:] = inverse[j, a : a + lanes]
            absorb(low, diagonal, vector, weight, first, balances, balances, beta)
        for r in range(balances):
            base[r, a : a + lanes] = diagonal[r]
            for q in range(r):
                base_low[r, q, a : a + lanes] = low[r, q]
