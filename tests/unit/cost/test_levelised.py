"""The boundary of the levelised costs: by hand, against the sizing's own objective, and as properties."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.connection import connection_cost
from models.cost_table import CostCase
from models.figure import Figure
from models.levelised import LevelisedCosts, levelised_costs
from models.plants import BatteryPlant, GeneratorPlant, GridUse, HydrogenPlant
from models.sizing import solve, summarise
from models.sizing.components import Battery, Generator, Grid, Hydrogen
from models.sizing.problem import SizingProblem
from models.technologies import technology

WACC = 0.06
WIND, SUN, BATTERY = technology("wind_onshore"), technology("pv_tracking"), technology("battery")
ELECTROLYSER, STORE, TURBINE = technology("electrolyser"), technology("buried_pipe"), technology("hydrogen_turbine")
LINE = connection_cost(100.0, 10.0, 132.0, WACC)


def hydrogen_plant(share: float, served_mwh: float) -> HydrogenPlant:
    return HydrogenPlant(
        electrolyser=ELECTROLYSER,
        wacc=WACC,
        electrolyser_mw=80.0,
        electrolysis_mwh=300_000.0,
        process_share=share,
        hydrogen_served_mwh=served_mwh,
        store=STORE,
        store_mwh=5_000.0,
        turbine=TURBINE,
        turbine_mw=20.0,
        turbine_mwh=15_000.0,
    )


WIND_PLANT = GeneratorPlant(WIND, WACC, 200.0, 600_000.0, 500_000.0)


def test_clean_power_and_hydrogen_by_hand() -> None:
    """Every annual cost written out from the figures, nothing of the module under test."""
    costs = levelised_costs(
        served_mwh=400_000.0,
        generators=[WIND_PLANT],
        battery=BatteryPlant(BATTERY, WACC, 50.0, 200.0),
        hydrogen=hydrogen_plant(0.75, 150_000.0),
    )
    wind = 200 * WIND.annual_cost_usd_per_mw(WACC) + 500_000 * WIND.marginal_cost_usd_per_mwh()
    battery = 50 * BATTERY.annual_cost_usd_per_mw(WACC) + 200 * BATTERY.annual_cost_usd_per_mwh(WACC)
    turbine = 20 * TURBINE.annual_cost_usd_per_mw(WACC) + 15_000 * TURBINE.marginal_cost_usd_per_mwh()
    shared = 80 * ELECTROLYSER.annual_cost_usd_per_mw(WACC) + 5_000 * STORE.annual_cost_usd_per_mwh(WACC)
    delivered = 400_000 + 0.75 * 300_000
    power = (wind + battery + turbine + 0.25 * shared) / delivered
    assert costs.delivered_mwh == delivered
    assert costs.usd_per_mwh == pytest.approx(power, rel=1e-12)
    kilograms = 150_000 * 1000 / 33.33
    assert costs.hydrogen_usd_per_kg == pytest.approx((0.75 * shared + 225_000 * power) / kilograms, rel=1e-12)
    assert sum(item.usd_per_kg for item in costs.hydrogen_breakdown) == pytest.approx(costs.hydrogen_usd_per_kg)
    assert costs.total_annual_cost_usd == pytest.approx(wind + battery + turbine + shared, rel=1e-12)


def test_levelised_cost_of_a_generator_generated_and_used() -> None:
    (wind,) = levelised_costs(served_mwh=1.0, generators=[WIND_PLANT]).generators
    fixed, variable = 200 * WIND.annual_cost_usd_per_mw(WACC), WIND.marginal_cost_usd_per_mwh()
    assert wind.lcoe_generated_usd_per_mwh == pytest.approx(fixed / 600_000 + variable)
    assert wind.lcoe_used_usd_per_mwh == pytest.approx(fixed / 500_000 + variable)
    assert wind.annual_cost_usd == pytest.approx(fixed + 500_000 * variable)
    (idle,) = levelised_costs(served_mwh=1.0, generators=[GeneratorPlant(WIND, WACC, 0.0, 0.0, 0.0)]).generators
    assert idle.lcoe_generated_usd_per_mwh is idle.lcoe_used_usd_per_mwh is None


def test_the_connection_counts_only_on_the_grid() -> None:
    off = levelised_costs(served_mwh=500_000.0, generators=[WIND_PLANT])
    on = levelised_costs(served_mwh=500_000.0, generators=[WIND_PLANT], grid=GridUse(2e6, 5e5, LINE))
    assert (on.usd_per_mwh - off.usd_per_mwh) * 500_000 == pytest.approx(1.5e6 + LINE.annual_cost_usd)
    assert {item.item for item in on.breakdown} == {
        "wind_onshore",
        "grid_purchases",
        "grid_sales",
        "grid_connection",
    }
    assert "off grid" in off.boundary
    assert "off grid" not in on.boundary
    assert on.outside_objective_usd == pytest.approx(LINE.annual_cost_usd)


def test_power_that_comes_back_is_not_delivered_twice() -> None:
    """All hydrogen to the turbine: the load alone is delivered, and electrolyser and store are power."""
    costs = levelised_costs(served_mwh=400_000.0, generators=[WIND_PLANT], hydrogen=hydrogen_plant(0.0, 0.0))
    assert costs.delivered_mwh == 400_000.0
    assert costs.hydrogen_chain_usd == 0.0
    assert costs.hydrogen_usd_per_kg is None
    assert costs.hydrogen_breakdown == ()
    items = {item.item for item in costs.breakdown}
    assert {"electrolyser_for_power", "hydrogen_store_for_power", "hydrogen_turbine"} <= items


def test_the_ends_of_the_band_are_the_same_design_at_other_prices() -> None:
    wacc = Figure("wind_onshore.wacc", WACC, "1/year", "test", low=0.04, high=0.09)
    costs = levelised_costs(served_mwh=500_000.0, generators=[replace(WIND_PLANT, wacc=wacc)])
    for case, rate, value in (
        (CostCase.LOW, 0.04, costs.usd_per_mwh_low),
        (CostCase.HIGH, 0.09, costs.usd_per_mwh_high),
    ):
        yearly = 200 * WIND.annual_cost_usd_per_mw(rate, case) + 500_000 * WIND.marginal_cost_usd_per_mwh(case)
        assert value == pytest.approx(yearly / 500_000, rel=1e-12)
    assert "sized anew" in costs.band


MWH = st.floats(0.0, 1e6)


@given(MWH, MWH, MWH, st.floats(0.0, 1.0), MWH, st.floats(0.0, 1e7), st.floats(0.0, 1e7))
def test_parts_add_up_and_nothing_is_lost(
    wind_mwh: float, sun_mwh: float, battery_mwh: float, share: float, gas_mwh: float, bought: float, sold: float
) -> None:
    costs = levelised_costs(
        served_mwh=100_000.0,
        generators=[
            GeneratorPlant(WIND, WACC, wind_mwh / 2500, wind_mwh, 0.9 * wind_mwh),
            GeneratorPlant(SUN, WACC, sun_mwh / 1800, sun_mwh, 0.8 * sun_mwh),
        ],
        battery=BatteryPlant(BATTERY, WACC, battery_mwh / 4, battery_mwh),
        hydrogen=hydrogen_plant(share, gas_mwh),
        grid=GridUse(bought, sold, LINE),
    )
    assert sum(item.usd_per_mwh for item in costs.breakdown) == pytest.approx(costs.usd_per_mwh, rel=1e-9, abs=1e-9)
    whole = costs.usd_per_mwh * costs.delivered_mwh + costs.hydrogen_chain_usd
    assert whole == pytest.approx(costs.total_annual_cost_usd, rel=1e-9, abs=1e-3)
    assert costs.usd_per_mwh_low <= costs.usd_per_mwh + 1e-9
    assert costs.usd_per_mwh <= costs.usd_per_mwh_high + 1e-9


def _sized(grid: Grid | None, clean_share: float) -> tuple[LevelisedCosts, float]:
    """A week of wind and sun sized for power and hydrogen, and its cost twice: here and by the sizing."""
    hour = np.arange(168)
    sun = np.clip(np.sin((hour % 24 - 6) / 12 * np.pi), 0.0, None) * (0.5 + 0.4 * np.sin(hour / 50))
    wind = 0.5 + 0.3 * np.sin(hour / 17) + 0.2 * np.sin(hour / 5)
    each_way = BATTERY.one_way_efficiency
    assert ELECTROLYSER.efficiency
    assert TURBINE.efficiency
    problem = SizingProblem(
        load_mw=np.full(168, 100.0),
        hydrogen_load_mw=np.full(168, 30.0),
        generators=tuple(
            Generator(
                cost.technology,
                profile,
                cost.annual_cost_usd_per_mw(WACC),
                cost.marginal_cost_usd_per_mwh(),
            )
            for cost, profile in ((SUN, sun), (WIND, wind))
        ),
        battery=Battery(
            BATTERY.annual_cost_usd_per_mwh(WACC), BATTERY.annual_cost_usd_per_mw(WACC), each_way, each_way
        ),
        hydrogen=Hydrogen(
            ELECTROLYSER.annual_cost_usd_per_mw(WACC),
            ELECTROLYSER.efficiency.value,
            STORE.annual_cost_usd_per_mwh(WACC),
            TURBINE.annual_cost_usd_per_mw(WACC),
            TURBINE.efficiency.value,
            TURBINE.marginal_cost_usd_per_mwh(),
        ),
        grid=grid,
        clean_share=clean_share,
    )
    solution = solve(problem, solver="highs")
    dispatch, built = summarise(solution), solution.capacities
    costs = levelised_costs(
        served_mwh=dispatch.served_mwh,
        generators=[
            GeneratorPlant(cost, WACC, energy.capacity_mw, energy.available_mwh, energy.used_mwh)
            for cost, energy in ((cost, dispatch.generators[cost.technology]) for cost in (SUN, WIND))
        ],
        battery=BatteryPlant(BATTERY, WACC, built["battery_mw"], built["battery_mwh"]),
        hydrogen=HydrogenPlant(
            electrolyser=ELECTROLYSER,
            wacc=WACC,
            electrolyser_mw=built["electrolyser_mw"],
            electrolysis_mwh=dispatch.electrolysis_mwh,
            process_share=dispatch.process_hydrogen_share,
            hydrogen_served_mwh=dispatch.hydrogen_served_mwh,
            store=STORE,
            store_mwh=built["hydrogen_store_mwh"],
            turbine=TURBINE,
            turbine_mw=built["hydrogen_turbine_mw"],
            turbine_mwh=dispatch.turbine_mwh,
        ),
        grid=None if grid is None else GridUse(dispatch.import_cost_usd, dispatch.export_income_usd, LINE),
    )
    assert costs.delivered_mwh == pytest.approx(dispatch.delivered_mwh, rel=1e-9)
    return costs, solution.objective_usd_per_year


@pytest.mark.parametrize(("grid", "clean_share"), [(None, 1.0), (Grid(80.0, 20.0, 60.0, 40.0), 0.8)])
def test_power_and_hydrogen_chain_are_the_objective_of_the_sizing(grid: Grid | None, clean_share: float) -> None:
    costs, objective = _sized(grid, clean_share)
    power = sum(item.usd_per_mwh for item in costs.breakdown) * costs.delivered_mwh
    assert power + costs.hydrogen_chain_usd == pytest.approx(objective + costs.outside_objective_usd, rel=1e-9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"served_mwh": 0.0},
        {"served_mwh": math.nan},
        {"served_mwh": 1.0, "generators": [WIND_PLANT, WIND_PLANT]},
        {"served_mwh": 1.0, "generators": [replace(WIND_PLANT, capacity_mw=-1.0)]},
        {"served_mwh": 1.0, "hydrogen": hydrogen_plant(1.2, 0.0)},
        {"served_mwh": 1.0, "battery": BatteryPlant(BATTERY, WACC, math.inf, 1.0)},
        {"served_mwh": 1.0, "grid": GridUse(math.nan, 0.0, LINE)},
    ],
)
def test_what_makes_no_sense_raises(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the messages differ, the type is the contract
        levelised_costs(**wrong)  # type: ignore[arg-type]  # wrong on purpose
