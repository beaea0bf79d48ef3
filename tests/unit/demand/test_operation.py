"""Hours of operation against calendars and sums done by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.demand.catalogue import catalogue, find_process
from models.demand.errors import InvalidProcessInput
from models.demand.load import Demand, demand_of
from models.demand.load_profile import load_profile
from models.demand.operation import Clock, Operation, Pattern, pattern_of
from models.demand.shape import NoHours, shape_of
from models.figure import Status
from tests.unit.demand.electrolyser import ELECTROLYSER

YEAR = np.arange("2019-01-01", "2020-01-01", dtype="datetime64[h]")  # begins on a Tuesday
LEAP = np.arange("2020-01-01", "2021-01-01", dtype="datetime64[h]")
AIR = np.where(np.arange(8760) < 4380, 5.0, 20.0)
CLOCK = Clock(YEAR, air_c=AIR)


def hour(when: str) -> int:
    """Index of an hour of 2019."""
    return int((np.datetime64(when, "h") - YEAR[0]).astype(int))


def demand(process_id: str, operation: Operation | None = None, **inputs: Any) -> Demand:
    inputs = {"clock": CLOCK, "hours": 8760, "electrolyser_kwh_per_kg": ELECTROLYSER} | inputs
    return demand_of(find_process(process_id), operation=operation, **inputs)


def test_one_shift_on_working_days() -> None:
    shape = shape_of(Pattern(start_hour=8.0, hours_per_day=8.0, days_per_week=5.0), CLOCK)
    on = shape > 0.0
    assert on.sum() == 8 * 261  # 2019 had 261 days from Monday to Friday
    assert shape[on] == pytest.approx(8760 / (8 * 261))
    assert not on[hour("2019-01-05T10")]  # a Saturday
    assert on[hour("2019-01-04T08")]
    assert not on[hour("2019-01-04T16")]


def test_a_window_that_passes_midnight_belongs_to_the_day_it_begins() -> None:
    on = shape_of(Pattern(start_hour=18.0, hours_per_day=12.0, days_per_week=6.0), CLOCK) > 0.0
    assert on[hour("2019-01-05T18")]  # Saturday evening
    assert on[hour("2019-01-06T05")]  # and the Sunday morning that follows
    assert not on[hour("2019-01-06T18")]  # no window begins on Sunday
    assert not on[hour("2019-01-07T05")]
    assert on[hour("2019-01-07T18")]


def test_the_clock_is_the_place_s_own() -> None:
    shape = shape_of(Pattern(start_hour=9.0, hours_per_day=8.0), Clock(YEAR, utc_offset_hours=5.5))
    day = shape[24:48] * 8.0 / 24.0
    assert day[3] == day[11] == pytest.approx(0.5)  # 9:00 to 17:00 is 3:30 to 11:30 UTC
    assert day[4:11] == pytest.approx(1.0)
    assert day.sum() == pytest.approx(8.0)
    west = (
        shape_of(Pattern(start_hour=20.0, hours_per_day=2.0, days_per_week=1.0), Clock(YEAR, utc_offset_hours=-6.0))
        > 0.0
    )
    assert west[hour("2019-01-08T02")]  # Monday the 7th, 20 h
    assert west.sum() == 2 * 53  # the first is Monday 31 December's, the last 30 December's


def test_an_outage_and_standby() -> None:
    shape = shape_of(Pattern(outage_weeks=2.0, outage_start_week=10.0), CLOCK)
    assert (shape == 0.0).sum() == 336
    assert shape[9 * 168 - 1] > 0.0 == shape[9 * 168]
    assert shape.max() == pytest.approx(8760 / (8760 - 336))
    round_the_year = shape_of(Pattern(outage_weeks=3.0, outage_start_week=52.0), CLOCK) == 0.0
    assert round_the_year[51 * 168 :].all()
    assert round_the_year[: 504 - 192].all()
    assert not round_the_year[504 - 192]
    still = shape_of(Pattern(hours_per_day=12.0, standby_share=0.25), CLOCK)
    assert still.max() / still.min() == pytest.approx(4.0)


def test_months_are_weighted_hour_by_hour() -> None:
    weights = tuple(float(month) for month in range(1, 13))
    shape = shape_of(Pattern(monthly=weights), CLOCK)
    month = YEAR.astype("datetime64[M]").astype(int) % 12
    assert shape / shape[0] == pytest.approx(month + 1.0)
    assert shape_of(Pattern(monthly=weights), Clock(LEAP)).shape == (8784,)


def test_heating_follows_degree_hours() -> None:
    # half the year at 5 C is 10 K below 15 C, the other half none: 5 K in the mean, so 0.5 + 0.5 x 2 and 0.5
    shape = shape_of(Pattern(heating_share=0.5), CLOCK)
    assert shape[:4380] == pytest.approx(1.5)
    assert shape[4380:] == pytest.approx(0.5)
    warm = demand("process-heat", Operation(heating_share=0.5), clock=Clock(YEAR, air_c=AIR + 20.0))
    assert warm.running.shape == pytest.approx(1.0)
    assert "no_heating_hours" in {warning.code for warning in warm.warnings}
    with pytest.raises(ValueError, match="air temperature"):
        shape_of(Pattern(heating_share=0.5), Clock(YEAR))


def test_a_profile_of_one_s_own_is_scaled_to_the_year() -> None:
    own = np.linspace(1.0, 3.0, 8760)
    found, flat = demand("cement", Operation(profile=own)), demand("cement")
    assert found.load_mw == pytest.approx(flat.mean_mw * own / 2.0)
    assert found.electricity_mwh_per_year == pytest.approx(flat.electricity_mwh_per_year)
    assert found.peak_mw == pytest.approx(1.5 * flat.mean_mw)
    with pytest.raises(ValueError, match="as many hours"):
        demand("cement", Operation(profile=own[:100]))
    with pytest.raises(ValueError, match="clock"):
        demand("cement", Operation(profile=own), clock=None)


def test_nothing_left_to_run_is_refused() -> None:
    with pytest.raises(NoHours):
        shape_of(Pattern(monthly=(0.0,) * 12), CLOCK)
    with pytest.raises(InvalidProcessInput, match="no hour is left"):
        demand("cement", Operation(profile=np.zeros(8760)))


operations = st.builds(
    Operation,
    start_hour=st.floats(0.0, 23.9),
    hours_per_day=st.floats(1.0, 24.0),
    days_per_week=st.integers(1, 7),
    standby_share=st.floats(0.0, 1.0),
    outage_weeks=st.floats(0.0, 20.0),
    outage_start_week=st.integers(1, 52),
    monthly=st.lists(st.floats(0.1, 10.0), min_size=12, max_size=12).map(tuple),
    heating_share=st.floats(0.0, 1.0),
)


@given(operation=operations, offset=st.floats(-12.0, 14.0))
@settings(max_examples=60, deadline=None)
def test_operation_moves_hours_and_keeps_the_year(operation: Operation, offset: float) -> None:
    clock = Clock(YEAR, utc_offset_hours=offset, air_c=AIR)
    found, flat = demand("ammonia", operation, clock=clock), demand("ammonia")
    assert found.load_mw.min() >= 0.0
    assert found.electricity_mwh_per_year == pytest.approx(flat.electricity_mwh_per_year)
    assert found.hydrogen_t_per_year == pytest.approx(flat.hydrogen_t_per_year)
    assert found.product_per_year == flat.product_per_year
    assert found.peak_mw >= flat.peak_mw * (1.0 - 1e-9)
    assert load_profile(found).load_factor == pytest.approx(found.mean_mw / found.peak_mw)


@pytest.mark.parametrize("process_id", [item for item in catalogue() if item != "custom"])
def test_what_is_usual_is_sourced_and_keeps_the_year(process_id: str) -> None:
    found = demand(process_id)
    without = demand(process_id, clock=None, utilisation=found.utilisation)
    assert found.electricity_mwh_per_year == pytest.approx(without.electricity_mwh_per_year)
    assert all(figure.source for figure in found.running.figures)


def test_usual_hours_of_a_depot() -> None:
    found = demand("truck-depot", capacity=10.0)
    profile = load_profile(found)
    assert profile.description == "12 hours a day from 18 h on 6 days a week from Monday"
    assert {figure.name: figure.value for figure in found.running.figures} == {
        "truck-depot.operation.start_hour": 18.0,
        "truck-depot.operation.hours_per_day": 12.0,
        "truck-depot.operation.days_per_week": 6.0,
    }
    assert all(figure.status is Status.RECALLED for figure in found.running.figures)
    assert profile.hours_at_work == pytest.approx(12 * 313, abs=12)  # 2019 had 313 days from Monday to Saturday
    one = demand("truck-depot", Operation(days_per_week=7))
    assert {figure.name for figure in one.running.figures} == {
        "truck-depot.operation.start_hour",
        "truck-depot.operation.hours_per_day",
    }


def test_seasons_follow_the_food_and_the_hemisphere() -> None:
    beet = {"food": "beet_sugar"}
    north, south = (
        demand("food-beverage", parameters=beet, clock=Clock(YEAR, southern=flag)) for flag in (False, True)
    )
    june, december = hour("2019-06-15T12"), hour("2019-12-15T12")
    assert north.load_mw[june] == south.load_mw[december] == 0.0
    assert north.load_mw[december] > 0.0 < south.load_mw[june]
    beer = demand("food-beverage", parameters={"food": "beer"})
    assert beer.load_mw[june] > beer.load_mw[december]
    (figure,) = beer.running.figures
    assert figure.value == pytest.approx(1.18 * 12 / 12.0, rel=1e-2)
    neutral, figures = pattern_of("x", None, Operation(), set())
    assert not neutral.windowed
    assert not neutral.seasonal
    assert not figures


def test_what_is_rated_by_the_hour_cannot_run_above_its_rating() -> None:
    shift = Operation(start_hour=8, hours_per_day=8)
    with pytest.raises(InvalidProcessInput, match=r"at most 0\.3333") as caught:
        demand("process-heat", shift, utilisation=0.5)
    assert [error.field for error in caught.value.errors] == ["utilisation"]
    found = demand("process-heat", shift, capacity=30.0)  # by default as much as the hours allow
    assert found.utilisation == pytest.approx(1 / 3)
    assert found.peak_mw == pytest.approx(30.0 * found.specific_electricity_mwh_per_unit)
    assert [warning.code for warning in found.warnings if warning.code == "utilisation_limited"]
    lime = demand("lime", shift)  # a plant rated by the year is as large as its hours need
    busiest = load_profile(lime).busiest_hour_over_capacity
    assert busiest == pytest.approx(0.85 * 3.0)


def test_a_phase_has_its_part_of_the_plant() -> None:
    whole, half = demand("steel-h2-dri-eaf"), demand("steel-h2-dri-eaf", built_share=0.5)
    assert half.product_per_year == whole.product_per_year / 2
    assert half.load_mw == pytest.approx(whole.load_mw / 2)
    assert half.hydrogen_load_mw == pytest.approx(whole.hydrogen_load_mw / 2)
    assert half.capacity == whole.capacity
    custom = demand("custom", custom_load_mw=10.0, built_share=0.25)
    assert custom.mean_mw == pytest.approx(2.5)


def test_what_an_hour_hides_of_a_batch_is_told() -> None:
    found = demand("steel-scrap-eaf", capacity=876_000.0, utilisation=1.0)  # 100 t an hour
    profile = load_profile(found)
    assert profile.batch_steps == ("eaf_melting",)
    # 0.45 MWh/t x 100 t/h = 45 MW in the mean, 45 / 0.7 where the furnace draws
    assert profile.peak_within_hour_mw == pytest.approx(found.peak_mw + 45.0 / 0.7 - 45.0)
    assert profile.hidden is not None
    assert "70%" in profile.hidden
    assert load_profile(demand("cement")).hidden is None
