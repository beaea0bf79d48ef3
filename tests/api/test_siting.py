"""Land, supply radius, remote plants and offshore wind, through the HTTP face."""

from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from models.connection import connection_voltage_kv
from service.case import settling
from tests.api.requests import boden

URL = "/v1/assessments"
ATACAMA = {"type": "Point", "coordinates": [-68.93, -22.46]}


def ask(client: TestClient, location: dict[str, Any], load_mw: float = 10.0, **supply: Any) -> Any:
    request = boden(site={"location": location}, process={"id": "custom", "load_mw": load_mw})
    request["supply"] = {"technologies": ["pv_tracking", "battery"], "clean_share": 0.5} | supply
    return client.post(URL, json=request)


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(ring) for ring in rings]}


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_a_place_in_a_lake_is_refused_with_what_is_about_it(client: TestClient) -> None:
    response = ask(client, {"type": "Point", "coordinates": [-87.7151, 47.9561]})
    assert response.status_code == 422
    assert "allow pv_tracking 0 MW. Of the 7,854 km2 about the place 0 km2 are usable land" in response.json()["detail"]
    assert "km2 lake)" in response.json()["detail"]


def test_within_the_supply_radius_the_better_wind_is_taken_and_its_line_priced(client: TestClient) -> None:
    point = {"type": "Point", "coordinates": [21.69, 65.83]}
    wind = {"technologies": ["wind_onshore", "battery"]}
    far, gate = (ask(client, point, 400.0, **wind, **radius).json() for radius in ({}, {"radius_km": 0}))
    assert (far["input"]["supply"]["radius_km"], gate["input"]["supply"]["radius_km"]) == (50.0, 0.0)
    stand, at_gate = far["supply"]["generators"][0], gate["supply"]["generators"][0]
    assert 0.0 < stand["site"]["distance_km"] <= 50.0
    assert stand["site"]["line_km"] == pytest.approx(1.25 * stand["site"]["distance_km"], rel=0.01)
    assert stand["site"]["line_usd_per_mw_year"] > 0.0
    assert stand["site"]["line_mw"] == pytest.approx(stand["capacity_mw"])
    needed = connection_voltage_kv(stand["capacity_mw"])
    assert (stand["site"]["line_voltage_kv"], stand["site"]["line_circuits"]) == needed
    assert stand["lcoe_generated_usd_per_mwh"] < at_gate["lcoe_generated_usd_per_mwh"]
    assert at_gate["site"]["distance_km"] == at_gate["site"]["line_km"] == 0.0
    assert "supply_elsewhere" in {warning["code"] for warning in far["warnings"]}
    assert any(figure["figure"] == "wind_onshore.collector_usd_per_mw_year" for figure in far["provenance"])
    whole = stand["site"]["line_capex_usd_per_mw"] * stand["capacity_mw"]
    priced = {item["figure"]: item["value"] for item in far["provenance"]}
    wet_km = stand["site"]["line_km"] * stand["site"]["line_undersea_share"]  # a lake on the way
    dry = stand["site"]["line_circuits"] * priced["wind_onshore.collector_line_usd_per_km"]
    cable = priced["connection.hvac_submarine_usd_per_mw_km"] * stand["capacity_mw"]
    assert whole == pytest.approx(dry * (stand["site"]["line_km"] - wet_km) + cable * wet_km, rel=1e-3)
    few = ask(client, point, 10.0, **wind).json()["supply"]["generators"][0]
    assert few["site"]["distance_km"] == 0.0  # a line of its own does not pay for so little
    land = far["place"]["land"]
    assert land["area_km2"] == pytest.approx(np.pi * 2500, rel=0.01)
    assert land["usable_km2"] < land["area_km2"]
    assert land["not_checked"]


