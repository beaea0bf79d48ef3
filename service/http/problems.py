"""Errors as RFC 9457 problem details: every wrong field at once, no echo of the input, nothing leaked."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette._utils import get_route_path
from starlette.exceptions import HTTPException

from service.access.routes import methods_of

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

LONGEST_DETAIL = 500  # characters: the longest list of what is known, the items of prices, has 390
MOST_NAMED = 1000  # of wrong fields: an answer must not be many times the request
KEY_TAG = "[key]"  # where the library puts a wrong key of a mapping
RANGE_ERRORS = {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}
CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "finite_number": "not_finite",
    "json_invalid": "malformed",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "literal_error": "unknown_value",
    "union_tag_invalid": "unknown_value",
    "too_short": "wrong_length",
    "too_long": "wrong_length",
    "string_too_long": "wrong_length",
    "string_too_short": "wrong_length",
}


def problem_response(
    request_id: str, kind: str, detail: str, errors: Sequence[FieldProblem] = (), headers: Any = None
) -> JSONResponse:
    """The HTTP answer for one problem."""
    body = problem_of(ProblemError(kind, detail, errors), request_id)
    return JSONResponse(body.model_dump(), body.status, headers=headers, media_type=PROBLEM_JSON)


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


def pointer_of(location: Sequence[int | str], body: object) -> str:
    """JSON Pointer of a pydantic error location: union tags, which the body does not hold, are left out."""
    parts: list[str] = []
    here = body
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if isinstance(here, Mapping):
            if part not in here and (not last or part == KEY_TAG):
                continue
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part] if part < len(here) else None
        elif isinstance(here, list | str | int | float | bool) or here is None:
            continue
        parts.append(str(part).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{part}" for part in parts)


def request_error(error: ValidationError, body: object) -> RequestValidationError:
    """What a model says of a body, as the framework says it."""
    located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
    return RequestValidationError(located, body=body)


def field_problems(error: RequestValidationError) -> list[FieldProblem]:
    """The wrong fields of a request, each pointer once per code, without the values sent."""
    found: dict[tuple[str, str], FieldProblem] = {}
    for item in error.errors():
        where, *location = item["loc"]
        pointer = pointer_of(location, error.body) if where == "body" else f"/{location[0]}" if location else ""
        kind = item["type"]
        code = CODES.get(kind, "wrong_type" if kind.endswith(("_type", "_parsing")) else kind)
        found.setdefault((pointer, code), FieldProblem(pointer=pointer, detail=_message(item, pointer), code=code))
    return list(found.values())


PATTERNS = {  # of the schemas, in words
    "^[A-Z]{3}$": "must be three capital letters, a country of ISO 3166",
    "^20[0-9]{2}-(0[1-9]|1[0-2])$": "must be a month such as 2030-01",
    "^[a-z][a-z0-9_]{0,39}$": "must be small letters, digits and _, a letter first, at most 40",
}


def _message(item: Mapping[str, Any], pointer: str) -> str:
    """The library's message, or our own where the range reads better as a range."""
    *_, parent, name = ["", "body", *pointer.split("/")[1:]]
    if name.isdecimal():
        name = f"{parent}[{name}]"
    if item["type"] == "extra_forbidden":
        return "this field is not known here; see the schema in /docs"
    if item["type"] == "missing" and item["msg"] == "Field required":
        return f"{name} is required"
    if item["type"] in RANGE_ERRORS:
        return f"{name} {item['msg'].removeprefix('Input ')}"
    message: str = item["msg"]
    if item["type"] == "string_pattern_mismatch":
        pattern = message.removeprefix("String should match pattern '").removesuffix("'")
        return PATTERNS.get(pattern, message)
    return shorten(message.removeprefix("Value error, "), LONGEST_DETAIL, placeholder=" ...")


