"""The process catalogue: what a process is made of. The figures stand in `processes/*.yaml`, one file a process.

An *item* is a step (it draws electricity, hydrogen or heat) or a residual (what still emits: fuel, carbon,
process CO2). Items of one `group` are alternatives: one option of the group is chosen, and with it the items that
name it in `options`; they are never summed.
Parameters (`effects.py`) act on items, so a process needs no code of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from models.demand.costs import ProcessCosts
from models.demand.effects import Parameter
from models.demand.errors import UnknownProcess
from models.demand.heat_pump import HeatPump
from models.demand.operation import UsualOperation
from models.figure import Figure

CUSTOM = "custom"
DATA = Path(__file__).with_name("processes")


class CapacityUnit(StrEnum):
    """In what the size of a plant is stated."""

    T_PER_YEAR = "t_per_year"
    MW = "mw"
    M3_PER_DAY = "m3_per_day"


SIZE_UNITS = {CapacityUnit.T_PER_YEAR: "t/year", CapacityUnit.MW: "MW", CapacityUnit.M3_PER_DAY: "m3/day"}


class Carrier(StrEnum):
    """What a step draws."""

    ELECTRICITY = "electricity"  # MWh per unit of product
    HYDROGEN = "hydrogen"  # kg per unit of product
    HEAT = "heat"  # MWh of heat per unit of product, made electrically at `electrification_efficiency`


class Scope(StrEnum):
    """Where a residual is emitted."""

    DIRECT = "direct"  # at the plant: scope 1
    UPSTREAM = "upstream"  # where a bought input is made: scope 3, stated beside the total


@dataclass(frozen=True, slots=True)
class Flexibility:
    """How far a step can be turned down; None where the source says nothing.

    shift_hours : for how long its buffer lets it run less or more.
    power_on_share : of a batch, the part of its cycle in which it draws power; what an hourly mean hides.
    """

    flexible: bool
    operation: str = "continuous"
    min_load_share: float | None = None
    ramp_share_per_hour: float | None = None
    buffer: str = ""
    shift_hours: Figure | None = None
    power_on_share: Figure | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `figure` is per unit of product, or per unit of `multiplier` where there is one.

    A step that draws heat has an `electrification_efficiency`, or a `heat_pump` whose efficiency follows temperatures.
    heater : the technology whose cost it has where its heat may go through a store.
    """

    name: str
    carrier: Carrier
    figure: Figure
    multiplier: Figure | None
    electrification_efficiency: Figure | None
    temperature_c: tuple[float, float] | None
    flexibility: Flexibility
    group: str | None
    options: tuple[str, ...]
    heat_pump: HeatPump | None = None
    heater: str | None = None


@dataclass(frozen=True, slots=True)
class Residual:
    """What still emits. CO2 = `figure` x `co2` (t per unit of `figure`); energy = `figure` x `energy` (MWh)."""

    name: str
    figure: Figure
    co2: Figure
    energy: Figure | None
    scope: Scope
    group: str | None
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConventionalRoute:
    """A route that the process replaces, per unit of product.

    `electricity` is the net purchase (negative: export); `gross_electricity`, where it differs, is what the
    route uses, own generation included, and serves the electricity share alone. Energies in MWh, CO2 in t.
    for_option : the route belongs to this option of an alternative, and is none where another is chosen.
    """

    id: str
    name: str
    default: bool
    direct_co2: Figure
    fuels_mwh: Mapping[str, float]
    electricity: Figure
    gross_electricity: Figure | None
    source: str
    for_option: str | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the catalogue."""

    id: str
    name: str
    sector: str
    product: str
    product_unit: str
    boundary: str
    capacity_unit: CapacityUnit
    size: Figure | None
    utilisation: Figure | None
    lifetime: Figure | None
    steps: tuple[Step, ...]
    residuals: tuple[Residual, ...]
    parameters: tuple[Parameter, ...]
    conventional_routes: tuple[ConventionalRoute, ...]
    published: tuple[Figure, ...]  # totals of others, for cross-checks; never summed
    defaults_by_group: Mapping[str, str]
    costs: ProcessCosts | None = None
    operation: UsualOperation | None = None

    @property
    def items(self) -> tuple[Step | Residual, ...]:
        """Steps and residuals."""
        return (*self.steps, *self.residuals)

    @property
    def is_custom(self) -> bool:
        """True for the caller's own load profile, which has no steps."""
        return self.id == CUSTOM

    @property
    def size_unit(self) -> str:
        """The unit of `size`: `capacity_unit` as figures print it."""
        return SIZE_UNITS[self.capacity_unit]

    @property
    def default_capacity(self) -> float | None:
        """The central size, in `capacity_unit`; None for the caller's own load."""
        return None if self.size is None else self.size.value

    @property
    def default_utilisation(self) -> float:
        """The central share of the year; 1 for the caller's own load."""
        return 1.0 if self.utilisation is None else self.utilisation.value

    @property
    def per_tonne(self) -> bool:
        """True where the unit of product is a tonne."""
        return self.product_unit == "t"

    @property
    def conventional_route(self) -> ConventionalRoute | None:
        """The route compared with unless another is asked for."""
        return next((route for route in self.conventional_routes if route.default), None)

    def step(self, name: str) -> Step:
        """The step of this name; KeyError where there is none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)


@cache
def catalogue() -> Mapping[str, Process]:
    """Every process by id, read once. Raises CatalogueError naming file and field."""
    from models.demand.loader import load_process  # the loader builds the classes above

    found = [load_process(path) for path in sorted(DATA.glob("*.yaml"))]
    return MappingProxyType({process.id: process for process in found})


def find_process(process_id: str) -> Process:
    """The process of this id. Raises UnknownProcess, which lists the valid ids."""
    processes = catalogue()
    if process_id not in processes:
        raise UnknownProcess(process_id, tuple(processes))
    return processes[process_id]
