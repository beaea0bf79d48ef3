"""One hourly year of weather at one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from geodata.warnings import DataWarning

SERIES = (
    "ghi_w_per_m2",
    "dni_w_per_m2",
    "dhi_w_per_m2",
    "air_c",
    "wind_100m_m_per_s",
    "wind_10m_m_per_s",
)


@dataclass(frozen=True, slots=True, eq=False)
class WeatherYear:
    """Means of the hour that begins at `time_utc`; every series (hours,), 8,760 or 8,784 hours.

    Irradiance W/m2 (horizontal; direct normal; diffuse horizontal), temperature at 2 m in Celsius, wind in m/s;
    pressure at the ground in Pa and fresh snow in cm where the source has them.
    Raises ValueError for a series of another length, or one that is not finite.
    """

    latitude: float
    longitude: float
    elevation_m: float
    over_sea: bool
    year: int
    time_utc: np.ndarray
    ghi_w_per_m2: np.ndarray
    dni_w_per_m2: np.ndarray
    dhi_w_per_m2: np.ndarray
    air_c: np.ndarray
    wind_100m_m_per_s: np.ndarray
    wind_10m_m_per_s: np.ndarray
    source: str
    source_detail: str
    known_error: str
    warnings: tuple[DataWarning, ...] = ()
    measured_winds: Mapping[float, np.ndarray] = field(default_factory=dict)
    pressure_pa: np.ndarray | None = None
    snowfall_cm: np.ndarray | None = None

    @property
    def winds(self) -> Mapping[float, np.ndarray]:
        """Wind by height above ground, m: the heights the source has, or 100 m."""
        return self.measured_winds or {100.0: self.wind_100m_m_per_s}

    def __post_init__(self) -> None:
        hours = len(self.time_utc)
        wrong = [name for name in SERIES if np.shape(getattr(self, name)) != (hours,)]
        wrong += [name for name in SERIES if not np.isfinite(getattr(self, name)).all()]
        if hours not in (8760, 8784) or wrong:
            raise ValueError(f"a weather year has 8,760 or 8,784 finite hours; wrong: {', '.join(wrong) or hours}")


def hours_of(year: int) -> np.ndarray:
    """The hours of a calendar year, UTC, leap days kept."""
    return np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[h]").astype("datetime64[s]")
