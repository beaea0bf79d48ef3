"""Levelised cost of the product: power, hydrogen, plant, inputs, operation, water and transport, per unit of product.

    product cost = electricity + hydrogen + heat + plant (annuity) + operation + inputs + water + transport + carbon
    electricity  = LCOE of clean power x the process's own loads
    hydrogen     = LCOH x hydrogen served = its share of electrolyser and store + its electricity at the LCOE
    heat         = heater and thermal store, where they are sized; their electricity is in the first line

Electricity, hydrogen and heat together are the whole annual cost of the sized system (`total_annual_cost_usd`): nothing
of it is counted twice, and what electrolysers draw stands under hydrogen alone. The band takes every part at its low or
high end at once: an outer bound.
"""

from dataclasses import dataclass, replace

from models.cost_table import LHV_KWH_PER_KG
from models.demand.band import Band, total
from models.demand.load import Demand, recalled_notice
from models.figure import Figure, Status
from models.levelised import LevelisedCosts
from models.notice import Notice
from models.plant_cost import Asset, CostPart, PartKind, PlantCase, plant_cost
from models.transport import pipeline_cost, product_transport
from models.water import WaterCost, bought_water, desalinated_water

_NO_COSTS = "plant investment and operation"


@dataclass(frozen=True, slots=True)
class PowerCost:
    """Yearly cost of what the sized system delivers, USD, each with its band.

    electricity_usd : of the process's own loads, heaters among them. hydrogen_usd : of the hydrogen it is served.
    heat_usd : of heater and thermal store, without their electricity. clean_power : LCOE.
    delivered_mwh : electricity to own loads and to the electrolysers that feed the process.
    """

    electricity_usd: Band
    hydrogen_usd: Band
    heat_usd: Band
    clean_power_usd_per_mwh: Band
    hydrogen_kg: float
    delivered_mwh: float


def power_cost_of(costs: LevelisedCosts, feed_mwh: float, hydrogen_served_mwh: float) -> PowerCost:
    """The levelised costs by what they serve: own loads, which are all that is delivered but the feed, and hydrogen.

    feed_mwh : what electrolysers take for the process. hydrogen_served_mwh : LHV.
    """
    power = Band(costs.usd_per_mwh_low, costs.usd_per_mwh, costs.usd_per_mwh_high)
    kilograms = hydrogen_served_mwh * 1000.0 / LHV_KWH_PER_KG
    hydrogen = Band.exactly(0.0)
    if costs.hydrogen_usd_per_kg is not None:
        low, high = costs.hydrogen_usd_per_kg_low, costs.hydrogen_usd_per_kg_high
        central = costs.hydrogen_usd_per_kg
        ends = Band(central if low is None else low, central, central if high is None else high)
        hydrogen = ends.scaled(kilograms)
    heat = Band.exactly(0.0)
    if costs.heat is not None:
        heat = Band(costs.heat.chain_low_usd, costs.heat.chain_usd, costs.heat.chain_high_usd)
    own = power.scaled(max(costs.delivered_mwh - feed_mwh, 0.0))
    return PowerCost(own, hydrogen, heat, power, kilograms, costs.delivered_mwh)


@dataclass(frozen=True, slots=True)
class ProductChoices:
    """What the caller chooses beside the process.

    carbon_price : USD per t of direct CO2; None counts none. desalinate : water from the sea, `coast_km` away.
    pipeline_km : hydrogen arrives by pipeline. pipeline_load_factor : mean over rated flow of the pipeline.
    port_km : straight distance to the port the product is brought to; None leaves it at the gate.
    """

    carbon_price: Figure | None = None
    desalinate: bool = False
    coast_km: float = 0.0
    pipeline_km: float = 0.0
    pipeline_load_factor: float = 1.0
    port_km: float | None = None


@dataclass(frozen=True, slots=True)
class ProductCost:
    """Cost of the product, USD per unit. `parts` add up to `per_unit`.

    per_unit : None where something has no source; `missing` says what, and `parts` are then a part of the cost alone.
    assets : the plant's investments, overnight. operation_usd_per_year : all but power, hydrogen and investment.
    """

    product_unit: str
    product_per_year: float
    parts: tuple[CostPart, ...]
    per_unit: Band | None
    missing: tuple[str, ...]
    assets: tuple[Asset, ...]
    boundary: str
    provenance: tuple[Figure, ...]
    warnings: tuple[Notice, ...]

    def of_kind(self, *kinds: PartKind) -> Band:
        """Sum of the parts of some kinds, USD per unit."""
        return total([part.per_unit for part in self.parts if part.kind in kinds])

    @property
    def without_carbon(self) -> Band | None:
        """Cost per unit without the carbon price."""
        if self.per_unit is None:
            return None
        carbon = self.of_kind(PartKind.CARBON)
        return Band(*(whole - part for whole, part in zip(self.per_unit, carbon, strict=True)))

    @property
    def operation_usd_per_year(self) -> float:
        """Operation, inputs, water, transport and carbon; without power, hydrogen and annuities."""
        capital = (PartKind.ELECTRICITY, PartKind.HYDROGEN, PartKind.HEAT, PartKind.CAPITAL)
        parts = [part.per_unit.central for part in self.parts if part.kind not in capital]
        return sum(parts) * self.product_per_year


