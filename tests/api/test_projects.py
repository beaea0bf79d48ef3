"""GET /v1/projects, and own data that a running service follows."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from service.commands.cli import app
from tests.api.problems import problem

URL = "/v1/projects"
COMMAND = CliRunner()


def test_neighbours_of_a_site_with_counts_and_peers(client: TestClient) -> None:
    where = {"latitude": 51.49, "longitude": 6.73, "sector": "steel", "capacity_t_per_year": 2.5e6}
    answer = client.get(URL, params=where | {"radius_km": 300, "limit": 5}).json()
    assert answer["total"] > 5 == len(answer["projects"])
    distances = [project["distance_km"] for project in answer["projects"]]
    assert distances == sorted(distances)
    assert distances[0] < 5.0
    assert sum(count["projects"] for count in answer["counts"]) == answer["total"]
    assert len(answer["peers"]) == 5
    assert answer["peers"][0]["unlikeness"] <= answer["peers"][-1]["unlikeness"]
    assert {"steel", "cement", "hydrogen"} <= set(answer["sectors"])
    assert answer["warnings"] == []


def test_hydrogen_by_country_and_stage(client: TestClient) -> None:
    answer = client.get(URL, params={"sector": "hydrogen", "country": "CHL", "stage": ["announced", "financed"]}).json()
    assert answer["total"] > 5
    assert {project["stage"] for project in answer["projects"]} <= {"announced", "financed"}
    assert all(project["latitude"] is None for project in answer["projects"])
    sizes = [project["capacity_t_per_year"] or 0.0 for project in answer["projects"]]
    assert sizes == sorted(sizes, reverse=True)
    near = client.get(URL, params={"latitude": -23, "longitude": -70, "radius_km": 100}).json()
    assert [warning["code"] for warning in near["warnings"]] == ["projects_without_place"]


@pytest.mark.parametrize(
    ("params", "pointers"),
    [
        ({"latitude": 91, "longitude": 0}, {"/latitude"}),
        ({"latitude": 10}, {"/longitude"}),
        ({"radius_km": 10, "capacity_t_per_year": 1}, {"/radius_km", "/capacity_t_per_year"}),
        ({"sector": "alchemy"}, {"/sector"}),
        ({"stage": "dreamt", "limit": 0, "country": "Germany"}, {"/stage", "/limit", "/country"}),
        ({"place": "here"}, {"/place"}),
    ],
)
def test_every_wrong_field_is_named(client: TestClient, params: dict[str, object], pointers: set[str]) -> None:
    body = problem(client.get(URL, params=params), 422)
    assert {"/" + error["pointer"].split("/")[1] for error in body["errors"]} == pointers


def test_a_running_service_follows_what_the_command_adds_and_removes(
    client: TestClient, data_folder: Path, tmp_path: Path
) -> None:
    where = {"latitude": 39.5, "longitude": 84.5, "required_mw": 100}
    before = client.get("/v1/grid/nearest", params=where).json()
    version = client.get("/v1/datasets").json()["data_version"]
    path = tmp_path / "grid.gpkg"
    line = shapely.LineString([(84.0, 39.0), (85.0, 40.0)])
    gpd.GeoDataFrame({"voltage_kv": [220]}, geometry=[line], crs=4326).to_file(path)
    added = COMMAND.invoke(app, ["data", "grid", "add", "tarim", str(path), "--attribution", "the operator"])
    assert added.exit_code == 0, added.output
    assert "tarim v1" in added.output
    after = client.get("/v1/grid/nearest", params=where).json()
    assert after["nearest_line"]["dataset"] == "tarim v1"
    assert after["connection"]["cost_usd"] < before["connection"]["cost_usd"] / 10
    listed = client.get("/v1/datasets").json()
    assert [layer["id"] for layer in listed["own_layers"]] == ["tarim v1"]
    assert listed["data_version"] != version
    assert "tarim v1" in COMMAND.invoke(app, ["data", "grid", "list"]).output
    broken = tmp_path / "broken.gpkg"
    gpd.GeoDataFrame({"voltage_kv": ["220", "many"]}, geometry=[line, line], crs=4326).to_file(broken)
    refused = COMMAND.invoke(app, ["data", "grid", "add", "tarim", str(broken)])
    assert refused.exit_code == 2
    assert "row 2" in refused.output
    assert client.get("/v1/grid/nearest", params=where).json() == after
    assert COMMAND.invoke(app, ["data", "grid", "remove", "tarim"]).exit_code == 0
    assert client.get("/v1/grid/nearest", params=where).json() == before
    assert COMMAND.invoke(app, ["data", "grid", "remove", "tarim"]).exit_code == 2
    assert COMMAND.invoke(app, ["data", "grid", "add", "x"]).exit_code == 2
    assert str(data_folder) in COMMAND.invoke(app, ["data", "folder"]).output


@pytest.mark.usefixtures("data_folder")
def test_own_land_and_projects_by_the_command(client: TestClient, tmp_path: Path) -> None:
    parks = tmp_path / "parks.geojson"
    gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(10, 50, 11, 51)], crs=4326).to_file(parks)
    assert COMMAND.invoke(app, ["data", "land", "add", "parks", str(parks)]).exit_code == 0
    assert "parks v1" in COMMAND.invoke(app, ["data", "land", "list"]).output
    assert COMMAND.invoke(app, ["data", "land", "remove", "parks"]).exit_code == 0
    assert COMMAND.invoke(app, ["data", "land", "add", "parks", str(parks), "--exclude", "5"]).exit_code == 2
    tracker = tmp_path / "tracker.csv"
    tracker.write_text(
        "Project name,Sector,Country,Stage,Size\nOne,Methanol,Chile,Announced,5\nTwo,Methanol,Chile,Announced,big\n"
    )
    added = COMMAND.invoke(app, ["data", "projects", "add", "mpp", str(tracker), "--column", "capacity=Size"])
    assert added.exit_code == 0, added.output
    assert "row 2" in added.output
    answer = client.get(URL, params={"sector": "methanol"}).json()
    assert [(p["name"], p["capacity_t_per_year"], p["dataset"]) for p in answer["projects"]] == [("One", 5.0, "mpp v1")]
    assert "mpp v1" in COMMAND.invoke(app, ["data", "projects", "list"]).output
    assert COMMAND.invoke(app, ["data", "projects", "remove", "mpp"]).exit_code == 0
    assert COMMAND.invoke(app, ["data", "projects", "add", "mpp", str(tracker), "--column", "oops"]).exit_code == 2


def test_land_cover_by_the_command(client: TestClient, data_folder: Path, tmp_path: Path) -> None:
    assert data_folder
    woods = tmp_path / "woods.gpkg"
    gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(21.0, 65.0, 22.5, 66.5)], crs=4326).to_file(woods)
    here = {"latitude": 65.83, "longitude": 21.69, "required_mw": 400}
    before = client.get("/v1/grid/nearest", params=here).json()["connection"]
    added = COMMAND.invoke(app, ["data", "land", "add", "woods", str(woods), "--cover", "forest"])
    assert added.exit_code == 0, added.output
    after = client.get("/v1/grid/nearest", params=here).json()["connection"]
    assert after["way"]["forest_share"] == pytest.approx(1.0 - after["way"]["urban_share"])
    assert after["cost_usd"] > before["cost_usd"]
    assert before["way"]["forest_share"] is None
    refused = COMMAND.invoke(app, ["data", "land", "add", "woods", str(woods), "--forest", "10"])
    assert refused.exit_code == 2
    assert "are for a raster" in refused.output
    assert COMMAND.invoke(app, ["data", "land", "remove", "woods"]).exit_code == 0
    assert client.get("/v1/grid/nearest", params=here).json()["connection"] == before
