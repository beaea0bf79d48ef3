"""Hourly irradiance from monthly means: clear sky x clearness of the day and hour, split into direct and diffuse.

Clear sky after Haurwitz (1945); the split after Erbs et al. (1982), then moved to the atlas's annual DNI where there
is one. Energy closes: GHI = DHI + DNI x cos(zenith) in every hour.
"""

import numpy as np
from scipy.special import betaincinv

from geodata.weather.draws import Draws
from geodata.weather.table import PlaceClimate

BRIGHTEST = 1.1  # clearness of the brightest days: measured 1.0-1.16 of Haurwitz's clear sky
DAY_SPREAD = 0.20  # variance of daily clearness over mean x (brightest - mean): measured 0.10-0.27
HOUR_SPREAD = 0.15  # standard deviation of hours around their day: measured 0.09-0.19
LEAST_DIFFUSE = 0.08
BEAM_RANGE = (0.6, 1.6)
LOW_SUN = 0.05  # cosine of the zenith below which all light is diffuse


def hourly_irradiance(
    climate: PlaceClimate, draw: Draws, time_utc: np.ndarray, latitude: float, longitude: float, sunny: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """GHI, DNI and DHI, (hours,) W/m2. sunny : the year's output over that of the long term."""
    day_of_year = np.repeat(np.arange(len(time_utc) // 24) + 1.0, 24)
    height = sun_height(day_of_year, latitude, longitude)
    up = height > 0.0
    clear = np.where(up, 1098.0 * height * np.exp(-0.057 / np.maximum(height, 1e-3)), 0.0)
    month = time_utc.astype("datetime64[M]").astype(int) % 12
    target = climate.ghi_month * sunny * 1000.0 / 24.0  # mean W/m2 of each month
    ghi = clear * _clearness(target, clear, month, longitude, draw)
    beam = None if climate.dni_mean is None else climate.dni_mean * sunny
    return _split(ghi, height, day_of_year, beam)


def sun_height(day_of_year: np.ndarray, latitude: float, longitude: float) -> np.ndarray:
    """Cosine of the zenith at the middle of each UTC hour (Spencer 1971)."""
    import pvlib  # slow to import: when first needed

    declination = pvlib.solarposition.declination_spencer71(day_of_year)
    minutes = pvlib.solarposition.equation_of_time_spencer71(day_of_year)
    hour = np.arange(len(day_of_year)) % 24 + 0.5 + longitude / 15.0 + minutes / 60.0
    angle = np.radians(15.0 * (hour - 12.0))
    here = np.radians(latitude)
    return np.asarray(np.sin(here) * np.sin(declination) + np.cos(here) * np.cos(declination) * np.cos(angle))


def _clearness(target: np.ndarray, clear: np.ndarray, month: np.ndarray, longitude: float, draw: Draws) -> np.ndarray:
    """Clearness of each hour, such that every month has its mean."""
    count = np.bincount(month, minlength=12)
    sky = np.bincount(month, clear, 12) / count
    mean = np.clip(np.divide(target, sky, out=np.full(12, 0.5), where=sky > 0.0), 0.05, BRIGHTEST - 0.05) / BRIGHTEST
    concentration = 1.0 / DAY_SPREAD - 1.0
    # A day ends at local midnight: the draw of a UTC hour is that of the day it belongs to there.
    days = len(draw.clear_day)
    day = np.floor((np.arange(len(month)) + longitude / 15.0) / 24.0).astype(int) % days
    of_month = month[np.minimum(np.arange(days) * 24 + 12, len(month) - 1)]
    daily = BRIGHTEST * betaincinv(
        mean[of_month] * concentration, (1.0 - mean[of_month]) * concentration, draw.clear_day
    )
    clearness = daily[day]
    room = 4.0 * clearness / BRIGHTEST * (1.0 - clearness / BRIGHTEST)  # overcast and cloudless days vary less
    clearness = np.clip(clearness + HOUR_SPREAD * room * draw.clear_hour, 0.02, BRIGHTEST)
    for _ in range(6):
        have = np.bincount(month, clear * clearness, 12) / count
        factor = np.divide(target, have, out=np.ones(12), where=have > 0.0)
        clearness = np.minimum(clearness * factor[month], BRIGHTEST + 0.1)
    return np.asarray(clearness)


def _split(
    ghi: np.ndarray, height: np.ndarray, day_of_year: np.ndarray, dni_mean: float | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Direct and diffuse; where the year's DNI is known (kWh/m2/day), the beam is scaled towards it."""
    import pvlib  # slow to import: when first needed

    extra = pvlib.irradiance.get_extra_radiation(day_of_year)
    day = height > LOW_SUN
    index = np.where(day, ghi / (extra * np.maximum(height, LOW_SUN)), 0.0)
    diffuse = np.where(
        index <= 0.22,
        1.0 - 0.09 * index,
        np.where(
            index <= 0.80, 0.9511 + index * (-0.1604 + index * (4.388 + index * (-16.638 + index * 12.336))), 0.165
        ),
    )
    beam = np.where(day, ghi * (1.0 - diffuse), 0.0)
    if dni_mean is not None and beam.any():
        made = float((beam / np.maximum(height, LOW_SUN)).mean()) * 24.0 / 1000.0
        beam = beam * np.clip(dni_mean / made, *BEAM_RANGE)
    beam = np.minimum(beam, (1.0 - LEAST_DIFFUSE) * ghi)
    beam = np.minimum(beam, extra * np.maximum(height, 0.0) * 0.82)  # no more than passes the clearest air
    dni = np.where(day, beam / np.maximum(height, LOW_SUN), 0.0)
    return ghi, dni, ghi - dni * np.maximum(height, 0.0)
