"""Statistics of hourly profiles: means by month and hour, correlation, lulls."""

import numpy as np

from models.arrays import FloatArray, TimeArray


def monthly_means(values: FloatArray, time_utc: TimeArray) -> list[float]:
    """Mean of each calendar month, 12 values, January first."""
    month = time_utc.astype("datetime64[M]").astype(int) % 12
    return _means(month, values, 12)


def diurnal_means(values: FloatArray, time_utc: TimeArray, longitude: float) -> list[float]:
    """Mean by hour of the day, 24 values, in local mean solar time to the nearest hour."""
    hour = (time_utc.astype("datetime64[h]").astype(np.int64) + round(longitude / 15.0)) % 24
    return _means(hour, values, 24)


def _means(group: np.ndarray, values: FloatArray, count: int) -> list[float]:
    means = np.bincount(group, values, count) / np.maximum(np.bincount(group, minlength=count), 1)
    return [float(mean) for mean in means]


def by_day(values: FloatArray) -> FloatArray:
    """Means of 24 hours, (days,)."""
    return np.asarray(values[: len(values) // 24 * 24].reshape(-1, 24).mean(axis=1))


def correlation(one: FloatArray, other: FloatArray) -> float | None:
    """Pearson's correlation; None where one of them never changes."""
    if one.std() < 1e-12 or other.std() < 1e-12:
        return None
    return float(np.clip(np.corrcoef(one, other)[0, 1], -1.0, 1.0))


def longest_lull_hours(values: FloatArray, threshold: float) -> int:
    """Longest run of hours under the threshold; a run over the turn of the year is one.

    >>> longest_lull_hours(np.array([0.0, 0.5, 0.0, 0.0, 0.5, 0.0]), 0.1)
    2
    """
    low = values < threshold
    if low.all():
        return len(values)
    first = int(np.argmin(low))
    turned = np.concatenate([[0], np.roll(low, -first).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(turned))
    return int((edges[1::2] - edges[::2]).max(initial=0))