def test_a_remote_plant_supplies_at_its_price_or_over_its_line(client: TestClient) -> None:
    coast = {"type": "Point", "coordinates": [-70.4, -25.0]}
    remote = [
        {"name": "ppa", "technology": "wind_onshore", "location": coast, "price_usd_per_mwh": 1.0,
         "transport_usd_per_mwh": 2.0, "max_mw": 20.0},
        {"name": "own_line", "technology": "pv_tracking", "location": coast},
    ]  # fmt: skip
    answer = ask(client, ATACAMA, technologies=["battery"], remote=remote).json()
    ppa, built = answer["supply"]["generators"]
    assert (ppa["name"], ppa["technology"], ppa["site"]["line_km"]) == ("ppa", "wind_onshore", 0.0)
    assert 0.0 < ppa["capacity_mw"] <= 20.0 + 1e-6
    assert ppa["lcoe_generated_usd_per_mwh"] == pytest.approx(3.0, rel=1e-3)
    assert built["site"]["line_km"] > 300.0
    priced = {figure["figure"]: figure["value"] for figure in answer["provenance"]}
    assert priced["own_line.collector_capex_usd_per_mw"] == pytest.approx(built["site"]["line_capex_usd_per_mw"])


def test_offshore_wind_stands_in_water_of_its_depth_with_its_cable(client: TestClient) -> None:
    hague = {"type": "Point", "coordinates": [4.28, 52.05]}
    fixed = ask(client, hague, technologies=["wind_offshore", "battery"]).json()["supply"]["generators"][0]
    assert 0.0 < fixed["site"]["depth_m"] <= 60.0
    assert fixed["site"]["line_undersea_share"] > 0.2
    assert fixed["site"]["line_capex_usd_per_mw"] > 0.0
    for location, name in (
        (ATACAMA, "wind_offshore"),
        (hague, "wind_offshore_floating"),
        ({"type": "Point", "coordinates": [-150.0, 0.0]}, "wind_offshore_floating"),
    ):
        problem = ask(client, location, technologies=["battery", name])
        assert problem.status_code == 422
        assert problem.json()["errors"][0]["pointer"] == "/supply/technologies/1"
        assert problem.json()["errors"][0]["code"] == "cannot_stand"
    deep = boden(site={"location": {"type": "Point", "coordinates": [-150.0, 0.0]}})
    (refused,) = client.post(URL, json=deep).json()["errors"]
    assert refused["pointer"] == "/site/location"
    assert refused["detail"].startswith("there is no land here")
    assert "ask for a place on land or nearer a coast" in refused["detail"]
    advised = ask(client, deep["site"]["location"], technologies=["pv_fixed", "battery"])
    assert advised.status_code == 200
    inland = [{"name": "far", "technology": "wind_offshore", "location": ATACAMA}]
    problem = ask(client, hague, remote=inland)
    assert problem.json()["errors"][0]["pointer"] == "/supply/remote/0/location"


def test_polygons_with_holes_across_the_date_line_and_of_ten_thousand_vertices(client: TestClient) -> None:
    holed = ask(client, polygon(box(20, 50, 20.4, 50.4), box(20.1, 50.1, 20.3, 50.3))).json()["place"]
    whole = ask(client, polygon(box(20, 50, 20.4, 50.4))).json()["place"]
    assert holed["area_km2"] == pytest.approx(whole["area_km2"] * 0.75, rel=1e-3)
    assert holed["land"]["area_km2"] == pytest.approx(holed["area_km2"], rel=1e-6)
    taveuni = [[179.9, -16.9], [-179.9, -16.9], [-179.9, -16.7], [179.9, -16.7], [179.9, -16.9]]
    across = ask(client, polygon(taveuni))
    assert across.json()["place"]["area_km2"] == pytest.approx(21.3 * 22.1, rel=0.02)
    assert abs(across.json()["place"]["longitude"]) > 179.8
    two = {"type": "MultiPolygon", "coordinates": [[box(20, 50, 20.1, 50.1)], [box(20.1, 50, 20.2, 50.1)]]}
    assert ask(client, two).json()["place"]["area_km2"] == pytest.approx(whole["area_km2"] / 8, rel=0.01)
    angle = np.linspace(0.0, 2.0 * np.pi, 10_000)
    round_ring = np.column_stack([20.0 + 0.2 * np.cos(angle), 50.0 + 0.2 * np.sin(angle)])
    round_ring[-1] = round_ring[0]
    many = ask(client, polygon(round_ring.tolist()))
    assert many.status_code == 200
    ellipse = np.pi * (0.2 * 71.7) * (0.2 * 111.24)
    assert many.json()["place"]["area_km2"] == pytest.approx(ellipse, rel=0.01)


