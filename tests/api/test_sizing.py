"""POST /v1/sizing: the contract, and the three reference problems with both solvers."""

import json
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from service.schemas.examples.sizing import SIZING_EXAMPLES
from service.uses.size import months_of
from tests.api.problems import problem
from tests.api.requests import sizing
from tests.shared import SHARED, needs_shared

FOLDER = SHARED / "validation" / "sizing"


def test_a_small_system(client: TestClient) -> None:
    answer = client.post("/v1/sizing", json=sizing(hourly=True)).json()
    assert set(answer["capacities"]) == {"solar_mw", "battery_mw", "battery_mwh"}
    assert answer["objective_usd_per_year"] == pytest.approx(answer["cost_usd_per_mwh"] * 87_600.0)
    assert len(answer["hourly"]["solar_used_mw"]) == 48
    assert answer["solution"]["status"] == "optimal"
    assert answer["dispatch"]["max_imbalance_mw"] < 1e-5


def test_a_solver_at_its_limit_is_an_error_and_never_an_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real solvers that may make three iterations: the next one is asked, and where none is left there is no answer."""
    monkeypatch.setattr("models.sizing.interior_point.MOST_ITERATIONS", 3)
    monkeypatch.setattr("models.sizing.clarabel_solver.MOST_ITERATIONS", 3)
    fallen = client.post("/v1/sizing", json=sizing()).json()
    assert (fallen["solution"]["solver"], fallen["solution"]["status"]) == ("highs", "optimal")
    assert [warning["code"] for warning in fallen["warnings"]].count("solver_fallback") == 2
    failed = problem(client.post("/v1/sizing", json=sizing(solver="clarabel")), 500)
    assert failed["type"].endswith("/solver-failed")
    assert "capacities" not in failed


@pytest.mark.parametrize("name", sorted(SIZING_EXAMPLES))
def test_the_worked_examples(client: TestClient, name: str) -> None:
    response = client.post("/v1/sizing", json=SIZING_EXAMPLES[name]["value"])
    assert response.status_code == 200, response.text[:300]


def test_hydrogen_without_a_turbine_and_with_a_grid(client: TestClient) -> None:
    request = sizing(
        hydrogen_load_mw=2.0,
        hydrogen={
            "electrolyser_annual_cost_usd_per_mw": 188_715.0,
            "electrolyser_efficiency": 0.62,
            "store_annual_cost_usd_per_mwh": 148.0,
        },
        grid={"import_price_usd_per_mwh": 80.0, "max_import_mw": 5.0},
        clean_share=0.8,
        matching="monthly",
    )
    answer = client.post("/v1/sizing", json=request).json()
    assert answer["capacities"]["hydrogen_turbine_mw"] == 0.0
    assert answer["capacities"]["electrolyser_mw"] > 3.0
    assert answer["dispatch"]["clean_share_achieved"] >= 0.8 - 1e-6


def test_months_of_whole_years() -> None:
    assert np.bincount(months_of(8760)).tolist() == [m * 24 for m in (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)]
    assert np.bincount(months_of(8784))[1] == 29 * 24
    assert months_of(2 * 8760).max() == 23
    assert months_of(48).tolist() == [0] * 48


def reference(name: str, solver: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The request for a reference case, and the case."""
    case = json.loads((FOLDER / "cases.json").read_text())[name]
    profiles, costs = np.load(FOLDER / f"{case['site']}.npz"), case["costs"]
    hydrogen = {
        "electrolyser_annual_cost_usd_per_mw": costs["electrolyser"],
        "electrolyser_efficiency": costs["eta_electrolyser"],
        "store_annual_cost_usd_per_mwh": costs["h2_store"],
        "turbine_annual_cost_usd_per_mw": costs["h2_turbine"],
        "turbine_efficiency": costs["eta_h2_turbine"],
    }
    request = {
        "load_mw": case["load_mw"],
        "hydrogen_load_mw": case["hydrogen_load_mw"],
        "generators": [
            {"name": key, "capacity_factor": profiles[key].astype(float).tolist(), "annual_cost_usd_per_mw": costs[key]}
            for key in ("solar", "wind")
        ],
        "battery": {
            "annual_cost_usd_per_mwh": costs["battery_energy"],
            "annual_cost_usd_per_mw": costs["battery_power"],
            "charge_efficiency": costs["eta_charge"],
            "discharge_efficiency": costs["eta_discharge"],
        },
        "hydrogen": hydrogen if case["hydrogen"] else None,
        "grid": None,
        "solver": solver,
    }
    return request, case


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("name", ["mn-battery", "mn-hydrogen", "mn-hydrogen-feed"])
@pytest.mark.parametrize("solver", ["interior_point", "clarabel", "highs"])
def test_the_reference_problems(client: TestClient, name: str, solver: str) -> None:
    request, case = reference(name, solver)
    answer = client.post("/v1/sizing", json=request).json()
    assert answer["solution"]["solver"] == solver
    assert answer["objective_usd_per_year"] == pytest.approx(case["objective_per_year"], rel=1e-6)
    assert answer["cost_usd_per_mwh"] == pytest.approx(case["cost_per_mwh"], rel=1e-6)
    for key, value in case["capacities"].items():
        assert answer["capacities"][key] == pytest.approx(value, rel=1e-3)
