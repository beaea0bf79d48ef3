"""The sizing problem laid out by hour for the interior-point solver: hourly variables, capacities, few long rows.

Every variable of an hour stands in the balances of that hour with constant coefficients; a level stands in the next
hour's too. A variable is bounded by nothing, by a number, or by capacities (a group of generators by several). Rows
that tie many hours together (clean share, unserved energy) are few. Columns carry the names of `lp.py`, so that the
answer is certified on the same programme as that of any other solver.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing.lp import BATTERY_HOURS, STORE_HOURS, LinearProgram, generator_groups
from models.sizing.problem import SizingProblem

ELECTRICITY, BATTERY, GAS = 0, 1, 2
ROW_NAMES = ("electricity", "battery_balance", "hydrogen")


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One variable of every hour: coefficients in the three balances, and of a level in the next hour's."""

    name: str
    own: tuple[float, float, float]
    next: tuple[float, float, float] = (0.0, 0.0, 0.0)
    limit_row: str | None = None
    limits: tuple[tuple[int, float | FloatArray], ...] = ()
    start: float = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class StageForm:
    """The problem in scaled units: power in the mean load, costs such that a MWh costs about 1.

    cost, upper : (variables, hours). own, following : (variables, 3). load : (3, hours). capacity_* : (capacities,).
    long_rows : name, coefficients (variables,), hours they hold for, bound.
    """

    variables: tuple[Variable, ...]
    capacity_names: tuple[str, ...]
    cost: FloatArray
    upper: FloatArray
    own: FloatArray
    following: FloatArray
    load: FloatArray
    capacity_cost: FloatArray
    capacity_upper: FloatArray
    capacity_start: FloatArray
    long_rows: tuple[tuple[str, int, FloatArray, np.ndarray, float], ...]
    power_unit: float
    cost_unit: float


def stage_form(problem: SizingProblem, lp: LinearProgram) -> StageForm:
    """Lay out a problem; `lp` is its linear programme, where costs and bounds are read."""
    power = float(lp.unit.min())
    hours = problem.hours
    names = [name for name, where in lp.blocks.items() if where.stop - where.start == 1]
    names = [name for name in names if name.startswith("capacity:") or name.endswith(("_mw", "_mwh"))]
    number = {name: index for index, name in enumerate(names)}
    variables = [variable for variable in _variables(problem, number) if variable.name in lp.blocks]
    price = _typical_price(problem)
    cost_unit = price * power
    cost = np.array([lp.cost[lp.blocks[variable.name]] for variable in variables]) * power / cost_unit
    upper = np.array([lp.high[lp.blocks[variable.name]] for variable in variables]) / power
    capacity_cost = np.array([lp.cost[lp.blocks[name]][0] for name in names]) * power / cost_unit
    capacity_upper = np.array([lp.high[lp.blocks[name]][0] for name in names]) / power
    load = np.zeros((3, hours))
    load[ELECTRICITY], load[GAS] = problem.load_mw / power, problem.hydrogen_load_mw / power
    return StageForm(
        variables=tuple(variables),
        capacity_names=tuple(names),
        cost=cost,
        upper=upper,
        own=np.array([variable.own for variable in variables]),
        following=np.array([variable.next for variable in variables]),
        load=load,
        capacity_cost=capacity_cost,
        capacity_upper=capacity_upper,
        capacity_start=np.array([_capacity_start(problem, name) for name in names]),
        long_rows=tuple(_long_rows(lp, variables, power)),
        power_unit=power,
        cost_unit=cost_unit,
    )


