"""Read one file of the catalogue into a Process, strictly: CatalogueError names every wrong field."""

from pathlib import Path
from types import MappingProxyType

import yaml

from models.demand.catalogue import (
    CUSTOM,
    SIZE_UNITS,
    CapacityUnit,
    Carrier,
    ConventionalRoute,
    Flexibility,
    Process,
    Residual,
    Scope,
    Step,
)
from models.demand.consistency import contradictions
from models.demand.cost_sections import process_costs
from models.demand.errors import CatalogueError
from models.demand.heat_pump import HeatPump
from models.demand.operation_loader import load_operation
from models.demand.parameter_loader import load_parameter
from models.demand.section import Section, UniqueKeyLoader, figure_under, needed_figure
from models.figure import Figure

STEP_UNITS = {Carrier.ELECTRICITY: "MWh", Carrier.HYDROGEN: "kg", Carrier.HEAT: "MWh_th"}
MWH_PER_GJ = 1.0 / 3.6


def load_process(path: Path) -> Process:
    """The process in `path`. Raises CatalogueError with every wrong field of the file."""
    errors: list[str] = []
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)  # derives from SafeLoader
    except yaml.YAMLError as error:
        raise CatalogueError(path.name, [str(error)]) from error
    process = _process(Section(data, "", errors), path.stem)
    errors += contradictions(process)
    if errors:
        raise CatalogueError(path.name, errors)
    return process


def _process(top: Section, stem: str) -> Process:
    process_id = top.text("id")
    if process_id != stem:
        top.wrong("id", f"must be the name of the file, {stem}")
    product_unit = top.text("product_unit")
    steps = tuple(_step(item, process_id, product_unit) for item in top.sections("steps"))
    residuals = tuple(_residual(item, process_id) for item in top.sections("residuals"))
    groups: dict[str, str] = {}
    for item in top.sections("alternatives"):
        groups[item.text("group")] = item.text("default")
        item.close()
    size, utilisation, lifetime = (
        figure_under(top, key, f"{process_id}.{key}") for key in ("size", "utilisation", "lifetime")
    )
    capacity_unit = top.member("capacity_unit", CapacityUnit)
    costs = top.optional_section("costs")
    process = Process(
        id=process_id,
        name=top.text("name"),
        sector=top.text("sector"),
        product=top.text("product"),
        product_unit=product_unit,
        boundary=top.text("boundary"),
        capacity_unit=capacity_unit,
        size=size,
        utilisation=utilisation,
        lifetime=lifetime,
        steps=steps,
        residuals=residuals,
        parameters=tuple(load_parameter(item, process_id) for item in top.sections("parameters")),
        conventional_routes=tuple(_route(item, process_id) for item in top.sections("conventional_routes")),
        published=tuple(_published(item, process_id) for item in top.sections("published")),
        defaults_by_group=MappingProxyType(groups),
        costs=None if costs is None else process_costs(costs, process_id, product_unit, SIZE_UNITS[capacity_unit]),
        operation=load_operation(top),
    )
    if process_id != CUSTOM and (size is None or utilisation is None or not steps):
        top.wrong("", "steps, size and utilisation are needed")
    top.close()
    return process


def _step(item: Section, process_id: str, product_unit: str) -> Step:
    name, carrier = item.text("step"), item.member("carrier", Carrier)
    prefix = f"{process_id}.{name}"
    multiplier = figure_under(item, "multiplier", f"{prefix}.multiplier")
    efficiency = figure_under(item, "electrification_efficiency", f"{prefix}.electrification_efficiency")
    heat_pump = _heat_pump(item, prefix)
    if (efficiency is not None) + (heat_pump is not None) != (carrier is Carrier.HEAT):
        item.wrong("electrification_efficiency", "belongs to steps that draw heat, and only to them; or a heat_pump")
    per = product_unit if multiplier is None else multiplier.unit.partition("/")[0]
    step = Step(
        name=name,
        carrier=carrier,
        figure=item.figure(prefix, unit=f"{STEP_UNITS[carrier]}/{per}"),
        multiplier=multiplier,
        electrification_efficiency=efficiency,
        temperature_c=item.pair("temperature_c"),
        flexibility=_flexibility(item, prefix),
        group=item.optional_text("group"),
        options=item.words("option"),
        heat_pump=heat_pump,
        heater=item.optional_text("heater"),
    )
    item.close()
    return step


def _heat_pump(item: Section, prefix: str) -> HeatPump | None:
    section = item.optional_section("heat_pump")
    if section is None:
        return None
    heat_pump = HeatPump(
        source=section.text("source"),
        sink=section.text("sink"),
        carnot_fraction=needed_figure(section, "carnot_fraction", f"{prefix}.carnot_fraction", unit="share"),
        least_lift_k=section.number("least_lift_k"),
    )
    section.close()
    return heat_pump


def _flexibility(item: Section, prefix: str) -> Flexibility:
    section = item.section("flexibility")
    operation = section.text("operation", "continuous")
    if operation not in ("continuous", "batch"):
        section.wrong("operation", "must be continuous or batch")
    flexibility = Flexibility(
        flexible=section.flag("flexible"),
        operation=operation,
        min_load_share=section.optional_number("min_load_share"),
        ramp_share_per_hour=section.optional_number("ramp_share_per_hour"),
        buffer=section.text("buffer", ""),
        shift_hours=figure_under(section, "shift_hours", f"{prefix}.shift_hours", unit="h"),
        power_on_share=figure_under(section, "power_on_share", f"{prefix}.power_on_share", unit="share"),
    )
    if not 0.0 <= (flexibility.min_load_share or 0.0) <= 1.0:
        section.wrong("min_load_share", "must lie between 0 and 1")
    section.close()
    return flexibility


def _residual(item: Section, process_id: str) -> Residual:
    name = item.text("residual")
    prefix = f"{process_id}.{name}"
    residual = Residual(
        name=name,
        figure=item.figure(prefix),
        co2=needed_figure(item, "co2", f"{prefix}.co2"),
        energy=figure_under(item, "energy", f"{prefix}.energy"),
        scope=item.member("scope", Scope),
        group=item.optional_text("group"),
        options=item.words("option"),
    )
    item.close()
    return residual


def _route(item: Section, process_id: str) -> ConventionalRoute:
    route_id = item.text("route")
    prefix = f"{process_id}.conventional.{route_id}"
    fuels = item.section("fuels_gj")
    carriers = ("coal_and_coke", "natural_gas", "oil", "other", "feedstock", "steam")
    energy = {key: fuels.number(key) * MWH_PER_GJ for key in carriers if fuels.has(key)}
    fuels.close()
    route = ConventionalRoute(
        id=route_id,
        name=item.text("name"),
        default=item.flag("default", False),
        direct_co2=needed_figure(item, "direct_co2", f"{prefix}.direct_co2"),
        fuels_mwh=MappingProxyType(energy),
        electricity=needed_figure(item, "electricity", f"{prefix}.electricity"),
        gross_electricity=figure_under(item, "gross_electricity", f"{prefix}.gross_electricity"),
        source=item.text("source"),
        for_option=item.optional_text("for_option"),
    )
    item.close()
    return route


def _published(item: Section, process_id: str) -> Figure:
    figure = item.figure(f"{process_id}.published.{item.text('total')}")
    item.close()
    return figure
