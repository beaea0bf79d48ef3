"""Batches that are wrong: everything is named, and what is too much is refused."""

import base64
import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.batch_calls import DEFAULTS, SITES, SQUARE, URL, pointers, post, rows_of, serving, site, upload


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    yield from serving(tmp_path_factory)


def test_everything_wrong_is_named(client: TestClient) -> None:
    unknown = post(client, 422, sites=[SITES[0]], rank_by="cost.power_cost_usd_per_tonne")
    assert pointers(unknown) == ["/rank_by"]
    wrong = post(client, 422, sites=[SITES[0], site("b", 200.0, 95.0), 7], rank_by="a;b", webhook="theirs")
    assert pointers(wrong) == ["/rank_by"]
    wrong = post(client, 422, sites=[SITES[0], site("b", 200.0, 95.0), 7])
    assert pointers(wrong) == ["/sites/1/location/coordinates/0", "/sites/1/location/coordinates/1", "/sites/2"]
    assert pointers(post(client, 422, sites=SITES, webhook="theirs")) == ["/webhook"]
    assert pointers(post(client, 422, sites=SITES, region={"area": SQUARE})) == ["/sites"]
    assert pointers(post(client, 422)) == ["/sites"]
    assert pointers(post(client, 422, sites=[])) == ["/sites"]
    assert pointers(post(client, 422, sites=SITES, defaults={"process": {"id": "x"}})) == ["/defaults/process/id"]
    assert pointers(client.get(f"{URL}?cursor=x")) == ["/cursor"]
    assert client.post(URL, content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert client.post(URL, content=b"x", headers={"Content-Type": "text/csv"}).status_code == 415


def test_of_many_wrong_rows_a_thousand_are_told(client: TestClient) -> None:
    """Of a file of 20 kB: refused, and skipped; an answer is not many times the request."""
    text = "latitude,longitude\n" + "x,y\n" * 1500
    form = {"defaults": json.dumps(DEFAULTS)}
    refused = client.post(URL, files={"file": ("sites.csv", text)}, data=form)
    assert refused.status_code == 422
    assert len(refused.json()["errors"]) == 1000
    assert refused.json()["detail"].endswith("rows are wrong. The first 1,000 are named.")
    taken = client.post(URL, files={"file": ("sites.csv", text + "50,10\n")}, data=form | {"on_error": "skip"})
    assert taken.status_code == 202
    assert len(taken.json()["skipped"]) == 1000
    assert taken.json()["progress"]["failed"] == 1500
    client.delete(taken.headers["location"])


def test_a_refusal_names_the_sites(client: TestClient) -> None:
    wrong = post(client, 422, sites=[SITES[0], site("b", 200.0, 5.0), 7]).json()["errors"]
    assert [(error["pointer"], error["site_id"]) for error in wrong] == [
        ("/sites/1/location/coordinates/0", "b"),
        ("/sites/2", "3"),
    ]
    wrong = upload(client, b"id;lat;lon;process.capacity_t_per_year\nx;91;0;1\ny;1;2;1,234\n", 422).json()["errors"]
    assert [(error["pointer"], error["site_id"]) for error in wrong] == [
        ("/rows/1/location/coordinates/1", "x"),
        ("/rows/2", "y"),
    ]
    assert "site_id" not in post(client, 422, sites=[]).json()["errors"][0]


def test_skipped_rows_are_failed_results(client: TestClient) -> None:
    answer = upload(client, b"lat,lon\n91,0\n10,20\nx,y\n", on_error="skip")
    assert [row["row"] for row in answer.json()["skipped"]] == [1, 3]
    path = answer.headers["location"]
    failed = rows_of(client, path, status="failed")
    assert [row["number"] for row in failed] == [1, 3]
    assert failed[0]["problem"]["errors"][0]["pointer"] == "/location/coordinates/1"
    client.delete(path)
    client.delete(path)


def test_ids_that_cannot_be(client: TestClient) -> None:
    for path in ("/v1/batches/%00", "/v1/batches/%00/results", "/v1/batches/%00/events", "/v1/weather/%00"):
        assert client.get(path).status_code == 404
    assert client.delete("/v1/batches/%00").status_code == client.delete("/v1/weather/%00").status_code == 404
    assert client.get("/v1/processes/%00").status_code == 404
    for made in ([1.0, "\0"], [1.0, None], [1.0, 7], [float("nan")]):
        cursor = base64.urlsafe_b64encode(json.dumps(made).encode()).decode()
        assert pointers(client.get(URL, params={"cursor": cursor})) == ["/cursor"]


def test_forms_that_are_wrong(client: TestClient) -> None:
    assert pointers(upload(client, b"lat,lon\n1,2\n", 422, colour="red")) == ["/colour"]
    assert pointers(upload(client, b"lat,lon\n1,2\n", 422, defaults="{", columns="[1]")) == ["/defaults", "/columns"]
    assert pointers(client.post(URL, files={"other": ("a", b"x")}, data={})) == ["/other", "/file"]
    assert pointers(upload(client, b"lat,lon\n1,2\n", 422, columns={"latitude": "north", "longitude": "lon"})) == [
        "/columns/latitude"
    ]


def test_uploads_that_claim_too_much(client: TestClient) -> None:
    claim = {"Content-Length": str(10 * 2**30), "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post(URL, content=iter([b"--x"]), headers=claim).status_code == 413
    assert post(client, 413, sites=[site("a" * 200, 1.0, 2.0)] * 2000)


@pytest.mark.slow
def test_a_hundred_thousand_rows(client: TestClient) -> None:
    """One row in a hundred is bad: refused with every one of them named."""
    lines = ["id,lat,lon,process.capacity_t_per_year"]
    bad = set(range(50, 100_000, 100))
    for number in range(1, 100_001):
        latitude = "north" if number in bad else f"{number % 1000 / 10 - 50:.1f}"
        lines.append(f"s{number},{latitude},{number % 3600 / 10 - 180:.1f},{1_000_000 + number % 7}")
    content = "\n".join(lines).encode()
    refused = upload(client, content, 422)
    rows = {int(pointer.split("/")[2]) for pointer in pointers(refused)}
    assert rows == bad
    taken = upload(client, content, on_error="skip")
    assert {row["row"] for row in taken.json()["skipped"]} == bad
    assert client.delete(taken.headers["location"]).json()["progress"]["total"] == 100_000
    client.delete(taken.headers["location"])
