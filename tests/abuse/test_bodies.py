"""Bodies made to cost more than they should, or to mean something else further on."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.jobs.exports import harmless
from tests.api.problems import pointers, problem
from tests.api.requests import BODEN, boden

URL = "/v1/assessments"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a\u202eb",
        "\U0001f600",
        "\u0000",
        "\r\nERROR forged",
        "=cmd|' /C calc'!A0",
        "{{7*7}}",
        "${jndi:ldap://x}",
    ],
)
def test_odd_texts_as_ids_and_names(client: TestClient, name: str) -> None:
    """A process, a source and a file of an odd name: refused, and not echoed."""
    answer = client.post(URL, json=boden(process__id=name))
    problem(answer, 422)
    assert name not in answer.json()["errors"][0]["detail"]
    problem(client.post(URL, json=boden(weather__source=f"upload:{name}")), 422)
    assert client.get("/v1/weather/..%2f..%2fetc%2fpasswd").status_code == 404


@pytest.mark.parametrize("path", ["../pyproject.toml", "..%2f..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "a\\..\\b"])
def test_no_path_leads_out_of_the_page(client: TestClient, path: str) -> None:
    assert client.get(f"/web/{path}").status_code == 404


def test_half_a_character_is_refused(client: TestClient) -> None:
    text = json.dumps(boden()).replace("Boden", "\\ud800")
    assert client.post(URL, content=text, headers=JSON).status_code in (400, 422)


def test_a_key_told_twice_counts_once(client: TestClient) -> None:
    """The last one holds, as in JSON of every browser; it is checked like any other."""
    text = json.dumps(BODEN)[:-1] + ', "process": {"id": "alchemy"}}'
    assert pointers(problem(client.post(URL, content=text, headers=JSON), 422)) == {"/process/id"}


def test_keys_that_collide_cost_no_more(client: TestClient) -> None:
    """Python's hashes of text are salted: 40,000 keys are refused as fast as any other."""
    body = boden() | {f"{index:x}" * 2: 0 for index in range(40_000)}
    assert len(problem(client.post(URL, json=body), 422)["errors"]) == 1000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_packed_bodies_are_not_unpacked(client: TestClient, encoding: str) -> None:
    content = gzip.compress(b" " * 50_000_000)
    answer = client.post(URL, content=content, headers=JSON | {"content-encoding": encoding})
    assert answer.status_code in (400, 415, 422)


def test_a_zip_bomb_is_no_file_of_sites(client: TestClient) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sites.csv", b"\0" * 50_000_000)
    problem(client.post("/v1/batches", files={"file": ("sites.xlsx", bomb.getvalue())}), 422)
    problem(client.post("/v1/weather", files={"solar": ("a.zip", bomb.getvalue())}), 422)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the framework leaves the part to the GC
def test_an_upload_cut_off_is_refused_and_leaves_nothing(client: TestClient) -> None:
    before = client.get("/v1/weather").json()
    cut = b'--x\r\nContent-Disposition: form-data; name="solar"; filename="a.csv"\r\n\r\ntime,ghi\n2019-01-01'
    answer = client.post("/v1/weather", content=cut, headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code in (400, 422)
    assert client.get("/v1/weather").json() == before


@pytest.mark.parametrize("webhook", ["http://169.254.169.254/", "https://localhost/", "file:///etc/passwd", "//x"])
def test_no_address_is_taken_from_a_caller(client: TestClient, webhook: str) -> None:
    """Receivers are named, never addressed; so are sources of weather."""
    body = {"sites": [{"location": {"type": "Point", "coordinates": [10.0, 50.0]}}], "webhook": webhook}
    assert pointers(problem(client.post("/v1/batches", json=body | {"defaults": {"process": {"id": "cement"}}}), 422))
    assert pointers(problem(client.post(URL, json=boden(weather__source=webhook)), 422)) == {"/weather/source"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_cells_are_no_formulas(text: str) -> None:
    assert str(harmless(text)).startswith("'")


@pytest.mark.parametrize("value", ["a" * 50_000, "((((((((((" * 3000, "1.1.1.1" * 5000])
def test_texts_made_for_patterns_are_answered(client: TestClient, value: str) -> None:
    """Patterns have no nested repeats: long texts are refused at once, in the query, a header and a body."""
    assert client.get("/v1/technologies", params={"cost_year": value[:10_000]}).status_code in (414, 422)
    assert client.get("/v1/projects", params={"country": value[:5000]}).status_code == 422
    answer = client.get("/v1/batches/x/results", headers={"accept": value[:5000]})
    assert answer.status_code in (404, 406)
    problem(client.post(URL, json=boden(site__country=value)), 422)


def spikes(count: int) -> list[list[Any]]:
    """A ring of so many vertices that lies over itself again and again."""
    ring = [[10.0 + (index * 7919 % count) / count, 50.0 + (index % 2) * 0.5] for index in range(count)]
    return [[*ring, ring[0]]]


@pytest.mark.parametrize("count", [200, 9_000])
def test_a_polygon_over_itself_is_refused(client: TestClient, count: int) -> None:
    location = {"type": "Polygon", "coordinates": spikes(count)}
    body = problem(client.post(URL, json=boden(site__location=location)), 422)
    assert all(pointer.startswith("/site/location") for pointer in pointers(body))


def test_a_batch_that_is_no_list_of_sites(client: TestClient) -> None:
    for sites in ([None], [[]], ["x"], [1e308], [{"location": {}}]):
        problem(client.post("/v1/batches", json={"sites": sites, "defaults": {"process": {"id": "cement"}}}), 422)
