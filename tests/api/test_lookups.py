"""Look-ups, health, documentation and the OpenAPI description."""

from pathlib import Path

import pytest
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from service.settings import Settings

ROOT = Path(__file__).parents[2]


def test_health(client: TestClient) -> None:
    assert client.get("/healthz/live").json() == {"status": "ok"}
    ready = client.get("/healthz/ready").json()
    assert ready["status"] == "ok"
    assert {check["name"]: check["status"] for check in ready["checks"]} == dict.fromkeys(
        ("data", "database", "storage", "computations"), "ok"
    )


def test_not_ready_before_the_data_are_loaded() -> None:
    from service.app import create_app

    response = TestClient(create_app(Settings())).get("/healthz/ready")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert "retry-after" in response.headers


def test_processes(client: TestClient) -> None:
    processes = {process["id"]: process for process in client.get("/v1/processes").json()["processes"]}
    bands = {
        "steel-h2-dri-eaf": (3.3, 4.5),
        "ammonia": (8.5, 11.0),
        "steel-scrap-eaf": (0.4, 0.9),
        "aluminium": (13.0, 16.0),
    }
    for name, (low, high) in bands.items():
        assert low <= processes[name]["specific_electricity_mwh_per_unit"] <= high
    assert {"hydrogen", "custom"} <= processes.keys()


@pytest.mark.parametrize("name", ["steel-h2-dri-eaf", "ammonia", "custom"])
def test_one_process(client: TestClient, name: str) -> None:
    detail = client.get(f"/v1/processes/{name}").json()
    assert detail["id"] == name
    for step in detail["steps"]:
        assert step["figure"]["source"]
        assert step["figure"]["low"] <= step["figure"]["value"] <= step["figure"]["high"]


def test_an_unknown_process_is_not_found(client: TestClient) -> None:
    response = client.get("/v1/processes/alchemy")
    assert response.status_code == 404
    assert "steel-h2-dri-eaf" in response.json()["detail"]


def test_technologies(client: TestClient) -> None:
    answer = client.get("/v1/technologies", params={"cost_year": 2040}).json()
    assert answer["cost_year"] == 2040
    assert {"pv_tracking", "wind_onshore", "battery", "electrolyser", "salt_cavern"} <= answer["technologies"].keys()
    assert all(figure["source"] for figures in answer["technologies"].values() for figure in figures)


def test_datasets(client: TestClient) -> None:
    answer = client.get("/v1/datasets").json()
    found = {dataset["id"]: dataset for dataset in answer["datasets"]}
    assert {"climate", "grid_osm", "power_plants", "countries"} <= found.keys()
    assert found["grid_osm"]["licence"] == "ODbL-1.0"
    assert answer["data_version"]


def test_the_grid_near_boden(client: TestClient) -> None:
    answer = client.get("/v1/grid/nearest", params={"latitude": 65.83, "longitude": 21.69}).json()
    assert answer["country"] == "SWE"
    assert answer["connection"] is None
    line = answer["nearest_line"]
    assert line["distance_low_km"] <= line["distance_km"] <= line["distance_high_km"]
    assert line["source"]
    assert line["as_of"]
    priced = client.get("/v1/grid/nearest", params={"latitude": 65.83, "longitude": 21.69, "required_mw": 400}).json()
    assert priced["connection"]["cost_low_usd"] < priced["connection"]["cost_usd"]
    assert sum(part["cost_usd"] for part in priced["connection"]["breakdown"]) == pytest.approx(
        priced["connection"]["cost_usd"]
    )


def test_swagger_ui_needs_no_other_host(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
    for part in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert client.get(f"/static-offline-docs/{part}").status_code == 200


def test_openapi_is_valid_and_committed(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    validate(description)
    committed = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))
    assert committed == description, "run 'make openapi'"
    body = description["paths"]["/v1/assessments"]["post"]["requestBody"]["content"]["application/json"]
    assert len(body["examples"]) >= 3


def test_every_operation_is_named_and_described(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            assert operation.get("summary"), (path, method)
            assert operation.get("description"), (path, method)
            assert operation["operationId"].isidentifier(), (path, method)


def test_every_json_answer_has_a_real_example_that_fits(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            for status, response in operation["responses"].items():
                content = response.get("content", {}).get("application/json")
                if not status.startswith("2") or content is None:
                    continue
                again = f"{method} {path}: run 'python -m tests.api.record_answers', then 'make openapi'"
                assert "example" in content, again
                schema = content["schema"] | {"components": description["components"]}
                assert Draft202012Validator(schema).is_valid(content["example"]), again


def test_errors_are_described_as_problems_and_nothing_else(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    errors = [
        (status, response["content"])
        for operations in paths.values()
        for operation in operations.values()
        for status, response in operation["responses"].items()
        if status >= "400" and "$ref" not in response  # a shared refusal: test_access.py
    ]
    assert errors
    for status, content in errors:
        assert list(content) == ["application/problem+json"]
        example = content["application/problem+json"].get("example")
        assert example is None or str(example["status"]) == status
