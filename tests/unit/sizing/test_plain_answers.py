"""What an optimum says is plain: nothing bought to be sold, no plant that is dust."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.balance import electricity_imbalance
from models.sizing.components import Grid
from models.sizing.problem import Matching
from tests.unit.sizing.test_sizing import problem


@pytest.mark.parametrize("matching", list(Matching))
def test_nothing_is_bought_to_be_sold(matching: Matching) -> None:
    asked = problem(
        96,
        grid=Grid(60.0, 60.0),
        clean_share=0.5,
        matching=matching,
        battery=None,
        hydrogen=None,
        month_of_hour=np.arange(96) // 48,
    )
    asked = replace(asked, generators=tuple(replace(one, max_mw=15.0) for one in asked.generators))
    found = solve(asked)
    assert np.minimum(found.operation.import_mw, found.operation.export_mw).max() < 1e-5
    assert np.abs(electricity_imbalance(found)).max() < 1e-5
    assert summarise(found).peak_import_mw <= 10.0 + 1e-5


def test_what_is_not_worth_building_is_nil() -> None:
    cheap = Grid(1.0)
    found = solve(problem(96, grid=cheap, clean_share=0.0))
    assert found.info.solver == "interior_point"
    assert found.capacities["battery_mwh"] == 0.0
    assert found.capacities["solar_mw"] == 0.0
    assert summarise(found).battery_cycles == 0.0
