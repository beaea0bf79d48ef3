"""Technology costs: every default against the shared table it names, conversion, interpolation, bands, overrides."""

import csv
import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import money
from models.cost_table import CostCase, cost_rows
from models.figure import Status
from models.finance import storage_cost
from models.money import UnknownMoney, money_table, to_usd_2025
from models.technologies import (
    TECHNOLOGY_IDS,
    InvalidCostInput,
    check_cost_overrides,
    parameters_of,
    technologies,
    technology,
)
from tests.shared import SHARED, needs_shared

EUR = 1.13  # USD of 2025 a EUR of 2025
CPI = {2018: 251.107, 2022: 292.655, 2024: 313.689, 2025: 321.943}


def shared(name: str, parameter: str, year: int, source: str, column: str = "central") -> float:
    """The one value of the shared table for a technology, parameter, year and source."""
    with (SHARED / "reference" / "technology_costs.csv").open(encoding="utf-8", newline="") as file:
        found = [
            float(row[column])
            for row in csv.DictReader(file)
            if (row["technology"], row["parameter"], row["year"]) == (name, parameter, str(year))
            and source in row["source"]
        ]
    assert len(found) == 1
    return found[0]


DEA, ATB, HOLST = "technology-data outputs/costs_", "NREL ATB 2024", "Holst"


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(money).failed == 0


def test_money_goes_by_its_own_prices_first_and_is_exchanged_last() -> None:
    assert to_usd_2025(1.0, "USD", 2025) == 1.0
    assert to_usd_2025(1.0, "USD", 2018) == pytest.approx(CPI[2025] / CPI[2018])
    assert to_usd_2025(1.0, "EUR", 2025) == pytest.approx(EUR)
    assert to_usd_2025(450 / 33.33, "EUR", 2020) == pytest.approx(16.974 * EUR, rel=1e-4)  # the source's own step
    assert money_table().usd_2025_per("EUR", 2025).status is Status.RECALLED
    with pytest.raises(UnknownMoney):
        to_usd_2025(1.0, "GBP", 2025)


@needs_shared
@pytest.mark.parametrize(
    ("name", "row"),
    [("pv_fixed", "pv_fixed_tilt_utility"), ("pv_tracking", "pv_1axis_utility"), ("wind_onshore", "onshore_wind")],
)
@pytest.mark.parametrize("year", [2025, 2030, 2040, 2050])
def test_generators_follow_the_danish_series(name: str, row: str, year: int) -> None:
    cost = technology(name, year)
    assert cost.capex_usd_per_mw is not None
    assert cost.fixed_opex_usd_per_mw_year is not None
    per_mw = shared(row, "investment", year, DEA) * 1000 * EUR
    assert cost.capex_usd_per_mw.value == pytest.approx(per_mw, rel=1e-9)
    assert cost.fixed_opex_usd_per_mw_year.value == pytest.approx(per_mw * shared(row, "FOM", year, DEA) / 100)
    assert cost.lifetime_years.value == shared(row, "lifetime", year, DEA)


@needs_shared
def test_offshore_wind_includes_its_station() -> None:
    for name, row in (("wind_offshore", "offshore_wind_fixed"), ("wind_offshore_floating", "offshore_wind_floating")):
        capex = technology(name).capex_usd_per_mw
        assert capex is not None
        parts = shared(row, "investment", 2030, DEA) + shared("offshore_ac_station", "investment", 2030, DEA)
        assert capex.value == pytest.approx(parts * 1000 * EUR, rel=1e-9)


@needs_shared
def test_the_battery_takes_the_market_price_of_2025_and_the_danish_decline() -> None:
    now, then = technology("battery", 2025), technology("battery", 2030)
    assert now.capex_usd_per_mw
    assert now.capex_usd_per_mwh
    assert then.capex_usd_per_mw
    assert then.capex_usd_per_mwh
    assert now.capex_usd_per_mwh.value + now.capex_usd_per_mw.value / 4 == pytest.approx(125_000, rel=1e-6)
    for row, before, after in (
        ("battery_energy", now.capex_usd_per_mwh, then.capex_usd_per_mwh),
        ("battery_inverter", now.capex_usd_per_mw, then.capex_usd_per_mw),
    ):
        decline = shared(row, "investment", 2030, DEA) / shared(row, "investment", 2025, DEA)
        assert after.value / before.value == pytest.approx(decline, rel=1e-6)
    assert now.one_way_efficiency**2 == pytest.approx(0.90)


