"""ASGI middleware: how many requests are answered at once, and how many streams of events stay open beside them.

It stands inside of the headers that guard every answer and of CORS, so that a page of another host can read a refusal.
"""

import re
from typing import Literal

from starlette._utils import get_route_path
from starlette.types import ASGIApp, Receive, Scope, Send

from service.http.problems import problem_response
from service.operation import metrics

PROBES = ("/healthz/", "/metrics")
STREAM = re.compile(r"/v1/batches/[^/]+/events")
Kind = Literal["requests", "streams"]
REFUSALS: dict[Kind, str] = {"requests": "{} requests are being answered", "streams": "{} streams are open"}


class Crowd:
    """`most` requests and `streams` are answered at once, what is beyond is 503; probes are always answered.

    A stream stays for as long as its batch runs, and would keep others out for as long if it took their place.
    """

    def __init__(self, app: ASGIApp, most: int, streams: int) -> None:
        self.app = app
        self._most: dict[Kind, int] = {"requests": most, "streams": streams}
        self._inside: dict[Kind, int] = {"requests": 0, "streams": 0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = get_route_path(scope) if scope["type"] == "http" else ""
        if not path or path.startswith(PROBES):
            await self.app(scope, receive, send)
            return
        kind: Kind = "streams" if STREAM.fullmatch(path) else "requests"
        if self._inside[kind] >= self._most[kind]:
            metrics.REFUSALS.labels(kind).inc()
            detail = REFUSALS[kind].format(f"{self._most[kind]:,}") + "; try again shortly."
            headers = {"Retry-After": "10"}
            await problem_response(scope["state"]["request_id"], "busy", detail, headers=headers)(scope, receive, send)
            return
        self._inside[kind] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._inside[kind] -= 1
