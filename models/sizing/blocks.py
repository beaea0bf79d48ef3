"""Small positive semidefinite blocks kept as L D L', one a lane, to which rank-one terms are added (numba).

Arrays are (n, n, lanes), (n, lanes) or (lanes,): the lane is the innermost axis, so that each operation runs over lanes
as one vector. Adding positive terms to the factors, not to the matrix, loses no digits of the directions in which the
block is weak, however strong it is in others (Gill, Golub, Murray and Saunders 1974, Mathematics of Computation 28,
505-535, method C1).
"""

from models.sizing.kernel import kernel

TINY = 1e-200  # a pivot of nothing: divides, and leaves no trace


@kernel
def absorb(low, diagonal, vector, weight, first, last, size, beta):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """Add weight x vector vector' to the factors, pivots `first` to `last` - 1 of `size` rows.

    vector (size, lanes) and weight (lanes,) are used up. beta : room for (lanes,).
    """
    lanes = len(weight)
    for j in range(first, last):
        p, d = vector[j], diagonal[j]
        for s in range(lanes):
            pull = weight[s] * p[s]
            pivot = d[s] + pull * p[s]
            beta[s] = pull / pivot
            weight[s] *= d[s] / pivot
            d[s] = pivot
        for r in range(j + 1, size):
            entry, v = low[r, j], vector[r]
            for s in range(lanes):
                v[s] -= p[s] * entry[s]
                entry[s] += beta[s] * v[s]
