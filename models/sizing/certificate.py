"""The proof of an optimum, computed from an answer's variables and prices alone, whichever solver they came from.

Weak duality: for any prices, the sum of bound x multiplier over rows and variables is a lower bound of every feasible
cost. The prices of room under limits are not taken from the solver but made as small as the balances' prices allow.
Where a multiplier has the wrong sign for a bound that does not exist, the answer's own value stands in for the bound,
so that the violation shows in the gap. Source: Bertsimas and Tsitsiklis, Introduction to Linear Optimization, 1997,
chapter 4.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing.stage_model import Answer, StageModel, Variable

NEXT_TO_NOTHING = 1e-4  # of all that costs and earns: an objective below it is measured against it


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Objectives in USD a year, the relative gap between them, and the largest violated row (MW).

    capacity_worth : what a unit of each capacity earns by what it makes possible, USD a year per MW or MWh. At the
        optimum it equals the unit's cost where the capacity is built and not at its limit.
    limit_prices : worth of room under each variable's upper bound, (variables, hours), USD a year per MW.
    """

    primal: float
    dual: float
    relative_gap: float
    max_residual: float
    capacity_worth: FloatArray
    limit_prices: FloatArray


def certify(model: StageModel, answer: Answer) -> Certificate:
    """Objectives, gap and residual of an answer."""
    capacities, hourly = answer.capacities, answer.hourly
    cost = np.array([capacity.cost for capacity in model.capacities])
    made = model.own.T @ hourly + np.roll(model.following.T @ hourly, 1, axis=1)
    made += (model.by_capacity.T @ capacities)[:, None]
    residual = float(np.abs(made - model.load).max())
    primal = float(cost @ capacities)
    dual = float(np.sum(answer.prices * model.load))
    worth = model.by_capacity @ answer.prices.sum(axis=1)
    pulled = model.own @ answer.prices + model.following @ np.roll(answer.prices, -1, axis=1)
    limit_prices = np.zeros_like(hourly)
    for j, variable in enumerate(model.variables):
        primal += float(np.sum(variable.cost * hourly[j]))
        reduced = variable.cost - pulled[j] + _long_pull(model, variable, answer)
        if not variable.bounded:
            dual += float(np.sum(np.minimum(reduced, 0.0) * hourly[j]))
            continue
        residual = max(residual, float(np.max(hourly[j] - model.room(variable, capacities))))
        price = np.where(model.can_be(variable), np.maximum(-reduced, 0.0), 0.0)
        limit_prices[j] = price
        if variable.upper is not None:
            dual -= float(np.sum(price * variable.upper))
        for name, factor in variable.limits:
            worth[model.capacity_index[name]] += float(np.sum(price * factor))
    for rows, prices in zip(model.long_rows, answer.long_prices, strict=True):
        left = sum(value * hourly[model.variable_index[name]] for name, value in rows.terms)
        over = np.bincount(rows.group, left, minlength=len(rows.bounds)) - rows.bounds
        residual = max(residual, float(over.max()) / model.hours)
        dual -= float(prices @ rows.bounds)
    left_over = np.minimum(cost - worth, 0.0)
    top = np.array(
        [value if c.upper is None else c.upper for c, value in zip(model.capacities, capacities, strict=True)]
    )
    dual += float(left_over @ top)
    scale = max(abs(primal), abs(dual), NEXT_TO_NOTHING * _turnover(model, answer, cost))
    gap = abs(primal - dual) / scale if scale > 0.0 else 0.0
    if not all(np.isfinite(array).all() for array in (capacities, hourly, answer.prices, *answer.long_prices)):
        gap = residual = np.inf  # comparisons with what is no number would let it pass
    return Certificate(primal, dual, gap, max(residual, 0.0), worth, limit_prices)


def _long_pull(model: StageModel, variable: Variable, answer: Answer) -> FloatArray | float:
    """What the long rows add to a variable's reduced cost."""
    found: FloatArray | float = 0.0
    for rows, prices in zip(model.long_rows, answer.long_prices, strict=True):
        for name, value in rows.terms:
            if name == variable.name:
                found = found + value * prices[rows.group]
    return found


def _turnover(model: StageModel, answer: Answer, cost: FloatArray) -> float:
    """Sum of all that costs or earns at the answer: the scale of an objective that may be nil."""
    total = float(np.abs(cost) @ (np.abs(answer.capacities) + model.power_unit))
    for j, variable in enumerate(model.variables):
        total += float(np.sum(np.abs(variable.cost) * np.abs(answer.hourly[j])))
    return total
