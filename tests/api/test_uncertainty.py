"""options.uncertainty and options.score_weights over HTTP: samples that can be asked for one by one, and bad input."""

import os
from typing import Any

import pytest
from fastapi.testclient import TestClient

from models.demand.band import Band
from models.demand.catalogue import find_process
from models.technologies import technology
from models.uncertainty.bands import Shape, value_at
from tests.api.problems import pointers, problem
from tests.api.requests import boden

URL = "/v1/assessments"
HEADLINE = "levelised_cost_of_clean_power_usd_per_mwh"
GENERATORS = ("pv_tracking", "wind_onshore")


def small(uncertainty: Any, **changes: Any) -> dict[str, Any]:
    """A load of 10 MW at Boden's gate, quick to size: sun, wind and a battery."""
    request = boden(
        supply={"technologies": [*GENERATORS, "battery"], "clean_share": 0.9, "radius_km": 0},
        options={"uncertainty": uncertainty},
    )
    request["process"] = {"id": "custom", "load_mw": 10.0}
    return request | changes


def asked(client: TestClient, request: dict[str, Any]) -> dict[str, Any]:
    response = client.post(URL, json=request)
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    return answer


@pytest.fixture(scope="module")
def answer(client: TestClient) -> dict[str, Any]:
    return asked(client, small({"sampled": True, "weather_years": [2010, 2011], "tornado": "resized"}))


@pytest.mark.slow
def test_the_spread_is_in_order_about_the_central_value(answer: dict[str, Any]) -> None:
    uncertainty = answer["uncertainty"]
    assert (uncertainty["samples"], uncertainty["failed"], uncertainty["seed"]) == (64, 0, 0)
    spread = {item["figure"]: item for item in uncertainty["spread"]}
    for item in spread.values():
        assert item["least"] <= item["p10"] <= item["p50"] <= item["p90"] <= item["most"]
        assert item["samples"] == 64
    headline = spread[HEADLINE]
    assert headline["central"] == answer["cost"][HEADLINE]
    assert answer["cost"]["low"] <= headline["p10"] < headline["p90"] <= answer["cost"]["high"]
    assert headline["p10"] < headline["central"] < headline["p90"]
    assert {"pv_tracking_mw", "wind_onshore_mw", "battery_mwh"} <= set(spread)
    names = {item["parameter"] for item in uncertainty["parameters"]}
    assert names == {"pv_tracking.cost", "wind_onshore.cost", "battery.cost", "wacc"}
    for item in uncertainty["parameters"]:
        assert item["low"] <= item["central"] <= item["high"]
        assert item["source"]


@pytest.mark.slow
def test_the_quantiles_are_those_of_the_samples(answer: dict[str, Any]) -> None:
    values = sorted(sample["figures"][HEADLINE] for sample in answer["uncertainty"]["sampled"])
    (headline,) = [item for item in answer["uncertainty"]["spread"] if item["figure"] == HEADLINE]
    # 64 values: the tenth part lies at index 6.3 of 0 to 63
    assert headline["p10"] == pytest.approx(values[6] + 0.3 * (values[7] - values[6]))
    assert headline["p90"] == pytest.approx(values[56] + 0.7 * (values[57] - values[56]))


@pytest.mark.slow
@pytest.mark.parametrize("distribution", list(Shape))
def test_a_sample_is_an_assessment_with_its_costs(client: TestClient, distribution: Shape) -> None:
    choice = {"parameters": ["cost"], "sampled": True, "weather_years": [], "distribution": distribution.value}
    sampled = asked(client, small(choice | {"seed": 5}))["uncertainty"]["sampled"]
    for sample in sampled[:3]:
        costs: dict[str, dict[str, float]] = {}
        for name in (*GENERATORS, "battery"):
            cost, quantile = technology(name), sample["quantiles"][f"{name}.cost"]
            for parameter in ("capex_usd_per_mw", "capex_usd_per_mwh", "fixed_opex_usd_per_mw_year",
                              "fixed_opex_usd_per_mwh_year", "variable_opex_usd_per_mwh"):  # fmt: skip
                figure = getattr(cost, parameter)
                if figure is not None:
                    value = value_at(Band.of(figure), quantile, distribution)
                    costs.setdefault(name, {})[parameter] = value
        alone = asked(client, small(False, finance={"costs": costs}))
        assert sample["figures"][HEADLINE] == pytest.approx(alone["cost"][HEADLINE], rel=2e-6)
        assert alone["uncertainty"] is None


@pytest.mark.slow
def test_weather_years_are_assessments_of_their_own(client: TestClient, answer: dict[str, Any]) -> None:
    found = answer["uncertainty"]["weather_years"]
    assert (found["years"], found["left_out"]) == ([2010, 2011], [])
    alone = [asked(client, small(False, weather={"years": [year]}))["cost"][HEADLINE] for year in (2010, 2011)]
    (headline,) = [item for item in found["spread"] if item["figure"] == HEADLINE]
    assert (headline["least"], headline["most"]) == pytest.approx((min(alone), max(alone)), rel=1e-9)


