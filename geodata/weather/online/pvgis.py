"""PVGIS: satellite irradiance for most land between 60 S and 65 N, a calendar year or a typical one, no key."""

from typing import Any

import numpy as np

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.online.client import Fetcher
from geodata.weather.raw import RawWeather
from geodata.weather.year import WeatherYear

URL = "https://re.jrc.ec.europa.eu/api/v5_3"
HOURLY = {"Gb(i)": "bhi", "Gd(i)": "dhi", "T2m": "temp_air"}
TYPICAL = {"G(h)": "ghi", "Gb(n)": "dni", "Gd(h)": "dhi", "T2m": "temp_air", "SP": "pressure"}
KNOWN_ERROR = "satellite irradiance, annual sums within about 5 %; wind from the embedded climate"
ORIGIN = Origin("pvgis", "PVGIS 5.3 hourly (SARAH, NSRDB or ERA5 by place; ERA5 temperature)", KNOWN_ERROR)
TYPICAL_ORIGIN = Origin("pvgis", "PVGIS 5.3 typical meteorological year", KNOWN_ERROR)


class Pvgis:
    """The service behind the protocol WeatherSource."""

    name = "pvgis"
    reanalysis = False

    def __init__(self, fetcher: Fetcher, url: str = URL) -> None:
        self._fetcher, self._url = fetcher, url

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """The hours of a calendar year, or of a typical year where none is named."""
        place = {"lat": round(latitude, 4), "lon": round(longitude, 4), "outputformat": "json"}
        if year is None:
            raw = self._fetcher.json(f"{self._url}/tmy", place, parse_typical)
            return weather_year(raw, None, TYPICAL_ORIGIN, latitude, longitude)
        params = place | {"startyear": year, "endyear": year, "components": 1, "angle": 0, "aspect": 0}
        raw = self._fetcher.json(f"{self._url}/seriescalc", params, parse_hourly)
        return weather_year(raw, None, ORIGIN, latitude, longitude)


def parse_hourly(answer: Any) -> RawWeather:
    """Rows of `seriescalc` on the horizontal; irradiance belongs to the instant of the stamp."""
    rows = answer["outputs"]["hourly"]
    time, minute = _times([row["time"] for row in rows])
    series = {name: np.array([row[key] for row in rows], dtype=np.float64) for key, name in HOURLY.items()}
    wind = {10.0: np.array([row["WS10m"] for row in rows], dtype=np.float64)}
    return _raw(answer, time, minute / 60.0, series, wind, typical=False)


def parse_typical(answer: Any) -> RawWeather:
    """Rows of `tmy`; the header says how long after the stamp the irradiance was seen."""
    rows = answer["outputs"]["tmy_hourly"]
    time, _ = _times([row["time(UTC)"] for row in rows])
    series = {name: np.array([row[key] for row in rows], dtype=np.float64) for key, name in TYPICAL.items()}
    wind = {10.0: np.array([row["WS10m"] for row in rows], dtype=np.float64)}
    later = float(answer["inputs"]["location"].get("irradiance_time_offset", 0.0))
    return _raw(answer, time, later, series, wind, typical=True)


def _times(stamps: list[str]) -> tuple[np.ndarray, int]:
    """Hours of stamps as `20130101:0010`, and the minute they share."""
    time = np.array([f"{s[:4]}-{s[4:6]}-{s[6:8]}T{s[9:11]}" for s in stamps], dtype="datetime64[h]")
    return time.astype("datetime64[s]"), int(stamps[0][11:13])


def _raw(
    answer: Any,
    time: np.ndarray,
    instant_at: float,
    series: dict[str, np.ndarray],
    wind: dict[float, np.ndarray],
    *,
    typical: bool,
) -> RawWeather:
    return RawWeather(
        time_utc=time,
        step_s=3600,
        series=series,
        wind=wind,
        name="pvgis",
        elevation_m=float(answer["inputs"]["location"]["elevation"]),
        instant_at=instant_at % 1.0,
        typical=typical,
    )
