"""ERA5 by the Copernicus Climate Data Store: one point's time series through its queue, with a free key."""

import io
import json
import time as clock
import zipfile
from typing import Any

import httpx
import numpy as np

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.online.client import MOST_BYTES, Fetcher
from geodata.weather.online.errors import SourceUnavailable
from geodata.weather.raw import RawWeather
from geodata.weather.source import last_whole_year
from geodata.weather.year import WeatherYear

URL = "https://cds.climate.copernicus.eu/api/retrieve/v1"
PROCESS = "processes/reanalysis-era5-single-levels-timeseries/execution"
VARIABLES = (
    "2m_temperature",
    "surface_pressure",
    "surface_solar_radiation_downwards",
    "10m_u_component_of_wind",
    "10m_v_component_of_wind",
    "100m_u_component_of_wind",
    "100m_v_component_of_wind",
)
ORIGIN = Origin(
    "era5",
    "ERA5 hourly (Copernicus Climate Data Store), 0.25 degrees; direct and diffuse split after Erbs",
    "ERA5 wind capacity factors: mean absolute error 0.07 before correction, low over rough land",
)
J_TO_W = 1.0 / 3600.0


class Era5:
    """The service behind the protocol WeatherSource."""

    name = "era5"
    reanalysis = True

    def __init__(self, fetcher: Fetcher, key: str | None, url: str = URL, wait_seconds: float = 120.0) -> None:
        self._fetcher, self._key, self._url, self._wait = fetcher, key, url, wait_seconds

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """The hours of a calendar year, the last whole one where none is named.

        Raises SourceUnavailable where there is no key or the queue is too long.
        """
        year = year or last_whole_year()
        if not self._key:
            raise SourceUnavailable(self.name, "no key for the Climate Data Store is set")
        asked = {
            "variable": list(VARIABLES),
            "location": {"longitude": round(longitude, 4), "latitude": round(latitude, 4)},
            "date": [f"{year}-01-01/{year + 1}-01-01"],
            "data_format": "csv",
        }
        job = self._call("POST", f"{self._url}/{PROCESS}", {"inputs": asked})["jobID"]
        self._wait_for(str(job))
        link = str(self._call("GET", f"{self._url}/jobs/{job}/results")["asset"]["value"]["href"])
        raw = self._fetcher.ask(httpx.Request("GET", link), parse_archive, json.dumps(["era5", asked]))
        return weather_year(raw, raw, ORIGIN, latitude, longitude)

    def _wait_for(self, job: str) -> None:
        deadline, pause = clock.monotonic() + self._wait, 0.5
        while True:
            status = self._call("GET", f"{self._url}/jobs/{job}")["status"]
            if status == "successful":
                return
            if status in ("failed", "rejected", "dismissed"):
                raise SourceUnavailable(self.name, "its queue gave the request up")
            if clock.monotonic() + pause > deadline:
                raise SourceUnavailable(self.name, f"its queue took longer than {self._wait:g} s")
            clock.sleep(pause)
            pause = min(2.0 * pause, 5.0)

    def _call(self, method: str, url: str, body: Any = None) -> Any:
        """The JSON answer to a call with the key; never cached."""
        headers = {"PRIVATE-TOKEN": self._key or ""}
        return self._fetcher.ask(httpx.Request(method, url, json=body, headers=headers), _object)


def _object(content: bytes) -> Any:
    found = json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def parse_archive(content: bytes) -> RawWeather:
    """A zip of CSV tables; accumulated radiation belongs to the hour before the stamp, the rest to the stamp."""
    import pandas as pd  # slow to import: when first needed

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [item for item in archive.infolist() if item.filename.endswith(".csv")]
        if not files or sum(item.file_size for item in files) > MOST_BYTES:
            raise ValueError("no table, or too large a one")
        tables = [pd.read_csv(io.BytesIO(archive.read(item))) for item in files]
    frame = tables[0]
    for table in tables[1:]:
        frame = frame.merge(table, on="valid_time", suffixes=("", "_again"))
    time = pd.to_datetime(frame["valid_time"]).to_numpy().astype("datetime64[s]")
    columns = {
        name: frame[name].to_numpy(dtype=np.float64) for name in ("t2m", "sp", "ssrd", "u10", "v10", "u100", "v100")
    }
    return era5_rows(time, columns, float(frame["latitude"].iloc[0]), float(frame["longitude"].iloc[0]))


def era5_rows(time: np.ndarray, columns: dict[str, np.ndarray], latitude: float, longitude: float) -> RawWeather:
    """ERA5's own variables on the hours that begin: kelvin, J/m2 over the hour before, wind components."""

    def between(values: np.ndarray) -> np.ndarray:
        return np.asarray((values[:-1] + values[1:]) / 2.0)

    series = {
        "ghi": np.maximum(columns["ssrd"][1:], 0.0) * J_TO_W,
        "temp_air": between(columns["t2m"]) - 273.15,
    }
    if "fdir" in columns:
        series["bhi"] = np.maximum(columns["fdir"][1:], 0.0) * J_TO_W
        series["dhi"] = np.maximum(series["ghi"] - series["bhi"], 0.0)
    if "sp" in columns:
        series["pressure"] = between(columns["sp"])
    wind = {
        float(height): between(np.hypot(columns[f"u{height}"], columns[f"v{height}"]))
        for height in (10, 100)
        if f"u{height}" in columns
    }
    return RawWeather(
        time_utc=time[:-1], step_s=3600, series=series, wind=wind, name="era5", latitude=latitude, longitude=longitude
    )
