"""Product cost, finance and prices through the API."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.requests import boden

URL = "/v1/assessments"
QUICK = {"technologies": ["pv_tracking", "wind_onshore", "battery"], "radius_km": 0}
HEADLINE = "levelised_cost_of_clean_power_usd_per_mwh"


def steel(client: TestClient, **finance: Any) -> dict[str, Any]:
    """Scrap steel off grid: no hydrogen, quick to size."""
    request = boden(supply=QUICK | {"clean_share": 0.9}, finance=finance)
    request["process"] = {"id": "steel-scrap-eaf", "capacity_t_per_year": 100_000.0}
    response = client.post(URL, json=request)
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    return answer


@pytest.fixture(scope="module")
def plain(client: TestClient) -> dict[str, Any]:
    return steel(client)


def test_the_product_cost_adds_up(plain: dict[str, Any]) -> None:
    cost, product = plain["cost"], plain["product"]
    own = product["own"]
    assert sum(part["usd_per_unit"] for part in own["breakdown"]) == pytest.approx(own["usd_per_unit"])
    assert cost["product_cost_usd_per_unit"] == own["usd_per_unit"]
    assert cost["product_cost_low_usd_per_unit"] < own["usd_per_unit"] < cost["product_cost_high_usd_per_unit"]
    power = [part["usd_per_unit"] for part in own["breakdown"] if part["kind"] in ("electricity", "hydrogen")]
    assert sum(power) == pytest.approx(cost["power_cost_usd_per_unit"])
    premium = product["green_premium_usd_per_unit"]
    assert premium == pytest.approx(own["usd_per_unit"] - product["conventional"]["usd_per_unit"])
    delivered = sum(item["usd_per_year"] for item in cost["breakdown"]) / cost[HEADLINE]
    per_unit = delivered / plain["demand"]["product_per_year"]
    assert product["break_even_power_price_usd_per_mwh"] == pytest.approx(cost[HEADLINE] - premium / per_unit)
    names = {figure["figure"] for figure in plain["provenance"]}
    assert {"price.scrap_steel", "steel-scrap-eaf.arc_furnace.capital_cost"} <= names
    assert "product_cost_unavailable" not in {warning["code"] for warning in plain["warnings"]}


def test_the_project_is_shown_year_by_year(plain: dict[str, Any]) -> None:
    project = plain["finance"]["project"]
    years = project["cash_flow"]
    assert [year["year"] for year in years] == list(range(project["years"] + 1))
    rate = project["discount_rate_real"]
    worth = sum(year["cash_flow_before_tax_usd"] / (1 + rate) ** year["year"] for year in years)
    assert worth == pytest.approx(project["npv_before_tax_usd"])
    assert project["price_source"].startswith("cost on the conventional route")
    capital = {entry["technology"]: entry for entry in plain["finance"]["capital"]}
    assert {"pv_tracking", "wind_onshore", "plant"} <= capital.keys()
    plant = capital["plant"]
    debt = plant["debt_share"] * plant["cost_of_debt_nominal"] * (1 - plant["tax_rate"])
    nominal = debt + (1 - plant["debt_share"]) * plant["cost_of_equity_nominal"] + plant["premium"]
    assert plant["wacc_nominal"] == pytest.approx(nominal, abs=1e-4)
    assert plain["finance"]["converted"] is None


def test_at_its_own_cost_the_project_is_worth_nothing(client: TestClient, plain: dict[str, Any]) -> None:
    price = plain["finance"]["project"]["levelised_price_usd_per_unit"]
    project = steel(client, product_price_usd_per_unit=price)["finance"]["project"]
    assert project["npv_before_tax_usd"] == pytest.approx(0.0, abs=1e-6 * project["investment_usd"])
    assert project["irr_before_tax"] == pytest.approx(project["discount_rate_real"], rel=1e-6)


def test_finance_moves_what_it_should(client: TestClient, plain: dict[str, Any]) -> None:
    slow = steel(client, construction_years=3)
    assert slow["cost"][HEADLINE] > plain["cost"][HEADLINE]
    assert slow["finance"]["project"]["cash_flow"][0]["year"] == -2
    dear = steel(client, debt_share=0.5, cost_of_debt=0.08, cost_of_equity=0.15, tax_rate=0.2, inflation=0.02)
    plant = next(entry for entry in dear["finance"]["capital"] if entry["technology"] == "plant")
    assert plant["wacc_nominal"] == pytest.approx(0.5 * 0.08 * 0.8 + 0.5 * 0.15)
    assert dear["cost"][HEADLINE] > plain["cost"][HEADLINE]
    taxed = steel(client, carbon_price_usd_per_t=100.0, prices={"scrap_steel": 300.0})
    parts = {part["item"]: part["usd_per_unit"] for part in taxed["product"]["own"]["breakdown"]}
    assert parts["carbon"] == pytest.approx(100.0 * taxed["emissions"]["direct_t_co2_per_year"] / 85_000.0)
    assert parts["scrap"] == pytest.approx(1.1 * 300.0)
    assert steel(client, carbon_price_usd_per_t=None)["product"]["carbon_price_usd_per_t"] == 70.0  # the EU's


def test_support_transport_and_currency(client: TestClient, plain: dict[str, Any]) -> None:
    support = {
        "investment_credit_share": 0.3,
        "contract_for_difference": {"strike_usd_per_unit": 800.0, "years": 10},
    }
    answer = steel(client, support=support, transport={"to_port": True}, currency="EUR", price_year=2022)
    line = answer["product"]["support"]
    assert line["investment_credit_usd_per_unit"] > 0.0
    assert line["contract_for_difference_usd_per_unit"] > 0.0
    assert answer["cost"][HEADLINE] == pytest.approx(plain["cost"][HEADLINE])
    assert "transport_to_port" in {part["item"] for part in answer["product"]["own"]["breakdown"]}
    converted = answer["finance"]["converted"]
    # 1 / (1.25733 / 1.12367 x 1.13)
    assert converted["per_usd_2025"] == pytest.approx(1.12367 / 1.25733 / 1.13, rel=1e-9)
    assert converted["product_cost_per_unit"] == pytest.approx(
        answer["product"]["own"]["usd_per_unit"] * converted["per_usd_2025"]
    )


def codes(answer: dict[str, Any]) -> set[str]:
    return {warning["code"] for warning in answer["warnings"]}


def test_a_rate_of_ones_own_leaves_the_tax_of_the_country(client: TestClient, plain: dict[str, Any]) -> None:
    given = steel(client, wacc=0.06)["finance"]["project"]
    assert given["tax_rate"] == plain["finance"]["project"]["tax_rate"] > 0.0
    assert steel(client, wacc=0.06, tax_rate=0.0)["finance"]["project"]["tax_rate"] == 0.0


def test_what_is_asked_and_cannot_count_is_said(client: TestClient, plain: dict[str, Any]) -> None:
    """Hydrogen's way, water and stacks where there is no hydrogen; a carbon price where none is listed."""
    asked = {"hydrogen_pipeline_km": 50.0}
    answer = steel(client, transport=asked, water="desalination", stack_replacement=True)
    (said,) = [warning["detail"] for warning in answer["warnings"] if warning["code"] == "no_hydrogen"]
    assert all(name in said for name in ("hydrogen_pipeline_km", "finance.water", "stack_replacement"))
    assert answer["product"]["own"]["usd_per_unit"] == pytest.approx(plain["product"]["own"]["usd_per_unit"])
    assert not {"no_hydrogen", "carbon_price_unknown", "no_way_to_port", "tax_rate_unknown"} & codes(plain)
    request = boden(supply=QUICK | {"clean_share": 0.9})
    request["process"] = {"id": "process-heat", "capacity_mw": 10.0}
    request["site"]["location"]["coordinates"] = [-70.0, -23.5]  # Chile
    request["finance"] = {"carbon_price_usd_per_t": None, "transport": {"to_port": True}}
    heat = client.post(URL, json=request).json()
    assert {"carbon_price_unknown", "no_way_to_port"} <= codes(heat)
    assert heat["product"]["boundary"].endswith("at the gate.")
    assert "transport_to_port" not in {part["item"] for part in heat["product"]["own"]["breakdown"]}