def test_land_excluded_by_the_request(client: TestClient) -> None:
    area, half = box(20, 50, 20.4, 50.4), box(20.2, 49, 21, 51)
    land = ask(client, polygon(area), land={"excluded": polygon(half)}).json()["place"]["land"]
    free = land["area_km2"] - land["urban_km2"] - land["lake_km2"] - land["sea_km2"]
    assert land["usable_km2"] + land["excluded_km2"] == pytest.approx(free, rel=1e-9)
    assert 0.35 < land["excluded_km2"] / land["area_km2"] <= 0.5
    assert land["layers"] == ["the request's own"]
    point = {"type": "Point", "coordinates": [20, 50]}
    refused = ask(client, polygon(area), land={"excluded": point}).json()
    assert refused["errors"][0]["pointer"].startswith("/supply/land/excluded")


def test_an_area_larger_than_any_site_is_refused(client: TestClient) -> None:
    problem = ask(client, polygon(box(-10, 35, 40, 70)))
    assert problem.status_code == 422
    errors = problem.json()["errors"]
    assert [(error["pointer"], error["code"]) for error in errors] == [("/site/location", "out_of_range")]


@pytest.mark.parametrize(
    "location",
    [
        polygon([[10, 50], [10.2, 50.2], [10.2, 50], [10, 50.2], [10, 50]]),
        polygon([[179.9, 0], [-179.9, 0.2], [-179.9, 0], [179.9, 0.2], [179.9, 0]]),
        polygon([[0, 80], [120, 80], [-120, 80], [0, 80]]),
        {"type": "MultiPolygon", "coordinates": [[box(20, 50, 20.2, 50.2)], [box(20.1, 50, 20.3, 50.2)]]},
    ],
)
def test_areas_that_cross_themselves_overlap_or_hold_a_pole_are_refused(
    client: TestClient, location: dict[str, Any]
) -> None:
    problem = ask(client, location)
    assert problem.status_code == 422
    assert [error["code"] for error in problem.json()["errors"]] == ["invalid_geometry"]


def test_every_wrong_field_of_the_supply_is_named(client: TestClient) -> None:
    remote = [
        {"name": "battery", "technology": "pv_fixed", "location": ATACAMA},
        {"name": "x", "technology": "pv_fixed", "location": ATACAMA},
        {"name": "x", "technology": "pv_fixed", "location": ATACAMA},
    ]
    problem = ask(client, ATACAMA, remote=remote).json()
    assert {error["pointer"] for error in problem["errors"]} == {"/supply/remote/0/name", "/supply/remote/2/name"}
    problem = ask(client, ATACAMA, radius_km=-1, land={"radius_km": 0}, remote=[{"name": "X Y"}]).json()
    pointers = {error["pointer"] for error in problem["errors"]}
    assert {
        "/supply/radius_km",
        "/supply/land/radius_km",
        "/supply/remote/0/name",
        "/supply/remote/0/location",
    } <= pointers


