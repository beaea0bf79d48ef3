"""The hours of an operation: how much of its mean a plant draws in each, (hours,), with a mean of one."""

import numpy as np

from models.arrays import FloatArray
from models.demand.operation import Clock, Pattern

DAY, WEEK = 24.0, 168.0
MONDAY = 4.0 * DAY  # the first Monday after the epoch, 5 January 1970


class NoHours(ValueError):
    """The operation leaves no hour in which the plant draws anything."""


def shape_of(pattern: Pattern, clock: Clock) -> FloatArray:
    """Draw of each hour over the mean of all.

    Raises NoHours where nothing is left to run, ValueError where a heating load has no temperature or a profile of its
    own does not have the hours of the clock.
    """
    hours = len(clock.time_utc)
    if pattern.profile is not None:
        if len(pattern.profile) != hours:
            raise ValueError("a profile has as many hours as the clock")
        return _of_mean_one(np.asarray(pattern.profile, dtype=np.float64))
    local, running = _local_hours(clock), at_work(pattern, clock)
    shape = pattern.standby_share + (1.0 - pattern.standby_share) * running
    month = local.astype(np.int64).astype("datetime64[h]").astype("datetime64[M]").astype(np.int64) % 12
    shape = shape * np.asarray(pattern.monthly)[month]
    if pattern.heating_share > 0.0:
        shape = shape * _heating(clock, pattern)
    return _of_mean_one(shape)


def at_work(pattern: Pattern, clock: Clock) -> FloatArray:
    """Part of each hour in which the plant is not at standby, (hours,), 0-1."""
    if pattern.profile is not None:
        return (np.asarray(pattern.profile) > 0.0).astype(np.float64)
    return _in_window(_local_hours(clock), pattern) * (1.0 - _in_outage(clock, pattern))


def degree_hours(air_c: FloatArray, base_c: float) -> FloatArray:
    """Degrees below the base in each hour, (hours,), K."""
    return np.maximum(base_c - air_c, 0.0)


def _of_mean_one(values: FloatArray) -> FloatArray:
    mean = float(values.mean())
    if not mean > 0.0:
        raise NoHours("no hour is left in which the plant runs")
    return values / mean


def _local_hours(clock: Clock) -> FloatArray:
    """Hours since the epoch on the clock of the place, (hours,)."""
    return clock.time_utc.astype("datetime64[h]").astype(np.float64) + clock.utc_offset_hours


def _in_window(local: FloatArray, pattern: Pattern) -> FloatArray:
    """Part of each hour that lies in a window, (hours,), 0-1: the window of the day, and of the day that follows."""
    if not pattern.windowed:
        return np.ones(len(local))
    since = local - MONDAY - pattern.start_hour
    position, weekday = np.mod(since, DAY), np.floor_divide(since, DAY) % 7.0
    today = np.clip(pattern.hours_per_day - position, 0.0, np.minimum(1.0, DAY - position))
    tomorrow = np.clip(position + 1.0 - DAY, 0.0, np.minimum(1.0, pattern.hours_per_day))
    works, works_next = weekday < pattern.days_per_week, (weekday + 1.0) % 7.0 < pattern.days_per_week
    return np.asarray(today * works + tomorrow * works_next, dtype=np.float64)


def _in_outage(clock: Clock, pattern: Pattern) -> FloatArray:
    """1 in an hour of the outage, else 0; weeks are counted from 1 January UTC, past the end of the year if need be."""
    hour = clock.time_utc.astype("datetime64[h]")
    year = hour.astype("datetime64[Y]")
    lengths = (year + 1).astype("datetime64[h]") - year.astype("datetime64[h]")
    since = hour - year.astype("datetime64[h]")
    begin = (pattern.outage_start_week - 1) * WEEK
    into = np.mod(since.astype(np.float64) - begin, lengths.astype(np.float64))
    return np.asarray(into < pattern.outage_weeks * WEEK, dtype=np.float64)


def _heating(clock: Clock, pattern: Pattern) -> FloatArray:
    """The base load and what follows the degree hours; the base load alone where it is never cold."""
    if clock.air_c is None:
        raise ValueError("a heating load needs the air temperature")
    cold = degree_hours(clock.air_c, pattern.heating_base_c)
    mean = float(cold.mean())
    if mean <= 0.0:
        return np.ones(len(cold))
    return 1.0 - pattern.heating_share + pattern.heating_share * cold / mean
