"""Where Prometheus reads: `/metrics` of the service, or a port of its own that the public does not reach."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest, start_http_server

from service.operation.metrics import REGISTRY


def router() -> APIRouter:
    """The route `/metrics`; it is no part of the API that is described."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/metrics")
    def exposed() -> Response:
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return routes


def listen(host: str, port: int) -> Callable[[], Any]:
    """Serve them on a port of their own; what ends that. Raises OSError where it is taken."""
    server, thread = start_http_server(port, host, registry=REGISTRY)

    def close() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return close
