"""Bad input: a 4xx problem that names every wrong field at once, whatever comes; never a 500."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.problems import pointers, problem
from tests.api.requests import BOW_TIE, SQUARE, boden, sizing

URL = "/v1/assessments"
GEOMETRY = "invalid_geometry"
AROUND_THE_POLE = [[[0.0, 80.0], [120.0, 80.0], [-120.0, 80.0], [0.0, 80.0]]]
OFFSHORE_HOURS = {"technology": "wind_offshore", "capacity_factor": [0.5] * 8760}


ONE_FIELD = [
    ({"site__location__coordinates": [181.0, 65.0]}, "/site/location/coordinates/0", "out_of_range"),
    ({"site__location__coordinates": [21.0, -91.0]}, "/site/location/coordinates/1", "out_of_range"),
    ({"site__location__coordinates": [21.0]}, "/site/location/coordinates", "wrong_length"),
    ({"site__location__coordinates": ["21", 65.0]}, "/site/location/coordinates/0", "wrong_type"),
    ({"site__location": {"type": "Polygon", "coordinates": BOW_TIE}}, "/site/location/coordinates", "invalid_geometry"),
    (
        {"site__location": {"type": "Polygon", "coordinates": [BOW_TIE[0][:-1]]}},
        "/site/location/coordinates",
        "invalid_geometry",
    ),
    ({"site__location": {"type": "Circle", "coordinates": [1, 2]}}, "/site/location", "unknown_value"),
    ({"site__country": "Sweden"}, "/site/country", "string_pattern_mismatch"),
    ({"process__id": "alchemy"}, "/process/id", "unknown_process"),
    ({"process__capacity_t_per_year": -1.0}, "/process/capacity_t_per_year", "out_of_range"),
    ({"process__capacity_mw": 10.0}, "/process/capacity_mw", "wrong_unit"),
    ({"process__utilisation": 1.1}, "/process/utilisation", "out_of_range"),
    ({"process__parameters": {"scrap": 0.1}}, "/process/parameters/scrap", "unknown_parameter"),
    ({"process__parameters": {"scrap_share": 2.0}}, "/process/parameters/scrap_share", "out_of_range"),
    ({"process__colour": "green"}, "/process/colour", "unknown_field"),
    ({"supply__technologies": ["fusion"]}, "/supply/technologies/0", "unknown_value"),
    ({"supply__technologies": []}, "/supply/technologies", "wrong_length"),
    ({"supply__technologies": ["battery"]}, "/supply/technologies", "conflict"),
    ({"supply__clean_share": 1.5}, "/supply/clean_share", "out_of_range"),
    ({"supply__clean_share": 0.0}, "/supply/clean_share", "out_of_range"),
    ({"process__capacity_t_per_year": 1e11}, "/process/capacity_t_per_year", "out_of_range"),
    ({"supply__land": {"available_km2": -3}}, "/supply/land/available_km2", "out_of_range"),
    ({"supply__limits": {"wind_onshore": {"max_mw": -1}}}, "/supply/limits/wind_onshore/max_mw", "out_of_range"),
    ({"weather__source": "oracle"}, "/weather/source", "unknown_value"),
    ({"finance__wacc": -0.1}, "/finance/wacc", "out_of_range"),
    ({"finance__costs": {"fusion": {"lifetime_years": 30}}}, "/finance/costs/fusion", "unknown_technology"),
    ({"options__solver": "guess"}, "/options/solver", "unknown_value"),
    ({"site__location__coordinates": [21.0, 65.0, "high"]}, "/site/location/coordinates", "wrong_type"),
    ({"site__location": {"type": "Polygon", "coordinates": AROUND_THE_POLE}}, "/site/location/coordinates", GEOMETRY),
    (
        {"site__location": {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]}},
        "/site/location/coordinates",
        GEOMETRY,
    ),
    # ISO 3166 keeps it for users: the code of no country.
    ({"site__country": "ZZZ"}, "/site/country", "unknown_value"),
    ({"process__capacity_t_per_year": 5e-324}, "/process/capacity_t_per_year", "out_of_range"),
    ({"process__parameters": {"scrap_share": {"a": 1}}}, "/process/parameters/scrap_share", "wrong_type"),
    ({"supply__limits": {"fusion": {"max_mw": 1}}}, "/supply/limits/fusion", "unknown_value"),
    ({"supply__profiles": [OFFSHORE_HOURS]}, "/supply/profiles/0/technology", "conflict"),
    (
        {"supply__profiles": [OFFSHORE_HOURS], "supply__technologies": ["pv_tracking"]},
        "/supply/profiles/0/technology",
        "conflict",
    ),
    ({"weather__years": [2019, 2019]}, "/weather/years", "duplicate"),
]


@pytest.mark.parametrize(("changes", "pointer", "code"), ONE_FIELD)
def test_one_wrong_field_is_named(client: TestClient, changes: dict[str, Any], pointer: str, code: str) -> None:
    body = problem(client.post(URL, json=boden(**changes)), 422)
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [(pointer, code)]


def test_two_wrong_fields_are_both_named(client: TestClient) -> None:
    request = boden(site__location__coordinates=[181.0, 65.0], process__capacity_t_per_year=-1.0)
    assert pointers(problem(client.post(URL, json=request), 422)) == {
        "/site/location/coordinates/0",
        "/process/capacity_t_per_year",
    }


def test_wrong_fields_of_every_part_are_named_at_once(client: TestClient) -> None:
    request = boden(
        site__country="x",
        process__id="steel-h2-dri-eaf",
        process__parameters={"scrap_share": 7.0, "nothing": 1},
        process__utilisation=0.0,
        supply__clean_share="all",
        finance__cost_year=1999,
        finance__costs={"battery": {"colour": 1.0}},
        extra=1,
    )
    assert pointers(problem(client.post(URL, json=request), 422)) == {
        "/site/country",
        "/process/parameters/scrap_share",
        "/process/parameters/nothing",
        "/process/utilisation",
        "/supply/clean_share",
        "/finance/cost_year",
        "/finance/costs/battery/colour",
        "/extra",
    }


def test_missing_fields_are_named(client: TestClient) -> None:
    assert pointers(problem(client.post(URL, json={}), 422)) == {"/site", "/process"}
    assert pointers(problem(client.post(URL, json={"site": {}, "process": {}}), 422)) == {
        "/site/location",
        "/process/id",
    }


def test_all_series_that_do_not_fit_the_years_are_named(client: TestClient) -> None:
    request = boden(
        process={"id": "custom", "load_mw": [1.0] * 8784, "hydrogen_kg_per_hour": [1.0] * 8784},
        supply__grid={"connected": True, "import_price_usd_per_mwh": [50.0] * 8784},
        weather__years=[2019],
    )
    assert pointers(problem(client.post(URL, json=request), 422)) == {
        "/process/load_mw",
        "/process/hydrogen_kg_per_hour",
        "/supply/grid/import_price_usd_per_mwh",
    }


def test_a_wrong_hour_is_named_by_its_series(client: TestClient) -> None:
    request = boden(process={"id": "custom", "load_mw": [1.0] * 8759 + [-1.0]})
    (error,) = problem(client.post(URL, json=request), 422)["errors"]
    assert error["pointer"] == "/process/load_mw/8759"
    assert error["detail"] == "load_mw[8759] should be greater than or equal to 0"


def test_the_input_is_not_echoed(client: TestClient) -> None:
    answer = client.post(URL, json=boden(process__id="<script>alert(1)</script>"))
    assert "script" not in answer.text


def test_a_polygon_with_too_many_vertices(client: TestClient) -> None:
    ring = [[10 + index * 1e-5, 50.0] for index in range(10_001)]
    ring += [[10.0, 51.0], ring[0]]
    location = {"type": "Polygon", "coordinates": [ring]}
    body = problem(client.post(URL, json=boden(site__location=location)), 422)
    assert pointers(body) == {"/site/location/coordinates/0"}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("latitude=91&longitude=0", "/latitude"),
        ("latitude=0&longitude=181", "/longitude"),
        ("latitude=nan&longitude=0", "/latitude"),
        ("longitude=0", "/latitude"),
        ("latitude=0&longitude=0&required_mw=-1", "/required_mw"),
        ("latitude=0&longitude=0&radius=5", "/radius"),
    ],
)
def test_wrong_queries(client: TestClient, query: str, pointer: str) -> None:
    assert pointers(problem(client.get(f"/v1/grid/nearest?{query}"), 422)) == {pointer}


SIZING_FIELDS = [
    ({"load_mw": -1.0}, {"/load_mw"}),
    ({"load_mw": [1.0] * 47}, {"/load_mw"}),
    ({"generators": []}, {"/generators"}),
    ({"hydrogen_load_mw": 1.0}, {"/hydrogen"}),
    ({"clean_share": 2.0, "matching": "never"}, {"/clean_share", "/matching"}),
    ({"battery": {"annual_cost_usd_per_mwh": 1.0}}, {"/battery/annual_cost_usd_per_mw"}),
]


@pytest.mark.parametrize(("changes", "expected"), SIZING_FIELDS)
def test_wrong_sizings(client: TestClient, changes: dict[str, Any], expected: set[str]) -> None:
    assert pointers(problem(client.post("/v1/sizing", json=sizing(**changes)), 422)) == expected


def test_an_infeasible_sizing_says_which_need_and_by_how_much(client: TestClient) -> None:
    body = problem(client.post("/v1/sizing", json=sizing(battery=None)), 422)
    assert body["type"].endswith("/infeasible")
    assert "electricity" in body["detail"]
    assert "MWh" in body["detail"]


def test_a_utilisation_is_refused_with_its_range_and_where_it_comes_from(client: TestClient) -> None:
    for value in (0.0, 1.1):
        body = problem(client.post(URL, json=boden(process__utilisation=value)), 422)
        (wrong,) = body["errors"]
        assert wrong["pointer"] == "/process/utilisation"
        assert wrong["detail"].startswith("must be above 0, at most 1 (a share of the capacity")
        assert "steel-h2-dri-eaf usually has" in wrong["detail"]


@pytest.mark.parametrize(
    "wrong",
    [{"process__id": "alchemy"}, {"finance__prices": {"gold": 1.0}}, {"finance__costs": {"fusion": {"a": 1.0}}}],
)
def test_what_is_known_is_listed_to_the_end(client: TestClient, wrong: dict[str, Any]) -> None:
    (error,) = problem(client.post(URL, json=boden(**wrong)), 422)["errors"]
    assert "nown: " in error["detail"]
    assert not error["detail"].endswith("...")
    assert 300 < len(error["detail"]) < 500


def test_patterns_are_told_in_words(client: TestClient) -> None:
    wrong = boden(site__country="Sweden", compliance__plant_operation="2030-13")
    details = {item["pointer"]: item["detail"] for item in problem(client.post(URL, json=wrong), 422)["errors"]}
    assert details["/site/country"] == "must be three capital letters, a country of ISO 3166"
    assert details["/compliance/plant_operation"] == "must be a month such as 2030-01"
