"""GET /v1/grid/nearest."""

from typing import Annotated

from fastapi import APIRouter, Query

from geodata.countries import Countries
from geodata.grid import GridIndex
from models.notice import Notice
from models.wacc import wacc_notices
from service.costing import connection_to
from service.grid_answer import connection_answer, grid_facts
from service.problems import PROBLEM_RESPONSES
from service.schemas.lookups import NearestGrid
from service.tracing import caveats

router = APIRouter(prefix="/v1", tags=["Look up"], responses={422: PROBLEM_RESPONSES[422]})


@router.get("/grid/nearest", operation_id="nearest_grid", summary="Lines, substations and plants near a place")
def nearest(
    latitude: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False, examples=[65.83])],
    longitude: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False, examples=[21.69])],
    required_mw: Annotated[
        float | None, Query(gt=0, le=1e5, allow_inf_nan=False, description="Prices a connection of this power.")
    ] = None,
    min_voltage_kv: Annotated[
        float | None, Query(gt=0, le=2000, allow_inf_nan=False, description="Leaves out what is lower or unknown.")
    ] = None,
) -> NearestGrid:
    """The nearest transmission line, substation and power plant, with the band of each distance, source and date."""
    near = GridIndex.load().nearest(latitude, longitude, min_voltage_kv=min_voltage_kv)
    country = Countries.load().at(latitude, longitude)
    connection = None
    notices: list[Notice] = []
    if required_mw is not None and near.nearest_line is not None:
        connection = connection_to(near.nearest_line, required_mw, country.iso3, None, offshore=country.offshore)
        notices = [*connection.warnings, *wacc_notices(country.iso3)]
    return NearestGrid(
        **grid_facts(near).model_dump(),
        latitude=latitude,
        longitude=longitude,
        country=country.iso3,
        connection=connection_answer(connection),
        warnings=caveats(near.warnings, notices),
    )
