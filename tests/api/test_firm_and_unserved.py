"""Firm clean supply and unserved load in an assessment: as POST /v1/sizing on the same numbers, and by hand."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.problems import pointers, problem
from tests.api.requests import boden

URL = "/v1/assessments"
TECHNOLOGIES = ["pv_tracking", "wind_onshore", "battery"]
FIRM = {"name": "hydro", "price_usd_per_mwh": 70.0, "max_mw": 6.0}
HEADLINE = "levelised_cost_of_clean_power_usd_per_mwh"
ROUNDED = 5e-5  # the hours of an answer hold four decimals


def small(**supply: Any) -> dict[str, Any]:
    """A load of 10 MW at Boden's gate, sun, wind and a battery."""
    request = boden(supply={"technologies": TECHNOLOGIES, "radius_km": 0} | supply)
    request["process"] = {"id": "custom", "load_mw": 10.0}
    return request


def assessed(client: TestClient, request: dict[str, Any]) -> dict[str, Any]:
    response = client.post(URL, json=request)
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    return answer


def items(answer: dict[str, Any]) -> dict[str, float]:
    """The breakdown of the levelised cost, USD a year."""
    return {item["item"]: item["usd_per_year"] for item in answer["cost"]["breakdown"]}


def sizing_of(answer: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same problem for POST /v1/sizing: hours and costs as the assessment states them."""
    figures = {figure["figure"]: figure["value"] for figure in answer["provenance"]}

    def yearly(name: str, unit: str) -> float:
        rate = figures[f"{name}.wacc"]
        factor = rate / (1.0 - (1.0 + rate) ** -figures[f"{name}.lifetime_years"])
        opex = figures[f"{name}.fixed_opex_usd_per_{unit}_year"]
        return figures[f"{name}.capex_usd_per_{unit}"] * factor + opex

    hours = answer["hourly"]["capacity_factor"]
    one_way = figures["battery.round_trip_efficiency"] ** 0.5
    generators = [
        {
            "name": name,
            "capacity_factor": hours[name],
            "annual_cost_usd_per_mw": yearly(name, "mw"),
            "marginal_cost_usd_per_mwh": figures.get(f"{name}.variable_opex_usd_per_mwh", 0.0),
        }
        for name in ("pv_tracking", "wind_onshore")
    ]
    battery = {
        "annual_cost_usd_per_mwh": yearly("battery", "mwh"),
        "annual_cost_usd_per_mw": yearly("battery", "mw"),
        "charge_efficiency": one_way,
        "discharge_efficiency": one_way,
    }
    return {"load_mw": 10.0, "generators": generators + changes.pop("firm", []), "battery": battery} | changes


@pytest.mark.slow
def test_firm_supply_is_a_generator_with_a_price(client: TestClient) -> None:
    request = small(firm=[FIRM | {"annual_cost_usd_per_mw": 20_000.0}]) | {"options": {"hourly": True}}
    answer = assessed(client, request)
    flat = {
        "name": "hydro",
        "capacity_factor": [1.0] * 8760,
        "annual_cost_usd_per_mw": 20_000.0,
        "marginal_cost_usd_per_mwh": 70.0,
        "max_mw": 6.0,
    }
    sized = client.post("/v1/sizing", json=sizing_of(answer, firm=[flat])).json()
    assert answer["cost"]["total_annual_cost_usd"] == pytest.approx(sized["objective_usd_per_year"], rel=ROUNDED)
    built = {one["name"]: one["capacity_mw"] for one in answer["supply"]["generators"]}
    assert built["hydro"] == pytest.approx(sized["capacities"]["hydro_mw"], rel=1e-3)
    (hydro,) = [one for one in answer["supply"]["generators"] if one["name"] == "hydro"]
    used = hydro["generation_mwh_per_year"]
    assert items(answer)["hydro"] == pytest.approx(20_000.0 * hydro["capacity_mw"] + 70.0 * used)
    assert hydro["lcoe_used_usd_per_mwh"] == pytest.approx(items(answer)["hydro"] / used)
    assert answer["emissions"]["t_co2_per_year"] == 0.0
    assert answer["supply"]["carbon_free_energy_score"] == pytest.approx(1.0)
    whole = sum(one["generation_mwh_per_year"] for one in answer["supply"]["generators"])
    assert sum(month["used_mwh"] for month in answer["supply"]["monthly"]) == pytest.approx(whole)
    given = {figure["figure"] for figure in answer["provenance"] if not figure["default"]}
    assert {"hydro.price_usd_per_mwh", "hydro.annual_cost_usd_per_mw"} <= given


@pytest.mark.slow
def test_unserved_load_as_the_sizing_has_it(client: TestClient) -> None:
    unserved = {"price_usd_per_mwh": 250.0, "share": 0.03}
    answer = assessed(client, small(unserved=unserved) | {"options": {"hourly": True}})
    request = sizing_of(answer, unserved_price_usd_per_mwh=250.0, unserved_share=0.03)
    sized = client.post("/v1/sizing", json=request).json()
    assert answer["cost"]["total_annual_cost_usd"] == pytest.approx(sized["objective_usd_per_year"], rel=ROUNDED)
    short = answer["supply"]["unserved_mwh_per_year"]
    assert 0.0 < short <= 0.03 * 87_600.0 * (1 + 1e-6)
    assert items(answer)["unserved_load"] == pytest.approx(250.0 * short)
    assert "what is not served" in answer["cost"]["boundary"]


def test_firm_supply_alone_costs_its_price(client: TestClient) -> None:
    plant = {"name": "plant", "price_usd_per_mwh": 12.0, "capex_usd_per_mw": 5e6, "lifetime_years": 50.0}
    request = small(technologies=["battery"], firm=[plant]) | {"finance": {"wacc": 0.07}}
    answer = assessed(client, request)
    # 5e6 x 0.07 / (1 - 1.07^-50) = 362,299 USD a year for a MW that makes 8,760 MWh: 41.36, and 12 for each
    assert answer["cost"][HEADLINE] == pytest.approx(5e6 * 0.07 / (1 - 1.07**-50) / 8760.0 + 12.0, rel=1e-6)
    assert answer["supply"]["generators"][0]["capacity_mw"] == pytest.approx(10.0, rel=1e-6)


def test_the_least_output_is_paid_for_in_any_case(client: TestClient) -> None:
    plant = {"name": "deal", "price_usd_per_mwh": 50.0, "minimum_mw": 12.0, "max_mw": 12.0}
    answer = assessed(client, small(technologies=["battery"], firm=[plant]))
    # 12 MW x 8,760 h x 50 USD, though only 10 MW are used
    assert answer["cost"]["total_annual_cost_usd"] == pytest.approx(12.0 * 8760.0 * 50.0, rel=1e-9)
    assert answer["cost"][HEADLINE] == pytest.approx(60.0, rel=1e-6)
    made = {one["name"]: one["generation_mwh_per_year"] for one in answer["supply"]["generators"]}
    assert made["deal_minimum"] == pytest.approx(87_600.0, rel=1e-6)
    assert made["deal"] == pytest.approx(0.0, abs=1e-3)


@pytest.mark.slow
def test_a_profile_of_its_own(client: TestClient) -> None:
    half = [1.0] * 4380 + [0.5] * 4380
    plant = {"name": "river", "price_usd_per_mwh": 40.0, "annual_cost_usd_per_mw": 1000.0, "capacity_factor": half}
    answer = assessed(client, small(technologies=["battery"], firm=[plant]))
    (river,) = answer["supply"]["generators"]
    assert river["capacity_mw"] == pytest.approx(20.0, rel=1e-4)
    assert river["capacity_factor"] == pytest.approx(0.75)


@pytest.mark.slow
def test_costs_move_as_they_must(client: TestClient) -> None:
    """Dearer firm power, less of it, a dearer shortage: never cheaper; and no dearer than without."""

    def cost(**supply: Any) -> float:
        return float(assessed(client, small(**supply))["cost"]["total_annual_cost_usd"])

    without = cost()
    prices = [cost(firm=[FIRM | {"price_usd_per_mwh": price}]) for price in (40.0, 80.0, 160.0)]
    limits = [cost(firm=[FIRM | {"max_mw": limit}]) for limit in (8.0, 4.0, 1.0)]
    shortages = [cost(unserved={"price_usd_per_mwh": price}) for price in (100.0, 400.0, 2000.0)]
    for costs in (prices, limits, shortages):
        assert all(less <= more * (1 + 1e-6) for less, more in zip(costs, [*costs[1:], without], strict=True))


@pytest.mark.parametrize(
    ("supply", "wrong"),
    [
        ({"firm": [FIRM | {"minimum_mw": 7.0}]}, {"/supply/firm/0/minimum_mw"}),
        ({"firm": [FIRM | {"capex_usd_per_mw": 1e6}]}, {"/supply/firm/0/lifetime_years"}),
        ({"firm": [FIRM | {"lifetime_years": 30}]}, {"/supply/firm/0/lifetime_years"}),
        (
            {"firm": [FIRM | {"capex_usd_per_mw": 1e6, "lifetime_years": 30, "annual_cost_usd_per_mw": 1.0}]},
            {"/supply/firm/0/annual_cost_usd_per_mw"},
        ),
        ({"firm": [{"name": "x"}]}, {"/supply/firm/0/price_usd_per_mwh"}),
        ({"firm": [FIRM, FIRM]}, {"/supply/firm/1/name"}),
        ({"firm": [FIRM | {"name": "battery"}]}, {"/supply/firm/0/name"}),
        ({"firm": [FIRM | {"name": "connection"}]}, {"/supply/firm/0/name"}),
        ({"firm": [FIRM | {"minimum_mw": 1.0}, FIRM | {"name": "hydro_minimum"}]}, {"/supply/firm/1/name"}),
        ({"firm": [FIRM | {"price_usd_per_mwh": -1.0}]}, {"/supply/firm/0/price_usd_per_mwh"}),
        ({"firm": [FIRM | {"capacity_factor": [1.0] * 8784}]}, {"/supply/firm/0/capacity_factor"}),
        ({"unserved": {}}, {"/supply/unserved"}),
        ({"unserved": {"share": 1.0}}, {"/supply/unserved/share"}),
        ({"unserved": {"price_usd_per_mwh": -1.0}}, {"/supply/unserved/price_usd_per_mwh"}),
        ({"unserved": {"price_usd_per_mwh": 0.5}}, {"/supply/unserved/price_usd_per_mwh"}),
    ],
)
def test_bad_input(client: TestClient, supply: dict[str, Any], wrong: set[str]) -> None:
    assert pointers(problem(client.post(URL, json=small(**supply)), 422)) == wrong
