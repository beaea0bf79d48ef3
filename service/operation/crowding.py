"""ASGI middleware: how many requests are answered at once.

It stands inside of the headers that guard every answer and of CORS, so that a page of another host can read a refusal.
"""

from starlette._utils import get_route_path
from starlette.types import ASGIApp, Receive, Scope, Send

from service.http.problems import problem_response
from service.operation import metrics

PROBES = ("/healthz/", "/metrics")


class Crowd:
    """`most` requests are answered at once, what is beyond is 503; probes are always answered."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app, self.most = app, most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or get_route_path(scope).startswith(PROBES):
            await self.app(scope, receive, send)
            return
        if self._inside >= self.most:
            metrics.REFUSALS.labels("requests").inc()
            detail = f"{self.most:,} requests are being answered; try again shortly."
            headers = {"Retry-After": "10"}
            await problem_response(scope["state"]["request_id"], "busy", detail, headers=headers)(scope, receive, send)
            return
        self._inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._inside -= 1