def _variables(problem: SizingProblem, number: dict[str, int]) -> list[Variable]:
    """All that an hour can do, in the order of the programme."""
    found = []
    for group, members in enumerate(generator_groups(problem)):
        limits = tuple(
            (number[f"capacity:{problem.generators[i].name}"], problem.generators[i].usable_factor) for i in members
        )
        found.append(Variable(f"used:{group}", (1.0, 0.0, 0.0), limit_row=f"available:{group}", limits=limits))
    battery, hydrogen = problem.battery, problem.hydrogen
    if battery is not None:
        power, energy = ((number["battery_mw"], 1.0),), ((number["battery_mwh"], 1.0),)
        inward, outward = battery.charge_efficiency, battery.discharge_efficiency
        found += [
            Variable("charge", (-1.0, -inward, 0.0), limit_row="charge_limit", limits=power),
            Variable("discharge", (1.0, 1.0 / outward, 0.0), limit_row="discharge_limit", limits=power),
            Variable(
                "battery_level",
                (0.0, 1.0, 0.0),
                (0.0, -1.0, 0.0),
                limit_row="battery_limit",
                limits=energy,
                start=0.5 * BATTERY_HOURS,
            ),
        ]
    if hydrogen is not None:
        size = ((number["electrolyser_mw"], 1.0),)
        gain = hydrogen.electrolyser_efficiency
        found.append(Variable("electrolyser", (-1.0, 0.0, gain), limit_row="electrolyser_limit", limits=size))
        if "hydrogen_turbine_mw" in number and hydrogen.turbine_efficiency is not None:
            rating, drawn = ((number["hydrogen_turbine_mw"], 1.0),), -1.0 / hydrogen.turbine_efficiency
            found.append(Variable("turbine", (1.0, 0.0, drawn), limit_row="turbine_limit", limits=rating, start=0.1))
        if "hydrogen_store_mwh" in number:
            store = ((number["hydrogen_store_mwh"], 1.0),)
            found.append(
                Variable(
                    "hydrogen_level",
                    (0.0, 0.0, -1.0),
                    (0.0, 0.0, 1.0),
                    limit_row="store_limit",
                    limits=store,
                    start=0.5 * STORE_HOURS,
                )
            )
    return [
        *found,
        Variable("export", (-1.0, 0.0, 0.0)),
        Variable("import", (1.0, 0.0, 0.0)),
        Variable("unserved", (1.0, 0.0, 0.0), start=0.05),
        Variable("hydrogen_unserved", (0.0, 0.0, 1.0), start=0.05),
    ]


def _capacity_start(problem: SizingProblem, name: str) -> float:
    """A first guess of a capacity, in units of the mean load: generous, so that every limit has room."""
    if name.startswith("capacity:"):
        generator = next(item for item in problem.generators if f"capacity:{item.name}" == name)
        mean = max(float(generator.capacity_factor.mean()), 0.02)
        return 2.0 / (mean * max(len(problem.generators), 1))
    return {"battery_mwh": 2.0 * BATTERY_HOURS, "hydrogen_store_mwh": 2.0 * STORE_HOURS}.get(name, 1.0)


def _typical_price(problem: SizingProblem) -> float:
    """USD per MW and hour of steady supply, the median of what can supply: the unit of costs."""
    prices = [
        generator.annual_cost_usd_per_mw / max(float(generator.capacity_factor.mean()), 0.02) / problem.hours
        + problem.yearly * max(generator.marginal_cost_usd_per_mwh, 0.0)
        for generator in problem.generators
    ]
    if problem.grid is not None:
        prices.append(problem.yearly * float(np.mean(np.abs(problem.grid.import_price_usd_per_mwh))))
    positive = [price for price in prices if price > 0.0]
    return float(np.median(positive)) if positive else 1.0


def _long_rows(
    lp: LinearProgram, variables: list[Variable], power: float
) -> list[tuple[str, int, FloatArray, np.ndarray, float]]:
    """Rows over many hours, read from the programme."""
    found: list[tuple[str, int, FloatArray, np.ndarray, float]] = []
    for name in ("clean_share", "unserved_limit", "hydrogen_unserved_limit"):
        if name not in lp.row_blocks:
            continue
        block = lp.matrix[lp.row_blocks[name]].toarray()
        for index, coefficients in enumerate(block):
            each = np.array([coefficients[lp.blocks[v.name]] for v in variables])
            of = np.abs(each).max(axis=0) > 0.0
            first = int(np.argmax(of)) if of.any() else 0
            bound = float(lp.row_high[lp.row_blocks[name]][index]) / power
            found.append((name, index, each[:, first], np.flatnonzero(of), bound))
    return found
