"""Where the sun stands: unit vectors in the local east, north, up frame, for many sites at once.

The sun's right ascension and declination depend on time alone; a site turns one vector by its longitude and latitude,
three products each. Astronomical Almanac's low-precision formulas as given by Michalsky 1988, Solar Energy 40, 227-235
(0.01 degree, 1950-2050). Refraction after Saemundsson in the form of Reda and Andreas 2004, NREL/TP-560-34302.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from models.arrays import FloatArray, TimeArray
from models.supply.table import Table

HALF_HOUR_DEG = 7.5  # the sun's turn in half an hour
LOW_SUN = 0.1306  # sine of that turn: below it an hour may hold sunrise or sunset
SOLAR_CONSTANT_W_PER_M2 = 1366.1
J2000_S = 946_728_000  # Unix time of 1 January 2000, noon
DAY_S = 86_400


class SunVector(NamedTuple):
    """Components of the unit vector towards the sun; `up` is the cosine of the true zenith angle."""

    east: FloatArray
    north: FloatArray
    up: FloatArray


class _Course(NamedTuple):
    """(hours,) sine and cosine of the declination; Greenwich hour angle, radians, and the parts of the sun's vector
    along the equator by it; irradiance above the air, W/m2."""

    sine: FloatArray
    cosine: FloatArray
    angle: FloatArray
    toward_greenwich: FloatArray
    past_greenwich: FloatArray
    extra: FloatArray


def sun_vector(time_utc: TimeArray, latitude: FloatArray, longitude: FloatArray) -> SunVector:
    """Sun in the middle of the hours that begin at `time_utc`, (sites, hours).

    latitude, longitude : (sites,) degrees.
    """
    course = _course_of(time_utc)
    phi, lam = np.radians(np.atleast_1d(latitude))[:, None], np.radians(np.atleast_1d(longitude))[:, None]
    x, y = course.toward_greenwich, course.past_greenwich
    toward = x * np.cos(lam)
    toward -= y * np.sin(lam)
    east = y * -np.cos(lam)
    east -= x * np.sin(lam)
    up = np.cos(phi) * toward
    up += np.sin(phi) * course.sine
    toward *= -np.sin(phi)
    toward += np.cos(phi) * course.sine
    return SunVector(east, toward, up)


def into_daylight(
    sun: SunVector,
    site: np.ndarray,
    hour: np.ndarray,
    time_utc: TimeArray,
    latitude: FloatArray,
    longitude: FloatArray,
) -> None:
    """Move the sun of the hours that hold sunrise or sunset to the middle of their lit part, in place.

    sun : (n,) each, of hours in which the sun shines; site, hour : (n,) their places in latitude and time_utc.
    """
    low = np.flatnonzero(sun.up < LOW_SUN)
    site, course = site.take(low), _course_of(time_utc)
    hour = hour.take(low)
    sin_phi, cos_phi = np.sin(np.radians(latitude)).take(site), np.cos(np.radians(latitude)).take(site)
    sine, cosine = course.sine.take(hour), course.cosine.take(hour)
    cos_set = -sin_phi * sine / np.maximum(cos_phi * cosine, 1e-12)
    half_day = np.arccos(np.minimum(np.maximum(cos_set, -1.0), 1.0))
    turn = np.radians(HALF_HOUR_DEG)
    middle = course.angle.take(hour) + np.radians(longitude).take(site)
    middle -= 2.0 * np.pi * np.floor(middle / (2.0 * np.pi) + 0.5)
    first, last = np.maximum(middle - turn, -half_day), np.minimum(middle + turn, half_day)
    at = np.where((last > first) & (np.abs(cos_set) < 1.0), 0.5 * (first + last), middle)
    toward = cosine * np.cos(at)
    sun.east[low] = -cosine * np.sin(at)
    sun.up[low] = sin_phi * sine + cos_phi * toward
    sun.north[low] = cos_phi * sine - sin_phi * toward


def extraterrestrial_w_per_m2(time_utc: TimeArray) -> FloatArray:
    """Irradiance above the air on a plane that faces the sun, (hours,): the year's distance to the sun."""
    return _course_of(time_utc).extra


def _course_of(time_utc: TimeArray) -> _Course:
    return _course(np.asarray(time_utc).astype("datetime64[s]").astype(np.int64).tobytes())


@lru_cache(maxsize=32)
def _course(seconds: bytes) -> _Course:
    """Declination and Greenwich hour angle at the middle of each hour."""
    days = (np.frombuffer(seconds, dtype=np.int64) + 1800 - J2000_S) / DAY_S
    mean_longitude = np.radians((280.460 + 0.9856474 * days) % 360.0)
    anomaly = np.radians((357.528 + 0.9856003 * days) % 360.0)
    ecliptic = mean_longitude + np.radians(1.915) * np.sin(anomaly) + np.radians(0.020) * np.sin(2.0 * anomaly)
    obliquity = np.radians(23.439 - 4e-7 * days)
    sine = np.sin(obliquity) * np.sin(ecliptic)
    ascension = np.arctan2(np.cos(obliquity) * np.sin(ecliptic), np.cos(ecliptic))
    sidereal = np.radians((15.0 * (18.697375 + 24.0657098242 * days)) % 360.0)
    distance = 1.00014 - 0.01671 * np.cos(anomaly) - 0.00014 * np.cos(2.0 * anomaly)
    extra = SOLAR_CONSTANT_W_PER_M2 / distance**2
    cosine, angle = np.sqrt(1.0 - sine**2), sidereal - ascension
    found = _Course(sine, cosine, angle, cosine * np.cos(angle), cosine * np.sin(angle), extra)
    for series in found:
        series.setflags(write=False)
    return found


def _refracted(up: FloatArray) -> FloatArray:
    """Cosine of the apparent zenith at 1,010 hPa and 10 C from that of the true one."""
    height = np.degrees(np.arcsin(np.clip(up, -1.0, 1.0)))
    lift = np.where(height > -0.8, 1.02 / (60.0 * np.tan(np.radians(height + 10.3 / (height + 5.11)))), 0.0)
    return np.asarray(np.sin(np.radians(height + lift)))


apparent_up = Table(_refracted, -0.05, 1.0, 8192)
"""Cosine of the apparent zenith from that of the true one, within 0.01 degree down to the horizon."""
