"""GET /v1/grid/nearest."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from geodata.countries import Countries
from geodata.grid import GridIndex
from models.notice import Notice
from models.wacc import wacc_notices
from service.costing import connection_to
from service.grid_answer import connection_answer, grid_facts
from service.problems import PROBLEM_RESPONSES
from service.schemas.base import Lookup
from service.schemas.lookups import NearestGrid
from service.tracing import caveats

router = APIRouter(prefix="/v1", tags=["Look up"], responses={422: PROBLEM_RESPONSES[422]})


class GridLookup(Lookup):
    """Where to look, and for what."""

    latitude: float = Field(ge=-90, le=90, examples=[65.83])
    longitude: float = Field(ge=-180, le=180, examples=[21.69])
    required_mw: float | None = Field(default=None, gt=0, le=1e5, description="Prices a connection of this power.")
    min_voltage_kv: float | None = Field(
        default=None, gt=0, le=2000, description="Leaves out what is lower or unknown."
    )


@router.get("/grid/nearest", operation_id="nearest_grid", summary="Lines, substations and plants near a place")
def nearest(asked: Annotated[GridLookup, Query()]) -> NearestGrid:
    """The nearest transmission line, substation and power plant, with the band of each distance, source and date."""
    near = GridIndex.load().nearest(asked.latitude, asked.longitude, min_voltage_kv=asked.min_voltage_kv)
    country = Countries.load().at(asked.latitude, asked.longitude)
    connection = None
    notices: list[Notice] = []
    if asked.required_mw is not None and near.nearest_line is not None:
        connection = connection_to(near.nearest_line, asked.required_mw, country.iso3, None, offshore=country.offshore)
        notices = [*connection.warnings, *wacc_notices(country.iso3)]
    return NearestGrid(
        **grid_facts(near).model_dump(),
        latitude=asked.latitude,
        longitude=asked.longitude,
        country=country.iso3,
        connection=connection_answer(connection),
        warnings=caveats(near.warnings, notices),
    )
