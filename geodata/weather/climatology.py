"""The embedded climate: an hourly year for any place on Earth, offline, the same every time."""

from functools import cache

import numpy as np

from geodata.countries import Countries
from geodata.datasets import datasets
from geodata.warnings import DataWarning
from geodata.weather.draws import draws
from geodata.weather.sun import hourly_irradiance
from geodata.weather.table import ClimateTable, PlaceClimate
from geodata.weather.temperature import hourly_temperature
from geodata.weather.wind import hourly_wind
from geodata.weather.year import WeatherYear, hours_of

ORDINARY_YEAR = 2019
KNOWN_ERROR = (
    "annual capacity factors, mean absolute error against the hourly series at hand (docs/climate.md): PV 4.3 %, "
    "wind 0.031; single places up to 15 and 16 % off, worst on fog coasts, in the wet tropics and north of 55 N. "
    "Hours are drawn with the measured statistics; they are not history."
)


class Climatology:
    """The embedded climate behind the protocol WeatherSource."""

    name = "climatology"
    reanalysis = False

    def __init__(self) -> None:
        self._table = ClimateTable.load()
        dataset = next(entry for entry in datasets() if entry.id == "climate")
        self._detail = f"{dataset.title}, version {dataset.version}: {dataset.attribution}"

    @classmethod
    def load(cls) -> "Climatology":
        """The source, its table read on the first call."""
        return _load()

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """An hourly year. `year` of None is an ordinary year, with the long-term means.

        A number is a year of its own: 2009 to 2020 have the mean wind and sun ERA5 saw here in that year, others those
        of one of the twelve; the hours are drawn.

        Raises ValueError outside the globe.
        """
        country = Countries.load().at(latitude, longitude)
        climate = self._table.at(latitude, longitude)
        calendar = ORDINARY_YEAR if year is None else year
        time = hours_of(calendar)
        draw = draws(calendar, len(time) // 24)
        windy, sunny = (1.0, 1.0) if year is None else year_factors(climate, year, draw.like)
        hours = np.arange(len(time))
        months = 12.0 * (hours + 0.5) / len(time)
        solar_hour = (hours + 0.5 + longitude / 15.0) % 24.0
        wind_100m, wind_10m = hourly_wind(climate, draw, months, solar_hour, windy, over_sea=country.offshore)
        ghi, dni, dhi = hourly_irradiance(climate, draw, time, latitude, longitude, sunny)
        return WeatherYear(
            latitude=latitude,
            longitude=longitude,
            elevation_m=0.0 if country.offshore else climate.elevation_m,
            over_sea=country.offshore,
            year=calendar,
            time_utc=time,
            ghi_w_per_m2=ghi,
            dni_w_per_m2=dni,
            dhi_w_per_m2=dhi,
            air_c=hourly_temperature(climate, draw, months, solar_hour),
            wind_100m_m_per_s=wind_100m,
            wind_10m_m_per_s=wind_10m,
            source=self.name,
            source_detail=self._detail,
            known_error=KNOWN_ERROR,
            warnings=_warnings(climate),
        )


def year_factors(climate: PlaceClimate, year: int, like: float) -> tuple[float, float]:
    """Mean wind and sun of a year over the long-term ones, of one measured year together: their link is kept."""
    known = climate.years
    row = known.index(year) if year in known else min(int(like * len(known)), len(known) - 1)
    return float(climate.wind_year[row]), float(climate.sun_year[row])


def _warnings(climate: PlaceClimate) -> tuple[DataWarning, ...]:
    """Where a coarser source stands in, say so."""
    coarse = {
        "wind mean from ERA5 (no wind atlas here)": climate.wind_coarse,
        "wind season from the nearest known cell": climate.season_coarse,
        "irradiance from 1 degree satellite means (no solar atlas here)": climate.ghi_coarse,
        "temperature from the nearest known cell": climate.air_coarse,
    }
    parts = [text for text, flag in coarse.items() if flag]
    return (DataWarning("climate_coarse", "; ".join(parts)),) if parts else ()


@cache
def _load() -> Climatology:
    return Climatology()
