"""POST /v1/comparisons."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import SkipValidation

from service.access.costs import comparison_units
from service.http.computing import computed, written
from service.http.described_problems import PROBLEM_RESPONSES
from service.http.problems import request_id_of
from service.schemas.comparisons import Comparison, ComparisonRequest
from service.schemas.examples.comparisons import COMPARISON_EXAMPLES
from service.uses import repeating
from service.uses.comparing import compare

router = APIRouter(prefix="/v1", tags=["Assess"], responses=PROBLEM_RESPONSES)


@router.post(
    "/comparisons",
    operation_id="compare",
    summary="Compare processes, designs and clean shares at one site",
    response_model=Comparison,
)
async def create_comparison(
    request: Request, body: Annotated[ComparisonRequest, SkipValidation, Body(openapi_examples=COMPARISON_EXAMPLES)]
) -> Response:
    """One site against several processes, or one process with several supply designs and clean shares, side by side.

    Every process with every design at every clean share is a case, and so is each alternative, a JSON merge patch on
    the base; at most 64. Each is assessed as POST /v1/assessments does, the facts of the place gathered once. The
    answer holds headline figures, differences to the first case, scores, and ranks by cost and by score. A case that
    cannot be assessed is a row with a problem; the others stand.
    """
    use = partial(compare, request_id=request_id_of(request))
    return await computed(
        request, body, ComparisonRequest, use, written, repeatable=repeating.comparison, units=comparison_units
    )
