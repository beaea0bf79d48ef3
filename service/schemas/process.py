"""What: the industrial process and its size."""

from math import isfinite
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, ValidationError, model_validator

from models.demand.parameters import LARGEST, check_process_input
from service.schemas.base import (
    NUMBER_OR_SERIES,
    NonNegative,
    Number,
    Positive,
    Request,
    Series,
    Wrong,
    checked,
    wrong,
)

Load = Annotated[
    Annotated[NonNegative, Number] | Annotated[list[NonNegative], Field(min_length=8760, max_length=8784), Series],
    NUMBER_OR_SERIES,
]
CHECKED = (
    "capacity_t_per_year",
    "capacity_mw",
    "capacity_m3_per_day",
    "utilisation",
    "parameters",
    "load_mw",
    "hydrogen_kg_per_hour",
)


def _plain(value: Any) -> Any:
    """One number, flag or word: said once here, where the union below would say it for each of its members."""
    if not isinstance(value, int | float | str):
        raise wrong("wrong_type", "must be a number, true, false or a text")
    if isinstance(value, float) and not isfinite(value):
        raise wrong("not_finite", "must be a finite number")
    if not isinstance(value, str) and abs(value) > LARGEST:
        raise wrong("out_of_range", f"must be a number of at most {LARGEST:g}")
    return value


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
    parameters: dict[str, Annotated[float | bool | str, BeforeValidator(_plain)]] = Field(
        default={}, description="Parameters of the process, as listed in the catalogue with their bounds."
    )
    load_mw: Load | None = Field(
        default=None, description="`custom` only: electric load, one number or 8,760/8,784 hourly values."
    )
    hydrogen_kg_per_hour: Load | None = Field(
        default=None, description="`custom` only: hydrogen load, one number or 8,760/8,784 hourly values."
    )

    @model_validator(mode="wrap")
    @classmethod
    def _against_the_catalogue(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Name what the catalogue refuses together with what the types refuse."""
        return checked(data, handler, _catalogue_errors)


def _catalogue_errors(data: Any, kept: ValidationError | None) -> list[Wrong]:
    """What the catalogue says of the raw input, without the fields that the types refused already."""
    if not isinstance(data, dict) or "id" not in data:
        return []
    refused = {str(error["loc"][0]) for error in kept.errors() if error["loc"]} if kept else set()
    given = {name: data[name] for name in CHECKED if name in data}
    found = check_process_input(data["id"], **given)
    return [
        Wrong(tuple(error.field.split(".", 1)), error.code, error.message)
        for error in found
        if error.field.split(".")[0] not in refused
    ]
