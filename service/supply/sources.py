"""The sources of weather that this instance can ask, made once from its settings."""

from functools import lru_cache

from geodata.weather.cutout import Cutout
from geodata.weather.online.cache import DiskCache
from geodata.weather.online.client import Fetcher, Patience
from geodata.weather.online.era5 import URL as ERA5_URL
from geodata.weather.online.era5 import Era5
from geodata.weather.online.errors import SourceUnavailable
from geodata.weather.online.nasa_power import URL as NASA_URL
from geodata.weather.online.nasa_power import NasaPower
from geodata.weather.online.open_meteo import OpenMeteo
from geodata.weather.online.pvgis import URL as PVGIS_URL
from geodata.weather.online.pvgis import Pvgis
from geodata.weather.source import WeatherSource
from geodata.weather.year import WeatherYear
from service.settings import Settings


class Absent:
    """A source that this instance does not have: it says so whenever it is asked."""

    reanalysis = False

    def __init__(self, name: str, reason: str) -> None:
        self.name, self._reason = name, reason

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:  # noqa: ARG002  # the protocol's
        """Raises SourceUnavailable."""
        raise SourceUnavailable(self.name, self._reason)

    def covers(self, latitude: float, longitude: float) -> bool:  # noqa: ARG002  # as for a cutout
        """False."""
        return False


@lru_cache(maxsize=16)
def cutout(settings: Settings) -> Cutout | Absent:
    """The local cutout."""
    if settings.cutout_path is None:
        return Absent("cutout", "no cutout is set on this instance")
    return Cutout(settings.cutout_path)


@lru_cache(maxsize=16)
def online(settings: Settings, name: str) -> WeatherSource:
    """An online source by its name; each keeps its own circuit breaker for as long as the process lives."""
    if not settings.allow_online:
        return Absent(name, "this instance does not go online")
    patience = Patience(
        connect_seconds=settings.weather_connect_seconds,
        read_seconds=settings.weather_read_seconds,
        deadline_seconds=settings.weather_deadline_seconds,
        retries=settings.weather_retries,
        first_wait_seconds=settings.weather_retry_seconds,
    )
    cache = DiskCache(settings.data_folder / "cache", settings.weather_cache_bytes)
    fetcher = Fetcher(name, patience, cache)
    if name == "nasa_power":
        return NasaPower(fetcher, settings.nasa_power_url or NASA_URL)
    if name == "pvgis":
        return Pvgis(fetcher, settings.pvgis_url or PVGIS_URL)
    if name == "open_meteo":
        return OpenMeteo(fetcher, settings.open_meteo_url, _secret(settings.open_meteo_key))
    wait = settings.era5_wait_seconds
    return Era5(fetcher, _secret(settings.cds_key), settings.cds_url or ERA5_URL, wait)


def _secret(value: object) -> str | None:
    reveal = getattr(value, "get_secret_value", None)
    return reveal() if reveal else None
