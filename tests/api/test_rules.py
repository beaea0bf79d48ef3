"""Emissions by scope, the border adjustment and the verdicts of the rules over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.problems import pointers, problem
from tests.api.requests import boden

pytestmark = pytest.mark.slow
URL = "/v1/assessments"
AMARILLO = {"location": {"type": "Point", "coordinates": [-101.9, 35.2]}}
STATED = {
    "plant_operation": "2030-01",
    "generation_operation": "2028-06",
    "ore_t_co2_per_t": 0.04,
    "national_final_energy_twh": 350.0,
    "national_final_electricity_twh": 120.0,
}


def answer_to(client: TestClient, request: dict[str, Any]) -> dict[str, Any]:
    response = client.post(URL, json=request)
    assert response.status_code == 200, response.text[:500]
    found: dict[str, Any] = response.json()
    return found


def verdicts(answer: dict[str, Any]) -> dict[str, str]:
    return {entry["rule"]: entry["verdict"] for entry in answer["compliance"]}


def entry(answer: dict[str, Any], rule: str) -> dict[str, Any]:
    return next(item for item in answer["compliance"] if item["rule"] == rule)


def figures(item: dict[str, Any]) -> dict[str, float | None]:
    return {figure["name"]: figure["value"] for figure in item["figures"]}


def scopes(answer: dict[str, Any]) -> dict[str, dict[str, float | None]]:
    return {row["scope"]: row for row in answer["emissions"]["scopes"]}


def us_hydrogen(**compliance: Any) -> dict[str, Any]:
    """50,000 t a year of hydrogen in Texas, a tenth of its power from the grid."""
    return {
        "site": AMARILLO,
        "process": {"id": "hydrogen", "capacity_t_per_year": 50_000},
        "supply": {
            "clean_share": 0.9,
            "technologies": ["pv_tracking", "wind_onshore", "battery", "hydrogen_store"],
            "grid": {"connected": True, "import_price_usd_per_mwh": 60.0},
        },
        "compliance": compliance,
    }


@pytest.fixture(scope="module")
def steel(client: TestClient) -> dict[str, Any]:
    return answer_to(client, boden(compliance=STATED))


@pytest.fixture(scope="module")
def hydrogen(client: TestClient) -> dict[str, Any]:
    return answer_to(client, us_hydrogen())


def test_green_steel_in_boden_with_all_that_is_asked(steel: dict[str, Any]) -> None:
    assert verdicts(steel) == {
        "eu_rfnbo": "met",
        "carbon_free_energy_24_7": "met",
        "ghg_protocol_scope2": "met",
        "iea_near_zero_steel": "met",
    }
    near_zero = figures(entry(steel, "iea_near_zero_steel"))
    known = steel["emissions"]["t_co2_per_t"] * 1000 + 1000 * 0.045 * 0.785  # lime
    assert near_zero["emissions_intensity"] == pytest.approx(known)
    assert near_zero["emissions_intensity_with_ore_at_most"] == pytest.approx(known + 1.55 * 40.0)
    assert figures(entry(steel, "eu_rfnbo"))["greenhouse_gas_intensity"] == 0.0
    assert "compliance_inputs_missing" not in {warning["code"] for warning in steel["warnings"]}


def test_what_is_not_stated_leaves_the_verdict_open(client: TestClient) -> None:
    answer = answer_to(client, boden())
    assert verdicts(answer) | {"eu_rfnbo": "unknown", "iea_near_zero_steel": "unknown"} == verdicts(answer)
    assert "compliance_inputs_missing" in {warning["code"] for warning in answer["warnings"]}
    used = answer["input"]["compliance"]
    assert used["year"] == answer["input"]["finance"]["cost_year"]
    assert (used["direct_line"], used["same_zone"], used["zone_intensity_g_per_mj"]) == (True, True, 3.4)
    assert used["generation_operation"] is None


def test_scopes_of_green_steel(steel: dict[str, Any]) -> None:
    rows, emissions = scopes(steel), steel["emissions"]
    assert rows["scope_1"]["before_t_co2_per_unit"] == pytest.approx(2.434)
    assert rows["scope_1"]["after_t_co2_per_year"] == emissions["direct_t_co2_per_year"]
    for name in ("scope_2_location", "scope_2_market_annual", "scope_2_market_hourly"):
        assert rows[name]["after_t_co2_per_year"] == 0.0
    assert rows["scope_3_upstream"]["after_t_co2_per_year"] == emissions["upstream_t_co2_per_year"]
    supplied = {item["technology"]: item["generation_mwh_per_year"] for item in steel["supply"]["generators"]}
    by_hand = (45.0 * supplied["pv_tracking"] + 11.0 * supplied["wind_onshore"]) / 1000.0
    assert emissions["life_cycle_generation_t_co2_per_year"] == pytest.approx(by_hand)
    assert emissions["border_adjustment"] is None
    assert "member state" in emissions["border_adjustment_reason"]


def test_electrify_now_is_a_contribution(steel: dict[str, Any]) -> None:
    found, demand = steel["electrify_now"], steel["demand"]
    share = demand["electricity_share"]
    assert (found["before_site_share"], found["after_site_share"]) == (share["before_site"], share["after_site"])
    assert (round(found["before_site_share"], 2), 0.92 <= found["after_site_share"] <= 0.97) == (0.06, True)
    own = 0.36 * demand["product_per_year"]
    assert found["added_electricity_site_twh"] == pytest.approx(1e-6 * (demand["electricity_mwh_per_year"] - own))
    assert found["country_gap_twh"] == pytest.approx(0.35 * 350 - 120)
    assert "verdict" not in found


def test_hydrogen_of_a_tenth_grid_power_in_texas(hydrogen: dict[str, Any]) -> None:
    assert verdicts(hydrogen)["us_45v"] == "unknown"
    assert verdicts(hydrogen)["carbon_free_energy_24_7"] == "not_met"
    assert "iea_near_zero_steel" not in verdicts(hydrogen)
    rows, emissions = scopes(hydrogen), hydrogen["emissions"]
    grid = next(item for item in hydrogen["provenance"] if item["figure"] == "grid.intensity")
    bought = hydrogen["supply"]["grid"]["import_mwh_per_year"] * grid["value"]
    assert rows["scope_2_location"]["after_t_co2_per_year"] == pytest.approx(bought, rel=1e-3)
    assert rows["scope_2_market_hourly"] | {"scope": ""} == rows["scope_2_location"] | {"scope": ""}  # no residual mix
    assert emissions["grid_t_co2_per_year"] == pytest.approx(rows["scope_2_location"]["after_t_co2_per_year"])
    per_kg = bought / hydrogen["demand"]["hydrogen_t_per_year"]
    assert figures(entry(hydrogen, "us_45v"))["well_to_gate_intensity"] == pytest.approx(per_kg, rel=1e-3)
    assert figures(entry(hydrogen, "eu_rfnbo"))["greenhouse_gas_intensity"] == pytest.approx(per_kg / 0.12, rel=1e-3)
    assert figures(entry(hydrogen, "eu_rfnbo"))["temporal_hourly_matched_share"] == pytest.approx(0.9, abs=1e-4)
    codes = {warning["code"] for warning in hydrogen["warnings"]}
    assert {"residual_mix_unknown", "cbam_correction_unknown", "recalled_rules"} <= codes


def test_a_credit_where_everything_is_stated(client: TestClient) -> None:
    stated = {"plant_operation": "2030-01", "generation_operation": "2029-01", "prevailing_wage": True}
    found = entry(answer_to(client, us_hydrogen(construction_year=2027, **stated)), "us_45v")
    band = figures(found)["band"]
    assert found["verdict"] == "met"
    assert figures(found)["credit"] == {1.0: 3.0, 2.0: 1.0, 3.0: 0.75, 4.0: 0.6}[band or 0.0]
    late = entry(answer_to(client, us_hydrogen(construction_year=2028, **stated)), "us_45v")
    assert (late["verdict"], figures(late)["credit"]) == ("not_met", 0.0)


def test_the_border_adjustment_of_hydrogen(client: TestClient, hydrogen: dict[str, Any]) -> None:
    border = hydrogen["emissions"]["border_adjustment"]
    assert (border["good"], border["own_t_co2e_per_t"]) == ("hydrogen", 0.0)
    due = border["default_with_markup_t_co2e_per_t"] - border["factor"] * border["default_benchmark_t_co2e_per_t"]
    assert border["default_certificates_per_t"] == pytest.approx(due)
    assert border["certificate_price_usd_per_t"] == 70.0  # the EU's allowance
    assert border["default_cost_usd_per_t"] == pytest.approx(70.0 * due)
    priced = answer_to(client, us_hydrogen(carbon_price_usd_per_t=90.0))["emissions"]["border_adjustment"]
    assert priced["default_cost_usd_per_t"] == pytest.approx(90.0 * due)
    sources = {item["figure"] for item in hydrogen["provenance"]}
    assert {"cbam.default", "cbam.factor", "cbam.certificate_price", "wind_onshore.life_cycle_intensity"} <= sources


def test_hours_of_the_grid(client: TestClient) -> None:
    """A grid that is clean by day and coal by night: location-based counts each hour's own."""
    hours = [0.0 if 14 <= hour % 24 < 24 else 0.9 for hour in range(8760)]  # UTC, six to seven hours ahead of Texas
    answer = answer_to(client, us_hydrogen(grid_intensity_t_co2_per_mwh=hours, residual_mix_t_co2_per_mwh=0.5))
    rows = scopes(answer)
    bought = answer["supply"]["grid"]["import_mwh_per_year"]
    assert rows["scope_2_market_hourly"]["after_t_co2_per_year"] == pytest.approx(0.5 * bought, rel=1e-3)
    mean = (rows["scope_2_location"]["after_t_co2_per_year"] or 0.0) / bought
    assert mean > sum(hours) / 8760  # it buys where the sun does not shine
    assert verdicts(answer)["ghg_protocol_scope2"] == "met"
    given = {item["figure"]: item for item in answer["provenance"] if not item["default"]}
    assert given["grid.import_intensity"]["value"] == pytest.approx(mean, rel=1e-6)


