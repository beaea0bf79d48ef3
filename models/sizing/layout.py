"""Models of a block of sites as the arrays of the interior-point method: scaled, hours in lanes.

A lane is a stretch of a site's hours; position = step x lanes + lane. Power counts in each site's mean load, money
such that a MWh costs about 1. All sites of a block have the same variables, balances and coefficients.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing.stage_model import ELECTRICITY, StageModel

MOST_SEGMENTS = 128
NOTHING = 1e-30  # value of a variable in an hour in which it cannot be: nothing, and no division by nil


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The arrays. Hourly ones are (.., positions), capacities (capacities, sites), long rows (rows, sites)."""

    models: tuple[StageModel, ...]
    segments: int
    own: FloatArray
    following: FloatArray
    levels: np.ndarray
    bounded: np.ndarray
    cost: FloatArray
    base: FloatArray
    active: FloatArray
    term_variable: np.ndarray
    term_capacity: np.ndarray
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

    @property
    def sites(self) -> int:
        """Sites of the block."""
        return len(self.models)

    @property
    def lanes(self) -> int:
        """Lanes of the block."""
        return self.sites * self.segments

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

    power = np.array([model.power_unit for model in models])
    money = np.array([_typical_price(model) for model in models]) * power
    per = power / money
    variables = range(len(first.variables))
    terms = [(j, name, n) for j in variables for n, (name, _) in enumerate(first.variables[j].limits)]
    lane = np.arange(lanes).reshape(sites, count)
    long_count = sum(len(rows.bounds) for rows in first.long_rows)
    slot_weights, slot_mask, slot_row = _slots(first, sites, count, steps)
    upper = np.array([[np.inf if c.upper is None else c.upper for c in model.capacities] for model in models])
    return Layout(
        models=models,
        segments=count,
        own=first.own,
        following=first.following,
        levels=np.flatnonzero(np.abs(first.following).sum(axis=1)).astype(np.int64),
        bounded=np.array([variable.bounded for variable in first.variables]),
        cost=placed([[m.variables[j].cost * per[i] for i, m in enumerate(models)] for j in variables]),
        base=placed([[_base(m, j) / power[i] for i, m in enumerate(models)] for j in variables]),
        active=placed([[m.can_be(m.variables[j]).astype(float) for m in models] for j in variables]),
        term_variable=np.array([j for j, _, _ in terms], dtype=np.int64),
        term_capacity=np.array([first.capacity_index[name] for _, name, _ in terms], dtype=np.int64),
        factors=placed([[m.variables[j].limits[n][1] for m in models] for j, _, n in terms]),
        by_capacity=first.by_capacity,
        load=placed([[m.load[r] / power[i] for i, m in enumerate(models)] for r in range(len(first.balances))]),
        capacity_cost=np.array(
            [
                [c.cost * per[i] for i, m in enumerate(models) for c in (m.capacities[g],)]
                for g in range(len(first.capacities))
            ]
        ).reshape(-1, sites),
        capacity_upper=(upper / power[:, None]).T,
        slot_weights=slot_weights,
        slot_mask=slot_mask,
        slot_row=slot_row,
        long_bounds=np.array(
            [np.concatenate([rows.bounds for rows in m.long_rows]) / power[i] for i, m in enumerate(models)]
        ).T
        if long_count
        else np.zeros((0, sites)),
        before=((steps - 1) * lanes + np.roll(lane, 1, axis=1)).ravel().astype(np.int64),
        after=np.roll(lane, -1, axis=1).ravel().astype(np.int64),
        site_of=np.repeat(np.arange(sites), count).astype(np.int64),
        power_unit=power,
        cost_unit=money,
    )


def _base(model: StageModel, index: int) -> FloatArray:
    variable = model.variables[index]
    return np.asarray(0.0 if variable.upper is None else variable.upper, dtype=np.float64)


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
    """USD per MW in an hour of steady supply, the median of what can supply: the unit of costs."""
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
    positive = [price for price in prices if price > 0.0]
    return float(np.median(positive)) if positive else 1.0
