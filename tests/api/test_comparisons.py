"""POST /v1/comparisons: each row is the single assessment, costs rise with the clean share, a bad case is a row."""

from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.case import facts
from service.schemas.examples.comparisons import COMPARISON_EXAMPLES
from tests.api.problems import pointers, problem
from tests.api.requests import BODEN

URL = "/v1/comparisons"
HEADLINE = "levelised_cost_of_clean_power_usd_per_mwh"
SMALL: dict[str, Any] = {
    "site": BODEN["site"],
    "process": {"id": "custom", "load_mw": 10.0},
    "supply": {"technologies": ["pv_tracking", "wind_onshore", "battery"]},
}
COSTS = (
    HEADLINE,
    "levelised_cost_of_hydrogen_usd_per_kg",
    "product_cost_usd_per_unit",
    "abatement_cost_usd_per_t_co2",
    "power_cost_usd_per_unit",
    "total_annual_cost_usd",
)


def compared(client: TestClient, **request: Any) -> dict[str, Any]:
    response = client.post(URL, json={"base": SMALL} | request)
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    return answer


def single(client: TestClient, request: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/v1/assessments", json=request).json()
    return answer


def figures_of(answer: dict[str, Any]) -> dict[str, float | None]:
    """The headline figures as a single assessment states them."""
    cost, supply, emissions = answer["cost"], answer["supply"], answer["emissions"]
    storage = {store["technology"]: store for store in supply["storage"]}
    battery, gas = storage.get("battery", {}), storage.get("hydrogen_store", {})
    return {
        **{name: cost[name] for name in COSTS},
        "electricity_mwh_per_year": answer["demand"]["electricity_mwh_per_year"],
        **{name: supply[name] for name in ("capacity_factor", "curtailed_share", "clean_share_achieved")},
        "import_mwh_per_year": supply["grid"]["import_mwh_per_year"],
        "export_mwh_per_year": supply["grid"]["export_mwh_per_year"],
        "unserved_mwh_per_year": supply["unserved_mwh_per_year"],
        "t_co2_per_unit": emissions["t_co2_per_unit"],
        "avoided_t_co2_per_year": emissions["avoided_t_co2_per_year"],
        "land_km2": sum(one["land_km2"] or 0.0 for one in supply["generators"]),
        **{f"{one['name']}_mw": one["capacity_mw"] for one in supply["generators"]},
        "battery_mw": battery.get("power_mw", 0.0),
        "battery_mwh": battery.get("energy_mwh", 0.0),
        "electrolyser_mw": supply["electrolyser_mw"],
        "hydrogen_store_mwh": gas.get("energy_mwh", 0.0),
        "hydrogen_turbine_mw": supply["hydrogen_turbine_mw"],
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(COMPARISON_EXAMPLES))
def test_the_worked_examples(client: TestClient, name: str) -> None:
    response = client.post(URL, json=COMPARISON_EXAMPLES[name]["value"])
    assert response.status_code == 200, response.text[:500]
    answer = response.json()
    assert answer["failed"] == 0
    assert sorted(row["rank_by_cost"] for row in answer["rows"]) == list(range(1, answer["cases"] + 1))
    order = sorted(answer["rows"], key=lambda row: row["rank_by_score"])
    totals = [row["score"]["total"] for row in order]
    assert totals == sorted(totals, reverse=True)


def test_a_row_is_the_single_assessment_figure_by_figure(client: TestClient) -> None:
    answer = compared(
        client,
        designs=[{"grid": False}, {"grid": True, "supply": {"grid": {"max_import_mw": 5.0}}}],
        clean_shares=[0.9],
        alternatives=[{"name": "cheap capital", "change": {"finance": {"wacc": 0.03}}}],
    )
    off = SMALL | {"supply": SMALL["supply"] | {"grid": {"connected": False}, "clean_share": 0.9}}
    on = SMALL | {"supply": SMALL["supply"] | {"grid": {"connected": True, "max_import_mw": 5.0}, "clean_share": 0.9}}
    cheap = SMALL | {"finance": {"wacc": 0.03}}
    first = None
    for row, request in zip(answer["rows"], (off, on, cheap), strict=True):
        alone = single(client, request)
        assert row["figures"] == figures_of(alone)
        assert row["score"] == alone["score"]
        assert row["warnings"] == alone["warnings"]
        assert row["assessment_id"] == alone["assessment_id"]
        assert row["solution"]["status"] == "optimal"
        first = first or row["figures"]
        assert row["difference"][HEADLINE] == row["figures"][HEADLINE] - first[HEADLINE]
    assert answer["rows"][0]["difference"][HEADLINE] == 0.0
    assert [row["name"] for row in answer["rows"]] == ["no grid, 0.9 clean", "grid, 0.9 clean", "cheap capital"]


def test_whole_answers_on_request(client: TestClient) -> None:
    answer = compared(client, clean_shares=[0.5, 0.8], assessments=True)
    for row in answer["rows"]:
        assert row["figures"] == figures_of(row["assessment"])


@pytest.mark.slow
def test_cost_rises_with_the_clean_share(client: TestClient) -> None:
    shares = [0.5, 0.8, 0.9, 0.95, 1.0]
    designs = [{"grid": False}, {"grid": True, "supply": {"grid": {"max_import_mw": 12.0}}}]
    rows = compared(client, designs=designs, clean_shares=shares)["rows"]
    for curve in (rows[: len(shares)], rows[len(shares) :]):
        assert [row["clean_share"] for row in curve] == shares
        for figure in (HEADLINE, "total_annual_cost_usd"):
            costs = [row["figures"][figure] for row in curve]
            assert all(less <= more * (1 + 1e-6) for less, more in pairwise(costs)), figure


def test_what_a_design_may_not_build_costs(client: TestClient) -> None:
    base = SMALL | {"supply": {"clean_share": 0.95}}
    rows = compared(client, base=base, designs=[{"hydrogen": True}, {"hydrogen": False}, {"tracking": False}])["rows"]
    built = [row["change"]["supply"]["technologies"] for row in rows]
    assert built[0] == ["pv_tracking", "wind_onshore", "battery", "hydrogen_store", "hydrogen_turbine"]
    assert built[1] == ["pv_tracking", "wind_onshore", "battery"]
    assert built[2] == ["pv_fixed", "wind_onshore", "battery", "hydrogen_store", "hydrogen_turbine"]
    assert rows[0]["figures"]["total_annual_cost_usd"] <= rows[1]["figures"]["total_annual_cost_usd"] * (1 + 1e-6)


def test_a_case_that_fails_is_a_row(client: TestClient) -> None:
    alternatives = [
        {"name": "no land", "change": {"supply": {"land": {"available_km2": 0.001}}}},
        {"name": "no such field", "change": {"supply": {"clean_shape": 1.0}, "finance": {"wacc": 7}}},
        {"name": "hours", "change": {"options": {"hourly": True}}},
    ]
    answer = compared(client, alternatives=alternatives)
    assert answer["failed"] == 3
    base, *failed = answer["rows"]
    assert (base["name"], base["status"], base["rank_by_cost"]) == ("base", "ok", 1)
    kinds = [row["problem"]["type"].rpartition("/")[2] for row in failed]
    assert kinds == ["infeasible", "invalid-request", "invalid-request"]
    assert pointers(failed[1]["problem"]) == {"/supply/clean_shape", "/finance/wacc"}
    assert pointers(failed[2]["problem"]) == {"/options/hourly"}
    for row in failed:
        assert row["figures"] is row["score"] is row["rank_by_cost"] is row["difference"] is None


def test_the_facts_of_a_place_are_gathered_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, gather = [], facts.gather

    def counted(*place: Any) -> facts.SiteFacts:
        asked.append(place)
        return gather(*place)

    monkeypatch.setattr(facts, "gather", counted)
    compared(client, clean_shares=[0.3, 0.4, 0.5, 0.6])
    assert len(asked) == 1


def test_processes_by_id_and_with_their_size(client: TestClient) -> None:
    base = {"site": SMALL["site"], "supply": SMALL["supply"] | {"clean_share": 0.6}}
    processes = ["aluminium", {"id": "custom", "load_mw": 20.0}]
    rows = compared(client, base=base, processes=processes, rank_by="total_annual_cost_usd")["rows"]
    assert [row["process"] for row in rows] == ["aluminium", "custom"]
    assert [row["rank_by_cost"] for row in rows] == [2, 1]
    alone = single(client, base | {"process": {"id": "aluminium"}})
    assert rows[0]["figures"] == figures_of(alone)


@pytest.mark.parametrize(
    ("request_", "wrong"),
    [
        ({}, {""}),  # one case alone
        (
            {"clean_shares": [0.5 + index / 1000 for index in range(33)], "designs": [{"grid": True}, {"grid": False}]},
            {""},
        ),
        ({"clean_shares": [0.5, 0.5]}, {"/clean_shares/1"}),
        ({"clean_shares": [0.5, 1.5]}, {"/clean_shares/1"}),
        ({"processes": ["aluminium", "alchemy"]}, {"/processes/1"}),
        ({"processes": ["aluminium", "custom"]}, {"/processes/1"}),
        ({"processes": ["aluminium", {"id": "aluminium", "utilisation": 0}]}, {"/processes/1/utilisation"}),
        ({"designs": [{"grid": True}, {"grid": True}]}, {"/designs/1/name"}),
        ({"designs": [{"grid": True}, {"sails": True}]}, {"/designs/1/sails"}),
        ({"alternatives": [{"name": "a", "change": {}}, {"name": "a", "change": {}}]}, {"/alternatives/1/name"}),
        ({"alternatives": [{"name": "a"}]}, {"/alternatives/0/change"}),
        ({"rank_by": "beauty", "clean_shares": [0.5, 0.6]}, {"/rank_by"}),
        ({"base": {"site": SMALL["site"]}, "clean_shares": [0.5, 0.6]}, {"/base/process"}),
        ({"base": SMALL | {"options": {"hourly": True}}, "clean_shares": [0.5, 0.6]}, {"/base/options/hourly"}),
        (
            {"base": SMALL | {"options": {"uncertainty": True}}, "clean_shares": [0.5, 0.6]},
            {"/base/options/uncertainty"},
        ),
        ({"base": SMALL | {"finance": {"wacc": 2}}, "clean_shares": [0.5, 0.6]}, {"/base/finance/wacc"}),
    ],
)
def test_bad_input(client: TestClient, request_: dict[str, Any], wrong: set[str]) -> None:
    assert pointers(problem(client.post(URL, json={"base": SMALL} | request_), 422)) == wrong
