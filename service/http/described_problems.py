"""Problems as the API's description shows them."""

from typing import Any

from service.http.problems import EXAMPLE_ID, KIND_OF_STATUS, PROBLEM_JSON, TITLES, TYPE_BASE, Problem


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
OTHER_STATE: dict[int | str, dict[str, Any]] = {409: _documented(409, "It is not in the state that `only` is for.")}
STORAGE: dict[int | str, dict[str, Any]] = {507: _documented(507, "The storage for uploads is full.")}
