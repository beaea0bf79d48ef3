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
CEMENT = {"id": "cement"}
BATCH: dict[str, Any] = {
    "sites": [{"location": {"type": "Point", "coordinates": [10.0, 50.0]}}],
    "defaults": {"process": CEMENT},
}


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


HALF = {"\ud800": "\ud800"}


@pytest.mark.parametrize(
    "body",
    [
        {"sites": [HALF]},
        {"sites": [HALF], "on_error": "skip"},
        {"defaults": {"process": {"id": "\ud800"}}},
        {"defaults": {"process": {"id": "cement"}, "finance": HALF}},
        {"defaults": {"process": {"id": "cement"}} | HALF},
    ],
)
def test_half_a_character_in_a_batch(client: TestClient, body: dict[str, Any]) -> None:
    """As a name and as a value, of a row and of the defaults: a problem that can be written."""
    problem(client.post("/v1/batches", content=json.dumps(BATCH | body), headers=JSON), 422)


@pytest.mark.parametrize("charset", ["undefined", "punycode", "unicode_escape", "idna", "zlib_codec", "none"])
@pytest.mark.parametrize("path", ["/v1/batches", "/v1/weather"])
def test_names_of_a_form_in_an_odd_charset(client: TestClient, path: str, charset: str) -> None:
    """A form says how its names are written: in a code that reads none of them, or as half a character."""
    body = b'--x\r\nContent-Disposition: form-data; name="\\ud800"\r\n\r\n1\r\n--x--\r\n'
    answer = client.post(
        path, content=body, headers={"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    )
    assert answer.status_code in (400, 422)


def test_a_key_told_twice_counts_once(client: TestClient) -> None:
    """The last one holds, as in JSON of every browser; it is checked like any other."""
    text = json.dumps(BODEN)[:-1] + ', "process": {"id": "alchemy"}}'
    assert pointers(problem(client.post(URL, content=text, headers=JSON), 422)) == {"/process/id"}


def test_keys_that_collide_cost_no_more(client: TestClient) -> None:
    """Python's hashes of text are salted; an object of 40,000 keys is refused before any of them is looked at."""
    body = boden() | {f"{index:x}" * 2: 0 for index in range(40_000)}
    assert [error["code"] for error in problem(client.post(URL, json=body), 422)["errors"]] == ["too_large"]


LONG = {"k" * 100_000: {f"a{index}": "x" for index in range(1000)}}
COSTS = {"finance": {"costs": LONG}}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (URL, boden() | COSTS),
        (URL, boden() | {"supply": {"limits": LONG}}),
        ("/v1/profiles", {"site": BODEN["site"], "designs": LONG}),
        ("/v1/comparisons", {"base": boden(), "alternatives": [{"name": "a", "patch": COSTS}]}),
        ("/v1/sizing", {"battery": LONG}),
        ("/v1/batches", BATCH | {"defaults": {"process": CEMENT} | COSTS}),
        ("/v1/batches", BATCH | {"sites": [BATCH["sites"][0] | COSTS]}),
    ],
)
def test_a_long_name_is_not_repeated_with_all_that_is_wrong_below_it(
    client: TestClient, path: str, body: dict[str, Any]
) -> None:
    """A thousand wrong fields below a name of 100 kB: each is named by its way, a hundred megabytes in all."""
    answer = client.post(path, json=body)
    problem(answer, 422)
    assert len(answer.content) < 5000


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/v1/sizing", '{"load_mw": 1, "generators": [PARTS]}'),
        ("/v1/batches", '{"region": {"area": {"type": "Polygon", "coordinates": [PARTS]}}}'),
    ],
)
@pytest.mark.parametrize("part", ["{}", "[]"])
def test_millions_of_parts_are_not_looked_at_one_by_one(client: TestClient, path: str, text: str, part: str) -> None:
    """16 MB of nothing where twenty generators may stand: refused by their number."""
    content = text.replace("PARTS", f"{part}," * 5_000_000 + part)
    body = problem(client.post(path, content=content, headers=JSON), 422)
    assert [error["code"] for error in body["errors"]] == ["too_large"]


def test_a_long_name_in_a_form_and_in_a_file(client: TestClient) -> None:
    sites = ("sites.csv", b"latitude,longitude\n50,10\n")
    form = {"defaults": json.dumps({"process": CEMENT} | COSTS)}
    answer = client.post("/v1/batches", files={"file": sites}, data=form)
    assert pointers(problem(answer, 422)) == {"/defaults"}
    feature = {"type": "Feature", "geometry": BATCH["sites"][0]["location"], "properties": {"finance.costs": LONG}}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    answer = client.post("/v1/batches", files={"file": ("a.json", text)}, data={"defaults": '{"process": {}}'})
    problem(answer, 422)
    answer = client.post(
        "/v1/batches", files={"file": ("a.json", text)}, data={"defaults": json.dumps({"process": CEMENT})}
    )
    problem(answer, 422)
    assert len(answer.content) < 5000


@pytest.mark.parametrize("deep", [70, 300, 900])
def test_parts_of_a_batch_that_lie_deep(client: TestClient, deep: int) -> None:
    """What the parser of JSON takes, the writer of the database does not: it is refused between them."""
    inner = '{"a":' * deep + "1" + "}" * deep
    text = json.dumps(BATCH | {"defaults": {"process": 987654321}}).replace("987654321", inner)
    problem(client.post("/v1/batches", content=text, headers=JSON), 422)
    text = json.dumps(BATCH | {"sites": [987654321]}).replace("987654321", inner)
    problem(client.post("/v1/batches", content=text, headers=JSON), 422)


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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1"])
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
