"""The hours in which a process runs, and what an hour's mean hides of them."""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.demand.choices import chosen_options
from models.demand.errors import InvalidProcessInput
from models.demand.operation import Clock, Operation, Pattern, pattern_of
from models.demand.shape import NoHours, at_work, degree_hours, shape_of
from models.demand.variant import Variant
from models.figure import Figure
from models.notice import FieldError, Notice

FLAT = Pattern()
HOURS = 8760.0


@dataclass(frozen=True, slots=True, eq=False)
class RunningHours:
    """Draw of each hour over its mean, (hours,), the pattern it comes of, and the figures behind it.

    hours_at_work : hours a year in which the plant is not at standby.
    """

    shape: FloatArray
    pattern: Pattern
    hours_at_work: float
    figures: tuple[Figure, ...]
    warnings: tuple[Notice, ...]

    @property
    def load_factor(self) -> float:
        """Mean over peak."""
        return 1.0 / float(self.shape.max())

    @property
    def description(self) -> str:
        """The pattern in words."""
        pattern, parts = self.pattern, []
        if pattern.profile is not None:
            return "hours of the caller's own, scaled to the year's total"
        if pattern.windowed:
            window = f"{pattern.hours_per_day:g} hours a day from {pattern.start_hour:g} h"
            parts.append(f"{window} on {pattern.days_per_week:g} days a week from Monday")
        if pattern.outage_weeks > 0.0:
            parts.append(f"an outage of {pattern.outage_weeks:g} weeks from week {pattern.outage_start_week:g}")
        if pattern.seasonal:
            parts.append("months weighted")
        if pattern.heating_share > 0.0:
            parts.append(f"{pattern.heating_share:.0%} follows degree hours below {pattern.heating_base_c:g} C")
        if (pattern.windowed or pattern.outage_weeks > 0.0) and pattern.standby_share > 0.0:
            parts.append(f"{pattern.standby_share:.0%} drawn at standby")
        return "; ".join(parts) or "day and night, all hours alike"


def running_hours(variant: Variant, operation: Operation, clock: Clock | None, hours: int) -> RunningHours:
    """The hours of a variant; all alike where there is no clock.

    Raises InvalidProcessInput where the operation leaves no hour, ValueError where one is asked for without a clock.
    """
    process = variant.process
    if clock is None:
        if operation.given:
            raise ValueError("an operation needs a clock")
        return RunningHours(np.ones(hours), FLAT, HOURS, (), ())
    options = set(chosen_options(process, variant.parameters).values())
    pattern, figures = pattern_of(process.id, process.operation, operation, options, southern=clock.southern)
    try:
        shape = shape_of(pattern, clock)
    except NoHours as error:
        raise InvalidProcessInput([FieldError("operation", str(error), "out_of_range")]) from error
    warnings: tuple[Notice, ...] = ()
    air_c = clock.air_c if pattern.heating_share > 0.0 else None
    if air_c is not None and not degree_hours(air_c, pattern.heating_base_c).any():
        detail = f"it is never below {pattern.heating_base_c:g} C here: the heating share is spread over all hours"
        warnings = (Notice("no_heating_hours", detail),)
    worked = HOURS * float(np.mean(at_work(pattern, clock)))
    return RunningHours(shape, pattern, worked, figures, warnings)
