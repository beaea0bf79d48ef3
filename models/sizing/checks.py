"""Every wrong field of a sizing problem, found at once."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from models.sizing.components import TAKEN_NAMES

if TYPE_CHECKING:
    from models.sizing.problem import SizingProblem

SHARES = ("clean_share", "unserved_share", "electrolyser_min_load", "electrolyser_ramp", "share")
LOSSES = ("standing_loss", "store_standing_loss")
SIGNED = ("marginal_cost_usd_per_mwh", "turbine_marginal_cost_usd_per_mwh")


class InvalidProblem(ValueError):
    """A field of the problem is wrong; `errors` holds every (field, message)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors))


def check(problem: "SizingProblem") -> None:
    """Raise InvalidProblem where a field is wrong."""
    errors = [*_series_errors(problem), *_number_errors(problem)]
    if not errors:
        errors = _contradictions(problem)
    if errors:
        raise InvalidProblem(errors)


def _series_errors(problem: "SizingProblem") -> list[tuple[str, str]]:
    series: dict[str, Any] = {"load_mw": problem.load_mw, "hydrogen_load_mw": problem.hydrogen_load_mw}
    series |= {f"generators.{g.name}.capacity_factor": g.capacity_factor for g in problem.generators}
    series |= {name: getattr(problem, name) for name in ("month_of_hour", "heat_load_mw")}
    if problem.grid is not None:
        prices = ("import_price_usd_per_mwh", "export_price_usd_per_mwh")
        series |= {f"grid.{name}": getattr(problem.grid, name) for name in prices}
    hours = len(problem.load_mw)
    errors = []
    for field, value in series.items():
        if value is None:
            continue
        array = np.asarray(value, dtype=float)
        priced = field.startswith("grid.")
        if (array.ndim or not priced) and (array.shape != (hours,) or hours < 2):
            errors.append((field, f"must have the shape ({hours},) of the load, two hours at least"))
        elif not np.isfinite(array).all():
            errors.append((field, "must be finite"))
        elif not priced and (array < 0.0).any():
            errors.append((field, "must not be negative"))
    return errors


def _number_errors(problem: "SizingProblem") -> list[tuple[str, str]]:
    parts: dict[str, Any] = {"": problem}
    parts |= {name: getattr(problem, name) for name in ("battery", "hydrogen", "heat", "grid", "flexibility")}
    parts |= {f"generators.{generator.name}": generator for generator in problem.generators}
    errors = []
    for place, part in parts.items():
        for name in () if part is None else (item.name for item in fields(part)):
            value = getattr(part, name)
            if isinstance(value, bool) or not isinstance(value, int | float | np.floating | np.integer):
                continue
            wrong = _wrong_number(name, float(value))
            if wrong and "price" not in name:
                errors.append((f"{place}.{name}".lstrip("."), wrong))
    return errors


def _wrong_number(name: str, value: float) -> str | None:
    if name in SHARES and not 0.0 <= value <= 1.0:
        return "must lie between 0 and 1"
    if name in LOSSES and not 0.0 <= value < 1.0:
        return "must be at least 0 and below 1"
    if name.endswith("efficiency") and not 0.0 < value <= 1.0:
        return "must be over 0 and at most 1"
    if name == "heater_cop" and not 0.0 < value <= 20.0:
        return "must be over 0 and at most 20"
    if not np.isfinite(value) or (value < 0.0 and name not in SIGNED):
        return "must be finite and not negative"
    return None


def _contradictions(problem: "SizingProblem") -> list[tuple[str, str]]:
    errors = []
    names = [generator.name for generator in problem.generators]
    errors += [("generators", f"two are named {name}") for name in sorted(set(names)) if names.count(name) > 1]
    taken = sorted(set(names) & TAKEN_NAMES)
    errors += [("generators", f"{name} is the name of a plant that is sized: call it otherwise") for name in taken]
    if not problem.generators and problem.grid is None:
        errors.append(("generators", "there must be a generator or a grid"))
    if problem.hydrogen is None and np.any(problem.hydrogen_load_mw > 0.0):
        errors.append(("hydrogen", "a hydrogen load needs an electrolyser"))
    if problem.heat is None and np.any(problem.heat_demand_mw > 0.0):
        errors.append(("heat", "a heat load needs a heater"))
    if problem.grid is not None and problem.matching == "monthly" and problem.month_of_hour is None:
        errors.append(("month_of_hour", "monthly matching needs the month of each hour"))
    hydrogen = problem.hydrogen
    if hydrogen and (hydrogen.turbine_annual_cost_usd_per_mw is None) != (hydrogen.turbine_efficiency is None):
        errors.append(("hydrogen.turbine_efficiency", "a turbine needs both its cost and its efficiency"))
    flexible = problem.flexibility
    if flexible and flexible.max_load_mw is not None and flexible.max_load_mw < problem.load_mw.max():
        errors.append(("flexibility.max_load_mw", "is below the peak of the load"))
    grid = problem.grid
    if grid and grid.connection_annual_cost_usd_per_mw is not None and grid.max_export_mw:
        errors.append(("grid.max_export_mw", "the connection that is sized limits exports: leave it out, or 0"))
    price = problem.unserved_price_usd_per_mwh
    if price is not None and not (np.isfinite(price) and price >= 0.0):
        errors.append(("unserved_price_usd_per_mwh", "must be finite and not negative"))
    return errors
