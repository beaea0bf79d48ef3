"""The sun's position at the middle of each hour, kept for the places asked last."""

from functools import lru_cache

import numpy as np
import pvlib

from models.arrays import FloatArray, TimeArray

AIR_C = 12.0  # of the refraction correction, as pvlib's default
REFRACTION_DEG = 0.5667


def sun_position(
    time_utc: TimeArray, latitude: float, longitude: float, elevation_m: float
) -> tuple[FloatArray, FloatArray]:
    """Apparent zenith and azimuth (hours,), degrees, by NREL's solar position algorithm (Reda and Andreas 2004)."""
    half = np.timedelta64(1800, "s")
    seconds = (np.asarray(time_utc).astype("datetime64[s]") + half).astype(np.int64)
    zenith, azimuth = _position(seconds.tobytes(), float(latitude), float(longitude), float(elevation_m))
    return zenith, azimuth


@lru_cache(maxsize=16)
def _position(seconds: bytes, latitude: float, longitude: float, elevation_m: float) -> tuple[FloatArray, FloatArray]:
    unix = np.frombuffer(seconds, dtype=np.int64).astype(float)
    pressure_hpa = pvlib.atmosphere.alt2pres(elevation_m) / 100.0
    delta_t = pvlib.spa.calculate_deltat(int(1970 + unix.mean() / 31_556_952), 7)
    found = pvlib.spa.solar_position(
        unix, latitude, longitude, elevation_m, pressure_hpa, AIR_C, delta_t, REFRACTION_DEG
    )
    zenith, azimuth = np.array(found[0]), np.array(found[4])
    zenith.setflags(write=False)
    azimuth.setflags(write=False)
    return zenith, azimuth
