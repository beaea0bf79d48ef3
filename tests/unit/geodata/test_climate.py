"""The embedded climate: what must hold at any place, and the statistics it was made for."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from geodata.weather.climatology import Climatology
from geodata.weather.draws import SUN_WIND, draws
from geodata.weather.sun import sun_height
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear

PLACES = [(65.83, 21.69), (51.48, 6.73), (-20.4, 118.6), (-22.46, -68.93), (22.47, 70.06), (47.52, -92.54), (54.8, 2.0)]


def lag(series: np.ndarray, hours: int) -> float:
    return float(np.corrcoef(series[:-hours], series[hours:])[0, 1])


@given(st.floats(-90.0, 90.0), st.floats(-180.0, 180.0), st.sampled_from([None, 2012, 2019, 2050]))
@settings(max_examples=40, deadline=None)
def test_any_place_has_a_sound_year(latitude: float, longitude: float, year: int | None) -> None:
    found = Climatology.load().fetch(latitude, longitude, year)
    assert len(found.time_utc) == (8784 if year == 2012 else 8760)
    for series in (found.ghi_w_per_m2, found.dni_w_per_m2, found.dhi_w_per_m2):
        assert series.min() >= -1e-9
        assert series.max() < 1400.0
    height = sun_height(np.repeat(np.arange(len(found.time_utc) // 24) + 1.0, 24), latitude, longitude)
    closed = found.dhi_w_per_m2 + found.dni_w_per_m2 * np.maximum(height, 0.0)
    assert closed == pytest.approx(found.ghi_w_per_m2, abs=1e-6)
    assert found.ghi_w_per_m2[height < 0.0].sum() == 0.0
    assert 0.3 < found.wind_100m_m_per_s.mean() < 20.0
    assert found.wind_100m_m_per_s.min() >= 0.0
    assert found.wind_100m_m_per_s.max() < 60.0
    assert -90.0 < found.air_c.min() < found.air_c.max() < 60.0


@pytest.mark.parametrize(("latitude", "longitude"), PLACES)
def test_wind_has_the_measured_statistics(latitude: float, longitude: float) -> None:
    found = Climatology.load().fetch(latitude, longitude)
    wind = found.wind_100m_m_per_s
    assert wind.mean() == pytest.approx(ClimateTable.load().at(latitude, longitude).wind_mean)
    shape = (wind.std() / wind.mean()) ** -1.086
    assert 2.1 < shape < 2.5  # measured 2.3 +- 0.5
    assert 0.90 < lag(wind, 1) < 0.96
    assert 0.18 <= lag(wind, 24) <= 0.45  # season and day of strongly seasonal places come on top of 0.38


@pytest.mark.parametrize(("latitude", "longitude"), PLACES)
def test_irradiance_has_the_months_of_the_table(latitude: float, longitude: float) -> None:
    found = Climatology.load().fetch(latitude, longitude)
    month = found.time_utc.astype("datetime64[M]").astype(int) % 12
    made = np.bincount(month, found.ghi_w_per_m2) / np.bincount(month) * 24.0 / 1000.0
    assert made == pytest.approx(ClimateTable.load().at(latitude, longitude).ghi_month, rel=0.01, abs=0.02)


def test_wind_over_land_peaks_at_night_and_near_the_ground_in_the_afternoon() -> None:
    found = Climatology.load().fetch(47.52, -92.54)
    local = (np.arange(8760) + 0.5 - 92.54 / 15.0) % 24.0
    hour = local.astype(int)
    aloft = np.bincount(hour, found.wind_100m_m_per_s) / np.bincount(hour)
    below = np.bincount(hour, found.wind_10m_m_per_s) / np.bincount(hour)
    assert int(np.argmax(aloft)) in (20, 21, 22, 23, 0, 1, 2)
    assert int(np.argmax(below)) in (9, 10, 11, 12, 13, 14, 15)


def test_years_differ_as_measured_and_repeat() -> None:
    source, climate = Climatology.load(), ClimateTable.load().at(51.48, 6.73)
    years = [source.fetch(51.48, 6.73, year) for year in climate.years]
    wind = np.array([year.wind_100m_m_per_s.mean() for year in years])
    sun = np.array([year.ghi_w_per_m2.mean() for year in years])
    assert wind / climate.wind_mean == pytest.approx(climate.wind_year)
    assert sun / sun.mean() == pytest.approx(climate.sun_year / climate.sun_year.mean(), abs=0.003)
    assert len({year.wind_100m_m_per_s.tobytes() for year in years}) == 12
    again = source.fetch(51.48, 6.73, climate.years[0])
    assert (again.wind_100m_m_per_s == years[0].wind_100m_m_per_s).all()


def test_other_years_have_the_wind_and_sun_of_a_measured_one() -> None:
    source, climate = Climatology.load(), ClimateTable.load().at(51.48, 6.73)
    for year in range(2030, 2060):
        factor = source.fetch(51.48, 6.73, year).wind_100m_m_per_s.mean() / climate.wind_mean
        assert np.abs(climate.wind_year - factor).min() < 1e-9


def test_the_measured_spread_between_years_comes_back() -> None:
    """Over places on land and at sea: the cubic turbine of the reanalysis on our twelve years, against its own."""
    random = np.random.default_rng(5)
    ours, theirs = [], []
    for _ in range(15):
        latitude, longitude = float(random.uniform(-45.0, 65.0)), float(random.uniform(-180.0, 180.0))
        climate = ClimateTable.load().at(latitude, longitude)
        if not 5.0 < climate.wind_mean < 9.0:
            continue
        made = []
        for year in climate.years:
            wind = Climatology.load().fetch(latitude, longitude, year).wind_100m_m_per_s
            made.append(np.where(wind < 25.0, np.clip((wind**3 - 27.0) / (12.0**3 - 27.0), 0.0, 1.0), 0.0).mean())
        table = ClimateTable.load().output_of_years(latitude, longitude)
        ours.append(np.std(made) / np.mean(made))
        theirs.append(np.std(table) / np.mean(table))
    assert len(ours) > 5
    assert np.median(ours) == pytest.approx(np.median(theirs), rel=0.15)
    assert np.corrcoef(ours, theirs)[0, 1] > 0.9


def test_clear_days_and_windy_days_are_linked_as_stated() -> None:
    links = []
    for year in range(1980, 2020):
        found = draws(year, 365)
        windy = ndtri(found.wind).reshape(365, 24).mean(axis=1)
        links.append(np.corrcoef(windy, ndtri(np.clip(found.clear_day, 1e-9, 1.0 - 1e-9)))[0, 1])
    assert np.mean(links) == pytest.approx(SUN_WIND, abs=0.03)


def test_it_is_colder_up_the_mountain() -> None:
    source = Climatology.load()
    high, low = source.fetch(-16.3, -68.1), source.fetch(-15.0, -67.0)  # the Altiplano, and the plain at its foot
    apart = high.elevation_m - low.elevation_m
    assert apart > 1500.0
    assert low.air_c.mean() - high.air_c.mean() == pytest.approx(0.0065 * apart, rel=0.35)


def test_another_process_draws_the_same_year() -> None:
    code = (
        "from geodata.weather.climatology import Climatology as C; y = C.load().fetch(51.48, 6.73);"
        "print(repr(float(y.wind_100m_m_per_s[4321])), repr(float(y.ghi_w_per_m2[4332])))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    here = Climatology.load().fetch(51.48, 6.73)
    assert [float(part) for part in out] == [here.wind_100m_m_per_s[4321], here.ghi_w_per_m2[4332]]


def test_neighbours_see_the_same_weather() -> None:
    source = Climatology.load()
    one, other = source.fetch(51.48, 6.73), source.fetch(51.50, 6.75)
    assert np.corrcoef(one.wind_100m_m_per_s, other.wind_100m_m_per_s)[0, 1] > 0.999


def test_coarse_data_are_flagged() -> None:
    assert [w.code for w in Climatology.load().fetch(0.0, -150.0).warnings] == ["climate_coarse"]
    assert not Climatology.load().fetch(51.48, 6.73).warnings


def test_sea_is_known() -> None:
    assert Climatology.load().fetch(54.8, 2.0).over_sea
    assert not Climatology.load().fetch(51.48, 6.73).over_sea


@pytest.mark.parametrize(("latitude", "longitude"), [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_places_outside_the_globe(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="latitude"):
        Climatology.load().fetch(latitude, longitude)


def test_a_broken_year_is_refused() -> None:
    good = Climatology.load().fetch(51.48, 6.73)
    fields = {name: getattr(good, name) for name in WeatherYear.__dataclass_fields__}
    with pytest.raises(ValueError, match="air_c"):
        WeatherYear(**(fields | {"air_c": np.full(8760, np.nan)}))
