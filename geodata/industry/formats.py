"""Tracker files as they come: what a row of each means. Which column is what stands in `headers.py`."""

import csv
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from geodata.countries import Countries
from geodata.industry.headers import COMMON, FORMATS, REQUIRED, kind_of, mapped
from geodata.industry.sheet import plain, read_sheet
from geodata.industry.table import TEXTS, Projects
from geodata.user_data import LayerError

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
UNSAID = ("", "unknown", "n/a", "na", "-", ">0", "tbd", "not available", "not stated", "not applicable", "not found")
DATA = Path(__file__).parent.parent / "data"
UNITS = {"t": 1.0, "tpa": 1.0, "t/year": 1.0, "t/y": 1.0, "tonnes": 1.0, "kt": 1e3, "ktpa": 1e3, "ttpa": 1e3,
         "kt/y": 1e3, "kt/year": 1e3, "mt": 1e6, "mtpa": 1e6, "mt/y": 1e6, "mt/year": 1e6}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrackerRead:
    """What was read, and the rows (from 1, below the header) that could not be, each with its reason."""

    projects: Projects
    failed: list[tuple[int, str]]
    format: str


def read_tracker(path: Path, kind: str = "auto", columns: Mapping[str, str] | None = None) -> TrackerRead:
    """Read a tracker's XLSX or CSV. `columns` maps a field to the header that holds it, where it is not recognised.

    Raises LayerError where the file cannot be read or lacks a column that every project must have.
    """
    if kind not in (*FORMATS, "auto"):
        raise LayerError(f"the format is one of auto, {', '.join(FORMATS)}")
    table = read_sheet(path, {name for names in COMMON.values() for name in names})
    keys = {plain(str(column)): str(column) for column in table.columns}
    kind = kind_of(keys) if kind == "auto" else kind
    found = mapped(keys, columns or {})
    missing = [field for field in REQUIRED if field not in found]
    if missing:
        raise LayerError(
            f"{path.name} has no column for {', '.join(missing)}; map it, as in --column {missing[0]}='Header'. "
            f"Its columns are {', '.join(str(column) for column in table.columns)[:600]}"
        )
    rows, failed = [], []
    for number, record in enumerate(table.to_dict("records"), 1):
        try:
            rows.append(_row({str(key): value for key, value in record.items()}, found, kind, keys))
        except ValueError as error:
            failed.append((number, str(error)))
    if not rows:
        first = "; ".join(f"row {number}: {reason}" for number, reason in failed[:3])
        raise LayerError(f"{path.name} holds no row that can be read. {first}", failed[:20])
    return TrackerRead(_projects(rows), failed, kind)


def stage_of(status: str) -> str:
    """The stage of a source's word; `unknown` where the word is not known."""
    return _stages().get(" ".join(status.lower().split()), "unknown")


def country_code(name: str, latitude: float, longitude: float) -> str:
    """ISO 3166-1 alpha-3 of a name or code; by the place where the name is not known. Raises ValueError."""
    first = name.split("\n")[0].split(";")[0].strip()
    code = _codes().get(first.lower())
    if code is None and not math.isnan(latitude):
        code = Countries.load().at(latitude, longitude).iso3
    if code is None:
        raise ValueError(f"the country {first[:60]!r} is not known, and there is no place to find it by")
    return code


