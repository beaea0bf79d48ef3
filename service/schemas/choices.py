"""What else an assessment chooses: the weather its hours come from, and how the answer is found."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from service.schemas.base import Request, wrong
from service.schemas.score import ScoreWeights
from service.schemas.uncertainty import Uncertain

SOURCES = ("auto", "climatology", "cutout", "nasa_power", "pvgis", "open_meteo", "era5")
UPLOAD = "upload:"


def _known_source(value: str) -> str:
    if value not in SOURCES and not value.startswith(UPLOAD):
        raise wrong("unknown_value", "must be one of " + ", ".join(SOURCES) + " or upload:<weather_id>")
    return value


class WeatherChoice(Request):
    """Which weather the hours come from."""

    source: Annotated[str, AfterValidator(_known_source)] = Field(
        default="auto",
        max_length=64,
        description="`auto`: a configured cutout, else a configured online source, else the embedded climate; never an "
        "upload. `climatology`: the embedded climate. `cutout`: the instance's own ERA5. `nasa_power`, `pvgis`, "
        "`open_meteo`, `era5`: fetched. `upload:<weather_id>`: a file sent to POST /v1/weather. A source that fails "
        "degrades to the embedded climate with the warning `weather_source_unavailable`.",
        examples=["auto", "climatology"],
    )
    bias_correction: bool | None = Field(
        default=None,
        description="Move the wind to the Global Wind Atlas and the sun to the Global Solar Atlas. Default: for "
        "reanalysis (nasa_power, open_meteo, era5, cutout) yes, else no; the warning `bias_corrected` says how much.",
    )
    years: Annotated[list[Annotated[int, Field(ge=1950, le=2100)]], Field(min_length=1, max_length=5)] | None = Field(
        default=None,
        description="Weather years, sized as one problem. The embedded climate draws a different, "
        "reproducible year for each number; it does not replay history. One ordinary year when left out.",
    )

    @field_validator("years")
    @classmethod
    def _once_each(cls, years: list[int] | None) -> list[int] | None:
        if years is not None and len(set(years)) < len(years):
            raise wrong("duplicate", "a year is listed twice")
        return years


class Options(Request):
    """What the answer holds, and how it is found."""

    hourly: bool = Field(default=False, description="Include the hourly operation.")
    uncertainty: Uncertain = Field(
        default=False,
        description="True, or an object: exact re-sizings of a Latin hypercube over the bands of costs, efficiency, "
        "cost of capital, demand and distance, of single weather years, and a tornado. Without it the band of the "
        "headline prices the same design at the ends of the bands.",
        examples=[True, {"samples": 64, "seed": 0}],
    )
    score_weights: ScoreWeights | None = Field(
        default=None,
        description="Weights of the parts of the score, of any sum; parts left out weigh nothing. Default: cost 0.4, "
        "carbon 0.2, capacity_factor, grid, land and confidence 0.1 each.",
        examples=[{"cost": 1.0, "carbon": 1.0}],
    )
    solver: Literal["auto", "interior_point", "clarabel", "highs"] = Field(
        default="auto",
        description="`auto` and `interior_point`: our own, then Clarabel, then HiGHS where an answer is not certified; "
        "`solution.solver` says who answered. `clarabel` and `highs`: that one alone.",
    )