def test_cheap_hours_pass_the_rule_on_time(client: TestClient) -> None:
    stated = {"plant_operation": "2030-01", "generation_operation": "2029-01", "generation_aided": False}
    prices = {"day_ahead_price_eur_per_mwh": [20.0] * 8760}
    found = entry(answer_to(client, us_hydrogen(**stated, **prices)), "eu_rfnbo")
    assert next(item for item in found["checks"] if item["check"] == "temporal_hourly")["verdict"] == "met"
    dear = {"day_ahead_price_eur_per_mwh": [28.0] * 8760}
    for allowance, verdict in ((80.0, "met"), (77.0, "not_met")):  # 0.36 x 80 = 28.8; 0.36 x 77 = 27.72
        request = us_hydrogen(**stated, **dear, allowance_price_eur_per_t=allowance)
        found = entry(answer_to(client, request), "eu_rfnbo")
        assert next(item for item in found["checks"] if item["check"] == "temporal_hourly")["verdict"] == verdict


def test_steel_of_scrap_on_the_grid_of_india(client: TestClient) -> None:
    request = {
        "site": {"location": {"type": "Point", "coordinates": [72.8, 21.2]}},
        "process": {"id": "steel-scrap-eaf", "capacity_t_per_year": 500_000},
        "supply": {
            "clean_share": 0.5,
            "technologies": ["pv_tracking", "battery"],
            "grid": {"connected": True, "import_price_usd_per_mwh": 80.0},
        },
    }
    answer = answer_to(client, request)
    found = entry(answer, "iea_near_zero_steel")
    per_t = 1000 * (answer["emissions"]["t_co2_per_t"] + answer["emissions"]["upstream_t_co2_per_year"] / 425_000)
    assert figures(found)["emissions_intensity"] == pytest.approx(per_t)
    assert (found["verdict"], found["figures"][0]["threshold"]) == ("not_met", 50.0)
    assert "eu_rfnbo" not in verdicts(answer)
    border = answer["emissions"]["border_adjustment"]
    assert (border["default_direct_t_co2e_per_t"], border["own_benchmark_t_co2e_per_t"]) == (4.27, 0.066)
    assert border["own_t_co2e_per_t"] == pytest.approx(answer["emissions"]["direct_t_co2_per_year"] / 425_000)


