"""The outermost middleware: every request gets an id and a deadline, is counted, timed, traced and logged.

What is logged is the route's template, never the path or the query string: they hold ids and places.
"""

import logging
import time
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.operation import metrics, tracing
from service.operation.call import Call, enter
from service.operation.crowding import PROBES
from service.operation.request_id import request_id

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
UNMATCHED = "unmatched"
log = logging.getLogger("sitewatt.access")


class Observed:
    """`seconds` is what a request may take."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app, self.seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        call = Call(request_id(scope["headers"]), self.seconds, receive)
        scope.setdefault("state", {})["request_id"] = call.request_id
        enter(call)
        started, answer = time.perf_counter(), {"status": 500, "bytes": 0}

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", call.request_id.encode())]
                answer["status"] = message["status"]
            elif message["type"] == "http.response.body":
                answer["bytes"] += len(message.get("body", b""))
            try:
                await send(message)
            except RuntimeError as error:
                if "the handler is closed" not in str(error):  # uvloop's words for a caller who has hung up: no bug
                    raise

        method = scope["method"] if scope["method"] in METHODS else "other"
        metrics.IN_FLIGHT.inc()
        with tracing.request_span(method, Headers(scope=scope)) as note:
            try:
                await self.app(scope, receive, counted)
            finally:
                metrics.IN_FLIGHT.dec()
                route, seconds = _route(scope), time.perf_counter() - started
                metrics.REQUESTS.labels(method, route, str(answer["status"])).inc()
                metrics.LATENCY.labels(method, route).observe(seconds)
                note(route=route, status=answer["status"])
                _logged(method, route, answer, seconds)


def _route(scope: Scope) -> str:
    """The template of the route that answered, as in /v1/batches/{batch_id}; a fixed word where there is none."""
    route = scope.get("route")
    template: Any = getattr(route, "path_format", None) or getattr(route, "path", None)
    return template if isinstance(template, str) and template else UNMATCHED


def _logged(method: str, route: str, answer: dict[str, int], seconds: float) -> None:
    level = logging.DEBUG if route.startswith(PROBES) and answer["status"] < 400 else logging.INFO
    told = {"method": method, "route": route, "ms": round(1e3 * seconds, 1), **answer}
    log.log(level, "request", extra=told)
