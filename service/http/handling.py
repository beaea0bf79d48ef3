"""Every error of the application as a problem."""

import logging
from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette._utils import get_route_path
from starlette.exceptions import HTTPException

from service.access.routes import methods_of
from service.http.problems import (
    KIND_OF_STATUS,
    TITLES,
    FieldProblem,
    ProblemError,
    number_wrong,
    problem_response,
    request_id_of,
    wrong_field,
)
from service.http.wrong_fields import field_problems

MOST_NAMED = 1000  # of wrong fields: an answer must not be many times the request
log = logging.getLogger("sitewatt")


def _of_many(errors: Sequence[FieldProblem]) -> str:
    """What is said where not all are named."""
    return f" The first {MOST_NAMED:,} are named." if len(errors) > MOST_NAMED else ""


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        if any(item["type"] == "json_invalid" for item in error.errors()):
            return problem_response(request_id_of(request), "malformed-body", "The body is not valid JSON.")
        errors = field_problems(error)
        detail = number_wrong(len(errors)) + _of_many(errors)
        return problem_response(request_id_of(request), "invalid-request", detail, errors[:MOST_NAMED])

    @app.exception_handler(ProblemError)
    async def problem(request: Request, error: ProblemError) -> JSONResponse:
        headers = {"Retry-After": "10"} if TITLES[error.kind][0] == 503 else None
        if error.kind == "rate-limited":
            headers = {"Retry-After": str(getattr(error, "retry_after", 1))}
        detail = error.detail + _of_many(error.errors)
        return problem_response(request_id_of(request), error.kind, detail, error.errors[:MOST_NAMED], headers)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        kind = KIND_OF_STATUS.get(error.status_code, "internal-error")
        if error.status_code == 400:
            cause = error.__cause__
            if isinstance(cause, ValueError) and not isinstance(
                cause, UnicodeError
            ):  # Python refuses to read integers of over 4,300 digits
                wrong = wrong_field("", "a number has too many digits", "out_of_range")
                return problem_response(request_id_of(request), wrong.kind, wrong.detail, wrong.errors)
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