def test_hydrogen_alone_off_the_grid_is_matched_to_the_last_digit(client: TestClient) -> None:
    request = boden(supply__technologies=["wind_onshore", "hydrogen_store"])
    request["process"] = {"id": "custom", "hydrogen_kg_per_hour": 500.0}
    found = entry(answer_to(client, request), "eu_rfnbo")
    checks = {item["check"]: item["verdict"] for item in found["checks"]}
    assert (checks["temporal_monthly"], checks["temporal_hourly"], checks["greenhouse_gas"]) == ("met", "met", "met")


def test_connected_and_wholly_clean_is_matched_to_the_last_digit(client: TestClient) -> None:
    request = us_hydrogen()
    request["supply"]["clean_share"] = 1.0
    found = entry(answer_to(client, request), "eu_rfnbo")
    assert next(item for item in found["checks"] if item["check"] == "temporal_hourly")["verdict"] == "met"


@pytest.mark.parametrize(
    ("compliance", "pointer"),
    [
        ({"plant_operation": "2030-13"}, "/compliance/plant_operation"),
        ({"zone_renewable_share": 1.1}, "/compliance/zone_renewable_share"),
        ({"grid_intensity_t_co2_per_mwh": [0.1] * 100}, "/compliance/grid_intensity_t_co2_per_mwh"),
        ({"grid_intensity_t_co2_per_mwh": [0.1] * 8784}, "/compliance/grid_intensity_t_co2_per_mwh"),
        ({"residual_mix_t_co2_per_mwh": -0.1}, "/compliance/residual_mix_t_co2_per_mwh"),
        ({"colour": "green"}, "/compliance/colour"),
        (
            {"national_final_energy_twh": 10.0, "national_final_electricity_twh": 11.0},
            "/compliance/national_final_electricity_twh",
        ),
    ],
)
def test_wrong_inputs_are_named(client: TestClient, compliance: dict[str, Any], pointer: str) -> None:
    assert pointers(problem(client.post(URL, json=boden(compliance=compliance)), 422)) == {pointer}


