"""What an operation leaves of its balances, hour by hour: all nil, to rounding, at an exact optimum."""

from collections.abc import Mapping

import numpy as np

from models.arrays import FloatArray
from models.sizing.problem import SizingProblem
from models.sizing.solution import Operation, Solution


def imbalances(solution: Solution) -> dict[str, FloatArray]:
    """What came in less what went out, (hours,), MW, of electricity and of each store or carrier there is."""
    problem, operation = solution.problem, solution.operation
    found = {"electricity": electricity_imbalance(solution)}
    battery, hydrogen, heat = problem.battery, problem.hydrogen, problem.heat
    if battery is not None:
        flow = operation.charge_mw * battery.charge_efficiency - operation.discharge_mw / battery.discharge_efficiency
        found["battery"] = flow - filled(operation.battery_mwh, battery.standing_loss)
    if hydrogen is not None:
        made = operation.electrolyser_mw * hydrogen.electrolyser_efficiency + operation.hydrogen_unserved_mw
        used = problem.hydrogen_load_mw + operation.hydrogen_vented_mw + turbine_gas_mw(problem, operation)
        found["hydrogen"] = made - used - filled(operation.hydrogen_store_mwh, hydrogen.store_standing_loss)
    if heat is not None:
        made = operation.heater_mw * heat.heater_cop
        found["heat"] = made - problem.heat_demand_mw - filled(operation.thermal_store_mwh, heat.store_standing_loss)
    return found


def electricity_imbalance(solution: Solution) -> FloatArray:
    """What was supplied less what was drawn, (hours,), MW."""
    problem, operation = solution.problem, solution.operation
    supplied = total(operation.used_mw, problem.hours)
    supplied = supplied + operation.discharge_mw + operation.turbine_mw + operation.import_mw + operation.unserved_mw
    drawn = operation.charge_mw + operation.electrolyser_mw + operation.heater_mw + operation.export_mw
    return supplied - drawn - problem.load_mw - operation.load_more_mw + operation.load_less_mw


def turbine_gas_mw(problem: SizingProblem, operation: Operation) -> FloatArray:
    """Hydrogen that the turbine takes, (hours,), MW at LHV."""
    hydrogen = problem.hydrogen
    if hydrogen is None or hydrogen.turbine_efficiency is None:
        return np.zeros(problem.hours)
    return operation.turbine_mw / hydrogen.turbine_efficiency


def filled(level: FloatArray, loss: float) -> FloatArray:
    """What was put into a store in each hour beyond what its standing loss took; negative where it was drawn from.

    level : (hours,), MWh at the end of the hour; the year is a ring. loss : share of the level lost an hour.
    """
    return level - (1.0 - loss) * np.roll(level, 1)


def total(series: Mapping[str, FloatArray], hours: int) -> FloatArray:
    """Sum of series (hours,); zeros where there is none."""
    return np.sum(list(series.values()), axis=0) if series else np.zeros(hours)
