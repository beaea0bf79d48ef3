"""POST /v1/sizing."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request

from service.problems import PROBLEM_RESPONSES
from service.schemas.sizing import SizingAnswer, SizingRequest
from service.size import size

DAY = [0.0] * 6 + [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.9, 0.8, 0.7, 0.5, 0.3, 0.1] + [0.0] * 6
EXAMPLES: Any = {
    "one-day": {
        "summary": "One day of sun, a battery and hydrogen",
        "description": "A day that repeats: 24 hours. Send 8,760 or 8,784 values for a year, more for several.",
        "value": {
            "load_mw": 100.0,
            "hydrogen_load_mw": 20.0,
            "generators": [{"name": "solar", "capacity_factor": DAY, "annual_cost_usd_per_mw": 51346.83}],
            "battery": {"annual_cost_usd_per_mwh": 12000, "annual_cost_usd_per_mw": 25000},
            "hydrogen": {
                "electrolyser_annual_cost_usd_per_mw": 188715.78,
                "electrolyser_efficiency": 0.6217,
                "store_annual_cost_usd_per_mwh": 148.319,
                "turbine_annual_cost_usd_per_mw": 47718.67,
                "turbine_efficiency": 0.41,
            },
            "hourly": True,
        },
    }
}
router = APIRouter(prefix="/v1", tags=["Assess"], responses=PROBLEM_RESPONSES)


@router.post("/sizing", operation_id="size", summary="Size a system on your own hours and costs")
async def create_sizing(
    request: Request, body: Annotated[SizingRequest, Body(openapi_examples=EXAMPLES)]
) -> SizingAnswer:
    """The least-cost generators, battery, electrolyser, hydrogen store and turbine that serve a load hour by hour.

    Conventions: annual costs count once a year, operating costs are scaled by 8,760 over the hours; the electrolyser is
    sized on its input, the turbine on its output; one battery inverter bounds charging and discharging; storage is
    cyclic. `cost_usd_per_mwh` divides the objective by the electric load. The optimum is certified: `solution` holds
    the relative gap between primal and dual objective and the largest violation of a balance.
    """
    answer: SizingAnswer = await request.app.state.workers.run(size, body)
    return answer
