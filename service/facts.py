"""What is known about a place: weather, grid and country, from the data this instance holds."""

from dataclasses import dataclass

from geodata.countries import Countries, CountryMatch
from geodata.grid import GridIndex, GridProximity
from geodata.weather.climatology import Climatology
from geodata.weather.year import WeatherYear

DEFAULT_YEARS = (2019,)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The facts of one place."""

    latitude: float
    longitude: float
    country: CountryMatch
    grid: GridProximity
    weather: tuple[WeatherYear, ...]


def load() -> None:
    """Read the embedded tables, so that the first request does not wait for them."""
    Countries.load()
    GridIndex.load()
    Climatology.load()


def gather(latitude: float, longitude: float, years: tuple[int, ...] = DEFAULT_YEARS) -> SiteFacts:
    """The facts of a point; where data are coarse or missing, the parts carry coded warnings."""
    climate = Climatology.load()
    return SiteFacts(
        latitude=latitude,
        longitude=longitude,
        country=Countries.load().at(latitude, longitude),
        grid=GridIndex.load().nearest(latitude, longitude),
        weather=tuple(climate.fetch(latitude, longitude, year) for year in years),
    )
