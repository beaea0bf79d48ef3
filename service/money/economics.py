"""Product cost, conventional route and the project's cash flow for a sized site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from models.conventional_cost import Comparison, ConventionalCost, Side, compare, conventional_cost
from models.country_electricity import median_industrial_price
from models.demand.band import Band
from models.demand.load import UNITS_PER_YEAR
from models.figure import Figure, Status
from models.incentives import credit_45v
from models.investment import construction_factor
from models.notice import Notice
from models.plant_cost import CostPart, PartKind, PlantCase
from models.prices import carbon_price
from models.product_cost import (
    PowerCost,
    ProductChoices,
    ProductCost,
    given_figure,
    power_cost_of,
    product_cost,
    with_part,
)
from models.stack import StackReplacement, stack_replacement
from models.supply_assets import Investment, supply_investments
from models.wacc import CapitalStructure, capital_structure, wacc_for
from service.answer.money_notices import money_notices
from service.money.project_value import CUSTOM_YEARS, ProjectValue, Sized, value_of

GIVEN = "given by the caller"
HOURS = 8760.0


@dataclass(frozen=True, slots=True, eq=False)
class Economics:
    """What the product costs, what it would cost otherwise, what the project is worth.

    carbon : price as used; None where none is known of the country that was asked for.
    """

    product: ProductCost
    conventional: ConventionalCost | None
    comparison: Comparison
    value: ProjectValue | None
    capital: tuple[CapitalStructure, ...]
    stack: StackReplacement | None
    carbon: Figure | None
    provenance: tuple[Figure, ...]
    warnings: tuple[Notice, ...]


def economics_of(sized: Sized) -> Economics:
    """Everything about money beyond the levelised costs of power and hydrogen."""
    money, process = sized.request.finance, sized.demand.process
    case, carbon = _case(sized), _carbon(sized)
    direct = sized.emissions.direct_t_co2_per_year / sized.demand.product_per_year
    feed = sized.dispatch.process_hydrogen_share * sized.dispatch.electrolysis_mwh
    power = power_cost_of(sized.costs, feed, sized.dispatch.hydrogen_served_mwh)
    product = product_cost(sized.demand, power, case, _choices(sized, carbon), direct)
    connection_rate = wacc_for(sized.plan.country, "grid_connection", money.capital).value
    investments = supply_investments(sized.pricing.plants(), connection_rate, money.construction_years)
    stack = _stack(sized, investments) if money.stack_replacement else None
    if stack is not None:
        level = Band.exactly(stack.annual_usd / product.product_per_year)
        product = with_part(product, CostPart("stack_replacement", PartKind.HYDROGEN, level), stack.provenance)
    route, conventional, notices = sized.demand.variant.conventional_route, None, list[Notice]()
    if route is not None:
        price, notices = _electricity_price(sized)
        costs = process.costs.routes.get(route.id) if process.costs is not None else None
        conventional = conventional_cost(route, costs, case, electricity_price=price, carbon_price=carbon)
    comparison = _compare(sized, product, conventional, power, direct)
    value = value_of(sized, product, conventional, investments, stack)
    structures = tuple(
        capital_structure(sized.plan.country, name, money.capital)
        for name in dict.fromkeys([*(option.technology for option in sized.plan.generators), "plant"])
    )
    figures = [*product.provenance, *(conventional.provenance if conventional else ())]
    if money.support.us_45v_band is not None:
        figures.append(credit_45v(money.support.us_45v_band))
    return Economics(
        product=product,
        conventional=conventional,
        comparison=comparison,
        value=value,
        capital=structures,
        stack=stack,
        carbon=carbon,
        provenance=tuple(figures),
        warnings=(
            *product.warnings,
            *(conventional.warnings if conventional else ()),
            *notices,
            *_idle_prices(money.prices, figures),
            *money_notices(sized, product, carbon, stack, value),
        ),
    )


def _idle_prices(given: Mapping[str, float], used: Iterable[Figure]) -> list[Notice]:
    """A warning of the caller's prices that neither route pays."""
    names = {figure.name for figure in used}
    idle = [item for item in given if f"price.{item}" not in names]
    detail = f"neither the process nor its conventional route buys {', '.join(idle)}: the price has no effect"
    return [Notice("price_without_effect", detail)] if idle else []


