"""GET /v1/grid/nearest."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.http.described_problems import PROBLEM_RESPONSES
from service.http.tagged import NOT_MODIFIED, Tagged
from service.schemas.grid import GridLookup, NearestGrid
from service.uses.nearest import nearest_grid

router = APIRouter(
    prefix="/v1", route_class=Tagged, tags=["Look up"], responses=NOT_MODIFIED | {422: PROBLEM_RESPONSES[422]}
)


@router.get("/grid/nearest", operation_id="nearest_grid", summary="Lines, substations and plants near a place")
def nearest(asked: Annotated[GridLookup, Query()]) -> NearestGrid:
    """The nearest transmission line, substation and power plant, with the band of each distance, source and date.

    A connection joins the cheaper of the nearest line and the nearest substation whose voltage carries the power.
    """
    return nearest_grid(asked)
