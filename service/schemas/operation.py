"""When the process runs, and in which phases it is built."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from service.schemas.base import NonNegative, Request, Share, Wrong, all_wrong

OwnHours = Annotated[list[NonNegative], Field(min_length=8760, max_length=8784)]
Weights = Annotated[list[NonNegative], Field(min_length=12, max_length=12)]


class OperationInput(Request):
    """Hours of operation; what is left out takes what is usual for the process (`GET /v1/processes/{id}`), and where
    the catalogue says nothing, day and night all year. Hours are moved, the year's product stays."""

    start_hour: Annotated[float, Field(ge=0, lt=24)] | None = Field(
        default=None, description="Hour of the place's day at which work or charging begins."
    )
    hours_per_day: Annotated[float, Field(ge=1, le=24)] | None = Field(
        default=None, description="Length of the daily window, one or more shifts; it may pass midnight.", examples=[16]
    )
    days_per_week: Annotated[int, Field(ge=1, le=7)] | None = Field(
        default=None, description="Days on which a window begins, from Monday on.", examples=[5]
    )
    standby_share: Share | None = Field(
        default=None, description="Drawn outside the window and in an outage, over what is drawn inside; 0 if left out."
    )
    outage_weeks: Annotated[float, Field(ge=0, le=26)] | None = Field(
        default=None, description="Length of the planned outage.", examples=[3]
    )
    outage_start_week: Annotated[int, Field(ge=1, le=52)] | None = Field(
        default=None, description="Week of the year in which it begins, from 1 January; 27 if left out."
    )
    monthly: Weights | None = Field(default=None, description="Weights of January to December, of any size.")
    heating_share: Share | None = Field(
        default=None, description="Share of the year's load that follows the degree hours of the place's weather."
    )
    heating_base_c: Annotated[float, Field(ge=0, le=30)] | None = Field(
        default=None, description="Degree hours count below this air temperature; 15 if left out."
    )
    profile: OwnHours | None = Field(
        default=None, description="Your own hours, 8,760 or 8,784 of any scale, UTC; scaled to the year's total."
    )
    utc_offset_hours: Annotated[float, Field(ge=-12, le=14)] | None = Field(
        default=None, description="The place's clock less UTC; by longitude, a 24th of the globe an hour, if left out."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        errors = []
        if self.profile is not None:
            others = self.model_fields_set - {"profile"}
            message = "a profile says all hours: leave this out"
            errors += [
                Wrong((name,), "conflict", message) for name in sorted(others) if getattr(self, name) is not None
            ]
            if not any(self.profile):
                errors.append(Wrong(("profile",), "out_of_range", "all hours are zero"))
        if self.monthly is not None and not any(self.monthly):
            errors.append(Wrong(("monthly",), "out_of_range", "all months are zero"))
        if errors:
            raise all_wrong(errors)
        return self


class Phase(Request):
    """A phase of construction."""

    year: Annotated[int, Field(ge=2020, le=2100)] = Field(description="First year of this phase.")
    capacity_share: Annotated[float, Field(gt=0, le=1)] = Field(
        description="Part of the capacity that stands then; the last phase has all of it."
    )


def phase_errors(phases: list[Phase], phase: int | None) -> list[Wrong]:
    """What is wrong with the phases taken together, and with the one that is chosen."""
    errors = []
    for index in range(1, len(phases)):
        if phases[index].year <= phases[index - 1].year:
            errors.append(Wrong(("phases", index, "year"), "conflict", "must be later than the phase before"))
        if phases[index].capacity_share < phases[index - 1].capacity_share:
            errors.append(Wrong(("phases", index, "capacity_share"), "conflict", "must not be below the phase before"))
    if phases and phases[-1].capacity_share < 1.0:
        where = ("phases", len(phases) - 1, "capacity_share")
        errors.append(Wrong(where, "conflict", "must be 1 in the last phase: the capacity is that of the whole plant"))
    if phase is not None and phase not in [item.year for item in phases]:
        years = ", ".join(str(item.year) for item in phases) or "there are none"
        errors.append(Wrong(("phase",), "unknown_value", f"must be the year of a phase: {years}"))
    return errors
