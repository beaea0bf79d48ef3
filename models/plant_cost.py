"""Yearly cost of a process plant per unit of product: annuity of its parts, operation and bought inputs.

    capital   = sum over parts of USD/(capacity) x capacity x crf(wacc, lifetime) / product of the year
    operation = USD/(capacity)/year x capacity / product, or a share of a part's investment, or USD per unit
    inputs    = amount per unit x price

One function serves the process and the conventional route; what has no source or no price is named in `missing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.demand.band import Band, total
from models.demand.costs import Costs, InputCost, OperatingCost, OperatingKind, Scale
from models.demand.variant import Variant
from models.figure import Figure
from models.finance import crf
from models.prices import price_of


class PartKind(StrEnum):
    """What a part of the product cost is for."""

    ELECTRICITY = "electricity"
    HYDROGEN = "hydrogen"
    HEAT = "heat"
    FUEL = "fuel"
    CAPITAL = "capital"
    LABOUR = "labour"
    MAINTENANCE = "maintenance"
    OVERHEAD = "overhead"
    VARIABLE = "variable"
    INPUT = "input"
    WATER = "water"
    TRANSPORT = "transport"
    CARBON = "carbon"


@dataclass(frozen=True, slots=True)
class CostPart:
    """One part of a product's cost, USD per unit of product."""

    item: str
    kind: PartKind
    per_unit: Band


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that wears out: overnight cost and life. `first` False: its first set is paid with another asset."""

    name: str
    capex_usd: float
    lifetime_years: float
    first: bool = True


@dataclass(frozen=True, slots=True)
class PlantCost:
    """Costs of a plant. `parts` add up to the cost per unit; `missing` says what is not in them."""

    parts: tuple[CostPart, ...]
    assets: tuple[Asset, ...]
    missing: tuple[str, ...]
    provenance: tuple[Figure, ...]

    @property
    def per_unit(self) -> Band:
        """Sum of the parts: all lows at once, all highs at once."""
        return total([part.per_unit for part in self.parts])


@dataclass(frozen=True, slots=True)
class PlantCase:
    """Size and money of a plant.

    capacity : in the process's capacity unit. product_per_year : units of product.
    wacc : real, after tax. lifetime : of parts that state none. construction_factor : overnight cost to its value at
        the start of operation. prices : the caller's own, by item. sized : items of the process whose plant is in the
        sized system, and paid there.
    """

    capacity: float
    product_per_year: float
    wacc: Figure
    lifetime: Figure
    iso3: str | None
    prices: Mapping[str, float]
    construction_factor: float = 1.0
    sized: frozenset[str] = frozenset()


def plant_cost(costs: Costs, case: PlantCase, variant: Variant | None = None) -> PlantCost:
    """Costs of a plant; `variant` settles what costs scale with, None where nothing scales (a conventional route)."""
    parts, assets, figures = list[CostPart](), list[Asset](), list[Figure]()
    missing = [item.what for item in costs.missing if _factor(item.scale, variant) > 0.0]
    rates, per_capacity = Band.of(case.wacc), case.capacity / case.product_per_year
    investments: dict[str, Band] = {}
    for plant in costs.capital:
        factor = 0.0 if _is_sized(plant.scale, case) else _factor(plant.scale, variant)
        invested = Band.of(plant.figure).scaled(factor)
        investments[plant.name] = invested
        life = plant.lifetime or case.lifetime
        yearly = Band(*(crf(rate, life.value) for rate in rates)).times(invested).scaled(case.construction_factor)
        if factor > 0.0:
            parts.append(CostPart(plant.name, PartKind.CAPITAL, yearly.scaled(per_capacity)))
            assets.append(Asset(plant.name, invested.central * case.capacity, life.value))
            figures += [plant.figure, life]
    for cost in costs.operating:
        yearly, used = _operation(cost, investments, variant)
        if _is_sized(cost.scale, case):
            continue
        per_unit = yearly if cost.kind is OperatingKind.VARIABLE and cost.of is None else yearly.scaled(per_capacity)
        if used:
            parts.append(CostPart(cost.name, PartKind(cost.kind.value), per_unit))
            figures.append(cost.figure)
    for bought in costs.inputs:
        amount, amount_figures = _amount(bought, variant)
        if amount == Band.exactly(0.0):
            continue
        price = price_of(bought.price, case.iso3, case.prices)
        if price is None:
            missing.append(f"price of {bought.price}")
            continue
        parts.append(CostPart(bought.name, PartKind.INPUT, amount.times(Band.of(price))))
        figures += [*amount_figures, price]
    return PlantCost(tuple(parts), tuple(assets), tuple(missing), tuple(figures))


def _is_sized(scale: Scale | None, case: PlantCase) -> bool:
    """True where the plant a cost is of is sized with the supply, and paid there."""
    return scale is not None and not scale.complement and set(scale.items) <= case.sized


def _operation(cost: OperatingCost, investments: Mapping[str, Band], variant: Variant | None) -> tuple[Band, bool]:
    """Yearly cost per capacity, or per unit of product, and whether it arises at all."""
    factor = _factor(cost.scale, variant)
    band = Band.of(cost.figure).scaled(factor)
    if cost.of is not None:
        band = band.times(investments[cost.of])
    return band, band != Band.exactly(0.0)


def _amount(bought: InputCost, variant: Variant | None) -> tuple[Band, list[Figure]]:
    """Amount per unit of product, and its own figures (those of a residual are in the demand's provenance)."""
    if bought.energy_of is not None:
        found = () if variant is None else variant.residuals
        energies = [item.energy for item in found if item.residual.name == bought.energy_of]
        return total(energies).scaled(_factor(bought.scale, variant)), []
    assert bought.amount is not None  # the loader reads one where no residual is named
    return Band.of(bought.amount).scaled(_factor(bought.scale, variant)), [bought.amount]


def _factor(scale: Scale | None, variant: Variant | None) -> float:
    """What the parameters make of the items a cost follows, over what stands in the file; 1 where it follows none."""
    if scale is None or variant is None:
        return 1.0
    factor = sum(_share_left(name, variant) for name in scale.items)
    return 1.0 - factor if scale.complement else factor


def _share_left(name: str, variant: Variant) -> float:
    """Amount of an item in the variant over that in the file; 0 where it is left out or the file has none of it."""
    for resolved in variant.steps:
        if resolved.step.name == name:
            multiplier = resolved.step.multiplier
            base = resolved.step.figure.value * (1.0 if multiplier is None else multiplier.value)
            return resolved.amount.central / base if base > 0.0 else 1.0
    for left in variant.residuals:
        if left.residual.name == name:
            item = left.residual
            base = item.figure.value * item.co2.value
            if base > 0.0:
                return left.co2.central / base
            burnt = 0.0 if item.energy is None else item.figure.value * item.energy.value  # biogenic: CO2 at nil
            return left.energy.central / burnt if burnt > 0.0 else 1.0
    return 0.0
