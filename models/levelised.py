"""Levelised cost of clean power and of hydrogen for a sized system, with the boundary printed beside the number.

Clean power: annual cost of generation, battery, grid connection and re-electrification, plus net grid purchases, over
the electricity delivered to the process: its own loads and the electrolysers that feed it. Electrolyser and store serve
two masters; their cost is split by annual hydrogen throughput. The process's share enters the hydrogen chain, the
turbine's share is re-electrification. Power that went through electrolyser, store and turbine is delivered once, as
what came back.

Hydrogen: the process's share of electrolyser and store, plus its electricity at the levelised cost of clean power, over
the hydrogen delivered. Power and hydrogen chain together are the whole annual cost: nothing twice, nothing left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.cost_table import LHV_KWH_PER_KG, CostCase
from models.figure import Figure
from models.heat_cost import HeatCost, heat_cost
from models.levelised_boundary import BAND_NOTE, HEAT_BOUNDARY, boundary_of
from models.plants import BatteryPlant, GeneratorPlant, GridUse, HeatPlant, HydrogenPlant, check_plants


@dataclass(frozen=True, slots=True)
class CostItem:
    """One part of the levelised cost of clean power."""

    item: str
    usd_per_mwh: float
    usd_per_year: float


@dataclass(frozen=True, slots=True)
class HydrogenItem:
    """One part of the levelised cost of hydrogen; `electricity` is bought from the clean power of this system."""

    item: str
    usd_per_kg: float
    usd_per_year: float


@dataclass(frozen=True, slots=True)
class GeneratorLevelised:
    """A generator's cost over what it could make and over what is used; None where there is nothing to divide by."""

    technology: str
    annual_cost_usd: float
    lcoe_generated_usd_per_mwh: float | None
    lcoe_used_usd_per_mwh: float | None


@dataclass(frozen=True, slots=True)
class LevelisedCosts:
    """The costs of a system. `breakdown` adds up to the levelised cost of clean power.

    total_annual_cost_usd : power, hydrogen chain and heat; equals the objective of the sizing plus
        `outside_objective_usd`, what the sizing does not decide: the grid connection, contracts that hold in any case,
        a heater's variable operation.
    """

    usd_per_mwh: float
    usd_per_mwh_low: float
    usd_per_mwh_high: float
    band: str
    breakdown: tuple[CostItem, ...]
    delivered_mwh: float
    hydrogen_usd_per_kg: float | None
    hydrogen_usd_per_kg_low: float | None
    hydrogen_usd_per_kg_high: float | None
    hydrogen_breakdown: tuple[HydrogenItem, ...]
    hydrogen_chain_usd: float
    generators: tuple[GeneratorLevelised, ...]
    total_annual_cost_usd: float
    outside_objective_usd: float
    boundary: str
    heat: HeatCost | None = None


@dataclass(frozen=True, slots=True)
class _Priced:
    power: dict[str, float]
    chain: dict[str, float]

    def power_usd_per_mwh(self, delivered_mwh: float) -> float:
        return sum(self.power.values()) / delivered_mwh

    def hydrogen_usd(self, electricity_mwh: float, delivered_mwh: float) -> dict[str, float]:
        return self.chain | {"electricity": electricity_mwh * self.power_usd_per_mwh(delivered_mwh)}


def levelised_costs(
    *,
    served_mwh: float,
    generators: Sequence[GeneratorPlant] = (),
    battery: BatteryPlant | None = None,
    hydrogen: HydrogenPlant | None = None,
    grid: GridUse | None = None,
    heat: HeatPlant | None = None,
    unserved_usd: float = 0.0,
) -> LevelisedCosts:
    """Costs of a system that serves `served_mwh` of electric load a year, beside the process's hydrogen.

    grid : None off grid; then no connection enters the cost.
    unserved_usd : what the load that is not served costs a year, at the caller's price; part of the cost of power.

    Raises ValueError where nothing is delivered, where a quantity is negative or not finite, or where two generators
    are of one technology.
    """
    check_plants(served_mwh, generators, battery, hydrogen, grid, heat)
    feed = 0.0 if hydrogen is None else hydrogen.process_share * hydrogen.electrolysis_mwh
    delivered = served_mwh + feed + (0.0 if heat is None else heat.heater_mwh)
    if delivered <= 0.0:
        raise ValueError("the system delivers no electricity: there is no cost per MWh")
    cases = {case: _price(case, generators, battery, hydrogen, grid, unserved_usd) for case in CostCase}
    power = {case: priced.power_usd_per_mwh(delivered) for case, priced in cases.items()}
    central = cases[CostCase.CENTRAL]
    kilograms = 0.0 if hydrogen is None else hydrogen.hydrogen_served_mwh * 1000.0 / LHV_KWH_PER_KG
    per_kg: dict[CostCase, float | None] = dict.fromkeys(CostCase)
    hydrogen_items: tuple[HydrogenItem, ...] = ()
    if kilograms > 0.0:
        per_kg |= {
            case: sum(priced.hydrogen_usd(feed, delivered).values()) / kilograms for case, priced in cases.items()
        }
        hydrogen_items = tuple(
            HydrogenItem(item, usd / kilograms, usd) for item, usd in central.hydrogen_usd(feed, delivered).items()
        )
    chain = sum(central.chain.values())
    heated = None if heat is None else heat_cost(heat, power)
    heat_chain, heat_variable = (0.0, 0.0) if heated is None else (heated.chain_usd, heated.variable_usd)
    return LevelisedCosts(
        usd_per_mwh=power[CostCase.CENTRAL],
        usd_per_mwh_low=power[CostCase.LOW],
        usd_per_mwh_high=power[CostCase.HIGH],
        band=BAND_NOTE,
        breakdown=tuple(CostItem(item, usd / delivered, usd) for item, usd in central.power.items() if usd),
        delivered_mwh=delivered,
        hydrogen_usd_per_kg=per_kg[CostCase.CENTRAL],
        hydrogen_usd_per_kg_low=per_kg[CostCase.LOW],
        hydrogen_usd_per_kg_high=per_kg[CostCase.HIGH],
        hydrogen_breakdown=hydrogen_items,
        hydrogen_chain_usd=chain,
        generators=tuple(_generator(plant) for plant in generators),
        total_annual_cost_usd=sum(central.power.values()) + chain + heat_chain,
        outside_objective_usd=_undecided_usd(generators, grid) + heat_variable,
        boundary=boundary_of(delivered, feed, hydrogen, grid, unserved_usd)
        + (HEAT_BOUNDARY if heat is not None else ""),
        heat=heated,
    )


