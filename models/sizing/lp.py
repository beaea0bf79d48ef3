"""The sizing problem as a linear programme: minimise cost'x subject to row_low <= Ax <= row_high, 0 <= x <= high.

`docs/sizing.md` writes the rows down. Columns come in named blocks (one value an hour, or one capacity). Each column
and row carries the unit it is naturally counted in; solvers work on the scaled programme, which for a seasonal
hydrogen store decides between nine right digits and a wrong optimum.
"""

from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from models.arrays import FloatArray
from models.sizing.problem import Matching, SizingProblem

BATTERY_HOURS = 6.0  # typical depth of a battery: the unit its level is counted in, in hours of mean load
STORE_HOURS = 200.0  # the same for a hydrogen store, which works over weeks
INFINITE = np.inf


@dataclass(slots=True, eq=False)
class LinearProgram:
    """A linear programme with named blocks of columns and rows."""

    blocks: dict[str, slice] = field(default_factory=dict)
    row_blocks: dict[str, slice] = field(default_factory=dict)
    cost: FloatArray = field(default_factory=lambda: np.empty(0))
    high: FloatArray = field(default_factory=lambda: np.empty(0))
    unit: FloatArray = field(default_factory=lambda: np.empty(0))
    row_low: FloatArray = field(default_factory=lambda: np.empty(0))
    row_high: FloatArray = field(default_factory=lambda: np.empty(0))
    matrix: sp.csc_matrix = field(default_factory=lambda: sp.csc_matrix((0, 0)))

    def value(self, x: FloatArray, name: str, size: int = 1) -> FloatArray:
        """The block `name` of a solution; zeros of `size` where the programme has no such block."""
        return x[self.blocks[name]] if name in self.blocks else np.zeros(size)


class _Builder:
    """Collects columns and rows; `finish` makes the programme."""

    def __init__(self, power_unit: float) -> None:
        self.power_unit = power_unit
        self.blocks: dict[str, slice] = {}
        self.row_blocks: dict[str, slice] = {}
        self._cost: list[FloatArray] = []
        self._high: list[FloatArray] = []
        self._unit: list[FloatArray] = []
        self._bounds: list[tuple[FloatArray, FloatArray]] = []
        self._entries: list[tuple[np.ndarray, np.ndarray, FloatArray]] = []
        self.columns = self.rows = 0

    def block(
        self,
        name: str,
        size: int,
        cost: float | FloatArray = 0.0,
        high: float | FloatArray | None = None,
        unit: float = 1.0,
    ) -> np.ndarray:
        """Indices of `size` new columns; `unit` in units of power."""
        self.blocks[name] = slice(self.columns, self.columns + size)
        self._cost.append(np.broadcast_to(np.asarray(cost, dtype=float), size))
        self._high.append(np.broadcast_to(np.asarray(INFINITE if high is None else high, dtype=float), size))
        self._unit.append(np.full(size, unit * self.power_unit))
        self.columns += size
        return np.arange(self.columns - size, self.columns)

    def row(
        self,
        name: str,
        size: int,
        low: float | FloatArray,
        high: float | FloatArray,
        terms: list[tuple[np.ndarray, float | FloatArray]],
    ) -> None:
        """`size` new rows: low <= sum of coefficient x column <= high; a single column serves every row."""
        rows = np.arange(self.rows, self.rows + size)
        for columns, coefficient in terms:
            values = np.broadcast_to(np.asarray(coefficient, dtype=float), size)
            keep = values != 0.0
            self._entries.append((rows[keep], np.broadcast_to(columns, size)[keep], values[keep]))
        self._add(name, size, low, high)

    def sum_row(self, name: str, high: FloatArray, terms: list[tuple[np.ndarray, float]], group: np.ndarray) -> None:
        """One row a group: the sum of coefficient x column over the group's hours is at most `high`."""
        for columns, coefficient in terms:
            where = group if len(columns) == len(group) else np.arange(len(columns))
            self._entries.append((self.rows + where, columns, np.full(len(columns), coefficient)))
        self._add(name, len(high), -INFINITE, high)

    def _add(self, name: str, size: int, low: float | FloatArray, high: float | FloatArray) -> None:
        self._bounds.append(
            (np.broadcast_to(np.asarray(low, float), size), np.broadcast_to(np.asarray(high, float), size))
        )
        self.row_blocks[name] = slice(self.rows, self.rows + size)
        self.rows += size

    def finish(self) -> LinearProgram:
        rows, columns, values = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        return LinearProgram(
            blocks=self.blocks,
            row_blocks=self.row_blocks,
            cost=np.concatenate(self._cost),
            high=np.concatenate(self._high),
            unit=np.concatenate(self._unit),
            row_low=np.concatenate([low for low, _ in self._bounds]),
            row_high=np.concatenate([high for _, high in self._bounds]),
            matrix=sp.csc_matrix((values, (rows, columns)), shape=(self.rows, self.columns)),
        )


