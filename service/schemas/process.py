"""What: the industrial process and its size."""

from typing import Annotated, Any, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from service.schemas.base import NonNegative, Positive, Request

Hourly = Annotated[list[NonNegative], Field(min_length=8760, max_length=8784)]
SIZES = {
    "t_per_year": "capacity_t_per_year",
    "mw": "capacity_mw",
    "m3_per_day": "capacity_m3_per_day",
}


class ProcessInput(Request):
    """The process to power; everything but `id` has a default from the catalogue (`GET /v1/processes`)."""

    id: str = Field(
        description="A process of the catalogue, or `custom`.", examples=["steel-h2-dri-eaf"], max_length=64
    )
    capacity_t_per_year: Positive | None = Field(default=None, description="Size, for products by mass.")
    capacity_mw: Positive | None = Field(default=None, description="Size, for users of heat and power.")
    capacity_m3_per_day: Positive | None = Field(default=None, description="Size, for desalination.")
    utilisation: Annotated[float, Field(gt=0, le=1)] | None = Field(
        default=None, description="Share of the capacity produced over the year; derates every hour alike."
    )
    parameters: dict[str, float | bool | str] = Field(
        default={}, description="Parameters of the process, as listed in the catalogue with their bounds."
    )
    load_mw: NonNegative | Hourly | None = Field(
        default=None, description="`custom` only: electric load, one number or 8,760/8,784 hourly values."
    )
    hydrogen_kg_per_hour: NonNegative | Hourly | None = Field(
        default=None, description="`custom` only: hydrogen load, one number or 8,760/8,784 hourly values."
    )

    @model_validator(mode="wrap")
    @classmethod
    def _against_the_catalogue(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Name what the catalogue refuses together with what the types refuse."""
        found: list[InitErrorDetails] = []
        value: Self | None = None
        try:
            value = handler(data)
        except ValidationError as error:
            found = [
                InitErrorDetails(type=_kind(item), loc=item["loc"], input=item["input"], ctx=item.get("ctx", {}))
                for item in error.errors(include_url=False)
            ]
        found += _catalogue_errors(data)
        if found or value is None:
            raise ValidationError.from_exception_data(cls.__name__, found)
        return value
