"""What every request and response model shares."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Request(BaseModel):
    """A model of what callers send: strict types, no unknown fields, finite numbers, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


class Response(BaseModel):
    """A model of what we answer: every field is always there, every number finite."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


def wrong(code: str, message: str) -> PydanticCustomError:
    """An error of our own, raised inside a validator; braces are escaped, for the library formats them."""
    return PydanticCustomError(code, message.replace("{", "(").replace("}", ")"))  # type: ignore[arg-type]  # wants a literal


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

    figure: str = Field(description="Dotted name.", examples=["wind_onshore.investment"])
    value: float
    unit: str
    low: float | None
    high: float | None
    source: str
    year: int | None
    status: str = Field(description="read, derived, recalled (low confidence) or given (by the caller).")
    default: bool = Field(description="False where the caller gave the value.")