def generator_groups(problem: SizingProblem) -> list[list[int]]:
    """Generators of the same marginal cost: what they make is one variable an hour, curtailed alike."""
    groups: dict[float, list[int]] = {}
    for index, generator in enumerate(problem.generators):
        groups.setdefault(generator.marginal_cost_usd_per_mwh, []).append(index)
    return list(groups.values())


def assemble(problem: SizingProblem, *, elastic: bool = False) -> LinearProgram:
    """The programme of a problem.

    elastic : costs nothing but what is short: load may go unserved and imports may pass the clean share, at
        1 USD a MWh each. Its optimum says by how much an infeasible problem fails.
    """
    hours, weight = problem.hours, problem.yearly
    load, hydrogen_load = problem.load_mw, problem.hydrogen_load_mw
    build = _Builder(float(np.mean(problem.matched_load_mw)) or 1.0)
    priced = 0.0 if elastic else 1.0
    electricity: list[tuple[np.ndarray, float | FloatArray]] = []
    gas: list[tuple[np.ndarray, float | FloatArray]] = []

    capacity = [
        build.block(f"capacity:{g.name}", 1, priced * g.annual_cost_usd_per_mw, g.max_mw) for g in problem.generators
    ]
    for number, members in enumerate(generator_groups(problem)):
        factors = [problem.generators[index].usable_factor for index in members]
        dark = np.max(factors, axis=0) <= 0.0
        marginal = problem.generators[members[0]].marginal_cost_usd_per_mwh
        used = build.block(f"used:{number}", hours, priced * weight * marginal, np.where(dark, 0.0, INFINITE))
        limit = [(capacity[index], -factor) for index, factor in zip(members, factors, strict=True)]
        build.row(f"available:{number}", hours, -INFINITE, 0.0, [(used, 1.0), *limit])
        electricity.append((used, 1.0))

    battery = problem.battery
    if battery is not None:
        power = build.block("battery_mw", 1, priced * battery.annual_cost_usd_per_mw, battery.max_mw)
        energy = build.block("battery_mwh", 1, priced * battery.annual_cost_usd_per_mwh, unit=BATTERY_HOURS)
        charge, discharge = build.block("charge", hours), build.block("discharge", hours)
        level = build.block("battery_level", hours, unit=BATTERY_HOURS)
        build.row("charge_limit", hours, -INFINITE, 0.0, [(charge, 1.0), (power, -1.0)])
        build.row("discharge_limit", hours, -INFINITE, 0.0, [(discharge, 1.0), (power, -1.0)])
        build.row("battery_limit", hours, -INFINITE, 0.0, [(level, 1.0), (energy, -1.0)])
        flows = [(charge, -battery.charge_efficiency), (discharge, 1.0 / battery.discharge_efficiency)]
        build.row("battery_balance", hours, 0.0, 0.0, [(level, 1.0), (np.roll(level, 1), -1.0), *flows])
        electricity += [(discharge, 1.0), (charge, -1.0)]

    hydrogen = problem.hydrogen
    if hydrogen is not None:
        cost = priced * hydrogen.electrolyser_annual_cost_usd_per_mw
        size = build.block("electrolyser_mw", 1, cost, hydrogen.electrolyser_max_mw)
        taken = build.block("electrolyser", hours)
        build.row("electrolyser_limit", hours, -INFINITE, 0.0, [(taken, 1.0), (size, -1.0)])
        electricity.append((taken, -1.0))
        gas.append((taken, hydrogen.electrolyser_efficiency))
        if hydrogen.turbine_efficiency is not None:
            cost = priced * (hydrogen.turbine_annual_cost_usd_per_mw or 0.0)
            turbine = build.block("hydrogen_turbine_mw", 1, cost, hydrogen.turbine_max_mw)
            given = build.block("turbine", hours, priced * weight * hydrogen.turbine_marginal_cost_usd_per_mwh)
            build.row("turbine_limit", hours, -INFINITE, 0.0, [(given, 1.0), (turbine, -1.0)])
            electricity.append((given, 1.0))
            gas.append((given, -1.0 / hydrogen.turbine_efficiency))
        if hydrogen.store_annual_cost_usd_per_mwh is not None:
            cost = priced * hydrogen.store_annual_cost_usd_per_mwh
            store = build.block("hydrogen_store_mwh", 1, cost, hydrogen.store_max_mwh, STORE_HOURS)
            level = build.block("hydrogen_level", hours, unit=STORE_HOURS)
            build.row("store_limit", hours, -INFINITE, 0.0, [(level, 1.0), (store, -1.0)])
            gas += [(level, -1.0), (np.roll(level, 1), 1.0)]

    if problem.grid is not None:
        electricity += _grid(build, problem, elastic, priced)
    share_short = 0.0 if problem.grid is not None else 1.0 - problem.clean_share
    for name, demand, balance in (("unserved", load, electricity), ("hydrogen_unserved", hydrogen_load, gas)):
        if (elastic or share_short > 0.0) and demand.any():
            short = build.block(name, hours, weight if elastic else 0.0, demand)
            balance.append((short, 1.0))
            if not elastic:
                limit_mwh = np.array([share_short * demand.sum()])
                build.sum_row(f"{name}_limit", limit_mwh, [(short, 1.0)], np.zeros(hours, dtype=int))
    build.row("electricity", hours, load, load, electricity)
    if hydrogen is not None:
        build.row("hydrogen", hours, hydrogen_load, hydrogen_load, gas)
    return build.finish()


