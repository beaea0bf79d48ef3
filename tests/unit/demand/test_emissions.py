"""Emissions against sums done by hand."""

import math

import pytest

from models.demand.catalogue import catalogue, find_process
from models.demand.load import Demand, demand_of
from models.emissions import UnknownRoute, emissions_of
from models.figure import Figure
from tests.unit.demand.electrolyser import ELECTROLYSER

GRID = Figure("grid.intensity", 0.4, "t CO2/MWh", "test")
CARBON = 0.003664  # t CO2 per kg C


def demand(process_id: str, capacity: float = 1000.0, **parameters: float | bool | str) -> Demand:
    return demand_of(
        find_process(process_id),
        capacity=capacity,
        utilisation=1.0,
        parameters=parameters,
        hours=24,
        electrolyser_kwh_per_kg=ELECTROLYSER,
    )


def test_green_steel_off_grid() -> None:
    found = emissions_of(demand("steel-h2-dri-eaf"), grid_intensity=GRID)
    assert found.t_co2_per_t == pytest.approx(30 * CARBON)
    assert found.per_unit.low == pytest.approx(10 * CARBON)
    assert found.per_unit.high == pytest.approx(54 * CARBON)
    assert found.conventional_t_co2_per_t == pytest.approx(2.434)  # its power is its own: nothing is bought
    assert found.avoided_t_co2_per_year == pytest.approx(1000 * (2.434 - 30 * CARBON))
    assert found.t_co2_per_year == found.direct_t_co2_per_year == pytest.approx(1000 * 30 * CARBON)
    assert found.upstream_t_co2_per_year == pytest.approx(1000 * 0.045 * 0.785)  # lime, beside the total
    assert found.conventional_route == "Blast furnace and basic oxygen furnace, average"


def test_imports_count_at_the_intensity_of_the_grid() -> None:
    found = emissions_of(demand("steel-h2-dri-eaf"), grid_import_mwh_per_year=500.0, grid_intensity=GRID)
    assert found.grid_t_co2_per_year == pytest.approx(200.0)
    assert found.t_co2_per_year == pytest.approx(1000 * 30 * CARBON + 200.0)
    assert found.t_co2_per_t == pytest.approx(30 * CARBON + 0.2)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"carbon_source": "biogenic"}, 0.0),
        ({"reheating": "fuel"}, 30 * CARBON + 0.468 * 0.202),
        ({"reheating": "fuel", "rolling": False}, 30 * CARBON),
        ({"scrap_share": 0.5}, (0.5 * 30 + 0.5 * 21.8) * CARBON),
    ],
)
def test_parameters_reach_what_is_emitted(parameters: dict[str, float | bool | str], expected: float) -> None:
    assert emissions_of(demand("steel-h2-dri-eaf", 1000.0, **parameters)).t_co2_per_t == pytest.approx(expected)


def test_routes_can_be_chosen() -> None:
    found = emissions_of(demand("steel-h2-dri-eaf"), grid_intensity=GRID, route_id="ng-dri-eaf")
    assert found.conventional_t_co2_per_t == pytest.approx(0.852 + 0.603 * 0.4)
    with pytest.raises(UnknownRoute, match="bf-bof-average"):
        emissions_of(demand("steel-h2-dri-eaf"), route_id="open-hearth")


def test_scrap_steel_and_aluminium() -> None:
    scrap = emissions_of(demand("steel-scrap-eaf"), grid_intensity=GRID)
    assert scrap.t_co2_per_t == pytest.approx(0.468 * 0.202 + 21.8 * CARBON)
    assert scrap.conventional_t_co2_per_t == pytest.approx(0.163 + 0.635 * 0.4)
    smelter = emissions_of(demand("aluminium"), grid_intensity=GRID)
    assert smelter.t_co2_per_t == pytest.approx(2.02 + 0.361 * 0.202)  # 2.093 of MPP in two parts
    assert smelter.t_co2_per_t == pytest.approx(2.093, rel=1e-3)
    assert smelter.avoided_t_co2_per_year == pytest.approx(1000 * 14.2 * 0.4, rel=1e-3)  # all of it the grid's
    assert emissions_of(demand("aluminium", anode="inert")).t_co2_per_t == pytest.approx(0.063)


