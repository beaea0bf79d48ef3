"""Health: alive without any work; ready when the embedded data are loaded and what answers rest on is there."""

from typing import Literal

import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import Field

from service.http.described_problems import PROBLEM_RESPONSES
from service.operation.readiness import Check, not_ready, readiness
from service.schemas.base import Response

router = APIRouter(prefix="/healthz", tags=["Health"])


class Health(Response):
    """How the service is."""

    status: Literal["ok"]


class Readiness(Response):
    """Whether requests should come here. Degraded: they should, and something is not as it ought to be."""

    status: Literal["ok", "degraded"]
    checks: list[Check] = Field(description="What was looked at.")


@router.get("/live", operation_id="live", summary="Is the process alive?")
async def live() -> Health:
    """Answers as long as the process runs, whatever it depends on: another start mends no dependency."""
    return Health(status="ok")


@router.get("/ready", operation_id="ready", summary="Can it take requests?", responses={503: PROBLEM_RESPONSES[503]})
async def ready(request: Request) -> Readiness:
    """Answers 503 until the embedded data are loaded, while the database of batches is away, and while it stops.

    The problem's `errors` name the checks that failed. What is degraded and does not stand in the way is 200.
    """
    checks = await anyio.to_thread.run_sync(readiness, request.app.state)
    not_ready(checks)
    return Readiness(status="ok" if all(check.status == "ok" for check in checks) else "degraded", checks=checks)
