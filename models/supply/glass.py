"""How much light passes the glass of a module, by the cosine of the angle at which it comes."""

import numpy as np
import pvlib

from models.arrays import FloatArray
from models.supply.table import Table

COATED_GLASS = {"n": 1.526, "K": 4.0, "L": 0.002, "n_ar": 1.3}  # with anti-reflection coat, as PVWatts' standard


def _beam(cosine: FloatArray) -> FloatArray:
    return np.asarray(pvlib.iam.physical(np.degrees(np.arccos(cosine)), **COATED_GLASS))


beam_passed = Table(_beam, 0.0, 1.0, 8192)
"""Share of the beam that passes, relative to normal incidence (De Soto et al. 2006, Solar Energy 80, 78-88)."""


def sky_passed(cos_tilt: FloatArray) -> FloatArray:
    """The same for the sky's diffuse light on a tilted plane (Brandemuehl and Beckman 1980)."""
    tilt = np.degrees(np.arccos(cos_tilt))
    return np.asarray(pvlib.iam.physical(59.7 - 0.1388 * tilt + 0.001497 * tilt**2, **COATED_GLASS))


def ground_passed(cos_tilt: FloatArray) -> FloatArray:
    """The same for light from the ground."""
    tilt = np.degrees(np.arccos(cos_tilt))
    return np.asarray(pvlib.iam.physical(90.0 - 0.5788 * tilt + 0.002693 * tilt**2, **COATED_GLASS))
