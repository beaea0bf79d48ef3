"""What the product costs on the conventional route, and what the difference says.

    conventional = fuels x price + electricity x price + plant + operation + inputs + carbon price x direct CO2
    premium      = own - conventional
    break-even carbon price  = (own - conventional, both without carbon) / (conventional - own direct CO2)
    break-even power price   = LCOE - premium / electricity delivered per unit
    abatement cost           = (own - conventional, both without carbon) / (conventional - own CO2, power included)

The conventional plant is a new one of the same size, utilisation and cost of capital. Where its route exports power, it
is credited at the price at which industry buys: a bound in its favour.
"""

from dataclasses import dataclass

from models.demand.band import Band, total
from models.demand.catalogue import ConventionalRoute
from models.demand.costs import AS_INPUT, RouteCosts
from models.demand.load import recalled_notice
from models.figure import Figure
from models.notice import Notice
from models.plant_cost import CostPart, PartKind, PlantCase, plant_cost
from models.prices import price_of


@dataclass(frozen=True, slots=True)
class ConventionalCost:
    """Cost per unit on the conventional route; `per_unit` None where something has no source."""

    route: str
    parts: tuple[CostPart, ...]
    per_unit: Band | None
    without_carbon: Band | None
    missing: tuple[str, ...]
    provenance: tuple[Figure, ...]
    warnings: tuple[Notice, ...]


def conventional_cost(
    route: ConventionalRoute,
    costs: RouteCosts | None,
    case: PlantCase,
    *,
    electricity_price: Figure | None,
    carbon_price: Figure | None,
) -> ConventionalCost:
    """Cost of the product on a route. electricity_price : what industry pays for power, USD/MWh."""
    parts, missing, figures = list[CostPart](), list[str](), list[Figure]()
    if costs is None:
        missing.append("plant investment and operation")
    else:
        for carrier, energy in route.fuels_mwh.items():
            item = costs.fuel_prices.get(carrier)
            if item == AS_INPUT:
                continue
            price = None if item is None else price_of(item, case.iso3, case.prices)
            if price is None:
                missing.append(f"price of {carrier}")
            else:
                parts.append(CostPart(carrier, PartKind.FUEL, _priced(energy, price)))
                figures.append(price)
        plant = plant_cost(costs.costs, case)
        parts += plant.parts
        missing += plant.missing
        figures += plant.provenance
    if route.electricity.value != 0.0:
        if electricity_price is None:
            missing.append("price of electricity")
        else:
            parts.append(CostPart("electricity", PartKind.ELECTRICITY, _bought(route.electricity, electricity_price)))
            figures.append(electricity_price)
    without = total([part.per_unit for part in parts])
    if carbon_price is not None and carbon_price.value > 0.0:
        carbon = Band.of(route.direct_co2).times(Band.of(carbon_price))
        parts.append(CostPart("carbon", PartKind.CARBON, carbon))
        figures.append(carbon_price)
    notices = list(recalled_notice(figures, "conventional cost"))
    if missing:
        what = ", ".join(dict.fromkeys(missing))
        notices.append(Notice("conventional_cost_unavailable", f"{route.name}: no source for {what}"))
    return ConventionalCost(
        route=route.name,
        parts=tuple(parts),
        per_unit=None if missing else total([part.per_unit for part in parts]),
        without_carbon=None if missing else without,
        missing=tuple(dict.fromkeys(missing)),
        provenance=tuple(figures),
        warnings=tuple(notices),
    )


def _priced(energy_mwh: float, price: Figure) -> Band:
    """Cost of a fuel; a flow that leaves (steam to others) is credited, low with high."""
    band = Band.of(price).scaled(abs(energy_mwh))
    return band if energy_mwh >= 0.0 else _negative(band)


def _bought(amount: Figure, price: Figure) -> Band:
    if amount.value >= 0.0:
        return Band.of(amount).times(Band.of(price))
    left = Band(*(abs(end) for end in reversed(Band.of(amount))))
    return _negative(left.times(Band.of(price)))


def _negative(band: Band) -> Band:
    return Band(-band.high, -band.central, -band.low)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the difference of the two says; None where a side is not stated or there is nothing to divide by.

    premium_usd_per_unit : own less conventional, carbon as priced; its band an outer bound.
    break_even_carbon_price : at which both cost the same, negative where the own product is cheaper already.
    break_even_power_price : of clean power, hydrogen chain held; negative where power for nothing would not do.
    """

    premium_usd_per_unit: Band | None
    premium_share: float | None
    break_even_carbon_price_usd_per_t: float | None
    break_even_power_price_usd_per_mwh: float | None
    abatement_cost_usd_per_t_co2: float | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: cost per unit, with and without carbon, and CO2 per unit, direct and in all."""

    per_unit: Band | None
    without_carbon: Band | None
    direct_t_co2: float
    t_co2: float


def compare(own: Side, conventional: Side, clean_power_usd_per_mwh: float, delivered_mwh_per_unit: float) -> Comparison:
    """Own product against conventional; both per unit of product."""
    if own.per_unit is None or conventional.per_unit is None:
        return Comparison(None, None, None, None, None)
    assert own.without_carbon is not None  # stated where the cost is
    assert conventional.without_carbon is not None
    ours, theirs = own.per_unit, conventional.per_unit
    premium = Band(ours.low - theirs.high, ours.central - theirs.central, ours.high - theirs.low)
    gap = own.without_carbon.central - conventional.without_carbon.central
    direct, avoided = conventional.direct_t_co2 - own.direct_t_co2, conventional.t_co2 - own.t_co2
    power = None
    if delivered_mwh_per_unit > 0.0:
        power = clean_power_usd_per_mwh - premium.central / delivered_mwh_per_unit
    return Comparison(
        premium_usd_per_unit=premium,
        premium_share=premium.central / theirs.central if theirs.central > 0.0 else None,
        break_even_carbon_price_usd_per_t=gap / direct if direct > 0.0 else None,
        break_even_power_price_usd_per_mwh=power,
        abatement_cost_usd_per_t_co2=gap / avoided if avoided > 0.0 else None,
    )
