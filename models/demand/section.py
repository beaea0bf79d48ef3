"""Read one mapping of a data file strictly: typed fields, no unknown keys, every error collected with its place."""

import math
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from models.figure import Figure, Status

_Enum = TypeVar("_Enum", bound=StrEnum)
_MISSING = object()


class UniqueKeyLoader(yaml.SafeLoader):
    """YAML in which a key given twice is an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """As the base class, after refusing keys given twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"key given twice: {', '.join(twice)}", node.start_mark)
        return super().construct_mapping(node, deep)


class Section:
    """A mapping being read. Getters return a harmless value after an error, so that all errors are found at once."""

    def __init__(self, data: object, where: str, errors: list[str]) -> None:
        self._errors, self._where, self._used = errors, where, set[str]()
        self._data: dict[str, object] = {}
        if isinstance(data, dict) and all(isinstance(key, str) for key in data):
            self._data = data
        else:
            self.wrong("", "must be a mapping with names as keys")

    def wrong(self, key: str, message: str) -> None:
        """Note an error at `key` of this mapping."""
        place = ".".join(part for part in (self._where, key) if part)
        self._errors.append(f"{place}: {message}" if place else message)

    def has(self, key: str) -> bool:
        """True where the key is given."""
        return key in self._data

    def _take(self, key: str, default: object = _MISSING) -> object:
        self._used.add(key)
        if key not in self._data and default is _MISSING:
            self.wrong(key, "missing")
        return self._data.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty text; with a default it may be left out."""
        value = self._take(key, _MISSING if default is None else default)
        if isinstance(value, str) and (value.strip() or default == value):
            return value.strip()
        if value is not _MISSING:
            self.wrong(key, "must be a text")
        return ""

    def optional_text(self, key: str) -> str | None:
        """A text or, where it is left out, None."""
        return self.text(key) if self.has(key) else None

    def number(self, key: str, default: float | None = None) -> float:
        """A finite number; with a default it may be left out."""
        value = self._take(key, _MISSING if default is None else default)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        if value is not _MISSING:
            self.wrong(key, "must be a finite number")
        return 0.0

    def optional_number(self, key: str) -> float | None:
        """A finite number or, where it is left out, None."""
        return self.number(key) if self.has(key) else None

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false; with a default it may be left out."""
        value = self._take(key, _MISSING if default is None else default)
        if isinstance(value, bool):
            return value
        if value is not _MISSING:
            self.wrong(key, "must be true or false")
        return False

    def member(self, key: str, enum: type[_Enum], default: _Enum | None = None) -> _Enum:
        """A word of a closed vocabulary."""
        value = self._take(key, _MISSING if default is None else default)
        if isinstance(value, str) and value in enum.__members__.values():
            return enum(value)
        if value is not _MISSING:
            self.wrong(key, "must be one of " + ", ".join(enum))
        return next(iter(enum))

    def scalar(self, key: str) -> float | bool | str:
        """A number, a flag or a word."""
        value = self._take(key)
        if isinstance(value, bool | str):
            return value
        return self.number(key) if value is not _MISSING else 0.0

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where it is left out."""
        value = self._take(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.wrong(key, "must be a list of texts")
        return ()

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of finite numbers."""
        value = self._take(key)
        if isinstance(value, list) and all(
            isinstance(item, int | float) and not isinstance(item, bool) and math.isfinite(item) for item in value
        ):
            return tuple(float(item) for item in value)
        if value is not _MISSING:
            self.wrong(key, "must be a list of finite numbers")
        return ()

    def words(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts; empty where it is left out."""
        value = self._data.get(key)
        return (self.text(key),) if isinstance(value, str) else self.texts(key)

    def pair(self, key: str) -> tuple[float, float] | None:
        """Two ascending numbers or, where they are left out, None."""
        value = self._take(key, None)
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2 and all(isinstance(item, int | float) for item in value):
            low, high = float(value[0]), float(value[1])
            if low <= high:
                return low, high
        self.wrong(key, "must be two ascending numbers")
        return None

    def section(self, key: str) -> "Section":
        """The mapping under `key`."""
        value = self._take(key)
        return Section({} if value is _MISSING else value, f"{self._where}.{key}".lstrip("."), self._errors)

    def optional_section(self, key: str) -> "Section | None":
        """The mapping under `key` or, where it is left out, None."""
        return self.section(key) if self.has(key) else None

    def sections(self, key: str) -> list["Section"]:
        """The mappings listed under `key`; empty where it is left out."""
        value = self._take(key, [])
        if not isinstance(value, list):
            self.wrong(key, "must be a list")
            return []
        place = f"{self._where}.{key}".lstrip(".")
        return [Section(item, f"{place}[{index}]", self._errors) for index, item in enumerate(value)]

    def close(self) -> None:
        """Refuse the keys that nobody asked for."""
        for key in self._data.keys() - self._used:
            self.wrong(key, "unknown field")

    def figure(self, name: str, *, unit: str | None = None) -> Figure:
        """The sourced number in this mapping (`low`, `central`, `high`, `unit`, `source`, `status`, ...).

        `unit` is what it must be stated in. `judgement` names which of low, central and high were set between
        or beside the sources; it joins the note, so that it reaches the answer.
        """
        low, central, high = self.number("low"), self.number("central"), self.number("high")
        if not low <= central <= high:
            self.wrong("central", "must lie between low and high")
        stated = self.text("unit")
        if unit is not None and stated and stated != unit:
            self.wrong("unit", f"must be {unit}")
        year = self.optional_number("year")
        note, judgement = self.text("note", ""), self.texts("judgement")
        if not set(judgement) <= {"low", "central", "high"}:
            self.wrong("judgement", "may name low, central and high only")
        if judgement:
            note = "; ".join(part for part in (note, f"set by judgement: {', '.join(judgement)}") if part)
        return Figure(
            name=name,
            value=central,
            unit=stated,
            source=self.text("source"),
            year=None if year is None else int(year),
            low=low,
            high=high,
            status=self.member("status", Status),
            note=note,
        )


def figure_under(parent: Section, key: str, name: str, unit: str | None = None) -> Figure | None:
    """The figure under `key` or, where it is left out, None."""
    section = parent.optional_section(key)
    if section is None:
        return None
    figure = section.figure(name, unit=unit)
    section.close()
    return figure


def needed_figure(parent: Section, key: str, name: str, unit: str | None = None) -> Figure:
    """The figure under `key`, which must be there."""
    section = parent.section(key)
    figure = section.figure(name, unit=unit)
    section.close()
    return figure
