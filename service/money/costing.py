"""The sized system priced: levelised costs, the grid connection, and how the headline moves with each assumption."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from models.connection import ConnectionCost
from models.demand.load import Demand
from models.figure import Figure
from models.levelised import LevelisedCosts, levelised_costs
from models.plants import BatteryPlant, GeneratorPlant, GridUse, HeatPlant, HydrogenPlant, Plants
from models.sizing.dispatch import Dispatch
from models.sizing.solution import Solution
from models.technology_cost import TechnologyCost
from service.case.facts import SiteFacts
from service.money.connecting import Joining, joining
from service.schemas.assessment import AssessmentRequest
from service.supply.plan import SupplyPlan


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The headline with one figure at its low and at its high end, the design held: first order at the optimum."""

    figure: Figure
    low_usd_per_mwh: float
    high_usd_per_mwh: float


def connection_of(
    request: AssessmentRequest, facts: SiteFacts, demand: Demand, plan: SupplyPlan, dispatch: Dispatch
) -> Joining | None:
    """What joining the grid costs, for the import limit or peak import; off grid for the process's peak."""
    asked = request.supply.grid
    required = demand.peak_mw
    if asked.connected:
        required = dispatch.peak_import_mw if asked.max_import_mw is None else asked.max_import_mw
    return joining(facts.latitude, facts.longitude, required, plan.country, request.finance.capital, asked.way)


class Pricing:
    """A sized system, to be priced with these or other costs."""

    def __init__(
        self,
        request: AssessmentRequest,
        plan: SupplyPlan,
        solution: Solution,
        dispatch: Dispatch,
        connection: ConnectionCost | None,
    ) -> None:
        self._plan, self._solution, self._dispatch = plan, solution, dispatch
        unserved = request.supply.unserved
        price = 0.0 if unserved is None else unserved.price_usd_per_mwh or 0.0
        self._unserved_usd = price * max(dispatch.unserved_mwh, 0.0)
        self._grid, asked = None, request.supply.grid
        if asked.connected and connection is not None:
            network = asked.network_charge_usd_per_mwh * dispatch.import_mwh
            self._grid = GridUse(
                import_cost_usd=dispatch.import_cost_usd - network,
                export_income_usd=dispatch.export_income_usd,
                connection=connection,
                network_charge_usd=network,
                demand_charge_usd=asked.demand_charge_usd_per_kw_year
                * 1000.0
                * solution.capacities.get("connection_mw", 0.0),
            )

    def price(self, changed: Mapping[str, TechnologyCost] | None = None) -> LevelisedCosts:
        """Levelised costs, with the costs of some technologies `changed`."""
        plants = self.plants(changed)
        return levelised_costs(
            served_mwh=self._dispatch.served_mwh,
            generators=plants.generators,
            battery=plants.battery,
            hydrogen=plants.hydrogen,
            grid=plants.grid,
            heat=plants.heat,
            unserved_usd=self._unserved_usd,
        )

    def plants(self, changed: Mapping[str, TechnologyCost] | None = None) -> Plants:
        """The system as built, with the costs of some technologies `changed`."""
        changed = changed or {}
        plan, dispatch, capacities = self._plan, self._dispatch, self._solution.capacities
        generators = [
            GeneratorPlant(
                cost=changed.get(option.name, option.cost),
                wacc=option.wacc,
                capacity_mw=max(capacities[f"{option.name}_mw"] - option.existing_mw, 0.0) + option.paid_mw,
                available_mwh=dispatch.generators[option.name].available_mwh,
                used_mwh=max(dispatch.generators[option.name].used_mwh, 0.0),
                undecided_mw=option.paid_mw,
            )
            for option in plan.generators
        ]
        costs = {name: changed.get(name, cost) for name, cost in plan.costs.items()}
        problem = self._solution.problem
        battery = hydrogen = None
        if problem.battery is not None:
            battery = BatteryPlant(
                costs["battery"], plan.plant_wacc, capacities["battery_mw"], capacities["battery_mwh"]
            )
        if problem.hydrogen is not None:
            stored = problem.hydrogen.store_annual_cost_usd_per_mwh is not None
            turbine = problem.hydrogen.turbine_efficiency is not None
            hydrogen = HydrogenPlant(
                electrolyser=costs["electrolyser"],
                wacc=plan.plant_wacc,
                electrolyser_mw=capacities["electrolyser_mw"],
                electrolysis_mwh=dispatch.electrolysis_mwh,
                process_share=dispatch.process_hydrogen_share,
                hydrogen_served_mwh=dispatch.hydrogen_served_mwh,
                store=costs["hydrogen_store"] if stored else None,
                store_mwh=capacities["hydrogen_store_mwh"] if stored else 0.0,
                turbine=costs["hydrogen_turbine"] if turbine else None,
                turbine_mw=capacities["hydrogen_turbine_mw"] if turbine else 0.0,
                turbine_mwh=dispatch.turbine_mwh if turbine else 0.0,
            )
        return Plants(tuple(generators), battery, hydrogen, self._grid, self._heat(costs))

    def _heat(self, costs: Mapping[str, TechnologyCost]) -> HeatPlant | None:
        heat, dispatch = self._solution.problem.heat, self._dispatch
        if heat is None or dispatch.heat_mwh <= 0.0:
            return None
        return HeatPlant(
            heater=costs["heater"],
            store=costs["thermal_store"],
            wacc=self._plan.plant_wacc,
            heater_mw=self._solution.capacities["heater_mw"] * heat.heater_cop,
            store_mwh=self._solution.capacities["thermal_store_mwh"],
            heater_mwh=dispatch.heater_mwh,
            heat_mwh=dispatch.heat_mwh,
        )

    def sensitivities(self) -> list[Sensitivity]:
        """The headline with each investment at the ends of its band, largest effect first."""
        found = []
        for name, cost, field in self._investments():
            figure: Figure | None = getattr(cost, field)
            if figure is None or figure.low is None or figure.high is None:
                continue
            ends = [
                self.price({name: _with(cost, field, replace(figure, value=end))}).usd_per_mwh
                for end in (figure.low, figure.high)
            ]
            found.append(Sensitivity(figure, *ends))
        moving = [item for item in found if item.high_usd_per_mwh > item.low_usd_per_mwh]
        return sorted(moving, key=lambda item: item.low_usd_per_mwh - item.high_usd_per_mwh)

    def _investments(self) -> Iterator[tuple[str, TechnologyCost, str]]:
        for option in self._plan.generators:
            yield option.name, option.cost, "capex_usd_per_mw"
        for name, cost in self._plan.costs.items():
            for field in ("capex_usd_per_mw", "capex_usd_per_mwh"):
                yield name, cost, field


def _with(cost: TechnologyCost, field: str, figure: Figure) -> TechnologyCost:
    """The cost with one investment changed."""
    if field == "capex_usd_per_mw":
        return replace(cost, capex_usd_per_mw=figure)
    return replace(cost, capex_usd_per_mwh=figure)
