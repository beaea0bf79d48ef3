"""The use case of POST /v1/sizing: the caller's own hours and costs, the least-cost system."""

from dataclasses import asdict

import numpy as np

from models.arrays import FloatArray
from models.sizing import summarise
from models.sizing.components import Battery, Generator, Grid, Hydrogen
from models.sizing.problem import Matching, SizingProblem
from service.assess import solve_or_explain
from service.problems import FieldProblem, ProblemError
from service.schemas.sizing import SizingAnswer, SizingRequest
from service.supply_answer import series_of, solution_info
from service.tracing import caveats

MONTHS = {
    8760: np.datetime64("2019-01-01T00", "h"),
    8784: np.datetime64("2020-01-01T00", "h"),
}


def size(request: SizingRequest) -> SizingAnswer:
    """Size a system. Raises ProblemError where there is none."""
    problem = _problem(request)
    solution = solve_or_explain(problem, request.solver)
    year = asdict(summarise(solution))
    built = {f"{generator.name}_mw" for generator in problem.generators}
    if problem.battery:
        built |= {"battery_mw", "battery_mwh"}
    if problem.hydrogen:
        built |= {"electrolyser_mw", "hydrogen_store_mwh", "hydrogen_turbine_mw"}
    return SizingAnswer(
        objective_usd_per_year=solution.objective_usd_per_year,
        cost_usd_per_mwh=solution.cost_usd_per_mwh,
        capacities={name: value for name, value in solution.capacities.items() if name in built},
        dispatch=year,
        solution=solution_info(solution),
        warnings=caveats(solution.warnings),
        hourly=series_of(solution) if request.hourly else None,
    )


def months_of(hours: int) -> np.ndarray:
    """Month of each hour: whole years repeat the calendar of an ordinary or a leap year; else from 1 January 2019."""
    for length, start in MONTHS.items():
        if hours % length == 0:
            month = (start + np.arange(length)).astype("datetime64[M]").astype(int) % 12
            years = hours // length
            return np.asarray(np.tile(month, years) + 12 * np.repeat(np.arange(years), length))
    return np.asarray((MONTHS[8760] + np.arange(hours)).astype("datetime64[M]").astype(int) - 12 * 49)


def _problem(request: SizingRequest) -> SizingProblem:
    hours = request.hours

    def series(value: float | list[float]) -> FloatArray:
        return np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), hours))

    if not np.any(series(request.load_mw)) and not np.any(series(request.hydrogen_load_mw)):
        wrong = FieldProblem(pointer="/load_mw", detail="there is no load, electric or hydrogen", code="out_of_range")
        raise ProblemError("invalid-request", "1 field is wrong.", [wrong])
    battery, hydrogen, grid = request.battery, request.hydrogen, request.grid
    return SizingProblem(
        load_mw=series(request.load_mw),
        hydrogen_load_mw=series(request.hydrogen_load_mw),
        generators=tuple(
            Generator(
                name=item.name,
                capacity_factor=np.asarray(item.capacity_factor, dtype=np.float64),
                annual_cost_usd_per_mw=item.annual_cost_usd_per_mw,
                marginal_cost_usd_per_mwh=item.marginal_cost_usd_per_mwh,
                max_mw=item.max_mw,
            )
            for item in request.generators
        ),
        battery=Battery(**battery.model_dump()) if battery else None,
        hydrogen=Hydrogen(**hydrogen.model_dump()) if hydrogen else None,
        grid=Grid(
            import_price_usd_per_mwh=series(grid.import_price_usd_per_mwh),
            export_price_usd_per_mwh=series(grid.export_price_usd_per_mwh),
            max_import_mw=grid.max_import_mw,
            max_export_mw=grid.max_export_mw,
        )
        if grid
        else None,
        clean_share=request.clean_share,
        matching=Matching(request.matching),
        month_of_hour=months_of(hours),
    )
