"""What every problem holds, and which fields it names."""

from typing import Any


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem in the response, checked for its form."""
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["type"].rpartition("/")[2]
    assert body["request_id"] == response.headers["x-request-id"]
    return body


def pointers(body: dict[str, Any]) -> set[str]:
    return {error["pointer"] for error in body["errors"]}