@needs_shared
def test_the_electrolyser_and_its_band() -> None:
    cost = technology("electrolyser")
    assert cost.capex_usd_per_mw is not None
    assert cost.efficiency is not None
    assert cost.efficiency.value == pytest.approx(33.33 / 50)
    central = shared("electrolyser_generic_DEA", "investment", 2030, DEA) * 1000 * EUR
    assert cost.capex_usd_per_mw.value == pytest.approx(central, rel=1e-9)
    high = shared("electrolyser_pem_US", "investment", 2030, "ICCT") * 1000 * CPI[2025] / CPI[2022]
    assert cost.capex_usd_per_mw.high == pytest.approx(high, rel=1e-9)
    low = shared("electrolyser_alkaline_100MW", "investment", 2030, HOLST) * 1000 * 1.25733 * EUR
    assert cost.capex_usd_per_mw.low == pytest.approx(low, rel=1e-9)


@needs_shared
def test_the_turbine_is_a_combined_cycle_with_the_hydrogen_premium() -> None:
    cost = technology("hydrogen_turbine")
    assert cost.capex_usd_per_mw is not None
    assert cost.efficiency is not None
    assert cost.capex_usd_per_mw.value == pytest.approx(shared("ccgt", "investment", 2030, DEA) * 1150 * EUR, rel=1e-9)
    assert cost.efficiency.value == shared("ccgt", "efficiency", 2030, DEA)


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("buried_pipe", (0.0041617, 0.060369, 6.4581)),
        ("lined_rock_cavern", (0.095803, 1.5868, 10.332)),
        ("salt_cavern", (0.092548, 1.6432, 10.161)),
    ],
)
def test_hydrogen_stores_follow_the_fit_at_a_thousand_tonnes(name: str, fit: tuple[float, float, float]) -> None:
    capex = technology(name).capex_usd_per_mwh
    assert capex is not None
    usd_2018 = storage_cost(1e6, *fit, 1.29 / 1.30)
    assert capex.value == pytest.approx(usd_2018 * CPI[2025] / CPI[2018] / (1e6 * 33.33 / 1000), rel=1e-6)


def test_the_default_store_needs_no_special_geology_and_is_the_dearest() -> None:
    dear, rock, salt = (
        technology(name).annual_cost_usd_per_mwh(0.06)
        for name in ("hydrogen_store", "lined_rock_cavern", "salt_cavern")
    )
    assert technology("hydrogen_store") == technology("buried_pipe")
    assert dear > rock > salt > 0.0


def test_years_between_are_interpolated_and_years_before_the_series_are_held() -> None:
    values = {year: technology("pv_fixed", year).capex_usd_per_mw for year in (2020, 2025, 2030, 2035, 2040)}
    numbers = {year: figure.value for year, figure in values.items() if figure is not None}
    assert numbers[2035] == pytest.approx((numbers[2030] + numbers[2040]) / 2)
    assert numbers[2020] == numbers[2025]
    held, between = values[2020], values[2035]
    assert held is not None
    assert "is held" in held.note
    assert between is not None
    assert "interpolated" in between.note


@pytest.mark.parametrize("year", range(2020, 2051, 5))
def test_every_figure_is_finite_banded_sourced_and_named(year: int) -> None:
    for cost in technologies(year):
        assert cost.lifetime_years.value >= 1.0
        for figure in cost.figures():
            assert figure.name.startswith(f"{cost.technology}.")
            assert math.isfinite(figure.value)
            assert figure.value > 0.0
            assert figure.source
            assert figure.low is None or figure.low <= figure.value
            assert figure.high is None or figure.high >= figure.value
        rates = [cost.annual_cost_usd_per_mw(0.06, case) for case in (CostCase.LOW, CostCase.CENTRAL, CostCase.HIGH)]
        assert rates == sorted(rates)
        stores = [cost.annual_cost_usd_per_mwh(0.06, case) for case in (CostCase.LOW, CostCase.CENTRAL, CostCase.HIGH)]
        assert stores == sorted(stores)
        assert max(rates[1], stores[1]) > 0.0


