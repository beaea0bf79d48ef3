"""POST /v1/profiles: what goes in and what comes out."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from models.supply.designs import InvalidDesign, PVDesign, WindDesign, default_design
from models.supply.overrides import design_with
from service.schemas.answer import Weather
from service.schemas.base import Caveat, Request, Response, Traced, Wrong, all_wrong
from service.schemas.choices import WeatherChoice
from service.schemas.site import Site
from service.schemas.supply_names import GENERATORS

Generator = Literal["pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating"]
TurbineClass = Literal["low_wind", "medium_wind", "high_wind", "offshore", "offshore_high_wind"]


class PVInput(Request):
    """A PV plant; what is left out has the default of `GET /v1/technologies` and docs/supply.md."""

    tilt_deg: float | None = Field(default=None, description="0-90; the year's best tilt when left out.")
    azimuth_deg: float | None = Field(
        default=None, description="Clockwise from north, 180 is south; towards the equator when left out."
    )
    dc_ac_ratio: float | None = Field(default=None, description="Module over inverter power.")
    inverter_efficiency: float | None = Field(default=None, description="At its rating.")
    temperature_coefficient_per_c: float | None = Field(default=None, description="Of the modules, negative.")
    albedo: float | None = Field(default=None, description="Of the ground.")
    ground_cover_ratio: float | None = Field(default=None, description="Width of the rows over their pitch.")
    tracker_limit_deg: float | None = Field(default=None, description="Largest turn of a tracker.")
    modules_up_the_slope: float | None = Field(default=None, description="Strings one above the other in a row.")
    bifaciality: float | None = Field(default=None, description="Of two-sided modules, 0.65 to 0.85; 0 is one-sided.")
    back_shade_share: float | None = Field(default=None, description="Of the light on the back lost to the rack.")
    height_to_pitch: float | None = Field(default=None, description="Height of the rows' axis over their pitch.")
    degradation_share_per_year: float | None = Field(default=None, description="Ageing.")
    service_years: float | None = Field(default=None, description="Years over which ageing is averaged; 1 is new.")
    losses_share: float | None = Field(default=None, description="All losses, ageing included, in one share.")
    spectral: bool | None = Field(default=None, description="Correct for the spectrum (air mass).")
    snow: bool | None = Field(default=None, description="Model snow on the modules where the weather has snowfall.")


class WindInput(Request):
    """A wind farm; what is left out has the default of docs/supply.md."""

    turbine_class: TurbineClass | None = Field(default=None, description="In place of the default turbine.")
    hub_height_m: float | None = Field(default=None, description="10 to 300.")
    power_curve: (
        Annotated[list[Annotated[list[float], Field(min_length=2, max_length=2)]], Field(max_length=1000)] | None
    ) = Field(
        default=None,
        description="[speed in m/s at sea-level density, share of the rating] points; linear between, nothing beyond.",
        examples=[[[0, 0], [3, 0.0], [12, 1.0], [25, 1.0]]],
    )
    shear_land: float | None = Field(default=None, description="Power-law exponent over land.")
    shear_sea: float | None = Field(default=None, description="Power-law exponent at sea.")
    losses_share: float | None = Field(default=None, description="All losses, wakes included, in one share.")


class Designs(Request):
    """Your own designs by technology."""

    pv_fixed: PVInput | None = None
    pv_tracking: PVInput | None = None
    wind_onshore: WindInput | None = None
    wind_offshore: WindInput | None = None
    wind_offshore_floating: WindInput | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        errors: list[Wrong] = []
        for name in GENERATORS:
            try:
                self.design_of(name)
            except InvalidDesign as error:
                errors += [Wrong((name, field), "out_of_range", message) for field, message in error.errors]
        if errors:
            raise all_wrong(errors)
        return self

    def design_of(self, technology: str) -> PVDesign | WindDesign:
        """The design of a technology. Raises InvalidDesign."""
        given: PVInput | WindInput | None = getattr(self, technology)
        if given is None:
            return default_design(technology)
        stated: dict[str, Any] = {name: value for name, value in given.model_dump().items() if value is not None}
        return design_with(technology, stated)


class ProfileWeather(WeatherChoice):
    """As for an assessment, with more years: nothing is sized here."""

    years: Annotated[list[Annotated[int, Field(ge=1950, le=2100)]], Field(min_length=1, max_length=20)] | None = Field(
        default=None,
        description="Weather years, one after the other. The embedded climate has the measured means of 2009 to 2020 "
        "in years of these numbers. One ordinary year when left out.",
    )


class ProfilesRequest(Request):
    """A place and technologies. Only `site.location` is required."""

    site: Site
    technologies: Annotated[list[Generator], Field(min_length=1, max_length=5)] | None = Field(
        default=None,
        description="Default on land: tracking PV and onshore wind; at sea: offshore wind.",
        examples=[["pv_fixed", "pv_tracking", "wind_onshore"]],
    )
    weather: ProfileWeather = ProfileWeather()
    designs: Designs = Designs()
    hourly: bool = Field(default=True, description="Include the hours (JSON; CSV and Parquet are hours).")

    @model_validator(mode="after")
    def _no_twins(self) -> Self:
        chosen = self.technologies or []
        errors = [
            Wrong(("technologies", index), "duplicate", f"{name} is listed twice")
            for index, name in enumerate(chosen)
            if name in chosen[:index]
        ]
        if errors:
            raise all_wrong(errors)
        return self


class TimeAxis(Response):
    """The hours of the profiles."""

    start: str = Field(examples=["2019-01-01T00:00:00Z"])
    step_hours: int
    hours: int
    years: list[int] = Field(description="Calendar years, one after the other; leap days are kept.")
    convention: str


class ProfileAnswer(Response):
    """One technology."""

    technology: Generator
    capacity_factor: float = Field(description="Mean over all hours, share of the AC rating.")
    monthly: list[float] = Field(description="Mean of each month, January first, UTC.")
    diurnal: list[float] = Field(description="Mean by hour of the day, local mean solar time, midnight first.")
    p10: float = Field(description="Tenth percentile of the years' capacity factors: nine years of ten have more.")
    p50: float = Field(description="Median year.")
    p90: float = Field(description="Ninetieth percentile: one year in ten has more.")
    hourly: list[float] | None = Field(description="Capacity factor of each hour, 0-1.")


class Statistics(Response):
    """What the technologies do together."""

    pv_wind_correlation: float | None = Field(description="Of hourly PV and wind; null where one is missing.")
    pv_wind_correlation_daily: float | None = Field(description="Of their daily means.")
    longest_lull_hours: int = Field(
        description="Longest run of hours in which the mean of the technologies stays under `lull_threshold`."
    )
    lull_threshold: float
    years_of_spread: list[int] = Field(description="The years behind p10, p50 and p90.")


class ProfilesAnswer(Response):
    """Hourly capacity factors and their statistics."""

    time: TimeAxis
    profiles: list[ProfileAnswer]
    statistics: Statistics
    weather: Weather
    provenance: list[Traced]
    warnings: list[Caveat]
