"""GET /v1/technologies and /v1/prices."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from service.http.described_problems import PROBLEM_RESPONSES
from service.http.tagged import NOT_MODIFIED, Tagged
from service.schemas.base import Lookup
from service.schemas.lookups import PriceList, TechnologyList
from service.uses.catalogue import price_list, technology_list

router = APIRouter(
    prefix="/v1", route_class=Tagged, tags=["Look up"], responses=NOT_MODIFIED | {422: PROBLEM_RESPONSES[422]}
)


class TechnologyLookup(Lookup):
    """Which year's costs."""

    cost_year: int = Field(default=2030, ge=2025, le=2050)


class PriceLookup(Lookup):
    """For which country."""

    country: str | None = Field(
        default=None, pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3; none: the world's."
    )


@router.get("/prices", operation_id="list_prices", summary="Prices of inputs and fuels by country")
def prices(asked: Annotated[PriceLookup, Query()]) -> PriceList:
    """Every price that `finance.prices` takes, with its band, source and date, and the carbon price; USD of 2025."""
    return price_list(asked.country)


@router.get("/technologies", operation_id="list_technologies", summary="Costs and lifetimes by year")
def technologies(asked: Annotated[TechnologyLookup, Query()]) -> TechnologyList:
    """Every parameter that `finance.costs` takes, with its default, band and source; real USD of 2025."""
    return technology_list(asked.cost_year)
