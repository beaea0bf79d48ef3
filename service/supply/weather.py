"""Which weather a request gets: the source it names, or the best this instance has, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pyproj import Geod

from geodata.warnings import DataWarning
from geodata.weather.bias import corrected
from geodata.weather.climatology import Climatology
from geodata.weather.online.errors import SourceUnavailable
from geodata.weather.raw import WeatherFileError
from geodata.weather.source import WeatherSource
from geodata.weather.uploads import UploadStore
from geodata.weather.year import WeatherYear
from service.access.tenants import DEFAULT_TENANT, tenant_in_use
from service.http.problems import wrong_field
from service.operation import metrics
from service.schemas.choices import UPLOAD, WeatherChoice
from service.settings import Settings, environment_settings
from service.supply.sources import cutout, online

FAR_KM = 50.0
GEOD = Geod(ellps="WGS84")
_in_use: list[Settings] = []


@dataclass(frozen=True, slots=True)
class Chosen:
    """The years, and why they come from where they come."""

    years: tuple[WeatherYear, ...]
    reason: str


def use(settings: Settings) -> None:
    """Take these settings; until then those of the environment hold."""
    _in_use[:] = [settings]


def settings_in_use() -> Settings:
    """The settings of this process."""
    return _in_use[0] if _in_use else environment_settings()


@lru_cache
def _store(folder: Path, max_files: int, max_bytes: int) -> UploadStore:
    return UploadStore(folder, max_files, max_bytes)


def uploads() -> UploadStore:
    """The uploads of whoever asks; each tenant has a folder and limits of its own."""
    settings, tenant = settings_in_use(), tenant_in_use()
    folder = settings.data_folder / "weather"
    if tenant != DEFAULT_TENANT:
        folder = folder / "tenants" / tenant
    return _store(folder, settings.max_uploads, settings.max_uploads_bytes)


def weather_of(latitude: float, longitude: float, choice: WeatherChoice) -> Chosen:
    """The years of weather for a place. Raises ProblemError where the choice names what is not there."""
    if choice.source.startswith(UPLOAD):
        return Chosen((_upload(latitude, longitude, choice),), "the request names this upload")
    source, reason = _source(latitude, longitude, choice.source)
    if source is None:
        return Chosen(_embedded(latitude, longitude, choice.years), reason)
    try:
        years = tuple(source.fetch(latitude, longitude, year) for year in choice.years or (None,))
    except (SourceUnavailable, WeatherFileError) as error:
        metrics.SOURCE_FAILURES.labels(source.name).inc()
        why = error.reason if isinstance(error, SourceUnavailable) else "what it sent is not sound: " + str(error)[:200]
        detail = f"{source.name}: {why}; the embedded climate stands in, which draws years and does not replay them"
        note = DataWarning("weather_source_unavailable", detail)
        drawn = _embedded(latitude, longitude, choice.years)
        return Chosen(tuple(replace(year, warnings=(*year.warnings, note)) for year in drawn), f"{source.name} failed")
    if source.reanalysis if choice.bias_correction is None else choice.bias_correction:
        years = tuple(corrected(year) for year in years)
    return Chosen(years, reason)


def _source(latitude: float, longitude: float, asked: str) -> tuple[WeatherSource | None, str]:
    """The source, None for the embedded climate, and why it is this one."""
    settings = settings_in_use()
    if asked == "climatology":
        return None, "the request names the embedded climate"
    if asked == "cutout":
        return cutout(settings), "the request names the cutout"
    if asked != "auto":
        return online(settings, asked), f"the request names {asked}"
    if settings.cutout_path is not None and cutout(settings).covers(latitude, longitude):
        return cutout(settings), "auto: the cutout of this instance covers the place"
    if settings.online_source is not None:
        return online(settings, settings.online_source), "auto: the online source of this instance"
    if settings.cutout_path is not None:
        return None, "auto: the cutout of this instance does not cover the place, no online source is set"
    return None, "auto: neither a cutout nor an online source is set"


def _embedded(latitude: float, longitude: float, years: Sequence[int] | None) -> tuple[WeatherYear, ...]:
    return tuple(_embedded_year(latitude, longitude, year) for year in years or (None,))


@lru_cache(maxsize=32)  # of 0.7 MB: the cells that neighbours and the technologies of one site share
def _embedded_year(latitude: float, longitude: float, year: int | None) -> WeatherYear:
    return Climatology.load().fetch(latitude, longitude, year)


def _upload(latitude: float, longitude: float, choice: WeatherChoice) -> WeatherYear:
    try:
        year = uploads().get(choice.source.removeprefix(UPLOAD))
    except KeyError as error:
        detail = "there is no upload of this id; POST /v1/weather stores one, GET /v1/weather lists them"
        raise wrong_field("/weather/source", detail, "not_found") from error
    if choice.years is not None and choice.years != [year.year]:
        raise wrong_field("/weather/years", f"the upload holds {year.year} alone; leave years out", "conflict")
    year = _with_distance(year, latitude, longitude)
    return corrected(year) if choice.bias_correction else year


def _with_distance(year: WeatherYear, latitude: float, longitude: float) -> WeatherYear:
    """A warning where the weather is that of a place far from the site."""
    km = GEOD.inv(longitude, latitude, year.longitude, year.latitude)[2] / 1000.0
    if km <= FAR_KM:
        return year
    detail = f"the weather is that of {year.latitude:.3f}, {year.longitude:.3f}, {km:,.0f} km from the site"
    return replace(year, warnings=(*year.warnings, DataWarning("weather_far", detail)))
