"""POST /v1/assessments."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import SkipValidation

from service.access.costs import assessment_units
from service.http.computing import computed, written
from service.http.described_problems import PROBLEM_RESPONSES
from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.schemas.examples import examples
from service.uses import repeating
from service.uses.assess import assess

router = APIRouter(prefix="/v1", tags=["Assess"], responses=PROBLEM_RESPONSES)


@router.post(
    "/assessments", operation_id="assess", summary="Assess one site and one process", response_model=Assessment
)
async def create_assessment(
    request: Request, body: Annotated[AssessmentRequest, SkipValidation, Body(openapi_examples=examples())]
) -> Response:
    """Electricity demand, hourly supply, a sized system, its cost, the grid nearby and CO2 of one process at one site.

    Synchronous; the optimum is exact over every hour of the year. Only `site.location` and `process.id` are required:
    the answer's `input` shows every default as used, its `provenance` the source of every figure.
    """
    return await computed(
        request, body, AssessmentRequest, assess, written, repeatable=repeating.assessment, units=assessment_units
    )
