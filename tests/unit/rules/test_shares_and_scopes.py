"""24/7 score against a target, Electrify Now!, scopes and life cycle, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from models.compliance.carbon_free_energy import carbon_free_energy, carbon_free_energy_score
from models.compliance.electrify_now import electrify_now
from models.compliance.scope2 import scope2
from models.compliance.zones import T_PER_MWH, zone_intensity
from models.demand.catalogue import find_process
from models.demand.choices import ParameterValue
from models.demand.load import Demand, demand_of
from models.emissions import emissions_of
from models.figure import Figure
from models.life_cycle import life_cycle_intensities, life_cycle_t
from models.scopes import scope_rows
from tests.unit.demand.electrolyser import EXACT

GRID = Figure("grid.intensity", 0.4, "t CO2/MWh", "test")


def demand(process_id: str, parameters: dict[str, ParameterValue] | None = None) -> Demand:
    process, size = find_process(process_id), {"capacity": 1e6, "utilisation": 1.0}
    return demand_of(process, **size, parameters=parameters, hours=24, electrolyser_kwh_per_kg=EXACT)


def test_the_score_by_hand() -> None:
    """Loads 10, 10, 20: own 10, 4, 0; the grid is 50 % carbon-free: (10 + 4 + 3 + 10) / 40."""
    score = carbon_free_energy_score(np.array([15.0, 4.0, 0.0]), np.array([10.0, 10.0, 20.0]), 0.5)
    assert score == 27 / 40


@pytest.mark.parametrize(("score", "target", "verdict"), [(0.9, 0.9, "met"), (0.8999, 0.9, "not_met"), (1, 1, "met")])
def test_a_target_of_the_score(score: float, target: float, verdict: str) -> None:
    assert carbon_free_energy(score, target).verdict == verdict
    assert carbon_free_energy(0.96, 1.0).reasons[1].endswith("80%, 90%, 95%")


def test_the_share_of_green_steel_before_and_after() -> None:
    """Before 0.36 MWh beside 19.73 GJ of fuel; after 4.408 MWh of electricity, 30 kg of carbon at 9.11 kWh."""
    share = demand("steel-h2-dri-eaf").electricity_share
    assert share.before_site == pytest.approx(0.36 / (0.36 + 19.73 / 3.6), rel=1e-3)
    own, hydrogen, carbon = 4.4076315789 - 2.7, 54 * 33.33 / 1000, 30 * 0.00911
    assert share.after_site == pytest.approx((own + 2.7) / (own + 2.7 + carbon), rel=1e-6)
    assert share.after_direct == pytest.approx(own / (own + hydrogen + carbon), rel=1e-6)


def test_the_contribution_of_green_steel() -> None:
    """1 Mt: (4.408 - 0.36) TWh added on the site, of it 2.7 electrolysis; fuels 19.73 GJ less the carbon."""
    found = electrify_now(demand("steel-h2-dri-eaf"), 400.0, 120.0)
    assert found.added_site_twh == pytest.approx(4.4076315789 - 0.36, rel=1e-6)
    assert found.added_direct_twh == pytest.approx(4.4076315789 - 2.7 - 0.36, rel=1e-6)
    assert found.displaced_twh == pytest.approx(19.73 / 3.6 - 30 * 0.00911, rel=1e-4)
    assert (found.country_target_twh, found.country_gap_twh) == (pytest.approx(140.0), pytest.approx(20.0))
    assert found.share_of_gap == pytest.approx((4.4076315789 - 0.36) / 20.0, rel=1e-6)


def test_what_is_not_known_of_the_country_is_not_stated() -> None:
    found = electrify_now(demand("ammonia"))
    assert (found.country_target_twh, found.country_gap_twh, found.share_of_gap) == (None, None, None)
    assert found.added_site_twh is not None
    assert electrify_now(demand("ammonia"), 400.0).country_target_twh == pytest.approx(140.0)
    beyond = electrify_now(demand("ammonia"), 400.0, 200.0)  # already beyond 35 %
    assert beyond.country_gap_twh == pytest.approx(-60.0)
    assert beyond.share_of_gap is None
    for wrong in ((0.0, None), (100.0, 101.0)):
        with pytest.raises(ValueError, match="final"):
            electrify_now(demand("ammonia"), *wrong)


def test_an_exporter_whose_own_use_is_not_known_has_no_added_electricity() -> None:
    steel = demand("steel-h2-dri-eaf")
    route = steel.process.conventional_route
    assert route is not None
    sells = replace(route, electricity=replace(route.electricity, value=-0.1), gross_electricity=None)
    process = replace(steel.process, conventional_routes=(sells,))
    found = electrify_now(replace(steel, variant=replace(steel.variant, process=process)))
    assert (found.added_site_twh, found.added_direct_twh) == (None, None)
    assert found.displaced_twh == pytest.approx(19.73 / 3.6 - 30 * 0.00911, rel=1e-4)


def test_scopes_before_and_after() -> None:
    """1 Mt of recycled steel that buys 100 GWh: before and after by the same grid, residual mix 0.5."""
    steel = demand("steel-scrap-eaf")
    bought = np.full(24, 100e3 / 8760.0)
    figures = scope2(bought, np.zeros(24), 0.4, 0.5, 365.0)
    found = emissions_of(steel, grid_import_mwh_per_year=100e3, grid_intensity=GRID)
    rows = {row.scope: row for row in scope_rows(found, figures, steel.product_per_year, 0.4, 0.5)}
    route = steel.process.conventional_route
    assert route is not None
    assert rows["scope_1"].before_t_per_unit == route.direct_co2.value
    assert rows["scope_1"].after_t_per_year == found.direct_t_co2_per_year
    assert rows["scope_2_location"].after_t_per_year == pytest.approx(40e3)
    assert rows["scope_2_location"].before_t_per_unit == pytest.approx(0.4 * route.electricity.value)
    assert rows["scope_2_market_hourly"].after_t_per_year == pytest.approx(50e3)
    assert rows["scope_2_market_hourly"].before_t_per_unit == pytest.approx(0.5 * route.electricity.value)
    assert rows["scope_3_upstream"].before_t_per_year is None
    whole = rows["scope_1"].after_t_per_unit + rows["scope_2_location"].after_t_per_unit
    assert whole == pytest.approx(found.t_co2_per_unit)


def test_hours_of_the_grid_weigh_what_is_bought() -> None:
    weighted = Figure("grid.import_intensity", 0.1, "t CO2/MWh", "test")
    found = emissions_of(
        demand("steel-scrap-eaf"), grid_import_mwh_per_year=1000.0, grid_intensity=GRID, import_intensity=weighted
    )
    assert found.grid_t_co2_per_year == pytest.approx(100.0)
    assert found.conventional_per_unit is not None
    assert weighted in found.provenance


def test_life_cycle_of_own_generation() -> None:
    """100 GWh of sun at 45 g and 200 GWh of wind at 11 g: 4,500 + 2,200 t."""
    assert life_cycle_t({"pv_tracking": 100e3, "wind_onshore": 200e3}) == pytest.approx(6700.0)
    assert all(figure.source for figure in life_cycle_intensities().values())


def test_zones_of_the_eu() -> None:
    sweden = zone_intensity("SWE")
    assert sweden is not None
    assert (sweden.value, sweden.year) == (3.4, 2023)
    assert pytest.approx(18.0 * T_PER_MWH) == 0.0648
    assert zone_intensity("USA") is None
    assert zone_intensity(None) is None


@pytest.mark.parametrize("food", ["milk_powder", "beer", "beet_sugar", "potato_products"])
def test_the_contribution_is_against_the_route_that_is_replaced(food: str) -> None:
    """Of several products each displaces the fuels of its own route, as in emissions and product cost."""
    (route,) = [one for one in find_process("food-beverage").conventional_routes if one.for_option == food]
    made = demand("food-beverage", {"food": food})
    assert made.variant.conventional_route is route
    assert electrify_now(made).displaced_twh == pytest.approx(sum(route.fuels_mwh.values()))


def test_nothing_is_displaced_where_no_route_is_known() -> None:
    made = demand("silicon", {"stage": "polysilicon"})
    assert made.variant.conventional_route is None
    assert electrify_now(made).displaced_twh is None