def product_cost(
    demand: Demand,
    power: PowerCost,
    case: PlantCase,
    choices: ProductChoices,
    direct_t_co2_per_unit: float,
) -> ProductCost:
    """Cost of what a process makes. direct_t_co2_per_unit : what it emits itself, for the carbon price."""
    process, product = demand.process, demand.product_per_year
    parts = [
        CostPart("electricity", PartKind.ELECTRICITY, power.electricity_usd.scaled(1.0 / product)),
        CostPart("hydrogen", PartKind.HYDROGEN, power.hydrogen_usd.scaled(1.0 / product)),
        CostPart("heater_and_thermal_store", PartKind.HEAT, power.heat_usd.scaled(1.0 / product)),
    ]
    missing, figures, assets = list[str](), list[Figure](), tuple[Asset, ...]()
    if process.costs is None:
        missing.append(_NO_COSTS)
    else:
        plant = plant_cost(process.costs.own, case, demand.variant)
        parts += plant.parts
        missing += plant.missing
        figures += plant.provenance
        assets = plant.assets
    _hydrogen_parts(power, case, choices, product, parts, missing, figures)
    if choices.port_km is not None and process.per_tonne:
        carried = product_transport(choices.port_km)
        parts.append(CostPart("transport_to_port", PartKind.TRANSPORT, carried.per_unit))
        figures += carried.provenance
    if choices.carbon_price is not None and choices.carbon_price.value > 0.0:
        carbon = Band.of(choices.carbon_price).scaled(direct_t_co2_per_unit)
        parts.append(CostPart("carbon", PartKind.CARBON, carbon))
        figures.append(choices.carbon_price)
    parts = [part for part in parts if part.per_unit != Band.exactly(0.0)]
    return ProductCost(
        product_unit=demand.product_unit,
        product_per_year=product,
        parts=tuple(parts),
        per_unit=None if missing else total([part.per_unit for part in parts]),
        missing=tuple(dict.fromkeys(missing)),
        assets=assets,
        boundary=_boundary(demand, choices),
        provenance=tuple(figures),
        warnings=(*_missing_notice(process.id, missing), *recalled_notice(figures, "product cost")),
    )


def _hydrogen_parts(
    power: PowerCost,
    case: PlantCase,
    choices: ProductChoices,
    product: float,
    parts: list[CostPart],
    missing: list[str],
    figures: list[Figure],
) -> None:
    """Water and pipeline of the hydrogen, added to the lists."""
    per_unit = power.hydrogen_kg / product
    if per_unit == 0.0:
        return
    if choices.desalinate:
        water: WaterCost | None = desalinated_water(power.clean_power_usd_per_mwh, case.wacc, choices.coast_km)
    else:
        water = bought_water(case.iso3, case.prices)
    if water is None:
        missing.append("price of water")
    else:
        name = "electrolysis_water_desalinated" if choices.desalinate else "electrolysis_water"
        parts.append(CostPart(name, PartKind.WATER, water.usd_per_kg.scaled(per_unit)))
        figures += water.provenance
    if choices.pipeline_km > 0.0:
        pipe = pipeline_cost(
            choices.pipeline_km, choices.pipeline_load_factor, power.clean_power_usd_per_mwh, case.wacc
        )
        parts.append(CostPart("hydrogen_pipeline", PartKind.TRANSPORT, pipe.per_unit.scaled(per_unit)))
        figures += pipe.provenance


def _missing_notice(process_id: str, missing: list[str]) -> tuple[Notice, ...]:
    if not missing:
        return ()
    what = ", ".join(dict.fromkeys(missing))
    detail = f"{process_id}: no source for {what}; product cost and abatement cost are not stated"
    return (Notice("product_cost_unavailable", detail),)


def _boundary(demand: Demand, choices: ProductChoices) -> str:
    process = demand.process
    text = f"Real USD of 2025 per {demand.product_unit} of {process.product}. {process.boundary}"
    if process.costs is not None and process.costs.own.covers:
        text = f"{text} {process.costs.own.covers}"
    where = "at the gate" if choices.port_km is None or not process.per_tonne else "at the nearest port"
    return f"{text} Electricity and hydrogen are those of the sized system; the product is delivered {where}."


def with_part(cost: ProductCost, part: CostPart, provenance: tuple[Figure, ...]) -> ProductCost:
    """The cost with one more part."""
    whole = None if cost.per_unit is None else cost.per_unit.plus(part.per_unit)
    figures = (*cost.provenance, *provenance)
    return replace(cost, parts=(*cost.parts, part), per_unit=whole, provenance=figures)


def given_figure(name: str, value: float, unit: str) -> Figure:
    """A figure of the caller's."""
    return Figure(name, value, unit, "given by the caller", status=Status.GIVEN)