def request_id_of(request: Request) -> str:
    """The id given to this request by the middleware, or a fresh one."""
    return getattr(request.state, "request_id", None) or str(uuid.uuid4())


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        if any(item["type"] == "json_invalid" for item in error.errors()):
            return problem_response(request_id_of(request), "malformed-body", "The body is not valid JSON.")
        errors = field_problems(error)
        detail = "1 field is wrong." if len(errors) == 1 else f"{len(errors):,} fields are wrong."
        if len(errors) > MOST_NAMED:
            detail += f" The first {MOST_NAMED:,} are named."
        return problem_response(request_id_of(request), "invalid-request", detail, errors[:MOST_NAMED])

    @app.exception_handler(ProblemError)
    async def problem(request: Request, error: ProblemError) -> JSONResponse:
        headers = {"Retry-After": "10"} if TITLES[error.kind][0] == 503 else None
        if error.kind == "rate-limited":
            headers = {"Retry-After": str(getattr(error, "retry_after", 1))}
        return problem_response(request_id_of(request), error.kind, error.detail, error.errors, headers)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        kind = KIND_OF_STATUS.get(error.status_code, "internal-error")
        if error.status_code == 400:
            cause = error.__cause__
            if isinstance(cause, ValueError) and not isinstance(
                cause, UnicodeError
            ):  # Python refuses to read integers of over 4,300 digits
                wrong = FieldProblem(pointer="", detail="a number has too many digits", code="out_of_range")
                return problem_response(request_id_of(request), "invalid-request", "1 field is wrong.", [wrong])
            form = request.headers.get("content-type", "").startswith("multipart/")
            detail = "The form has too many parts, or a field is too long." if form else "The body is not JSON."
            return problem_response(request_id_of(request), "malformed-body", detail)
        headers = dict(error.headers or {})
        if error.status_code == 405 and (methods := methods_of(get_route_path(request.scope))):
            headers["Allow"] = ", ".join(methods)  # the framework names those of the first route alone
        return problem_response(request_id_of(request), kind, TITLES[kind][1] + ".", headers=headers)

    @app.exception_handler(Exception)
    async def bug(request: Request, error: Exception) -> JSONResponse:
        request_id = request_id_of(request)
        log.error("the request failed", exc_info=error, extra={"request_id": request_id})
        guarding = getattr(request.state, "guarding", {})  # the middlewares that add these lie inside of this handler
        headers = guarding | {"X-Request-ID": request_id}
        detail = "The error was logged under the request id."
        return problem_response(request_id, "internal-error", detail, headers=headers)


def _documented(status: int, description: str) -> dict[str, Any]:
    """A problem as the API's description shows it, with an example of its own status."""
    content: dict[str, Any] = {"schema": {"$ref": "#/components/schemas/Problem"}}
    if status != 422:  # the model's own example
        kind = "busy" if status == 503 else KIND_OF_STATUS[status]
        content["example"] = {
            "type": TYPE_BASE + kind,
            "title": TITLES[kind][1],
            "status": status,
            "detail": description,
            "request_id": EXAMPLE_ID,
            "errors": [],
        }
    return {"model": Problem, "description": description, "content": {PROBLEM_JSON: content}}


def refusal(status: int, description: str) -> dict[str, Any]:
    """A problem as a part of the API's description, without the framework's own."""
    return {"description": description, "content": _documented(status, description)["content"]}


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: _documented(status, description)
    for status, description in {
        400: "The body is not JSON.",
        408: "The body did not arrive in time.",
        413: "The body is over the limit.",
        415: "The body is not declared as JSON, or for files as a multipart form.",
        422: "One or more fields are wrong, each is named; or no system can serve the demand.",
        503: "Too many computations are waiting; Retry-After says when to come back.",
        504: "The answer takes longer than a request may.",
    }.items()
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: _documented(404, "There is nothing of this id.")}
NOT_ACCEPTABLE: dict[int | str, dict[str, Any]] = {406: _documented(406, "No form that the Accept header allows.")}
STORAGE: dict[int | str, dict[str, Any]] = {507: _documented(507, "The storage for uploads is full.")}
