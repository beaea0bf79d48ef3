"""Cost of capital, grid connection, land and the carbon-free score: against tables and sums done by hand."""

import csv
import math
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.collector import collector_line
from models.compliance.carbon_free_energy import carbon_free_energy_score
from models.connection import connection_classes, connection_cost, connection_voltage_kv
from models.connection_data import connection_data
from models.connection_parts import short_line_multiplier
from models.connection_way import WayShares, slope_shares, way_multipliers
from models.figure import Status
from models.land import density_mw_per_km2, land_km2, max_mw
from models.technologies import InvalidCostInput
from models.wacc import wacc_for, wacc_notices
from models.wacc_table import young_technology_premium
from tests.shared import SHARED, needs_shared

USD_2019 = 321.943 / 255.657
SERIES = {"pv_tracking": "solar_pv", "wind_onshore": "onshore_wind", "wind_offshore": "offshore_wind"}


def shared_wacc() -> list[dict[str, str]]:
    with (SHARED / "reference" / "country_wacc.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_shared
def test_every_country_and_technology_has_its_own_rate() -> None:
    names = {series: name for name, series in SERIES.items()}
    for row in shared_wacc():
        figure = wacc_for(row["iso3"], names[row["technology"]])
        expected = (1 + float(row["wacc_nominal_aftertax_central"])) / 1.02 - 1
        assert figure.value == pytest.approx(expected, abs=1e-12)
        if row["wacc_real_central_2pct_infl"]:
            assert figure.value == pytest.approx(float(row["wacc_real_central_2pct_infl"]), abs=1e-4)
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= figure.value <= figure.high


@needs_shared
def test_plants_and_stores_take_onshore_wind_and_a_premium() -> None:
    rates = {(row["iso3"], row["technology"]): float(row["wacc_nominal_aftertax_central"]) for row in shared_wacc()}
    gaps = [rates[iso3, name] - rates[iso3, "onshore_wind"] for iso3, name in rates if name == "offshore_wind"]
    assert young_technology_premium() == pytest.approx(median(gaps))
    expected = (1 + rates["SWE", "onshore_wind"] + median(gaps)) / 1.02 - 1
    for technology in ("electrolyser", "battery", "buried_pipe", "grid_connection", "steel-h2-dri-eaf"):
        assert wacc_for("SWE", technology).value == pytest.approx(expected)


def test_a_missing_country_takes_its_region_then_the_world() -> None:
    assert wacc_notices("SWE") == ()
    assert [notice.code for notice in wacc_notices("IRN")] == ["wacc_from_region"]
    assert [notice.code for notice in wacc_notices("ZZZ")] == ["wacc_from_world"]
    assert [notice.code for notice in wacc_notices(None)] == ["wacc_from_world"]
    assert [notice.code for notice in wacc_notices("MRT")] == ["wacc_basis_unstated"]
    assert wacc_for(None, "wind_onshore") == wacc_for("ZZZ", "wind_onshore")
    assert "Middle East" in wacc_for("IRN", "pv_fixed").source


def test_a_rate_of_ones_own_is_taken_as_it_is() -> None:
    figure = wacc_for("SWE", "battery", 0.07)
    assert (figure.value, figure.status, figure.low) == (0.07, Status.GIVEN, None)
    assert wacc_for("SWE", "battery", 0.0).value == 0.0
    with pytest.raises(ValueError, match="cost of capital"):
        wacc_for("SWE", "battery", math.nan)


def test_the_worked_check_of_the_planning_guide() -> None:
    """400 MW at 230 kV, 10 km, detour 1.25, flat, TEPPC: 12.5 x 981,501 x 1.131, 5.5 upgrade: 19.38 MUSD; new 23.05."""
    assert connection_classes(400.0) == (230.0,)
    assert connection_data().least_kv(230.0) == (161.0 + 230.0) / 2.0
    upgraded = connection_cost(400.0, 10.0, 230.0, 0.06, to_substation=True)
    tapped = connection_cost(400.0, 10.0, 230.0, 0.06)
    assert upgraded.cost_usd / USD_2019 / 1e6 == pytest.approx(19.38, abs=0.005)
    assert tapped.cost_usd / USD_2019 / 1e6 == pytest.approx(23.05, abs=0.005)
    assert upgraded.cost_usd / USD_2019 / 400e3 == pytest.approx(48.5, abs=0.06)  # USD/kW, 19.38 over 0.4
    assert (upgraded.voltage_kv, upgraded.circuits, upgraded.length_km) == (230.0, 1, 12.5)
    assert short_line_multiplier(connection_data(), 12.5) == pytest.approx(1.131, abs=0.0005)
    line = 12.5 * 981_501 * (1 + 0.03655 * (16.093 - 12.5))
    assert upgraded.cost_usd == pytest.approx((line + 5.5e6) * USD_2019, rel=1e-9)
    yearly = 0.06 / (1 - 1.06**-40) + 0.015
    assert upgraded.annual_cost_usd == pytest.approx(upgraded.cost_usd * yearly, rel=1e-12)


@pytest.mark.parametrize(
    ("power_mw", "voltage_kv", "circuits"),
    [
        *((1, 46, 1), (68, 46, 1), (102, 69, 1), (171, 115, 1), (205, 138, 1), (240, 161, 1), (400, 230, 1)),
        *((750, 345, 1), (1500, 500, 1), (1501, 500, 2), (4000, 500, 3)),
    ],
)
def test_the_voltage_follows_the_power(power_mw: float, voltage_kv: float, circuits: int) -> None:
    assert connection_voltage_kv(power_mw) == (voltage_kv, circuits)


def test_a_transformer_joins_different_voltages_only() -> None:
    def parts(voltage_kv: float | None) -> dict[str, float]:
        return {part.item: part.cost_usd for part in connection_cost(300.0, 20.0, voltage_kv, 0.05).breakdown}

    assert "transformer" not in parts(220.0)  # next to 230 kV
    assert parts(400.0)["transformer"] == pytest.approx(300 * 7490 * USD_2019)
    assert "transformer" not in parts(None)
    codes = {
        voltage: [notice.code for notice in connection_cost(300.0, 20.0, voltage, 0.05).warnings]
        for voltage in (None, 132.0, 400.0)
    }
    assert codes == {None: ["grid_voltage_unknown"], 132.0: ["grid_line_too_weak"], 400.0: []}


def test_at_sea_the_cable_turns_to_direct_current_where_alternating_ends() -> None:
    near, far = (connection_cost(500.0, km, 400.0, 0.05, undersea_share=1.0) for km in (40.0, 100.0))
    assert near.breakdown[0].cost_usd == pytest.approx(4510 * 1.13 * 500 * 50)
    assert far.breakdown[0].cost_usd == pytest.approx((3220 * 125 + 640_000) * 1.13 * 500)
    assert (near.breakdown[0].item, far.breakdown[0].item) == ("submarine_cable_ac", "submarine_cable_dc")


def test_the_part_under_water_is_priced_as_cable() -> None:
    """40 km, a quarter of it a strait: 12.5 km of cable, 37.5 km of line, a new substation."""
    cost = connection_cost(400.0, 40.0, 230.0, 0.05, undersea_share=0.25)
    parts = {part.item: part.cost_usd for part in cost.breakdown}
    assert parts["submarine_cable_ac"] == pytest.approx(4510 * 1.13 * 400 * 12.5)
    assert parts["overhead_line"] == pytest.approx(37.5 * 981_501 * USD_2019)
    yearly = 0.05 / (1 - 1.05**-40)
    cable = parts["submarine_cable_ac"]
    expected = cable * (yearly + 0.025) + (cost.cost_usd - cable) * (yearly + 0.015)
    assert cost.annual_cost_usd == pytest.approx(expected)


def test_a_grid_of_345_kv_stands_in_for_one_of_500_by_more_circuits() -> None:
    """1,600 MW: two circuits of 500 kV at 1,500 MW each, or three of 345 at 750."""
    assert connection_classes(1600.0) == (500.0, 345.0)
    one, other = (connection_cost(1600.0, 20.0, 380.0, 0.05, class_kv=kv) for kv in connection_classes(1600.0))
    assert (one.voltage_kv, one.circuits) == (500.0, 2)
    assert (other.voltage_kv, other.circuits) == (345.0, 3)
    per_km = 981_501 + (345 - 230) / (500 - 230) * (1_896_957 - 981_501)
    assert other.breakdown[0].cost_usd == pytest.approx(3 * 25 * per_km * USD_2019)


def test_terrain_and_towns_make_a_line_dearer() -> None:
    by_slope = [way_multipliers(WayShares(*slope_shares(x)))[0] for x in ([], [0.0], [0.02], [0.05], [0.08])]
    assert by_slope == pytest.approx([1.0, 1.0, 1.4, 1.4, 1.75])
    assert way_multipliers(WayShares(urban=0.5))[1] == pytest.approx(1.295)
    # 0.2 x 0.59 + 0.1 x 0.3 + 0.4 x 1.25 + 0.3 x 0.2 = 0.708; a quarter mountains, half hills: 0.1875 + 0.2
    mixed = WayShares(*slope_shares([0.0, 0.03, 0.04, 0.2]), urban=0.2, suburban=0.1, forest=0.4, wetland=0.3)
    terrain, land_use, figures = way_multipliers(mixed)
    assert (terrain, land_use) == pytest.approx((1.3875, 1.708))
    assert len(figures) == 6
    for wrong in ({"forest": 1.1}, {"urban": -0.1}, {"urban": 0.6, "forest": 0.6}, {"hill": math.nan}):
        with pytest.raises(ValueError, match="share"):
            WayShares(**wrong)
    flat, hilly = (connection_cost(400.0, 40.0, 230.0, 0.05, terrain_multiplier=m) for m in (1.0, 1.4))
    assert hilly.breakdown[0].cost_usd == pytest.approx(1.4 * flat.breakdown[0].cost_usd)


def test_the_collector_line_has_the_voltage_its_power_needs_and_the_export_cable_runs_down_and_up() -> None:
    """25 km at 400 MW: a 230 kV line; 300 MW share its cost among fewer; 2,000 MW take two circuits of 500 kV."""
    dry = collector_line("wind_onshore", 20.0, 0.05, 400.0)
    assert dry.capex_usd_per_mw.value == pytest.approx(981_501 * USD_2019 / 400 * 25.0)
    assert (dry.voltage_kv, dry.circuits) == (230.0, 1)
    yearly = 0.05 / (1 - 1.05**-40)
    assert dry.annual_cost_usd_per_mw.value == pytest.approx(dry.capex_usd_per_mw.value * (yearly + 0.015))
    part = collector_line("wind_onshore", 20.0, 0.05, 300.0)
    assert part.capex_usd_per_mw.value == pytest.approx(dry.capex_usd_per_mw.value * 400 / 300)
    great = collector_line("wind_onshore", 20.0, 0.05, 2000.0)
    assert (great.voltage_kv, great.circuits) == (500.0, 2)
    assert great.capex_usd_per_mw.value == pytest.approx(2 * 1_896_957 * USD_2019 / 2000 * 25.0)
    wet = collector_line("wind_offshore", 40.0, 0.05, 250.0, undersea_share=1.0, depth_m=50.0)
    assert wet.capex_usd_per_mw.value == pytest.approx(4510 * 1.13 * (50.0 + 0.1))
    assert (wet.voltage_kv, wet.circuits) == (None, 0)
    far = collector_line("wind_offshore_floating", 100.0, 0.05, 250.0, undersea_share=1.0, depth_m=500.0)
    assert far.capex_usd_per_mw.value == pytest.approx(3220 * 1.13 * 126.0 + 640_000 * 1.13)
    for line in (dry, wet, far):
        figure = line.annual_cost_usd_per_mw
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high
    assert collector_line("pv_fixed", 0.0, 0.05, 10.0).capex_usd_per_mw.value == 0.0
    for wrong in ((-1.0, 1.0), (math.nan, 1.0)):
        with pytest.raises(ValueError, match="distance_km"):
            collector_line("pv_fixed", wrong[0], 0.05, 10.0)
    for power in (0.0, math.inf):
        with pytest.raises(ValueError, match="power_mw"):
            collector_line("pv_fixed", 1.0, 0.05, power)


def test_a_small_plant_pays_twelve_times_as_much_a_megawatt_for_its_line() -> None:
    small, great = (collector_line("x", 40.0, 0.05, mw).capex_usd_per_mw.value for mw in (40.0, 1500.0))
    assert small / great == pytest.approx(12.1, abs=0.05)


def test_a_collector_line_costs_what_a_connections_line_costs() -> None:
    """The same table: 150 MW, 30 km; the connection's substation and transformer are its own."""
    line = collector_line("wind_onshore", 30.0, 0.05, 150.0)
    joined = connection_cost(150.0, 30.0, 115.0, 0.05)
    overhead = next(part.cost_usd for part in joined.breakdown if part.item == "overhead_line")
    assert line.capex_usd_per_mw.value * 150.0 == pytest.approx(overhead)


@given(
    st.floats(0.0, 5000.0),
    st.floats(0.0, 2000.0),
    st.one_of(st.none(), st.floats(10.0, 1000.0)),
    st.floats(0.0, 1.0),
    st.booleans(),
    st.floats(0.0, 1.0),
)
def test_the_band_holds_the_cost_and_the_parts_add_up(
    power_mw: float, distance_km: float, voltage_kv: float | None, undersea: float, upgrade: bool, spread: float
) -> None:
    cost = connection_cost(
        power_mw,
        distance_km,
        voltage_kv,
        0.06,
        distance_low_km=distance_km * (1 - spread),
        distance_high_km=distance_km * (1 + spread),
        undersea_share=undersea,
        to_substation=upgrade,
    )
    assert cost.cost_low_usd <= cost.cost_usd * (1 + 1e-9)
    assert cost.cost_usd <= cost.cost_high_usd * (1 + 1e-9)
    assert sum(part.cost_usd for part in cost.breakdown) == pytest.approx(cost.cost_usd)
    assert all(figure.source for figure in cost.provenance)


def test_every_wrong_field_of_a_connection_is_named() -> None:
    with pytest.raises(InvalidCostInput) as raised:
        connection_cost(-1.0, math.nan, 0.0, 3.0, lifetime_years=0.0)
    fields = {error.field for error in raised.value.errors}
    assert {"required_mw", "distance_km", "line_voltage_kv", "wacc", "lifetime_years"} <= fields


def test_no_power_no_connection() -> None:
    cost = connection_cost(0.0, 10.0, 230.0, 0.06)
    assert (cost.cost_usd, cost.cost_high_usd, cost.annual_cost_usd) == (0.0, 0.0, 0.0)


def test_densities_agree_with_the_published_ones_per_hectare() -> None:
    """0.87 and 0.59 MW DC a hectare, and 0.69 and 0.45 MW AC, stand beside the values per acre."""
    fixed, tracking = density_mw_per_km2("pv_fixed", 1.0), density_mw_per_km2("pv_tracking", 1.0)
    assert fixed is not None
    assert tracking is not None
    assert fixed.value == pytest.approx(87.0, rel=0.01)
    assert tracking.value == pytest.approx(59.0, rel=0.01)
    default = density_mw_per_km2("pv_fixed")
    assert default is not None
    assert default.value == pytest.approx(69.0, rel=0.01)
    assert max_mw("wind_onshore", 10.0) == pytest.approx(30.0)
    assert density_mw_per_km2("battery") is None
    assert max_mw("battery", 1.0) is land_km2("battery", 1.0) is None
    for call in (max_mw, land_km2):
        with pytest.raises(ValueError, match="finite"):
            call("pv_fixed", -1.0)
    with pytest.raises(ValueError, match="dc_ac_ratio"):
        max_mw("pv_fixed", 1.0, 0.0)


@given(st.sampled_from(["pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore"]), st.floats(0.0, 1e5))
def test_what_fits_on_an_area_takes_that_area(name: str, area_km2: float) -> None:
    capacity = max_mw(name, area_km2)
    assert capacity is not None
    assert land_km2(name, capacity) == pytest.approx(area_km2, rel=1e-12)


@given(st.lists(st.tuples(st.floats(0.0, 100.0), st.floats(0.1, 100.0), st.floats(0.0, 1.0)), min_size=1))
def test_the_carbon_free_score_hour_by_hour(hours: list[tuple[float, float, float]]) -> None:
    clean, load, share = (np.array(column) for column in zip(*hours, strict=True))
    scores = [
        (min(made, need) + max(0.0, need - made) * grid) / need
        for made, need, grid in zip(clean, load, share, strict=True)
    ]
    expected = sum(score * need for score, need in zip(scores, load, strict=True)) / load.sum()
    assert carbon_free_energy_score(clean, load, share) == pytest.approx(expected, rel=1e-9)
    assert 0.0 <= expected <= 1.0 + 1e-12


@pytest.mark.parametrize(
    ("clean", "load", "share"),
    [
        ([1.0], [1.0, 2.0], 0.0),
        ([math.nan], [1.0], 0.0),
        ([1.0], [0.0], 0.0),
        ([1.0], [1.0], 1.5),
        ([-1.0], [1.0], 0.0),
    ],
)
def test_a_score_of_nonsense_raises(clean: list[float], load: list[float], share: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the messages differ, the type is the contract
        carbon_free_energy_score(np.array(clean), np.array(load), share)