def test_charges_of_the_grid_enter_the_cost(client: TestClient) -> None:
    grid = {"connected": True, "import_price_usd_per_mwh": 60.0, "max_import_mw": 20.0}
    charged = grid | {"network_charge_usd_per_mwh": 15.0, "demand_charge_usd_per_kw_year": 50.0}
    answers = []
    for terms in (grid, charged):
        request = boden(supply=QUICK | {"clean_share": 0.5, "grid": terms})
        request["process"] = {"id": "custom", "load_mw": 10.0}
        answers.append(client.post(URL, json=request).json())
    items = {item["item"]: item["usd_per_year"] for item in answers[1]["cost"]["breakdown"]}
    exchange = answers[1]["supply"]["grid"]
    assert items["grid_network_charge"] == pytest.approx(15.0 * exchange["import_mwh_per_year"], rel=1e-6)
    assert items["grid_demand_charge"] >= 50_000.0 * exchange["peak_import_mw"] * (1 - 1e-6)
    assert answers[1]["cost"][HEADLINE] > answers[0]["cost"][HEADLINE]


def test_the_conventional_route_pays_the_callers_prices_and_charges(client: TestClient) -> None:
    """Hours of 40 and 80 are 60 in the mean; with 15 a MWh and 43.8 USD/kW/year, 5 over 8,760 h: 80 USD/MWh."""
    bought = []
    for grid in (
        {"import_price_usd_per_mwh": 80.0},
        {
            "import_price_usd_per_mwh": [40.0, 80.0] * 4380,
            "network_charge_usd_per_mwh": 15.0,
            "demand_charge_usd_per_kw_year": 43.8,
        },
    ):
        request = boden(supply=QUICK | {"clean_share": 0.9, "grid": grid})
        request["process"] = {"id": "steel-scrap-eaf", "capacity_t_per_year": 100_000.0}
        parts = client.post(URL, json=request).json()["product"]["conventional"]["breakdown"]
        bought += [part["usd_per_unit"] for part in parts if part["item"] == "electricity"]
    assert bought[1] == pytest.approx(bought[0])


