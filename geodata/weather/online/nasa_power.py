"""NASA POWER, hourly: CERES irradiance and MERRA-2 weather, 0.5 x 0.625 degrees, the whole globe, no key."""

from typing import Any

import numpy as np

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.online.client import Fetcher
from geodata.weather.raw import RawWeather
from geodata.weather.source import last_whole_year
from geodata.weather.year import WeatherYear

URL = "https://power.larc.nasa.gov/api/temporal/hourly/point"
PARAMETERS = {
    "ALLSKY_SFC_SW_DWN": "ghi",
    "ALLSKY_SFC_SW_DNI": "dni",
    "ALLSKY_SFC_SW_DIFF": "dhi",
    "T2M": "temp_air",
    "PS": "pressure",
    "WS10M": "10",
    "WS50M": "50",
}
MOST_SHEAR = 0.4
ORIGIN = Origin(
    "nasa_power",
    "NASA POWER hourly (CERES SYN1deg, MERRA-2), 0.5 x 0.625 degrees; wind at 100 m derived from 10 and 50 m",
    "MERRA-2 wind capacity factors: mean absolute error 0.07 before correction; hourly sun over a degree",
)


class NasaPower:
    """The service behind the protocol WeatherSource."""

    name = "nasa_power"
    reanalysis = True

    def __init__(self, fetcher: Fetcher, url: str = URL) -> None:
        self._fetcher, self._url = fetcher, url

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """The hours of a calendar year, the last whole one where none is named. Raises SourceUnavailable."""
        year = year or last_whole_year()
        params = {
            "parameters": ",".join(PARAMETERS),
            "community": "RE",
            "latitude": round(latitude, 4),
            "longitude": round(longitude, 4),
            "start": f"{year}0101",
            "end": f"{year}1231",
            "format": "JSON",
            "time-standard": "UTC",
        }
        raw = self._fetcher.json(self._url, params, parse_power)
        return weather_year(raw, raw, ORIGIN, latitude, longitude)


def parse_power(answer: Any) -> RawWeather:
    """The rows of an answer; stamps are the beginnings of the hours, -999 says that there is no value."""
    found = answer["properties"]["parameter"]
    missing = float(answer["header"]["fill_value"])
    stamps = sorted(found["T2M"])
    time = np.array([f"{s[:4]}-{s[4:6]}-{s[6:8]}T{s[8:10]}" for s in stamps], dtype="datetime64[h]")
    rows: dict[str, np.ndarray] = {}
    for parameter, name in PARAMETERS.items():
        values = np.array([found[parameter][stamp] for stamp in stamps], dtype=np.float64)
        rows[name] = np.where(values == missing, np.nan, values)
    low, high = rows.pop("10"), rows.pop("50")
    # The hour's own shear carries the wind on to 100 m, as far as it is one.
    exponent = np.clip(np.log(np.maximum(high, 0.1) / np.maximum(low, 0.1)) / np.log(5.0), 0.0, MOST_SHEAR)
    return RawWeather(
        time_utc=time.astype("datetime64[s]"),
        step_s=3600,
        series=rows,
        wind={10.0: low, 50.0: high, 100.0: high * 2.0**exponent},
        name="nasa_power",
        elevation_m=float(answer["geometry"]["coordinates"][2]),
    )
