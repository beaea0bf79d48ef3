"""Demand against sums done by hand, published figures, and what must hold for every process and parameter."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.cost_table import LHV_KWH_PER_KG
from models.demand.__main__ import main
from models.demand.catalogue import Process, catalogue, find_process
from models.demand.choices import ParameterValue
from models.demand.errors import InvalidProcessInput
from models.demand.load import Demand, demand_of
from models.figure import Figure, Status
from tests.published import specific, with_figures
from tests.shared import SHARED, needs_shared
from tests.unit.demand.electrolyser import ELECTROLYSER, EXACT

PRODUCERS = [process for process in catalogue().values() if not process.is_custom]
BY_ID = [pytest.param(process, id=process.id) for process in PRODUCERS]


def demand(process_id: str, **inputs: object) -> Demand:
    return demand_of(find_process(process_id), **({"hours": 24, "electrolyser_kwh_per_kg": ELECTROLYSER} | inputs))  # type: ignore[arg-type]  # inputs vary by test


# Central figures of the steps by hand, MWh per unit; what is put to rest (alternatives) is not among them.
BY_HAND = {
    "steel-h2-dri-eaf": 54 * 0.05 + 0.3 + 0.09 + 0.6 + 0.04 + 0.01 + 0.105 + 0.468 / 0.95 + 0.07,
    "steel-scrap-eaf": 0.45 + 0.065 + 0.01 + 0.105,
    "ammonia": 178 * 0.05 + 0.21 + 0.45,
    "aluminium": 14.1 + 0.1,
    "alumina": 1.92 + 0.9 + 0.2,
    "hydrogen": 1000 * 0.05 + 1.7,
    "methanol": 192 * 0.05 + 0.175,
    "cement": 0.07 + 0.55 + 0.37 + 0.1 * 0.525 * 0.9,
    "data-centre": 1.0 + 0.3,
    "desalination": 0.00303,
    "iron-h2-dri": 54 * 0.05 + 0.3 + 0.09 + 0.012 + 0.02,
    "steel-moe": 4.0 + 0.04 + 0.01 + 0.105 + 0.468 / 0.95,
    "steel-electrowinning": 2.6 * 1.085 + 0.516 + 0.04 + 0.01 + 0.105 + 0.468 / 0.95,
    "aluminium-inert-anode": 14.1 + 0.1,
    "lime": 1.05 + 0.035 + 0.1 * 0.785 * 0.9,
    "e-kerosene": 509 * 0.05 + 0.1,
    "chlor-alkali": 2.55 + 0.278 / 0.99,
    "olefins-electric-cracker": 2.7,
    "glass": 0.6 * 1.222 + 0.4 * 0.917 + 0.35,
    "pulp-paper": 0.75 + 0.65 + 1.528 / 0.99,
    "copper": 4.5 + 0.8 + 0.36,
    "lithium": 0.36 + 1.083 / 0.99,
    "silicon": 12.0,
    "process-heat": (90 - 30) / (0.48 * (90 + 273.15)),
    "food-beverage": 0.3 + 1.528 / 0.99,
    "truck-depot": 1.081,
    "port-shore-power": 1.05,
}


@pytest.mark.parametrize("process", BY_ID)
def test_specific_electricity_by_hand(process: Process) -> None:
    found = demand(process.id)
    assert found.specific_electricity_mwh_per_unit == pytest.approx(BY_HAND[process.id], rel=1e-12)


@pytest.mark.parametrize(
    ("process_id", "low", "high"),
    [
        ("steel-h2-dri-eaf", 3.3, 4.5),
        ("ammonia", 8.5, 11.0),
        ("steel-scrap-eaf", 0.4, 0.9),
        ("aluminium", 13.0, 16.0),
        ("hydrogen", 50.0, 54.0),
    ],
)
def test_defaults_lie_where_the_field_expects_them(process_id: str, low: float, high: float) -> None:
    assert low <= demand(process_id).specific_electricity_mwh_per_unit <= high


@pytest.mark.parametrize(
    ("process_id", "parameters", "expected"),
    [
        # all scrap: no hydrogen, no shaft; the furnace as for scrap, its oxygen from air separation
        (
            "steel-h2-dri-eaf",
            {"scrap_share": 1.0},
            0.45 + 0.04 + 0.05 + 0.01 + 0.105 + 0.468 / 0.95 + 0.07,
        ),
        (
            "steel-h2-dri-eaf",
            {"scrap_share": 0.25},
            0.75 * (2.7 + 0.3 + 0.09 + 0.6) + 0.25 * (0.45 + 0.05) + 0.04 + 0.01 + 0.105 + 0.468 / 0.95 + 0.07,
        ),
        ("steel-h2-dri-eaf", {"rolling": False}, 2.7 + 0.3 + 0.09 + 0.6 + 0.04 + 0.01 + 0.07),
        ("steel-h2-dri-eaf", {"reheating": "fuel"}, 2.7 + 0.3 + 0.09 + 0.6 + 0.04 + 0.01 + 0.105 + 0.07),
        ("steel-scrap-eaf", {"reheating": "electric"}, 0.45 + 0.065 + 0.01 + 0.105 + 0.468 / 0.95),
        ("aluminium", {"anode": "inert"}, 14.1 + 0.1),
        ("aluminium", {"anode": "carbon_electric_baking"}, 14.1 + 0.1 + 0.361 / 0.95),
        ("alumina", {"digestion": "vapour_recompression"}, 0.6 + 0.9 + 0.2),
        ("hydrogen", {"compression": False}, 50.0),
        ("methanol", {"co2_source": "direct_air_capture"}, 9.6 + 0.175 + 1.397 * (0.4 + 1.6 / 2.7)),
        ("cement", {"capture_rate": 0.0, "grinding": True}, 0.07 + 0.55 + 0.37 + 0.045 * 1.357),
        ("data-centre", {"power_usage_effectiveness": 1.15}, 1.15),
        ("desalination", {"raw_water": "brackish"}, 0.0012),
        # half the gas is natural gas: half the hydrogen and half its heating; all of it is compressed
        (
            "steel-h2-dri-eaf",
            {"gas_share": 0.5},
            0.5 * (2.7 + 0.3) + 0.09 + 0.6 + 0.04 + 0.01 + 0.105 + 0.468 / 0.95 + 0.07,
        ),
        # the iron comes as cold briquettes: no hydrogen, no shaft, more for melting, oxygen from air
        (
            "steel-h2-dri-eaf",
            {"iron": "delivered"},
            0.6 + 0.159 + 0.05 + 0.04 + 0.01 + 0.105 + 0.468 / 0.95 + 0.07,
        ),
        ("iron-h2-dri", {"gas_share": 1.0}, 0.09 + 0.012 + 0.02),
        ("hydrogen", {"electrolyser": "soec"}, 50.0 + 1.7 + 5.24 / 0.99),
        ("steel-moe", {"rolling": False}, 4.0 + 0.04 + 0.01),
        ("steel-moe", {"reheating": "fuel"}, 4.0 + 0.04 + 0.01 + 0.105),
        ("steel-electrowinning", {"rolling": False, "carbon_source": "biogenic"}, 2.6 * 1.085 + 0.516 + 0.04 + 0.01),
        ("lime", {"capture_rate": 0.0}, 1.05 + 0.035),
        ("e-kerosene", {"co2_source": "direct_air_capture"}, 25.45 + 0.1 + 3.9 * (0.4 + 1.6 / 2.7)),
        ("chlor-alkali", {"caustic_heat": "by_product_hydrogen"}, 2.55),
        ("olefins-electric-cracker", {"route": "methanol_to_olefins"}, 1.389),
        ("glass", {"cullet_share": 0.0}, 1.222 + 0.35),
        ("pulp-paper", {"pulp": "thermo_mechanical"}, 2.4 + 0.65 + 1.528 / 0.99),
        ("pulp-paper", {"pulp": "recycled", "drying": "heat_pump"}, 0.35 + 0.65 + 1.528 / 2.7),
        ("pulp-paper", {"drying": "gas_boiler"}, 0.75 + 0.65),
        ("copper", {"ore": "concentrate_electric_heat"}, 4.5 + 0.8 + 0.36 + 1.111 / 0.95),
        ("copper", {"ore": "leaching", "haulage": "electric"}, 2.1 + 1.32),
        ("lithium", {"deposit": "spodumene"}, 1.389 + 5.833 / 0.95),
        ("lithium", {"deposit": "direct_extraction"}, 6.0),
        ("silicon", {"stage": "polysilicon"}, 49 + 8.0 / 0.99),
        ("silicon", {"stage": "ingot", "biocarbon_share": 1.0}, 32.0),
        # from 50 to 120 C: 70 / (0.48 x 393.15)
        ("process-heat", {"supply_temperature_c": 120, "source_temperature_c": 50}, 70 / (0.48 * 393.15)),
        ("process-heat", {"heater": "vapour_recompression", "supply_temperature_c": 130}, 1 / 12.66),
        ("process-heat", {"heater": "electrode_boiler", "supply_temperature_c": 180}, 1 / 0.99),
        ("process-heat", {"heater": "direct_heating", "supply_temperature_c": 900}, 1 / 0.95),
        ("food-beverage", {"food": "beer", "heat_pump_share": 0.5}, 0.1 + 0.5 * 0.25 / 0.99 + 0.5 * 0.25 / 2.7),
        ("food-beverage", {"food": "beet_sugar"}, 0.2 + 1.528 / 0.99),
        ("food-beverage", {"food": "potato_products"}, 0.35 + 0.833 / 0.99),
    ],
)
def test_parameters_by_hand(process_id: str, parameters: dict[str, float | bool | str], expected: float) -> None:
    assert demand(process_id, parameters=parameters).specific_electricity_mwh_per_unit == pytest.approx(expected)


def test_a_steel_works_in_full() -> None:
    found = demand("steel-h2-dri-eaf", capacity=2_500_000.0, utilisation=0.9, hours=8760)
    steel = 2_250_000.0
    assert found.product_per_year == steel
    assert found.hydrogen_t_per_year == pytest.approx(steel * 0.054)
    assert found.electricity_mwh_per_year == pytest.approx(steel * BY_HAND["steel-h2-dri-eaf"])
    assert found.load_mw.shape == found.hydrogen_load_mw.shape == (8760,)
    assert found.load_mw.sum() == pytest.approx(steel * (BY_HAND["steel-h2-dri-eaf"] - 2.7))
    assert found.hydrogen_load_mw.sum() == pytest.approx(steel * 54 * LHV_KWH_PER_KG / 1000)
    assert found.mean_mw == found.peak_mw == pytest.approx(found.electricity_mwh_per_year / 8760)
    low = 51 * 0.047 + 0.23 + 0.065 + 0.361 + 0.028 + 0.008 + 0.083 + 0.36 / 1.0 + 0.05
    high = 73 * 0.057 + 0.45 + 0.117 + 0.912 + 0.065 + 0.03 + 0.15 + 0.6 / 0.9 + 0.12
    assert found.specific_electricity_low_mwh_per_unit == pytest.approx(low)
    assert found.specific_electricity_high_mwh_per_unit == pytest.approx(high)
    own, hydrogen, carbon = BY_HAND["steel-h2-dri-eaf"] - 2.7, 54 * LHV_KWH_PER_KG / 1000, 30 * 0.00911
    assert found.electricity_share.after_direct == pytest.approx(own / (own + hydrogen + carbon))
    assert found.electricity_share.after_site == pytest.approx((own + 2.7) / (own + 2.7 + carbon))
    assert found.electricity_share.before_site == pytest.approx(0.36 / (0.36 + (19.4 + 0.33) / 3.6))
    assert {warning.code for warning in found.warnings} == {"recalled_figures"}


def test_provenance_names_each_figure_once() -> None:
    names = [figure.name for figure in demand("steel-h2-dri-eaf", parameters={"scrap_share": 0.25}).provenance]
    assert len(names) == len(set(names))
    assert "steel-h2-dri-eaf.eaf_melting.at_full_scrap_share" in names
    assert "steel-h2-dri-eaf.eaf_biocarbon.at_full_scrap_share" not in names  # not the option chosen


def test_much_scrap_brings_a_caution() -> None:
    codes = [warning.code for warning in demand("steel-h2-dri-eaf", parameters={"scrap_share": 0.6}).warnings]
    assert "conventional_route_mismatch" in codes


def test_recalled_figures_are_named_and_leave_with_what_is_given() -> None:
    (warning,) = [item for item in demand("data-centre").warnings if item.code == "recalled_figures"]
    assert "data-centre.utilisation" in warning.detail
    all_given = demand("data-centre", capacity=10.0, utilisation=0.8, parameters={"power_usage_effectiveness": 1.2})
    assert all_given.warnings == ()
    assert {figure.name for figure in all_given.provenance if figure.status is Status.GIVEN} == {
        "data-centre.capacity",
        "data-centre.utilisation",
        "data-centre.power_usage_effectiveness",
        "data-centre.cooling_and_losses",
    }


def test_fuel_that_remains_is_named_with_its_alternatives() -> None:
    details = [item.detail for item in demand("aluminium").warnings if item.code == "fuel_remains"]
    assert len(details) == 2
    assert all("inert" in detail for detail in details)
    assert not [w for w in demand("steel-h2-dri-eaf").warnings if w.code == "fuel_remains"]


@pytest.mark.parametrize("process", BY_ID)
def test_steps_add_up_and_bands_are_ordered(process: Process) -> None:
    found = demand(process.id)
    for attribute, total in (
        ("low", found.specific_electricity_low_mwh_per_unit),
        ("electricity_mwh_per_unit", found.specific_electricity_mwh_per_unit),
        ("high", found.specific_electricity_high_mwh_per_unit),
    ):
        assert sum(getattr(step, attribute) for step in found.steps) == pytest.approx(total, rel=1e-12)
    for step in found.steps:
        assert 0.0 <= step.low <= step.electricity_mwh_per_unit <= step.high
        assert step.source
    hydrogen = sum(step.hydrogen_kg_per_unit for step in found.steps)
    assert hydrogen * found.product_per_year / 1000 == pytest.approx(found.hydrogen_t_per_year)
    assert all(figure.source for figure in found.provenance)
    names = [figure.name for figure in found.provenance]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("process", BY_ID)
@given(factor=st.floats(1e-3, 1e3), utilisation=st.floats(0.01, 1.0))
@settings(max_examples=10, deadline=None)
def test_demand_is_linear_in_size_and_utilisation(process: Process, factor: float, utilisation: float) -> None:
    assert process.default_capacity is not None
    small = demand(process.id, capacity=process.default_capacity, utilisation=1.0, hours=2)
    large = demand(process.id, capacity=process.default_capacity * factor, utilisation=utilisation, hours=2)
    scale = factor * utilisation
    assert large.electricity_mwh_per_year == pytest.approx(scale * small.electricity_mwh_per_year)
    assert large.hydrogen_t_per_year == pytest.approx(scale * small.hydrogen_t_per_year)
    assert large.load_mw == pytest.approx(scale * small.load_mw)
    assert large.specific_electricity_mwh_per_unit == small.specific_electricity_mwh_per_unit


@given(share=st.floats(0.0, 1.0))
@settings(max_examples=30, deadline=None)
def test_more_scrap_never_takes_more_power(share: float) -> None:
    found = demand("steel-h2-dri-eaf", parameters={"scrap_share": share})
    none, full = demand("steel-h2-dri-eaf"), demand("steel-h2-dri-eaf", parameters={"scrap_share": 1.0})
    mixed = (1 - share) * none.specific_electricity_mwh_per_unit + share * full.specific_electricity_mwh_per_unit
    assert found.specific_electricity_mwh_per_unit == pytest.approx(mixed)
    assert found.hydrogen_kg_per_unit == pytest.approx(54 * (1 - share))


def test_a_leap_year_is_longer_and_the_year_stays() -> None:
    short, leap = demand("ammonia", hours=8760), demand("ammonia", hours=8784)
    assert leap.load_mw.shape == (8784,)
    assert leap.load_mw[0] == short.load_mw[0]
    assert leap.electricity_mwh_per_year == pytest.approx(short.electricity_mwh_per_year)


def test_custom_profiles() -> None:
    load, hydrogen = np.linspace(0.0, 20.0, 8760), np.where(np.arange(8760) % 24 < 12, 200.0, 0.0)
    found = demand("custom", hours=8760, custom_load_mw=load, custom_hydrogen_kg_per_hour=hydrogen, utilisation=0.5)
    assert found.load_mw == pytest.approx(load / 2)
    assert found.hydrogen_load_mw == pytest.approx(hydrogen / 2 * LHV_KWH_PER_KG / 1000)
    assert found.mean_mw == pytest.approx((10 + 100 * 0.05) / 2)
    assert found.peak_mw == pytest.approx(float((load + hydrogen * 0.05).max()) / 2)
    assert found.electricity_mwh_per_year == pytest.approx(7.5 * 8760)
    assert found.product_per_year == pytest.approx(found.electricity_mwh_per_year)
    assert found.hydrogen_t_per_year == pytest.approx(50 * 8.76)
    assert [step.name for step in found.steps] == ["load", "electrolysis"]
    assert found.specific_electricity_mwh_per_unit == pytest.approx(1.0)
    assert found.specific_electricity_low_mwh_per_unit == pytest.approx((10 + 100 * 0.047) / 15)
    assert found.specific_electricity_mwh_per_t is None
    assert found.electricity_share.after_direct is None


def test_custom_takes_plain_numbers_and_lists() -> None:
    assert demand("custom", custom_load_mw=3.0).mean_mw == pytest.approx(3.0)
    only_hydrogen = demand("custom", hours=8760, custom_hydrogen_kg_per_hour=[100.0] * 8760)
    assert only_hydrogen.load_mw.max() == 0.0
    assert only_hydrogen.mean_mw == pytest.approx(5.0)
    assert [step.name for step in only_hydrogen.steps] == ["electrolysis"]


def test_every_wrong_input_is_named() -> None:
    with pytest.raises(InvalidProcessInput) as caught:
        demand("ammonia", capacity=-1.0, utilisation=math.nan, parameters={"x": 1.0}, custom_load_mw=1.0)
    assert {error.field for error in caught.value.errors} == {
        "capacity_t_per_year",
        "utilisation",
        "parameters.x",
        "load_mw",
    }
    with pytest.raises(InvalidProcessInput, match="hours of the weather"):
        demand("custom", hours=8784, custom_load_mw=[1.0] * 8760)


@pytest.mark.parametrize(
    "electrolyser",
    [Figure("e", 50.0, "MWh/t", "test"), Figure("e", 0.0, "kWh/kg", "test"), Figure("e", math.nan, "kWh/kg", "test")],
)
def test_an_impossible_electrolyser_raises(electrolyser: Figure) -> None:
    with pytest.raises(ValueError, match="electrolyser_kwh_per_kg"):
        demand("ammonia", electrolyser_kwh_per_kg=electrolyser)
    with pytest.raises(ValueError, match="hours"):
        demand("ammonia", hours=0)


def test_published_cases() -> None:
    """V01, V02, V03, V33, V34, V35 of the published cases, each within its own tolerance."""
    steel, ammonia = find_process("steel-h2-dri-eaf"), find_process("ammonia")
    # V01: Vogl et al. 2018, 3.48 MWh/t within 5 %: 51 kg at 45 kWh/kg, ore preheating 0.286, hot charge 0.753; cast and
    # rolled steel left out, what is left are our figures: 2.295 + 0.286 + 0.753 + 0.09 + 0.04 + 0.01 + 0.07 = 3.544
    vogl = with_figures(steel, electrolysis=51.0, dri_preheating=0.286, eaf_melting=0.753)
    assert specific(vogl, 45.0, rolling=False) == pytest.approx(3.544)
    assert specific(vogl, 45.0, rolling=False) == pytest.approx(3.48, rel=0.05)
    # V02: MPP, 5.24 MWh/t within 1 %: 73.02 kg at 49 kWh/kg; the other 1.66 MWh/t are ours, 1.708
    assert specific(with_figures(steel, electrolysis=73.02), 49.0) == pytest.approx(5.24, rel=0.01)
    # V03: MPP ammonia on grid power, 9.625 MWh/t within 1 %
    assert demand("ammonia").specific_electricity_mwh_per_unit == pytest.approx(9.625, rel=0.01)
    # V33: GeoH2 Namibia, 60.64 kt of hydrogen at an efficiency of 0.59, 3.43 TWh within 5 %
    geo = Figure("electrolyser", LHV_KWH_PER_KG / 0.59, "kWh/kg", "GeoH2")
    namibia = demand("hydrogen", capacity=60_640.0, utilisation=1.0, electrolyser_kwh_per_kg=geo)
    assert namibia.electricity_mwh_per_year == pytest.approx(3.43e6, rel=0.05)
    # V34: GeoNH3 Mauritania, 7.092 MWh of hydrogen for 6.25 MWh of ammonia: 175.9 kg/t within 2 % of ours; its loop of
    # 0.827 MWh/t, which others state at 0.37 to 1.77 with air separation, lies within our band
    found = demand("ammonia")
    assert found.hydrogen_kg_per_unit == pytest.approx(5.167 * 7.092 / 6.25 * 1000 / LHV_KWH_PER_KG, rel=0.02)
    loop = [step for step in found.steps if not step.hydrogen_kg_per_unit]
    assert sum(step.low for step in loop) <= 0.827 <= sum(step.high for step in loop)
    with_theirs = with_figures(ammonia, synthesis_loop=5.167 / 6.25, air_separation=0.0)
    assert specific(with_theirs, 50.0) - 178 * 0.05 == pytest.approx(0.827, rel=0.02)
    # V35: Caldera et al. 2016, 3.03 kWh/m3 within 5 %
    assert demand("desalination").specific_electricity_mwh_per_unit * 1000 == pytest.approx(3.03, rel=0.05)


AS_PUBLISHED: dict[str, dict[str, float | bool | str]] = {"steel-electrowinning.published.mpp": {"rolling": False}}


def test_published_totals_lie_within_the_outer_bounds() -> None:
    for process in PRODUCERS:
        for figure in process.published:
            found = demand(process.id, electrolyser_kwh_per_kg=EXACT, parameters=AS_PUBLISHED.get(figure.name, {}))
            low, high = found.specific_electricity_low_mwh_per_unit, found.specific_electricity_high_mwh_per_unit
            if figure.name.endswith("all_but_electrolysis"):
                electrolysis = next(step for step in found.steps if step.hydrogen_kg_per_unit)
                low, high = low - electrolysis.low, high - electrolysis.high
            assert low <= figure.value <= high, figure.name


@needs_shared
def test_the_steel_plant_of_h2integrate_lies_within_the_bands() -> None:
    cases = json.loads((SHARED / "validation" / "reference_cases.json").read_text(encoding="utf-8"))
    expected = next(case["expected"] for case in cases if case["id"] == "STEEL-factors")
    steps = {step.name: step.figure for step in find_process("steel-h2-dri-eaf").steps}
    hydrogen, shaft = steps["electrolysis"], steps["dri_gas_compression"]
    assert hydrogen.low is not None
    assert hydrogen.high is not None
    assert hydrogen.low <= expected["h2_t_per_t_steel"] * 1000 <= hydrogen.high
    assert shaft.high == pytest.approx(expected["dri_only_mwh_per_t_steel"], rel=1e-3)  # Rosner is our high end
    furnace = [steps[name] for name in ("eaf_melting", "ladle_refining")]  # Rosner adds a part of the auxiliaries
    low, high = sum(figure.low or 0.0 for figure in furnace), sum(figure.high or 0.0 for figure in furnace)
    assert low <= expected["eaf_only_mwh_per_t_steel"] <= high


def test_the_printed_table_stands_in_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    main(2030)
    page = Path(__file__).parents[3] / "docs" / "processes.md"
    assert capsys.readouterr().out in page.read_text(encoding="utf-8")


def test_hydrogen_that_is_the_product_is_not_its_own_final_energy() -> None:
    share = demand("hydrogen").electricity_share
    assert share.after_direct == share.after_site == 1.0
    assert share.before_direct == pytest.approx(0.65 / (0.65 + 158.1 / 3.6))


def test_a_parameter_that_acts_on_nothing_chosen_says_so() -> None:
    def idle(process: str, **parameters: ParameterValue) -> list[str]:
        found = demand(process, parameters=parameters).warnings
        return [item.detail.split()[0] for item in found if item.code == "parameter_without_effect"]

    assert idle("steel-h2-dri-eaf", gas_share=0.5) == []
    assert idle("steel-h2-dri-eaf", iron="delivered", gas_share=0.5) == ["gas_share"]
    assert idle("steel-h2-dri-eaf", iron="delivered", gas_share=0.0) == []  # the default: nothing was asked
    assert idle("steel-h2-dri-eaf", rolling=False) == []
    assert idle("process-heat", source_temperature_c=20.0) == []
    assert idle("process-heat", heater="electrode_boiler", source_temperature_c=20.0) == ["source_temperature_c"]


def test_delivered_iron_brings_a_caution() -> None:
    codes = {item.code for item in demand("steel-h2-dri-eaf", parameters={"iron": "delivered"}).warnings}
    assert "delivered_iron_not_counted" in codes
    assert "delivered_iron_not_counted" not in {item.code for item in demand("steel-h2-dri-eaf").warnings}
