"""Coefficient of performance from temperatures, and heat that may be stored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.demand.catalogue import find_process
from models.demand.heat_pump import carnot_cop
from models.demand.load import Demand, demand_of
from models.demand.scaled import load_band, scaled
from tests.unit.demand.electrolyser import ELECTROLYSER


def heat(**parameters: float | bool | str) -> Demand:
    process = find_process("process-heat")
    return demand_of(
        process, capacity=10.0, utilisation=0.5, parameters=parameters, hours=24, electrolyser_kwh_per_kg=ELECTROLYSER
    )


def test_the_ideal_cycle() -> None:
    assert carnot_cop(0.0, 100.0) == pytest.approx(373.15 / 100.0)
    for source, sink in ((50.0, 50.0), (60.0, 50.0), (-300.0, 50.0)):
        with pytest.raises(ValueError, match="warmer sink"):
            carnot_cop(source, sink)


def test_the_band_follows_the_share_of_the_ideal_cycle() -> None:
    (step,) = heat(supply_temperature_c=120.0, source_temperature_c=50.0).steps
    ideal = 393.15 / 70.0
    assert step.electricity_mwh_per_unit == pytest.approx(1.0 / (0.48 * ideal))
    assert (step.low, step.high) == pytest.approx((1.0 / (0.55 * ideal), 1.0 / (0.4 * ideal)))
    # Danish Energy Agency, 302.a: 2.55-2.85 to 125 C; ours from 50 C lies there
    assert (
        2.55
        <= 1.0 / heat(supply_temperature_c=125.0, source_temperature_c=52.0).steps[0].electricity_mwh_per_unit
        <= 2.85
    )


def test_the_figures_behind_it_reach_the_answer() -> None:
    names = {figure.name: figure for figure in heat().provenance}
    cop = names["process-heat.heat_pump.coefficient_of_performance"]
    assert cop.value == pytest.approx(0.48 * 363.15 / 60.0)
    assert "from 30 to 90 C" in cop.source
    assert "process-heat.heat_pump.carnot_fraction" in names


@given(sink=st.floats(60.0, 160.0), lift=st.floats(20.0, 80.0), less=st.floats(1.0, 20.0))
def test_less_lift_never_takes_more_power(sink: float, lift: float, less: float) -> None:
    assert carnot_cop(sink - lift, sink) < carnot_cop(sink - lift + min(less, lift - 1.0), sink)


def test_heat_that_may_be_stored_is_a_load_of_its_own() -> None:
    plain, stored = heat(), heat(thermal_store=True)
    assert plain.heat_load_mw == pytest.approx(np.zeros(24))
    assert stored.load_mw == pytest.approx(np.zeros(24))
    assert stored.heat_load_mw == pytest.approx(np.full(24, 5.0))
    assert stored.heater_cop == pytest.approx(0.48 * 363.15 / 60.0)
    assert stored.electricity_mwh_per_year == pytest.approx(plain.electricity_mwh_per_year)
    assert stored.peak_mw == pytest.approx(plain.peak_mw)
    assert stored.specific_electricity_mwh_per_unit == plain.specific_electricity_mwh_per_unit


def test_stored_heat_moves_with_the_demand() -> None:
    stored = heat(thermal_store=True)
    more = scaled(stored, 1.25, 1.0)
    assert more.heat_load_mw == pytest.approx(1.25 * stored.heat_load_mw)
    assert more.mean_mw == pytest.approx(1.25 * stored.mean_mw)
    assert more.peak_mw == pytest.approx(1.25 * stored.peak_mw)
    assert load_band(stored).central == pytest.approx(stored.specific_electricity_mwh_per_unit)
