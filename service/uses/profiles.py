"""The use case of POST /v1/profiles: a place's weather, the plants' hours, their statistics."""

from dataclasses import dataclass

import numpy as np

from geodata.countries import Countries
from geodata.weather.climatology import Climatology
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear
from models.arrays import FloatArray
from models.demand.load import recalled_notice
from models.notice import Notice
from models.supply.designs import PV_TECHNOLOGIES, PVDesign, WindDesign
from models.supply.statistics import by_day, correlation, diurnal_means, longest_lull_hours, monthly_means
from service.answer.tracing import caveats, traced, unique
from service.case.facts import FLOATING_BEYOND_M
from service.case.place import place_of
from service.operation.call import check
from service.schemas import profiles as schema
from service.schemas.answer import Weather
from service.schemas.supply import Supply
from service.supply.hours import capacity_factors
from service.supply.weather import weather_of

LULL_THRESHOLD = 0.1
DECIMALS = 6
CONVENTION = "mean of the hour beginning"


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Hours by technology over all weather years, and what they come from."""

    request: schema.ProfilesRequest
    weather: tuple[WeatherYear, ...]
    reason: str
    designs: dict[str, PVDesign | WindDesign]
    hourly: dict[str, FloatArray]

    @property
    def time_utc(self) -> np.ndarray:
        """(hours,) of all years."""
        return np.concatenate([year.time_utc for year in self.weather])


def profiles(request: schema.ProfilesRequest) -> Profiles:
    """The hours. Raises ProblemError where the weather named is not there."""
    place = place_of(request.site, Supply(radius_km=0.0))
    chosen = weather_of(place.latitude, place.longitude, request.weather)
    weather = chosen.years
    designs = {
        name: request.designs.design_of(name)
        for name in request.technologies or _default_technologies(place.latitude, place.longitude)
    }
    hourly = {name: np.concatenate([_hours(design, year) for year in weather]) for name, design in designs.items()}
    return Profiles(request, weather, chosen.reason, designs, hourly)


def _hours(design: PVDesign | WindDesign, year: WeatherYear) -> FloatArray:
    check()
    return capacity_factors(design, year)


def _default_technologies(latitude: float, longitude: float) -> tuple[str, ...]:
    if not Countries.load().at(latitude, longitude).offshore:
        return ("pv_tracking", "wind_onshore")
    deep = ClimateTable.load().at(latitude, longitude).depth_m > FLOATING_BEYOND_M
    return ("wind_offshore_floating",) if deep else ("wind_offshore",)


def answer(found: Profiles) -> schema.ProfilesAnswer:
    """The answer in JSON."""
    weather, time = found.weather, found.time_utc
    first = weather[0]
    spread, years = _spread(found)
    figures = unique(figure for design in found.designs.values() for figure in design.figures)
    notices = [Notice("spread_from_climate", SPREAD_NOTE)] if not _measured_spread(found) else []
    return schema.ProfilesAnswer(
        time=schema.TimeAxis(
            start=f"{time[0].astype('datetime64[s]')}Z",
            step_hours=1,
            hours=len(time),
            years=[year.year for year in weather],
            convention=CONVENTION,
        ),
        profiles=[_profile(name, found, spread[name]) for name in found.designs],
        statistics=_statistics(found, years),
        weather=Weather(
            source=first.source,
            reason=found.reason,
            detail=first.source_detail,
            years=[year.year for year in weather],
            ordinary=found.request.weather.years is None and first.source == "climatology",
            known_error=first.known_error,
            elevation_m=first.elevation_m,
            over_sea=first.over_sea,
        ),
        provenance=[traced(figure) for figure in figures],
        warnings=caveats(*(year.warnings for year in weather), recalled_notice(figures, "designs"), notices),
    )


SPREAD_NOTE = (
    "too few years of this weather to tell years apart: p10 and p90 take the spread that the embedded climate measured "
    "here over 2009-2020"
)


def _measured_spread(found: Profiles) -> bool:
    """True where the years asked for, or the embedded twelve, are the ones behind the percentiles."""
    return len(found.weather) >= 5 or found.weather[0].source == "climatology"


def _profile(name: str, found: Profiles, spread: tuple[float, float, float]) -> schema.ProfileAnswer:
    values, time = found.hourly[name], found.time_utc
    return schema.ProfileAnswer(
        technology=name,
        capacity_factor=float(values.mean()),
        monthly=monthly_means(values, time),
        diurnal=diurnal_means(values, time, found.weather[0].longitude),
        p10=spread[0],
        p50=spread[1],
        p90=spread[2],
        hourly=np.round(values, DECIMALS).tolist() if found.request.hourly else None,
    )


def _spread(found: Profiles) -> tuple[dict[str, tuple[float, float, float]], list[int]]:
    """Percentiles over years: of those asked for, else of the embedded twelve about this weather's mean."""
    weather = found.weather
    if len(weather) >= 5:
        ends = np.cumsum([len(year.time_utc) for year in weather])[:-1]
        by_year = {name: [part.mean() for part in np.split(values, ends)] for name, values in found.hourly.items()}
        return {name: _percentiles(np.array(means)) for name, means in by_year.items()}, [y.year for y in weather]
    climate, place = Climatology.load(), weather[0]
    known = list(ClimateTable.load().years)
    drawn = [climate.fetch(place.latitude, place.longitude, year) for year in known]
    spread = {}
    for name, design in found.designs.items():
        means = np.array([_hours(design, year).mean() for year in drawn])
        about = max(float(means.mean()), 1e-9)
        spread[name] = _percentiles(means / about * float(found.hourly[name].mean()))
    return spread, known


def _percentiles(means: FloatArray) -> tuple[float, float, float]:
    low, middle, high = np.clip(np.percentile(means, [10, 50, 90]), 0.0, 1.0)
    return float(low), float(middle), float(high)


def _statistics(found: Profiles, years: list[int]) -> schema.Statistics:
    names = list(found.hourly)
    pv = next((found.hourly[name] for name in names if name in PV_TECHNOLOGIES), None)
    wind = next((found.hourly[name] for name in names if name not in PV_TECHNOLOGIES), None)
    hourly = daily = None
    if pv is not None and wind is not None:
        hourly, daily = correlation(pv, wind), correlation(by_day(pv), by_day(wind))
    return schema.Statistics(
        pv_wind_correlation=hourly,
        pv_wind_correlation_daily=daily,
        longest_lull_hours=longest_lull_hours(np.mean([*found.hourly.values()], axis=0), LULL_THRESHOLD),
        lull_threshold=LULL_THRESHOLD,
        years_of_spread=years,
    )
