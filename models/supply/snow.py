"""Snow on the modules, as it falls and slides.

Marion et al. 2013, Solar Energy 97, 112-121, as in SAM: Ryberg and Freeman 2017, NREL/TP-6A20-68705. A fall of a
centimetre an hour covers the row; the cover slides off by 0.197 of the slope an hour times the sine of the tilt
whenever the air is warm or the sun strong enough.
"""

import numpy as np

from models.arrays import FloatArray

COVERING_CM_PER_HOUR = 1.0
SLIDES_ABOVE_W_PER_M2_C = -80.0  # air warmer than irradiance over this lets it slide
SLIDE_PER_HOUR = 0.197


def snow_cover(
    snowfall_cm: FloatArray, plane_w_per_m2: FloatArray, air_c: FloatArray, sin_tilt: FloatArray
) -> FloatArray:
    """Share of the slope that snow covers, (sites, hours) in 0-1; the year begins clear.

    snowfall_cm : fresh snow of the hour. plane_w_per_m2 : irradiance on the clear plane. Arrays (sites, hours).
    """
    falls = snowfall_cm >= COVERING_CM_PER_HOUR
    slides = (air_c > plane_w_per_m2 / SLIDES_ABOVE_W_PER_M2_C) & ~falls
    slid = np.cumsum(np.where(slides, SLIDE_PER_HOUR * sin_tilt, 0.0), axis=-1)
    # What had slid when snow last fell: cumulative sums only rise, so the latest fall has the largest.
    at_last_fall = np.maximum.accumulate(np.where(falls, slid, -np.inf), axis=-1)
    return np.asarray(np.clip(1.0 - (slid - at_last_fall), 0.0, 1.0))


def strings_lost(cover: FloatArray, strings_up_the_slope: float) -> FloatArray:
    """Share of the output lost: a string whose lower edge is covered gives nothing."""
    return np.asarray(np.ceil(cover * strings_up_the_slope - 1e-9) / strings_up_the_slope)
