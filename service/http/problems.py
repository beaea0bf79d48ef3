"""Errors as RFC 9457 problem details: every wrong field at once, no echo of the input, nothing leaked."""

import json
import logging
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

PROBLEM_JSON = "application/problem+json"
TYPE_BASE = "https://sitewatt.example/problems/"
EXAMPLE_ID = "0d5f2a58-6f0a-4a39-9d0e-3c9d3f1e1c55"
log = logging.getLogger("sitewatt")


class FieldProblem(BaseModel):
    """One wrong field."""

    model_config = ConfigDict(frozen=True)
    pointer: str = Field(description="JSON Pointer (RFC 6901) to the field; empty for the whole body.")
    detail: str = Field(description="What is wrong, and what would be right.")
    code: str = Field(description="Stable code of the kind of error.")
    site_id: str | None = Field(
        default=None, exclude_if=lambda site_id: site_id is None, description="Of a row of a batch that is refused."
    )


class Problem(BaseModel):
    """Problem details (RFC 9457), media type `application/problem+json`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": TYPE_BASE + "invalid-request",
                    "title": "The request is not valid",
                    "status": 422,
                    "detail": "1 field is wrong.",
                    "request_id": EXAMPLE_ID,
                    "errors": [
                        {
                            "pointer": "/site/location/coordinates/0",
                            "detail": "longitude must lie between -180 and 180",
                            "code": "out_of_range",
                        }
                    ],
                }
            ]
        }
    )
    type: str = Field(description="URI that identifies the kind of problem.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="HTTP status.")
    detail: str = Field(description="This occurrence in words.")
    request_id: str = Field(description="Quote it when reporting the problem.")
    errors: list[FieldProblem] = Field(description="Every wrong field; empty where no field is to blame.")


class ProblemResponse(JSONResponse):
    """A problem as bytes; half a surrogate pair in a name that a caller sent stays written out, as JSON can."""

    media_type = PROBLEM_JSON

    def render(self, content: Any) -> bytes:
        """JSON in UTF-8."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8", "backslashreplace")


class ProblemError(Exception):
    """A problem on its way to the caller: raise it anywhere in the service."""

    def __init__(self, kind: str, detail: str, errors: Sequence[FieldProblem] = ()) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors = kind, detail, list(errors)


TITLES: Mapping[str, tuple[int, str]] = {
    "invalid-request": (422, "The request is not valid"),
    "malformed-body": (400, "The body cannot be read"),
    "body-too-large": (413, "The body is too large"),
    "body-timeout": (408, "The body did not arrive in time"),
    "unsupported-media-type": (415, "The body is of a media type not taken here"),
    "unknown-host": (400, "This host is not served here"),
    "unauthorized": (401, "A key is needed"),
    "forbidden": (403, "The key does not allow this"),
    "rate-limited": (429, "Too much was asked in a short time"),
    "not-found": (404, "There is nothing at this address"),
    "not-acceptable": (406, "The answer does not come in this form"),
    "method-not-allowed": (405, "The method is not allowed here"),
    "other-state": (409, "The state it is in does not allow this"),
    "key-reused": (422, "The idempotency key was sent with another request"),
    "site-ends-worker": (500, "This site ended the process that assessed it"),
    "infeasible": (422, "No system within the stated limits can serve this demand"),
    "unbounded": (422, "The stated prices would earn money without limit"),
    "cancelled": (499, "The caller left before the answer"),
    "deadline-exceeded": (504, "The answer takes longer than a request may"),
    "shutting-down": (503, "This service is stopping"),
    "not-ready": (503, "Not ready yet"),
    "busy": (503, "Too many computations are waiting"),
    "storage-full": (507, "There is no room to store this"),
    "storage-unavailable": (503, "The storage cannot be written"),
    "solver-failed": (500, "No solver reached a certified optimum"),
    "internal-error": (500, "Something broke on our side"),
}
KIND_OF_STATUS = {status: kind for kind, (status, _) in reversed(list(TITLES.items()))} | {422: "invalid-request"}
KIND_OF_STATUS[400] = "malformed-body"


def wrong_field(pointer: str, detail: str, code: str) -> ProblemError:
    """The problem of a request of which one field is wrong."""
    return ProblemError("invalid-request", number_wrong(1), [FieldProblem(pointer=pointer, detail=detail, code=code)])


def number_wrong(count: int) -> str:
    """How many fields are wrong, in words."""
    return "1 field is wrong." if count == 1 else f"{count:,} fields are wrong."


def problem_response(
    request_id: str, kind: str, detail: str, errors: Sequence[FieldProblem] = (), headers: Any = None
) -> ProblemResponse:
    """The HTTP answer for one problem."""
    body = problem_of(ProblemError(kind, detail, errors), request_id)
    return ProblemResponse(body.model_dump(), body.status, headers=headers)


def problem_of(error: ProblemError, request_id: str) -> Problem:
    """A problem's details."""
    status, title = TITLES[error.kind]
    return Problem(
        type=TYPE_BASE + error.kind,
        title=title,
        status=status,
        detail=error.detail,
        request_id=request_id,
        errors=error.errors,
    )


def titled(kind: str, detail: str, errors: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A problem that stands in a row of results, not in an answer of its own."""
    status, title = TITLES[kind]
    return {"type": TYPE_BASE + kind, "title": title, "status": status, "detail": detail, "errors": list(errors)}


def request_id_of(request: Request) -> str:
    """The id given to this request by the middleware, or a fresh one."""
    return getattr(request.state, "request_id", None) or str(uuid.uuid4())
