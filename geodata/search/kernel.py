"""The search itself (numba): a balanced tree of boxes around straight pieces, walked from the nearest box outwards.

Nodes are numbered as in a heap: the root is 1, the children of n are 2n and 2n + 1, the leaves come last and hold
`LEAF` pieces each. A box also knows the highest rank below it, so that a search for 'at least 220 kV' passes by
whatever cannot hold one.
"""

import numpy as np
from numba import njit

LEAF = 8
DEEPEST = 64


@njit(cache=True, nogil=True, error_model="numpy")
def _box_distance2(low: np.ndarray, high: np.ndarray, x: float, y: float, z: float) -> float:
    """Squared distance from a point to a box, 0 inside."""
    dx = max(low[0] - x, 0.0, x - high[0])
    dy = max(low[1] - y, 0.0, y - high[1])
    dz = max(low[2] - z, 0.0, z - high[2])
    distance2: float = dx * dx + dy * dy + dz * dz
    return distance2


@njit(cache=True, nogil=True, error_model="numpy")
def search(
    here: np.ndarray,
    least: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    owner: np.ndarray,
    rank: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    top: np.ndarray,
    k: int,
) -> tuple[np.ndarray, np.ndarray]:
    """The k nearest owners of each point: (points, k) owners, -1 where there are fewer, and (points, k, 3) feet.

    here : (points, 3) m. least : (points,) least rank. start, end : (pieces, 3) m. owner, rank : (pieces,).
    low, high : (nodes, 3) m. top : (nodes,) highest rank below.
    """
    points = here.shape[0]
    leaves = low.shape[0] // 2
    found = np.full((points, k), -1, dtype=np.int64)
    feet = np.zeros((points, k, 3))
    best = np.empty(k)
    stack = np.empty(DEEPEST, dtype=np.int64)
    bound = np.empty(DEEPEST)
    for i in range(points):
        x, y, z, needed = here[i, 0], here[i, 1], here[i, 2], least[i]
        best[:] = np.inf
        depth = 0
        if top[1] >= needed:
            stack[0], bound[0], depth = 1, _box_distance2(low[1], high[1], x, y, z), 1
        while depth > 0:
            depth -= 1
            node = stack[depth]
            if bound[depth] >= best[k - 1]:
                continue
            if node < leaves:
                left, right = 2 * node, 2 * node + 1
                to_left = _box_distance2(low[left], high[left], x, y, z)
                to_right = _box_distance2(low[right], high[right], x, y, z)
                if to_left < to_right:
                    left, right, to_left, to_right = right, left, to_right, to_left
                # The nearer child is walked first: it goes on top.
                if top[left] >= needed and to_left < best[k - 1]:
                    stack[depth], bound[depth] = left, to_left
                    depth += 1
                if top[right] >= needed and to_right < best[k - 1]:
                    stack[depth], bound[depth] = right, to_right
                    depth += 1
                continue
            first = (node - leaves) * LEAF
            for piece in range(first, min(first + LEAF, owner.shape[0])):
                if rank[piece] < needed:
                    continue
                ax, ay, az = start[piece, 0], start[piece, 1], start[piece, 2]
                dx, dy, dz = end[piece, 0] - ax, end[piece, 1] - ay, end[piece, 2] - az
                length2 = dx * dx + dy * dy + dz * dz
                along = 0.0
                if length2 > 0.0:
                    along = ((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / length2
                    along = min(max(along, 0.0), 1.0)
                fx, fy, fz = ax + along * dx, ay + along * dy, az + along * dz
                distance2 = (x - fx) ** 2 + (y - fy) ** 2 + (z - fz) ** 2
                if distance2 >= best[k - 1]:
                    continue
                slot = k - 1
                for j in range(k):  # an owner is listed once
                    if found[i, j] == owner[piece]:
                        slot = j
                        break
                if distance2 >= best[slot]:
                    continue
                while slot > 0 and best[slot - 1] > distance2:
                    best[slot] = best[slot - 1]
                    found[i, slot] = found[i, slot - 1]
                    feet[i, slot] = feet[i, slot - 1]
                    slot -= 1
                best[slot] = distance2
                found[i, slot] = owner[piece]
                feet[i, slot, 0], feet[i, slot, 1], feet[i, slot, 2] = fx, fy, fz
    return found, feet
