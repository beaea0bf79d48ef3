"""The wiring of this room: headers outermost, then CORS, the crowd, then the gate, before any body is read."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from service.access import describing
from service.access.gate import Gate
from service.access.guarding import Guard
from service.operation.crowding import Crowd
from service.settings import Settings

SENT = ["Authorization", "X-API-Key", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID"]
SENT += ["X-Request-ID", "traceparent"]
READ = ["Location", "Retry-After", "ETag", "X-Request-ID", "RateLimit", "RateLimit-Policy", "Content-Disposition"]


def install(app: FastAPI, settings: Settings) -> None:
    """Close the application, or leave it open, as the settings say. Call it after every other middleware."""
    app.add_middleware(Gate, settings=settings)
    app.add_middleware(Crowd, most=settings.max_requests, streams=settings.max_streams)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "HEAD", "POST", "DELETE"],
            allow_headers=SENT,
            expose_headers=READ,
            max_age=600,
        )
    app.add_middleware(Guard, settings=settings)
    describing.install(app, closed=settings.access == "closed")
