"""What a request may cost: the size of its body by route, the time to send it, the hours it asks to be sized."""

import asyncio
import uuid
from collections.abc import Collection, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import FieldProblem, ProblemError, problem_response
from service.weather import settings_in_use

BODY_METHODS = ("POST", "PUT", "PATCH")
DRAIN_FACTOR = 16


def check_work(sizings: int, hours: int, pointer: str) -> None:
    """Refuse more sizings of so many hours than one request may ask for, naming the field that asks."""
    most = settings_in_use().max_sized_hours
    if sizings == 1 or sizings * hours <= most:
        return
    detail = f"{sizings:,} sizings of {hours:,} hours are {sizings * hours:,}; one request may have {most:,} sized"
    raise ProblemError(
        "invalid-request",
        "1 field is wrong.",
        [FieldProblem(pointer=pointer, detail=detail, code="out_of_range")],
    )


class BodyLimit:
    """ASGI middleware: gives every request an id, and reads bodies whole, counted and timed.


    A body over the limit of its route is 413, one that does not arrive in time 408, one not declared as
    JSON (on the routes in `forms`: as a multipart form) 415. Memory stays within the limit, whatever `Content-Length`
    says: what is over is read and dropped, so that the caller sees the answer, up to `DRAIN_FACTOR` limits.
    """

    def __init__(
        self, app: ASGIApp, limits: Mapping[str, int], default: int, seconds: float, forms: Collection[str] = ()
    ) -> None:
        self.app, self.limits, self.default, self.seconds, self.forms = app, dict(limits), default, seconds, forms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        if scope["method"] not in BODY_METHODS:
            await self.app(scope, receive, send_with_id)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        limit = self.limits.get(path, self.default)
        try:
            async with asyncio.timeout(self.seconds):
                body = await _read(receive, limit)
        except TimeoutError:
            await problem_response(
                request_id, "body-timeout", f"The body did not arrive within {self.seconds:g} seconds."
            )(scope, receive, send_with_id)
            return
        if body is None:
            detail = f"The body may hold at most {limit:,} bytes here."
            await problem_response(request_id, "body-too-large", detail)(scope, receive, send_with_id)
            return
        wanted, known = ("multipart/form-data", _is_form) if path in self.forms else ("application/json", _is_json)
        if body and not known(scope):
            detail = f"Send the body with the header Content-Type: {wanted}."
            await problem_response(request_id, "unsupported-media-type", detail)(scope, receive, send_with_id)
            return
        await self.app(scope, _replay(body, receive), send_with_id)


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The body, or None where it is over the limit."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(chunks)
        size += len(message.get("body", b""))
        if size <= limit:
            chunks.append(message.get("body", b""))
        else:
            chunks.clear()
        if not message.get("more_body", False) or size > DRAIN_FACTOR * limit:
            return b"".join(chunks) if size <= limit else None


def _media_type(scope: Scope) -> str:
    declared: bytes = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    return declared.decode("latin-1").partition(";")[0].strip().lower()


def _is_form(scope: Scope) -> bool:
    return _media_type(scope) == "multipart/form-data"


def _is_json(scope: Scope) -> bool:
    media_type = _media_type(scope)
    return media_type == "application/json" or (media_type.startswith("application/") and media_type.endswith("+json"))


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out the body once, then what the server says (a disconnect)."""
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
