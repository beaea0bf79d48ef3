"""POST /v1/sizing: every part of the system reaches the engine, and the answer says what each is worth."""

from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from service.schemas.sizing import SizingRequest
from service.uses.size import problem_of
from tests.api.problems import pointers, problem
from tests.api.requests import sizing

HOURS = 48
WIND: dict[str, Any] = {
    "name": "wind",
    "capacity_factor": [0.4 + 0.3 * (hour % 5 == 0) for hour in range(HOURS)],
    "annual_cost_usd_per_mw": 100_000.0,
}
HYDROGEN = {
    "electrolyser_annual_cost_usd_per_mw": 188_715.0,
    "electrolyser_efficiency": 0.62,
    "store_annual_cost_usd_per_mwh": 148.0,
}


def sized(client: TestClient, **changes: Any) -> dict[str, Any]:
    """The answer to the small sizing with wind beside the sun, changed."""
    request = sizing(**changes)
    if "generators" not in changes:
        request["generators"] = [*request["generators"], WIND]
    response = client.post("/v1/sizing", json=request)
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    assert answer["dispatch"]["max_imbalance_mw"] < 1e-5
    return answer


def test_every_field_of_a_request_reaches_the_problem() -> None:
    request = {
        "load_mw": 10.0,
        "hydrogen_load_mw": 2.0,
        "heat_load_mw": [3.0] * HOURS,
        "generators": [WIND | {"marginal_cost_usd_per_mwh": 1.0, "max_mw": 50.0, "existing_mw": 4.0}],
        "battery": {
            "annual_cost_usd_per_mwh": 1.0,
            "annual_cost_usd_per_mw": 2.0,
            "charge_efficiency": 0.9,
            "discharge_efficiency": 0.8,
            "max_mw": 3.0,
            "max_mwh": 4.0,
            "standing_loss": 0.01,
        },
        "hydrogen": HYDROGEN
        | {
            "turbine_annual_cost_usd_per_mw": 5.0,
            "turbine_efficiency": 0.4,
            "turbine_marginal_cost_usd_per_mwh": 6.0,
            "electrolyser_max_mw": 7.0,
            "store_max_mwh": 8.0,
            "turbine_max_mw": 9.0,
            "electrolyser_min_load": 0.2,
            "electrolyser_ramp": 0.3,
            "store_standing_loss": 0.004,
        },
        "heat": {
            "heater_annual_cost_usd_per_mw": 11.0,
            "heater_cop": 2.0,
            "store_annual_cost_usd_per_mwh": 12.0,
            "store_standing_loss": 0.03,
            "heater_max_mw": 13.0,
            "store_max_mwh": 14.0,
        },
        "flexibility": {"share": 0.2, "window_hours": 5, "min_load_mw": 6.0, "max_load_mw": 15.0},
        "grid": {
            "max_import_mw": 16.0,
            "max_export_mw": 17.0,
            "import_price_usd_per_mwh": 18.0,
            "export_price_usd_per_mwh": 19.0,
        },
        "clean_share": 0.8,
        "matching": "monthly",
        "month_of_hour": [hour // 24 for hour in range(HOURS)],
        "unserved_price_usd_per_mwh": 20.0,
        "unserved_share": 0.1,
    }
    asked = SizingRequest.model_validate(request)
    found = problem_of(asked)
    for part in ("battery", "hydrogen", "heat", "flexibility"):
        given: Any = request[part]
        for name, value in given.items():
            assert getattr(getattr(found, part), name) == value, name
    generators: Any = request["generators"]
    for name, value in generators[0].items():
        assert getattr(found.generators[0], name) == pytest.approx(value) if name != "name" else True
    assert found.grid is not None
    assert (found.grid.max_import_mw, found.grid.max_export_mw) == (16.0, 17.0)
    assert found.grid.import_price_usd_per_mwh == pytest.approx(np.full(HOURS, 18.0))
    assert (found.clean_share, found.matching) == (0.8, "monthly")
    assert (found.unserved_price_usd_per_mwh, found.unserved_share) == (20.0, 0.1)
    assert found.month_of_hour is not None
    assert found.month_of_hour.tolist() == request["month_of_hour"]
    assert found.heat_load_mw == pytest.approx(np.full(HOURS, 3.0))
    connected = asked.model_copy(
        update={"grid": asked.grid.model_copy(update={"connection_annual_cost_usd_per_mw": 5.0, "max_export_mw": None})}
        if asked.grid
        else {}
    )
    grid = problem_of(connected).grid
    assert grid is not None
    assert grid.connection_annual_cost_usd_per_mw == 5.0


def test_existing_capacity_comes_free(client: TestClient) -> None:
    there = sized(client, generators=[WIND | {"existing_mw": 50.0, "max_mw": 0.0}])
    assert there["capacities"]["wind_mw"] == 50.0
    assert there["objective_usd_per_year"] == pytest.approx(0.0, abs=1.0)


def test_heat_with_a_store(client: TestClient) -> None:
    heat = {"heater_annual_cost_usd_per_mw": 30_000, "heater_cop": 2.0, "store_annual_cost_usd_per_mwh": 1_500}
    answer = sized(client, heat_load_mw=8.0, heat=heat, hourly=True)
    assert {"heater_mw", "thermal_store_mwh"} <= set(answer["capacities"])
    year, hourly = answer["dispatch"], answer["hourly"]
    assert year["heater_mwh"] == pytest.approx(4.0 * 8760.0, rel=1e-5)
    assert year["average_prices"]["heat"] > 0.0
    assert year["average_prices"]["hydrogen"] is None
    assert {"heater_mw", "thermal_store_level_mwh", "heat_price_usd_per_mwh"} <= set(hourly)
    assert max(hourly["thermal_store_level_mwh"]) == pytest.approx(answer["capacities"]["thermal_store_mwh"], rel=1e-3)


def test_a_connection_is_sized(client: TestClient) -> None:
    grid = {"import_price_usd_per_mwh": 60.0, "connection_annual_cost_usd_per_mw": 10_000.0, "max_import_mw": 7.0}
    answer = sized(client, grid=grid, clean_share=0.5)
    assert 0.0 < answer["capacities"]["connection_mw"] <= 7.0 + 1e-6
    assert answer["dispatch"]["clean_share_achieved"] >= 0.5 - 1e-6
    assert "connection_mw" not in sized(client, grid={"import_price_usd_per_mwh": 60.0}, clean_share=0.5)["capacities"]


def test_a_flexible_load(client: TestClient) -> None:
    rigid = sized(client)
    answer = sized(client, flexibility={"share": 0.4, "window_hours": 8}, hourly=True)
    assert answer["objective_usd_per_year"] < rigid["objective_usd_per_year"]
    assert answer["dispatch"]["shifted_mwh"] > 0.0
    assert sum(answer["hourly"]["load_more_mw"]) == pytest.approx(sum(answer["hourly"]["load_less_mw"]), rel=1e-3)


def test_unserved_energy_at_a_price(client: TestClient) -> None:
    answer = sized(client, battery=None, unserved_price_usd_per_mwh=200.0, unserved_share=0.1)
    assert 0.0 < answer["dispatch"]["unserved_mwh"] <= 8_760.0 * (1 + 1e-6)


def test_a_minimum_load_vents(client: TestClient) -> None:
    plant = {name: value for name, value in HYDROGEN.items() if not name.startswith("store")}
    answer = sized(
        client,
        hydrogen_load_mw=[3.1] * 24 + [0.0] * 24,
        hydrogen=plant | {"electrolyser_min_load": 0.4},
        hourly=True,
    )
    assert answer["dispatch"]["hydrogen_vented_mwh"] > 0.0
    assert min(answer["hourly"]["electrolyser_mw"]) >= 0.4 * answer["capacities"]["electrolyser_mw"] - 1e-3


def test_what_each_part_is_worth(client: TestClient) -> None:
    """In the optimum what is built without limit is worth what it costs, and its market value pays for it."""
    answer = sized(client)
    for name, found in answer["sensitivities"].items():
        assert found["capacity"] == pytest.approx(answer["capacities"][name], abs=1e-9)
        if found["capacity"] > 1e-3:
            assert found["worth_usd_per_unit_year"] == pytest.approx(found["annual_cost_usd_per_unit"], rel=1e-3), name
    for item in answer["dispatch"]["generators"].values():
        if item["used_mwh"] > 1.0:
            assert item["market_value_usd_per_mwh"] > 0.0
        assert item["curtailed_mwh"] == pytest.approx(item["available_mwh"] - item["used_mwh"], abs=1e-3)
    assert answer["dispatch"]["average_prices"]["electricity"] == pytest.approx(answer["cost_usd_per_mwh"], rel=1e-4)


def test_a_generator_may_not_be_named_like_a_plant(client: TestClient) -> None:
    names = ("battery", "electrolyser", "hydrogen_turbine", "heater", "connection")
    body = problem(client.post("/v1/sizing", json=sizing(generators=[WIND | {"name": name} for name in names])), 422)
    assert pointers(body) == {f"/generators/{index}/name" for index in range(len(names))}
    assert {error["code"] for error in body["errors"]} == {"reserved"}


def test_every_wrong_field_is_named_at_once(client: TestClient) -> None:
    """What the types refuse and what the fields say against each other, in one answer."""
    request = sizing(
        load_mw=[10.0] * HOURS,
        heat_load_mw=5.0,
        hydrogen_load_mw=[1.0] * 47,
        generators=[WIND | {"name": "heater", "existing_mw": -1.0}, WIND, WIND],
        battery={"annual_cost_usd_per_mwh": 1.0, "annual_cost_usd_per_mw": 1.0, "standing_loss": 1.0},
        hydrogen=HYDROGEN | {"turbine_efficiency": 0.4, "electrolyser_ramp": 1.5},
        flexibility={"share": 0.1, "window_hours": 2.5, "max_load_mw": 5.0},
        grid={"import_price_usd_per_mwh": 1.0, "max_export_mw": 5.0, "connection_annual_cost_usd_per_mw": 1.0},
        unserved_share=2.0,
        surprise=1,
    )
    assert pointers(problem(client.post("/v1/sizing", json=request), 422)) == {
        "/heat",
        "/hydrogen_load_mw",
        "/generators/0/name",
        "/generators/0/existing_mw",
        "/generators/2/name",
        "/battery/standing_loss",
        "/hydrogen/turbine_annual_cost_usd_per_mw",
        "/hydrogen/electrolyser_ramp",
        "/flexibility/window_hours",
        "/flexibility/max_load_mw",
        "/grid/max_export_mw",
        "/unserved_share",
        "/surprise",
    }


@pytest.mark.parametrize("body", [[], 1, "sizing", {"generators": 1}, {"generators": [1], "grid": 2}])
def test_a_body_of_another_shape(client: TestClient, body: Any) -> None:
    assert problem(client.post("/v1/sizing", json=body), 422)["errors"]


def test_no_load_at_all(client: TestClient) -> None:
    assert pointers(problem(client.post("/v1/sizing", json=sizing(load_mw=0.0)), 422)) == {"/load_mw"}


def test_an_infeasible_heat_load(client: TestClient) -> None:
    heat = {"heater_annual_cost_usd_per_mw": 1.0, "heater_max_mw": 1.0}
    body = problem(client.post("/v1/sizing", json=sizing(heat_load_mw=3.0, heat=heat)), 422)
    assert body["type"].endswith("/infeasible")
    assert "heat: at least 17,520 MWh a year" in body["detail"]
