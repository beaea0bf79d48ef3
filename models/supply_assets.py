"""What the sized system is made of as investments: overnight cost and life of each, for the cash flow."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.connection_data import connection_data
from models.figure import Figure
from models.finance import crf
from models.investment import construction_factor
from models.plant_cost import Asset
from models.plants import Plants
from models.technology_cost import TechnologyCost


@dataclass(frozen=True, slots=True)
class Investment:
    """An asset and its yearly annuity, interest during construction included, as the levelised costs count it.

    eligible : counts for an investment credit; the grid connection does not.
    """

    asset: Asset
    annuity_usd: float
    rate: float
    eligible: bool = True


def supply_investments(plants: Plants, connection_rate: float, construction_years: int = 0) -> tuple[Investment, ...]:
    """Investments of generation, storage, hydrogen chain and, on grid, the connection; nothing that costs nothing.

    connection_rate : cost of capital of the connection. construction_years : of these the costs hold the interest
        already; the assets are overnight. The connection bears none.
    """
    found = _investments(plants, connection_rate, construction_years)
    return tuple(investment for investment in found if investment.asset.capex_usd > 0.0)


def _investments(plants: Plants, connection_rate: float, years: int) -> Iterator[Investment]:
    for plant in plants.generators:
        yield _investment(plant.cost, plant.capacity_mw, 0.0, plant.wacc, years)
    if plants.battery is not None:
        battery = plants.battery
        yield _investment(battery.cost, battery.power_mw, battery.energy_mwh, battery.wacc, years)
    if plants.hydrogen is not None:
        chain = plants.hydrogen
        yield _investment(chain.electrolyser, chain.electrolyser_mw, 0.0, chain.wacc, years)
        if chain.store is not None:
            yield _investment(chain.store, 0.0, chain.store_mwh, chain.wacc, years)
        if chain.turbine is not None:
            yield _investment(chain.turbine, chain.turbine_mw, 0.0, chain.wacc, years)
    if plants.heat is not None:
        heat = plants.heat
        yield _investment(heat.heater, heat.heater_mw, 0.0, heat.wacc, years)
        yield _investment(heat.store, 0.0, heat.store_mwh, heat.wacc, years)
    if plants.grid is not None:
        life = connection_data().lifetime_years.value
        cost = plants.grid.connection.cost_usd
        asset = Asset("grid_connection", cost, life)
        yield Investment(asset, cost * crf(connection_rate, life), connection_rate, eligible=False)


def _investment(
    cost: TechnologyCost, power_mw: float, energy_mwh: float, wacc: Figure | float, years: int
) -> Investment:
    rate = wacc.value if isinstance(wacc, Figure) else wacc
    power, energy = cost.capex_usd_per_mw, cost.capex_usd_per_mwh
    capex = power_mw * (power.value if power else 0.0) + energy_mwh * (energy.value if energy else 0.0)
    life = cost.lifetime_years.value
    asset = Asset(cost.technology, capex / construction_factor(rate, years), life)
    return Investment(asset, capex * crf(rate, life), rate)
