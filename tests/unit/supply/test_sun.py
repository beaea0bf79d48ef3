"""Where the sun stands, against NREL's solar position algorithm in pvlib."""

import numpy as np
import pandas as pd
import pvlib
import pytest

from models.supply.sun import apparent_up, extraterrestrial_w_per_m2, into_daylight, sun_vector

PLACES = [(40.0, -105.0), (-33.9, 18.4), (0.0, 179.9), (0.0, -180.0), (78.2, 15.6), (-89.99, 0.0), (90.0, 0.0)]


def hours(year: int) -> np.ndarray:
    return np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[h]").astype("datetime64[s]")


@pytest.mark.parametrize(("latitude", "longitude"), PLACES)
@pytest.mark.parametrize("year", [1950, 2019, 2020, 2050])
def test_the_vector_points_where_the_algorithm_says(latitude: float, longitude: float, year: int) -> None:
    time = hours(year)
    middle = pd.DatetimeIndex(time, tz="UTC") + pd.Timedelta("30min")
    truth = pvlib.solarposition.get_solarposition(middle, latitude, longitude)
    zenith, azimuth = np.radians(truth["zenith"].to_numpy()), np.radians(truth["azimuth"].to_numpy())
    expected = np.stack([np.sin(zenith) * np.sin(azimuth), np.sin(zenith) * np.cos(azimuth), np.cos(zenith)])
    found = np.stack([part[0] for part in sun_vector(time, np.array([latitude]), np.array([longitude]))])
    apart = np.degrees(np.arccos(np.clip((expected * found).sum(axis=0), -1.0, 1.0)))
    assert apart.max() < 0.02
    assert np.linalg.norm(found, axis=0) == pytest.approx(1.0, abs=1e-9)


def test_many_sites_are_the_sites_one_by_one() -> None:
    time, latitude, longitude = hours(2019), np.array([p[0] for p in PLACES]), np.array([p[1] for p in PLACES])
    together = sun_vector(time, latitude, longitude).up
    for row, (lat, lon) in enumerate(PLACES):
        assert together[row] == pytest.approx(sun_vector(time, np.array([lat]), np.array([lon])).up[0], abs=1e-12)


def test_refraction_lifts_the_low_sun() -> None:
    zenith = np.array([89.9, 89.0, 85.0, 70.0, 30.0])
    lifted = np.degrees(np.arccos(apparent_up(np.cos(np.radians(zenith)))))
    height = 90.0 - zenith
    expected = 1.02 / (60.0 * np.tan(np.radians(height + 10.3 / (height + 5.11))))
    assert zenith - lifted == pytest.approx(expected, abs=2e-3)


def test_in_the_hour_of_sunrise_the_sun_stands_in_the_middle_of_the_lit_part() -> None:
    time, latitude, longitude = hours(2019), np.array([45.0]), np.array([8.0])
    sun = sun_vector(time, latitude, longitude)
    packed = type(sun)(*(part[0].copy() for part in sun))
    every = np.arange(8760)
    into_daylight(packed, np.zeros(8760, dtype=int), every, time, latitude, longitude)
    moved = np.flatnonzero(np.abs(packed.up - sun.up[0]) > 1e-9)
    assert 600 < len(moved) < 1600  # two hours a day and some beside
    minutes = time[moved][:, None] + np.arange(0, 3600, 20).astype("timedelta64[s]")
    index = pd.DatetimeIndex(minutes.reshape(-1), tz="UTC")
    height = np.cos(np.radians(pvlib.solarposition.get_solarposition(index, 45.0, 8.0)["zenith"].to_numpy()))
    height = height.reshape(len(moved), -1)
    for row in range(0, len(moved), 37):
        lit = height[row][height[row] > 0.0]
        if 0 < len(lit) < height.shape[1]:
            assert packed.up[moved[row]] == pytest.approx(lit[len(lit) // 2], abs=2e-3)


def test_irradiance_above_the_air_follows_the_distance() -> None:
    index = pd.DatetimeIndex(hours(2020), tz="UTC") + pd.Timedelta("30min")
    assert extraterrestrial_w_per_m2(hours(2020)) == pytest.approx(
        pvlib.irradiance.get_extra_radiation(index, method="nrel", solar_constant=1366.1).to_numpy(), rel=1e-3
    )
