"""Whose column is what: ours by the file's, by a map or by the usual names."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from service.jobs.checking import MODELS
from service.jobs.requests import SECTIONS

USUAL = {
    "site_id": ("site_id", "id"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "name": ("name",),
    "country": ("country", "iso3"),
}
WORDS = ("site_id", "name", "country", "process.id", "weather.source")  # kept as they are written
MOST_DEPTH = 6
PLACE = ("latitude", "longitude")  # of which none has thousands
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
HOW_TO_WRITE = "write decimals with a point, and nothing between thousands"


class NumberError(ValueError):
    """A number written as it cannot be read; the text says of which column."""


class ColumnsError(Exception):
    """What is wrong with a map of columns: (name of ours, detail, code)."""

    def __init__(self, errors: list[tuple[str, str, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


class Columns:
    """A map of our names to the file's columns; without one the usual names, and ours written out."""

    def __init__(self, mapping: Mapping[str, str] | None) -> None:
        self._mapping = mapping
        if mapping is not None:
            errors = [(name, "must be one of " + NAMES, "unknown_value") for name in mapping if not _known(name)]
            errors += [
                (name, "must name a column of the file", "wrong_type")
                for name, column in mapping.items()
                if not isinstance(column, str)
            ]
            if errors:
                raise ColumnsError(errors)
        self.found = lru_cache(maxsize=256)(self._found)

    def check(self, header: Iterable[str], *, placed: bool) -> None:
        """Raise ColumnsError where the file lacks a column; `placed` where its geometry says where a site is."""
        present = list(header)
        taken = dict(self.found(tuple(present)))
        errors = [
            (name, f"the file has no column {column[:64]!r}", "missing")
            for name, column in (self._mapping or {}).items()
            if column not in present
        ]
        if not placed:
            errors += [
                (name, f"no column is the {name}: name one, as in {{{name!r}: 'your column'}}", "missing")
                for name in ("latitude", "longitude")
                if name not in taken and name not in (self._mapping or {})
            ]
        if errors:
            raise ColumnsError(errors)

    def _found(self, header: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        if self._mapping is not None:
            return tuple((name, column) for name, column in self._mapping.items() if column in header)
        by_name = {column.strip().lower(): column for column in reversed(header)}
        found = {
            name: next((by_name[usual] for usual in usuals if usual in by_name), None) for name, usuals in USUAL.items()
        }
        found |= {column.strip(): column for column in header if "." in column and _known(column.strip())}
        return tuple((name, column) for name, column in found.items() if column is not None)

    def named(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A row of which its name alone is known; empty where it has none."""
        return {name: record[column] for name, column in self.found(tuple(record)) if name == "site_id"}

    def row(self, record: Mapping[str, Any], location: Any = None) -> dict[str, Any]:
        """A row of a batch out of a record of the file; `location` is that of its geometry. Raises NumberError."""
        row: dict[str, Any] = {} if location is None else {"location": location}
        for name, column in self.found(tuple(record)):
            value = record[column]
            if value is None or value == "":
                continue
            if name in WORDS:
                value = value if isinstance(value, str) else json.dumps(value)
            elif isinstance(value, str):
                value = _parsed(value, name, column)
            if name not in PLACE:
                _put(row, name.split("."), value)
            elif location is None:
                position = row.setdefault("location", {"type": "Point", "coordinates": [None, None]})["coordinates"]
                position[name == "latitude"] = value
        return row


NAMES = ", ".join(USUAL) + ", or a field of the request as in process.capacity_t_per_year"


def _known(name: str) -> bool:
    if name in USUAL:
        return True
    part, *inside = name.split(".")
    return part in SECTIONS and 1 <= len(inside) <= MOST_DEPTH and inside[0] in MODELS[part].model_fields


def _parsed(text: str, name: str, column: str) -> Any:
    """A number, flag or list as JSON writes it, or a number with a decimal comma; other text as it is."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        text = text.strip()
    if "," not in text or not NUMBER.fullmatch(text):
        return text
    if DECIMAL_COMMA.fullmatch(text) and (name in PLACE or not THOUSANDS.fullmatch(text)):
        return float(text.replace(",", "."))
    raise NumberError(f"{column[:64]!r} has a number with a comma that may be read in two ways: {HOW_TO_WRITE}")


def _put(row: dict[str, Any], path: list[str], value: Any) -> None:
    *parents, last = path
    here = row
    for parent in parents:
        here = here.setdefault(parent, {})
        if not isinstance(here, dict):
            return
    here[last] = value
