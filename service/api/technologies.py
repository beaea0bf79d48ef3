"""GET /v1/technologies."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from service.catalogue import technology_list
from service.problems import PROBLEM_RESPONSES
from service.schemas.base import Lookup
from service.schemas.lookups import TechnologyList

router = APIRouter(prefix="/v1", tags=["Look up"], responses={422: PROBLEM_RESPONSES[422]})


class TechnologyLookup(Lookup):
    """Which year's costs."""

    cost_year: int = Field(default=2030, ge=2025, le=2050)


@router.get("/technologies", operation_id="list_technologies", summary="Costs and lifetimes by year")
def technologies(asked: Annotated[TechnologyLookup, Query()]) -> TechnologyList:
    """Every parameter that `finance.costs` takes, with its default, band and source; real USD of 2025."""
    return technology_list(asked.cost_year)
