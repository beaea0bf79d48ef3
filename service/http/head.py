"""ASGI middleware: HEAD is answered as GET, without the body (RFC 9110, 9.3.2): the same status, length and tag."""

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EVENTS = "text/event-stream"
NOTHING = {"type": "http.response.body", "body": b"", "more_body": False}


class HeadAsGet:
    """It stands outside of what zips, so that the length is that of the bytes that GET would send."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        asked: Scope = {**scope, "method": "GET"}  # a copy: the server is to see HEAD
        with anyio.CancelScope() as answering:

            async def without_body(message: Message) -> None:
                if message["type"] == "http.response.start":
                    await send(message)
                    if Headers(raw=message["headers"]).get("content-type", "").startswith(EVENTS):
                        await send(NOTHING)
                        answering.cancel()  # events have no end to wait for
                elif not message.get("more_body", False) and not answering.cancel_called:
                    await send(NOTHING)

            await self.app(asked, receive, without_body)
        if "route" in asked:
            scope["route"] = asked["route"]  # for metrics and logs
