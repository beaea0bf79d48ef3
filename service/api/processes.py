"""GET /v1/processes and one process."""

from typing import Annotated

from fastapi import APIRouter, Path

from service.http.described_problems import NOT_FOUND, PROBLEM_RESPONSES
from service.http.tagged import NOT_MODIFIED, Tagged
from service.schemas.lookups import ProcessDetail, ProcessList
from service.uses.catalogue import process_detail, process_list

router = APIRouter(prefix="/v1", route_class=Tagged, tags=["Look up"], responses=NOT_MODIFIED)


@router.get("/processes", operation_id="list_processes", summary="The catalogue of processes")
def processes() -> ProcessList:
    """Every process with its unit of size, default size and specific electricity."""
    return process_list()


@router.get(
    "/processes/{process_id}",
    operation_id="get_process",
    summary="One process",
    responses=NOT_FOUND | {422: PROBLEM_RESPONSES[422]},
)
def process(process_id: Annotated[str, Path(max_length=64, examples=["steel-h2-dri-eaf"])]) -> ProcessDetail:
    """Steps with low, central and high, source and status; parameters with their bounds; conventional routes."""
    return process_detail(process_id)
