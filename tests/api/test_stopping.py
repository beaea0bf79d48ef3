"""Computations off the event loop, only for as long as they are wanted, and not more than fit."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import copy_context
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from models.sizing.solution import Stopped
from service.app import create_app
from service.http.problems import ProblemError
from service.jobs.intake import Limits, take_sites
from service.operation.call import Call, check, enter
from service.schemas.batches import BatchOrder
from service.settings import Settings
from service.workers import Workers, side_by_side
from tests.api.requests import boden

SIMPLE: dict[str, Any] = boden(
    process={"id": "custom", "load_mw": 10.0},
    supply={"technologies": ["pv_tracking", "battery"], "clean_share": 0.8, "radius_km": 0},
)


class Endless:
    """Work that ends when it is told to."""

    def __init__(self) -> None:
        self.begun, self.ended = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        try:
            while True:
                check()
        finally:
            self.ended.set()


def waits(seconds: float, gone: asyncio.Event | None = None) -> Call:
    """A call whose caller leaves when the event says so."""

    async def receive() -> dict[str, Any]:
        await (gone or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    return Call("id", seconds, receive)


def kind_of(workers: Workers, call: Call, work: Callable[[], Any]) -> Any:
    async def run() -> str:
        enter(call)
        try:
            await workers.run(work)
        except ProblemError as problem:
            return problem.kind
        return ""

    return asyncio.create_task(run())


def test_a_deadline_stops_what_runs_and_what_waits() -> None:
    async def scenario() -> None:
        workers, work = Workers(1, 2), Endless()
        running = kind_of(workers, waits(0.3), work)
        waiting = kind_of(workers, waits(0.1), work)
        assert await waiting == "deadline-exceeded"
        assert not running.done()
        assert await running == "deadline-exceeded"
        assert work.ended.is_set()
        assert not workers._calls

    asyncio.run(scenario())


def test_a_caller_that_leaves_frees_its_place() -> None:
    async def scenario() -> None:
        workers, work, gone = Workers(1, 0), Endless(), asyncio.Event()
        running = kind_of(workers, waits(600.0, gone), work)
        await asyncio.to_thread(work.begun.wait)
        assert workers.full
        assert await kind_of(workers, waits(600.0), work) == "busy"
        gone.set()
        assert await running == "cancelled"
        assert work.ended.is_set()
        assert not workers.full
        assert await workers.run(lambda: 3) == 3

    asyncio.run(scenario())


def test_a_service_that_stops_takes_nothing_new_and_ends_what_runs() -> None:
    async def scenario() -> None:
        workers, work = Workers(2, 2), Endless()
        running = kind_of(workers, waits(600.0), work)
        await asyncio.to_thread(work.begun.wait)
        workers.drain()
        assert await kind_of(workers, waits(600.0), work) == "shutting-down"
        assert not running.done()
        workers.stop()
        assert await running == "shutting-down"

    asyncio.run(scenario())


def test_a_request_that_the_server_gives_up_ends() -> None:
    async def scenario() -> None:
        workers, work = Workers(1, 0), Endless()
        running = kind_of(workers, waits(600.0), work)
        await asyncio.to_thread(work.begun.wait)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert await asyncio.to_thread(work.ended.wait, 60.0)

    asyncio.run(scenario())


def test_errors_come_as_they_are() -> None:
    async def scenario() -> None:
        with pytest.raises(ZeroDivisionError):
            await Workers(1, 0).run(lambda: 1 / 0)

    asyncio.run(scenario())


def test_threads_side_by_side_are_stopped_too() -> None:
    async def scenario() -> None:
        done: list[int] = []
        begun = threading.Event()

        def item(number: int) -> None:
            begun.set()
            while number == 0:
                check()
            done.append(number)

        workers, gone = Workers(1, 0), asyncio.Event()
        running = kind_of(workers, waits(600.0, gone), lambda: side_by_side(item, [0] * 64))
        await asyncio.to_thread(begun.wait)
        gone.set()
        assert await running == "cancelled"
        assert done == []

    asyncio.run(scenario())


@asynccontextmanager
async def started(folder: Path, **settings: Any) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient]]:
    app = create_app(Settings(data_folder=folder, batch_workers=0, **settings))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://here", timeout=600.0) as client,
    ):
        yield app, client


def test_health_answers_while_uncertainty_is_computed(tmp_path: Path) -> None:
    """Four runs at once, each of many sizings: the loop turns all the while, which is counted and not timed."""
    asked = SIMPLE | {"options": {"uncertainty": {"samples": 64, "weather_years": [2009, 2010]}}}

    async def scenario() -> None:
        async with started(tmp_path, solver_threads=4) as (_, client):
            bodies = [asked | {"site": asked["site"] | {"name": str(number)}} for number in range(4)]
            runs = [asyncio.create_task(client.post("/v1/assessments", json=body)) for body in bodies]
            answered = 0
            while not any(run.done() for run in runs):
                assert (await client.get("/healthz/live")).status_code == 200
                answered += 1
                await asyncio.sleep(0.01)
            assert [(await run).status_code for run in runs] == [200] * 4
            assert answered >= 20

    asyncio.run(scenario())


@pytest.mark.parametrize("path", ["/v1/assessments", "/v1/comparisons", "/v1/profiles", "/v1/sizing"])
def test_every_route_that_computes_has_a_deadline(tmp_path: Path, path: str) -> None:
    bodies: dict[str, Any] = {
        "/v1/assessments": SIMPLE | {"options": {"uncertainty": True}},
        "/v1/comparisons": {"base": SIMPLE, "clean_shares": [0.5 + 0.01 * step for step in range(40)]},
        "/v1/profiles": {
            "site": SIMPLE["site"],
            "weather": {"source": "climatology", "years": list(range(2009, 2021))},
        },
        "/v1/sizing": {
            "load_mw": 1.0,
            "generators": [{"name": "sun", "capacity_factor": [0.0, 0.5, 1.0] * 2920, "annual_cost_usd_per_mw": 1.0}],
            "battery": {"annual_cost_usd_per_mwh": 1.0, "annual_cost_usd_per_mw": 1.0},
        },
    }

    async def scenario() -> None:
        async with started(tmp_path, request_seconds=0.001) as (app, client):
            answer = await client.post(path, json=bodies[path])
            assert answer.status_code == 504, answer.text
            assert answer.json()["type"].endswith("/deadline-exceeded")
            assert not app.state.workers._calls

    asyncio.run(scenario())


BATCH: dict[str, Any] = {
    "sites": [{"location": SIMPLE["site"]["location"]}] * 100,
    "defaults": {"process": SIMPLE["process"], "supply": SIMPLE["supply"]},
}


def test_batches_are_taken_in_within_the_deadline(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with started(tmp_path, request_seconds=0.001) as (app, client):
            for answer in (
                await client.post("/v1/batches", json=BATCH),
                await client.post("/v1/batches", files={"file": ("sites", b"lat,lon\n1,2\n" * 1000)}),
            ):
                assert answer.status_code == 504, answer.text
                assert answer.json()["type"].endswith("/deadline-exceeded")
            assert not app.state.intakes._calls

    asyncio.run(scenario())


def test_an_intake_ends_at_its_next_row() -> None:
    def taken() -> None:
        call = Call("id", 600.0)
        call.stop("gone")
        enter(call)
        take_sites(BATCH["sites"], BatchOrder.model_validate({"defaults": BATCH["defaults"]}), None, Limits(1000, 16))

    with pytest.raises(Stopped):
        copy_context().run(taken)


def idle() -> None:
    """Work that leaves the processor to others, until it is told to end."""
    while True:
        check()
        time.sleep(0.01)


def test_more_batches_than_can_wait_are_refused_and_computations_are_not(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with started(tmp_path, max_waiting=0) as (app, client):
            held = [kind_of(app.state.intakes, waits(600.0), idle) for _ in range(2)]
            while not app.state.intakes.full:
                await asyncio.sleep(0)
            refused = await client.post("/v1/batches", json=BATCH)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
            assert refused.json()["detail"] == "2 intakes are under way or waiting; try again shortly."
            assert (await client.post("/v1/assessments", json=SIMPLE)).status_code == 200
            app.state.intakes.stop()
            assert [await one for one in held] == ["shutting-down"] * 2

    asyncio.run(scenario())
