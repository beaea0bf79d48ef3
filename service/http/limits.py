"""What a request may cost: the size of its body by route, the time to send it, the hours it asks to be sized."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.problems import problem_response, wrong_field
from service.http.room import FullError, Held, Share
from service.supply.weather import settings_in_use

BODY_METHODS = ("POST", "PUT", "PATCH")
DRAIN_FACTOR = 16
FORM = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Most bytes of a body on a route, as JSON and as a multipart form; None where it is not taken so."""

    json: int | None = None
    form: int | None = None

    def of(self, media_type: str) -> int:
        """The limit of a body; of one that is not taken, the largest, for it is read before it is refused."""
        own = self.form if media_type == FORM else self.json
        return own or max(self.json or 0, self.form or 0)

    def refusal(self, media_type: str) -> str | None:
        """What to send instead; None where this is taken."""
        if (self.form and media_type == FORM) or (self.json and _is_json(media_type)):
            return None
        return " or ".join(name for name, size in (("application/json", self.json), (FORM, self.form)) if size)


def check_work(sizings: int, hours: int, pointer: str) -> None:
    """Refuse more sizings of so many hours than one request may ask for, naming the field that asks."""
    most = settings_in_use().max_sized_hours
    if sizings == 1 or sizings * hours <= most:
        return
    detail = f"{sizings:,} sizings of {hours:,} hours are {sizings * hours:,}; one request may have {most:,} sized"
    raise wrong_field(pointer, detail, "out_of_range")


class BodyLimit:
    """ASGI middleware: reads bodies whole, counted and timed.

    A body over the limit of its route is 413, one that does not arrive in time 408, one declared as what the route does
    not take 415. Memory stays within the limit, whatever `Content-Length` says: what is over is read and dropped, so
    that the caller sees the answer, up to `DRAIN_FACTOR` limits; what says that it is larger is refused unread.
    All bodies that are held at once may come to `most_held` bytes: what is over is 503.
    """

    def __init__(self, app: ASGIApp, limits: Mapping[str, Sizes], default: int, seconds: float, most_held: int) -> None:
        self.app, self.limits, self.default, self.seconds = app, dict(limits), Sizes(json=default), seconds
        self.held = Held(most_held)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in BODY_METHODS:
            await self.app(scope, receive, send)
            return
        with self.held.share() as share:
            try:
                await self._with_body(scope, receive, send, share)
            except FullError:
                detail = "The bodies of other requests take all the room there is; try again shortly."
                await problem_response(_id(scope), "busy", detail, headers={"Retry-After": "10"})(scope, receive, send)

    async def _with_body(self, scope: Scope, receive: Receive, send: Send, share: Share) -> None:
        request_id = _id(scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        sizes, media_type = (
            self.limits.get(path, self.default),
            _header(scope, b"content-type").partition(";")[0].strip(),
        )
        limit = sizes.of(media_type)
        try:
            async with asyncio.timeout(self.seconds):
                body = None if _claims(scope) > DRAIN_FACTOR * limit else await _read(receive, limit, share)
        except TimeoutError:
            await problem_response(
                request_id, "body-timeout", f"The body did not arrive within {self.seconds:g} seconds."
            )(scope, receive, send)
            return
        if body is None:
            detail = f"The body may hold at most {limit:,} bytes here."
            await problem_response(request_id, "body-too-large", detail, headers={"Connection": "close"})(
                scope, receive, send
            )
            return
        wanted = sizes.refusal(media_type)
        if body and wanted is not None:
            detail = f"Send the body with the header Content-Type: {wanted}."
            await problem_response(request_id, "unsupported-media-type", detail)(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)


async def _read(receive: Receive, limit: int, share: Share) -> bytes | None:
    """The body, or None where it is over the limit. Raises FullError where all bodies together are over theirs."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(chunks)
        size += len(message.get("body", b""))
        if size <= limit:
            share.take(len(message.get("body", b"")))
            chunks.append(message.get("body", b""))
        else:
            chunks.clear()
            share.give_back()
        if not message.get("more_body", False) or size > DRAIN_FACTOR * limit:
            return b"".join(chunks) if size <= limit else None


def _id(scope: Scope) -> str:
    found: str = scope.get("state", {}).get("request_id", "")
    return found


def _header(scope: Scope, wanted: bytes) -> str:
    value: bytes = next((value for name, value in scope["headers"] if name == wanted), b"")
    return value.decode("latin-1").strip().lower()


def _claims(scope: Scope) -> int:
    """What Content-Length says, 0 where it says nothing."""
    length = _header(scope, b"content-length")
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else 0


def _is_json(media_type: str) -> bool:
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