def _case(sized: Sized) -> PlantCase:
    demand, money = sized.demand, sized.request.finance
    lifetime = demand.process.lifetime or _plant_life(money.project_years)
    rate = sized.plan.plant_wacc
    units = demand.utilisation * UNITS_PER_YEAR[demand.process.capacity_unit]
    return PlantCase(
        capacity=demand.product_per_year / units,  # what stands in the phase that is looked at
        product_per_year=demand.product_per_year,
        wacc=rate,
        lifetime=lifetime,
        iso3=sized.plan.country,
        prices=money.prices,
        construction_factor=construction_factor(rate.value, money.construction_years),
        sized=frozenset(step.name for step in demand.steps if step.stored and sized.costs.heat is not None),
    )


def _plant_life(asked: int | None) -> Figure:
    """Life of a plant whose process states none: the caller's own."""
    if asked is not None:
        return given_figure("project.years", float(asked), "years")
    return Figure("project.years", float(CUSTOM_YEARS), "years", "assumed where no life is stated")


def _carbon(sized: Sized) -> Figure | None:
    """The caller's price; the country's where the caller sends null."""
    asked = sized.request.finance.carbon_price_usd_per_t
    return carbon_price(sized.plan.country) if asked is None else given_figure("price.carbon", asked, "USD/t CO2")


def _choices(sized: Sized, carbon: Figure | None) -> ProductChoices:
    money, sea = sized.request.finance, sized.facts.sea
    flow = sized.demand.hydrogen_load_mw
    peak = float(flow.max()) if len(flow) else 0.0
    to_port = money.transport.to_port and sized.demand.process.per_tonne
    return ProductChoices(
        carbon_price=carbon,
        desalinate=money.water == "desalination",
        coast_km=0.0 if sea.at_sea else sea.coast_km,
        pipeline_km=money.transport.hydrogen_pipeline_km,
        pipeline_load_factor=min(float(flow.mean()) / peak, 1.0) if peak > 0.0 else 1.0,
        port_km=sea.ports[0].distance_km if to_port and sea.ports else None,
    )


def _electricity_price(sized: Sized) -> tuple[Figure, list[Notice]]:
    """What the conventional route pays for power, with the charges of the grid, which it draws from evenly.

    The caller's import price (the mean of hours), else the country's, else the median.
    """
    grid, notices = sized.request.supply.grid, list[Notice]()
    given, known = grid.import_price_usd_per_mwh, sized.electricity.industrial_price
    if given is not None:
        known = Figure("grid.import_price", float(np.mean(given)), "USD/MWh", GIVEN, status=Status.GIVEN)
    elif known is None:
        known = median_industrial_price()
        detail = (
            f"no industrial electricity price is known for {sized.plan.country or 'this place'}; the median is taken"
        )
        notices.append(Notice("electricity_price_from_world", detail))
    charges = grid.network_charge_usd_per_mwh + grid.demand_charge_usd_per_kw_year * 1000.0 / HOURS
    if charges == 0.0:
        return known, notices
    low, central, high = (end + charges for end in Band.of(known))
    note = "; ".join(filter(None, (known.note, f"with {charges:.2f} USD/MWh of network and demand charges")))
    name = "grid.price_with_charges"
    return replace(known, name=name, value=central, low=low, high=high, status=Status.DERIVED, note=note), notices


def _stack(sized: Sized, investments: tuple[Investment, ...]) -> StackReplacement | None:
    for investment in investments:
        plant = sized.pricing.plants().hydrogen
        if plant is not None and investment.asset.name == plant.electrolyser.technology:
            hours = plant.electrolysis_mwh / plant.electrolyser_mw
            asset = investment.asset
            return stack_replacement(asset.capex_usd, min(hours, 8784.0), asset.lifetime_years, investment.rate)
    return None


def _compare(
    sized: Sized, product: ProductCost, conventional: ConventionalCost | None, power: PowerCost, direct: float
) -> Comparison:
    route = sized.demand.variant.conventional_route
    if conventional is None or route is None:
        return Comparison(None, None, None, None, None)
    whole = sized.emissions.conventional_t_co2_per_unit
    own = Side(product.per_unit, product.without_carbon, direct, sized.emissions.t_co2_per_unit)
    other = Side(
        conventional.per_unit,
        conventional.without_carbon,
        route.direct_co2.value,
        route.direct_co2.value if whole is None else whole,
    )
    delivered = power.delivered_mwh / sized.demand.product_per_year
    return compare(own, other, power.clean_power_usd_per_mwh.central, delivered)
