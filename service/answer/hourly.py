"""The hourly operation as the answer states it."""

from collections.abc import Sequence

import numpy as np

from geodata.weather.year import WeatherYear
from models.arrays import FloatArray
from models.sizing.solution import Solution
from service.schemas import answer as schema
from service.supply.plan import SupplyPlan

DECIMALS = 4


def series_of(solution: Solution) -> dict[str, list[float]]:
    """Operation, levels (MWh) and shadow prices by name."""
    operation, prices = solution.operation, solution.prices
    series: dict[str, FloatArray] = {f"{name}_used_mw": values for name, values in operation.used_mw.items()}
    if solution.problem.battery is not None:
        series |= {
            "battery_charge_mw": operation.charge_mw,
            "battery_discharge_mw": operation.discharge_mw,
            "battery_level_mwh": operation.battery_mwh,
        }
    if solution.problem.hydrogen is not None:
        series |= {
            "electrolyser_mw": operation.electrolyser_mw,
            "hydrogen_turbine_mw": operation.turbine_mw,
            "hydrogen_store_level_mwh": operation.hydrogen_store_mwh,
            "hydrogen_unserved_mw": operation.hydrogen_unserved_mw,
            "hydrogen_price_usd_per_mwh": prices.hydrogen_usd_per_mwh,
        }
    if solution.problem.hydrogen is not None and operation.hydrogen_vented_mw.any():
        series["hydrogen_vented_mw"] = operation.hydrogen_vented_mw
    if solution.problem.heat is not None:
        series |= {
            "heater_mw": operation.heater_mw,
            "thermal_store_level_mwh": operation.thermal_store_mwh,
            "heat_price_usd_per_mwh": prices.heat_usd_per_mwh,
        }
    if solution.problem.flexibility is not None:
        series |= {"load_more_mw": operation.load_more_mw, "load_less_mw": operation.load_less_mw}
    if solution.problem.grid is not None:
        series |= {"grid_import_mw": operation.import_mw, "grid_export_mw": operation.export_mw}
    series |= {"unserved_mw": operation.unserved_mw, "electricity_price_usd_per_mwh": prices.electricity_usd_per_mwh}
    return {name: rounded(values) for name, values in series.items()}


def rounded(values: FloatArray) -> list[float]:
    """Four decimals: below what any of the models knows."""
    return [float(value) for value in np.round(values, DECIMALS) + 0.0]


def hourly_answer(plan: SupplyPlan, solution: Solution, weather: Sequence[WeatherYear]) -> schema.Hourly:
    """The hourly operation."""
    return schema.Hourly(
        start=f"{weather[0].time_utc[0]}Z",
        hours=solution.problem.hours,
        convention="mean of the hour beginning, UTC; levels at the end of the hour; years one after the other",
        load_mw=rounded(solution.problem.load_mw),
        hydrogen_load_mw=rounded(solution.problem.hydrogen_load_mw),
        heat_load_mw=rounded(solution.problem.heat_demand_mw),
        available_mw={name: rounded(values) for name, values in solution.operation.available_mw.items()},
        capacity_factor={option.name: rounded(option.capacity_factor) for option in plan.generators},
        series=series_of(solution),
    )
