"""Hourly temperature from monthly means, daily range and slow weather."""

import numpy as np

from geodata.weather.draws import Draws
from geodata.weather.table import PlaceClimate
from geodata.weather.wind import monthly_to_hourly

WARMEST_HOUR = 15.0  # local solar time
SPREAD_BASE_C, SPREAD_PER_RANGE = 1.0, 0.12  # days vary more where the year does


def hourly_temperature(climate: PlaceClimate, draw: Draws, months: np.ndarray, solar_hour: np.ndarray) -> np.ndarray:
    """Temperature at 2 m, (hours,) Celsius; arguments as for the wind."""
    swing = monthly_to_hourly(climate.swing_month, months) / 2.0
    daily = swing * np.cos(2.0 * np.pi * (solar_hour - WARMEST_HOUR) / 24.0)
    spread = SPREAD_BASE_C + SPREAD_PER_RANGE * float(np.ptp(climate.air_month))
    return np.asarray(monthly_to_hourly(climate.air_month, months) + daily + spread * draw.air)
