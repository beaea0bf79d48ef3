"""Read the section `costs` of a catalogue file, strictly, in money of any listed currency and year."""

from dataclasses import replace
from types import MappingProxyType

from models.demand.costs import (
    AS_INPUT,
    CapitalCost,
    Costs,
    InputCost,
    Missing,
    OperatingCost,
    OperatingKind,
    ProcessCosts,
    RouteCosts,
    Scale,
)
from models.demand.section import Section
from models.figure import Figure
from models.money import UnknownMoney, money_table
from models.prices import price_items

# What an amount is stated in, by the unit of its price.
_AMOUNT_UNITS = {"USD/t": "t", "USD/kg": "kg", "USD/m3": "m3", "USD/MWh": "MWh"}
CARRIERS = ("coal_and_coke", "natural_gas", "oil", "other", "feedstock", "steam")


def process_costs(section: Section, process_id: str, product_unit: str, size_unit: str) -> ProcessCosts:
    """The costs of a process and of its conventional routes; errors are noted in the section."""
    own = _costs(section, process_id, product_unit, size_unit)
    routes = {}
    for item in section.sections("conventional"):
        route = item.text("route")
        prices = item.section("fuel_prices")
        fuels = {carrier: _fuel_price(prices, carrier) for carrier in CARRIERS if prices.has(carrier)}
        prices.close()
        costs = _costs(item, f"{process_id}.conventional.{route}", product_unit, size_unit)
        routes[route] = RouteCosts(MappingProxyType(fuels), costs)
        item.close()
    section.close()
    return ProcessCosts(own, MappingProxyType(routes))


def _costs(section: Section, prefix: str, product_unit: str, size_unit: str) -> Costs:
    operating = section.sections("operating_cost")
    return Costs(
        inputs=tuple(_input(item, prefix, product_unit) for item in section.sections("inputs")),
        capital=tuple(_capital(item, prefix, size_unit) for item in section.sections("capital_cost")),
        operating=tuple(_operating(item, prefix, product_unit, size_unit) for item in operating),
        missing=tuple(_missing(item) for item in section.sections("missing")),
        covers=section.text("covers", ""),
    )


def _missing(item: Section) -> Missing:
    found = Missing(item.text("what"), _scale(item))
    item.close()
    return found


def _fuel_price(section: Section, carrier: str) -> str:
    return AS_INPUT if section.text(carrier) == AS_INPUT else _price_item(section, carrier)


def _price_item(section: Section, key: str) -> str:
    name = section.text(key)
    if name and name not in price_items():
        section.wrong(key, f"no price is called {name}")
        return next(iter(price_items()))
    return name


def _scale(item: Section) -> Scale | None:
    items, complement = item.words("scales_with"), item.flag("complement", False)
    if complement and not items:
        item.wrong("complement", "needs scales_with")
    return Scale(items, complement) if items else None


def _input(item: Section, prefix: str, product_unit: str) -> InputCost:
    name, price = item.text("input"), _price_item(item, "price")
    residual, amount = item.optional_text("energy_of"), None
    if residual is None:
        amount = item.figure(f"{prefix}.{name}", unit=f"{_AMOUNT_UNITS[price_items()[price]]}/{product_unit}")
    elif price_items()[price] != "USD/MWh":
        item.wrong("price", "an energy needs a price per MWh")
    found = InputCost(name, price, amount, residual, _scale(item))
    item.close()
    return found


def _capital(item: Section, prefix: str, size_unit: str) -> CapitalCost:
    name = item.text("plant")
    figure = _money(item, f"{prefix}.{name}.capital_cost", f"({size_unit})")
    lifetime_section, lifetime = item.optional_section("lifetime"), None
    if lifetime_section is not None:
        lifetime = lifetime_section.figure(f"{prefix}.{name}.lifetime", unit="years")
        lifetime_section.close()
    found = CapitalCost(name, figure, lifetime, _scale(item))
    item.close()
    return found


def _operating(item: Section, prefix: str, product_unit: str, size_unit: str) -> OperatingCost:
    name, kind, of = item.text("cost"), item.member("kind", OperatingKind), item.optional_text("of")
    label = f"{prefix}.{name}"
    if of is not None:
        figure = item.figure(label, unit="1/year")
    elif kind is OperatingKind.VARIABLE:
        figure = _money(item, label, product_unit)
    else:
        figure = _money(item, label, f"({size_unit})/year")
    found = OperatingCost(name, kind, figure, of, _scale(item))
    item.close()
    return found


def _money(item: Section, name: str, per: str) -> Figure:
    """A figure in `currency` of `price_year`, as USD of 2025; the note keeps what the file says."""
    currency, year = item.text("currency"), int(item.number("price_year"))
    stated = item.figure(name, unit=f"{currency}/{per}")
    try:
        factor = money_table().usd_2025_per(currency, year).value
    except UnknownMoney as error:
        item.wrong("price_year", str(error))
        factor = 1.0
    note = "; ".join(filter(None, (f"{stated.value:g} {currency} of {year}/{per}", stated.note)))
    ends = [None if end is None else end * factor for end in (stated.low, stated.high)]
    return replace(
        stated, value=stated.value * factor, low=ends[0], high=ends[1], unit=f"USD/{per}", year=stated.year, note=note
    )


def cost_contradictions(costs: ProcessCosts, items: set[str], residuals: set[str], routes: set[str]) -> list[str]:
    """What is well-formed in the section and still cannot be: names of nothing, parts given twice."""
    errors = [f"costs.conventional: {route} is no route" for route in costs.routes if route not in routes]
    places = {"costs": costs.own} | {f"costs.{name}": route.costs for name, route in costs.routes.items()}
    for place, found in places.items():
        parts: list[InputCost | CapitalCost | OperatingCost] = [*found.inputs, *found.capital, *found.operating]
        names = [part.name for part in parts]
        errors += [f"{place}: {name} is given twice" for name in sorted(set(names)) if names.count(name) > 1]
        scales = [name for part in (*parts, *found.missing) if part.scale is not None for name in part.scale.items]
        if found is not costs.own and scales:
            errors.append(f"{place}: a conventional route has no parameters to scale with")
        errors += [f"{place}: nothing is called {item}" for item in scales if item not in items]
        errors += [
            f"{place}: no residual is called {part.energy_of}"
            for part in found.inputs
            if part.energy_of is not None and part.energy_of not in residuals
        ]
        plants = {part.name for part in found.capital}
        errors += [
            f"{place}: no plant is called {part.of}" for part in found.operating if part.of not in (None, *plants)
        ]
    return errors
