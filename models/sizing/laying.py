"""From the models of a block of sites to the arrays of the interior-point method."""

from typing import Any

import numpy as np

from models.arrays import FloatArray
from models.sizing.layout import CHUNK, Layout
from models.sizing.padding import FEWEST, padded
from models.sizing.stage_model import ELECTRICITY, StageModel

FEW = 32  # stretches below which a long year is filled up with idle hours
MOST_SEGMENTS = 128  # stretches of a year: sixteen vectors of eight numbers


def segments_of(hours: int, most: int) -> int:
    """The most equal stretches of at least two hours that the hours can be cut into."""
    return next(count for count in range(min(most, hours // 2), 0, -1) if hours % count == 0)


def lay_out(models: tuple[StageModel, ...], segments: int | None = None) -> Layout:
    """Arrays of a block; raises ValueError where the models differ in more than numbers."""
    if segments is None and models[0].hours >= FEWEST and segments_of(models[0].hours, MOST_SEGMENTS) < FEW:
        models = tuple(padded(model) for model in models)
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