@pytest.mark.slow
def test_hydrogen_support_water_pipeline_and_stacks(client: TestClient) -> None:
    finance = {
        "support": {"us_45v_band": 1},
        "transport": {"hydrogen_pipeline_km": 100.0},
        "water": "desalination",
        "stack_replacement": True,
        "carbon_price_usd_per_t": 50.0,
    }
    request = boden(finance=finance)
    request["process"] = {"id": "ammonia", "capacity_t_per_year": 100_000.0}
    answer = client.post(URL, json=request).json()
    parts = {part["item"]: part for part in answer["product"]["own"]["breakdown"]}
    assert {"hydrogen_pipeline", "electrolysis_water_desalinated", "stack_replacement"} <= parts.keys()
    assert answer["finance"]["stack_replacement"]["usd_per_year"] > 0.0
    assert "stacks_may_count_twice" in codes(answer)
    years = answer["finance"]["project"]["cash_flow"]
    paid = 3.0 * answer["demand"]["hydrogen_t_per_year"] * 1000.0
    assert years[1]["support_usd"] == pytest.approx(paid, rel=1e-9)
    assert years[10]["support_usd"] == pytest.approx(paid, rel=1e-9)
    assert years[11]["support_usd"] == 0.0


@pytest.mark.parametrize(
    ("finance", "pointer", "code"),
    [
        ({"wacc": 0.05, "debt_share": 0.5}, "/finance/debt_share", "conflict"),
        ({"cost_of_equity": 0.9}, "/finance/cost_of_equity", "out_of_range"),
        ({"construction_years": 20}, "/finance/construction_years", "out_of_range"),
        ({"prices": {"unobtainium": 1.0}}, "/finance/prices/unobtainium", "unknown_item"),
        ({"prices": {"natural_gas": -1.0}}, "/finance/prices/natural_gas", "out_of_range"),
        (
            {"support": {"us_45v_band": 1, "hydrogen_credit_usd_per_kg": 2.0}},
            "/finance/support/us_45v_band",
            "conflict",
        ),
        ({"price_year": 2001}, "/finance/price_year", "out_of_range"),
    ],
)
def test_wrong_finance_is_named(client: TestClient, finance: dict[str, Any], pointer: str, code: str) -> None:
    response = client.post(URL, json=boden(finance=finance))
    assert response.status_code == 422
    found = {(error["pointer"], error["code"]) for error in response.json()["errors"]}
    assert (pointer, code) in found


def test_prices_are_listed(client: TestClient) -> None:
    answer = client.get("/v1/prices", params={"country": "DEU"}).json()
    assert answer["prices"]["natural_gas"]["unit"] == "USD/MWh"
    assert all(price["source"] for price in answer["prices"].values())
    assert answer["carbon_price"]["value"] == 70.0
    assert client.get("/v1/prices").json()["carbon_price"] is None
    assert client.get("/v1/prices", params={"country": "de"}).status_code == 422


