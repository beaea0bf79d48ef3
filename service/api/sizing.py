"""POST /v1/sizing."""

from fastapi import APIRouter, Request

from service.problems import PROBLEM_RESPONSES
from service.schemas.sizing import SizingAnswer, SizingRequest
from service.size import size

router = APIRouter(prefix="/v1", tags=["Assess"], responses=PROBLEM_RESPONSES)


@router.post("/sizing", operation_id="size", summary="Size a system on your own hours and costs")
async def create_sizing(request: Request, body: SizingRequest) -> SizingAnswer:
    """The least-cost generators, battery, electrolyser, hydrogen store and turbine that serve a load hour by hour.

    Conventions: annual costs count once a year, operating costs are scaled by 8,760 over the hours; the electrolyser is
    sized on its input, the turbine on its output; one battery inverter bounds charging and discharging; storage is
    cyclic. `cost_usd_per_mwh` divides the objective by the electric load. The optimum is certified: `solution` holds
    the relative gap between primal and dual objective and the largest violation of a balance.
    """
    answer: SizingAnswer = await request.app.state.workers.run(size, body)
    return answer
