"""POST /v1/profiles: hours, statistics, forms of the answer, wrong designs."""

import csv
import io
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

URL = "/v1/profiles"
SITE = {"location": {"type": "Point", "coordinates": [118.6, -20.4]}}


def ask(client: TestClient, headers: dict[str, str] | None = None, query: str = "", **body: Any) -> Any:
    return client.post(URL + query, json={"site": SITE, **body}, headers=headers or {})


def wrong(answer: Any) -> set[tuple[str, str]]:
    assert answer.status_code == 422, answer.text[:300]
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


def test_the_contract(client: TestClient) -> None:
    body = ask(client, technologies=["pv_fixed", "pv_tracking", "wind_onshore"]).json()
    assert body["time"] == {
        "start": "2019-01-01T00:00:00Z",
        "step_hours": 1,
        "hours": 8760,
        "years": [2019],
        "convention": "mean of the hour beginning",
    }
    for profile in body["profiles"]:
        hourly = np.array(profile["hourly"])
        assert hourly.shape == (8760,)
        assert ((hourly >= 0.0) & (hourly <= 1.0)).all()
        assert hourly.mean() == pytest.approx(profile["capacity_factor"], abs=1e-5)
        assert len(profile["monthly"]) == 12
        assert len(profile["diurnal"]) == 24
        assert np.mean(profile["diurnal"]) == pytest.approx(profile["capacity_factor"], rel=1e-6)
        assert profile["p10"] <= profile["p50"] <= profile["p90"]
        assert profile["p10"] < profile["capacity_factor"] < 1.05 * profile["p90"]
    assert -1.0 <= body["statistics"]["pv_wind_correlation"] <= 1.0
    assert 1 < body["statistics"]["longest_lull_hours"] < 500
    assert body["statistics"]["years_of_spread"] == list(range(2009, 2021))
    assert body["weather"]["source"] == "climatology"
    assert body["weather"]["known_error"]
    assert {figure["figure"] for figure in body["provenance"]} >= {"pv_fixed.dc_ac_ratio", "wind_onshore.hub_height_m"}


def test_the_sun_is_up_at_noon(client: TestClient) -> None:
    body = ask(client, technologies=["pv_tracking"], hourly=False).json()
    assert body["profiles"][0]["hourly"] is None
    assert int(np.argmax(body["profiles"][0]["diurnal"])) in range(9, 16)
    assert body["statistics"]["pv_wind_correlation"] is None


def test_the_defaults_follow_the_place(client: TestClient) -> None:
    land, sea = ask(client, hourly=False).json(), None
    sea = client.post(URL, json={"site": {"location": {"type": "Point", "coordinates": [2.0, 54.8]}}, "hourly": False})
    assert [profile["technology"] for profile in land["profiles"]] == ["pv_tracking", "wind_onshore"]
    assert [profile["technology"] for profile in sea.json()["profiles"]] == ["wind_offshore"]


def test_designs_take_the_place_of_defaults(client: TestClient) -> None:
    designs = {
        "pv_fixed": {"tilt_deg": 20, "azimuth_deg": 180, "dc_ac_ratio": 1.2, "losses_share": 0.14},
        "pv_tracking": {"ground_cover_ratio": 0.4},
        "wind_onshore": {
            "hub_height_m": 100,
            "power_curve": [[0, 0], [3, 0.0], [12, 1.0], [25, 1.0]],
            "losses_share": 0.0,
        },
    }
    names = list(designs)
    default = {p["technology"]: p for p in ask(client, technologies=names, hourly=False).json()["profiles"]}
    body = ask(client, technologies=names, designs=designs, hourly=False).json()
    own = {p["technology"]: p for p in body["profiles"]}
    assert own["pv_fixed"]["capacity_factor"] != default["pv_fixed"]["capacity_factor"]
    assert own["pv_tracking"]["capacity_factor"] == default["pv_tracking"]["capacity_factor"]
    assert own["wind_onshore"]["capacity_factor"] > default["wind_onshore"]["capacity_factor"]
    given = {figure["figure"] for figure in body["provenance"] if not figure["default"]}
    assert {"pv_fixed.losses_share", "wind_onshore.hub_height_m"} <= given


def test_years_come_one_after_the_other(client: TestClient) -> None:
    body = ask(client, technologies=["wind_onshore"], weather={"years": [2012, 2013]}).json()
    assert body["time"]["hours"] == 8784 + 8760
    assert body["time"]["start"] == "2012-01-01T00:00:00Z"
    assert len(body["profiles"][0]["hourly"]) == 8784 + 8760


