"""Raw weather, of one file or two, into one year: completed, checked, and filled from the embedded climate."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geodata.countries import Countries
from geodata.warnings import DataWarning
from geodata.weather.calendar import HourlyYear, hourly_year
from geodata.weather.clean import cleaned
from geodata.weather.climatology import Climatology
from geodata.weather.heights import TURBINE_LEAST_M, at_height
from geodata.weather.irradiance import complete_irradiance
from geodata.weather.raw import FileProblem, RawWeather, WeatherFileError
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear

LIGHT = ("ghi", "dni", "dhi", "bhi")
FAR_APART_DEG = 0.5


@dataclass(frozen=True, slots=True)
class Origin:
    """What a year says of where it comes from."""

    source: str
    detail: str
    known_error: str


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What the files hold on one calendar."""

    year: HourlyYear
    light: Mapping[str, np.ndarray] | None
    air: np.ndarray | None
    pressure: np.ndarray | None
    snowfall: np.ndarray | None
    winds: Mapping[float, np.ndarray]
    surface_wind: np.ndarray | None


def weather_year(
    solar: RawWeather | None, wind: RawWeather | None, origin: Origin, latitude: float | None, longitude: float | None
) -> WeatherYear:
    """A year from a solar file, a wind file or both; `latitude` and `longitude` come before the files' own.

    Raises WeatherFileError naming everything wrong with either.
    """
    latitude, longitude = _place(solar, wind, latitude, longitude)
    hourly: dict[str, HourlyYear] = {}
    notes: list[DataWarning] = []
    errors: list[FileProblem] = []
    for field, raw in (("solar", solar), ("wind", wind)):
        if raw is None:
            continue
        try:
            hourly[field] = hourly_year(cleaned(raw, field), field)
            notes += hourly[field].warnings
        except WeatherFileError as error:
            errors += error.errors
    light = None
    first = hourly.get("solar")
    if first is not None and set(first.series) & set(LIGHT):
        try:
            light, found = complete_irradiance(first.series, first.time_utc, latitude, longitude, "solar")
            notes += found
        except WeatherFileError as error:
            errors += error.errors
    elif solar is not None and first is not None:
        errors.append(FileProblem("solar", "holds no irradiance", "missing"))
    if wind is not None and "wind" in hourly and not hourly["wind"].wind:
        errors.append(FileProblem("wind", "holds no wind speed", "missing"))
    if errors:
        raise WeatherFileError(errors)
    elevation = next(
        (raw.elevation_m for raw in (solar, wind) if raw is not None and raw.elevation_m is not None), None
    )
    return _finished(_parts(hourly, light, notes), origin, latitude, longitude, elevation, notes)


def _place(
    solar: RawWeather | None, wind: RawWeather | None, latitude: float | None, longitude: float | None
) -> tuple[float, float]:
    """The stated place, else that of the files; they must agree."""
    found = [
        (raw.latitude, raw.longitude)
        for raw in (solar, wind)
        if raw is not None and raw.latitude is not None and raw.longitude is not None
    ]
    errors = []
    if latitude is not None and longitude is not None:
        found.insert(0, (latitude, longitude))
    if not found:
        detail = "the file does not say where it is: give latitude and longitude"
        errors = [FileProblem("latitude", detail, "missing"), FileProblem("longitude", detail, "missing")]
        raise WeatherFileError(errors)
    here = found[0]
    if not (-90.0 <= here[0] <= 90.0 and -180.0 <= here[1] <= 180.0):
        raise WeatherFileError([FileProblem("latitude", "the place lies outside the globe", "out_of_range")])
    for other in found[1:]:
        east = abs((other[1] - here[1] + 180.0) % 360.0 - 180.0) * np.cos(np.radians(here[0]))
        if max(abs(other[0] - here[0]), east) > FAR_APART_DEG:
            apart = f"{here[0]:.2f}, {here[1]:.2f} and {other[0]:.2f}, {other[1]:.2f}"
            detail = f"the files or the stated place lie apart: {apart}"
            raise WeatherFileError([FileProblem("latitude", detail, "conflict")])
    return float(here[0]), float(here[1])


