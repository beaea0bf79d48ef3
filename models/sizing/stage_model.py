"""The sizing problem laid out by hour, for every solver: hourly variables, capacities, balances and a few long rows.

`docs/sizing.md` writes the rows down. A variable stands in the balances of its hour with constant coefficients; a level
stands in the next hour's too. It is bounded by nothing, by a number, by capacities, or by their sum. Long rows tie many
hours together (clean share, unserved energy).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from models.arrays import FloatArray

DUST = 3e-7  # of the mean load, in a capacity's natural size
ELECTRICITY = "electricity"  # the first balance: the only one that no level links to the next hour


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """A capacity, MW or MWh. `upper` None is no limit; `balances` is what a MW of it adds to each hour's balance.

    unit : its natural size, in hours of the mean load.
    """

    name: str
    cost: float
    upper: float | None = None
    balances: Mapping[str, float] = field(default_factory=dict)
    unit: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One variable of every hour, not negative.

    own, following : coefficients in the balances of its hour and, of a level, of the next.
    cost : USD a year per MW in the hour, () or (hours,).
    limits : (capacity, factor) pairs; the variable is at most the sum of factor x capacity, plus `upper` where given.
    upper : () or (hours,); without limits, None is no bound.
    """

    name: str
    own: Mapping[str, float]
    following: Mapping[str, float] = field(default_factory=dict)
    cost: float | FloatArray = 0.0
    limits: tuple[tuple[str, float | FloatArray], ...] = ()
    upper: float | FloatArray | None = None
    unit: float = 1.0

    @property
    def start(self) -> float:
        """A first guess, in units of the mean load."""
        return 0.6 if self.unit == 1.0 else self.unit

    @property
    def bounded(self) -> bool:
        """Whether there is any upper bound."""
        return bool(self.limits) or self.upper is not None


def _shape(variable: Variable) -> tuple[str, tuple[str, ...], bool]:
    return variable.name, tuple(name for name, _ in variable.limits), variable.bounded


@dataclass(frozen=True, slots=True, eq=False)
class LongRows:
    """Rows over many hours: in each group of hours, the sum of coefficient x variable is at most the group's bound."""

    name: str
    terms: tuple[tuple[str, float], ...]
    group: np.ndarray
    bounds: FloatArray


@dataclass(frozen=True, eq=False)
class StageModel:
    """A problem by hour, in MW and USD a year. `load` is (balances, hours); the first balance is electricity.

    idle : how many of the last hours are there only to fill up the number: nothing but levels can be in them.
    """

    balances: tuple[str, ...]
    load: FloatArray
    capacities: tuple[Capacity, ...]
    variables: tuple[Variable, ...]
    long_rows: tuple[LongRows, ...]
    power_unit: float
    idle: int = 0

    @property
    def hours(self) -> int:
        """Hours of the problem."""
        return int(self.load.shape[1])

    @cached_property
    def capacity_index(self) -> dict[str, int]:
        """Place of each capacity."""
        return {capacity.name: index for index, capacity in enumerate(self.capacities)}

    @cached_property
    def variable_index(self) -> dict[str, int]:
        """Place of each variable."""
        return {variable.name: index for index, variable in enumerate(self.variables)}

    @cached_property
    def own(self) -> FloatArray:
        """Coefficients in the hour's balances, (variables, balances)."""
        return self._table([variable.own for variable in self.variables])

    @cached_property
    def following(self) -> FloatArray:
        """Coefficients in the next hour's balances, (variables, balances)."""
        return self._table([variable.following for variable in self.variables])

    @cached_property
    def by_capacity(self) -> FloatArray:
        """What a unit of each capacity adds to every hour's balances, (capacities, balances)."""
        return self._table([capacity.balances for capacity in self.capacities])

    @property
    def start_capacities(self) -> FloatArray:
        """A first guess of the capacities in units of the mean load: generous, so that every limit has room."""
        found = np.array([2.0 * capacity.unit for capacity in self.capacities])
        sources = [v for v in self.variables if v.own.get(ELECTRICITY, 0.0) > 0.0 and np.ndim(v.cost) == 0]
        for variable in sources:
            for name, factor in variable.limits:
                if np.ndim(factor):
                    mean = max(float(np.mean(factor)), 0.02)
                    found[self.capacity_index[name]] = 2.0 / (mean * len(variable.limits))
        return found

    def room(self, variable: Variable, capacities: FloatArray) -> FloatArray:
        """Upper bound of a variable at given capacities, (hours,); infinite where there is none."""
        if not variable.bounded:
            return np.full(self.hours, np.inf)
        found = np.zeros(self.hours) + (0.0 if variable.upper is None else variable.upper)
        for name, factor in variable.limits:
            found = found + factor * capacities[self.capacity_index[name]]
        return found

    def can_be(self, variable: Variable) -> np.ndarray:
        """Hours in which a variable may be other than nil, (hours,): at night no sun is used."""
        most = [np.inf if c.upper is None else c.upper for c in self.capacities]
        room = np.zeros(self.hours) + (0.0 if variable.upper is None else variable.upper)
        for name, factor in variable.limits:
            room = room + (np.asarray(factor) if most[self.capacity_index[name]] > 0.0 else 0.0)
        found = room > 0.0 if variable.bounded else np.ones(self.hours, dtype=bool)
        if self.idle and not variable.following:
            found[-self.idle :] = False
        return found

    def alike(self, other: "StageModel") -> bool:
        """Whether two models differ in numbers alone, so that they can be solved side by side."""
        return (
            self.balances == other.balances
            and self.load.shape == other.load.shape
            and [c.name for c in self.capacities] == [c.name for c in other.capacities]
            and [_shape(variable) for variable in self.variables] == [_shape(variable) for variable in other.variables]
            and all(np.array_equal(getattr(self, name), getattr(other, name)) for name in ("own", "following"))
            and np.array_equal(self.by_capacity, other.by_capacity)
            and [(rows.name, rows.terms) for rows in self.long_rows]
            == [(rows.name, rows.terms) for rows in other.long_rows]
            and all(np.array_equal(a.group, b.group) for a, b in zip(self.long_rows, other.long_rows, strict=True))
        )

    def _table(self, rows: list[Mapping[str, float]]) -> FloatArray:
        return np.array([[row.get(name, 0.0) for name in self.balances] for row in rows]).reshape(
            len(rows), len(self.balances)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a solver returns, in the model's units.

    capacities (capacities,), hourly (variables, hours), prices (balances, hours): change of the objective with the
    load, long_prices: one array a family of long rows, not negative.
    """

    solver: str
    capacities: FloatArray
    hourly: FloatArray
    prices: FloatArray
    long_prices: tuple[FloatArray, ...]
    iterations: int

    def without_dust(self, model: StageModel) -> "Answer":
        """The answer without capacities too small to be any, and without what only they allow.

        An interior-point method ends near nil, not at it. Whether the answer still holds is for the certificate.
        """
        least = DUST * model.power_unit * np.array([capacity.unit for capacity in model.capacities])
        capacities = np.where(self.capacities < least, 0.0, self.capacities)
        hourly = self.hourly.copy()
        for index, variable in enumerate(model.variables):
            built = [capacities[model.capacity_index[name]] > 0.0 for name, _ in variable.limits]
            if variable.upper is None and built and not any(built):
                hourly[index] = 0.0
        return replace(self, capacities=capacities, hourly=hourly)
