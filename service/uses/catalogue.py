"""The catalogue, the technologies and the data sets, as the look-ups answer them."""

from dataclasses import asdict
from typing import Any

from geodata.datasets import data_version, datasets
from geodata.user_data import LayerKind, layers
from models.demand.catalogue import Process, catalogue, find_process
from models.demand.costs import Costs, ProcessCosts, Scale
from models.demand.effects import Parameter
from models.demand.errors import UnknownProcess
from models.demand.heat_pump import HeatPump
from models.demand.load import demand_of
from models.demand.operation import UsualOperation
from models.figure import Figure
from models.prices import carbon_price, price_items, price_of
from models.technologies import TECHNOLOGY_IDS, technology
from service.answer.tracing import traced
from service.http.problems import ProblemError
from service.schemas import lookups as schema


def process_list() -> schema.ProcessList:
    """Every process."""
    return schema.ProcessList(processes=[_summary(process) for process in catalogue().values()])


def process_detail(process_id: str) -> schema.ProcessDetail:
    """One process with its steps, parameters and conventional routes. Raises ProblemError where there is none."""
    try:
        process = find_process(process_id)
    except UnknownProcess as error:
        known = ", ".join(error.valid_ids)
        raise ProblemError("not-found", f"There is no process of this id. Known: {known}.") from error
    return schema.ProcessDetail(
        **_summary(process).model_dump(),
        boundary=process.boundary,
        size=_figure(process.size),
        utilisation=_figure(process.utilisation),
        lifetime=_figure(process.lifetime),
        steps=[
            {
                "step": step.name,
                "carrier": step.carrier,
                "figure": _figure(step.figure),
                "multiplier": _figure(step.multiplier),
                "electrification_efficiency": _figure(step.electrification_efficiency),
                "heat_pump": None if step.heat_pump is None else _heat_pump(step.heat_pump),
                "temperature_c": step.temperature_c,
                "flexibility": asdict(step.flexibility)
                | {
                    "shift_hours": _figure(step.flexibility.shift_hours),
                    "power_on_share": _figure(step.flexibility.power_on_share),
                },
                "alternatives": step.group,
                "options": list(step.options),
            }
            for step in process.steps
        ],
        operation=_operation(process.operation),
        residuals=[
            {
                "residual": item.name,
                "scope": item.scope,
                "figure": _figure(item.figure),
                "co2": _figure(item.co2),
                "energy": _figure(item.energy),
                "alternatives": item.group,
                "options": list(item.options),
            }
            for item in process.residuals
        ],
        parameters=[_parameter(parameter) for parameter in process.parameters],
        conventional_routes=[
            {
                "id": route.id,
                "name": route.name,
                "default": route.default,
                "for_option": route.for_option,
                "direct_co2": _figure(route.direct_co2),
                "electricity": _figure(route.electricity),
                "fuels_mwh": dict(route.fuels_mwh),
                "source": route.source,
            }
            for route in process.conventional_routes
        ],
        costs=_costs(process.costs),
    )


def _costs(found: ProcessCosts | None) -> dict[str, Any] | None:
    if found is None:
        return None
    routes = {
        name: _plant(route.costs) | {"fuel_prices": dict(route.fuel_prices)} for name, route in found.routes.items()
    }
    return _plant(found.own) | {"conventional": routes}


def _plant(costs: Costs) -> dict[str, Any]:
    return {
        "inputs": [
            {
                "input": item.name,
                "price": item.price,
                "amount": _figure(item.amount),
                "energy_of": item.energy_of,
                "scales_with": _scale(item.scale),
            }
            for item in costs.inputs
        ],
        "capital_cost": [
            {
                "plant": item.name,
                "figure": _figure(item.figure),
                "lifetime": _figure(item.lifetime),
                "scales_with": _scale(item.scale),
            }
            for item in costs.capital
        ],
        "operating_cost": [
            {
                "cost": item.name,
                "kind": item.kind,
                "figure": _figure(item.figure),
                "of": item.of,
                "scales_with": _scale(item.scale),
            }
            for item in costs.operating
        ],
        "missing": [item.what for item in costs.missing],
        "covers": costs.covers,
    }


def _scale(scale: Scale | None) -> dict[str, Any] | None:
    return None if scale is None else {"items": list(scale.items), "complement": scale.complement}


def technology_list(cost_year: int) -> schema.TechnologyList:
    """Costs and lifetimes of every technology in a year."""
    return schema.TechnologyList(
        cost_year=cost_year,
        technologies={
            name: [traced(figure) for figure in technology(name, cost_year).figures()] for name in TECHNOLOGY_IDS
        },
    )


def price_list(country: str | None) -> schema.PriceList:
    """Prices of inputs and fuels in a country."""
    found = {item: price_of(item, country) for item in price_items()}
    carbon = carbon_price(country)
    return schema.PriceList(
        country=country,
        prices={item: traced(figure) for item, figure in found.items() if figure is not None},
        carbon_price=None if carbon is None else traced(carbon),
        unknown=[item for item, figure in found.items() if figure is None],
    )


def dataset_list() -> schema.DatasetList:
    """What data this instance holds."""
    return schema.DatasetList(
        data_version=data_version(),
        datasets=[
            schema.Dataset(**{**asdict(entry), "sources": [dict(source) for source in entry.sources]})
            for entry in datasets()
        ],
        own_layers=[
            schema.OwnLayer(
                id=layer.id,
                kind=kind,
                added=layer.added,
                as_of=layer.as_of,
                licence=layer.licence,
                source=layer.source,
                sha256=layer.sha256,
                bounds=[list(box) for box in layer.bounds],
                counts=layer.counts,
            )
            for kind in LayerKind
            for layer in layers(kind)
        ],
    )


def _summary(process: Process) -> schema.ProcessSummary:
    specific = hydrogen = None
    if not process.is_custom:
        consumption = technology("electrolyser").specific_electricity_kwh_per_kg
        assert consumption is not None  # the cost table states it for electrolysers
        demand = demand_of(process, hours=1, electrolyser_kwh_per_kg=consumption)
        specific, hydrogen = demand.specific_electricity_mwh_per_unit, demand.hydrogen_kg_per_unit
    return schema.ProcessSummary(
        id=process.id,
        name=process.name,
        sector=process.sector,
        product=process.product,
        product_unit=process.product_unit,
        capacity_unit=process.capacity_unit,
        default_capacity=process.default_capacity,
        default_utilisation=process.default_utilisation,
        specific_electricity_mwh_per_unit=specific,
        hydrogen_kg_per_unit=hydrogen,
    )


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "parameter": parameter.name,
        "description": parameter.description,
        "kind": parameter.kind,
        "default": parameter.default,
        "unit": parameter.unit,
        "low": parameter.low,
        "high": parameter.high,
        "choices": list(parameter.choices),
        "limits": [asdict(limit) for limit in parameter.limits],
        "source": parameter.source,
        "status": parameter.status,
    }


def _operation(usual: UsualOperation | None) -> dict[str, Any] | None:
    if usual is None:
        return None
    seasons = [asdict(season) for season in usual.seasons]
    return {**usual.values, "source": usual.source, "status": usual.status, "seasons": seasons}


def _heat_pump(heat_pump: HeatPump) -> dict[str, Any]:
    return {
        "source": heat_pump.source,
        "sink": heat_pump.sink,
        "least_lift_k": heat_pump.least_lift_k,
        "carnot_fraction": _figure(heat_pump.carnot_fraction),
    }


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    return None if figure is None else traced(figure).model_dump(mode="json")
