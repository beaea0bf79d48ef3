"""Which weather a request gets: the source it names, or the best this instance has, and why."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pyproj import Geod

from geodata.warnings import DataWarning
from geodata.weather.climatology import Climatology
from geodata.weather.uploads import UploadStore
from geodata.weather.year import WeatherYear
from service.problems import FieldProblem, ProblemError
from service.schemas.supply import UPLOAD, WeatherChoice
from service.settings import Settings, environment_settings

FAR_KM = 50.0
GEOD = Geod(ellps="WGS84")
_in_use: list[Settings] = []


def use(settings: Settings) -> None:
    """Take these settings; until then those of the environment hold."""
    _in_use[:] = [settings]


def settings_in_use() -> Settings:
    """The settings of this process."""
    return _in_use[0] if _in_use else environment_settings()


@lru_cache
def _store(folder: str, max_files: int, max_bytes: int) -> UploadStore:
    return UploadStore(Path(folder), max_files, max_bytes)


def uploads() -> UploadStore:
    """The uploads of this instance."""
    settings = settings_in_use()
    folder = settings.data_folder / "weather"
    return _store(str(folder), settings.max_uploads, settings.max_uploads_bytes)


def weather_of(latitude: float, longitude: float, choice: WeatherChoice) -> tuple[WeatherYear, ...]:
    """The years of weather for a place. Raises ProblemError where the choice names what is not there."""
    if choice.source.startswith(UPLOAD):
        return (_upload(latitude, longitude, choice),)
    years: Sequence[int | None] = choice.years or (None,)
    return tuple(Climatology.load().fetch(latitude, longitude, year) for year in years)


def _upload(latitude: float, longitude: float, choice: WeatherChoice) -> WeatherYear:
    try:
        year = uploads().get(choice.source.removeprefix(UPLOAD))
    except KeyError as error:
        detail = "there is no upload of this id; POST /v1/weather stores one, GET /v1/weather lists them"
        raise _wrong("/weather/source", detail, "not_found") from error
    if choice.years is not None and choice.years != [year.year]:
        raise _wrong("/weather/years", f"the upload holds {year.year} alone; leave years out", "conflict")
    return _with_distance(year, latitude, longitude)


def _with_distance(year: WeatherYear, latitude: float, longitude: float) -> WeatherYear:
    """A warning where the weather is that of a place far from the site."""
    km = GEOD.inv(longitude, latitude, year.longitude, year.latitude)[2] / 1000.0
    if km <= FAR_KM:
        return year
    detail = f"the weather is that of {year.latitude:.3f}, {year.longitude:.3f}, {km:,.0f} km from the site"
    return replace(year, warnings=(*year.warnings, DataWarning("weather_far", detail)))


def _wrong(pointer: str, detail: str, code: str) -> ProblemError:
    return ProblemError(
        "invalid-request", "1 field is wrong.", [FieldProblem(pointer=pointer, detail=detail, code=code)]
    )
