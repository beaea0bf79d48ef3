"""What of a process can wait: its flexible steps as one load that shifts, at the cautious end of what is stated.

A step shifts where its file states a minimum load and the hours that its buffer bridges (`shift_hours`, of which the
low end is taken); a step that lacks either stands still. Up, a step goes to its rating and no further. The sizing has
one window for the whole load: the one taken moves most energy, share x hours, and steps with less of a buffer stand
still. Hydrogen is not among them: a hydrogen store does what a pile of iron or a tank of ammonia would, at a cost.
"""

import math
from dataclasses import dataclass

from models.demand.catalogue import Carrier
from models.demand.load import HOURS_PER_YEAR, Demand
from models.demand.steps import StepDemand
from models.figure import Figure


@dataclass(frozen=True, slots=True)
class FlexibleLoad:
    """At most `share` of each hour's electric load moves, by at most `window_hours`, and to `max_load_mw` at most."""

    share: float
    window_hours: int
    max_load_mw: float
    steps: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Turndown:
    """What an electrolyser keeps to: least input over its rating, most change of it from hour to hour, None if free."""

    min_load_share: float
    ramp_share_per_hour: float | None


def flexible_load(demand: Demand) -> FlexibleLoad | None:
    """What of the electric load of a process can shift; None where nothing stated can."""
    own = [step for step in demand.steps if step.carrier is not Carrier.HYDROGEN and not step.stored]
    whole = sum(step.electricity_mwh_per_unit for step in own)
    best: FlexibleLoad | None = None
    for window in sorted({_hours(step) for step in own if _movable(step) > 0.0}):
        moving = [step for step in own if _movable(step) > 0.0 and _hours(step) >= window]
        share = sum(_movable(step) for step in moving) / whole
        if best is None or share * window > best.share * best.window_hours:
            best = FlexibleLoad(share, window, _most_mw(demand, moving), _names(moving), _figures(moving))
    return best


def electrolyser_turndown(demand: Demand) -> Turndown | None:
    """The stated limits of the step that draws hydrogen; None where there is none."""
    for step in demand.steps:
        if step.carrier is Carrier.HYDROGEN:
            return Turndown(step.flexibility.min_load_share or 0.0, step.flexibility.ramp_share_per_hour)
    return None


def _movable(step: StepDemand) -> float:
    """What of a step can wait, MWh per unit of product."""
    flexibility = step.flexibility
    if not flexibility.flexible or flexibility.min_load_share is None or _hours(step) < 1:
        return 0.0
    return step.electricity_mwh_per_unit * (1.0 - flexibility.min_load_share)


def _hours(step: StepDemand) -> int:
    figure = step.flexibility.shift_hours
    if figure is None:
        return 0
    return math.floor(figure.value if figure.low is None else figure.low)


def _most_mw(demand: Demand, moving: list[StepDemand]) -> float:
    """The load's peak, and on top of it what the moving steps have left up to their rating in the busiest hour."""
    mean_rate = demand.product_per_year / HOURS_PER_YEAR
    spare = max(mean_rate / demand.utilisation - mean_rate * float(demand.running.shape.max()), 0.0)
    return float(demand.load_mw.max()) + spare * sum(step.electricity_mwh_per_unit for step in moving)


def _names(steps: list[StepDemand]) -> tuple[str, ...]:
    return tuple(step.name for step in steps)


def _figures(steps: list[StepDemand]) -> tuple[Figure, ...]:
    return tuple(step.flexibility.shift_hours for step in steps if step.flexibility.shift_hours is not None)
