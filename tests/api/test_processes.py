"""Every process of the catalogue assessed over HTTP; operation, phases, flexibility and stores; what is refused."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from models.demand.catalogue import catalogue
from tests.api.problems import pointers, problem
from tests.api.requests import boden

pytestmark = pytest.mark.slow
URL = "/v1/assessments"
TOTAL = "total_annual_cost_usd"


def assessed(
    client: TestClient, process_id: str, supply: dict[str, Any] | None = None, **process: Any
) -> dict[str, Any]:
    request = boden(process={"id": process_id} | process, supply=supply or {})
    response = client.post(URL, json=request)
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    return answer


def refused(client: TestClient, process_id: str, **process: Any) -> dict[str, str]:
    body = problem(client.post(URL, json=boden(process={"id": process_id} | process)), 422)
    return {error["pointer"]: error["detail"] for error in body["errors"]}


@pytest.mark.parametrize("process_id", list(catalogue()))
def test_every_process_is_assessed_with_its_defaults(client: TestClient, process_id: str) -> None:
    answer = assessed(client, process_id, **({"load_mw": 20.0} if process_id == "custom" else {}))
    demand = answer["demand"]
    assert sum(step["electricity_mwh_per_t"] for step in demand["steps"]) == pytest.approx(
        demand["specific_electricity_mwh_per_unit"]
    )
    assert all(step["low"] <= step["electricity_mwh_per_t"] <= step["high"] for step in demand["steps"])
    assert all(step["source"] for step in demand["steps"])
    assert answer["cost"]["levelised_cost_of_clean_power_usd_per_mwh"] > 0.0
    profile = demand["load_profile"]
    assert profile["load_factor"] == pytest.approx(demand["mean_mw"] / demand["peak_mw"])
    assert profile["flexible"] is None
    figures = {figure["figure"]: figure for figure in answer["provenance"]}
    assert all(figure["source"] for figure in figures.values())
    recalled = [name for name, figure in figures.items() if figure["status"] == "recalled"]
    told = " ".join(warning["detail"] for warning in answer["warnings"] if warning["code"] == "recalled_figures")
    assert all(name in told for name in recalled)
    if process_id != "custom":
        for step in catalogue()[process_id].steps:
            if step.name in {item["step"] for item in demand["steps"]} and step.figure.value > 0.0:
                shown = f"{process_id}.{step.name}" in figures
                drawn = next(item for item in demand["steps"] if item["step"] == step.name)
                assert shown == (drawn["high"] > 0.0), step.name


@pytest.mark.parametrize("process_id", list(catalogue()))
def test_the_catalogue_shows_all_that_is_in_a_file(client: TestClient, process_id: str) -> None:
    response = client.get(f"/v1/processes/{process_id}")
    assert response.status_code == 200
    detail = response.json()
    process = catalogue()[process_id]
    assert [step["step"] for step in detail["steps"]] == [step.name for step in process.steps]
    assert [item["residual"] for item in detail["residuals"]] == [item.name for item in process.residuals]
    for step in detail["steps"]:
        assert step["figure"]["source"]
        bridged = step["flexibility"]["shift_hours"]
        assert bridged is None or bridged["unit"] == "h"
    assert (detail["operation"] is None) == (process.operation is None)
    for parameter in detail["parameters"]:
        assert parameter["source"]
        assert all(limit["source"] for limit in parameter["limits"])
    assert process.is_custom or detail["size"]["source"]


@pytest.mark.parametrize("process_id", ["lime", "alumina", "desalination", "truck-depot", "steel-h2-dri-eaf"])
def test_flexibility_never_costs_more(client: TestClient, process_id: str) -> None:
    fixed, stated = assessed(client, process_id), assessed(client, process_id, flexibility="stated")
    assert stated["cost"][TOTAL] <= fixed["cost"][TOTAL] * (1.0 + 1e-6)
    flexible = stated["demand"]["load_profile"]["flexible"]
    assert 0.0 < flexible["share"] <= 1.0
    assert flexible["steps"]
    assert stated["supply"]["shifted_mwh_per_year"] > 0.0
    names = {figure["figure"] for figure in stated["provenance"]}
    assert {f"{process_id}.{step}.shift_hours" for step in flexible["steps"]} <= names


def test_flexibility_that_is_not_stated_is_told(client: TestClient) -> None:
    answer = assessed(client, "silicon", flexibility="stated", electrolyser_turndown="stated")
    codes = {warning["code"] for warning in answer["warnings"]}
    assert {"no_flexibility_stated", "no_electrolyser"} <= codes
    own = assessed(client, "lime", {"flexibility": {"share": 0.1, "window_hours": 2}}, flexibility="stated")
    assert "flexibility_given" in {warning["code"] for warning in own["warnings"]}


def test_an_electrolyser_with_limits_never_costs_less(client: TestClient) -> None:
    free, limited = assessed(client, "hydrogen"), assessed(client, "hydrogen", electrolyser_turndown="stated")
    assert limited["cost"][TOTAL] >= free["cost"][TOTAL] * (1.0 - 1e-6)


def test_kinds_of_electrolyser(client: TestClient) -> None:
    alkaline = assessed(client, "hydrogen")
    for kind, least, most in (("pem", 53.0, 58.0), ("soec", 40.0, 52.0)):
        answer = assessed(client, "hydrogen", parameters={"electrolyser": kind})
        assert least < answer["demand"]["specific_electricity_mwh_per_unit"] < most
        assert any(figure["figure"] == f"electrolyser_{kind}.capex_usd_per_mw" for figure in answer["provenance"])
        assert answer["cost"][TOTAL] != pytest.approx(alkaline["cost"][TOTAL], rel=1e-3)


def test_heat_with_a_store_is_sized_with_the_supply(client: TestClient) -> None:
    boiler = {"heater": "electrode_boiler", "supply_temperature_c": 180}
    plain = assessed(client, "process-heat", parameters=boiler)
    answer = assessed(client, "process-heat", parameters=boiler | {"thermal_store": True}, supply={})
    heat = answer["supply"]["heat"]
    assert plain["supply"]["heat"] is None
    assert heat["heater"] == "electrode_boiler"
    assert heat["thermal_store_mwh"] > 0.0
    assert heat["heater_mw"] > 20.0 * 0.7
    assert heat["electricity_mwh_per_year"] >= answer["demand"]["heat_mwh_per_year"] / 0.99
    assert answer["cost"][TOTAL] < plain["cost"][TOTAL]  # heater included here, not there
    power = answer["cost"]["levelised_cost_of_clean_power_usd_per_mwh"]
    assert answer["cost"]["levelised_cost_of_heat_usd_per_mwh"] > power / 0.99
    delivered = sum(month["load_mwh"] for month in answer["supply"]["monthly"])
    assert delivered == pytest.approx(heat["electricity_mwh_per_year"], rel=1e-6)


def test_operation_and_phases_in_the_answer(client: TestClient) -> None:
    hours = {"start_hour": 6, "hours_per_day": 16, "days_per_week": 5, "outage_weeks": 2}
    phases = [{"year": 2028, "capacity_share": 0.4}, {"year": 2031, "capacity_share": 1.0}]
    answer = assessed(client, "food-beverage", operation=hours, phases=phases, phase=2028)
    flat = assessed(client, "food-beverage")
    demand = answer["demand"]
    assert demand["product_per_year"] == pytest.approx(0.4 * flat["demand"]["product_per_year"])
    assert [item["sized"] for item in demand["phases"]] == [True, False]
    assert demand["phases"][1]["electricity_mwh_per_year"] == pytest.approx(flat["demand"]["electricity_mwh_per_year"])
    assert demand["load_profile"]["load_factor"] < 0.5
    assert "16 hours a day from 6 h on 5 days a week" in demand["load_profile"]["description"]
    used = answer["input"]["process"]
    assert used["phase"] == 2028
    assert used["operation"]["utc_offset_hours"] == 1.0
    assert used["operation"]["outage_start_week"] == 27
    assert used["operation"]["monthly"][4] == 1.1  # the usual season of milk stays
    whole = assessed(client, "food-beverage", phases=phases)
    assert [item["sized"] for item in whole["demand"]["phases"]] == [False, True]


def test_what_was_used_can_be_asked_again(client: TestClient) -> None:
    first = assessed(client, "truck-depot", flexibility="stated")
    again = client.post(URL, json={key: first["input"][key] for key in ("site", "process")})
    assert again.status_code == 200, again.text[:500]
    assert again.json()["cost"][TOTAL] == pytest.approx(first["cost"][TOTAL])


def test_own_hours_of_any_process(client: TestClient) -> None:
    profile = [1.0 + hour % 24 / 24.0 for hour in range(8760)]
    answer = assessed(client, "cement", operation={"profile": profile})
    flat = assessed(client, "cement")
    assert answer["demand"]["electricity_mwh_per_year"] == pytest.approx(flat["demand"]["electricity_mwh_per_year"])
    assert answer["demand"]["peak_mw"] == pytest.approx(
        flat["demand"]["peak_mw"] * max(profile) / (sum(profile) / 8760)
    )


def test_every_wrong_field_is_named_with_its_range(client: TestClient) -> None:
    phases = [{"year": 2030, "capacity_share": 0.5}, {"year": 2029, "capacity_share": 0.4}]
    found = refused(
        client,
        "steel-h2-dri-eaf",
        parameters={"scrap_share": 1.2, "colour": "green"},
        utilisation=0.0,
        operation={"profile": [1.0] * 100, "hours_per_day": 30, "monthly": [1.0] * 11},
        phases=phases,
        phase=2040,
        flexibility="much",
    )
    assert set(found) == {
        "/process/parameters/scrap_share",
        "/process/parameters/colour",
        "/process/utilisation",
        "/process/operation/profile",
        "/process/operation/hours_per_day",
        "/process/operation/monthly",
        "/process/phases/1/year",
        "/process/phases/1/capacity_share",
        "/process/phase",
        "/process/flexibility",
    }
    assert "from 0 to 1" in found["/process/parameters/scrap_share"]
    assert "by definition" in found["/process/parameters/scrap_share"]
    assert "scrap_share" in found["/process/parameters/colour"]


def test_a_heat_pump_to_400_c_is_refused_with_the_range_and_its_source(client: TestClient) -> None:
    found = refused(client, "process-heat", parameters={"supply_temperature_c": 400})
    assert set(found) == {"/process/parameters/supply_temperature_c"}
    (detail,) = found.values()
    assert "from 40 to 160 C with heater heat_pump" in detail
    assert "IEA HPT Annex 58" in detail


def test_what_does_not_fit_together_is_refused(client: TestClient) -> None:
    assert set(refused(client, "glass", operation={"profile": [1.0] * 8784})) == {"/process/operation/profile"}
    both = refused(client, "glass", operation={"profile": [1.0] * 8760, "hours_per_day": 8.0})
    assert set(both) == {"/process/operation/hours_per_day"}
    assert set(refused(client, "glass", operation={"profile": [0.0] * 8760})) == {"/process/operation/profile"}
    assert set(refused(client, "glass", operation={"monthly": [0.0] * 12})) == {"/process/operation/monthly"}
    assert set(refused(client, "custom", load_mw=5.0, operation={"hours_per_day": 8.0})) == {"/process/operation"}
    assert set(refused(client, "process-heat", utilisation=0.9, operation={"hours_per_day": 8})) == {
        "/process/utilisation"
    }
    request = boden(process={"id": "lime", "phase": 2030})
    assert pointers(problem(client.post(URL, json=request), 422)) == {"/process/phase"}