def test_a_comparison_carries_what_is_stated_for_the_rules(client: TestClient) -> None:
    base = boden(process__capacity_t_per_year=100_000, compliance=STATED)
    response = client.post("/v1/comparisons", json={"base": base, "clean_shares": [0.9, 1.0], "assessments": True})
    assert response.status_code == 200, response.text[:500]
    for row in response.json()["rows"]:
        assert verdicts(row["assessment"])["iea_near_zero_steel"] == "met"
        assert row["assessment"]["input"]["compliance"]["ore_t_co2_per_t"] == STATED["ore_t_co2_per_t"]


def test_steel_in_australia_takes_the_default_value_of_its_ore(client: TestClient) -> None:
    request = boden(site__location__coordinates=[117.0, -21.5], process__parameters={"scrap_share": 0.2})
    answer = answer_to(client, request)
    found, emissions = entry(answer, "iea_near_zero_steel"), answer["emissions"]
    known = emissions["t_co2_per_t"] + emissions["upstream_t_co2_per_year"] / answer["demand"]["product_per_year"]
    ore = 0.8 * 1.55 * 0.09  # pellets of a charge with a fifth of scrap, Australian default with electricity
    assert found["figures"][0]["threshold"] == 400 - 350 * 0.2
    assert figures(found)["emissions_intensity_with_ore_at_most"] == pytest.approx(1000 * (known + ore))
    assert found["verdict"] == "met"
    assert emissions["border_adjustment"]["own_t_co2e_per_t"] == pytest.approx(emissions["t_co2_per_t"] + ore)
    assert emissions["border_adjustment"]["default_direct_t_co2e_per_t"] == 2.92


@pytest.mark.parametrize("renewable", [False, True])
def test_firm_supply_counts_as_renewable_only_where_it_is(client: TestClient, renewable: bool) -> None:
    """Everything is firm power, in every hour: all of the hydrogen's electricity, or none, is renewable."""
    request = {
        "site": {"location": {"type": "Point", "coordinates": [21.69, 65.83]}},
        "process": {"id": "hydrogen", "capacity_t_per_year": 50_000},
        "supply": {
            "technologies": ["battery", "hydrogen_store"],
            "firm": [{"name": "plant", "price_usd_per_mwh": 50.0, "renewable": renewable}],
        },
        "compliance": STATED,
    }
    matched = figures(entry(answer_to(client, request), "eu_rfnbo"))
    assert matched["temporal_hourly_matched_share"] == pytest.approx(1.0 if renewable else 0.0, abs=1e-9)
