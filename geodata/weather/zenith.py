"""The sun's height for the checks of weather: a mean over each hour, by Spencer's series."""

import numpy as np

SLICES = 6  # the hour is cut into, to average the height over its lit part


def cosine_zenith(time_utc: np.ndarray, latitude: float, longitude: float) -> np.ndarray:
    """Cosine of the zenith at instants, of their shape; negative at night (Spencer 1971)."""
    import pvlib  # slow to import: when first needed

    seconds = time_utc.astype("datetime64[s]")
    day = (seconds - seconds.astype("datetime64[Y]").astype("datetime64[s]")).astype(np.int64) / 86_400.0 + 1.0
    hour = (day % 1.0) * 24.0
    whole = np.floor(day)
    declination = pvlib.solarposition.declination_spencer71(whole)
    minutes = pvlib.solarposition.equation_of_time_spencer71(whole)
    angle = np.radians(15.0 * (hour + longitude / 15.0 + minutes / 60.0 - 12.0))
    here = np.radians(latitude)
    return np.asarray(np.sin(here) * np.sin(declination) + np.cos(here) * np.cos(declination) * np.cos(angle))


def hourly_height(time_utc: np.ndarray, latitude: float, longitude: float) -> np.ndarray:
    """Mean of the sun's height above nothing over each hour that begins at `time_utc`, (hours,)."""
    total = np.zeros(len(time_utc))
    for slice_ in range(SLICES):
        middle = np.timedelta64(int(3600 * (slice_ + 0.5) / SLICES), "s")
        total += np.maximum(cosine_zenith(time_utc + middle, latitude, longitude), 0.0)
    return total / SLICES


def hours_off(time_utc: np.ndarray, ghi: np.ndarray, latitude: float, longitude: float) -> float | None:
    """How many hours late the light of hourly means is against the sun; None where there is too little of it.

    The times of day around which the year's light and the year's sun lie, as angles round the clock: clouds move the
    first by minutes, a wrong time zone by hours.
    """
    height = hourly_height(time_utc, latitude, longitude)
    known = np.isfinite(ghi)
    if not known.any() or ghi[known].sum() <= 0.0:
        return None
    hour = (time_utc.astype("datetime64[s]").astype(np.int64) % 86_400) / 3600.0 + 0.5
    turn = np.exp(2j * np.pi * hour[known] / 24.0)
    light, sun = (ghi[known] * turn).sum(), (height[known] * turn).sum()
    if abs(light) < 0.05 * ghi[known].sum() or abs(sun) < 0.05 * height[known].sum():
        return None  # near the poles the sun has no time of day
    return float(np.angle(light / sun) * 12.0 / np.pi)
