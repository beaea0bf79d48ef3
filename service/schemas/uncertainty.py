"""options.uncertainty and what it adds to an answer."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, field_validator

from service.schemas.base import Request, Response, wrong

Kind = Literal["cost", "price", "efficiency", "wacc", "demand", "distance"]
KINDS: list[Kind] = ["cost", "price", "efficiency", "wacc", "demand", "distance"]
LEAST_SAMPLES, MOST_SAMPLES = 64, 512
COST_CORRELATION = 0.5


class UncertaintyChoice(Request):
    """Which re-sizings to make. Everything has a default; `true` asks for all of them."""

    samples: Annotated[int, Field(ge=LEAST_SAMPLES, le=MOST_SAMPLES)] = Field(
        default=LEAST_SAMPLES, description="Exact re-sizings of the Latin hypercube."
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(default=0, description="Same seed, same samples.")
    distribution: Literal["two_piece", "triangular"] = Field(
        default="two_piece",
        description="Between low, central and high: `two_piece` has the central value as its median, `triangular` as "
        "its mode; both fall linearly to nil at the ends.",
    )
    cost_correlation: Annotated[float, Field(ge=0.0, le=0.95)] = Field(
        default=COST_CORRELATION,
        description="Rank correlation of the costs of any two technologies: material, labour and transport are common "
        "to them. No source measures it; 0 lets errors cancel, near 1 all costs move together.",
    )
    parameters: Annotated[list[Kind], Field(min_length=1, max_length=len(KINDS))] = Field(
        default=KINDS, description="Kinds of parameters that are moved; the others stay central."
    )
    weather_years: Annotated[list[Annotated[int, Field(ge=1950, le=2100)]], Field(max_length=20)] | None = Field(
        default=None,
        description="Years sized one by one at central figures. When left out: those of `weather.years` where these "
        "are several; else with the embedded climate the twelve measured years; else none. [] asks for none.",
    )
    tornado: Literal["first_order", "resized"] = Field(
        default="first_order",
        description="Each parameter alone at its low and its high end: the same design and operation priced anew, "
        "which is exact to first order and leaves demand and efficiency out; or the system sized anew.",
    )
    sampled: bool = Field(default=False, description="Include every sample: its quantiles and its figures.")

    @field_validator("parameters", "weather_years")
    @classmethod
    def _once_each(cls, values: list[Any] | None) -> list[Any] | None:
        if values is not None and len(set(values)) < len(values):
            raise wrong("duplicate", "something is listed twice")
        return values


def _form(value: Any) -> str:
    return "flag" if isinstance(value, bool) else "choice"


Uncertain = Annotated[
    Annotated[bool, Tag("flag")] | Annotated[UncertaintyChoice, Tag("choice")],
    Discriminator(_form),
]


class UncertainParameter(Response):
    """One parameter that was moved, and the band it was moved in."""

    parameter: str
    kind: Kind
    low: float = Field(description="Ends and central value of the figure that stands for it.")
    central: float
    high: float
    unit: str
    moves: str = Field(description="What moves with it, each figure within its own band.")
    source: str


class SpreadAnswer(Response):
    """A headline figure over the samples, beside its central value."""

    figure: str
    central: float | None
    p10: float
    p50: float
    p90: float
    mean: float
    least: float
    most: float
    samples: int


class WeatherYears(Response):
    """Every weather year sized alone, all else central."""

    years: list[int]
    left_out: list[int] = Field(
        description="Years that could not be sized: hours of your own do not fit them, or nothing serves the demand."
    )
    spread: list[SpreadAnswer] = Field(description="Over the years; empty without any.")
    detail: str = Field(description="Which years, and why.")


class TornadoBar(Response):
    """The levelised cost with one parameter alone at its ends; null where there is no system then."""

    parameter: str
    at_low_usd_per_mwh: float | None
    at_high_usd_per_mwh: float | None


class Sample(Response):
    """One sample: where in its band each parameter lies, as a quantile, and what comes out; null where nothing does."""

    quantiles: dict[str, float]
    figures: dict[str, float | None] | None


class Uncertainty(Response):
    """How sure the headline figures are."""

    samples: int
    failed: int = Field(
        description="Samples without a system that serves the demand, or without a certified optimum; they are in no "
        "spread."
    )
    seed: int
    distribution: str
    cost_correlation: float
    detail: str = Field(description="How the samples were drawn and what they mean.")
    parameters: list[UncertainParameter]
    spread: list[SpreadAnswer]
    weather_years: WeatherYears
    tornado: list[TornadoBar] = Field(description="Largest first.")
    tornado_method: str
    sampled: list[Sample] | None
