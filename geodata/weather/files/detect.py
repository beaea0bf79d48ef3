"""Which reader a file needs."""

from collections.abc import Callable, Mapping
from typing import Any

from geodata.weather.files import epw, known, nsrdb, srw
from geodata.weather.files.columns import read_csv, read_parquet
from geodata.weather.files.text import bad, lines_of, unpacked
from geodata.weather.raw import RawWeather, WeatherFileError

FORMATS = ("auto", "epw", "tmy3", "sam_csv", "srw", "csv", "parquet")
PARQUET_MAGIC = b"PAR1"
Reader = Callable[[bytes, str], RawWeather]
TOLD: tuple[tuple[Callable[[list[str]], bool], Reader], ...] = (
    (epw.is_epw, epw.read_epw),
    (epw.is_tmy3, epw.read_tmy3),
    (nsrdb.is_sam_csv, nsrdb.read_sam_csv),
    (known.is_open_meteo, known.read_open_meteo),
    (known.is_pvgis, known.read_pvgis),
    (known.is_wtk, known.read_wtk),
    (srw.is_srw, srw.read_srw),
)
NAMED: dict[str, Reader] = {
    "epw": epw.read_epw,
    "tmy3": epw.read_tmy3,
    "sam_csv": nsrdb.read_sam_csv,
    "srw": srw.read_srw,
}


def read_weather(
    content: bytes, field: str, format_: str = "auto", columns: Mapping[str, Any] | None = None
) -> RawWeather:
    """The weather in a file; `field` names it in errors. Raises WeatherFileError."""
    if not content:
        raise bad(field, "is empty", "missing")
    content = unpacked(content, field)
    if format_ in NAMED:
        return _safely(NAMED[format_], content, field)
    if format_ == "parquet" or (format_ == "auto" and content.startswith(PARQUET_MAGIC)):
        return _safely(lambda found, name: read_parquet(found, name, columns or {}), content, field)
    lines = lines_of(content, field)
    if not columns:  # a map says that the caller knows better
        reader = next((reader for told, reader in TOLD if told(lines)), None)
        if reader is not None:
            return _safely(reader, content, field)
    return _safely(lambda found, name: read_csv(found, name, columns or {}), content, field)


def _safely(reader: Reader, content: bytes, field: str) -> RawWeather:
    """A file that is no table where its format says so is the caller's error, whatever the reader stumbled over."""
    try:
        return reader(content, field)
    except WeatherFileError:
        raise
    except (ValueError, KeyError, IndexError, StopIteration, OverflowError, TypeError) as error:
        raise bad(field, "a part of the format is missing, cut off or not what it should be") from error
