"""What is known about a place: weather, grid and country, from the data this instance holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.countries import Countries, CountryMatch
from geodata.grid import GridIndex, GridProximity
from geodata.industry import ProjectIndex
from geodata.sea import LandMap, SeaFacts
from geodata.weather.climatology import Climatology
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear
from models.sizing import warm

FLOATING_BEYOND_M = 60.0  # fixed foundations end about there (IEA Offshore Wind Outlook 2019)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The facts of one place."""

    latitude: float
    longitude: float
    country: CountryMatch
    grid: GridProximity
    depth_m: float
    sea: SeaFacts
    weather: tuple[WeatherYear, ...]

    @property
    def lengths(self) -> list[int]:
        """Hours of each weather year."""
        return [len(year.time_utc) for year in self.weather]


def load() -> None:
    """Read the embedded tables and compile the solver, so that the first request does not wait for them."""
    warm()
    Countries.load()
    GridIndex.load().nearest(0.0, 0.0)
    LandMap.load()
    ProjectIndex.load()
    Climatology.load()


def weather_at(latitude: float, longitude: float, years: Sequence[int] | None = None) -> tuple[WeatherYear, ...]:
    """The embedded climate's years of a place; None is one ordinary year."""
    climate = Climatology.load()
    return tuple(climate.fetch(latitude, longitude, year) for year in years or (None,))


def gather(latitude: float, longitude: float, years: Sequence[int] | None = None) -> SiteFacts:
    """The facts of a point; where data are coarse or missing, the parts carry coded warnings.

    years : weather years; None is one ordinary year.
    """
    return SiteFacts(
        latitude=latitude,
        longitude=longitude,
        country=Countries.load().at(latitude, longitude),
        grid=GridIndex.load().nearest(latitude, longitude),
        sea=LandMap.load().at(latitude, longitude),
        depth_m=ClimateTable.load().at(latitude, longitude).depth_m,
        weather=weather_at(latitude, longitude, years),
    )
