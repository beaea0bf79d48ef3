"""A model by hour as a linear programme for general solvers: row_low <= Ax <= row_high, 0 <= x <= high.

Each column and row carries the unit it is naturally counted in; solvers work on the scaled programme, which for a
seasonal hydrogen store decides between nine right digits and a wrong optimum.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from models.arrays import FloatArray
from models.sizing.stage_model import Answer, StageModel


@dataclass(frozen=True, slots=True, eq=False)
class LinearProgram:
    """Columns: capacities, then each variable's hours. Rows: balances by hour, limits by hour, long rows."""

    model: StageModel
    cost: FloatArray
    high: FloatArray
    unit: FloatArray
    row_low: FloatArray
    row_high: FloatArray
    matrix: sp.csc_matrix
    limited: tuple[int, ...]

    def answer(self, solver: str, x: FloatArray, row_dual: FloatArray, iterations: int) -> Answer:
        """A solver's columns and row duals in the shape of the model."""
        model, hours = self.model, self.model.hours
        count, balances = len(model.capacities), len(model.balances)
        first = (balances + len(self.limited)) * hours
        long = []
        for rows in model.long_rows:
            long.append(np.maximum(-row_dual[first : first + len(rows.bounds)], 0.0))
            first += len(rows.bounds)
        return Answer(
            solver=solver,
            capacities=x[:count],
            hourly=x[count:].reshape(len(model.variables), hours),
            prices=row_dual[: balances * hours].reshape(balances, hours),
            long_prices=tuple(long),
            iterations=iterations,
        )


class _Entries:
    """Collects the entries of the matrix."""

    def __init__(self) -> None:
        self.rows: list[np.ndarray] = []
        self.columns: list[np.ndarray] = []
        self.values: list[FloatArray] = []

    def add(self, rows: np.ndarray, columns: np.ndarray | int, values: float | FloatArray) -> None:
        wide = np.broadcast_to(np.asarray(values, dtype=np.float64), rows.shape)
        keep = wide != 0.0
        self.rows.append(rows[keep])
        self.columns.append(np.broadcast_to(np.asarray(columns), rows.shape)[keep])
        self.values.append(wide[keep])


def assemble(model: StageModel) -> LinearProgram:
    """The linear programme of a model."""
    hours, count = model.hours, len(model.capacities)
    balances = len(model.balances)
    hour = np.arange(hours)
    entries = _Entries()

    def column(index: int) -> np.ndarray:
        return count + index * hours + hour

    for index in range(len(model.variables)):
        for row in range(balances):
            if model.own[index, row]:
                entries.add(row * hours + hour, column(index), model.own[index, row])
            if model.following[index, row]:
                entries.add(row * hours + (hour + 1) % hours, column(index), model.following[index, row])
    for index in range(count):
        for row in range(balances):
            if model.by_capacity[index, row]:
                entries.add(row * hours + hour, index, model.by_capacity[index, row])
    first = balances * hours
    limited = tuple(index for index, variable in enumerate(model.variables) if variable.limits)
    highs: list[FloatArray] = [model.load.ravel()]
    for index in limited:
        variable = model.variables[index]
        entries.add(first + hour, column(index), 1.0)
        for name, factor in variable.limits:
            entries.add(first + hour, model.capacity_index[name], -np.asarray(factor))
        highs.append(np.zeros(hours) + (0.0 if variable.upper is None else variable.upper))
        first += hours
    for rows in model.long_rows:
        for name, coefficient in rows.terms:
            entries.add(first + rows.group, column(model.variable_index[name]), coefficient)
        highs.append(rows.bounds)
        first += len(rows.bounds)
    row_high = np.concatenate(highs)
    equal = balances * hours
    most = [np.inf if c.upper is None else c.upper for c in model.capacities]
    high = [np.array(most, dtype=np.float64)]
    for variable in model.variables:
        top = np.inf if variable.limits or variable.upper is None else variable.upper
        high.append(np.where(model.can_be(variable), top, 0.0))
    shape = (first, count + len(model.variables) * hours)
    columns = (np.concatenate(part) for part in (entries.rows, entries.columns))
    return LinearProgram(
        model=model,
        cost=np.concatenate(
            [np.array([c.cost for c in model.capacities]), *(np.zeros(hours) + v.cost for v in model.variables)]
        ),
        high=np.concatenate(high),
        unit=model.power_unit
        * np.concatenate(
            [np.array([c.unit for c in model.capacities]), *(np.full(hours, v.unit) for v in model.variables)]
        ),
        row_low=np.concatenate([row_high[:equal], np.full(first - equal, -np.inf)]),
        row_high=row_high,
        matrix=sp.csc_matrix((np.concatenate(entries.values), tuple(columns)), shape=shape),
        limited=limited,
    )
