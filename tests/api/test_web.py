"""The page's own routes: what they serve, how it may be framed and kept, and the application within another one."""

import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.web.packing import DEGREE, pack, steps
from tests.api.ready import wait_until_ready

STATIC = Path(__file__).parents[2] / "service" / "web" / "static"


def test_the_page_allows_no_inline_script_and_no_other_host(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert "http://" not in answer.text
    assert "https://" not in answer.text


def test_only_the_widget_may_be_framed_and_only_by_the_named(client: TestClient) -> None:
    assert client.get("/embed").headers["content-security-policy"].endswith("frame-ancestors 'self'")
    named = create_app(Settings(embed_origins=("https://partner.example",)))
    policy = TestClient(named).get("/embed").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://partner.example")
    with pytest.raises(ValueError, match="embed_origins"):
        Settings(embed_origins=("https://partner.example; script-src *",))


def test_files_are_zipped_kept_and_asked_for_again(client: TestClient) -> None:
    first = client.get("/web/js/main.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert first.text == (STATIC / "js" / "main.js").read_text("utf-8")
    again = client.get("/web/js/main.js", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    plain = client.get("/web/js/main.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("path", ["../pages.py", "%2e%2e/pages.py", "js/../../pages.py", "none.js", ""])
def test_no_path_leads_out_of_the_folder(client: TestClient, path: str) -> None:
    assert client.get(f"/web/{path}").status_code == 404


def test_scripts_are_well_under_two_megabytes() -> None:
    scripts = sum(len(gzip.compress(file.read_bytes())) for file in STATIC.rglob("*.js"))
    assert scripts < 200_000


def test_places_come_back_from_their_16_bits() -> None:
    places = np.array([[-180.0, -90.0], [180.0, 90.0], [21.69, 65.83], [0.0, 0.0]])
    packed = pack(steps(places), {"name": "x"})
    length = int.from_bytes(packed.plain[:4], "little")
    header = json.loads(packed.plain[4 : 4 + length])
    assert header == {"name": "x", "arrays": [["x", "int16", 4], ["y", "int16", 4]]}
    assert gzip.decompress(packed.zipped) == packed.plain
    values = np.frombuffer(packed.plain, "<i2", offset=4 + length).reshape(2, 4)
    read = np.cumsum(values.astype(np.int64), axis=1).astype(np.int16) / DEGREE  # sums wrap, as the script's do
    assert np.abs(read.T - places).max() <= 0.5 / DEGREE + 1e-9


@pytest.mark.parametrize("name", ["borders", "lines", "plants", "projects"])
def test_map_layers_are_whole(client: TestClient, name: str) -> None:
    answer = client.get(f"/web/map/{name}")
    length = int.from_bytes(answer.content[:4], "little")
    header = json.loads(answer.content[4 : 4 + length])
    widths = {"int16": 2, "uint16": 2, "uint8": 1}
    bytes_of = [-(-widths[kind] * count // 4) * 4 for _, kind, count in header["arrays"]]
    assert 4 + length + sum(bytes_of) == len(answer.content)
    counts = {part: count for part, _, count in header["arrays"]}
    if "sizes" in counts:
        at = 4 + length + sum(bytes_of[: [part for part, _, _ in header["arrays"]].index("sizes")])
        assert np.frombuffer(answer.content, "<u2", counts["sizes"], at).sum() == counts["x"]
    assert client.get("/web/map/none").status_code == 422


def test_places_are_found_by_name_without_accents_and_case(client: TestClient) -> None:
    found = client.get("/web/places", params={"query": "LULEA"}).json()["places"]
    assert found[0]["name"].startswith("Lule")
    country = client.get("/web/places", params={"query": "swed"}).json()["places"][0]
    assert country["kind"] == "country"
    assert client.get("/web/places", params={"query": ""}).status_code == 422
    assert client.get("/web/places", params={"query": "qqqqqq"}).json() == {"places": []}


def test_the_application_works_under_a_partners_own(tmp_path: Path) -> None:
    sitewatt = create_app(Settings(data_folder=tmp_path, batch_workers=0))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with sitewatt.router.lifespan_context(sitewatt):  # a mounted application's own start is not called
            yield

    partner = FastAPI(lifespan=lifespan)
    partner.mount("/clean-power", sitewatt)
    with TestClient(partner) as client:
        assert client.get("/clean-power/").status_code == 200
        assert client.get("/clean-power/web/js/main.js").status_code == 200
        wait_until_ready(client, "/clean-power")
        assert "/clean-power/openapi.json" in client.get("/clean-power/docs").text
        assert client.get("/clean-power/openapi.json").json()["servers"][0]["url"] == "/clean-power"
        body = {
            "site": {"location": {"type": "Point", "coordinates": [21.69, 65.83]}},
            "process": {"id": "data-centre"},
        }
        answer = client.post("/clean-power/v1/assessments", json=body)
        assert answer.json()["cost"]["levelised_cost_of_clean_power_usd_per_mwh"] > 0.0
