"""POST /v1/sizing."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import SkipValidation

from service.access.costs import sizing_units
from service.http.computing import computed, written
from service.http.described_problems import PROBLEM_RESPONSES
from service.schemas.examples.sizing import SIZING_EXAMPLES
from service.schemas.sizing import SizingRequest
from service.schemas.sizing_answer import SizingAnswer
from service.uses.size import size

router = APIRouter(prefix="/v1", tags=["Assess"], responses=PROBLEM_RESPONSES)


@router.post(
    "/sizing", operation_id="size", summary="Size a system on your own hours and costs", response_model=SizingAnswer
)
async def create_sizing(
    request: Request, body: Annotated[SizingRequest, SkipValidation, Body(openapi_examples=SIZING_EXAMPLES)]
) -> Response:
    """The least-cost system that serves loads of electricity, hydrogen and heat hour by hour.

    What may be built: generators (beside those that are there, or firm supply at a price), a battery, electrolyser,
    hydrogen store and turbine, a heater or heat pump with a thermal store, a grid connection; the load itself may shift
    or go unserved at a price. A part that is null or absent is left out.

    Conventions: annual costs count once a year, operating costs are scaled by 8,760 over the hours; electrolyser and
    heater are sized on their input, the turbine on its output; one battery inverter bounds charging and discharging;
    storage is cyclic. `cost_usd_per_mwh` divides the objective by the electric load. The optimum is certified:
    `solution` holds the relative gap between primal and dual objective and the largest violation of a balance. Where
    there is none, the problem says which need cannot be met and by how much.
    """
    return await computed(request, body, SizingRequest, size, written, units=sizing_units)