def _undecided_usd(generators: Sequence[GeneratorPlant], grid: GridUse | None) -> float:
    contracts = sum(
        plant.undecided_mw * plant.cost.annual_cost_usd_per_mw(_rate(plant.wacc, CostCase.CENTRAL))
        for plant in generators
    )
    return contracts + (0.0 if grid is None else grid.connection.annual_cost_usd)


def _rate(wacc: Figure | float, case: CostCase) -> float:
    if not isinstance(wacc, Figure):
        return wacc
    end = {CostCase.LOW: wacc.low, CostCase.HIGH: wacc.high}.get(case)
    return wacc.value if end is None else end


def _generation(plant: GeneratorPlant, case: CostCase) -> float:
    fixed = plant.capacity_mw * plant.cost.annual_cost_usd_per_mw(_rate(plant.wacc, case), case)
    return fixed + plant.used_mwh * plant.cost.marginal_cost_usd_per_mwh(case)


def _price(
    case: CostCase,
    generators: Sequence[GeneratorPlant],
    battery: BatteryPlant | None,
    hydrogen: HydrogenPlant | None,
    grid: GridUse | None,
    unserved_usd: float,
) -> _Priced:
    power = {plant.cost.technology: _generation(plant, case) for plant in generators}
    power["unserved_load"] = unserved_usd
    chain: dict[str, float] = {}
    if battery is not None:
        rate = _rate(battery.wacc, case)
        per_mw = battery.cost.annual_cost_usd_per_mw(rate, case)
        per_mwh = battery.cost.annual_cost_usd_per_mwh(rate, case)
        power["battery"] = battery.power_mw * per_mw + battery.energy_mwh * per_mwh
    if hydrogen is not None:
        for item, usd in _shared_hydrogen_plant(hydrogen, case).items():
            power[f"{item}_for_power"] = (1.0 - hydrogen.process_share) * usd
            chain[item] = hydrogen.process_share * usd
        if hydrogen.turbine is not None:
            per_mw = hydrogen.turbine.annual_cost_usd_per_mw(_rate(hydrogen.wacc, case), case)
            variable = hydrogen.turbine.marginal_cost_usd_per_mwh(case)
            power["hydrogen_turbine"] = hydrogen.turbine_mw * per_mw + hydrogen.turbine_mwh * variable
    if grid is not None:
        power["grid_purchases"] = grid.import_cost_usd
        power["grid_network_charge"] = grid.network_charge_usd
        power["grid_demand_charge"] = grid.demand_charge_usd
        power["grid_sales"] = -grid.export_income_usd
        power["grid_connection"] = {
            CostCase.LOW: grid.connection.annual_cost_low_usd,
            CostCase.CENTRAL: grid.connection.annual_cost_usd,
            CostCase.HIGH: grid.connection.annual_cost_high_usd,
        }[case]
    return _Priced(power, chain)


def _shared_hydrogen_plant(hydrogen: HydrogenPlant, case: CostCase) -> dict[str, float]:
    """Electrolyser and store, which serve process and turbine alike, USD a year."""
    rate = _rate(hydrogen.wacc, case)
    costs = {"electrolyser": hydrogen.electrolyser_mw * hydrogen.electrolyser.annual_cost_usd_per_mw(rate, case)}
    if hydrogen.store is not None:
        costs["hydrogen_store"] = hydrogen.store_mwh * hydrogen.store.annual_cost_usd_per_mwh(rate, case)
    return costs


def _generator(plant: GeneratorPlant) -> GeneratorLevelised:
    """Fixed cost over the energy, plus the variable O&M that each MWh brings."""
    rate = _rate(plant.wacc, CostCase.CENTRAL)
    fixed = plant.capacity_mw * plant.cost.annual_cost_usd_per_mw(rate)
    variable = plant.cost.marginal_cost_usd_per_mwh()
    return GeneratorLevelised(
        technology=plant.cost.technology,
        annual_cost_usd=fixed + plant.used_mwh * variable,
        lcoe_generated_usd_per_mwh=fixed / plant.available_mwh + variable if plant.available_mwh > 0.0 else None,
        lcoe_used_usd_per_mwh=fixed / plant.used_mwh + variable if plant.used_mwh > 0.0 else None,
    )
