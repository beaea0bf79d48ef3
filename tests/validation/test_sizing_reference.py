"""The three hourly problems that PyPSA and HiGHS solved: the objective within 1e-6, with each solver."""

import json

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.problem import Battery, Generator, Hydrogen, SizingProblem
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
FOLDER = SHARED / "validation" / "sizing"
CASES = ("mn-battery", "mn-hydrogen", "mn-hydrogen-feed")


def read(name: str) -> tuple[SizingProblem, float]:
    """A case and the objective of the reference."""
    case = json.loads((FOLDER / "cases.json").read_text())[name]
    profiles = np.load(FOLDER / f"{case['site']}.npz")
    costs, hours = case["costs"], len(profiles["solar"])
    hydrogen = Hydrogen(
        electrolyser_annual_cost_usd_per_mw=costs["electrolyser"],
        electrolyser_efficiency=costs["eta_electrolyser"],
        store_annual_cost_usd_per_mwh=costs["h2_store"],
        turbine_annual_cost_usd_per_mw=costs["h2_turbine"],
        turbine_efficiency=costs["eta_h2_turbine"],
    )
    problem = SizingProblem(
        load_mw=np.full(hours, float(case["load_mw"])),
        hydrogen_load_mw=np.full(hours, float(case["hydrogen_load_mw"])),
        generators=tuple(Generator(key, profiles[key].astype(float), costs[key]) for key in ("solar", "wind")),
        battery=Battery(costs["battery_energy"], costs["battery_power"], costs["eta_charge"], costs["eta_discharge"]),
        hydrogen=hydrogen if case["hydrogen"] else None,
    )
    return problem, float(case["objective_per_year"])


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("solver", ["clarabel", "highs"])
def test_objective_is_the_references(name: str, solver: str) -> None:
    problem, reference = read(name)
    found = solve(problem, solver)
    assert found.objective_usd_per_year == pytest.approx(reference, rel=1e-6)
    assert found.info.relative_gap <= 1e-6
    year = summarise(found)
    assert year.max_imbalance_mw < 1e-6 * 100.0
