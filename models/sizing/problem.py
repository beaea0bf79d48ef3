"""What is to be decided: loads, what may be built at what annual cost, and how clean the supply must be.

Conventions of `docs/sizing.md`: power in MW, energy in MWh, hydrogen at its lower heating value; the electrolyser
is sized on its electric input, the hydrogen turbine on its electric output, and one battery inverter bounds
charging (input) as well as discharging (output). Capacity costs count once a year, operating costs are scaled by
8,760 over the hours of the problem, so that several years may stand in one problem.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np

from models.arrays import FloatArray

HOURS_A_YEAR = 8760.0
DUST = 1e-9  # capacity factor below which free capacity would be built without end to use it


class InvalidProblem(ValueError):
    """A field of the problem is wrong; `errors` holds every (field, message)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors))


class Matching(StrEnum):
    """Over which period imports less exports count against the clean share."""

    HOURLY = "hourly"
    MONTHLY = "monthly"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True, eq=False)
class Generator:
    """A generator; `capacity_factor` (hours,) is what a MW of it can make in each hour."""

    name: str
    capacity_factor: FloatArray
    annual_cost_usd_per_mw: float
    marginal_cost_usd_per_mwh: float = 0.0
    max_mw: float | None = None

    @property
    def usable_factor(self) -> FloatArray:
        """Capacity factors without dust: what is below `DUST` is rounding of a night, and counts as nothing."""
        return np.where(self.capacity_factor < DUST, 0.0, self.capacity_factor)


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery whose energy and inverter are sized apart."""

    annual_cost_usd_per_mwh: float
    annual_cost_usd_per_mw: float
    charge_efficiency: float
    discharge_efficiency: float
    max_mw: float | None = None


@dataclass(frozen=True, slots=True)
class Hydrogen:
    """Electrolyser and, where their costs are given, store and turbine. None leaves a part out."""

    electrolyser_annual_cost_usd_per_mw: float
    electrolyser_efficiency: float
    store_annual_cost_usd_per_mwh: float | None = None
    turbine_annual_cost_usd_per_mw: float | None = None
    turbine_efficiency: float | None = None
    turbine_marginal_cost_usd_per_mwh: float = 0.0
    electrolyser_max_mw: float | None = None
    store_max_mwh: float | None = None
    turbine_max_mw: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A grid: prices are one number or (hours,); a limit of None is none."""

    import_price_usd_per_mwh: float | FloatArray
    export_price_usd_per_mwh: float | FloatArray = 0.0
    max_import_mw: float | None = None
    max_export_mw: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SizingProblem:
    """Loads (hours,) and what may serve them.

    clean_share : off grid, the least share of the load served, of electricity and of hydrogen each. With a grid,
        `hourly` matching allows imports of at most (1 - share) x load over the problem; `monthly` and `annual`
        allow imports less exports of at most (1 - share) x load, in each month or over each problem. Load there is
        the electric load and what electrolysers need for the hydrogen load.
    month_of_hour : (hours,) integers that group hours into months; needed for monthly matching alone.

    Raises InvalidProblem naming every wrong field.
    """

    load_mw: FloatArray
    hydrogen_load_mw: FloatArray
    generators: tuple[Generator, ...]
    battery: Battery | None = None
    hydrogen: Hydrogen | None = None
    grid: Grid | None = None
    clean_share: float = 1.0
    matching: Matching = Matching.HOURLY
    month_of_hour: np.ndarray | None = None

    def __post_init__(self) -> None:
        errors = [*_series_errors(self), *_number_errors(self)]
        names = [generator.name for generator in self.generators]
        errors += [("generators", f"two are named {name}") for name in sorted(set(names)) if names.count(name) > 1]
        if not self.generators and self.grid is None:
            errors.append(("generators", "there must be a generator or a grid"))
        if self.hydrogen is None and np.any(np.asarray(self.hydrogen_load_mw) > 0.0):
            errors.append(("hydrogen", "a hydrogen load needs an electrolyser"))
        if self.grid is not None and self.matching is Matching.MONTHLY and self.month_of_hour is None:
            errors.append(("month_of_hour", "monthly matching needs the month of each hour"))
        if errors:
            raise InvalidProblem(errors)

    @property
    def hours(self) -> int:
        """Hours of the problem."""
        return len(self.load_mw)

    @property
    def yearly(self) -> float:
        """Energies of the problem times this are energies of a year."""
        return HOURS_A_YEAR / self.hours

    @property
    def matched_load_mw(self) -> FloatArray:
        """Electric load and what electrolysers need for the hydrogen load, (hours,)."""
        if self.hydrogen is None:
            return self.load_mw
        return self.load_mw + self.hydrogen_load_mw / self.hydrogen.electrolyser_efficiency


def _series_errors(problem: SizingProblem) -> list[tuple[str, str]]:
    series: dict[str, object] = {"load_mw": problem.load_mw, "hydrogen_load_mw": problem.hydrogen_load_mw}
    series |= {f"generators.{g.name}.capacity_factor": g.capacity_factor for g in problem.generators}
    if problem.grid is not None:
        for name in ("import_price_usd_per_mwh", "export_price_usd_per_mwh"):
            value = getattr(problem.grid, name)
            if np.ndim(value):
                series[f"grid.{name}"] = value
            elif not np.isfinite(value):
                return [(f"grid.{name}", "must be finite")]
    if problem.month_of_hour is not None:
        series["month_of_hour"] = problem.month_of_hour
    errors = []
    for field, value in series.items():
        array = np.asarray(value, dtype=float)
        if array.ndim != 1 or len(array) != len(problem.load_mw) or len(array) < 2:
            errors.append((field, f"must have the shape ({len(problem.load_mw)},) of the load, two hours at least"))
        elif not np.isfinite(array).all():
            errors.append((field, "must be finite"))
        elif not field.startswith("grid.") and (array < 0.0).any():
            errors.append((field, "must not be negative"))
    return errors


def _number_errors(problem: SizingProblem) -> list[tuple[str, str]]:
    errors = []
    if not 0.0 <= problem.clean_share <= 1.0:
        errors.append(("clean_share", "must lie between 0 and 1"))
    parts: dict[str, object] = {"battery": problem.battery, "hydrogen": problem.hydrogen, "grid": problem.grid}
    parts |= {f"generators.{generator.name}": generator for generator in problem.generators}
    for place, part in parts.items():
        for name in () if part is None else (item.name for item in fields(part)):  # type: ignore[arg-type]  # dataclasses all
            value = getattr(part, name)
            if value is None or isinstance(value, str) or np.ndim(value) or "price" in name:
                continue
            if name.endswith("efficiency"):
                if not 0.0 < value <= 1.0:
                    errors.append((f"{place}.{name}", "must be over 0 and at most 1"))
            elif not np.isfinite(value) or (value < 0.0 and not name.endswith("marginal_cost_usd_per_mwh")):
                errors.append((f"{place}.{name}", "must be finite and not negative"))
    hydrogen = problem.hydrogen
    if hydrogen and (hydrogen.turbine_annual_cost_usd_per_mw is None) != (hydrogen.turbine_efficiency is None):
        errors.append(("hydrogen.turbine_efficiency", "a turbine needs both its cost and its efficiency"))
    return errors
