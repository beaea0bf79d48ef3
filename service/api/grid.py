"""GET /v1/grid/nearest."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, field_validator

from geodata.countries import Countries
from geodata.grid import GridIndex, Kind
from geodata.grid.layers import plants
from models.wacc import wacc_notices
from service.answer.grid import connection_answer, features, grid_facts
from service.answer.tracing import caveats
from service.http.problems import PROBLEM_RESPONSES
from service.http.tagged import NOT_MODIFIED, Tagged
from service.money.connecting import joining
from service.schemas.base import Lookup, wrong
from service.schemas.grid import NearestGrid
from service.schemas.way import WayFields

router = APIRouter(
    prefix="/v1", route_class=Tagged, tags=["Look up"], responses=NOT_MODIFIED | {422: PROBLEM_RESPONSES[422]}
)


class GridLookup(WayFields, Lookup):
    """Where to look, and for what."""

    latitude: float = Field(ge=-90, le=90, examples=[65.83])
    longitude: float = Field(ge=-180, le=180, examples=[21.69])
    required_mw: float | None = Field(default=None, gt=0, le=1e5, description="Prices a connection of this power.")
    min_voltage_kv: float | None = Field(
        default=None, gt=0, le=2000, description="Leaves out what is lower or unknown."
    )
    k: int = Field(default=1, ge=1, le=50, description="How many of each kind.")
    min_plant_mw: float | None = Field(
        default=None, gt=0, le=1e5, description="Leaves out smaller plants and those of unknown size."
    )
    fuel: str | None = Field(
        default=None, max_length=40, description="Plants of one primary fuel, as in Hydro, Gas, Solar, Wind."
    )

    @field_validator("fuel")
    @classmethod
    def _known_fuel(cls, fuel: str | None) -> str | None:
        if fuel is not None and fuel not in plants().fuels:
            raise wrong("unknown_value", f"fuel must be one of {', '.join(plants().fuels)}")
        return fuel


@router.get("/grid/nearest", operation_id="nearest_grid", summary="Lines, substations and plants near a place")
def nearest(asked: Annotated[GridLookup, Query()]) -> NearestGrid:
    """The nearest transmission line, substation and power plant, with the band of each distance, source and date.

    A connection joins the cheaper of the nearest line and the nearest substation whose voltage carries the power.
    """
    index, here = GridIndex.load(), (asked.latitude, asked.longitude)
    near = index.nearest(*here, min_voltage_kv=asked.min_voltage_kv, min_plant_mw=asked.min_plant_mw, fuel=asked.fuel)
    country = Countries.load().at(*here).iso3
    joined = None if asked.required_mw is None else joining(*here, asked.required_mw, country, None, asked)
    lines, substations, power_plants = (
        features(
            index.features(*here, kind, asked.k, asked.min_voltage_kv, min_plant_mw=asked.min_plant_mw, fuel=asked.fuel)
        )
        for kind in Kind
    )
    return NearestGrid(
        **grid_facts(near).model_dump(),
        latitude=asked.latitude,
        longitude=asked.longitude,
        country=country,
        lines=lines,
        substations=substations,
        plants=power_plants,
        connection=connection_answer(joined),
        warnings=caveats(near.warnings, *((joined.cost.warnings, wacc_notices(country)) if joined is not None else ())),
    )