def _grid(
    build: _Builder, problem: SizingProblem, elastic: bool, priced: float
) -> list[tuple[np.ndarray, float | FloatArray]]:
    """Import and export; their terms in the electricity balance."""
    grid, hours, weight = problem.grid, problem.hours, problem.yearly
    assert grid is not None
    hourly = problem.matching is Matching.HOURLY
    price, earned = grid.import_price_usd_per_mwh, grid.export_price_usd_per_mwh
    sold = build.block("export", hours, -priced * weight * np.asarray(earned), grid.max_export_mw)
    terms: list[tuple[np.ndarray, float | FloatArray]] = [(sold, -1.0)]
    if hourly and problem.clean_share >= 1.0 and not elastic:
        return terms
    bought = build.block("import", hours, priced * weight * np.asarray(price), grid.max_import_mw)
    terms.append((bought, 1.0))
    group = np.zeros(hours, dtype=int)
    if problem.matching is Matching.MONTHLY and problem.month_of_hour is not None:
        group = np.unique(problem.month_of_hour, return_inverse=True)[1]
    allowed: FloatArray = (1.0 - problem.clean_share) * np.bincount(group, problem.matched_load_mw).astype(np.float64)
    counted: list[tuple[np.ndarray, float]] = [(bought, 1.0)] if hourly else [(bought, 1.0), (sold, -1.0)]
    if elastic:
        excess = build.block("excess_import", len(allowed), weight)
        counted.append((excess, -1.0))
    build.sum_row("clean_share", allowed, counted, group)
    return terms
