"""A caller's design: the default with what they state in its place, every wrong field named at once."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from models.figure import Figure, Status
from models.supply.designs import (
    PV_TECHNOLOGIES,
    InvalidDesign,
    PVDesign,
    WindDesign,
    default_design,
    turbine_classes,
)
from models.supply.losses import LossSet, given_losses
from models.supply.power_curve import PowerCurve

D = TypeVar("D", PVDesign, WindDesign)
PV_FIELDS = (
    *(field.name for field in fields(PVDesign) if field.name not in ("tracking", "losses", "figures")),
    "losses_share",
)
WIND_FIELDS = ("hub_height_m", "power_curve", "turbine_class", "shear_land", "shear_sea", "losses_share")


def design_with(technology: str, given: Mapping[str, Any]) -> PVDesign | WindDesign:
    """The design of a technology with the caller's own figures.

    `losses_share` stands for all losses, ageing included. Raises InvalidDesign naming every wrong field.
    """
    known = PV_FIELDS if technology in PV_TECHNOLOGIES else WIND_FIELDS
    errors = [
        (name, "is not a field of this design; known: " + ", ".join(known)) for name in given if name not in known
    ]
    if errors:
        raise InvalidDesign(errors)
    if technology in PV_TECHNOLOGIES:
        return _pv(technology, given)
    return _wind(technology, given)


def _pv(technology: str, given: Mapping[str, Any]) -> PVDesign:
    base = default_design(technology)
    assert isinstance(base, PVDesign)
    errors: list[tuple[str, str]] = []
    changes: dict[str, Any] = {name: value for name, value in given.items() if name != "losses_share"}
    if "losses_share" in given:
        changes["losses"] = _losses(technology, given["losses_share"], errors)
        changes.setdefault("degradation_share_per_year", 0.0)
    return _replaced(base, technology, given, changes, errors)


def _wind(technology: str, given: Mapping[str, Any]) -> WindDesign:
    errors: list[tuple[str, str]] = []
    named = given.get("turbine_class")
    if named is not None and named not in turbine_classes():
        errors.append(("turbine_class", "must be one of " + ", ".join(turbine_classes())))
        named = None
    base = default_design(technology, named)
    assert isinstance(base, WindDesign)
    changes: dict[str, Any] = {
        name: given[name] for name in ("hub_height_m", "shear_land", "shear_sea") if name in given
    }
    if "losses_share" in given:
        changes["losses"] = _losses(technology, given["losses_share"], errors)
    if "power_curve" in given:
        try:
            changes["power_curve"] = power_curve_of(given["power_curve"])
        except ValueError as error:
            errors.append(("power_curve", str(error)))
    return _replaced(base, technology, given, changes, errors)


def power_curve_of(points: Sequence[Sequence[float]]) -> PowerCurve:
    """A curve from [speed in m/s, share of the rating] points; it runs from its first to its last output above nothing.

    Raises ValueError where the points are no curve.
    """
    table = np.asarray(points, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != 2 or len(table) < 2:
        raise ValueError("must be a list of at least two [speed_m_per_s, share_of_rating] pairs")
    speed, output = table[:, 0], table[:, 1]
    runs = np.flatnonzero(output > 0.0)
    if not len(runs):
        raise ValueError("the curve gives nothing at any speed")
    return PowerCurve(speed, output, float(speed[max(runs[0] - 1, 0)]), float(speed[runs[-1]]))


def _losses(technology: str, share: float, errors: list[tuple[str, str]]) -> LossSet:
    try:
        return given_losses(technology, share)
    except ValueError as error:
        errors.append(("losses_share", str(error)))
        return given_losses(technology, 0.0)


def _replaced(
    base: D, technology: str, given: Mapping[str, Any], changes: dict[str, Any], errors: list[tuple[str, str]]
) -> D:
    """The base with the changes; its figures with those of the caller in their place."""
    stated: dict[str, Figure] = {
        f"{technology}.{name}": Figure(
            f"{technology}.{name}", float(value), _unit(name), "given by the caller", status=Status.GIVEN
        )
        for name, value in given.items()
        if isinstance(value, int | float)
    }
    lumped = "losses_share" in given
    kept: list[Figure] = [
        stated.pop(figure.name, figure)
        for figure in base.figures
        if not (lumped and (".loss." in figure.name or figure.name.endswith("degradation_share_per_year")))
    ]
    changes["figures"] = (*kept, *stated.values())
    try:
        found = replace(base, **changes)
    except InvalidDesign as error:
        raise InvalidDesign(errors + error.errors) from error
    if errors:
        raise InvalidDesign(errors)
    return found


def _unit(name: str) -> str:
    endings = {"_deg": "deg", "_m": "m", "_share": "1", "_per_c": "1/K", "_years": "years", "_per_year": "1/year"}
    return next((unit for ending, unit in endings.items() if name.endswith(ending)), "1")
