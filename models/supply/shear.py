"""Wind at hub height from the heights that are known."""

from collections.abc import Mapping

import numpy as np

from models.arrays import FloatArray


def wind_at_height(
    speeds_m_per_s: Mapping[float, FloatArray], height_m: float, exponent: FloatArray | float
) -> FloatArray:
    """Wind at a height, m/s, of the shape of the speeds.

    speeds_m_per_s : by height above ground, m. Between two heights a power law through both, hour by hour; beyond them
    the nearest one's with `exponent` (a number, or (sites, 1)). IEC 61400-1, normal wind profile.

    >>> round(float(wind_at_height({50.0: np.array([8.0])}, 100.0, 0.14)[0]), 3)
    8.815
    """
    heights = sorted(speeds_m_per_s)
    if height_m in speeds_m_per_s:
        return speeds_m_per_s[height_m]
    below = [height for height in heights if height < height_m]
    above = [height for height in heights if height > height_m]
    if not below or not above:
        nearest = above[0] if above else below[-1]
        return np.asarray(speeds_m_per_s[nearest] * (height_m / nearest) ** exponent)
    low, high = below[-1], above[0]
    share = np.log(height_m / low) / np.log(high / low)
    slow, fast = (np.maximum(speeds_m_per_s[height], 1e-3) for height in (low, high))
    return np.asarray(slow * (fast / slow) ** share)
