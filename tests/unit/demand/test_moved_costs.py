"""A plant at another point of its cost bands, by hand."""

from dataclasses import replace

import pytest

from models.demand.catalogue import find_process
from models.demand.load import Demand, demand_of
from models.demand.moved_costs import input_items, plant_figures, with_plant_figures
from models.figure import Figure, Status
from models.plant_cost import PlantCase, plant_cost
from tests.unit.demand.electrolyser import EXACT

RATE, LIFE = Figure("wacc", 0.0, "1/year", "test"), Figure("life", 20.0, "years", "test")


def demand(process_id: str) -> Demand:
    process = find_process(process_id)
    size, load = (None, 1.0) if process.is_custom else (1e6, None)
    return demand_of(process, capacity=size, hours=24, electrolyser_kwh_per_kg=EXACT, custom_load_mw=load)


def test_twice_the_plant_costs_twice_and_inputs_stay() -> None:
    made = demand("steel-h2-dri-eaf")
    dear = with_plant_figures(made, lambda figure: replace(figure, value=2.0 * figure.value, low=None, high=None))
    case = PlantCase(1e6, made.product_per_year, RATE, LIFE, "SWE", {})
    parts = []
    for one in (made, dear):
        assert one.process.costs is not None
        found = plant_cost(one.process.costs.own, case, one.variant)
        parts.append({part.item: part.per_unit.central for part in found.parts})
    plain, moved = parts
    assert plain.keys() == moved.keys()
    for name in ("shaft_furnace", "arc_furnace", "shaft_furnace_om"):
        assert moved[name] == pytest.approx(2.0 * plain[name])
    # The arc furnace's O&M is per t of capacity as well; ore and water are bought, not built.
    for name in ("iron_ore_pellets", "process_water"):
        assert moved[name] == pytest.approx(plain[name])
    assert (dear.load_mw == made.load_mw).all()


def test_what_the_plant_is_and_buys() -> None:
    made = demand("steel-h2-dri-eaf")
    assert "steel-h2-dri-eaf.shaft_furnace.capital_cost" in {figure.name for figure in plant_figures(made)}
    assert "iron_ore_pellets_dr" in input_items(made)
    custom = demand("custom")
    assert (list(plant_figures(custom)), input_items(custom)) == ([], ())
    assert with_plant_figures(custom, lambda figure: replace(figure, status=Status.GIVEN)) is custom
