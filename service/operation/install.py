"""The operator's side of one application: what is added to it, what begins and ends with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from geodata.datasets import data_version
from service.answer.version import MODEL_VERSION
from service.operation import exposition, folders, metrics, tracing
from service.operation.observing import Observed
from service.settings import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """Add the outermost middleware and, where it is set so, `/metrics`. To be called after all other middleware."""
    if settings.metrics == "main":
        app.include_router(exposition.router())
    app.add_middleware(Observed, seconds=settings.request_seconds)


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """Traces and metrics for as long as the application runs."""
    folders.look(settings)
    metrics.INFO.labels(MODEL_VERSION, data_version()).set(1)
    close = exposition.listen(settings.metrics_host, settings.metrics_port) if settings.metrics == "port" else None
    if settings.traces:
        tracing.begin()
    try:
        yield
    finally:
        tracing.end()
        if close is not None:
            close()