@pytest.mark.slow
def test_a_sized_heater_is_paid_once(client: TestClient) -> None:
    request = boden(supply=QUICK | {"clean_share": 0.9})
    request["process"] = {"id": "process-heat", "capacity_mw": 10.0, "parameters": {"thermal_store": True}}
    answer = client.post(URL, json=request).json()
    own = answer["product"]["own"]
    parts = {part["item"]: part["usd_per_unit"] for part in own["breakdown"]}
    assert parts["heater_and_thermal_store"] > 0.0
    assert not {"heat_pump", "heat_pump_om"} & parts.keys()
    power = parts["electricity"] + parts["heater_and_thermal_store"]
    assert power == pytest.approx(answer["cost"]["power_cost_usd_per_unit"])
    request["process"]["parameters"] = {}
    plain = {part["item"] for part in client.post(URL, json=request).json()["product"]["own"]["breakdown"]}
    assert {"heat_pump", "heat_pump_om"} <= plain
    assert "heater_and_thermal_store" not in plain


def test_support_and_prices_that_cannot_count_are_told(client: TestClient, plain: dict[str, Any]) -> None:
    told = {"us_45v_elsewhere", "support_without_effect", "carbon_price_unknown"}
    assert not told & {warning["code"] for warning in plain["warnings"]}
    asked = steel(client, support={"us_45v_band": 1}, carbon_price_usd_per_t=None)
    details = {warning["code"]: warning["detail"] for warning in asked["warnings"]}
    assert "made in SWE" in details["us_45v_elsewhere"]
    assert "takes no hydrogen" in details["support_without_effect"]
    assert "carbon_price_unknown" not in details  # Sweden has one
    request = boden(supply=QUICK, finance={"carbon_price_usd_per_t": None})
    request["site"]["location"]["coordinates"] = [178.4, -18.1]
    request["process"] = {"id": "steel-scrap-eaf", "capacity_t_per_year": 100_000.0}
    answer = client.post(URL, json=request).json()
    assert "carbon_price_unknown" in {warning["code"] for warning in answer["warnings"]}
    assert answer["product"]["carbon_price_usd_per_t"] == 0.0


def test_hours_that_need_a_larger_plant_are_told(client: TestClient, plain: dict[str, Any]) -> None:
    assert "plant_larger_than_capacity" not in {warning["code"] for warning in plain["warnings"]}
    request = boden(supply=QUICK)
    operation = {"hours_per_day": 12, "days_per_week": 7}
    request["process"] = {"id": "lime", "utilisation": 0.9, "operation": operation}
    answer = client.post(URL, json=request).json()
    details = {warning["code"]: warning["detail"] for warning in answer["warnings"]}
    assert "makes 1.8 times" in details["plant_larger_than_capacity"]  # 0.9 of the year in half of its hours
    request["process"] = {"id": "lime", "utilisation": 0.5, "operation": operation}
    codes = {warning["code"] for warning in client.post(URL, json=request).json()["warnings"]}
    assert "plant_larger_than_capacity" not in codes


def test_a_price_that_nobody_pays_is_told(client: TestClient) -> None:
    answer = steel(client, prices={"scrap_steel": 300.0, "bauxite": 50.0})
    (told,) = [warning["detail"] for warning in answer["warnings"] if warning["code"] == "price_without_effect"]
    assert "buys bauxite:" in told


def test_a_credit_that_the_rule_does_not_give_is_told(client: TestClient) -> None:
    request = boden(supply={"clean_share": 0.9, "radius_km": 0}, finance={"support": {"us_45v_band": 1}})
    request["site"]["location"]["coordinates"] = [-95.4, 29.7]
    request["process"] = {"id": "hydrogen", "capacity_t_per_year": 10_000.0}
    request["compliance"] = {"construction_year": 2029, "prevailing_wage": False}
    answer = client.post(URL, json=request).json()
    (detail,) = [warning["detail"] for warning in answer["warnings"] if warning["code"] == "us_45v_not_earned"]
    assert "the rule is not met" in detail
    assert "a fifth" in detail
    assert "us_45v_elsewhere" not in {warning["code"] for warning in answer["warnings"]}
