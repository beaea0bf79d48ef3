"""Hours that do nothing behind the last, so that a year of an awkward number of hours can be cut into equal stretches.

In an idle hour nothing but the stores' levels can be, and there is no load: what is in store stays. The optimum is that
of the hours before; only their part of the answer is read.
"""

from dataclasses import replace

import numpy as np

from models.arrays import FloatArray
from models.sizing.stage_model import LongRows, StageModel, Variable

STRETCHES = 120  # the hours are filled up to a multiple of this
FEWEST = 2000  # hours below which one stretch is quick enough


def padded(model: StageModel) -> StageModel:
    """The model with idle hours behind its last up to a multiple of `STRETCHES`; itself where that changes the optimum.

    That is where capacities add to every hour's balances, or a level is more than a store without losses.
    """
    more = -model.hours % STRETCHES
    if more == 0 or model.idle or model.by_capacity.any() or not all(map(_kept, model.variables)):
        return model
    return replace(
        model,
        load=np.pad(model.load, ((0, 0), (0, more))),
        variables=tuple(_longer(variable, more) for variable in model.variables),
        long_rows=tuple(_held(rows, more) for rows in model.long_rows),
        idle=more,
    )


def _kept(variable: Variable) -> bool:
    """Whether a variable's level, if it is one, stays as it is in an hour in which nothing happens."""
    if not variable.following:
        return True
    (home, *others) = variable.following
    return not others and variable.following[home] == 1.0 and dict(variable.own) == {home: -1.0}


def _longer(variable: Variable, more: int) -> Variable:
    def extended(value: float | FloatArray) -> float | FloatArray:
        return np.pad(np.asarray(value), (0, more), mode="edge") if np.ndim(value) else value

    return replace(
        variable,
        cost=extended(variable.cost),
        limits=tuple((name, extended(factor)) for name, factor in variable.limits),
        upper=None if variable.upper is None else extended(variable.upper),
    )


def _held(rows: LongRows, more: int) -> LongRows:
    return replace(rows, group=np.pad(rows.group, (0, more), mode="edge"))