def _parts(hourly: dict[str, HourlyYear], light: Mapping[str, np.ndarray] | None, notes: list[DataWarning]) -> _Parts:
    years = list(hourly.values())
    if len(years) == 2 and len(years[0].time_utc) != len(years[1].time_utc):
        detail = f"one file covers {years[0].year}, the other {years[1].year}, a leap year and an ordinary one"
        raise WeatherFileError([FileProblem("wind", detail, "calendar_differs")])
    if len(years) == 2 and years[0].year != years[1].year:
        detail = f"solar covers {years[0].year}, wind {years[1].year}: hours are put side by side, their link is lost"
        notes.append(DataWarning("years_differ", detail))

    def first(name: str) -> np.ndarray | None:
        return next((year.series[name] for year in years if name in year.series), None)

    surface = next((year.wind for year in years if year.wind and min(year.wind) <= 20.0), None)
    if "wind" in hourly:
        winds = hourly["wind"].wind
    else:
        winds = {height: wind for height, wind in years[0].wind.items() if max(years[0].wind) >= TURBINE_LEAST_M}
    return _Parts(
        year=years[0],
        light=light,
        air=first("temp_air"),
        pressure=first("pressure"),
        snowfall=first("snowfall"),
        winds=winds,
        surface_wind=None if surface is None else surface[min(surface)],
    )


def _finished(
    parts: _Parts,
    origin: Origin,
    latitude: float,
    longitude: float,
    elevation_m: float | None,
    notes: list[DataWarning],
) -> WeatherYear:
    """What the files lack comes from the embedded climate, with a warning."""
    hours = len(parts.year.time_utc)
    drawn = Climatology.load().fetch(latitude, longitude, None if hours == 8760 else parts.year.year)
    sea = Countries.load().at(latitude, longitude).offshore
    if elevation_m is None:
        elevation_m = 0.0 if sea else ClimateTable.load().at(latitude, longitude).elevation_m
    air, light = parts.air, parts.light
    if light is None:
        light = {"ghi": drawn.ghi_w_per_m2, "dni": drawn.dni_w_per_m2, "dhi": drawn.dhi_w_per_m2}
        detail = "no irradiance in the files: that of the embedded climate, of other hours than the wind's"
        notes.append(DataWarning("sun_from_climate", detail))
    if air is None:
        air = drawn.air_c
        notes.append(
            DataWarning("temperature_from_climate", "no temperature in the files: that of the embedded climate")
        )
    if parts.winds:
        at_100m = at_height(parts.winds, 100.0, over_sea=sea)
        if max(parts.winds) < TURBINE_LEAST_M:
            detail = f"the highest wind is at {max(parts.winds):g} m: turbines stand on an assumed power law"
            notes.append(DataWarning("wind_extrapolated", detail))
    else:
        at_100m = drawn.wind_100m_m_per_s
        detail = "no wind above 30 m in the files: that of the embedded climate, of other hours than the sun's"
        notes.append(DataWarning("wind_from_climate", detail))
    low = parts.surface_wind
    if low is None:
        low = at_height(parts.winds, 10.0, over_sea=sea) if parts.winds else drawn.wind_10m_m_per_s
    return WeatherYear(
        latitude=latitude,
        longitude=longitude,
        elevation_m=float(elevation_m),
        over_sea=sea,
        year=parts.year.year,
        time_utc=parts.year.time_utc,
        ghi_w_per_m2=light["ghi"],
        dni_w_per_m2=light["dni"],
        dhi_w_per_m2=light["dhi"],
        air_c=air,
        wind_100m_m_per_s=at_100m,
        wind_10m_m_per_s=low,
        source=origin.source,
        source_detail=origin.detail,
        known_error=origin.known_error,
        warnings=tuple(dict.fromkeys(notes)),
        measured_winds=parts.winds,
        pressure_pa=parts.pressure,
        snowfall_cm=parts.snowfall,
    )
