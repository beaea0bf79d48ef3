"""PV against pvlib's own model chain and against what must hold whatever the weather."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pvlib
import pytest

from models.supply.designs import InvalidDesign, PVDesign, default_design
from models.supply.losses import LossSet, default_losses, given_losses
from models.supply.overrides import design_with
from models.supply.plane import shaded_share
from models.supply.pv import pv_capacity_factor
from models.supply.sun import sun_vector

LATITUDE, LONGITUDE = 40.0, -105.0
TIMES = pd.date_range("2019-01-01", periods=8760, freq="h", tz="UTC")
TIME = TIMES.tz_localize(None).to_numpy()


def clear_year() -> dict[str, np.ndarray]:
    """A cloudless year of the Ineichen model, by pvlib."""
    middle = TIMES + pd.Timedelta("30min")
    sky = pvlib.location.Location(LATITUDE, LONGITUDE, altitude=1600).get_clearsky(middle, linke_turbidity=3.0)
    return {f"{name}_w_per_m2": sky[name].to_numpy() for name in ("ghi", "dni", "dhi")}


def design(tracking: bool = False, **changes: object) -> PVDesign:
    base = default_design("pv_tracking" if tracking else "pv_fixed")
    assert isinstance(base, PVDesign)
    return replace(base, **changes)


def capacity_factor(plant: PVDesign, **changes: object) -> np.ndarray:
    weather = clear_year() | {"air_c": np.full(8760, 15.0), "wind_10m_m_per_s": np.full(8760, 3.0)}
    place = {"time_utc": TIME, "latitude": LATITUDE, "longitude": LONGITUDE, "elevation_m": 1600.0}
    return pv_capacity_factor(**(place | weather | changes), design=plant)  # type: ignore[arg-type]  # mixed keywords


@pytest.mark.parametrize("tracking", [False, True])
def test_the_year_is_that_of_pvlibs_model_chain(tracking: bool) -> None:
    plant = design(
        tracking, losses=LossSet(()), dc_ac_ratio=1.0, ground_cover_ratio=0.05, tilt_deg=30.0, spectral=False
    )
    ours = capacity_factor(plant)
    mount = (
        pvlib.pvsystem.SingleAxisTrackerMount(max_angle=60.0, backtrack=True, gcr=0.05)
        if tracking
        else pvlib.pvsystem.FixedMount(30.0, 180.0)
    )
    array = pvlib.pvsystem.Array(
        mount,
        albedo=0.2,
        module_parameters={"pdc0": 1.0, "gamma_pdc": -0.0037, "n": 1.526, "K": 4.0, "L": 0.002},
        temperature_model_parameters={"u0": 25.0, "u1": 6.84},
    )
    chain = pvlib.modelchain.ModelChain(
        pvlib.pvsystem.PVSystem([array], inverter_parameters={"pdc0": 1.0 / 0.96, "eta_inv_nom": 0.96}),
        pvlib.location.Location(LATITUDE, LONGITUDE, altitude=1600),
        transposition_model="perez",
        aoi_model="physical",
        temperature_model="faiman",
        dc_model="pvwatts",
        ac_model="pvwatts",
        losses_model="no_loss",
        spectral_model="no_loss",
    )
    sky = clear_year()
    weather = pd.DataFrame({name.split("_")[0]: value for name, value in sky.items()})
    weather.index = TIMES + pd.Timedelta("30min")
    chain.run_model(weather.assign(temp_air=15.0, wind_speed=3.0))
    theirs = np.clip(chain.results.ac.to_numpy(), 0.0, None)
    # Apart: our glass has an anti-reflection coat and dims diffuse light too; theirs passes diffuse light whole.
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.02)
    assert np.corrcoef(ours, theirs)[0, 1] > 0.999


def test_output_is_clipped_at_the_ac_rating() -> None:
    large = capacity_factor(design(dc_ac_ratio=2.0, losses=LossSet(())))  # a summer's noon is twice the rating
    assert large.max() == pytest.approx(1.0)
    assert (large >= 0.0).all()
    assert (large > 0.999).sum() > 500


def test_night_is_dark() -> None:
    up = sun_vector(TIME, np.array([LATITUDE]), np.array([LONGITUDE])).up[0]
    assert capacity_factor(design())[up < -0.17].max() == 0.0


def test_losses_take_their_share_below_the_clip() -> None:
    without = capacity_factor(design(losses=LossSet(()), dc_ac_ratio=0.6, inverter_efficiency=1.0))
    with_losses = capacity_factor(
        design(losses=given_losses("pv_fixed", 0.1), dc_ac_ratio=0.6, inverter_efficiency=1.0)
    )
    assert with_losses.sum() / without.sum() == pytest.approx(0.9, abs=0.005)


def test_losses_are_named_and_multiply() -> None:
    losses = default_losses("pv", "pv_fixed")
    left = 1.0
    for loss in losses.losses:
        left *= 1.0 - loss.value
        assert loss.source
    assert losses.share == pytest.approx(1.0 - left)
    assert losses.share == pytest.approx(0.1408, abs=0.0001)  # what PVWatts states for the same list


def test_tracking_beats_a_fixed_tilt() -> None:
    assert capacity_factor(design(True)).sum() > 1.1 * capacity_factor(design()).sum()


def test_the_default_tilt_faces_the_equator() -> None:
    plant = design()
    assert plant.azimuth_at(50.0) == 180.0
    assert plant.azimuth_at(-30.0) == 0.0
    assert plant.tilt_at(0.0) < 5.0 < plant.tilt_at(30.0) <= plant.tilt_at(60.0) <= 45.0
    assert plant.tilt_at(-30.0) == pytest.approx(plant.tilt_at(30.0), abs=3.0)


def test_rows_shade_each_other_as_geometry_says() -> None:
    """Rows 1 wide, 2.5 apart, tilted 45 degrees; ray by ray in the plane across the rows."""
    one = np.ones(1)
    for height in (5.0, 10.0, 15.0, 20.0, 40.0):
        profile = np.radians(height)
        top = np.array([0.0, np.sin(np.radians(45.0))])
        # March down the slope of the row behind; a point is shaded where the ray to the sun passes below the top.
        along = np.linspace(0.0, 1.0, 20_001)
        foot = 2.5 - np.cos(np.radians(45.0))
        x, z = foot + along * np.cos(np.radians(45.0)), along * np.sin(np.radians(45.0))
        shaded = (z + x * np.tan(profile) < top[1]).mean()
        ours = shaded_share(one * np.sin(profile), one * np.sin(profile + np.radians(45.0)), 0.4)[0]
        assert ours == pytest.approx(shaded, abs=1e-3)


def test_wrong_series_are_all_named() -> None:
    bad = np.full(8760, np.nan)
    with pytest.raises(InvalidDesign) as caught:
        capacity_factor(design(), air_c=bad, ghi_w_per_m2=np.full(8760, -1.0), dni_w_per_m2=np.zeros(3))
    assert {field for field, _ in caught.value.errors} == {"air_c", "ghi_w_per_m2", "dni_w_per_m2"}


def test_a_wrong_design_names_its_fields() -> None:
    with pytest.raises(InvalidDesign) as caught:
        design(dc_ac_ratio=9.0, albedo=2.0)
    assert {field for field, _ in caught.value.errors} == {"dc_ac_ratio", "albedo"}


def sky_at(latitude: float, longitude: float, time: np.ndarray, altitude: float = 0.0) -> dict[str, np.ndarray]:
    middle = pd.DatetimeIndex(time, tz="UTC") + pd.Timedelta("30min")
    sky = pvlib.location.Location(latitude, longitude, altitude=altitude).get_clearsky(middle, linke_turbidity=3.0)
    return {f"{name}_w_per_m2": np.nan_to_num(sky[name].to_numpy()) for name in ("ghi", "dni", "dhi")}


def year_at(latitude: float, longitude: float, plant: PVDesign, year: int = 2019, altitude: float = 0.0) -> np.ndarray:
    time = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[h]").astype("datetime64[s]")
    calm = {"air_c": np.full(len(time), 15.0), "wind_10m_m_per_s": np.full(len(time), 3.0)}
    return pv_capacity_factor(
        time_utc=time, latitude=latitude, longitude=longitude, elevation_m=altitude,
        **sky_at(latitude, longitude, time, altitude), **calm, design=plant,
    )  # fmt: skip


@pytest.mark.parametrize("tracking", [False, True])
def test_many_sites_at_once_are_the_sites_one_by_one(tracking: bool) -> None:
    plant, places = design(tracking), [(40.0, -105.0), (-33.9, 18.4), (69.6, 18.9), (0.0, 179.9), (-22.5, -68.9)]
    time = TIME
    skies = [sky_at(lat, lon, time) for lat, lon in places]
    weather = {name: np.stack([sky[name] for sky in skies]) for name in skies[0]}
    together = pv_capacity_factor(
        time_utc=time, latitude=np.array([p[0] for p in places]), longitude=np.array([p[1] for p in places]),
        elevation_m=np.zeros(5), **weather, air_c=np.full((5, 8760), 15.0),
        wind_10m_m_per_s=np.full((5, 8760), 3.0), design=plant,
    )  # fmt: skip
    assert together.shape == (5, 8760)
    for row, (lat, lon) in enumerate(places):
        assert together[row] == pytest.approx(year_at(lat, lon, plant), abs=1e-12)


def test_the_southern_year_is_the_northern_one_half_a_year_later() -> None:
    north, south = year_at(35.0, 0.0, design()), year_at(-35.0, 0.0, design())
    assert south.mean() == pytest.approx(north.mean(), rel=0.03)
    assert np.roll(south, 182 * 24)[12 + 24 * 100] == pytest.approx(north[12 + 24 * 100], rel=0.06)


@pytest.mark.parametrize("tracking", [False, True])
def test_either_side_of_the_date_line_is_one_place(tracking: bool) -> None:
    west, east = year_at(10.0, 180.0, design(tracking)), year_at(10.0, -180.0, design(tracking))
    assert west == pytest.approx(east, abs=1e-9)


@pytest.mark.parametrize("latitude", [90.0, -90.0, 78.2])
@pytest.mark.parametrize("tracking", [False, True])
def test_poles_and_midnight_sun(latitude: float, tracking: bool) -> None:
    made = year_at(latitude, 15.6, design(tracking))
    assert np.isfinite(made).all()
    assert (made >= 0.0).all()
    summer = made[24 * 172 : 24 * 173] if latitude > 0.0 else made[24 * 355 : 24 * 356]
    winter = made[24 * 355 : 24 * 356] if latitude > 0.0 else made[24 * 172 : 24 * 173]
    assert summer.max() > 0.1
    assert winter.max() == 0.0
    if tracking:
        assert summer.min() > 0.0  # the sun does not set


def test_leap_years_are_kept() -> None:
    assert len(year_at(40.0, -105.0, design(), year=2020)) == 8784
    assert year_at(40.0, -105.0, design(), year=2020).mean() == pytest.approx(
        year_at(40.0, -105.0, design()).mean(), rel=0.01
    )


def test_thin_air_at_5000_m_shifts_the_spectrum_only() -> None:
    high, low = year_at(-16.0, -68.0, design(), altitude=5000.0), year_at(-16.0, -68.0, design())
    assert 1.0 < high.mean() / low.mean() < 1.25  # clearer sky; the module itself sees air mass, not height


def test_two_sided_modules_gain_and_ageing_takes() -> None:
    one, two = capacity_factor(design(True)), capacity_factor(design(True, bifaciality=0.7))
    assert 1.02 < two.sum() / one.sum() < 1.10
    aged = design(True, service_years=30, dc_ac_ratio=0.5)
    assert aged.mean_degradation == pytest.approx(1.0 - np.mean(0.995 ** np.arange(30)))
    as_new = capacity_factor(design(True, dc_ac_ratio=0.5))
    assert capacity_factor(aged).sum() / as_new.sum() == pytest.approx(1.0 - aged.mean_degradation, abs=0.005)


def test_snow_takes_what_it_covers() -> None:
    snow = np.zeros(8760)
    snow[24 * 10 + 3] = 5.0
    cold = {"air_c": np.full(8760, -40.0)}
    clear, covered = capacity_factor(design(), **cold), capacity_factor(design(), **cold, snowfall_cm=snow)
    assert covered[: 24 * 10] == pytest.approx(clear[: 24 * 10])
    assert covered[24 * 10 + 4 :].sum() == 0.0 if covered.sum() else True
    assert capacity_factor(design(snow=False), **cold, snowfall_cm=snow) == pytest.approx(clear)


def test_a_callers_design_names_its_fields() -> None:
    plant = design_with("pv_fixed", {"tilt_deg": 20.0, "azimuth_deg": 180.0, "dc_ac_ratio": 1.2, "losses_share": 0.14})
    assert isinstance(plant, PVDesign)
    assert (plant.tilt_deg, plant.dc_ac_ratio, plant.losses.share) == (20.0, 1.2, pytest.approx(0.14))
    assert plant.mean_degradation == 0.0
    given = {figure.name for figure in plant.figures if not figure.default}
    assert given == {"pv_fixed.tilt_deg", "pv_fixed.azimuth_deg", "pv_fixed.dc_ac_ratio", "pv_fixed.losses_share"}
    with pytest.raises(InvalidDesign) as caught:
        design_with("pv_fixed", {"tilt_deg": 200.0, "albedo": -1.0, "losses_share": 3.0})
    assert {field for field, _ in caught.value.errors} == {"tilt_deg", "albedo", "losses_share"}
    with pytest.raises(InvalidDesign, match="hub_height_m"):
        design_with("pv_fixed", {"hub_height_m": 100.0})
