"""Wind at the heights that every year states, from those a source has."""

from collections.abc import Mapping

import numpy as np

SHEAR_LAND, SHEAR_SEA = 0.14, 0.10  # power law: one-seventh over open land, less over the sea (Hsu et al. 1994)
TURBINE_LEAST_M = 30.0  # winds below say little about a turbine's


def at_height(winds: Mapping[float, np.ndarray], height_m: float, *, over_sea: bool) -> np.ndarray:
    """Wind at a height: the power law through the two heights around it, beyond them that of land or sea."""
    if height_m in winds:
        return np.asarray(winds[height_m])
    below = max((height for height in winds if height < height_m), default=None)
    above = min((height for height in winds if height > height_m), default=None)
    if below is not None and above is not None:
        share = np.log(height_m / below) / np.log(above / below)
        slow, fast = np.maximum(winds[below], 1e-3), np.maximum(winds[above], 1e-3)
        return np.asarray(slow * (fast / slow) ** share)
    nearest = above if below is None else below
    if nearest is None:
        raise ValueError("no height is known")
    return np.asarray(winds[nearest] * (height_m / nearest) ** (SHEAR_SEA if over_sea else SHEAR_LAND))
