"""The use case of POST /v1/weather: files in, one checked year stored."""

import json
from collections.abc import Sequence
from typing import Any

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.calendar import hourly_year
from geodata.weather.clean import cleaned
from geodata.weather.raw import FileProblem, RawWeather, WeatherFileError
from geodata.weather.uploads import StoreFull, Upload
from service.answer.tracing import caveats
from service.http.problems import FieldProblem, ProblemError
from service.schemas.weather import StoredWeather
from service.supply.weather import uploads

KNOWN_ERROR = "the caller's own weather: as good as its source"
LONGEST_MAP = 4000


def store_upload(
    files: dict[str, bytes],
    format_: str,
    latitude: float | None,
    longitude: float | None,
    columns: str | None,
    unknown: Sequence[str] = (),
) -> StoredWeather:
    """Read, check and store. Raises ProblemError naming everything wrong with the form and its files."""
    from geodata.weather.files import read_weather  # slow to import: when first needed

    errors = [FileProblem(name[:64], "this field is not known here", "unknown_field") for name in unknown[:20]]
    mapping = _columns(columns, errors)
    if not files:
        errors.append(FileProblem("solar", "send a solar file, a wind file or both", "missing"))
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        errors.append(FileProblem(missing, "latitude and longitude go together", "missing"))
    apart = bool(mapping) and set(mapping or ()) <= {"solar", "wind"}  # a map for each of the two files
    raw: dict[str, RawWeather] = {}
    for field, content in files.items():
        try:
            raw[field] = read_weather(content, field, format_, mapping.get(field, {}) if apart and mapping else mapping)
        except WeatherFileError as error:
            errors += [_within(item, field) if apart else item for item in error.errors]
    if errors:  # the files that could be read may be wrong too: name all at once
        for field, item in raw.items():
            try:
                hourly_year(cleaned(item, field), field)
            except WeatherFileError as error:
                errors += error.errors
        raise _problem(errors)
    detail = "uploaded: " + " and ".join(f"{field} {item.name}" for field, item in raw.items())
    try:
        year = weather_year(
            raw.get("solar"), raw.get("wind"), Origin("upload", detail, KNOWN_ERROR), latitude, longitude
        )
    except WeatherFileError as error:
        raise _problem(error.errors) from error
    try:
        return stored(uploads().add(year))
    except StoreFull as error:
        raise ProblemError("storage-full", f"{error} (DELETE /v1/weather/<weather_id>).") from error
    except OSError as error:
        raise ProblemError("storage-unavailable", "The upload could not be written; try again later.") from error


def stored(upload: Upload) -> StoredWeather:
    """What the answer says of an upload."""
    return StoredWeather(
        weather_id=upload.weather_id,
        latitude=upload.latitude,
        longitude=upload.longitude,
        year=upload.year,
        hours=upload.hours,
        bytes=upload.bytes,
        variables=list(upload.variables),
        warnings=caveats(upload.warnings),
    )


def _columns(text: str | None, errors: list[FileProblem]) -> dict[str, Any] | None:
    if text is None or not text.strip():
        return None
    try:
        mapping = json.loads(text) if len(text) <= LONGEST_MAP else None
    except (ValueError, RecursionError):
        mapping = None
    if not isinstance(mapping, dict):
        detail = 'must be a JSON object of at most 4,000 characters, as in {"time": "stamp", "ghi": "GHI"}'
        errors.append(FileProblem("columns", detail, "malformed"))
        return None
    if set(mapping) <= {"solar", "wind"} and not all(isinstance(part, dict) for part in mapping.values()):
        detail = "must be a map of our names to the file's columns"
        errors += [
            FileProblem(f"columns/{name}", detail, "wrong_type")
            for name, part in mapping.items()
            if not isinstance(part, dict)
        ]
        return None
    return mapping


def _within(error: FileProblem, field: str) -> FileProblem:
    """An error in the map of one file."""
    head, _, rest = error.field.partition("/")
    return error._replace(field=f"columns/{field}/{rest}") if head == "columns" else error


def _problem(errors: list[FileProblem]) -> ProblemError:
    fields = [FieldProblem(pointer=f"/{error.field}", detail=error.detail, code=error.code) for error in errors]
    count = "1 field is" if len(fields) == 1 else f"{len(fields)} fields are"
    return ProblemError("invalid-request", f"{count} wrong.", fields)
