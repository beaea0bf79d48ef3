"""What the fields of a sizing say of each other, on the request as it came: named beside what the types refuse."""

from collections.abc import Iterator
from typing import Any, TypeGuard

from pydantic import ValidationError

from models.sizing.components import TAKEN_NAMES
from service.schemas.base import LEAST_SERVED, SERVED_TOO_LITTLE, Wrong

Location = tuple[str | int, ...]
TAGS = ("number", "series")
PRICES = ("import_price_usd_per_mwh", "export_price_usd_per_mwh")


def contradictions(data: Any, kept: ValidationError | None) -> list[Wrong]:
    """Every contradiction of a raw request, without those about fields that the types refused (`kept`)."""
    if not isinstance(data, dict):
        return []
    refused = [_untagged(error["loc"]) for error in kept.errors()] if kept else []

    def known(location: Location) -> bool:
        return any(location[: len(other)] == other or other[: len(location)] == location for other in refused)

    found = [*_lengths(data), *_names(data), *_missing(data), *_parts(data)]
    return [error for error in found if not known(error.location)]


def _series(data: dict[str, Any]) -> dict[Location, list[Any]]:
    """Every field that came as a series, by its location; the generators' first."""
    series: dict[Location, Any] = {
        ("generators", index, "capacity_factor"): item.get("capacity_factor") for index, item in _generators(data)
    }
    loads = ("load_mw", "hydrogen_load_mw", "heat_load_mw", "month_of_hour")
    series |= {(name,): data.get(name) for name in loads}
    series |= {("grid", name): _part(data, "grid").get(name) for name in PRICES}
    return {location: value for location, value in series.items() if isinstance(value, list)}


def _lengths(data: dict[str, Any]) -> Iterator[Wrong]:
    series = _series(data)
    hours = next((len(value) for value in series.values()), 0)
    for location, value in series.items():
        if len(value) != hours:
            message = f"has {len(value):,} hours, the profiles have {hours:,}"
            yield Wrong(location, "wrong_length", message)


def _names(data: dict[str, Any]) -> Iterator[Wrong]:
    names: list[Any] = []
    for index, item in _generators(data):
        name, where = item.get("name"), ("generators", index, "name")
        if name in names:
            yield Wrong(where, "duplicate", "another generator has this name")
        if isinstance(name, str) and name in TAKEN_NAMES:
            message = f"{name}_mw is the capacity of a plant that is sized beside the generators: name it otherwise"
            yield Wrong(where, "reserved", message)
        names.append(name)


def _missing(data: dict[str, Any]) -> Iterator[Wrong]:
    if data.get("generators") == [] and data.get("grid") is None:
        yield Wrong(("generators",), "missing", "there must be at least one generator, or a grid")
    if data.get("hydrogen") is None and _largest(data.get("hydrogen_load_mw")) > 0.0:
        yield Wrong(("hydrogen",), "missing", "a hydrogen load needs an electrolyser")
    if data.get("heat") is None and _largest(data.get("heat_load_mw")) > 0.0:
        yield Wrong(("heat",), "missing", "a heat load needs a heater")
    loads = [data.get(name) for name in ("load_mw", "hydrogen_load_mw", "heat_load_mw")]
    if "load_mw" in data and not any(_largest(load) > 0.0 for load in loads):
        yield Wrong(("load_mw",), "out_of_range", "there is no load: of electricity, hydrogen or heat")
    share = data.get("clean_share")
    if data.get("grid") is None and _is_number(share) and share < LEAST_SERVED:
        yield SERVED_TOO_LITTLE


def _parts(data: dict[str, Any]) -> Iterator[Wrong]:
    turbine = ("turbine_annual_cost_usd_per_mw", "turbine_efficiency")
    given = [name for name in turbine if _part(data, "hydrogen").get(name) is not None]
    if len(given) == 1:
        absent = next(name for name in turbine if name not in given)
        yield Wrong(("hydrogen", absent), "missing", "a turbine needs both its cost and its efficiency")
    grid = _part(data, "grid")
    if grid.get("connection_annual_cost_usd_per_mw") is not None and _largest(grid.get("max_export_mw")) > 0.0:
        message = "the connection that is sized limits exports: leave it out, or 0 to sell nothing"
        yield Wrong(("grid", "max_export_mw"), "conflict", message)
    flexible = _part(data, "flexibility")
    most, peak = flexible.get("max_load_mw"), _largest(data.get("load_mw"))
    if _is_number(most) and most < peak:
        yield Wrong(("flexibility", "max_load_mw"), "conflict", f"is below the peak of the load, {peak:g} MW")


def _generators(data: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    found = data.get("generators")
    for index, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield index, item


def _part(data: dict[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


HUGE = 1e300  # an integer may be beyond any float


def _largest(value: Any) -> float:
    """The largest number of a number or a series; 0 where there is none."""
    values = value if isinstance(value, list) else [value]
    return max((float(min(item, HUGE)) for item in values if _is_number(item)), default=0.0)


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _untagged(location: Location) -> Location:
    """A location without the tags of fields that take a number or a series."""
    return tuple(part for part in location if part not in TAGS)
