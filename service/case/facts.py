"""What is known about a place: weather, grid and country, from the data this instance holds."""

from dataclasses import dataclass
from threading import Lock

from geodata.countries import Countries, CountryMatch
from geodata.grid import GridIndex, GridProximity
from geodata.industry import ProjectIndex
from geodata.sea import LandMap, SeaFacts
from geodata.weather.climatology import Climatology
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear
from models.sizing import warm
from service.schemas.choices import WeatherChoice
from service.schemas.profiles import Designs
from service.supply.hours import capacity_factors
from service.supply.weather import weather_of

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
    weather_reason: str

    @property
    def lengths(self) -> list[int]:
        """Hours of each weather year."""
        return [len(year.time_utc) for year in self.weather]


def load() -> None:
    """Read the embedded tables and compile the solver, so that the first request does not wait for them."""
    warm()
    Countries.load()
    GridIndex.load().nearest(0.0, 0.0)
    ProjectIndex.load()
    Climatology.load()


def load_late() -> None:
    """What the first request would else wait for, and a start need not: coasts, libraries."""
    LandMap.load()
    year = Climatology.load().fetch(0.0, 0.0)
    for name in ("pv_tracking", "wind_onshore"):
        capacity_factors(Designs().design_of(name), year)


def gather(latitude: float, longitude: float, weather: WeatherChoice | None = None) -> SiteFacts:
    """The facts of a point; where data are coarse or missing, the parts carry coded warnings.

    weather : source and years; None is the best source and one ordinary year.
    """
    chosen = weather_of(latitude, longitude, weather or WeatherChoice())
    return SiteFacts(
        latitude=latitude,
        longitude=longitude,
        country=Countries.load().at(latitude, longitude),
        grid=GridIndex.load().nearest(latitude, longitude),
        sea=LandMap.load().at(latitude, longitude),
        depth_m=ClimateTable.load().at(latitude, longitude).depth_m,
        weather=chosen.years,
        weather_reason=chosen.reason,
    )


class GatheredOnce:
    """`gather` that asks for each place and weather once, whatever the threads."""

    def __init__(self) -> None:
        self._facts: dict[tuple[float, float, str], SiteFacts] = {}
        self._lock = Lock()

    def __call__(self, latitude: float, longitude: float, weather: WeatherChoice | None = None) -> SiteFacts:
        """The facts of a point, as `gather` has them."""
        key = latitude, longitude, (weather or WeatherChoice()).model_dump_json()
        with self._lock:
            if key not in self._facts:
                self._facts[key] = gather(latitude, longitude, weather)
            return self._facts[key]
