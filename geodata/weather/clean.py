"""Units, bounds and gaps of raw weather: what can be put right is, with a warning; the rest is an error."""

from dataclasses import replace

import numpy as np

from geodata.warnings import DataWarning
from geodata.weather.raw import FileProblem, RawWeather, WeatherFileError

KELVIN = 273.15
LOW_PRESSURE_PA, HIGH_PRESSURE_PA = 40_000.0, 110_000.0
BOUNDS = {
    "ghi": (0.0, 1600.0),
    "dni": (0.0, 1500.0),
    "dhi": (0.0, 1200.0),
    "bhi": (0.0, 1500.0),
    "temp_air": (-90.0, 60.0),
    "pressure": (LOW_PRESSURE_PA, HIGH_PRESSURE_PA),
    "snowfall": (0.0, 100.0),
}
MOST_WIND_M_PER_S = 75.0  # no hour was windier but in a tropical cyclone
FEW_SPIKES = 0.001
NIGHT_OFFSET_W_PER_M2 = -30.0  # thermal offset of pyranometers at night; anything below says the value is missing
MISSING = (-999.0, -9999.0, 9999.0, 99999.0, -99.0, 999999.0)
PRESSURE_UNITS = ((0.4, 1.1, 101_325.0, "atm"), (40.0, 110.0, 1000.0, "kPa"), (400.0, 1100.0, 100.0, "hPa"))


def cleaned(raw: RawWeather, field: str) -> RawWeather:
    """The same in standard units, missing values as NaN. Raises WeatherFileError naming every series out of bounds."""
    notes: list[DataWarning] = []
    series = {name: _without_missing(values) for name, values in raw.series.items()}
    wind = {height: _without_spikes(_without_missing(values), height, notes) for height, values in raw.wind.items()}
    if "temp_air" in series:
        series["temp_air"] = _celsius(series["temp_air"], notes)
    if "pressure" in series:
        series["pressure"] = _pascal(series["pressure"], notes)
    for name in ("ghi", "dni", "dhi", "bhi"):
        if name in series:
            series[name] = _not_below_night(series[name], name, notes)
    errors = []
    named = {name: (values, *BOUNDS[name]) for name, values in series.items()}
    named |= {f"wind at {height:g} m": (values, 0.0, MOST_WIND_M_PER_S) for height, values in wind.items()}
    for name, (values, low, high) in named.items():
        known = values[np.isfinite(values)]
        if not len(known):
            errors.append(FileProblem(field, f"{name} has no value at all", "empty_series"))
        elif known.min() < low or known.max() > high:
            runs = f"{name} runs from {known.min():.6g} to {known.max():.6g}"
            detail = f"{runs}, outside {low:g} to {high:g}: is its unit right?"
            errors.append(FileProblem(field, detail, "out_of_range"))
    if errors:
        raise WeatherFileError(errors)
    return replace(raw, series=series, wind=wind, warnings=(*raw.warnings, *notes))


def _without_missing(values: np.ndarray) -> np.ndarray:
    found = np.array(values, dtype=np.float64)
    found[np.isin(found, MISSING) | ~np.isfinite(found)] = np.nan
    return found


def _without_spikes(values: np.ndarray, height: float, notes: list[DataWarning]) -> np.ndarray:
    """A few impossible speeds are faults of the data; many are another unit, left for the bounds to find."""
    spikes = values > MOST_WIND_M_PER_S
    if not spikes.any() or spikes.mean() > FEW_SPIKES:
        return values
    detail = f"wind at {height:g} m: {int(spikes.sum())} values over {MOST_WIND_M_PER_S:g} m/s are taken as missing"
    notes.append(DataWarning("wind_spikes", detail))
    return np.where(spikes, np.nan, values)


def _celsius(values: np.ndarray, notes: list[DataWarning]) -> np.ndarray:
    if np.nanmedian(values) < 150.0:
        return values
    notes.append(DataWarning("unit_converted", "temperatures lie around 280: taken as kelvin and converted to Celsius"))
    return values - KELVIN


def _pascal(values: np.ndarray, notes: list[DataWarning]) -> np.ndarray:
    middle = float(np.nanmedian(values))
    for low, high, factor, unit in PRESSURE_UNITS:
        if low <= middle <= high:
            notes.append(DataWarning("unit_converted", f"pressure lies around {middle:.4g}: taken as {unit}"))
            with np.errstate(over="ignore"):  # what overflows is out of bounds below
                return values * factor
    return values


def _not_below_night(values: np.ndarray, name: str, notes: list[DataWarning]) -> np.ndarray:
    below = values < 0.0
    if not below.any():
        return values
    values = np.where(values < NIGHT_OFFSET_W_PER_M2, np.nan, values)
    if (values < -1.0).any():
        detail = f"{name} is slightly negative in {int(below.sum())} rows: taken as 0"
        notes.append(DataWarning("negative_irradiance", detail))
    return np.where(values < 0.0, 0.0, values)