def test_a_connection_joins_what_carries_the_power(client: TestClient) -> None:
    answer = client.get(
        "/v1/grid/nearest", params={"latitude": 51.48, "longitude": 6.73, "required_mw": 400, "k": 3, "fuel": "Coal"}
    ).json()
    connection = answer["connection"]
    assert connection["voltage_kv"] == 230.0
    assert connection["joined_voltage_kv"] >= 195.5
    assert connection["joins"] in ("line", "substation")
    assert connection["cost_low_usd"] <= connection["cost_usd"] <= connection["cost_high_usd"]
    assert [len(answer[kind]) for kind in ("lines", "substations", "plants")] == [3, 3, 3]
    assert {plant["fuel"] for plant in answer["plants"]} == {"Coal"}
    assert answer["lines"][0]["detour_km"] == pytest.approx(1.25 * answer["lines"][0]["distance_km"])
    wrong = client.get("/v1/grid/nearest", params={"latitude": 1, "longitude": 1, "fuel": "Muscle"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/fuel"
    baotou = client.get("/v1/grid/nearest", params={"latitude": 40.66, "longitude": 109.84, "required_mw": 200}).json()
    assert baotou["completeness"] == "poor"
    assert baotou["connection"]["joins"] == "plant"
    assert baotou["connection"]["distance_km"] < baotou["nearest_line"]["distance_km"]
    assert "grid_plant_proxy" in {warning["code"] for warning in baotou["warnings"]}
    island = client.get("/v1/grid/nearest", params={"latitude": 54.18, "longitude": 7.89, "required_mw": 20}).json()
    assert island["connection"]["undersea_share"] > 0.5  # Heligoland
    assert any(part["item"].startswith("submarine_cable") for part in island["connection"]["breakdown"])


def test_the_ground_of_the_way_makes_the_line_dearer(client: TestClient) -> None:
    """Forest on four tenths of the way: 1 + 0.4 x 1.25 = 1.5 times the line; what is not told is said not to be."""
    here = {"latitude": 65.83, "longitude": 21.69, "required_mw": 400}
    plain = client.get("/v1/grid/nearest", params=here).json()
    told = client.get("/v1/grid/nearest", params=here | {"forest_share": 0.4, "urban_share": 0.0}).json()
    assert plain["connection"]["way"]["not_checked"] == ["suburban", "forest", "wetland"]
    assert plain["connection"]["way"]["forest_share"] is None
    assert plain["connection"]["way"]["slope_resolution"] == "20 arc-minutes"
    assert told["connection"]["way"]["not_checked"] == ["suburban", "wetland"]
    assert told["connection"]["land_use_multiplier"] == pytest.approx(1.5)
    codes = [{warning["code"] for warning in answer["warnings"]} for answer in (plain, told)]
    assert all({"connection_way_coarse", "connection_cover_not_checked"} <= found for found in codes)
    everything = {f"{kind}_share": 0.2 for kind in ("forest", "wetland", "suburban", "urban", "hill", "mountain")}
    full = client.get("/v1/grid/nearest", params=here | everything).json()
    assert full["connection"]["way"]["not_checked"] == []
    assert "connection_cover_not_checked" not in {warning["code"] for warning in full["warnings"]}
    assert full["connection"]["land_use_multiplier"] == pytest.approx(1 + 0.2 * (1.25 + 0.2 + 0.3 + 0.59))
    assert full["connection"]["terrain_multiplier"] == pytest.approx(1 + 0.2 * (0.4 + 0.75))

    def line(answer: Any) -> float:
        return next(part["cost_usd"] for part in answer["connection"]["breakdown"] if part["item"] == "overhead_line")

    same = plain["connection"]["terrain_multiplier"] == told["connection"]["terrain_multiplier"]
    assert same
    assert line(told) == pytest.approx(1.5 / plain["connection"]["land_use_multiplier"] * line(plain))
    wrong = client.get("/v1/grid/nearest", params=here | {"forest_share": 0.7, "wetland_share": 0.7, "hill_share": 2})
    assert wrong.status_code == 422
    assert "/hill_share" in {error["pointer"] for error in wrong.json()["errors"]}
    both = client.get("/v1/grid/nearest", params=here | {"forest_share": 0.7, "wetland_share": 0.7}).json()
    assert {error["pointer"] for error in both["errors"]} == {"/forest_share", "/wetland_share"}


def test_an_assessment_takes_the_ground_of_the_way(client: TestClient) -> None:
    way = {"forest_share": 0.5, "wetland_share": 0.5, "suburban_share": 0.0, "urban_share": 0.0}
    answer = ask(client, ATACAMA, grid={"connected": False, "way": way}).json()
    connection = answer["grid"]["connection"]
    assert connection["land_use_multiplier"] == pytest.approx(1 + 0.5 * 1.25 + 0.5 * 0.2)
    figures = {item["figure"] for item in answer["provenance"]}
    assert {"connection.forest_multiplier", "connection.wetland_multiplier"} <= figures
    assert "grid_not_connected" not in {warning["code"] for warning in answer["warnings"]}
    too_much = ask(client, ATACAMA, grid={"way": way | {"urban_share": 0.5}}).json()
    assert all(error["pointer"].startswith("/supply/grid/way/") for error in too_much["errors"])


def test_a_large_load_in_europe_joins_its_380_kv_and_no_direct_current_line(client: TestClient) -> None:
    duisburg = {"latitude": 51.49, "longitude": 6.73, "required_mw": 1500}
    joined = client.get("/v1/grid/nearest", params=duisburg).json()["connection"]
    assert joined["distance_km"] < 10.0
    assert 288.0 <= joined["joined_voltage_kv"] <= 420.0
    assert (joined["voltage_kv"], joined["circuits"]) in ((500.0, 1), (345.0, 2))
    dogger = client.get("/v1/grid/nearest", params={"latitude": 54.8, "longitude": 2.0, "required_mw": 1000}).json()
    assert dogger["connection"]["joined_voltage_kv"] not in (350.0, 450.0, 533.0, 600.0, 800.0)
    mauritania = {"latitude": 20.93, "longitude": -17.04, "required_mw": 300}
    proxy = client.get("/v1/grid/nearest", params=mauritania).json()
    assert (proxy["completeness"], proxy["connection"]["joins"]) == ("poor", "plant")


def test_where_land_is_too_little_the_refusal_says_how_much_it_allows(client: TestClient) -> None:
    refused = ask(client, ATACAMA, radius_km=0, land={"available_km2": 0.1}, clean_share=1.0)
    assert refused.status_code == 422
    assert "allow pv_tracking 5 MW" in refused.json()["detail"]


def test_a_remote_plant_of_a_great_load_pays_its_line(client: TestClient) -> None:
    """Sun alone in Duisburg, wind on the coast 300 km away: a line of hundreds of MW pays, a small one does not."""
    coast = {"type": "Point", "coordinates": [8.9, 54.3]}
    remote = [{"name": "north", "technology": "wind_onshore", "location": coast}]
    duisburg = {"type": "Point", "coordinates": [6.73, 51.48]}
    supply = {"technologies": ["pv_tracking", "battery"], "remote": remote, "radius_km": 0, "clean_share": 0.9}
    north = {load: ask(client, duisburg, load, **supply).json()["supply"]["generators"][1] for load in (400.0, 1.0)}
    assert north[400.0]["capacity_mw"] > 400.0
    assert north[400.0]["site"]["line_mw"] == pytest.approx(north[400.0]["capacity_mw"])
    assert north[1.0]["capacity_mw"] == pytest.approx(0.0, abs=1e-6)


def test_lines_that_do_not_settle_are_said_not_to(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sized once alone, the lines are still those of a power on the way."""
    monkeypatch.setattr(settling, "SIZINGS", 1)
    monkeypatch.setattr(settling, "MOVED", 1e-6)
    wind = {"technologies": ["wind_onshore", "battery"], "clean_share": 0.95}
    answer = ask(client, {"type": "Point", "coordinates": [21.69, 65.83]}, 250.0, **wind).json()
    assert "line_cost_not_settled" in {warning["code"] for warning in answer["warnings"]}
    stand = answer["supply"]["generators"][0]
    assert stand["site"]["line_mw"] == pytest.approx(stand["capacity_mw"])
