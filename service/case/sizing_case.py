"""From a request, its demand and its supply plan to the problem that is sized."""

import numpy as np

from models.country_electricity import country_electricity
from models.demand.load import Demand
from models.figure import Figure
from models.sizing.components import Battery, Flexibility, Generator, Grid, Heat, Hydrogen
from models.sizing.problem import Matching, SizingProblem
from service.case.facts import SiteFacts
from service.case.process_demand import Flex, flex_of
from service.case.series import on_hours
from service.http.problems import wrong_field
from service.schemas.assessment import AssessmentRequest
from service.supply.plan import SupplyPlan


def sizing_case(request: AssessmentRequest, facts: SiteFacts, demand: Demand, plan: SupplyPlan) -> SizingProblem:
    """The problem to solve. Raises ProblemError where a grid price is neither given nor known."""
    years, unserved, flex = facts.weather, request.supply.unserved, flex_of(request, demand)
    month = [12 * number + year.time_utc.astype("datetime64[M]").astype(int) % 12 for number, year in enumerate(years)]
    return SizingProblem(
        load_mw=demand.load_mw,
        hydrogen_load_mw=demand.hydrogen_load_mw,
        generators=tuple(
            Generator(
                name=option.name,
                capacity_factor=option.capacity_factor,
                annual_cost_usd_per_mw=option.cost.annual_cost_usd_per_mw(option.wacc.value),
                marginal_cost_usd_per_mwh=option.cost.marginal_cost_usd_per_mwh(),
                max_mw=option.max_mw,
                existing_mw=option.existing_mw,
            )
            for option in plan.generators
        ),
        battery=_battery(request, plan),
        hydrogen=_hydrogen(request, demand, plan, flex),
        grid=_grid(request, facts, plan),
        heat_load_mw=demand.heat_load_mw if plan.has_heater else None,
        heat=_heat(demand, plan),
        flexibility=_flexibility(request, flex),
        clean_share=request.supply.clean_share,
        matching=Matching(request.supply.matching),
        month_of_hour=np.concatenate(month),
        unserved_price_usd_per_mwh=None if unserved is None else unserved.price_usd_per_mwh,
        unserved_share=None if unserved is None else unserved.share,
    )


def import_price(request: AssessmentRequest, plan: SupplyPlan) -> Figure | None:
    """The country's industrial price where the caller gave none."""
    if not request.supply.grid.connected or request.supply.grid.import_price_usd_per_mwh is not None:
        return None
    return country_electricity(plan.country).industrial_price


def _most(request: AssessmentRequest, name: str) -> float | None:
    limit = request.supply.limits.get(name)  # type: ignore[call-overload]  # names outside the literal have no limit
    return None if limit is None else limit.max_mw


def _battery(request: AssessmentRequest, plan: SupplyPlan) -> Battery | None:
    if not plan.has("battery"):
        return None
    cost, rate = plan.costs["battery"], plan.plant_wacc.value
    return Battery(
        annual_cost_usd_per_mwh=cost.annual_cost_usd_per_mwh(rate),
        annual_cost_usd_per_mw=cost.annual_cost_usd_per_mw(rate),
        charge_efficiency=cost.one_way_efficiency,
        discharge_efficiency=cost.one_way_efficiency,
        max_mw=_most(request, "battery"),
    )


def _hydrogen(request: AssessmentRequest, demand: Demand, plan: SupplyPlan, flex: Flex) -> Hydrogen | None:
    """Electrolyser always where the process needs hydrogen; store and turbine where they may be built."""
    if not plan.has("hydrogen_store") and not demand.hydrogen_load_mw.any():
        return None
    rate = plan.plant_wacc.value
    electrolyser, store, turbine = (plan.costs[name] for name in ("electrolyser", "hydrogen_store", "hydrogen_turbine"))
    with_turbine = plan.has("hydrogen_turbine") and turbine.efficiency is not None
    assert electrolyser.efficiency is not None  # every electrolyser in the cost table has one
    return Hydrogen(
        electrolyser_annual_cost_usd_per_mw=electrolyser.annual_cost_usd_per_mw(rate),
        electrolyser_efficiency=electrolyser.efficiency.value,
        store_annual_cost_usd_per_mwh=store.annual_cost_usd_per_mwh(rate) if plan.has("hydrogen_store") else None,
        turbine_annual_cost_usd_per_mw=turbine.annual_cost_usd_per_mw(rate) if with_turbine else None,
        turbine_efficiency=turbine.efficiency.value if with_turbine and turbine.efficiency else None,
        turbine_marginal_cost_usd_per_mwh=turbine.marginal_cost_usd_per_mwh() if with_turbine else 0.0,
        turbine_max_mw=_most(request, "hydrogen_turbine"),
        electrolyser_min_load=0.0 if flex.turndown is None else flex.turndown.min_load_share,
        electrolyser_ramp=None if flex.turndown is None else flex.turndown.ramp_share_per_hour,
    )


def _heat(demand: Demand, plan: SupplyPlan) -> Heat | None:
    """Heater, sized on its input where its cost is per MW of heat, and thermal store.

    A day of the store's standing loss is taken off all heat. Lost hour by hour, a part of the cases is certified by the
    slow solver alone.
    """
    if not plan.has_heater:
        return None
    rate, heater, store = plan.plant_wacc.value, plan.costs["heater"], plan.costs["thermal_store"]
    loss = 0.0 if store.standing_loss_per_day is None else store.standing_loss_per_day.value
    delivered = demand.heater_cop * (1.0 - loss)
    return Heat(
        heater_annual_cost_usd_per_mw=heater.annual_cost_usd_per_mw(rate) * delivered,
        heater_cop=delivered,
        store_annual_cost_usd_per_mwh=store.annual_cost_usd_per_mwh(rate),
    )


def _flexibility(request: AssessmentRequest, flex: Flex) -> Flexibility | None:
    """The caller's, else what the steps of the process allow."""
    asked = request.supply.flexibility
    if asked is not None:
        return Flexibility(asked.share, asked.window_hours)
    if flex.load is None:
        return None
    return Flexibility(flex.load.share, flex.load.window_hours, max_load_mw=flex.load.max_load_mw)


def _grid(request: AssessmentRequest, facts: SiteFacts, plan: SupplyPlan) -> Grid | None:
    asked = request.supply.grid
    if not asked.connected:
        return None
    lengths = [len(year.time_utc) for year in facts.weather]
    known = import_price(request, plan)
    price = asked.import_price_usd_per_mwh if known is None else known.value
    if price is None:
        pointer = "/supply/grid/import_price_usd_per_mwh"
        detail = f"no industrial electricity price is known for {plan.country or 'this place'}: give one"
        raise wrong_field(pointer, detail, "missing")
    demand_charge = asked.demand_charge_usd_per_kw_year * 1000.0
    return Grid(
        import_price_usd_per_mwh=on_hours(price, lengths, "/supply/grid/import_price_usd_per_mwh")
        + asked.network_charge_usd_per_mwh,
        export_price_usd_per_mwh=on_hours(
            asked.export_price_usd_per_mwh, lengths, "/supply/grid/export_price_usd_per_mwh"
        ),
        max_import_mw=asked.max_import_mw,
        connection_annual_cost_usd_per_mw=demand_charge if demand_charge > 0.0 else None,
    )
