"""How much light passes the glass of a module, by the cosine of the angle at which it comes."""

from functools import cache

import numpy as np

from models.arrays import FloatArray
from models.supply.table import Table

COATED_GLASS = {"n": 1.526, "K": 4.0, "L": 0.002, "n_ar": 1.3}  # with anti-reflection coat, as PVWatts' standard


def _beam(cosine: FloatArray) -> FloatArray:
    import pvlib  # slow to import: when first needed

    return np.asarray(pvlib.iam.physical(np.degrees(np.arccos(cosine)), **COATED_GLASS))


@cache
def _tabulated() -> Table:
    return Table(_beam, 0.0, 1.0, 8192)


def beam_passed(cosine: FloatArray) -> FloatArray:
    """Share of the beam that passes, relative to normal incidence (De Soto et al. 2006, Solar Energy 80, 78-88)."""
    return _tabulated()(cosine)


def sky_passed(cos_tilt: FloatArray) -> FloatArray:
    """The same for the sky's diffuse light on a tilted plane (Brandemuehl and Beckman 1980)."""
    import pvlib  # slow to import: when first needed

    tilt = np.degrees(np.arccos(cos_tilt))
    return np.asarray(pvlib.iam.physical(59.7 - 0.1388 * tilt + 0.001497 * tilt**2, **COATED_GLASS))


def ground_passed(cos_tilt: FloatArray) -> FloatArray:
    """The same for light from the ground."""
    import pvlib  # slow to import: when first needed

    tilt = np.degrees(np.arccos(cos_tilt))
    return np.asarray(pvlib.iam.physical(90.0 - 0.5788 * tilt + 0.002693 * tilt**2, **COATED_GLASS))
