"""Look-ups with a strong ETag of what they answer: who has it already is told so, 304, and nothing is sent."""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

LEAST_ZIPPED = 2_000  # bytes; `app.py` zips from there on
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "What `If-None-Match` names still holds."}}


def matches(sent: str | None, tag: str) -> bool:
    """Whether `If-None-Match` names the tag; compared as weak ones are (RFC 9110, 13.1.2)."""
    named = [one.strip().removeprefix("W/") for one in (sent or "").split(",")]
    return "*" in named or tag.removeprefix("W/") in named


class Tagged(APIRoute):
    """A route whose answers to GET have an ETag."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's, and the tag."""
        handler = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            response = await handler(request)
            body = getattr(response, "body", None)
            if request.method != "GET" or response.status_code != 200 or not isinstance(body, bytes):
                return response
            tag = _tag(request, body)
            if matches(request.headers.get("if-none-match"), tag):
                kept = {name: value for name, value in response.headers.items() if name in ("vary", "retry-after")}
                return Response(status_code=304, headers=kept | {"ETag": tag})
            response.headers["ETag"] = tag
            return response

        return tagged


def _tag(request: Request, body: bytes) -> str:
    """One for each form in which the bytes are sent."""
    zipped = len(body) >= LEAST_ZIPPED and "gzip" in request.headers.get("accept-encoding", "")
    return f'"{hashlib.sha256(body).hexdigest()[:40]}{"-gzip" if zipped else ""}"'
