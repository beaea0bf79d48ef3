"""The use case of POST /v1/sizing: the caller's own hours and costs, the least-cost system."""

from dataclasses import asdict

import numpy as np

from models.arrays import FloatArray
from models.sizing import summarise
from models.sizing.components import Battery, Flexibility, Generator, Grid, Heat, Hydrogen
from models.sizing.problem import Matching, SizingProblem
from models.sizing.solution import Solution
from service.answer.hourly import rounded, series_of
from service.answer.supply import solution_info
from service.answer.tracing import caveats
from service.case.case import solve_or_explain
from service.schemas.sizing import SizingRequest
from service.schemas.sizing_answer import GeneratorYear, SizingAnswer, SizingDispatch, SizingSensitivity

MONTHS = {
    8760: np.datetime64("2019-01-01T00", "h"),
    8784: np.datetime64("2020-01-01T00", "h"),
}
PARTS = {
    "battery": ("battery_mw", "battery_mwh"),
    "hydrogen": ("electrolyser_mw", "hydrogen_store_mwh", "hydrogen_turbine_mw"),
    "heat": ("heater_mw", "thermal_store_mwh"),
}


def size(request: SizingRequest) -> SizingAnswer:
    """Size a system. Raises ProblemError where there is none."""
    solution = solve_or_explain(problem_of(request), request.solver)
    return SizingAnswer(
        objective_usd_per_year=solution.objective_usd_per_year,
        cost_usd_per_mwh=solution.cost_usd_per_mwh,
        capacities={name: solution.capacities[name] for name in _sized(solution.problem)},
        sensitivities={name: SizingSensitivity(**asdict(found)) for name, found in solution.sensitivities.items()},
        dispatch=_dispatch(solution),
        solution=solution_info(solution),
        warnings=caveats(solution.warnings),
        hourly=_hourly(solution) if request.hourly else None,
    )


def months_of(hours: int) -> np.ndarray:
    """Month of each hour: whole years repeat the calendar of an ordinary or a leap year; else from 1 January 2019."""
    for length, start in MONTHS.items():
        if hours % length == 0:
            month = (start + np.arange(length)).astype("datetime64[M]").astype(int) % 12
            years = hours // length
            return np.asarray(np.tile(month, years) + 12 * np.repeat(np.arange(years), length))
    return np.asarray((MONTHS[8760] + np.arange(hours)).astype("datetime64[M]").astype(int) - 12 * 49)


def problem_of(request: SizingRequest) -> SizingProblem:
    """The problem that a request states."""
    hours = request.hours

    def series(value: float | list[float]) -> FloatArray:
        return np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), hours))

    battery, hydrogen, heat = request.battery, request.hydrogen, request.heat
    grid, flexibility, month = request.grid, request.flexibility, request.month_of_hour
    return SizingProblem(
        load_mw=series(request.load_mw),
        hydrogen_load_mw=series(request.hydrogen_load_mw),
        generators=tuple(
            Generator(
                capacity_factor=np.asarray(item.capacity_factor, dtype=np.float64),
                **item.model_dump(exclude={"capacity_factor"}),
            )
            for item in request.generators
        ),
        battery=Battery(**battery.model_dump()) if battery else None,
        hydrogen=Hydrogen(**hydrogen.model_dump()) if hydrogen else None,
        heat_load_mw=series(request.heat_load_mw) if heat else None,
        heat=Heat(**heat.model_dump()) if heat else None,
        flexibility=Flexibility(**flexibility.model_dump()) if flexibility else None,
        grid=Grid(
            import_price_usd_per_mwh=series(grid.import_price_usd_per_mwh),
            export_price_usd_per_mwh=series(grid.export_price_usd_per_mwh),
            max_import_mw=grid.max_import_mw,
            max_export_mw=grid.max_export_mw,
            connection_annual_cost_usd_per_mw=grid.connection_annual_cost_usd_per_mw,
        )
        if grid
        else None,
        clean_share=request.clean_share,
        matching=Matching(request.matching),
        month_of_hour=months_of(hours) if month is None else np.asarray(month, dtype=np.int64),
        unserved_price_usd_per_mwh=request.unserved_price_usd_per_mwh,
        unserved_share=request.unserved_share,
    )


def _sized(problem: SizingProblem) -> list[str]:
    """Names of the capacities that the request asked for."""
    names = [f"{generator.name}_mw" for generator in problem.generators]
    for part, capacities in PARTS.items():
        names += capacities if getattr(problem, part) is not None else ()
    if problem.grid is not None and problem.grid.connection_annual_cost_usd_per_mw is not None:
        names.append("connection_mw")
    return names


def _dispatch(solution: Solution) -> SizingDispatch:
    year = summarise(solution)
    generators = {
        name: GeneratorYear(**asdict(energy), curtailed_mwh=max(energy.curtailed_mwh, 0.0))
        for name, energy in year.generators.items()
    }
    return SizingDispatch(**asdict(year) | {"generators": generators})


def _hourly(solution: Solution) -> dict[str, list[float]]:
    available = {f"{name}_available_mw": values for name, values in solution.operation.available_mw.items()}
    return {name: rounded(values) for name, values in available.items()} | series_of(solution)
