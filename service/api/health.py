"""Health: alive without any work; ready when the embedded data are loaded."""

from typing import Literal

import anyio.to_thread
from fastapi import APIRouter, Request

from service.http.problems import ProblemError
from service.schemas.base import Response

router = APIRouter(prefix="/healthz", tags=["Health"])


class Health(Response):
    """How the service is."""

    status: Literal["ok"]


@router.get("/live", operation_id="live", summary="Is the process alive?")
async def live() -> Health:
    """Answers as long as the process runs."""
    return Health(status="ok")


@router.get("/ready", operation_id="ready", summary="Can it take requests?")
async def ready(request: Request) -> Health:
    """Answers 503 until the embedded data are loaded, and while the database of batches is away."""
    if not request.app.state.ready:
        raise ProblemError("not-ready", "The embedded data are still being loaded.")
    if not await anyio.to_thread.run_sync(request.app.state.batching.office.ready):
        raise ProblemError("not-ready", "The database of batches does not answer.")
    return Health(status="ok")
