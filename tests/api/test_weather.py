"""Uploads: stored, used, listed, deleted, bounded; wrong files say what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.supply.weather import settings_in_use, use
from tests.made_files import COLUMNS, MAKERS, csv, frame_of, made_year, sam_csv, srw

URL = "/v1/weather"
SITE = {"location": {"type": "Point", "coordinates": [-105.0, 40.0]}}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    before = settings_in_use()
    folder = tmp_path_factory.mktemp("data")
    settings = Settings(data_folder=folder, max_uploads=12, max_upload_bytes=4_000_000)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
    use(before)


def send(client: TestClient, files: dict[str, bytes], **form: Any) -> Any:
    return client.post(URL, files={name: (name, content) for name, content in files.items()}, data=form)


def wrong(answer: Any, status: int = 422) -> set[tuple[str, str]]:
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


def test_a_pair_is_stored_used_listed_and_deleted(store: TestClient) -> None:
    made = made_year()
    answer = send(store, {"solar": sam_csv(made), "wind": srw(made)})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    weather_id = found["weather_id"]
    assert answer.headers["location"] == f"/v1/weather/{weather_id}"
    assert (found["latitude"], found["longitude"], found["hours"]) == (40.0, -105.0, 8760)
    assert found["variables"] == [
        "ghi", "dni", "dhi", "temp_air", "wind_speed_80m", "wind_speed_120m", "wind_speed_100m", "pressure",
    ]  # fmt: skip
    assert weather_id in {item["weather_id"] for item in store.get(URL).json()["weather"]}
    assert store.get(f"{URL}/{weather_id}").json() == found

    request = {"site": SITE, "technologies": ["pv_tracking", "wind_onshore"], "hourly": False}
    drawn = store.post("/v1/profiles", json=request).json()
    used = store.post("/v1/profiles", json=request | {"weather": {"source": f"upload:{weather_id}"}}).json()
    assert used["weather"]["source"] == f"upload:{weather_id}"
    for own, embedded in zip(used["profiles"], drawn["profiles"], strict=True):
        assert own["capacity_factor"] == pytest.approx(embedded["capacity_factor"], rel=0.03)
    assert "spread_from_climate" in {item["code"] for item in used["warnings"]}

    years = {"source": f"upload:{weather_id}", "years": [1999]}
    assert wrong(store.post("/v1/profiles", json=request | {"weather": years})) == {("/weather/years", "conflict")}
    assert store.delete(f"{URL}/{weather_id}").status_code == 204
    assert store.delete(f"{URL}/{weather_id}").status_code == 404
    assert store.get(f"{URL}/{weather_id}").status_code == 404
    gone = store.post("/v1/profiles", json=request | {"weather": {"source": f"upload:{weather_id}"}})
    assert wrong(gone) == {("/weather/source", "not_found")}


@pytest.mark.parametrize("format_", list(MAKERS))
def test_every_format_is_taken_by_name(store: TestClient, format_: str) -> None:
    make, columns = MAKERS[format_]
    form: dict[str, Any] = {"format": format_, "latitude": 40.0, "longitude": -105.0}
    if columns:
        form["columns"] = columns
    answer = send(store, {"wind" if format_ == "srw" else "solar": make(made_year())}, **form)
    assert answer.status_code == 201, answer.text
    store.delete(f"{URL}/{answer.json()['weather_id']}")


def test_an_upload_runs_an_assessment(store: TestClient) -> None:
    found = send(store, {"solar": sam_csv(made_year()), "wind": srw(made_year())}).json()
    request = {
        "site": SITE,
        "process": {"id": "custom", "load_mw": 10.0},
        "weather": {"source": f"upload:{found['weather_id']}"},
    }
    answer = store.post("/v1/assessments", json=request)
    assert answer.status_code == 200, answer.text[:500]
    assert answer.json()["weather"]["source"] == f"upload:{found['weather_id']}"
    store.delete(f"{URL}/{found['weather_id']}")


def test_weather_of_another_place_is_flagged(store: TestClient) -> None:
    found = send(store, {"solar": sam_csv(made_year()), "wind": srw(made_year())}).json()
    site = {"location": {"type": "Point", "coordinates": [-100.0, 40.0]}}
    body = {"site": site, "weather": {"source": f"upload:{found['weather_id']}"}, "hourly": False}
    assert "weather_far" in {item["code"] for item in store.post("/v1/profiles", json=body).json()["warnings"]}
    store.delete(f"{URL}/{found['weather_id']}")


@pytest.mark.parametrize(
    ("files", "form", "expected"),
    [
        ({"note": b"x"}, {"format": "auto"}, {("/solar", "missing"), ("/note", "unknown_field")}),
        ({"solar": b"nonsense"}, {}, {("/solar", "unreadable")}),
        ({"solar": b"x"}, {"format": "xlsx"}, {("/format", "unknown_value")}),
        ({"solar": b"x"}, {"latitude": 91, "longitude": 181},
         {("/latitude", "out_of_range"), ("/longitude", "out_of_range")}),
        ({"solar": b"x"}, {"latitude": "nan", "longitude": 1}, {("/latitude", "not_finite")}),
        ({"solar": b"x" * 9, "wind": b""}, {"latitude": 1.0, "columns": "[1"},
         {("/longitude", "missing"), ("/columns", "malformed"), ("/solar", "unreadable"), ("/wind", "missing")}),
    ],
)  # fmt: skip
def test_wrong_forms_are_named(
    store: TestClient, files: dict[str, bytes], form: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    assert wrong(send(store, files, **form)) == expected


def test_two_bad_files_are_both_named(store: TestClient) -> None:
    answer = send(store, {"solar": sam_csv(made_year())[:9000], "wind": srw(made_year())[:9000]})
    assert {pointer for pointer, _ in wrong(answer)} == {"/solar", "/wind"}


def test_other_bodies_are_refused(store: TestClient) -> None:
    assert store.post(URL, json={"solar": 1}).status_code == 415
    assert store.post(URL, content=b"--x", headers={"content-type": "multipart/form-data"}).status_code in (400, 422)
    assert send(store, {"solar": b"0" * 5_000_000}).status_code == 413


def test_forms_beyond_reason_are_refused(store: TestClient) -> None:
    for answer in (
        send(store, {"solar": b"x"}, columns="x" * 2_000_000),
        send(store, {f"part{index}": b"x" for index in range(1200)}),
    ):
        assert wrong(answer, 400) == set()
        assert "form" in answer.json()["detail"]


def test_the_store_is_bounded(store: TestClient) -> None:
    made = {"solar": sam_csv(made_year()), "wind": srw(made_year())}
    ids = []
    for _ in range(13):
        answer = send(store, made)
        if answer.status_code == 507:
            break
        ids.append(answer.json()["weather_id"])
    assert answer.status_code == 507
    assert answer.json()["type"].endswith("/storage-full")
    assert len(ids) <= 12
    for weather_id in ids:
        assert store.delete(f"{URL}/{weather_id}").status_code == 204
    assert store.get(URL).json() == {"weather": []}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    before = settings_in_use()
    blocked = tmp_path / "file"
    blocked.write_text("x")
    try:
        with TestClient(create_app(Settings(data_folder=blocked)), raise_server_exceptions=False) as client:
            answer = send(client, {"solar": sam_csv(made_year())})
            assert answer.status_code == 503
            assert answer.headers["retry-after"]
            assert client.get("/healthz/ready").status_code == 503  # batches have nowhere to be
    finally:
        use(before)


def test_ids_reach_no_path(store: TestClient) -> None:
    for name in ("..%2F..%2Fetc%2Fpasswd", "x" * 70, "3f8b1e0a-52c4-1d0e-9f0e-5b0f4a6c7d21"):
        assert store.get(f"{URL}/{name}").status_code in (404, 422)


def test_stored_hours_are_those_sent(store: TestClient) -> None:
    made = made_year()
    found = send(store, {"solar": csv(made)}, columns=str(COLUMNS).replace("'", '"'), latitude=40.0, longitude=-105.0)
    weather = {"source": f"upload:{found.json()['weather_id']}"}
    own = {"hub_height_m": 100, "power_curve": [[0, 0], [50, 1]], "losses_share": 0.0}
    body = {"site": SITE, "technologies": ["wind_onshore"], "designs": {"wind_onshore": own}, "weather": weather}
    hours = np.array(store.post("/v1/profiles", json=body).json()["profiles"][0]["hourly"])
    assert np.corrcoef(hours, made.wind_100m_m_per_s)[0, 1] > 0.99


def test_each_of_two_files_may_have_its_own_columns(store: TestClient) -> None:
    made = made_year()
    wind = frame_of(made)[["stamp", "V"]].rename(columns={"stamp": "when", "V": "speed"}).to_csv(index=False).encode()
    maps = {"solar": COLUMNS, "wind": {"time": "when", "wind_speed_100m": "speed"}}
    place = {"latitude": 40.0, "longitude": -105.0}
    answer = send(store, {"solar": csv(made), "wind": wind}, columns=json.dumps(maps), **place)
    assert answer.status_code == 201, answer.text
    store.delete(f"{URL}/{answer.json()['weather_id']}")
    maps["wind"]["wind_speed_100m"] = "gusts"
    answer = send(store, {"solar": csv(made), "wind": wind}, columns=json.dumps(maps), **place)
    assert wrong(answer) == {("/columns/wind/wind_speed_100m", "unknown_column")}
    answer = send(store, {"solar": csv(made)}, columns='{"solar": 1}', **place)
    assert ("/columns/solar", "wrong_type") in wrong(answer)
