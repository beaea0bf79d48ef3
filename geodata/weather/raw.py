"""What a file or a source says, before it becomes a year: its own times and gaps, standard names and units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from geodata.warnings import DataWarning

VARIABLES = ("ghi", "dni", "dhi", "bhi", "temp_air", "pressure", "snowfall")
HOUR_S = 3600


class FileProblem(NamedTuple):
    """One thing wrong with a file; `field` is a path as in `solar` or `columns/ghi`."""

    field: str
    detail: str
    code: str


class WeatherFileError(ValueError):
    """A weather file cannot be used as it is; `errors` names everything found wrong."""

    def __init__(self, errors: Sequence[FileProblem]) -> None:
        self.errors = list(errors)
        super().__init__("; ".join(f"{error.field}: {error.detail}" for error in errors))


@dataclass(frozen=True, slots=True, eq=False)
class RawWeather:
    """Rows of weather, each (n,).

    time_utc : where a row's interval begins, or the instant it stands for. step_s : seconds from row to row.
    instant_at : None where values are means over the step; else how far into the hour the instants lie, in hours.
    series : of `VARIABLES`: irradiance W/m2 (bhi: direct on the horizontal), Celsius, Pa, cm of fresh snow; NaN is
    unknown.
    wind : m/s by height above ground, m. typical : months of several calendar years.
    """

    time_utc: np.ndarray
    step_s: int
    series: Mapping[str, np.ndarray]
    wind: Mapping[float, np.ndarray]
    name: str
    latitude: float | None = None
    longitude: float | None = None
    elevation_m: float | None = None
    instant_at: float | None = None
    typical: bool = False
    warnings: tuple[DataWarning, ...] = field(default=())

    def __post_init__(self) -> None:
        rows = len(self.time_utc)
        wrong = [name for name, values in (*self.series.items(), *self.wind.items()) if np.shape(values) != (rows,)]
        if wrong or not set(self.series) <= set(VARIABLES):
            raise ValueError(f"series of another length or name: {wrong or sorted(self.series)}")


def step_of(time: np.ndarray) -> int:
    """The usual seconds from one row to the next. Raises ValueError where there are too few rows."""
    if len(time) < 2:
        raise ValueError("there are fewer than two rows")
    return int(np.median(np.diff(time.astype("datetime64[s]").astype(np.int64))))
