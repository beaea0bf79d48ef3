"""The real weather files beside the project, through the product's own readers."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.files import read_weather
from geodata.weather.raw import RawWeather
from geodata.weather.year import WeatherYear
from tests.shared import SHARED

FOLDER = SHARED / "validation" / "weather"
ORIGIN = Origin("test", "real file", "")
BRANDENBURG = (52.4, 13.2)
ARIZONA = (34.3, -109.4)  # the file of the highlands gives no place
P11_SOLAR = "P11_brandenburg_germany_2010_coastdat_irradiance.csv"
P11_WIND = "P11_brandenburg_germany_2010_coastdat_10_80m.csv"
S14 = "S14_amazon_brazil_2019_nsrdb_30min.h5"
SOLAR = (
    "P01_minnesota_ironrange_2013_nsrdb.csv",
    "P02_texas_panhandle_2012_nsrdb.csv",
    "P04_texas_west_2013_nsrdb.csv",
    "P09_geraldton_west_australia_2020_himawari8_local.csv",
    "P09_geraldton_west_australia_2024_openmeteo_local.csv",
    P11_SOLAR,
    "S03_rome_italy_2008_meteosat_utc.csv",
    "S04_denmark_jutland_2023_openmeteo_utc.csv",
    "S05_piemonte_italy_tmy_pvgis52.csv",
    "S07_almeria_spain_2012_bnc.csv",
    S14,
)
WIND = (
    "P01_minnesota_ironrange_2013_wtk_100_120m.srw",
    "P01_minnesota_ironrange_2013_wtkv2_10-200m.csv",
    "P02_texas_panhandle_2012_wtk_80_100m.srw",
    "P02_texas_panhandle_2012_wtkv2_10-200m_utc.csv",
    "P04_texas_west_2013_wtk_100_120m.srw",
    "P09_geraldton_west_australia_2024_openmeteo_10_100m.csv",
    P11_WIND,
    "W03_arizona_eastern_typical_50-140m.srw",
    "W07_texas_gulf_offshore_2013_wtk_160_200m.srw",
)
PAIRS = {
    "P01": (SOLAR[0], WIND[0]),
    "P02": (SOLAR[1], WIND[2]),
    "P04": (SOLAR[2], WIND[4]),
    "P09": (SOLAR[4], WIND[5]),
    "P11": (P11_SOLAR, P11_WIND),
}
COLUMNS: dict[str, dict[str, Any]] = {
    P11_SOLAR: {"time": "time", "dhi": "dhi", "bhi": "dirhi", "temp_air": "temp_air", "wind_speed_10m": "v_wind"},
    P11_WIND: {
        "time": "time",
        "temp_air": "temperature_2m",
        "wind_speed_10m": "wind_speed_10m",
        "wind_speed_80m": "wind_speed_80m",
    },
    S14: {
        "time": "time",
        "ghi": "ghi",
        "dni": "dni",
        "dhi": "dhi",
        "temp_air": "air_temperature",
        "wind_speed_10m": "w",
    },
}
PLACES = {P11_SOLAR: BRANDENBURG, P11_WIND: BRANDENBURG, S14: (-7.03, -56.26), WIND[7]: ARIZONA}


def content_of(name: str) -> bytes:
    """The bytes of a file; the HDF5 one as the CSV that a user would make of it, its stamps as they stand."""
    folder = "solar" if name in SOLAR else "wind"
    if not name.endswith(".h5"):
        return Path(FOLDER / folder / f"{name}.gz").read_bytes()
    with h5py.File(FOLDER / folder / name) as file:
        columns = {key: file[key][:, 0] for key in ("ghi", "dni", "dhi", "air_temperature")}
        frame = pd.DataFrame({"time": file["time_index"][:].astype(str), **columns, "w": file["wind_speed"][:, 0]})
    out = io.StringIO()
    frame.to_csv(out, index=False)
    return out.getvalue().encode()


def raw_of(name: str, **more: Any) -> RawWeather:
    """A file as read."""
    columns = COLUMNS.get(name)
    field = "solar" if name in SOLAR else "wind"
    return read_weather(content_of(name), field, "auto", None if columns is None else columns | more)


@cache
def year_of(name: str) -> WeatherYear:
    """A file as the product uses it; the traps that it refuses are put right as its error says."""
    more = {"utc_offset_hours": -4.0} if name == S14 else {}
    raw, (latitude, longitude) = raw_of(name, **more), PLACES.get(name, (None, None))
    return weather_year(*((raw, None) if name in SOLAR else (None, raw)), ORIGIN, latitude, longitude)


@cache
def pair_of(name: str) -> WeatherYear:
    """A solar and a wind file of one place as one year."""
    solar, wind = PAIRS[name]
    return weather_year(raw_of(solar), raw_of(wind), ORIGIN, *PLACES.get(solar, (None, None)))


def reference(kind: str) -> pd.DataFrame:
    """PySAM's yields by file; `kind` is pv or wind."""
    return pd.read_csv(FOLDER / f"reference_{kind}_pysam.csv").set_index("file")


def case_costs() -> dict[str, float]:
    """Costs of the sizing case `mn-hydrogen`."""
    costs: dict[str, float] = json.loads((SHARED / "validation" / "sizing" / "cases.json").read_text())["mn-hydrogen"][
        "costs"
    ]
    return costs


def sam_turbine() -> tuple[np.ndarray, np.ndarray]:
    """Speeds and shares of the rating of the turbine behind the wind reference."""
    table = pd.read_csv(FOLDER / "sam_default_turbine_powercurve.csv")
    return table["wind_speed_ms"].to_numpy(float), table["power_kw"].to_numpy(float) / 1500.0
