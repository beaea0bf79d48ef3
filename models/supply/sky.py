"""Diffuse light on a tilted plane, and what the path through the air does to the spectrum."""

from functools import cache

import numpy as np

from models.arrays import FloatArray

KAPPA = 1.041  # of Perez's clearness, zenith in radians
CLEARNESS_EDGES = (1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2)
STEPS_PER_CLEARNESS = 200  # every edge is a whole number of steps
LEAST_UP = float(np.cos(np.radians(85.0)))
# De Soto, Klein and Beckman 2006, Solar Energy 80, 78-88: crystalline silicon, a polynomial in the absolute air mass.
SPECTRAL_CRYSTALLINE = (0.918093, 0.086257, -0.024459, 0.002816, -0.000126)
MOST_AIR_MASS = 10.0  # the polynomial was fitted below it


_ROW = np.searchsorted(
    CLEARNESS_EDGES, np.arange(CLEARNESS_EDGES[-1] * STEPS_PER_CLEARNESS + 1.0) / STEPS_PER_CLEARNESS + 1e-9, "right"
)


@cache
def _perez() -> tuple[FloatArray, FloatArray]:
    """F1 and F2 of Perez et al. 1990, (3, rows)."""
    import pvlib  # slow to import: when first needed

    first, second = pvlib.irradiance._get_perez_coefficients("allsitescomposite1990")
    return np.ascontiguousarray(first.T), np.ascontiguousarray(second.T)


def air_mass(zenith: FloatArray, up: FloatArray) -> FloatArray:
    """Relative air mass from the apparent zenith angle, radians, and its cosine.

    Kasten and Young 1989, Applied Optics 28, 4735-4738.

    >>> round(float(air_mass(np.radians([60.0]), np.array([0.5]))[0]), 3)
    1.994
    """
    path = np.log(96.07995 - np.degrees(zenith))
    path *= -1.6364
    path = np.exp(path, out=path)  # a power, but twice as fast
    path *= 0.50572
    path += up
    return np.divide(1.0, path, out=path)


def perez_factors(
    dni_w_per_m2: FloatArray,
    dhi_w_per_m2: FloatArray,
    zenith: FloatArray,
    mass: FloatArray,
    extra_w_per_m2: FloatArray | float,
) -> tuple[FloatArray, FloatArray]:
    """Circumsolar and horizon brightness F1 and F2 of Perez et al. 1990, Solar Energy 44, 271-289.

    zenith : apparent, radians. mass : relative air mass. All arrays of one shape.
    """
    step = dni_w_per_m2 / np.maximum(dhi_w_per_m2, 1e-6)
    cube = zenith * zenith
    cube *= zenith
    cube *= KAPPA
    cube += 1.0
    step /= cube
    step += 1.0
    step *= STEPS_PER_CLEARNESS
    row = _ROW.take(np.minimum(step, len(_ROW) - 1.0, out=step).astype(np.intp))
    bright = dhi_w_per_m2 * mass
    bright /= extra_w_per_m2
    f1, f2 = _perez()
    circumsolar = f1[0].take(row)
    circumsolar += f1[1].take(row) * bright
    circumsolar += f1[2].take(row) * zenith
    horizon = f2[0].take(row)
    horizon += f2[1].take(row) * bright
    horizon += f2[2].take(row) * zenith
    return np.maximum(circumsolar, 0.0, out=circumsolar), horizon


def perez_sky(
    dni_w_per_m2: FloatArray,
    dhi_w_per_m2: FloatArray,
    zenith: FloatArray,
    up: FloatArray,
    mass: FloatArray,
    cos_incidence: FloatArray,
    cos_tilt: FloatArray | float,
    sin_tilt: FloatArray | float,
    extra_w_per_m2: FloatArray | float,
) -> FloatArray:
    """Diffuse irradiance of the sky on a plane, W/m2. Arrays of one shape; `up` is the cosine of `zenith`."""
    circumsolar, horizon = perez_factors(dni_w_per_m2, dhi_w_per_m2, zenith, mass, extra_w_per_m2)
    around = np.maximum(cos_incidence, 0.0)
    around /= np.maximum(up, LEAST_UP)
    horizon *= sin_tilt
    horizon += circumsolar * around
    horizon += (1.0 - circumsolar) * (0.5 + 0.5 * cos_tilt)
    horizon *= dhi_w_per_m2
    return np.maximum(horizon, 0.0, out=horizon)


def spectral_factor(absolute_air_mass: FloatArray) -> FloatArray:
    """What the spectrum makes of crystalline silicon's output: 1 near air mass 1.5."""
    mass = np.minimum(absolute_air_mass, MOST_AIR_MASS)
    a0, a1, a2, a3, a4 = SPECTRAL_CRYSTALLINE
    return np.asarray(a0 + mass * (a1 + mass * (a2 + mass * (a3 + mass * a4))))