def test_five_years_have_their_own_percentiles(client: TestClient) -> None:
    years = [2010, 2011, 2012, 2013, 2014]
    body = ask(client, technologies=["wind_onshore"], weather={"years": years}, hourly=False).json()
    assert body["statistics"]["years_of_spread"] == years


def test_csv_and_parquet_hold_the_same_hours(client: TestClient) -> None:
    hours = ask(client, technologies=["pv_fixed", "wind_onshore"]).json()["profiles"]
    text = ask(client, {"Accept": "text/csv"}, technologies=["pv_fixed", "wind_onshore"])
    assert text.headers["content-type"].startswith("text/csv")
    assert text.headers["vary"].startswith("Accept")
    rows = list(csv.reader(io.StringIO(text.text)))
    assert rows[0] == ["time_utc", "pv_fixed", "wind_onshore"]
    assert rows[1][0] == "2019-01-01T00:00:00Z"
    assert [float(row[2]) for row in rows[1:]] == pytest.approx(hours[1]["hourly"])
    packed = ask(client, query="?f=parquet", technologies=["pv_fixed", "wind_onshore"])
    table = pq.read_table(io.BytesIO(packed.content))
    assert table.column_names == ["time_utc", "pv_fixed", "wind_onshore"]
    assert table["pv_fixed"].to_numpy() == pytest.approx(np.array(hours[0]["hourly"]))
    assert table.schema.metadata[b"convention"] == b"mean of the hour beginning"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("text/csv;q=0.1, application/json", "application/json"),
        ("text/*;q=0.9, application/json;q=0.2", "text/csv"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("application/json;q=nonsense, text/csv;q=0.3", "text/csv"),
    ],
)
def test_accept_chooses_the_form(client: TestClient, accept: str, expected: str) -> None:
    answer = ask(client, {"Accept": accept}, technologies=["wind_onshore"], hourly=False)
    assert answer.headers["content-type"].startswith(expected)


@pytest.mark.parametrize(("query", "pointer"), [("?f=xlsx", "/f"), ("?form=csv", "/form")])
def test_wrong_queries_are_named(client: TestClient, query: str, pointer: str) -> None:
    assert {where for where, _ in wrong(ask(client, query=query))} == {pointer}


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0"])
def test_other_forms_are_not_acceptable(client: TestClient, accept: str) -> None:
    answer = ask(client, {"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


def test_wrong_designs_are_all_named(client: TestClient) -> None:
    designs = {
        "pv_fixed": {"tilt_deg": 120, "albedo": -1, "losses_share": 2.0},
        "wind_onshore": {"hub_height_m": 3, "power_curve": [[5, 0.5], [3, 1.0]]},
    }
    assert wrong(ask(client, designs=designs)) == {
        ("/designs/pv_fixed/tilt_deg", "out_of_range"),
        ("/designs/pv_fixed/albedo", "out_of_range"),
        ("/designs/pv_fixed/losses_share", "out_of_range"),
        ("/designs/wind_onshore/hub_height_m", "out_of_range"),
        ("/designs/wind_onshore/power_curve", "out_of_range"),
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"technologies": ["battery"]}, {("/technologies/0", "unknown_value")}),
        ({"technologies": []}, {("/technologies", "wrong_length")}),
        ({"technologies": ["pv_fixed", "pv_fixed"]}, {("/technologies/1", "duplicate")}),
        ({"weather": {"source": "oracle"}}, {("/weather/source", "unknown_value")}),
        ({"weather": {"source": "upload:../../etc/passwd"}}, {("/weather/source", "not_found")}),
        ({"weather": {"years": [1200]}}, {("/weather/years/0", "out_of_range")}),
        ({"designs": {"pv_fixed": {"colour": 1}}}, {("/designs/pv_fixed/colour", "unknown_field")}),
        ({"designs": {"wind_onshore": {"turbine_class": "huge"}}},
         {("/designs/wind_onshore/turbine_class", "unknown_value")}),
        ({"hourly": "yes"}, {("/hourly", "wrong_type")}),
    ],
)  # fmt: skip
def test_wrong_fields_are_named(client: TestClient, body: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert wrong(ask(client, **body)) == expected


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(0.0, 90.0), (0.0, -90.0), (180.0, 10.0), (-180.0, 10.0), (25.0, 78.0)]
)
def test_poles_and_the_date_line(client: TestClient, longitude: float, latitude: float) -> None:
    site = {"location": {"type": "Point", "coordinates": [longitude, latitude]}}
    answer = client.post(URL, json={"site": site, "technologies": ["pv_fixed", "wind_onshore"], "hourly": False})
    assert answer.status_code == 200, answer.text[:300]
