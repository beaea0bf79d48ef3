"""What: the industrial process and its size."""

from math import isfinite
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from models.demand.catalogue import CUSTOM
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
from service.schemas.operation import OperationInput, Phase, phase_errors

PHASES = TypeAdapter(list[Phase])
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
    # the bounds are checked against the catalogue, which says what is usual
    utilisation: Annotated[float, Field(json_schema_extra={"exclusiveMinimum": 0, "maximum": 1})] | None = Field(
        default=None, description="Share of the capacity produced over the year; `operation` says in which hours."
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

    operation: OperationInput | None = Field(
        default=None, description="When it runs: shifts, weekends, seasons, outage, charging window, hours of your own."
    )
    phases: Annotated[list[Phase], Field(max_length=10)] = Field(
        default=[],
        description="Phases of construction, by year; the capacity is that of the last.",
        examples=[[{"year": 2028, "capacity_share": 0.5}, {"year": 2031, "capacity_share": 1.0}]],
    )
    phase: int | None = Field(
        default=None, description="Year of the phase to size the supply for; the last one when left out."
    )
    flexibility: Literal["none", "stated"] = Field(
        default="none",
        description="`none`: the load is met hour by hour. `stated`: steps whose minimum load and buffer the catalogue "
        "states may shift, by the low end of their hours; `demand.load_profile.flexible` says which. "
        "`supply.flexibility` takes its place where both are given.",
    )
    electrolyser_turndown: Literal["free", "stated"] = Field(
        default="free",
        description="`free`: electrolysers follow the supply without limit. `stated`: they keep to the minimum load "
        "and the ramp that the catalogue states for the step; what they must make and nobody takes is vented.",
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
    errors = [
        Wrong(tuple(error.field.split(".", 1)), error.code, error.message)
        for error in found
        if error.field.split(".")[0] not in refused
    ]
    if data["id"] == CUSTOM and data.get("operation") is not None:
        errors.append(Wrong(("operation",), "not_applicable", "the hours of load_mw say when a custom load draws"))
    if not refused & {"phases", "phase"}:
        errors += phase_errors(PHASES.validate_python(data.get("phases", [])), data.get("phase"))
    return errors