def _row(record: Mapping[str, Any], found: Mapping[str, str], kind: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """One project. Raises ValueError with the reason where it cannot be read."""

    def written(field: str) -> str:
        value = record.get(found[field]) if field in found else None
        return "" if value is None or value != value else str(value).strip()

    def said(field: str) -> str:
        return "" if written(field).lower() in UNSAID else written(field)

    if said("counted").lower().startswith("no"):
        raise ValueError(f"the tracker does not count it: {said('uncounted_why') or 'it says so'}")
    name = said("name") or said("owner") or said("id")
    if not name:
        raise ValueError("it has no name")
    sector = FORMATS[kind].sector or said("sector").lower()
    if not sector:
        raise ValueError("it has no sector")
    latitude, longitude = _place(said("latitude"), said("longitude"), said("coordinates"))
    if math.isnan(latitude) and kind == "leadit":
        latitude, longitude = _gem_places().get(said("gem_plant"), (math.nan, math.nan))
    status = written("status")
    capacity = _gem_capacity(record, keys) if kind == "gem" else math.nan
    if math.isnan(capacity):
        size = said("capacity") or said("capacity_else")
        capacity = _capacity(size, said("capacity_unit"), FORMATS[kind].tonnes)
    year = NUMBER.search(said("year") or said("year_else"))
    return {
        "project_id": said("id"),
        "name": name[:200],
        "owner": said("owner")[:200],
        "sector": sector[:60],
        "technology": said("technology")[:100],
        "status": status[:60],
        "stage": stage_of(status),
        "country": country_code(said("country"), latitude, longitude),
        "place": (longitude, latitude),
        "capacity": capacity,
        "year": float(year.group()) if year and 1700 <= float(year.group()) <= 2100 else math.nan,
    }


def _place(latitude: str, longitude: str, both: str) -> tuple[float, float]:
    if not (latitude and longitude) and both:
        latitude, _, longitude = both.partition(",")
    if not latitude or not longitude:
        return math.nan, math.nan
    try:
        north, east = float(latitude), float(longitude)
    except ValueError as error:
        raise ValueError(f"its place, {latitude[:20]!r} and {longitude[:20]!r}, is not in degrees") from error
    if not (abs(north) <= 90.0 and abs(east) <= 180.0):
        raise ValueError("its place lies off the globe")
    return north, east


def _capacity(value: str, unit: str, tonnes: float) -> float:
    if not value:
        return math.nan
    try:
        number = float(value.replace(",", ""))
    except ValueError as error:
        raise ValueError(f"its capacity, {value[:30]!r}, is not a number") from error
    if not 0.0 <= number < 1e12:
        raise ValueError(f"its capacity, {value[:30]!r}, is not a size")
    factor = UNITS.get(unit.lower().replace(" ", "")) if unit else tonnes
    if factor is None:
        raise ValueError(f"the unit of its capacity, {unit[:30]!r}, is not one of {', '.join(UNITS)}")
    return number * factor or math.nan


def _gem_capacity(record: Mapping[str, Any], keys: Mapping[str, str]) -> float:
    """Crude steel, or iron where it makes no steel: what runs, else what is built, announced, or was; t a year."""
    for stages in (("operating", "operatingpreretirement"), ("construction",), ("announced",),
                   ("mothballed", "mothballedpreretirement"), ("retired",), ("cancelled",)):  # fmt: skip
        for product in ("crudesteel", "iron"):
            names = [f"{stage}nominal{product}capacityttpa" for stage in stages]
            total = sum(_number(record.get(keys[name])) for name in names if name in keys)
            if total > 0.0:
                return total * 1e3
    return math.nan


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.0
    return number if number > 0.0 else 0.0


def _projects(rows: list[dict[str, Any]]) -> Projects:
    texts = {name: [row[name] for row in rows] for name in TEXTS if name != "source"}
    return Projects(
        **texts,
        source=[""] * len(rows),
        places=np.array([row["place"] for row in rows], dtype=float).reshape(-1, 2),
        capacity_t_per_year=np.array([row["capacity"] for row in rows], dtype=float),
        year=np.array([row["year"] for row in rows], dtype=float),
    )


@cache
def _gem_places() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the shipped plants by Global Energy Monitor's number, which LeadIT cites."""
    shipped = Projects.read(DATA / "industry.npz")
    return {key: (float(y), float(x)) for key, (x, y) in zip(shipped.project_id, shipped.places, strict=True) if key}


@cache
def _stages() -> dict[str, str]:
    with Path(__file__).with_name("stages.csv").open(encoding="utf-8", newline="") as file:
        return {row["status"]: row["stage"] for row in csv.DictReader(file)}


@cache
def _codes() -> dict[str, str]:
    names = {name.lower(): code for code, name in Countries.load().names()}
    with Path(__file__).with_name("country_names.csv").open(encoding="utf-8", newline="") as file:
        names |= {row["name"].lower(): row["iso3"] for row in csv.DictReader(file)}
    return names | {code.lower(): code for code in set(names.values())}
