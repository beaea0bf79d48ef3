"""Closed-form cases of other tools (SAM, reV, H2Integrate, ProFAST), each to its own tolerance.

The coefficients of the steel plant are H2Integrate's (converters/steel/steel.py, after Rosner et al. 2023,
doi:10.1039/d3ee01077e): cost of each part at 2021 prices, moved to 2022 by the CEPCI index.
"""

import json
from typing import Any

import pytest

from models.finance import crf, debt_share_of, lcoe_fcr, npv, process_cost, storage_cost, wacc
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
FILE = SHARED / "validation" / "reference_cases.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else []

CEPCI_2022_OVER_2021 = 816.0 / 708.8
PREHEATING, COOLING = (45.69123, 0.86564), (2513.08314, 0.63325)
STEEL_PARTS = [
    (352191.5237, 0.456),  # arc furnace and casting
    (489.68061, 0.88741),  # shaft furnace
    (1715.21508, 0.64574),  # oxygen supply
    (11815.72718, 0.59983),  # piping
    (7877.15146, 0.59983),  # electric and instruments
    (1097.81876, 0.8),  # buildings, storage, water
    (7877.1546, 0.59983),  # miscellaneous
]


def of_kind(*kinds: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] in kinds]


def test_every_closed_form_kind_is_there() -> None:
    kinds = {case["kind"] for case in CASES}
    assert {"lcoe_fcr", "lcoe_full_tax", "npv", "storage_cost", "process_cost"} <= kinds


def close(case: dict[str, Any], value: float) -> Any:
    return pytest.approx(value, rel=case["rel_tol"])


@pytest.mark.parametrize("case", of_kind("lcoe_fcr"))
def test_levelised_cost_by_fixed_charge_rate(case: dict[str, Any]) -> None:
    given = case["inputs"]
    usd_per_kwh = lcoe_fcr(
        given["capital_cost"],
        given["fixed_operating_cost"],
        given["variable_operating_cost"],
        given["fixed_charge_rate"],
        given["annual_energy_kwh"],
    )
    (name, expected), *rest = case["expected"].items()
    assert not rest
    assert usd_per_kwh * {"lcoe_usd_per_kwh": 1.0, "lcoe_usd_per_mwh": 1000.0}[name] == close(case, expected)


@pytest.mark.parametrize("case", of_kind("lcoe_full_tax"))
def test_cost_of_capital_and_recovery_factor(case: dict[str, Any]) -> None:
    params, expected = case["inputs"]["params"], case["expected"]
    rate = wacc(
        debt_share_of(params["debt_equity_ratio"]),
        params["debt_interest_rate"],
        params["discount_rate"],
        params["total_income_tax_rate"],
    )
    assert rate == close(case, expected["wacc"])
    years = params["plant_life"] + params["installation_time_months"] / 12
    assert crf(rate, years) == close(case, expected["crf"])


@pytest.mark.parametrize("case", of_kind("npv"))
def test_net_present_value(case: dict[str, Any]) -> None:
    given = case["inputs"]
    costs = next(other for other in CASES if other["id"] == given["same_costs_as"])["inputs"]
    sales = costs["mean_output_kw"] * 8760 * given["sell_price_usd_per_kwh"]
    yearly = sales - sum(costs["opex"].values()) - sum(costs["varopex"].values())
    flows = [-sum(costs["capex"].values()), *[yearly] * given["years"]]
    assert npv(given["real_discount_rate"], flows) == close(case, case["expected"]["npv_usd"])


@pytest.mark.parametrize("case", of_kind("storage_cost"))
def test_hydrogen_store(case: dict[str, Any]) -> None:
    given = case["inputs"]
    value = storage_cost(given["kg"], given["a"], given["b"], given["c"], 1.29 / 1.30)
    assert value == close(case, case["expected"]["capex_usd_2018"])


@pytest.mark.parametrize("case", of_kind("process_cost"))
def test_steel_plant(case: dict[str, Any]) -> None:
    given = case["inputs"]
    capacity = given["capacity_t_per_y"]
    kept = (0.6, 0.7) if given["o2_heat_integration"] else (1.0, 1.0)  # heat from oxygen spares preheating and cooling
    shared = [(share * part[0], part[1]) for share, part in zip(kept, (PREHEATING, COOLING), strict=True)]
    capex = process_cost(capacity, [*STEEL_PARTS, *shared], CEPCI_2022_OVER_2021)
    assert capex == close(case, case["expected"]["capex_usd"])
    labour = process_cost(capacity / 1162077, [(69375996.9, 0.25242)])
    upkeep = 0.00863 * capex
    assert 1.25 * (labour + upkeep) + 0.02 * capex == close(case, case["expected"]["opex_usd_per_y"])
