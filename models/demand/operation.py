"""When a plant runs: shifts, weekends, seasons, outages, charging windows, or the caller's own hours.

What a caller leaves out takes the catalogue's default of the process, and where there is none, runs day and night all
year. Operation moves the year's product between hours and leaves its sum, which follows from size and utilisation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from models.arrays import FloatArray
from models.figure import Figure, Status

MONTHS = 12
ALIKE = (1.0,) * MONTHS


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """What a caller asks for; None takes the default. Hours are the place's own, weeks count from 1 January.

    start_hour, hours_per_day : the window in which it runs; it may pass midnight and belongs to the day it begins.
    days_per_week : days on which a window begins, from Monday on.
    standby_share : what is drawn outside the window and in an outage, over what is drawn inside.
    outage_weeks, outage_start_week : one outage a year.
    monthly : weights of the twelve months, of any size.
    heating_share : share of the year's load that follows the degree hours below `heating_base_c`.
    profile : (hours,) of any scale, in place of all of the above.
    """

    start_hour: float | None = None
    hours_per_day: float | None = None
    days_per_week: float | None = None
    standby_share: float | None = None
    outage_weeks: float | None = None
    outage_start_week: float | None = None
    monthly: tuple[float, ...] | None = None
    heating_share: float | None = None
    heating_base_c: float | None = None
    profile: FloatArray | None = None

    @property
    def given(self) -> dict[str, object]:
        """What the caller asked for, by name."""
        return {item.name: value for item in fields(self) if (value := getattr(self, item.name)) is not None}


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Operation with nothing left open; the defaults run day and night all year."""

    start_hour: float = 0.0
    hours_per_day: float = 24.0
    days_per_week: float = 7.0
    standby_share: float = 0.0
    outage_weeks: float = 0.0
    outage_start_week: float = 27.0
    monthly: tuple[float, ...] = ALIKE
    heating_share: float = 0.0
    heating_base_c: float = 15.0
    profile: FloatArray | None = None

    @property
    def windowed(self) -> bool:
        """True where the plant stands still at times of the day or the week."""
        return self.hours_per_day < 24.0 or self.days_per_week < 7.0

    @property
    def seasonal(self) -> bool:
        """True where months differ."""
        return len(set(self.monthly)) > 1


@dataclass(frozen=True, slots=True)
class Season:
    """Weights of the twelve months of the northern hemisphere; `option` is the alternative they belong to, if any."""

    option: str | None
    monthly: tuple[float, ...]
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class UsualOperation:
    """A process's default operation: the fields of `Operation` that differ from day and night all year."""

    values: Mapping[str, float]
    source: str
    status: Status
    seasons: tuple[Season, ...] = ()


UNITS = {
    "start_hour": "h",
    "hours_per_day": "h/day",
    "days_per_week": "day/week",
    "outage_weeks": "weeks/year",
    "outage_start_week": "week",
    "heating_base_c": "C",
}


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """The hours of the weather: UTC times (hours,), the place's distance from UTC, and its air temperature.

    southern : whether the default seasons are shifted by half a year. air_c : (hours,); for loads that heat.
    """

    time_utc: np.ndarray
    utc_offset_hours: float = 0.0
    southern: bool = False
    air_c: FloatArray | None = None


def pattern_of(
    name: str, usual: UsualOperation | None, asked: Operation, options: set[str], *, southern: bool = False
) -> tuple[Pattern, tuple[Figure, ...]]:
    """What the caller asks for, else what is usual for the process, else day and night; and the figures it took.

    name : of the process. options : the alternatives that are chosen, to which a season may belong.
    """
    given = asked.given
    if usual is None or "profile" in given:
        return Pattern(**given), ()  # type: ignore[arg-type]  # the fields of the two are the same
    taken = {key: value for key, value in usual.values.items() if key not in given}
    figures = [
        Figure(f"{name}.operation.{key}", float(value), UNITS.get(key, "share"), usual.source, status=usual.status)
        for key, value in taken.items()
    ]
    season = next((item for item in usual.seasons if item.option is None or item.option in options), None)
    if season is not None and "monthly" not in given:
        monthly = season.monthly[6:] + season.monthly[:6] if southern else season.monthly
        words = "January to December: " + ", ".join(f"{weight:g}" for weight in monthly)
        peak = max(monthly) * MONTHS / sum(monthly)
        figures.append(
            Figure(f"{name}.operation.monthly_peak", peak, "1", season.source, status=season.status, note=words)
        )
        given = given | {"monthly": monthly}
    return Pattern(**(taken | given)), tuple(figures)  # type: ignore[arg-type]  # the fields of the two are the same
