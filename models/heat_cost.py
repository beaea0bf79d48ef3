"""Levelised cost of heat that goes through a heater and a thermal store sized with the supply.

Heater and store (annuity and fixed operation), the heater's variable operation on each MWh of heat, and its electricity
at the levelised cost of clean power, over the heat delivered. As with hydrogen, the chain stands beside that of power.
"""

from dataclasses import dataclass

from models.cost_table import CostCase
from models.figure import Figure
from models.plants import HeatPlant


@dataclass(frozen=True, slots=True)
class HeatCost:
    """Cost of heat in USD/MWh, and of the chain without its electricity in USD a year.

    items : parts in USD a year, electricity among them. variable_usd : what the sizing does not see.
    """

    usd_per_mwh: float
    usd_per_mwh_low: float
    usd_per_mwh_high: float
    chain_usd: float
    chain_low_usd: float
    chain_high_usd: float
    variable_usd: float
    items: dict[str, float]


def heat_cost(plant: HeatPlant, power_usd_per_mwh: dict[CostCase, float]) -> HeatCost:
    """The cost of a heat plant, its electricity priced at the power of each case. Heat must be delivered."""
    chains = {case: _chain(plant, case) for case in CostCase}
    totals = {
        case: (sum(chains[case].values()) + plant.heater_mwh * power_usd_per_mwh[case]) / plant.heat_mwh
        for case in CostCase
    }
    central = chains[CostCase.CENTRAL]
    return HeatCost(
        usd_per_mwh=totals[CostCase.CENTRAL],
        usd_per_mwh_low=totals[CostCase.LOW],
        usd_per_mwh_high=totals[CostCase.HIGH],
        chain_usd=sum(central.values()),
        chain_low_usd=sum(chains[CostCase.LOW].values()),
        chain_high_usd=sum(chains[CostCase.HIGH].values()),
        variable_usd=central["heater_variable"],
        items=central | {"electricity": plant.heater_mwh * power_usd_per_mwh[CostCase.CENTRAL]},
    )


def _chain(plant: HeatPlant, case: CostCase) -> dict[str, float]:
    rate = plant.wacc
    if isinstance(rate, Figure):
        end = {CostCase.LOW: rate.low, CostCase.HIGH: rate.high}.get(case)
        rate = rate.value if end is None else end
    return {
        "heater": plant.heater_mw * plant.heater.annual_cost_usd_per_mw(rate, case),
        "heater_variable": plant.heat_mwh * plant.heater.marginal_cost_usd_per_mwh(case),
        "thermal_store": plant.store_mwh * plant.store.annual_cost_usd_per_mwh(rate, case),
    }
