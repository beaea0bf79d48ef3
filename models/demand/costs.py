"""What a process costs beside its electricity and hydrogen: inputs, plant, operation, and those of what it replaces.

Money is real USD of 2025, converted where a file is read. A cost may follow an item of the process (`scales_with`): it
is multiplied with what the parameters make of that item over what stands in the file, so that ore falls with the scrap
share and a plant that is not chosen costs nothing; `complement` turns that factor f into 1 - f.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.figure import Figure

AS_INPUT = "as_input"
"""In place of a price: the fuel is one of the inputs, by the tonne, and is not priced again by its energy."""


class OperatingKind(StrEnum):
    """What an operating cost is for."""

    LABOUR = "labour"
    MAINTENANCE = "maintenance"  # materials and repair, and what the source does not tell apart from them
    OVERHEAD = "overhead"  # insurance, property tax, administration
    VARIABLE = "variable"  # per unit of product


@dataclass(frozen=True, slots=True)
class Scale:
    """By which items of the process a cost is scaled: the sum of their factors, or what is left of it to 1."""

    items: tuple[str, ...]
    complement: bool = False


@dataclass(frozen=True, slots=True)
class InputCost:
    """A bought input: `amount` per unit of product, or the energy of a residual (MWh). `price` is the item's name."""

    name: str
    price: str
    amount: Figure | None
    energy_of: str | None = None
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class CapitalCost:
    """Overnight cost of a part of the plant, USD per unit of its yearly capacity; `lifetime` None: the plant's own."""

    name: str
    figure: Figure
    lifetime: Figure | None
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class OperatingCost:
    """Yearly cost per unit of capacity, a share of the capital cost `of`, or (`variable`) cost per unit of product."""

    name: str
    kind: OperatingKind
    figure: Figure
    of: str | None = None
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What has no source, where the variant has it at all: then no product cost is stated."""

    what: str
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs of one plant.

    covers : what the figures contain, where that is not plain.
    """

    inputs: tuple[InputCost, ...]
    capital: tuple[CapitalCost, ...]
    operating: tuple[OperatingCost, ...]
    missing: tuple[Missing, ...]
    covers: str


@dataclass(frozen=True, slots=True)
class RouteCosts:
    """Costs of a conventional route. fuel_prices : carrier of the route's fuels -> price item, or AS_INPUT."""

    fuel_prices: Mapping[str, str]
    costs: Costs


@dataclass(frozen=True, slots=True)
class ProcessCosts:
    """Costs of a process, and of its conventional routes by id."""

    own: Costs
    routes: Mapping[str, RouteCosts]
