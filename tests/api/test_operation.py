"""What an operator sees: ids, logs without places, metrics by route, readiness; what a caller may keep."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from service.app import create_app
from service.operation.folders import look
from service.operation.metrics import REGISTRY
from service.settings import Settings
from tests.api.ready import wait_until_ready
from tests.api.requests import boden, sizing

PLACE = {"latitude": 65.8312345, "longitude": 21.6912345}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_folder=tmp_path_factory.mktemp("watched"), metrics="main", batch_workers=0)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        wait_until_ready(client)
        yield client


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_the_callers_id_comes_back(client: TestClient) -> None:
    answer = client.get("/v1/processes", headers={"X-Request-ID": "mine-1"})
    assert answer.headers.get_list("x-request-id") == ["mine-1"]
    problem = client.post("/v1/sizing", json={}, headers={"X-Request-ID": "mine-2"})
    assert problem.json()["request_id"] == problem.headers["x-request-id"] == "mine-2"


def test_a_bug_answers_with_its_id(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.api.datasets.dataset_list", lambda: 1 / 0)
    problem = client.get("/v1/datasets", headers={"X-Request-ID": "mine-3"})
    assert problem.status_code == 500
    assert problem.headers["x-request-id"] == problem.json()["request_id"] == "mine-3"
    assert problem.headers["x-content-type-options"] == "nosniff"
    assert problem.headers["cache-control"] == "no-store"


def test_logs_hold_the_route_and_no_place(watched: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        watched.get("/v1/grid/nearest", params=PLACE, headers={"Authorization": "Bearer very-secret"})
        watched.get("/v1/batches/3f8b1e0a-52c4-4d0e-9f0e-5b0f4a6c7d21")
        watched.post(
            "/v1/profiles", json={"site": {"location": {"type": "Point", "coordinates": [21.69123, 65.83123]}}}
        )
        watched.get("/no/such/place/65.8312345")
    ours = [record for record in caplog.records if record.name.startswith("sitewatt")]
    routes = [record.__dict__.get("route") for record in ours if record.name == "sitewatt.access"]
    assert routes == ["/v1/grid/nearest", "/v1/batches/{batch_id}", "/v1/profiles", "unmatched"]
    text = " ".join(str(record.__dict__) for record in ours)
    for secret in ("65.83", "21.69", "very-secret", "3f8b1e0a"):
        assert secret not in text


def test_metrics_by_route_template(watched: TestClient) -> None:
    counted = {"method": "GET", "route": "/v1/processes/{process_id}", "status": "404"}
    before = value("sitewatt_requests_total", **counted)
    for name in ("a", "b", "c"):
        watched.get(f"/v1/processes/{name}")
    assert value("sitewatt_requests_total", **counted) == before + 3
    for path in ("/x/1", "/x/2", "/wp-admin.php"):
        watched.get(path)
    watched.request("BREW", "/v1/processes")
    exposed = list(text_string_to_metric_families(watched.get("/metrics").text))
    labels = {name: set() for name in ("route", "method")}
    for family in exposed:
        for sample in family.samples:
            for name, kept in labels.items():
                kept.add(sample.labels.get(name, ""))
    known = {getattr(route, "path", "") for route in watched.app.routes}  # type: ignore[attr-defined]  # an application
    known |= set(watched.get("/openapi.json").json()["paths"])
    assert {route for route in labels["route"] if route.startswith(("/v1", "/x", "/wp"))} <= known
    assert "other" in labels["method"]
    assert "BREW" not in labels["method"]
    assert {"process_resident_memory_bytes", "sitewatt_computations"} <= {family.name for family in exposed}


def test_sizings_are_counted(watched: TestClient) -> None:
    found = {"solver": "interior_point", "outcome": "optimal"}
    before = value("sitewatt_sizings_total", **found)
    timed = value("sitewatt_sizing_seconds_count", solver="interior_point")
    assert watched.post("/v1/sizing", json=sizing(load_mw=11.5)).status_code == 200
    assert value("sitewatt_sizings_total", **found) == before + 1
    assert value("sitewatt_sizing_seconds_count", solver="interior_point") == timed + 1
    assert watched.post("/v1/sizing", json=sizing(load_mw=11.5, generators=[])).status_code == 422


def test_metrics_are_off_unless_set(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_the_same_again_comes_from_memory(watched: TestClient) -> None:
    first = watched.post("/v1/assessments", json=boden(process__id="steel-scrap-eaf"))
    second = watched.post("/v1/assessments", json=boden(process__id="steel-scrap-eaf"))
    assert first.headers["cache-status"] == "sitewatt; fwd=uri-miss; stored"
    assert second.headers["cache-status"] == "sitewatt; hit"
    assert int(second.headers["age"]) >= 0
    assert first.headers["etag"] == second.headers["etag"]
    assert first.content == second.content
    other = watched.post("/v1/assessments", json=boden(process__id="steel-scrap-eaf", process__utilisation=0.8))
    assert other.headers["etag"] != first.headers["etag"]


def test_what_may_change_is_not_kept(watched: TestClient) -> None:
    named = {"weather__source": "nasa_power"}  # it fails here: nothing listens
    settings = Settings(nasa_power_url="http://127.0.0.1:9/", weather_retries=0, batch_workers=0)
    with TestClient(create_app(settings)) as offline:
        before = value("sitewatt_weather_source_failures_total", source="nasa_power")
        answer = offline.post("/v1/assessments", json=boden(process__id="steel-scrap-eaf", **named))
    assert answer.headers["cache-status"] == "sitewatt; fwd=uri-miss"
    assert value("sitewatt_weather_source_failures_total", source="nasa_power") > before
    create_app(watched.app.state.batching.office.settings)  # type: ignore[attr-defined]  # its settings hold again


@pytest.mark.parametrize(
    "path", ["/v1/processes", "/v1/processes/ammonia", "/v1/technologies", "/v1/datasets", "/v1/prices"]
)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_look_ups_have_a_strong_tag(client: TestClient, path: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get(path, headers=headers)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    again = client.get(path, headers=headers | {"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers=headers | {"If-None-Match": '"other"'}).content == first.content


HEADED = ["/", "/docs", "/openapi.json", "/web/places?query=Boden", "/healthz/live", "/v1/processes", "/v1/datasets"]
HEADED += [
    "/v1/processes/ammonia",
    "/v1/processes/none",
    "/v1/batches",
    "/v1/weather/none",
    "/v1/grid/nearest",
    "/none",
]


@pytest.mark.parametrize("path", HEADED)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_head_is_get_without_the_body(client: TestClient, path: str, encoding: str) -> None:
    sent = {"Accept-Encoding": encoding, "X-Request-ID": "mine-7"}
    whole, head = client.get(path, headers=sent), client.head(path, headers=sent)
    assert head.content == b""
    assert head.status_code == whole.status_code
    assert dict(head.headers) == dict(whole.headers)
    if "etag" in whole.headers:
        assert client.head(path, headers=sent | {"If-None-Match": whole.headers["etag"]}).status_code == 304


def test_head_is_counted_by_route_and_not_described(client: TestClient) -> None:
    counted = {"method": "HEAD", "route": "/v1/processes/{process_id}", "status": "200"}
    before = value("sitewatt_requests_total", **counted)
    client.head("/v1/processes/ammonia")
    assert value("sitewatt_requests_total", **counted) == before + 1
    refused = client.head("/v1/assessments")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert client.put("/v1/batches").headers["allow"] == "GET, HEAD, POST"
    assert not any("head" in operations for operations in client.get("/openapi.json").json()["paths"].values())


def test_an_answer_that_changed_has_another_tag(client: TestClient) -> None:
    one = client.get("/v1/grid/nearest", params=PLACE).headers["etag"]
    two = client.get("/v1/grid/nearest", params=PLACE | {"k": 2}).headers["etag"]
    assert one != two


def test_too_many_requests_at_once(tmp_path: Path) -> None:
    page = "https://partner.example"
    app = create_app(
        Settings(data_folder=tmp_path, max_requests=1, max_streams=1, batch_workers=0, cors_origins=(page,))
    )
    with TestClient(app) as client:
        wait_until_ready(client)
        middleware = app.middleware_stack
        while type(middleware).__name__ != "Crowd":
            middleware = middleware.app  # type: ignore[union-attr]  # a chain of middleware
        middleware._inside["requests"] = 1
        refused = client.get("/v1/processes", headers={"Origin": page})
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        assert refused.headers["x-content-type-options"] == "nosniff"
        assert refused.headers["access-control-allow-origin"] == page
        assert refused.headers["x-request-id"] == refused.json()["request_id"]
        assert client.get("/healthz/live").status_code == 200
        stream = "/v1/batches/none/events"
        assert client.get(stream).status_code == 404  # streams take no place of requests, nor requests of streams
        middleware._inside |= {"requests": 0, "streams": 1}
        assert client.get("/v1/processes").status_code == 200
        refused = client.get(stream)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        assert refused.json()["detail"] == "1 streams are open; try again shortly."
        assert middleware._inside == {"requests": 0, "streams": 1}


def test_bodies_that_are_too_many(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data_folder=tmp_path, max_bodies_bytes=100, batch_workers=0))) as client:
        wait_until_ready(client)
        refused = client.post("/v1/sizing", json=sizing())
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        assert refused.json()["type"].endswith("/busy")
        assert client.post("/v1/sizing", json={}).status_code == 422


def test_a_data_folder_that_cannot_be_made_is_named_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    with (
        caplog.at_level(logging.WARNING, "sitewatt"),
        TestClient(create_app(Settings(data_folder=file / "sitewatt", batch_workers=0))) as client,
    ):
        while "cannot be opened" not in caplog.text:
            time.sleep(0.05)
        refused = client.get("/v1/batches")
        assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (503, "storage-unavailable")
        assert client.get("/v1/processes").status_code == 200
        file.unlink()
        wait_until_ready(client)
    said = [record.getMessage() for record in caplog.records if record.name == "sitewatt"]
    assert said == [
        f"SITEWATT_DATA_FOLDER: {file}/sitewatt cannot be made or written: no batches, uploads, and fetched weather is "
        "not kept; let this user write there, or name another",
        f"the database of batches in {file}/sitewatt cannot be opened: NotADirectoryError; "
        "batches answer 503 until it can",
        "the database of batches is open",
    ]


def test_a_folder_of_layers_that_is_none_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    look(Settings(data_folder=tmp_path, data_dir=tmp_path / "later"))
    assert caplog.text == ""
    look(Settings(data_folder=tmp_path, data_dir=tmp_path / "file"))
    assert f"SITEWATT_DATA_DIR: {tmp_path}/file cannot be read as a folder" in caplog.text


def test_a_data_folder_that_cannot_be_written_degrades(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    url = f"sqlite:///{tmp_path / 'batches.sqlite'}"
    settings = Settings(data_folder=tmp_path / "file", database_url=url, batch_workers=0)
    with TestClient(create_app(settings)) as client:
        wait_until_ready(client)
        ready = client.get("/healthz/ready").json()
        assert ready["status"] == "degraded"
        assert [one["name"] for one in ready["checks"] if one["status"] != "ok"] == ["storage"]
