"""The random part of a year: how windy and how clear each hour is, as ranks between 0 and 1.

The draws depend on the year alone, not on the place: neighbours see the same weather systems, and the cost of a place
varies smoothly over the map instead of with the luck of its draw. The processes are sums of first-order
autoregressions; a slow one carries the lulls of days.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

WIND_PARTS = ((0.30, 42.0), (0.70, 9.0))  # variance share, hours: lag 1 h 0.92, lag 24 h 0.22 before season and day
SUN_DAY_LAG = 0.3  # day to day, measured 0.20-0.39 on eight sites
SUN_HOUR_LAG = 0.45  # hour to hour within a day, measured 0.36-0.71
SUN_WIND = -0.1  # daily clearness with daily wind: measured -0.07 to 0.11 in the US; more negative in Europe
AIR_HOURS = 72.0


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """wind (hours,): ranks 0-1; clear_day (days,): ranks; clear_hour and air (hours,): standard normal.

    like: a number 0-1 that picks which measured year's means this one has.
    """

    wind: np.ndarray
    clear_day: np.ndarray
    clear_hour: np.ndarray
    air: np.ndarray
    like: float


def _autoregression(noise: np.ndarray, lag_1: float) -> np.ndarray:
    """A stationary process of variance 1; the first fifth of the noise warms it up and is dropped."""
    from scipy.signal import lfilter  # a quarter of the service's start: it is had when first needed

    process = lfilter([np.sqrt(1.0 - lag_1**2)], [1.0, -lag_1], noise)
    return np.asarray(process[len(noise) // 6 :])


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks of the values, evenly spread between 0 and 1: every year holds the whole distribution."""
    order = np.empty(len(values))
    order[np.argsort(values, kind="stable")] = np.arange(len(values))
    return (order + 0.5) / len(values)


@lru_cache(maxsize=32)
def draws(year: int, days: int) -> Draws:
    """The draws of a year of `days`."""
    random = np.random.Generator(np.random.PCG64(year))
    hours = 24 * days

    def normal(size: int) -> np.ndarray:
        uniform = (random.integers(0, 2**53, size) + 0.5) / 2.0**53
        return np.asarray(ndtri(uniform))

    wind = sum(
        np.sqrt(share) * _autoregression(normal(hours * 6 // 5), float(np.exp(-1.0 / scale)))
        for share, scale in WIND_PARTS
    )
    daily_wind = np.asarray(wind).reshape(days, 24).mean(axis=1)
    daily_wind = (daily_wind - daily_wind.mean()) / daily_wind.std()
    own = _autoregression(normal(days * 6 // 5), SUN_DAY_LAG)
    clear_day = SUN_WIND * daily_wind + np.sqrt(1.0 - SUN_WIND**2) * own
    clear_hour = _autoregression(normal(hours * 6 // 5), SUN_HOUR_LAG)
    air = _autoregression(normal(hours * 6 // 5), float(np.exp(-1.0 / AIR_HOURS)))
    found = Draws(
        wind=_ranks(np.asarray(wind)),
        clear_day=np.asarray(ndtr(clear_day)),
        clear_hour=clear_hour,
        air=air - air.mean(),
        like=float(ndtr(normal(1)[0])),
    )
    for series in (found.wind, found.clear_day, found.clear_hour, found.air):
        series.setflags(write=False)
    return found
