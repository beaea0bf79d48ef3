"""Cost of heat through a store: by hand, and against the sizing's own objective."""

import numpy as np
import pytest

from models.cost_table import CostCase
from models.heat_cost import heat_cost
from models.levelised import levelised_costs
from models.plants import GeneratorPlant, HeatPlant
from models.sizing import solve, summarise
from models.sizing.components import Generator, Heat
from models.sizing.problem import SizingProblem
from models.technologies import HEATERS, technology

WACC = 0.06
BOILER, STORE, SUN = technology("electrode_boiler"), technology("thermal_store"), technology("pv_tracking")
POWER = {CostCase.LOW: 30.0, CostCase.CENTRAL: 40.0, CostCase.HIGH: 50.0}


def test_by_hand() -> None:
    plant = HeatPlant(BOILER, STORE, WACC, heater_mw=20.0, store_mwh=100.0, heater_mwh=51_000.0, heat_mwh=50_000.0)
    cost = heat_cost(plant, POWER)
    chain = 20 * BOILER.annual_cost_usd_per_mw(WACC) + 100 * STORE.annual_cost_usd_per_mwh(WACC)
    variable = 50_000 * BOILER.marginal_cost_usd_per_mwh()
    assert variable > 0.0
    assert cost.chain_usd == pytest.approx(chain + variable)
    assert cost.variable_usd == pytest.approx(variable)
    assert cost.usd_per_mwh == pytest.approx((chain + variable + 51_000 * 40.0) / 50_000)
    assert sum(cost.items.values()) / 50_000 == pytest.approx(cost.usd_per_mwh)
    assert cost.usd_per_mwh_low < cost.usd_per_mwh < cost.usd_per_mwh_high


def test_power_and_heat_are_the_objective() -> None:
    day = np.clip(np.sin((np.arange(240) % 24 - 6) / 12 * np.pi), 0.0, None)
    cop, hours = 0.99, 240
    problem = SizingProblem(
        load_mw=np.full(hours, 2.0),
        hydrogen_load_mw=np.zeros(hours),
        generators=(Generator("pv_tracking", day, SUN.annual_cost_usd_per_mw(WACC), SUN.marginal_cost_usd_per_mwh()),),
        heat_load_mw=np.full(hours, 10.0),
        heat=Heat(BOILER.annual_cost_usd_per_mw(WACC) * cop, cop, STORE.annual_cost_usd_per_mwh(WACC), 0.001),
        clean_share=0.4,
    )
    solution = solve(problem)
    dispatch, capacities = summarise(solution), solution.capacities
    sun = dispatch.generators["pv_tracking"]
    heat = HeatPlant(
        BOILER,
        STORE,
        WACC,
        heater_mw=capacities["heater_mw"] * cop,
        store_mwh=capacities["thermal_store_mwh"],
        heater_mwh=dispatch.heater_mwh,
        heat_mwh=dispatch.heat_mwh,
    )
    costs = levelised_costs(
        served_mwh=dispatch.served_mwh,
        generators=[GeneratorPlant(SUN, WACC, capacities["pv_tracking_mw"], sun.available_mwh, sun.used_mwh)],
        heat=heat,
    )
    assert costs.delivered_mwh == pytest.approx(dispatch.served_mwh + dispatch.heater_mwh)
    assert costs.total_annual_cost_usd - costs.outside_objective_usd == pytest.approx(
        solution.objective_usd_per_year, rel=1e-5
    )
    assert costs.heat is not None
    assert "heater and thermal store" in costs.boundary


@pytest.mark.parametrize("name", HEATERS)
def test_heaters_have_what_the_sizing_needs(name: str) -> None:
    for year in (2025, 2030, 2040, 2050):
        cost = technology(name, year)
        assert cost.annual_cost_usd_per_mw(WACC) > 0.0
        assert all(figure.source for figure in cost.figures())
    loss = STORE.standing_loss_per_day
    assert loss is not None
    assert 0.0 < loss.value < 0.1


@pytest.mark.parametrize("name", ["electrolyser_pem", "electrolyser_soec"])
def test_other_electrolysers(name: str) -> None:
    default, other = technology("electrolyser"), technology(name)
    assert other.efficiency is not None
    assert default.efficiency is not None
    assert (other.efficiency.value > default.efficiency.value) == (name == "electrolyser_soec")
    assert other.capex_usd_per_mw is not None
    assert other.capex_usd_per_mw.low is not None
    assert other.capex_usd_per_mw.low < other.capex_usd_per_mw.value
