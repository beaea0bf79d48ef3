"""Wiring and nothing else: settings in, application out."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.gzip import GZipMiddleware

from geodata import user_data
from service.access import installing as access
from service.answer.version import MODEL_VERSION
from service.api import (
    assessments,
    batches,
    comparisons,
    datasets,
    grid,
    health,
    processes,
    profiles,
    projects,
    sizing,
    technologies,
    weather,
)
from service.case import facts
from service.http import description, handling
from service.http.head import HeadAsGet
from service.http.limits import BodyLimit, Sizes
from service.http.tagged import LEAST_ZIPPED
from service.jobs.office import Office
from service.operation import install as operation
from service.operation.results import Results
from service.settings import Settings, environment_settings
from service.supply.weather import use
from service.uses.batching import Batching
from service.uses.watching import Watching
from service.web import pages
from service.workers import Workers

DESCRIPTION = """
Could this industrial process run on clean power at this place, and at what cost? Post a site and a process;
the hourly supply is modelled, wind, sun and storage are sized exactly, and the answer states demand, supply,
cost and CO2 with the source and the band of every figure. It works offline, on data that ship with it.

Start with **POST /v1/assessments** and one of its worked examples. Figures are real US dollars of 2025, UTC
hours, MW of alternating current; hydrogen at its lower heating value. Errors are problem details (RFC 9457)
that name every wrong field at once; what the answer does not know stands in its `warnings`, with stable codes.
Only a closed service asks for a key (**Authorize**); an open one needs none.
"""
INTAKES_AT_ONCE = 2  # of batches
EXPORTS_AT_ONCE = 2  # files of results
TAGS = [
    {"name": "Assess", "description": "One site and one process; or your own hours and costs."},
    {"name": "Batches", "description": "Many sites, in the background."},
    {"name": "Weather", "description": "Your own weather files."},
    {"name": "Look up", "description": "The grid nearby, the catalogue of processes, technology costs, data sets."},
    {"name": "Health", "description": "For load balancers and operators."},
]


def _load_late() -> None:
    """What is not waited for: it is there before a caller can ask, or is loaded by the first who does."""
    facts.load_late()
    pages.load()


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application. Embedded data are loaded when it starts, before `/healthz/ready` says so."""
    settings = settings or environment_settings()
    use(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await anyio.to_thread.run_sync(facts.load)
        office = Office(settings)
        app.state.batching = Batching(office)
        app.state.watching = Watching(app.state.batching, batches.EVENT_SECONDS)
        with operation.running(settings):
            office.start()
            app.state.ready = True
            threading.Thread(target=_load_late, name="load-late", daemon=True).start()
            yield
            app.state.ready = False
            await anyio.to_thread.run_sync(office.stop)

    app = FastAPIOffline(
        title="Sitewatt",
        version=MODEL_VERSION,
        summary="Clean power for industry, anywhere: how much, from which hours, at what cost.",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        lifespan=lifespan,
        root_path=settings.root_path,
        docs_url="/docs" if settings.docs else None,
        redoc_url=None,
        favicon_url="web/icon.svg",  # beside /docs, whatever the prefix
        telemetry={"tracing": False, "metrics": False, "logs": False},  # `service/operation/tracing.py` says why
        swagger_ui_parameters={
            "validatorUrl": None,
            "tryItOutEnabled": True,
            "displayRequestDuration": True,
            "defaultModelsExpandDepth": 0,
        },
    )
    if settings.data_dir is not None:
        user_data.use(settings.data_dir)
    app.state.ready = False
    app.state.workers = Workers(settings.solver_threads, settings.max_waiting)
    app.state.intakes = Workers(INTAKES_AT_ONCE, settings.max_waiting, "intakes")  # they may wait for a database
    app.state.results = Results(settings.result_cache_bytes)
    app.state.exports = Workers(EXPORTS_AT_ONCE, settings.max_waiting)
    handling.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_ZIPPED, compresslevel=5)
    app.add_middleware(HeadAsGet)
    app.add_middleware(
        BodyLimit,
        limits={
            "/v1/sizing": Sizes(json=settings.max_sizing_bytes),
            "/v1/weather": Sizes(form=settings.max_upload_bytes),
            "/v1/batches": Sizes(json=settings.max_batch_bytes, form=settings.max_upload_bytes),
        },
        default=settings.max_assessment_bytes,
        seconds=settings.body_timeout_seconds,
        most_held=settings.max_bodies_bytes,
    )
    for module in (
        assessments,
        batches,
        comparisons,
        profiles,
        sizing,
        weather,
        grid,
        projects,
        processes,
        technologies,
        datasets,
        health,
    ):
        app.include_router(module.router)
    description.install(app)
    app.include_router(pages.router(settings.embed_origins))
    access.install(app, settings)
    operation.install(app, settings)  # last: the outermost middleware
    return app
