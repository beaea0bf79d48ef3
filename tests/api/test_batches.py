"""Batches over HTTP: in by JSON, file and region; out in five forms; equal to single assessments."""

import asyncio
import csv
import io
import json
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event, Semaphore, Thread
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
import shapely
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from service.access.tenants import acting_for
from service.api.batches import FILES
from service.http.problems import ProblemError
from service.jobs.headline import flat, headline
from service.jobs.records import Batch
from service.schemas.assessment import AssessmentRequest
from service.uses.assess import assess
from service.uses.batching import Batching
from service.uses.watching import Watching
from tests.api.batch_calls import (
    DEFAULTS,
    SITES,
    SQUARE,
    URL,
    pointers,
    post,
    rows_of,
    serving,
    site,
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    yield from serving(tmp_path_factory)


@pytest.fixture(scope="module")
def finished(client: TestClient) -> str:
    """The path of a batch that is over."""
    answer = post(client, sites=SITES, headers={"Idempotency-Key": "once"})
    path = answer.headers["location"]
    with client.stream("GET", f"{path}/events") as stream:
        events = [line for line in stream.iter_lines() if line.startswith(("event:", "data:"))]
    assert events[-2] == "event: end"
    assert json.loads(events[-1].removeprefix("data: "))["status"] == "successful"
    return str(path)


def test_streams_are_taken_up_again(client: TestClient, finished: str) -> None:
    """Rows after a number; the end of a batch is told to whoever asks, whatever was seen last."""
    rows = [json.loads(line) for line in client.get(f"{finished}/results?after=2&status=ok").text.splitlines()]
    assert [row["number"] for row in rows] == [4, 5]
    again = client.get(f"{finished}/events", headers={"Last-Event-ID": "5-successful"}).text
    assert again.count("event: end") == 1
    assert "id: 5-successful" in again


def test_head_of_a_batch_sends_nothing_and_ends(client: TestClient, finished: str) -> None:
    long = post(client, sites=[site(f"s{n}", 10.0 + n / 50, 50.0) for n in range(300)]).headers["location"]
    head = client.head(f"{long}/events")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"].startswith("text/event-stream")
    for only in ("stop", "delete"):
        client.delete(long, params={"only": only})
    for form in ("jsonl", "csv", "parquet"):
        head = client.head(f"{finished}/results?f={form}")
        assert (head.status_code, head.content) == (200, b"")


def test_all_who_follow_a_batch_share_a_look(
    client: TestClient, finished: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    batching: Batching = client.app.state.batching  # type: ignore[attr-defined]  # an application
    looks, get = [], batching.get

    def counted(batch_id: str) -> Batch:
        looks.append(batch_id)
        return get(batch_id)

    monkeypatch.setattr(batching, "get", counted)
    batch_id = finished.rpartition("/")[2]

    async def follow() -> None:
        watching = Watching(batching, 0.05)
        leaves = asyncio.create_task(watching.look(batch_id))
        asyncio.get_running_loop().call_soon(leaves.cancel)
        found = await asyncio.gather(leaves, *(watching.look(batch_id) for _ in range(20)), return_exceptions=True)
        assert isinstance(found[0], asyncio.CancelledError)
        assert {batch.id for batch in found[1:] if isinstance(batch, Batch)} == {batch_id}
        assert looks == [batch_id]
        while len(looks) == 1:
            await asyncio.sleep(0)
            assert (await watching.look(batch_id)).id == batch_id
        with pytest.raises(ProblemError):
            await watching.look("none")
        with acting_for("another"), pytest.raises(ProblemError):
            await watching.look(batch_id)

    asyncio.run(follow())


@pytest.mark.slow
def test_a_batch_equals_single_assessments(client: TestClient, finished: str) -> None:
    rows = rows_of(client, finished)
    assert [row["site_id"] for row in rows] == [item["site_id"] for item in SITES]
    for row, item in zip(rows, SITES, strict=True):
        own = {name: item.get(name, {}) for name in ("process", "supply", "weather")}
        request = {
            "site": {name: item[name] for name in ("location", "name") if name in item},
            "process": DEFAULTS["process"] | own["process"],
            "supply": DEFAULTS["supply"] | own["supply"],
            "weather": own["weather"],
        }
        single = client.post("/v1/assessments", json=request)
        if row["status"] == "failed":
            assert single.status_code == row["problem"]["status"] == 422
            assert single.json()["detail"] == row["problem"]["detail"]
            assert single.json()["errors"] == row["problem"]["errors"]
            continue
        assert row["assessment"] == json.loads(json.dumps(headline(assess(AssessmentRequest.model_validate(request)))))
        cost = single.json()["cost"]
        assert row["assessment"]["cost"] == {name: cost[name] for name in row["assessment"]["cost"]}
        assert row["assessment"]["supply"]["generators"].keys() == {
            g["name"] for g in single.json()["supply"]["generators"]
        }
    assert [row["status"] for row in rows] == ["ok", "ok", "failed", "ok", "ok"]


@pytest.mark.slow
def test_status_ranks_and_links(client: TestClient, finished: str) -> None:
    batch = client.get(finished).json()
    assert batch["progress"] == batch["progress"] | {"total": 5, "done": 5, "failed": 1, "seconds_left": 0.0}
    assert all(client.get(link["href"]).status_code == 200 for link in batch["links"])
    ranked = rows_of(client, finished, order="rank")
    scores = [row["assessment"]["score"]["total"] for row in ranked[:4]]
    assert scores == sorted(scores, reverse=True)
    assert [row["rank"] for row in ranked] == [1, 2, 3, 4, None]
    cost = "cost.levelised_cost_of_clean_power_usd_per_mwh"
    cheap = rows_of(client, finished, order="rank", rank_by=cost)[:4]
    costs = [row["assessment"]["cost"][cost.removeprefix("cost.")] for row in cheap]
    assert costs == sorted(costs)
    demand = "demand.electricity_mwh_per_year"
    first = rows_of(client, finished, order="rank", rank_by=demand, descending=True, limit=1)
    assert [row["site_id"] for row in first] == ["duisburg"]
    assert len(rows_of(client, finished, status="failed")) == 1


@pytest.mark.slow
def test_forms_of_results(client: TestClient, finished: str) -> None:
    rows = rows_of(client, finished)
    values = flat(rows[1]["assessment"])
    table = client.get(f"{finished}/results", headers={"Accept": "text/csv"})
    assert "Accept" in table.headers["vary"].split(", ")
    assert "attachment" in table.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(table.text)))
    assert lines[0]["site_id"] == "'=cmd()"  # a spreadsheet shows it and does not run it
    assert all(lines[1][name] == ("" if value is None else str(value)) for name, value in values.items())
    assert lines[2]["status"] == "failed"
    assert "wind_offshore" in lines[2]["problem"]
    features = client.get(f"{finished}/results?f=geojson").json()["features"]
    assert features[1]["geometry"]["coordinates"] == [6.73, 51.48]
    assert features[1]["properties"] | values == features[1]["properties"]
    parquet = pq.read_table(io.BytesIO(client.get(f"{finished}/results?f=parquet").content))
    geo = json.loads(parquet.schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    record = parquet.to_pylist()[1]
    assert shapely.from_wkb(record["geometry"]).coords[0] == (6.73, 51.48)
    assert {name: record[name] for name in values} == values
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{finished}/results?f=xlsx").content))
    cells = list(book["results"].iter_rows(values_only=True))
    assert cells[1][0] == "'=cmd()"
    assert dict(zip(cells[0], cells[2], strict=True))["cost.low"] == pytest.approx(values["cost.low"])
    assert book["results"].cell(2, 1).data_type == "s"
    assert client.get(f"{finished}/results", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.slow
def test_a_database_that_leaves_during_an_export_is_said_and_leaves_no_file(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("SELECT", {}, OSError("away"))

    path = client.post(URL, json={"sites": SITES[:1], "defaults": DEFAULTS}).headers["location"]
    monkeypatch.setitem(FILES, "parquet", away)
    monkeypatch.setattr("service.api.batches.NamedTemporaryFile", partial(NamedTemporaryFile, dir=tmp_path))
    answer = client.get(f"{path}/results?f=parquet")
    assert answer.status_code == 503
    assert list(tmp_path.iterdir()) == []
    client.delete(path)


@pytest.mark.slow
def test_files_of_results_are_made_two_at_a_time(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are asked for: what else needs a thread finds one."""
    path = client.post(URL, json={"sites": SITES[:1], "defaults": DEFAULTS}).headers["location"]
    inside, release, most = Semaphore(0), Event(), []

    def slow(_: Any, file: Path) -> None:
        most.append(1)
        inside.release()
        release.wait(60.0)
        file.write_bytes(b"x")

    monkeypatch.setitem(FILES, "xlsx", slow)
    asking = [Thread(target=client.get, args=(f"{path}/results?f=xlsx",)) for _ in range(45)]
    for thread in asking:
        thread.start()
    for _ in range(2):
        assert inside.acquire(timeout=60.0)
    assert client.get(path).status_code == 200  # by a thread that they leave free
    assert client.get("/healthz/ready").status_code == 200
    assert len(most) == 2
    release.set()
    for thread in asking:
        thread.join()
    assert 34 <= len(most) <= 45  # two, 32 that waited; the others were told to come back, or came late
    client.delete(path)


def test_idempotency_key(client: TestClient, finished: str) -> None:
    again = post(client, sites=SITES, headers={"Idempotency-Key": "once"})
    assert again.headers["location"] == finished
    other = post(client, 422, sites=SITES[:1], headers={"Idempotency-Key": "once"})
    assert other.json()["type"].endswith("key-reused")


@pytest.mark.slow
def test_dismissal(client: TestClient) -> None:
    path = post(client, sites=[site(f"s{n}", 10.0 + n / 50, 50.0) for n in range(300)]).headers["location"]
    while client.get(path).json()["progress"]["done"] < 4:
        time.sleep(0.1)
    rows = rows_of(client, path)  # while it runs
    assert 4 <= len(rows) < 300
    assert client.delete(path).json()["status"] == "dismissed"
    done = client.get(path).json()["progress"]["done"]
    time.sleep(1.5)
    assert client.get(path).json()["progress"]["done"] == done == len(rows_of(client, path))
    assert client.delete(path).status_code == 200
    assert client.get(path).status_code == client.get(f"{path}/results").status_code == 404
    assert client.get(f"{path}/events").status_code == client.delete(path).status_code == 404


def test_a_batch_that_is_over_is_not_deleted_by_who_stops_it(client: TestClient, finished: str) -> None:
    refused = client.delete(finished, params={"only": "stop"})
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "other-state")
    assert len(rows_of(client, finished)) == 5
    assert pointers(client.delete(finished, params={"only": "end"})) == ["/only"]
    assert pointers(client.delete(finished, params={"onyl": "stop"})) == ["/onyl"]
    assert client.get(finished).status_code == 200
    long = post(client, sites=[site(f"s{n}", 10.0 + n / 50, 50.0) for n in range(300)]).headers["location"]
    assert client.delete(long, params={"only": "delete"}).status_code == 409
    assert client.delete(long, params={"only": "stop"}).json()["status"] == "dismissed"
    assert client.delete(long, params={"only": "delete"}).status_code == 200
    assert client.get(long).status_code == 404


def test_region(client: TestClient) -> None:
    answer = client.post(URL, json={"region": {"area": SQUARE, "spacing_km": 10.0}, "defaults": DEFAULTS})
    assert answer.status_code == 202
    assert answer.json()["progress"]["total"] == 42  # 6 rows of 7: 55.6 by 66 km at 10 km, from half a step on
    client.delete(answer.headers["location"])
    client.delete(answer.headers["location"])
    world = {"type": "Polygon", "coordinates": [[[-80, -50], [80, -50], [80, 50], [-80, 50], [-80, -50]]]}
    wrong = client.post(URL, json={"region": {"area": world, "spacing_km": 1.0}, "defaults": DEFAULTS})
    assert pointers(wrong) == ["/region/spacing_km"]


def test_pages(client: TestClient) -> None:
    made = [post(client, sites=SITES[:1]).headers["location"] for _ in range(3)]
    ids = [path.rpartition("/")[2] for path in reversed(made)]
    page = client.get(f"{URL}?limit=2").json()
    assert [batch["batch_id"] for batch in page["batches"]] == ids[:2]
    rest = client.get(URL, params={"cursor": page["next_cursor"]}).json()
    assert rest["batches"][0]["batch_id"] == ids[2]
    assert rest["next_cursor"] is None
    for path in made * 2:
        client.delete(path)
