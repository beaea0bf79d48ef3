"""POST /v1/assessments for real: the worked examples, and the answer checked against itself."""

import math
import socket
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.schemas.examples import examples
from tests.api.requests import boden

pytestmark = pytest.mark.slow
URL = "/v1/assessments"


def numbers(value: Any) -> list[float]:
    """Every number in an answer."""
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


@pytest.fixture(scope="module")
def answers(client: TestClient) -> dict[str, dict[str, Any]]:
    """The worked examples with hourly operation, assessed once, without a socket to be had."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        for name, example in examples().items():
            response = client.post(URL, json=example["value"] | {"options": {"hourly": True}})
            assert response.status_code == 200, response.text[:500]
            found[name] = response.json()
    return found


EXAMPLES = sorted(examples())


def test_there_are_three_worked_examples() -> None:
    assert EXAMPLES == ["boden-green-steel", "duisburg-scrap-steel", "pilbara-ammonia"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_answer_is_whole_and_finite(answers: dict[str, Any], name: str) -> None:
    answer = answers[name]
    assert all(math.isfinite(number) for number in numbers(answer))
    assert answer["solution"]["status"] == "optimal"
    assert answer["solution"]["relative_gap"] <= 1e-6
    assert answer["solution"]["hours"] == 8760
    assert all(figure["source"] for figure in answer["provenance"])
    assert all(warning["code"] and warning["detail"] for warning in answer["warnings"])
    recalled = {figure["figure"] for figure in answer["provenance"] if figure["status"] == "recalled"}
    told = [warning["detail"] for warning in answer["warnings"] if warning["code"] == "recalled_figures"]
    assert len(told) == 1  # one warning that names every one of them
    assert set(told[0].split(": ")[1].split(", ")) == recalled


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_step_table_adds_up(answers: dict[str, Any], name: str) -> None:
    demand = answers[name]["demand"]
    for column, total in (
        ("electricity_mwh_per_t", demand["specific_electricity_mwh_per_unit"]),
        ("low", demand["electricity_low_mwh_per_year"] / demand["product_per_year"]),
        ("high", demand["electricity_high_mwh_per_year"] / demand["product_per_year"]),
    ):
        assert sum(step[column] for step in demand["steps"]) == pytest.approx(total)
    year = demand["specific_electricity_mwh_per_unit"] * demand["product_per_year"]
    assert demand["electricity_mwh_per_year"] == pytest.approx(year)


@pytest.mark.parametrize("name", EXAMPLES)
def test_costs_add_up(answers: dict[str, Any], name: str) -> None:
    answer = answers[name]
    cost = answer["cost"]
    assert sum(item["usd_per_mwh"] for item in cost["breakdown"]) == pytest.approx(
        cost["levelised_cost_of_clean_power_usd_per_mwh"]
    )
    assert cost["low"] < cost["levelised_cost_of_clean_power_usd_per_mwh"] < cost["high"]
    product = answer["demand"]["product_per_year"]
    assert cost["power_cost_usd_per_unit"] * product == pytest.approx(cost["total_annual_cost_usd"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_hour_balances(answers: dict[str, Any], name: str) -> None:
    hourly = answers[name]["hourly"]
    series = hourly["series"]
    mean = sum(hourly["load_mw"]) / hourly["hours"]

    def at(key: str, hour: int) -> float:
        return float(series[key][hour]) if key in series else 0.0

    generators = [key for key in series if key.endswith("_used_mw")]
    for hour in range(0, hourly["hours"], 7):
        into = sum(series[key][hour] for key in generators) + sum(
            at(key, hour) for key in ("battery_discharge_mw", "hydrogen_turbine_mw", "grid_import_mw", "unserved_mw")
        )
        out = hourly["load_mw"][hour] + sum(
            at(key, hour) for key in ("battery_charge_mw", "electrolyser_mw", "grid_export_mw")
        )
        assert into == pytest.approx(out, abs=1e-6 * mean + 5e-4)  # the answer holds four decimals


@pytest.mark.parametrize("name", EXAMPLES)
def test_months_and_energies_agree(answers: dict[str, Any], name: str) -> None:
    supply = answers[name]["supply"]
    months = supply["monthly"]
    assert [month["month"] for month in months] == list(range(1, 13))
    used = sum(generator["generation_mwh_per_year"] for generator in supply["generators"])
    assert sum(month["used_mwh"] for month in months) == pytest.approx(used)
    assert sum(month["import_mwh"] for month in months) == pytest.approx(supply["grid"]["import_mwh_per_year"], abs=1.0)


def test_boden_is_plausible(answers: dict[str, Any]) -> None:
    answer = answers["boden-green-steel"]
    assert answer["place"]["country"] == "SWE"
    assert 3.3 <= answer["demand"]["specific_electricity_mwh_per_t"] <= 4.5
    assert 40.0 < answer["cost"]["levelised_cost_of_clean_power_usd_per_mwh"] < 150.0
    assert answer["grid"]["nearest_line"]["distance_km"] < 20.0
    assert answer["emissions"]["t_co2_per_t"] < 0.3 < answer["emissions"]["conventional_t_co2_per_t"]
    assert answer["input"]["process"]["capacity_t_per_year"] == 2_500_000
    assert answer["input"]["supply"]["technologies"]


def test_land_bounds_what_is_built(answers: dict[str, Any]) -> None:
    answer = answers["pilbara-ammonia"]
    area = answer["place"]["area_km2"]
    assert 600.0 < area < 720.0
    for generator in answer["supply"]["generators"]:
        assert generator["land_km2"] <= area * (1 + 1e-6)
    assert answer["supply"]["clean_share_achieved"] >= 0.95 - 1e-6
    assert "load_unserved" in {warning["code"] for warning in answer["warnings"]}


def test_on_the_grid_the_connection_is_in_the_cost(answers: dict[str, Any]) -> None:
    answer = answers["duisburg-scrap-steel"]
    assert answer["grid"]["connection"]["required_mw"] == 150.0
    items = {item["item"]: item["usd_per_mwh"] for item in answer["cost"]["breakdown"]}
    assert items["grid_connection"] > 0.0
    assert items["grid_sales"] < 0.0
    assert 0.9 <= answer["supply"]["clean_share_achieved"] <= 1.0
    off_grid = answers["boden-green-steel"]
    assert off_grid["grid"]["connection"]["cost_usd"] > 0.0
    assert "grid_connection" not in {item["item"] for item in off_grid["cost"]["breakdown"]}


def small(**changes: Any) -> dict[str, Any]:
    """A small custom load, quick to size: sun, wind and a battery."""
    base = boden(supply__technologies=["pv_tracking", "wind_onshore", "battery"], supply__clean_share=0.9)
    base["process"] = {"id": "custom", "load_mw": 10.0}
    for name, value in changes.items():
        base[name] = value
    return base


def test_the_same_request_has_the_same_answer(client: TestClient) -> None:
    one, other = (client.post(URL, json=small()).json() for _ in range(2))
    assert one["assessment_id"] == other["assessment_id"]
    assert one["cost"] == other["cost"]


def test_costs_of_ones_own_enter_and_are_marked(client: TestClient) -> None:
    costs = {"wind_onshore": {"capex_usd_per_mw": 700_000.0}, "battery": {"capex_usd_per_mwh": 40_000.0}}
    cheap = client.post(URL, json=small(finance={"costs": costs, "wacc": 0.04})).json()
    dear = client.post(URL, json=small()).json()
    headline = "levelised_cost_of_clean_power_usd_per_mwh"
    assert cheap["cost"][headline] < dear["cost"][headline]
    given = {figure["figure"] for figure in cheap["provenance"] if not figure["default"]}
    assert {"wind_onshore.capex_usd_per_mw", "battery.capex_usd_per_mwh", "battery.wacc"} <= given


def test_two_weather_years_are_one_problem(client: TestClient) -> None:
    answer = client.post(URL, json=small(weather={"years": [2012, 2013]})).json()
    assert answer["solution"]["hours"] == 8784 + 8760
    assert answer["weather"]["years"] == [2012, 2013]


def test_a_profile_of_ones_own(client: TestClient) -> None:
    supply = {
        "technologies": ["wind_onshore"],
        "profiles": [{"technology": "wind_onshore", "capacity_factor": [0.5] * 8760}],
    }
    answer = client.post(URL, json=small(supply=supply)).json()
    assert answer["supply"]["generators"][0]["capacity_mw"] == pytest.approx(20.0, rel=1e-5)
    wrong = small(supply=supply | {"profiles": [{"technology": "wind_onshore", "capacity_factor": [0.5] * 8784}]})
    response = client.post(URL, json=wrong)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/supply/profiles/0/capacity_factor"


def test_what_was_asked_but_cannot_count_is_said(client: TestClient) -> None:
    hours = [{"technology": "wind_offshore", "capacity_factor": [0.5] * 8760}]
    supply = {"technologies": ["wind_offshore", "battery"], "clean_share": 0.5, "grid": {"max_import_mw": 5.0}}
    supply["profiles"] = hours  # the model's own would stand at sea
    codes = [warning["code"] for warning in client.post(URL, json=small(supply=supply)).json()["warnings"]]
    assert {"grid_not_connected", "technology_out_of_place"} <= set(codes)


def test_at_sea_the_default_is_wind(client: TestClient) -> None:
    request = small(site={"location": {"type": "Point", "coordinates": [2.0, 54.8]}}, supply={"clean_share": 0.9})
    answer = client.post(URL, json=request).json()
    assert answer["place"]["offshore"]
    assert [g["technology"] for g in answer["supply"]["generators"]] == ["wind_offshore"]
    assert "offshore_default" in {warning["code"] for warning in answer["warnings"]}


def test_no_land_no_system(client: TestClient) -> None:
    request = small(supply={"technologies": ["pv_tracking", "battery"], "land": {"available_km2": 0.1}})
    response = client.post(URL, json=request)
    assert response.status_code == 422
    assert response.json()["type"].endswith("/infeasible")
    assert "electricity" in response.json()["detail"]


def test_a_grid_without_a_known_price_asks_for_one(client: TestClient) -> None:
    request = small(site={"location": {"type": "Point", "coordinates": [-150.0, 0.0]}})
    request["supply"]["grid"] = {"connected": True}
    response = client.post(URL, json=request)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/supply/grid/import_price_usd_per_mwh"


def test_selling_without_limit_is_a_problem(client: TestClient) -> None:
    request = small()
    request["supply"]["radius_km"] = 0  # within a radius land bounds what is built
    request["supply"]["grid"] = {"connected": True, "import_price_usd_per_mwh": 50, "export_price_usd_per_mwh": 500}
    response = client.post(URL, json=request)
    assert response.status_code == 422
    assert response.json()["type"].endswith("/unbounded")
