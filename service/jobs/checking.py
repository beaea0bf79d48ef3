"""Every site of a batch checked before anything runs: each bad row by its number, with all that is wrong of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeGuard, cast

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from service.http.problems import FieldProblem
from service.http.shape import out_of_shape
from service.http.wrong_fields import field_problems
from service.jobs.chunking import SiteRow, row_text
from service.jobs.requests import SECTIONS, section
from service.schemas.assessment import AssessmentRequest
from service.schemas.choices import Options
from service.schemas.site import Point, Site

MODELS: Mapping[str, type[BaseModel]] = {
    name: cast("type[BaseModel]", AssessmentRequest.model_fields[name].annotation) for name in SECTIONS
}
OF_SITE = ("location", "name", "country")
LONGEST_ID = 200
Errors = list[FieldProblem]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken; pointers are below the row."""

    number: int
    site_id: str
    errors: Errors


class RowCheck:
    """Checks rows against the defaults of their batch; the same overrides are checked once."""

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        self._defaults = defaults
        self._seen: dict[str, int] = {}
        self._section: Callable[[str, str], Errors] = lru_cache(maxsize=4096)(self._checked_section)

    def check(self, number: int, row: Any) -> SiteRow | BadRow:
        """A site as it is kept, or what is wrong."""
        if not isinstance(row, Mapping):
            return BadRow(number, str(number), [_wrong("", "a site is an object with a location", "wrong_type")])
        site_id = str(number) if row.get("site_id") is None else row["site_id"]
        if (detail := out_of_shape(row)) is not None:
            return BadRow(number, str(number), [_wrong("", detail, "too_large")])
        errors = self._id_errors(number, site_id)
        site_id = str(number) if errors else site_id
        given = {name: row[name] for name in OF_SITE if row.get(name) is not None}
        site, found = _validated(Site, given)
        errors += found
        overrides = {name: row[name] for name in SECTIONS if row.get(name) is not None}
        if "process" not in self._defaults and "process" not in overrides:
            errors.append(_wrong("/process", "neither the row nor the defaults name a process", "missing"))
        for name, own in overrides.items():
            try:
                errors += self._section(name, json.dumps(own))
            except (TypeError, ValueError, RecursionError):
                errors.append(_wrong(f"/{name}", "must be an object of plain values", "wrong_type"))
        known = {"site_id", *OF_SITE, *SECTIONS}
        errors += [
            _wrong(f"/{plain(str(name)[:64])}", "this field is not known here", "unknown_field")
            for name in row
            if name not in known
        ]
        if errors or site is None:
            return BadRow(number, site_id, errors)
        latitude, longitude = _place(site)
        return SiteRow(number, latitude, longitude, row_text(number, site_id, given, overrides))

    def _id_errors(self, number: int, site_id: Any) -> Errors:
        if not is_site_id(site_id):
            detail = f"site_id must be a text of 1 to {LONGEST_ID} printable characters"
            return [_wrong("/site_id", detail, "wrong_type")]
        first = self._seen.setdefault(site_id, number)
        return [] if first == number else [_wrong("/site_id", f"row {first} has this site_id already", "duplicate")]

    def _checked_section(self, name: str, own: str) -> Errors:
        return section_errors(name, section(name, self._defaults.get(name), json.loads(own)))


def is_site_id(value: Any) -> TypeGuard[str]:
    """Whether it may name a site."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()


def defaults_errors(defaults: Mapping[str, Any]) -> Errors:
    """What is wrong with the defaults of a batch, pointers below them."""
    errors = []
    for name, part in defaults.items():
        if name in SECTIONS:
            errors += section_errors(name, part)
        else:
            errors.append(_wrong(f"/{plain(str(name)[:64])}", "defaults hold " + ", ".join(SECTIONS), "unknown_field"))
    if not errors and not _storable(json.dumps(defaults, ensure_ascii=False)):
        errors.append(_wrong("", "defaults hold characters that no text has", "malformed"))
    return errors


def _storable(text: str) -> bool:
    """False for a lone half of a surrogate pair, and for a nil, which PostgreSQL refuses."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text


def plain(text: str) -> str:
    """A text as every database and every form of export takes it: what is not ASCII, and control codes, written out."""
    shown = text.encode("ascii", "backslashreplace").decode()
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in shown)


def section_errors(name: str, part: Any) -> Errors:
    """What is wrong with one part of a request."""
    value, errors = _validated(MODELS[name], part)
    errors = [item.model_copy(update={"pointer": f"/{name}{item.pointer}"}) for item in errors]
    if isinstance(value, Options) and value.hourly:
        errors.append(_wrong("/options/hourly", "a batch keeps figures, not hours: assess the site alone", "conflict"))
    return errors


def _validated(model: type[BaseModel], data: Any) -> tuple[Any, Errors]:
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        return None, field_problems(RequestValidationError(located, body=data))


def _wrong(pointer: str, detail: str, code: str) -> FieldProblem:
    return FieldProblem(pointer=pointer, detail=detail, code=code)


def _place(site: Site) -> tuple[float, float]:
    """Latitude and longitude that say which sites are neighbours: of an area any of its points."""
    location = site.location
    if isinstance(location, Point):
        return location.coordinates[1], location.coordinates[0]
    ring = location.coordinates[0] if location.type == "Polygon" else location.coordinates[0][0]
    return ring[0][1], ring[0][0]
