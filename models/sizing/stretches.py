"""Lanes that are stretches of one year put together: what they hand on, and the small system that is left (numba).

A lane's columns begin with nothing; what really comes in is a combination of its incoming columns, `coming`. As all of
it is linear, the border of a site follows from those of its lanes without another pass over the hours.
"""

import numpy as np

from models.sizing.kernel import kernel


@kernel
def gather_border(corner, given, place, segments, coming, matrix):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """Add the lanes' corners to their sites' matrices (sites, unknowns, unknowns).

    place : (linked, lanes) where columns stand among the unknowns, -1 nowhere; the cut levels stand last.
    coming : (levels, unknowns, lanes), filled: what comes into each lane for each unknown.
    """
    linked, lanes = place.shape
    count, size = coming.shape[0], coming.shape[1]
    first = size - count
    sums = np.zeros(size)
    for lane in range(lanes):
        target = matrix[lane // segments]
        if lane % segments == 0:
            for k in range(count):
                for x in range(size):
                    coming[k, x, lane] = 1.0 if x == first + k else 0.0
        else:
            _hand(given, place, lane, coming)
        final = lane % segments == segments - 1
        for c in range(linked):
            for d in range(c + 1):
                a, b = place[c, lane], place[d, lane]
                if a >= 0 and b >= 0:
                    target[a, b] += corner[c, d, lane]
                    if c != d:
                        target[b, a] += corner[c, d, lane]
        for k in range(count if final else 0):
            row = corner[linked + count + k]
            for c in range(linked):
                a = place[c, lane]
                if a >= 0:
                    target[first + k, a] += row[c, lane]
                    target[a, first + k] += row[c, lane]
            for m in range(k + 1):
                target[first + k, first + m] += row[linked + count + m, lane]
                if m != k:
                    target[first + m, first + k] += row[linked + count + m, lane]
        for i in range(count):
            sums[:] = 0.0
            for k in range(count):
                value = corner[linked + max(i, k), linked + min(i, k), lane]
                for x in range(size):
                    sums[x] += value * coming[k, x, lane]
            for c in range(linked + (count if final else 0)):
                a = place[c, lane] if c < linked else first + c - linked
                if a < 0:
                    continue
                value = corner[linked + i, c, lane] if c < linked else corner[c + count, linked + i, lane]
                sums[a] += value
                for x in range(size):
                    target[a, x] += value * coming[i, x, lane]
            for x in range(size):
                if coming[i, x, lane] != 0.0:
                    for y in range(size):
                        target[x, y] += coming[i, x, lane] * sums[y]


@kernel
def _hand(given, place, lane, coming):  # type: ignore[no-untyped-def]  # as above
    """What comes into a lane from the one before."""
    linked = place.shape[0]
    count, size = coming.shape[0], coming.shape[1]
    for k in range(count):
        for x in range(size):
            value = 0.0
            for i in range(count):
                value += given[linked + i, k, lane - 1] * coming[i, x, lane - 1]
            coming[k, x, lane] = value
        for c in range(linked):
            a = place[c, lane - 1]
            if a >= 0:
                coming[k, a, lane] += given[c, k, lane - 1]


@kernel
def gather_right(border, handed, corner, given, place, segments, coming, arriving, outer):  # type: ignore[no-untyped-def]  # as above
    """Add the lanes' right sides to their sites' (sites, unknowns).

    handed : (levels, lanes) what `forward` left at the end of each lane. arriving : (levels, lanes), filled: what the
    right-hand side brings into each lane.
    """
    linked, lanes = place.shape
    count, size = coming.shape[0], coming.shape[1]
    for lane in range(lanes):
        target = outer[lane // segments]
        for k in range(count):
            arriving[k, lane] = 0.0
            if lane % segments != 0:
                arriving[k, lane] = handed[k, lane - 1]
                for i in range(count):
                    arriving[k, lane] += given[linked + i, k, lane - 1] * arriving[i, lane - 1]
        for c in range(linked):
            a = place[c, lane]
            if a >= 0:
                target[a] += border[c, lane]
                for i in range(count):
                    target[a] += corner[linked + i, c, lane] * arriving[i, lane]
        for i in range(count):
            value = border[linked + i, lane]
            for k in range(count):
                value += corner[linked + max(i, k), linked + min(i, k), lane] * arriving[k, lane]
            for x in range(size):
                target[x] += coming[i, x, lane] * value
        if lane % segments == segments - 1:
            for k in range(count):
                target[size - count + k] += border[linked + count + k, lane]
                for i in range(count):
                    target[size - count + k] += corner[linked + count + k, linked + i, lane] * arriving[i, lane]


@kernel
def scatter_outer(outer, border, corner, given, place, segments, coming, arriving, lanewise, ahead):  # type: ignore[no-untyped-def]  # as above
    """Bring the unknowns (sites, unknowns) to the lanes' columns, and the multipliers after each lane's end.

    lanewise : (columns + levels, lanes) and ahead : (levels, lanes), filled.
    """
    linked, lanes = place.shape
    count, size = coming.shape[0], coming.shape[1]
    for lane in range(lanes - 1, -1, -1):
        mine, final = outer[lane // segments], lane % segments == segments - 1
        for c in range(linked):
            a = place[c, lane]
            lanewise[c, lane] = mine[a] if a >= 0 else 0.0
        for k in range(count):
            value = -arriving[k, lane]
            for x in range(size):
                value += coming[k, x, lane] * mine[x]
            lanewise[linked + k, lane] = value
            lanewise[linked + count + k, lane] = mine[size - count + k] if final else 0.0
            if final:
                ahead[k, lane] = 0.0
        if lane % segments == 0:
            continue
        for i in range(count):
            value = -border[linked + i, lane]
            for c in range(linked):
                value += corner[linked + i, c, lane] * lanewise[c, lane]
            for k in range(count):
                value += corner[linked + max(i, k), linked + min(i, k), lane] * lanewise[linked + k, lane]
                value += corner[linked + count + k, linked + i, lane] * lanewise[linked + count + k, lane]
                value += given[linked + i, k, lane] * ahead[k, lane]
            ahead[i, lane - 1] = value


@kernel
def through_border(  # type: ignore[no-untyped-def]  # as above
    outer, scale, dense, border, handed, corner, given, place, segments, coming, arriving, lanewise, ahead
):
    """From right-hand sides (sites, unknowns), turned into the unknowns, to what each lane makes of them.

    dense : (sites, unknowns, unknowns), scaled by `scale` (sites, unknowns) from both sides. The rest as in
    `gather_right` and `scatter_outer`. Raises numpy's LinAlgError on a singular matrix.
    """
    gather_right(border, handed, corner, given, place, segments, coming, arriving, outer)
    for site in range(len(outer)):
        outer[site] = scale[site] * np.linalg.solve(dense[site], outer[site] * scale[site])
    scatter_outer(outer, border, corner, given, place, segments, coming, arriving, lanewise, ahead)
