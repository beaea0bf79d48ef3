"""Hourly wind from a place's climate: mean x season x time of day x a Weibull distribution in the order drawn."""

import numpy as np
from scipy.special import gamma

from geodata.weather.draws import Draws
from geodata.weather.table import PlaceClimate

WEIBULL_K = 2.3  # of the whole year at 100 m: measured 2.3 +- 0.5
DAY_SWING_LAND, DAY_SWING_SEA = 0.12, 0.02  # amplitude of the daily cycle at 100 m; measured 0.08-0.22 over land
PEAK_HOUR_LAND = 23.0  # local solar time at 100 m: the nocturnal jet; 10 m wind peaks after noon
SHEAR_LAND, SHEAR_SEA = 0.18, 0.10
SHEAR_SWING_LAND = 0.10  # strong at night, weak in the mixed air of the afternoon
LEAST_SPREAD = 0.25


def hourly_wind(
    climate: PlaceClimate, draw: Draws, months: np.ndarray, solar_hour: np.ndarray, windy: float, *, over_sea: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Wind at 100 m and at 10 m, (hours,) m/s.

    months : (hours,) position in the year in months, 0-12. solar_hour : (hours,) local solar time, 0-24.
    windy : the year's mean over the long-term one.
    """
    swing = DAY_SWING_SEA if over_sea else DAY_SWING_LAND
    night = np.cos(2.0 * np.pi * (solar_hour - PEAK_HOUR_LAND) / 24.0)
    regular = monthly_to_hourly(climate.wind_season, months) * (1.0 + swing * night)
    # Season and day widen the distribution: the drawn part is narrower, so that the whole has the measured spread.
    whole = gamma(1.0 + 2.0 / WEIBULL_K) / gamma(1.0 + 1.0 / WEIBULL_K) ** 2
    spread = np.sqrt(max(whole / (1.0 + (regular.std() / regular.mean()) ** 2) - 1.0, LEAST_SPREAD**2))
    shape = spread**-1.086  # Justus et al. 1978: the shape of a Weibull distribution by its spread
    drawn = (-np.log1p(-draw.wind)) ** (1.0 / shape)
    speed = regular * drawn
    speed *= climate.wind_mean * windy / speed.mean()
    exponent = SHEAR_SEA if over_sea else SHEAR_LAND + SHEAR_SWING_LAND * night
    return speed, speed * 0.1**exponent


def monthly_to_hourly(values: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Monthly means as a smooth course: linear between the middles of months, round the year."""
    around = np.concatenate([values[-1:], values, values[:1]])
    return np.asarray(np.interp(months, np.arange(-0.5, 13.0), around))
