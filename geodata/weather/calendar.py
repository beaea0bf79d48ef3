"""Raw rows onto the hours of one calendar year, UTC: means of the hour that begins."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from geodata.warnings import DataWarning
from geodata.weather.raw import HOUR_S, FileProblem, RawWeather, WeatherFileError
from geodata.weather.year import hours_of

ORDINARY_YEAR = 2019
LONGEST_GAP_HOURS = 48
MOST_MISSING = 0.05


class HourlyYear(NamedTuple):
    """One calendar year; every series (hours,), free of gaps."""

    year: int
    time_utc: np.ndarray
    series: Mapping[str, np.ndarray]
    wind: Mapping[float, np.ndarray]
    warnings: tuple[DataWarning, ...]


def hourly_year(raw: RawWeather, field: str) -> HourlyYear:
    """The year of hours in the rows. Raises WeatherFileError where they hold none."""
    if not 0 < raw.step_s <= HOUR_S or HOUR_S % raw.step_s:
        detail = (
            f"rows stand {raw.step_s / 60:g} minutes apart; hourly rows or finer ones that divide the hour are needed"
        )
        raise WeatherFileError([FileProblem(field, detail, "wrong_step")])
    notes: list[DataWarning] = []
    hour, named = _hours(raw)
    year = _calendar(raw, hour, field, notes)
    time = hours_of(year)
    place = (hour - time[0].astype("datetime64[h]")).astype(np.int64)
    if raw.typical or any(note.code == "leap_day_missing" for note in notes):
        place = _by_position(raw, hour, field)
    if abs(int(place.min())) <= 24 and len(np.unique(place)) <= len(time):
        place %= len(time)  # a year of local time: its last hours are the first of the UTC year
    inside = (place >= 0) & (place < len(time))
    if not inside.all():
        detail = f"rows outside {year} are left out: {int((~inside).sum())}"
        notes.append(DataWarning("cut_to_year", detail))
    count = np.bincount(place[inside], minlength=len(time))
    found = {}
    for name, values in named.items():
        total = np.bincount(place[inside], values[inside], minlength=len(time))
        found[name] = np.divide(total, count, out=np.full(len(time), np.nan), where=count > 0)
    filled = _filled(found, field, notes)
    return HourlyYear(
        year=year,
        time_utc=time,
        series={name: values for name, values in filled.items() if isinstance(name, str)},
        wind={name: values for name, values in filled.items() if not isinstance(name, str)},
        warnings=(*raw.warnings, *notes),
    )


def _hours(raw: RawWeather) -> tuple[np.ndarray, dict[str | float, np.ndarray]]:
    """Each row's hour, and its series.

    Hourly rows whose middle is not that of a UTC hour - instants, or time zones of half an hour - are moved there on a
    straight line to the neighbouring row.
    """
    named: dict[str | float, np.ndarray] = dict(raw.series.items())
    named |= dict(raw.wind.items())
    into = raw.step_s / 2.0 if raw.instant_at is None or raw.step_s != HOUR_S else raw.instant_at * HOUR_S
    middle = raw.time_utc.astype("datetime64[s]").astype(np.int64) + into
    hour = np.floor(middle / HOUR_S)
    later = float(hour[0] + 0.5 - middle[0] / HOUR_S)  # the middle of the hour lies so far after that of the row
    if raw.step_s == HOUR_S and abs(later) > 1e-6:
        share = abs(later)
        other = {name: np.roll(values, -1 if later > 0.0 else 1) for name, values in named.items()}
        named = {
            name: np.where(np.isfinite(other[name]), (1.0 - share) * values + share * other[name], values)
            for name, values in named.items()
        }
    return hour.astype(np.int64).astype("datetime64[h]"), named


def _calendar(raw: RawWeather, hour: np.ndarray, field: str, notes: list[DataWarning]) -> int:
    """The calendar year that the rows cover."""
    if raw.typical:
        notes.append(DataWarning("typical_year", "months of several years: put on the calendar of an ordinary year"))
        return ORDINARY_YEAR
    whole = np.unique(hour)
    years, rows = np.unique(whole.astype("datetime64[Y]").astype(int) + 1970, return_counts=True)
    complete = [int(year) for year, count in zip(years, rows, strict=True) if count >= len(hours_of(int(year))) - 24]
    if len(complete) > 1:
        detail = f"the file holds {len(complete)} whole years; {complete[-1]} is used"
        notes.append(DataWarning("several_years", detail))
        return complete[-1]
    year = complete[0] if complete else int(years[np.argmax(rows)])
    if len(hours_of(year)) == 8784 and len(raw.time_utc) * raw.step_s == 8760 * HOUR_S:
        detail = f"{year} is a leap year without 29 February: put on the calendar of an ordinary year"
        notes.append(DataWarning("leap_day_missing", detail))
        return ORDINARY_YEAR
    if len(whole) < (1.0 - MOST_MISSING) * 8760:
        detail = f"holds {len(whole):,} hours; a whole year of 8,760 or 8,784 is needed"
        raise WeatherFileError([FileProblem(field, detail, "wrong_length")])
    return year


def _by_position(raw: RawWeather, hour: np.ndarray, field: str) -> np.ndarray:
    """Hours of an ordinary year by the order of the rows, from where in its year the first one lies."""
    if len(hour) * raw.step_s != 8760 * HOUR_S:
        detail = f"holds {len(hour):,} rows; a typical year has {8760 * HOUR_S // raw.step_s:,} at this step"
        raise WeatherFileError([FileProblem(field, detail, "wrong_length")])
    new_year = (hour[0] + np.timedelta64(24 * 30, "h")).astype("datetime64[Y]").astype("datetime64[h]")
    first = int((hour[0] - new_year).astype(int))
    if abs(first) > 24:
        raise WeatherFileError([FileProblem(field, "the rows must begin on 1 January", "bad_time")])
    return first + np.arange(len(hour)) * raw.step_s // HOUR_S


def _filled(
    found: dict[str | float, np.ndarray], field: str, notes: list[DataWarning]
) -> dict[str | float, np.ndarray]:
    """Gaps closed by straight lines, or by the same hour of the day before; long ones are an error."""
    filled, errors = {}, []
    for name, values in found.items():
        unknown = np.isnan(values)
        if not unknown.any():
            filled[name] = values
            continue
        label = name if isinstance(name, str) else f"wind at {name:g} m"
        edges = np.flatnonzero(np.diff(np.concatenate([[0], unknown.astype(int), [0]])))
        longest = int((edges[1::2] - edges[::2]).max())
        if longest > LONGEST_GAP_HOURS or unknown.mean() > MOST_MISSING:
            detail = f"{label} lacks {int(unknown.sum()):,} of {len(values):,} hours, the longest gap is {longest:,}"
            errors.append(FileProblem(field, detail, "gaps_too_long"))
            continue
        if longest > 3:
            day_before = np.roll(values, 24)
            values = np.where(unknown & np.isfinite(day_before), day_before, values)
            unknown = np.isnan(values)
        at = np.arange(len(values))
        filled[name] = np.interp(at, at[~unknown], values[~unknown], period=len(values)) if unknown.any() else values
        notes.append(DataWarning("gaps_filled", f"{label}: {int(np.isnan(found[name]).sum())} hours were missing"))
    if errors:
        raise WeatherFileError(errors)
    return filled