def test_recalled_rows_are_flagged_in_the_figures_they_make() -> None:
    for (name, parameter), roles in cost_rows().items():
        if name == "salt_cavern" and parameter == "lifetime":
            assert {row.status for row in roles[CostCase.CENTRAL]} == {Status.RECALLED}
    assert technology("salt_cavern").lifetime_years.status is Status.RECALLED
    ratio = technology("pv_fixed").dc_ac_ratio
    assert ratio is not None
    assert ratio.status is Status.RECALLED


def test_the_annual_cost_is_annuity_and_upkeep() -> None:
    cost = technology("wind_onshore", overrides={"capex_usd_per_mw": 1e6, "lifetime_years": 20.0})
    assert cost.fixed_opex_usd_per_mw_year is not None
    assert cost.fixed_opex_usd_per_mw_year == technology("wind_onshore").fixed_opex_usd_per_mw_year
    annuity = 1e6 * 0.05 / (1 - 1.05**-20)
    assert cost.annual_cost_usd_per_mw(0.05) == pytest.approx(annuity + cost.fixed_opex_usd_per_mw_year.value)
    assert cost.annual_cost_usd_per_mwh(0.05) == 0.0


def test_the_dc_ac_ratio_moves_the_part_that_grows_with_modules() -> None:
    default, larger = technology("pv_tracking"), technology("pv_tracking", dc_ac_ratio=1.5)
    assert default.capex_usd_per_mw is not None
    assert larger.capex_usd_per_mw is not None
    assert larger.capex_usd_per_mw.value / default.capex_usd_per_mw.value == pytest.approx(1 + 0.85 * 0.2)
    assert larger.dc_ac_ratio is not None
    assert larger.dc_ac_ratio.value == 1.5
    same = technology("pv_tracking", dc_ac_ratio=1.25)
    assert same.capex_usd_per_mw == default.capex_usd_per_mw


def test_consumption_and_efficiency_of_the_electrolyser_move_together() -> None:
    by_consumption = technology("electrolyser", overrides={"specific_electricity_kwh_per_kg": 55.0})
    assert by_consumption.efficiency is not None
    assert by_consumption.efficiency.value == pytest.approx(33.33 / 55)
    assert by_consumption.efficiency.status is Status.GIVEN
    by_efficiency = technology("electrolyser", overrides={"efficiency": 0.6})
    assert by_efficiency.specific_electricity_kwh_per_kg is not None
    assert by_efficiency.specific_electricity_kwh_per_kg.value == pytest.approx(33.33 / 0.6)


def test_every_wrong_field_is_named() -> None:
    wrong = {
        "coal": {"capex_usd_per_mw": 1.0},
        "wind_onshore": {"capex_usd_per_mwh": 1.0, "capex_usd_per_mw": -1.0, "lifetime_years": math.nan},
        "electrolyser": {"efficiency": 0.7, "specific_electricity_kwh_per_kg": 50.0},
        "battery": {"round_trip_efficiency": 1.1},
        "pv_fixed": {"capex_usd_per_mw": 5e5},
    }
    assert [(error.field, error.code) for error in check_cost_overrides(wrong)] == [
        ("coal", "unknown_technology"),
        ("wind_onshore.capex_usd_per_mwh", "unknown_parameter"),
        ("wind_onshore.capex_usd_per_mw", "out_of_range"),
        ("wind_onshore.lifetime_years", "out_of_range"),
        ("electrolyser.efficiency", "conflict"),
        ("battery.round_trip_efficiency", "out_of_range"),
    ]
    with pytest.raises(InvalidCostInput) as raised:
        technology("wind_onshore", 1990, {"capex_usd_per_mw": math.inf}, dc_ac_ratio=9.0)
    assert [error.field for error in raised.value.errors] == [
        "wind_onshore.capex_usd_per_mw",
        "cost_year",
        "dc_ac_ratio",
    ]
    with pytest.raises(InvalidCostInput):
        technology("coal")


@given(st.sampled_from(TECHNOLOGY_IDS), st.data())
def test_what_the_check_lets_pass_is_taken_as_given(name: str, data: st.DataObject) -> None:
    parameter = data.draw(st.sampled_from(parameters_of(name)))
    value = data.draw(st.floats())
    if check_cost_overrides({name: {parameter: value}}):
        with pytest.raises(InvalidCostInput):
            technology(name, overrides={parameter: value})
    else:
        figure = getattr(technology(name, overrides={parameter: value}), parameter)
        assert figure.value == value
        assert not figure.default
