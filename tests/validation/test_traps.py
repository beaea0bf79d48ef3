"""The traps in the real files: each is an error or a coded warning that says what to do."""

import numpy as np
import pytest

from geodata.weather.assemble import weather_year
from geodata.weather.files import read_weather
from geodata.weather.raw import WeatherFileError
from geodata.weather.year import WeatherYear
from tests.shared import SHARED, needs_shared
from tests.weather_files import (
    BRANDENBURG,
    COLUMNS,
    ORIGIN,
    P11_SOLAR,
    PLACES,
    S14,
    SOLAR,
    WIND,
    content_of,
    raw_of,
    year_of,
)

pytestmark = needs_shared


def as_it_stands(name: str) -> WeatherYear:
    """A file without a word more than what a careless user says."""
    return weather_year(raw_of(name), None, ORIGIN, *PLACES.get(name, (None, None)))


def codes(year: WeatherYear) -> set[str]:
    return {note.code for note in year.warnings}


def test_s07_dni_of_zero_is_rebuilt() -> None:
    year = year_of(SOLAR[9])
    assert "dni_rebuilt" in codes(year)
    assert year.dni_w_per_m2.sum() / 1000.0 == pytest.approx(1973.0, rel=0.02)


def test_s14_local_stamps_said_to_be_utc_are_refused_with_the_offset() -> None:
    with pytest.raises(WeatherFileError, match="utc_offset_hours") as caught:
        as_it_stands(S14)
    assert caught.value.errors[0].code == "time_zone_wrong"
    assert year_of(S14).ghi_w_per_m2.sum() / 1000.0 == pytest.approx(1911.9, rel=0.005)


def test_p11_direct_on_the_horizontal_kelvin_pascal_and_no_place() -> None:
    with pytest.raises(WeatherFileError) as caught:
        weather_year(raw_of(P11_SOLAR), None, ORIGIN, None, None)
    assert {error.field for error in caught.value.errors} == {"latitude", "longitude"}
    year = weather_year(raw_of(P11_SOLAR), None, ORIGIN, *BRANDENBURG)
    assert "unit_converted" in codes(year)
    assert 5.0 < year.air_c.mean() < 12.0
    assert year.ghi_w_per_m2.sum() / 1000.0 == pytest.approx(1027.6, rel=0.005)
    mistaken = {"dni" if key == "bhi" else key: value for key, value in COLUMNS[P11_SOLAR].items()}
    raw = read_weather(content_of(P11_SOLAR), "solar", "auto", mistaken)
    with pytest.raises(WeatherFileError, match="bhi") as caught:
        weather_year(raw, None, ORIGIN, *BRANDENBURG)
    assert caught.value.errors[0].code == "beam_is_horizontal"


def test_open_meteo_utc_under_a_local_name_days_beside_the_year_and_the_leap_day() -> None:
    year = year_of(SOLAR[4])
    assert {"time_zone_checked", "cut_to_year"} <= codes(year)
    assert (year.year, len(year.time_utc)) == (2024, 8784)
    plain = year_of(SOLAR[7])
    assert (plain.year, len(plain.time_utc)) == (2023, 8760)
    assert "time_zone_checked" not in codes(plain)


def test_nsrdb_half_past_local_and_leap_years_cut_to_8760() -> None:
    assert not codes(year_of(SOLAR[0])) & {"time_doubtful", "leap_day_missing"}
    for name in (SOLAR[1], SOLAR[3], SOLAR[6]):
        assert "leap_day_missing" in codes(year_of(name))
        assert len(year_of(name).time_utc) == 8760


def test_typical_years_mix_calendar_years() -> None:
    assert "typical_year" in codes(year_of(SOLAR[8]))


def test_srw_orders_heights_zone_and_place() -> None:
    for name in (WIND[0], WIND[2], WIND[4], WIND[8]):
        assert "time_zone_assumed" in codes(year_of(name))
    assert sorted(year_of(WIND[7]).winds) == [50.0, 80.0, 110.0, 140.0]
    with pytest.raises(WeatherFileError) as caught:
        weather_year(None, raw_of(WIND[7]), ORIGIN, None, None)
    assert {error.field for error in caught.value.errors} == {"latitude", "longitude"}
    assert year_of(WIND[8]).over_sea


@pytest.mark.parametrize("solar", ["ghi", "dni", "dhi"])
def test_every_file_is_free_of_gaps_and_signs(solar: str) -> None:
    for name in SOLAR:
        values = getattr(year_of(name), f"{solar}_w_per_m2")
        assert np.isfinite(values).all()
        assert values.min() >= 0.0


@pytest.mark.parametrize(("stamp", "doubtful"), [(None, True), ("instant", False)])
def test_instants_taken_for_means_are_doubted(stamp: str | None, doubtful: bool) -> None:
    """A recorded NSRDB answer whose rows are instants at the full hour."""
    content = (SHARED / "data" / "fixtures" / "pvlib_test_psm4_full_disc_2023.csv").read_bytes()
    columns = {"time": "time", "ghi": "GHI", "dni": "DNI", "dhi": "DHI", "temp_air": "Temperature"}
    raw = read_weather(content, "solar", "auto", columns | ({"stamp": stamp} if stamp else {}))
    year = weather_year(raw, None, ORIGIN, 40.0, -105.25)
    assert ("time_doubtful" in codes(year)) == doubtful
