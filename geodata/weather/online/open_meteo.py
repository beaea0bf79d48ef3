"""Open-Meteo's archive: ERA5 and ERA5-Land with wind at 100 m; free for non-commercial use, a key for business."""

from typing import Any

import numpy as np

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.online.client import Fetcher
from geodata.weather.raw import RawWeather
from geodata.weather.source import last_whole_year
from geodata.weather.year import WeatherYear

URL = "https://archive-api.open-meteo.com/v1/archive"
PAID_URL = "https://customer-archive-api.open-meteo.com/v1/archive"
VARIABLES = (
    "shortwave_radiation",
    "direct_normal_irradiance",
    "diffuse_radiation",
    "temperature_2m",
    "surface_pressure",
    "snowfall",
    "wind_speed_10m",
    "wind_speed_100m",
)
ORIGIN = Origin(
    "open_meteo",
    "Open-Meteo archive (ERA5, Copernicus), CC BY 4.0",
    "ERA5 wind capacity factors: mean absolute error 0.07 before correction, low over rough land",
)


class OpenMeteo:
    """The service behind the protocol WeatherSource."""

    name = "open_meteo"
    reanalysis = True

    def __init__(self, fetcher: Fetcher, url: str | None = None, key: str | None = None) -> None:
        self._fetcher, self._key = fetcher, key
        self._url = url or (PAID_URL if key else URL)

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """The hours of a calendar year, the last whole one where none is named. Raises SourceUnavailable."""
        year = year or last_whole_year()
        params = {
            "latitude": round(latitude, 4),
            "longitude": round(longitude, 4),
            "start_date": f"{year}-01-01",
            "end_date": f"{year + 1}-01-01",  # what is stamped at the last hour's end
            "hourly": ",".join(VARIABLES),
            "wind_speed_unit": "ms",
            "timezone": "GMT",
        }
        secret = {"apikey": self._key} if self._key else None
        raw = self._fetcher.json(self._url, params, parse_archive, secret)
        return weather_year(raw, raw, ORIGIN, latitude, longitude)


def parse_archive(answer: Any) -> RawWeather:
    """Rows of an answer; a stamp ends the hour of radiation and snow. `null` says that there is no value."""
    hourly, units = answer["hourly"], answer["hourly_units"]
    offset = int(answer.get("utc_offset_seconds", 0))
    time = np.array(hourly["time"], dtype="datetime64[s]") - np.timedelta64(offset, "s")
    columns = {
        name: np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        for name, values in hourly.items()
        if name != "time"
    }
    from geodata.weather.files.known import open_meteo_rows  # slow to import: when first needed

    return open_meteo_rows(time, columns, units, None, None, float(answer["elevation"]))
