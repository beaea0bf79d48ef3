"""Bias correction: a source's wind to the Global Wind Atlas, its sun to the Global Solar Atlas."""

from dataclasses import replace

import numpy as np

from geodata.warnings import DataWarning
from geodata.weather.sun import LEAST_DIFFUSE
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear
from geodata.weather.zenith import hourly_height

WIND_RANGE, SUN_RANGE, BEAM_RANGE = (0.5, 2.0), (0.8, 1.25), (0.6, 1.6)


def corrected(year: WeatherYear) -> WeatherYear:
    """The year with its means moved to the atlases', hour by hour in proportion; a warning says by how much.

    The atlases hold long-term means: what ERA5 saw of the year against them (2009 to 2020; else nothing) stays in.
    """
    climate = ClimateTable.load().at(year.latitude, year.longitude)
    known = year.year in climate.years
    at = climate.years.index(year.year) if known else 0
    windy, sunny = (float(climate.wind_year[at]), float(climate.sun_year[at])) if known else (1.0, 1.0)
    said = []
    wind, sun = 1.0, 1.0
    if not climate.wind_coarse and _own(year, "wind_from_climate"):
        wind = float(np.clip(climate.wind_mean * windy / max(year.wind_100m_m_per_s.mean(), 0.1), *WIND_RANGE))
        said.append(f"wind x {wind:.3f} to the Global Wind Atlas")
    if not climate.ghi_coarse and _own(year, "sun_from_climate"):
        mean = year.ghi_w_per_m2.mean() * 24.0 / 1000.0
        sun = float(np.clip(climate.ghi_month.mean() * sunny / max(mean, 0.1), *SUN_RANGE))
        said.append(f"GHI x {sun:.3f} to the Global Solar Atlas")
    if not said:
        detail = "no atlas covers this place: wind and sun stand as the source gives them"
        return replace(year, warnings=(*year.warnings, DataWarning("bias_not_corrected", detail)))
    beam = None if climate.dni_mean is None else climate.dni_mean * sunny
    ghi, dni, dhi = _sun(year, sun, beam) if sun != 1.0 else (year.ghi_w_per_m2, year.dni_w_per_m2, year.dhi_w_per_m2)
    said.append("the year's own distance from the long term kept" if known else "to their long-term means")
    return replace(
        year,
        ghi_w_per_m2=ghi,
        dni_w_per_m2=dni,
        dhi_w_per_m2=dhi,
        wind_100m_m_per_s=year.wind_100m_m_per_s * wind,
        wind_10m_m_per_s=year.wind_10m_m_per_s * wind,
        measured_winds={height: values * wind for height, values in year.measured_winds.items()},
        warnings=(*year.warnings, DataWarning("bias_corrected", "; ".join(said))),
    )


def _own(year: WeatherYear, filled: str) -> bool:
    """True where the source itself gave the quantity."""
    return all(note.code != filled for note in year.warnings)


def _sun(year: WeatherYear, factor: float, dni_mean: float | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Irradiance scaled, the beam towards the atlas's own DNI (kWh/m2/day), closed by the diffuse."""
    height = hourly_height(year.time_utc, year.latitude, year.longitude)
    ghi = year.ghi_w_per_m2 * factor
    dni = year.dni_w_per_m2 * factor
    if dni_mean is not None and dni.any():
        dni = dni * float(np.clip(dni_mean / (dni.mean() * 24.0 / 1000.0), *BEAM_RANGE))
    most = np.divide((1.0 - LEAST_DIFFUSE) * ghi, height, out=np.zeros(len(ghi)), where=height > 1e-3)
    dni = np.minimum(dni, most)
    return ghi, dni, np.maximum(ghi - dni * height, 0.0)
