"""Models of a block of sites as the arrays of the interior-point method: scaled, hours in lanes.

A lane is a stretch of a site's hours; position = step x lanes + lane. Power counts in each site's mean load, money
such that a MWh costs about 1. All sites of a block have the same variables, balances and coefficients.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from models.arrays import FloatArray
from models.sizing.stage_model import ELECTRICITY, StageModel

MOST_SEGMENTS = 128
CHUNK = 512  # positions that a pass goes through at once: a few rows of them stay in the first cache
NOTHING = 1e-30  # value of a variable in an hour in which it cannot be: nothing, and no division by nil


@dataclass(frozen=True, eq=False)
class Layout:
    """The arrays. Hourly ones are (.., positions), capacities (capacities, sites), long rows (rows, sites).

    Costs, upper bounds and factors that change by the hour stand in rows of `cost`, `base` and `factors`; `.._row` says
    in which, -1 for none. Flat ones stand in `cost_flat` (variables, wide) and `term_flat` (terms, wide), where
    wide are the positions of a chunk.
    active : rows of 1 and 0, for the variables that cannot be in some hours; `always` holds the others.
    term_start : (variables + 1,) where each variable's terms begin: the capacities that limit it.
    """

    models: tuple[StageModel, ...]
    segments: int
    own: FloatArray
    following: FloatArray
    levels: np.ndarray
    bounded: np.ndarray
    always: np.ndarray
    active_row: np.ndarray
    active: FloatArray
    cost_row: np.ndarray
    cost_flat: FloatArray
    cost: FloatArray
    base_row: np.ndarray
    base: FloatArray
    term_start: np.ndarray
    term_capacity: np.ndarray
    term_row: np.ndarray
    term_flat: FloatArray
    factors: FloatArray
    by_capacity: FloatArray
    load: FloatArray
    capacity_cost: FloatArray
    capacity_upper: FloatArray
    slot_weights: FloatArray
    slot_mask: FloatArray
    slot_row: np.ndarray
    long_bounds: FloatArray
    before: np.ndarray
    after: np.ndarray
    site_of: np.ndarray
    power_unit: FloatArray
    cost_unit: FloatArray

    @cached_property
    def sites(self) -> int:
        """Sites of the block."""
        return len(self.models)

    @cached_property
    def lanes(self) -> int:
        """Lanes of the block."""
        return self.sites * self.segments

    @cached_property
    def repeats(self) -> int:
        """Steps of a chunk of the passes."""
        return int(max(1, min(CHUNK // self.lanes, self.load.shape[1] // self.lanes)))

    @cached_property
    def wide(self) -> int:
        """Positions of a chunk."""
        return self.lanes * self.repeats

    @cached_property
    def site_of_place(self) -> np.ndarray:
        """The site of each place of a chunk, (wide,)."""
        return np.tile(self.site_of, self.repeats)

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Variables and positions."""
        return len(self.own), self.load.shape[1]

    @property
    def may_be(self) -> FloatArray:
        """1 where a variable can be, else 0, (variables, positions)."""
        return np.where(self.always[:, None], 1.0, self.active[self.active_row])

    def allowed(self, sizes: FloatArray) -> FloatArray:
        """What capacities (capacities, sites) and own bounds allow the bounded variables, (variables, positions)."""
        found = np.where((self.base_row >= 0)[:, None], self.base[self.base_row], 0.0)
        steps = found.shape[1] // self.lanes
        wide = np.tile(np.repeat(sizes, self.segments, axis=1), steps)
        for j in range(len(self.own)):
            for t in range(self.term_start[j], self.term_start[j + 1]):
                row = self.term_row[t]
                factor = np.tile(self.term_flat[t, : self.lanes], steps) if row < 0 else self.factors[row]
                found[j] += factor * wide[self.term_capacity[t]]
        return found

    def charged(self, hourly: FloatArray) -> FloatArray:
        """Sums of factor x values (variables, positions) by capacity, (capacities, sites): `allowed` transposed."""
        found = np.zeros(self.capacity_cost.shape)
        for j in range(len(self.own)):
            for t in range(self.term_start[j], self.term_start[j + 1]):
                row = self.term_row[t]
                factor = (
                    self.factors[row]
                    if row >= 0
                    else np.tile(self.term_flat[t, : self.lanes], hourly.shape[1] // self.lanes)
                )
                by_site = (factor * hourly[j]).reshape(-1, self.sites, self.segments).sum(axis=(0, 2))
                found[self.term_capacity[t]] += by_site
        return found

    def by_hour(self, array: FloatArray, site: int) -> FloatArray:
        """A site's part of an hourly array, (.., positions) to (.., hours)."""
        steps = array.shape[-1] // self.lanes
        split = array.reshape(*array.shape[:-1], steps, self.sites, self.segments)[..., site, :]
        return np.ascontiguousarray(np.swapaxes(split, -1, -2)).reshape(*array.shape[:-1], -1)


def segments_of(hours: int, most: int) -> int:
    """The most equal stretches of at least two hours that the hours can be cut into."""
    return next(count for count in range(min(most, hours // 2), 0, -1) if hours % count == 0)


def lay_out(models: tuple[StageModel, ...], segments: int | None = None) -> Layout:
    """Arrays of a block; raises ValueError where the models differ in more than numbers."""
    first = models[0]
    for model in models[1:]:
        if model.balances != first.balances or model.load.shape != first.load.shape:
            raise ValueError("the sites of a block must have the same hours and balances")
        if not (np.array_equal(model.own, first.own) and np.array_equal(model.following, first.following)):
            raise ValueError("the sites of a block must have the same variables and efficiencies")
    hours, sites = first.hours, len(models)
    count = segments_of(hours, max(1, MOST_SEGMENTS // sites)) if segments is None else segments
    lanes, steps = sites * count, hours // count

    def placed(rows: list[list[FloatArray | float]]) -> FloatArray:
        """Rows by site of hourly values to (rows, positions)."""
        wide = np.empty((len(rows), steps, sites, count))
        for index, row in enumerate(rows):
            for site, value in enumerate(row):
                if np.ndim(value):
                    wide[index, :, site, :] = np.asarray(value).reshape(count, steps).T
                else:
                    wide[index, :, site, :] = value
        return wide.reshape(len(rows), hours * sites)

    repeats = max(1, min(CHUNK // lanes, steps))

    def rows(values: list[list[FloatArray | float]]) -> tuple[np.ndarray, FloatArray, FloatArray]:
        """Values by item and site: row of each item that changes by the hour, those rows, and what is flat by lane."""
        hourly = [any(np.ndim(value) for value in item) for item in values]
        row = np.where(hourly, np.cumsum(hourly) - 1, -1).astype(np.int64)
        wide = placed([item for item, by_hour in zip(values, hourly, strict=True) if by_hour])
        flat = np.zeros((len(values), lanes * repeats))
        for index, item in enumerate(values):
            if not hourly[index]:
                flat[index] = np.tile(np.repeat(np.array(item, dtype=np.float64), count), repeats)
        return row, wide if len(wide) else np.zeros((1, hours * sites)), flat

    power = np.array([model.power_unit for model in models])
    money = np.array([_typical_price(model) for model in models]) * power
    per = power / money
    variables = range(len(first.variables))
    cost_row, cost, cost_flat = rows([[m.variables[j].cost * per[i] for i, m in enumerate(models)] for j in variables])
    base_row, base, _ = rows([[_upper(m, j, power[i]) for i, m in enumerate(models)] for j in variables])
    terms = [(j, name, n) for j in variables for n, (name, _) in enumerate(first.variables[j].limits)]
    term_row, factors, term_flat = rows([[m.variables[j].limits[n][1] for m in models] for j, _, n in terms])
    can_be: Any = [[m.can_be(m.variables[j]).astype(float) for m in models] for j in variables]
    always = np.array([all(item.all() for item in row) for row in can_be])
    some = [row for row, every in zip(can_be, always, strict=True) if not every]
    lane = np.arange(lanes).reshape(sites, count)
    slot_weights, slot_mask, slot_row = _slots(first, sites, count, steps)
    bounds = [[np.concatenate([rows.bounds for rows in m.long_rows])] for m in models] if first.long_rows else []
    top = np.array([[np.inf if c.upper is None else c.upper for c in m.capacities] for m in models]).T
    return Layout(
        models=models,
        segments=count,
        own=first.own,
        following=first.following,
        levels=np.flatnonzero(np.abs(first.following).sum(axis=1)).astype(np.int64),
        bounded=np.array([variable.bounded for variable in first.variables]),
        always=always,
        active_row=np.where(always, 0, np.cumsum(~always) - 1).astype(np.int64),
        active=placed(some) if some else np.zeros((1, hours * sites)),
        cost_row=cost_row,
        cost_flat=cost_flat,
        cost=cost,
        base_row=base_row,
        base=base,
        term_start=np.searchsorted([j for j, _, _ in terms], np.arange(len(first.variables) + 1)).astype(np.int64),
        term_capacity=np.array([first.capacity_index[name] for _, name, _ in terms], dtype=np.int64),
        term_row=term_row,
        term_flat=term_flat,
        factors=factors,
        by_capacity=first.by_capacity,
        load=placed([[m.load[r] / power[i] for i, m in enumerate(models)] for r in range(len(first.balances))]),
        capacity_cost=np.array([[c.cost for c in m.capacities] for m in models]).T.reshape(-1, sites) * per,
        capacity_upper=top.reshape(-1, sites) / power,
        slot_weights=slot_weights,
        slot_mask=slot_mask,
        slot_row=slot_row,
        long_bounds=np.array([row[0] / power[i] for i, row in enumerate(bounds)]).T if bounds else np.zeros((0, sites)),
        before=((steps - 1) * lanes + np.roll(lane, 1, axis=1)).ravel().astype(np.int64),
        after=np.roll(lane, -1, axis=1).ravel().astype(np.int64),
        site_of=np.repeat(np.arange(sites), count).astype(np.int64),
        power_unit=power,
        cost_unit=money,
    )


def _upper(model: StageModel, index: int, power: float) -> FloatArray | float:
    """A variable's own upper bound; hourly wherever it has one, so that it stands in a row."""
    upper = model.variables[index].upper
    return 0.0 if upper is None else np.full(model.hours, upper) / power


def _slots(model: StageModel, sites: int, segments: int, steps: int) -> tuple[FloatArray, FloatArray, np.ndarray]:
    """Long rows seen from the lanes: a lane has a slot for each of the rows that hold in its hours."""
    weights, masks, rows = [], [], []
    start = 0
    for family in model.long_rows:
        group = family.group.reshape(segments, steps)
        present = [np.unique(stretch) for stretch in group]
        coefficients = np.zeros(len(model.variables))
        for name, value in family.terms:
            coefficients[model.variable_index[name]] = value
        for slot in range(max(len(found) for found in present)):
            mask = np.zeros((steps, sites, segments))
            row = np.full((sites, segments), -1)
            for segment, found in enumerate(present):
                if slot < len(found):
                    mask[:, :, segment] = (group[segment] == found[slot])[:, None]
                    row[:, segment] = start + found[slot]
            weights.append(coefficients)
            masks.append(mask.ravel())
            rows.append(row.ravel())
        start += len(family.bounds)
    positions = sites * segments * steps
    return (
        np.array(weights).reshape(-1, len(model.variables)),
        np.array(masks).reshape(-1, positions),
        np.array(rows, dtype=np.int64).reshape(-1, sites * segments),
    )


def _typical_price(model: StageModel) -> float:
    """USD per MW in an hour of steady supply, the median of what can supply: the unit of costs.

    Where all supply is free, what is built costs something.
    """
    prices = []
    for variable in model.variables:
        if variable.own.get(ELECTRICITY, 0.0) <= 0.0 or len(variable.own) > 1:
            continue
        running = max(float(np.mean(variable.cost)), 0.0)
        if not variable.limits:
            prices.append(running)
        for name, factor in variable.limits:
            made = max(float(np.mean(factor)), 0.02) * model.hours
            prices.append(running + model.capacities[model.capacity_index[name]].cost / made)
    built = [capacity.cost / (model.hours * capacity.unit) for capacity in model.capacities]
    for found in (prices, built):
        positive = [price for price in found if price > 0.0]
        if positive:
            return float(np.median(positive))
    return 1.0