def test_other_routes() -> None:
    assert emissions_of(demand("ammonia"), grid_intensity=GRID).conventional_t_co2_per_t == pytest.approx(
        1.8 + 0.139 * 0.4
    )
    assert emissions_of(demand("cement")).t_co2_per_t == pytest.approx(0.525 * 0.1)
    hall = emissions_of(demand("data-centre", capacity=1.0), grid_intensity=GRID)
    assert hall.t_co2_per_t is None
    assert hall.conventional_t_co2_per_t is None
    assert hall.conventional_t_co2_per_unit == pytest.approx(1.3 * 0.4)
    assert hall.avoided_t_co2_per_year == pytest.approx(8760 * 1.3 * 0.4)


def test_what_is_not_known_is_null_with_a_warning() -> None:
    water = emissions_of(demand("desalination"), grid_intensity=GRID)
    assert water.conventional_t_co2_per_unit is None
    assert water.avoided_t_co2_per_year is None
    assert [warning.code for warning in water.warnings] == ["no_conventional_route"]
    codes = {warning.code for warning in emissions_of(demand("aluminium")).warnings}
    assert codes == {"grid_intensity_unknown", "recalled_figures"}


@pytest.mark.parametrize("imports", [-1.0, math.nan, math.inf])
def test_impossible_imports_raise(imports: float) -> None:
    with pytest.raises(ValueError, match="grid_import"):
        emissions_of(demand("ammonia"), grid_import_mwh_per_year=imports, grid_intensity=GRID)


def test_an_intensity_is_needed_in_its_unit() -> None:
    with pytest.raises(ValueError, match="imports need"):
        emissions_of(demand("ammonia"), grid_import_mwh_per_year=1.0)
    with pytest.raises(ValueError, match="t CO2/MWh"):
        emissions_of(demand("ammonia"), grid_intensity=Figure("grid", 400.0, "g/kWh", "test"))


@pytest.mark.parametrize("process_id", [item for item in catalogue() if item != "custom"])
def test_bands_are_ordered_and_emissions_linear(process_id: str) -> None:
    one, ten = emissions_of(demand(process_id)), emissions_of(demand(process_id, capacity=10_000.0))
    assert 0.0 <= one.per_unit.low <= one.per_unit.central <= one.per_unit.high
    assert ten.t_co2_per_year == pytest.approx(10 * one.t_co2_per_year)
    if one.conventional_per_unit is not None:
        low, central, high = one.conventional_per_unit
        assert low <= central <= high
    assert all(figure.source for figure in one.provenance)


def test_more_co2_than_the_conventional_route_is_told() -> None:
    """Gas iron of 3.389 MWh x 0.202 t CO2/MWh against 0.583 and 0.1 MWh of the grid."""
    found = emissions_of(demand("iron-h2-dri", gas_share=1.0), grid_intensity=GRID)
    assert found.per_unit.central == pytest.approx(3.389 * 0.202, rel=1e-3)
    assert found.conventional_per_unit is not None
    assert found.conventional_per_unit.central == pytest.approx(0.583 + 0.1 * 0.4)
    (told,) = [item for item in found.warnings if item.code == "no_co2_avoided"]
    assert "0.685 t CO2 per t, no less than the 0.623" in told.detail
    green = emissions_of(demand("iron-h2-dri"), grid_intensity=GRID)
    assert "no_co2_avoided" not in {item.code for item in green.warnings}


def test_charcoal_takes_the_place_of_fossil_reductant() -> None:
    assert emissions_of(demand("silicon", biocarbon_share=0.25)).t_co2_per_t == pytest.approx(0.75 * 3.58)
    assert emissions_of(demand("silicon", biocarbon_share=1.0)).t_co2_per_t == 0.0
