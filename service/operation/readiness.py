"""What a service rests on, looked at one by one: what fails keeps requests away, what is degraded does not."""

from typing import Any, Literal

from pydantic import Field

from service.http.problems import FieldProblem, ProblemError
from service.operation.folders import writable
from service.schemas.base import Response

Name = Literal["data", "database", "storage", "computations"]
Status = Literal["ok", "degraded", "failed"]


class Check(Response):
    """One thing that answers rest on."""

    name: Name
    status: Status
    detail: str = Field(description="In words; empty where all is well.")


def readiness(state: Any) -> list[Check]:
    """The checks of an application by its `state`; the database is asked, so this may take seconds."""
    if not state.ready:
        detail = "The embedded data are still being loaded, or the service is being stopped."
        return [Check(name="data", status="failed", detail=detail)]
    office = state.batching.office
    room = writable(office.settings.data_folder)
    return [
        Check(name="data", status="ok", detail=""),
        _check("database", office.ready(), "failed", "The database of batches does not answer."),
        _check("storage", room, "degraded", "Nothing can be stored in the data folder."),
        _check("computations", not state.workers.full, "degraded", "The queue is full: what computes is answered 503."),
    ]


def not_ready(checks: list[Check]) -> None:
    """Raise ProblemError where a check failed."""
    failed = [check for check in checks if check.status == "failed"]
    if failed:
        wrong = [FieldProblem(pointer=f"/checks/{one.name}", detail=one.detail, code="failed") for one in failed]
        raise ProblemError("not-ready", " ".join(one.detail for one in failed), wrong)


def _check(name: Name, good: bool, otherwise: Status, detail: str) -> Check:
    return Check(name=name, status="ok" if good else otherwise, detail="" if good else detail)
