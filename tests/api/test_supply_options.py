"""POST /v1/assessments: capacity that is there already, and a load that can shift."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.problems import pointers, problem
from tests.api.requests import boden

URL = "/v1/assessments"
CUSTOM = {"id": "custom", "load_mw": 100.0}
SIMPLE = {"technologies": ["pv_tracking", "wind_onshore", "battery"], "clean_share": 0.95, "radius_km": 0}


def assessed(client: TestClient, **supply: Any) -> dict[str, Any]:
    """A flat load of 100 MW in Boden, its supply changed."""
    response = client.post(URL, json=boden(process=CUSTOM, supply=SIMPLE | supply))
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    return answer


def generator(answer: dict[str, Any], technology: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in answer["supply"]["generators"] if item["technology"] == technology)
    return found


@pytest.fixture(scope="module")
def plain(client: TestClient) -> dict[str, Any]:
    return assessed(client)


def test_existing_wind_is_used_free_of_fixed_cost(client: TestClient, plain: dict[str, Any]) -> None:
    there = assessed(client, existing={"wind_onshore": 50.0})
    before, after = generator(plain, "wind_onshore"), generator(there, "wind_onshore")
    assert (before["existing_mw"], after["existing_mw"]) == (0.0, 50.0)
    assert before["capacity_mw"] > 50.0
    assert after["capacity_mw"] == pytest.approx(before["capacity_mw"], rel=1e-3)
    saved = plain["cost"]["total_annual_cost_usd"] - there["cost"]["total_annual_cost_usd"]
    wind = {item["item"]: item["usd_per_year"] for item in plain["cost"]["breakdown"]}["wind_onshore"]
    assert 0.0 < saved <= 50.0 / before["capacity_mw"] * wind * (1 + 1e-3)
    assert there["input"]["supply"]["existing"] == {"wind_onshore": 50.0}


def test_nothing_is_added_where_the_limit_is_nil(client: TestClient) -> None:
    answer = assessed(client, existing={"wind_onshore": 900.0}, limits={"wind_onshore": {"max_mw": 0.0}})
    assert generator(answer, "wind_onshore")["capacity_mw"] == pytest.approx(900.0)


def test_land_that_is_taken_leaves_less_to_build_on(client: TestClient) -> None:
    land = {"available_km2": 20.0}
    most = generator(assessed(client, land=land, clean_share=0.1), "wind_onshore")["capacity_mw"]
    answer = assessed(client, land=land, existing={"wind_onshore": most + 500.0}, clean_share=0.1)
    assert generator(answer, "wind_onshore")["capacity_mw"] == pytest.approx(most + 500.0)


def test_a_load_that_shifts_costs_less(client: TestClient, plain: dict[str, Any]) -> None:
    answer = assessed(client, flexibility={"share": 0.2, "window_hours": 12})
    levelised = "levelised_cost_of_clean_power_usd_per_mwh"
    assert answer["cost"][levelised] < plain["cost"][levelised]
    assert answer["supply"]["shifted_mwh_per_year"] > 0.0
    assert plain["supply"]["shifted_mwh_per_year"] == 0.0
    load = sum(month["load_mwh"] for month in answer["supply"]["monthly"])
    assert load == pytest.approx(876_000.0, rel=1e-6)


def test_what_is_not_built_cannot_be_there(client: TestClient) -> None:
    request = boden(process=CUSTOM, supply=SIMPLE | {"existing": {"pv_fixed": 5.0}})
    assert pointers(problem(client.post(URL, json=request), 422)) == {"/supply/existing/pv_fixed"}
    request = boden(process=CUSTOM, supply={"existing": {"wind_offshore": 5.0}})
    assert pointers(problem(client.post(URL, json=request), 422)) == {"/supply/existing/wind_offshore"}


def test_wrong_options_are_named(client: TestClient) -> None:
    supply = {"existing": {"wind_onshore": -1.0}, "flexibility": {"share": 1.5, "window_hours": 0.5}}
    assert pointers(problem(client.post(URL, json=boden(process=CUSTOM, supply=supply)), 422)) == {
        "/supply/existing/wind_onshore",
        "/supply/flexibility/share",
        "/supply/flexibility/window_hours",
    }