@pytest.mark.slow
def test_the_same_seed_has_the_same_answer_in_any_number_of_threads(
    client: TestClient, answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = {"sampled": True, "weather_years": [2010, 2011], "tornado": "resized"}
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert asked(client, small(choice))["uncertainty"] == answer["uncertainty"]
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert asked(client, small(choice))["uncertainty"] == answer["uncertainty"]
    other = asked(client, small(choice | {"seed": 1, "weather_years": []}))["uncertainty"]
    assert other["spread"] != answer["uncertainty"]["spread"]


@pytest.mark.slow
def test_a_system_sized_anew_is_no_dearer_than_the_old_design(client: TestClient, answer: dict[str, Any]) -> None:
    choice = {"weather_years": [], "tornado": "first_order"}
    first = {bar["parameter"]: bar for bar in asked(client, small(choice))["uncertainty"]["tornado"]}
    resized = {bar["parameter"]: bar for bar in answer["uncertainty"]["tornado"]}
    widths = [bar["at_high_usd_per_mwh"] - bar["at_low_usd_per_mwh"] for bar in resized.values()]
    assert widths == sorted(widths, reverse=True)
    assert first.keys() == resized.keys()
    for name, bar in first.items():
        for end in ("at_low_usd_per_mwh", "at_high_usd_per_mwh"):
            assert resized[name][end] <= bar[end] * (1 + 1e-6)


@pytest.mark.slow
def test_green_steel_on_the_grid_moves_demand_and_distance(client: TestClient) -> None:
    request = boden(
        supply={
            "grid": {"connected": True, "max_import_mw": 900},
            "clean_share": 0.8,
            "radius_km": 0,
        },
        options={
            "uncertainty": {"weather_years": [], "sampled": True, "parameters": ["demand", "distance", "efficiency"]}
        },
    )
    found = asked(client, request)
    uncertainty = found["uncertainty"]
    assert {item["kind"] for item in uncertainty["parameters"]} == {"demand", "distance", "efficiency"}
    demand = found["demand"]
    (electricity,) = [item for item in uncertainty["spread"] if item["figure"] == "electricity_mwh_per_year"]
    assert demand["electricity_low_mwh_per_year"] < electricity["least"] < demand["electricity_mwh_per_year"]
    assert demand["electricity_mwh_per_year"] < electricity["most"] < demand["electricity_high_mwh_per_year"]
    (bar,) = uncertainty["tornado"]
    assert bar["parameter"] == "distance"
    # At the gate there are no lines: the connection alone moves, its annual cost with its investment, but for the
    # operation of what lies under water.
    (item,) = [part for part in found["cost"]["breakdown"] if part["item"] == "grid_connection"]
    joined = found["grid"]["connection"]
    dearer = item["usd_per_mwh"] * (joined["cost_high_usd"] / joined["cost_usd"] - 1.0)
    assert bar["at_high_usd_per_mwh"] - found["cost"][HEADLINE] == pytest.approx(dearer, rel=0.05)


@pytest.mark.slow
def test_nothing_to_move_is_said(client: TestClient) -> None:
    choice = {"parameters": ["demand"], "weather_years": []}
    uncertainty = asked(client, small(choice))["uncertainty"]
    assert (uncertainty["samples"], uncertainty["spread"], uncertainty["tornado"]) == (0, [], [])
    assert "no sample" in uncertainty["detail"]
    assert uncertainty["weather_years"]["years"] == []


@pytest.mark.slow
def test_years_that_ones_own_hours_do_not_fit_are_left_out(client: TestClient) -> None:
    request = small({"parameters": ["demand"], "weather_years": [2011, 2012]})
    request["process"]["load_mw"] = [10.0] * 8760
    assert asked(client, request)["uncertainty"]["weather_years"]["left_out"] == [2012]


@pytest.mark.parametrize(
    ("choice", "wrong"),
    [
        ({"samples": 63}, "/options/uncertainty/samples"),
        ({"samples": 513}, "/options/uncertainty/samples"),
        ({"samples": 100.5}, "/options/uncertainty/samples"),
        ({"seed": -1}, "/options/uncertainty/seed"),
        ({"distribution": "normal"}, "/options/uncertainty/distribution"),
        ({"cost_correlation": 1.0}, "/options/uncertainty/cost_correlation"),
        ({"parameters": []}, "/options/uncertainty/parameters"),
        ({"parameters": ["luck"]}, "/options/uncertainty/parameters/0"),
        ({"parameters": ["cost", "cost"]}, "/options/uncertainty/parameters"),
        ({"weather_years": [1800]}, "/options/uncertainty/weather_years/0"),
        ({"tornado": "big"}, "/options/uncertainty/tornado"),
        ({"sample": 64}, "/options/uncertainty/sample"),
        ("yes", "/options/uncertainty"),
        (1, "/options/uncertainty"),
    ],
)
def test_bad_choices(client: TestClient, choice: Any, wrong: str) -> None:
    assert pointers(problem(client.post(URL, json=small(choice)), 422)) == {wrong}


def test_more_work_than_a_request_may_ask_for(client: TestClient) -> None:
    request = small({"samples": 512}, weather={"years": [2001, 2002, 2003, 2004, 2005]})
    body = problem(client.post(URL, json=request), 422)
    assert pointers(body) == {"/options/uncertainty"}
    assert "8,000,000" in body["errors"][0]["detail"]


def test_the_score_weighs_its_parts_as_asked(client: TestClient) -> None:
    answer = asked(client, small(False, options={"score_weights": {"cost": 3.0, "grid": 1.0, "carbon": 4.0}}))
    score = answer["score"]
    parts = {part["part"]: part for part in score["parts"]}
    assert parts["cost"]["value"] == answer["cost"][HEADLINE]
    assert parts["grid"]["value"] == answer["grid"]["connection"]["length_km"]
    assert parts["carbon"]["score"] is None  # a custom load has no conventional route
    assert parts["land"]["weight"] == 0.0
    assert score["total"] == pytest.approx((3.0 * parts["cost"]["score"] + parts["grid"]["score"]) / 4.0)
    assert score["weight_basis"] == pytest.approx(0.5)
    assert "score_part_missing" in {warning["code"] for warning in answer["warnings"]}


@pytest.mark.parametrize(
    ("weights", "wrong"),
    [
        ({"cost": -1}, "/options/score_weights/cost"),
        ({"cost": 0}, "/options/score_weights"),
        ({}, "/options/score_weights"),
        ({"beauty": 1}, "/options/score_weights/beauty"),
    ],
)
def test_bad_weights(client: TestClient, weights: Any, wrong: str) -> None:
    assert pointers(problem(client.post(URL, json=small(False, options={"score_weights": weights})), 422)) == {wrong}


@pytest.mark.slow
def test_what_the_plant_costs_and_buys_moves_the_product_alone(client: TestClient) -> None:
    """Scrap steel: parameters of the product move its cost, not that of power; a sample is an assessment."""
    request = small({"parameters": ["price"], "sampled": True, "weather_years": [], "seed": 3})
    request["process"] = {"id": "steel-scrap-eaf", "capacity_t_per_year": 100_000.0}
    found = asked(client, request)
    uncertainty = found["uncertainty"]
    assert [item["parameter"] for item in uncertainty["parameters"]] == ["input.prices"]
    assert uncertainty["tornado"] == []
    spread = {item["figure"]: item for item in uncertainty["spread"]}
    product, power = spread["product_cost_usd_per_unit"], spread[HEADLINE]
    assert product["least"] < product["central"] < product["most"]
    assert power["most"] == pytest.approx(power["least"], rel=1e-6)
    assert power["central"] == pytest.approx(power["p50"], rel=1e-6)
    listed = client.get("/v1/prices", params={"country": "SWE"}).json()["prices"]
    quantile = uncertainty["sampled"][0]["quantiles"]["input.prices"]
    prices = {
        name: value_at(Band(price["low"], price["value"], price["high"]), quantile) for name, price in listed.items()
    }
    costs = find_process("steel-scrap-eaf").costs
    assert costs is not None
    own = {item.price: prices[item.price] for item in costs.own.inputs}
    alone = asked(client, request | {"options": {}, "finance": {"prices": own}})
    assert uncertainty["sampled"][0]["figures"]["product_cost_usd_per_unit"] == pytest.approx(
        alone["cost"]["product_cost_usd_per_unit"], rel=1e-6
    )
    request["options"] = {"uncertainty": {"parameters": ["cost"], "weather_years": []}}
    assert "plant.cost" in {item["parameter"] for item in asked(client, request)["uncertainty"]["parameters"]}


@pytest.mark.slow
def test_interest_of_the_construction_years_moves_with_the_rate(client: TestClient) -> None:
    """With one rate of one's own there is no band; at the ends of the country's the interest is that of the end."""
    choice = {"parameters": ["wacc"], "weather_years": [], "tornado": "first_order"}
    supply = {"technologies": ["battery"], "radius_km": 0, "grid": {"connected": False}}
    firm = {"name": "hydro", "price_usd_per_mwh": 0.0, "capex_usd_per_mw": 3e6, "lifetime_years": 50}
    request = small(choice, finance={"construction_years": 2}, supply=supply | {"firm": [firm]})
    found = asked(client, request)
    (rate,) = found["uncertainty"]["parameters"]
    (bar,) = found["uncertainty"]["tornado"]
    # 10 MW of hydro for a load of 10 MW: its annuity over 8,760 h; spent half 0.5 and half 1.5 years before the start.
    for end, value in (("at_low_usd_per_mwh", rate["low"]), ("at_high_usd_per_mwh", rate["high"])):
        interest = 0.5 * ((1 + value) ** 0.5 + (1 + value) ** 1.5)
        assert bar[end] == pytest.approx(3e6 * interest * value / (1 - (1 + value) ** -50) / 8760, rel=1e-3)
    assert found["finance"]["project"] is None  # a custom load has no cost of its plant
