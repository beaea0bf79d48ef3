"""POST /v1/sizing: bring your own hours and costs; the least-cost system comes out."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, model_validator

from service.schemas.base import NonNegative, Request, Share, checked
from service.schemas.sizing_checks import contradictions
from service.schemas.sizing_parts import (
    LEAST_HOURS,
    MOST_HOURS,
    Load,
    SizingBattery,
    SizingFlexibility,
    SizingGenerator,
    SizingGrid,
    SizingHeat,
    SizingHydrogen,
)
from service.schemas.supply_names import Matching

YEAR = 8760


class SizingRequest(Request):
    """Loads, generators with their hours, what may store, a grid; what is null or absent is left out."""

    model_config = ConfigDict(title="Sizing request")

    load_mw: Load = Field(description="Electric load: a number, or one value an hour.", examples=[100.0])
    hydrogen_load_mw: Load = Field(default=0.0, description="Hydrogen load at LHV, MW: a number, or one an hour.")
    heat_load_mw: Load = Field(default=0.0, description="Heat load, MW of heat: a number, or one an hour.")
    generators: Annotated[list[SizingGenerator], Field(max_length=20)] = Field(
        description="What may be built, is there, or is contracted; may be empty where there is a grid."
    )
    battery: SizingBattery | None = Field(default=None, description="No battery when null.")
    hydrogen: SizingHydrogen | None = Field(default=None, description="No electrolyser when null.")
    heat: SizingHeat | None = Field(default=None, description="No heater when null.")
    flexibility: SizingFlexibility | None = Field(default=None, description="A load that cannot shift when null.")
    grid: SizingGrid | None = Field(default=None, description="Off grid when null.")
    clean_share: Share = Field(
        default=1.0,
        description="Off grid: least share of the load that is served, of electricity and hydrogen each, 0.01 to 1. "
        "With a grid: least share that is not imported, counted over the `matching` period; 0 asks for nothing.",
    )
    matching: Matching = Field(
        default="hourly",
        description="`hourly`: imports of the whole problem count in full. `monthly`, `annual`: imports less exports, "
        "in each month or over the problem.",
    )
    month_of_hour: (
        Annotated[list[Annotated[int, Field(ge=0, le=1200)]], Field(min_length=LEAST_HOURS, max_length=MOST_HOURS)]
        | None
    ) = Field(
        default=None,
        description="For `monthly` matching, a number an hour that groups hours into months; when null, the calendar "
        "from 1 January, of leap years for multiples of 8,784 hours.",
    )
    unserved_price_usd_per_mwh: NonNegative | None = Field(
        default=None, description="Electric load may go unserved at this price, instead of by the clean share off grid."
    )
    unserved_share: Share | None = Field(
        default=None,
        description="Most of the electric load that may go unserved, at the price above or else for nothing.",
    )
    solver: Literal["auto", "interior_point", "clarabel", "highs"] = Field(
        default="auto",
        description="`auto` and `interior_point`: our own, then Clarabel, then HiGHS where an answer is not certified; "
        "`solution.solver` says who answered. `clarabel` and `highs`: that one alone.",
    )
    hourly: bool = Field(default=False, description="Include the hourly operation and shadow prices.")

    @property
    def hours(self) -> int:
        """Hours of the profiles; with a grid alone, of the loads or the prices, else 8,760."""
        loads = (self.load_mw, self.hydrogen_load_mw, self.heat_load_mw, self.month_of_hour)
        grid = self.grid
        prices = () if grid is None else (grid.import_price_usd_per_mwh, grid.export_price_usd_per_mwh)
        series = (*(item.capacity_factor for item in self.generators), *loads, *prices)
        return next((len(value) for value in series if isinstance(value, list)), YEAR)

    @model_validator(mode="wrap")
    @classmethod
    def _consistent(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Name what the fields say against each other together with what the types refuse."""
        return checked(data, handler, contradictions)
