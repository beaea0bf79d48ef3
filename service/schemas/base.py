"""What every request and response model shares."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Checked = TypeVar("Checked")


class Request(BaseModel):
    """A model of what callers send: strict types, no unknown fields, finite numbers, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


class Lookup(BaseModel):
    """A model of a query string: its values come as text, so they are parsed; no unknown names, finite numbers."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class Response(BaseModel):
    """A model of what we answer: every field is always there, every number finite."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


def wrong(code: str, message: str) -> PydanticCustomError:
    """An error of our own, raised inside a validator; braces are escaped, for the library formats them."""
    return PydanticCustomError(code, message.replace("{", "(").replace("}", ")"))


class Wrong(NamedTuple):
    """One wrong field below a model: where it is, a stable code, and what would be right."""

    location: tuple[str | int, ...]
    code: str
    message: str


def all_wrong(errors: Sequence[Wrong], kept: ValidationError | None = None) -> ValidationError:
    """One error that names several fields, for validators of a model; `kept` are those found by the types."""
    found = [
        InitErrorDetails(
            type=PydanticCustomError(item["type"], wrong("", item["msg"]).message_template),
            loc=item["loc"],
            input=None,
        )
        for item in (kept.errors(include_url=False, include_context=False, include_input=False) if kept else [])
    ]
    found += [InitErrorDetails(type=wrong(e.code, e.message), loc=e.location, input=None) for e in errors]
    return ValidationError.from_exception_data("request", found)


def checked(
    data: Any, handler: Callable[[Any], Checked], check: Callable[[Any, ValidationError | None], Sequence[Wrong]]
) -> Checked:
    """What a model's own handler makes of data; raises what `check` finds together with what the types refuse."""
    try:
        value, kept = handler(data), None
    except ValidationError as error:
        value, kept = None, error
    errors = check(data, kept)
    if errors or kept is not None or value is None:
        raise all_wrong(errors, kept)
    return value


Share = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0, le=1e12)]
NonNegative = Annotated[float, Field(ge=0.0, le=1e12)]
Price = Annotated[float, Field(ge=-1e5, le=1e5)]

HOURS_OF_YEAR = (8760, 8784)


class Caveat(Response):
    """A coded warning: what the answer does not know, or has assumed."""

    code: str = Field(description="Stable code.", examples=["climate_coarse"])
    detail: str = Field(description="The warning in words.")


class Traced(Response):
    """One number of the answer with where it comes from."""

    figure: str = Field(description="Dotted name.", examples=["wind_onshore.capex_usd_per_mw"])
    value: float
    unit: str
    low: float | None
    high: float | None
    source: str
    year: int | None
    status: str = Field(description="read, derived, recalled (low confidence) or given (by the caller).")
    default: bool = Field(description="False where the caller gave the value.")


def shape_of(value: Any) -> str:
    """Which of the two a field that takes one number or a series was given: errors then name one of them."""
    return "series" if isinstance(value, list) else "number"


LEAST_SERVED = 0.01
SERVED_TOO_LITTLE = Wrong(
    ("clean_share",), "out_of_range", f"off grid this is the share of the load that is served: at least {LEAST_SERVED}"
)
NUMBER_OR_SERIES = Discriminator(shape_of)
Number = Tag("number")
Series = Tag("series")
