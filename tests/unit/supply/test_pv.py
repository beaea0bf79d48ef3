"""PV against pvlib's own model chain and against what must hold whatever the weather."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pvlib
import pytest

from models.supply.designs import InvalidDesign, PVDesign, default_design
from models.supply.losses import LossSet, default_losses, given_losses
from models.supply.pv import pv_capacity_factor, shaded_fraction
from models.supply.sun import sun_position

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
    plant = design(tracking, losses=LossSet(()), dc_ac_ratio=1.0, ground_cover_ratio=0.05, tilt_deg=30.0)
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


def test_the_sun_is_where_pvlib_says() -> None:
    zenith, azimuth = sun_position(TIME, LATITUDE, LONGITUDE, 1600.0)
    truth = pvlib.solarposition.get_solarposition(TIMES + pd.Timedelta("30min"), LATITUDE, LONGITUDE, altitude=1600)
    assert np.abs(zenith - truth["apparent_zenith"]).max() < 0.01
    assert np.abs(azimuth - truth["azimuth"]).max() < 0.01


def test_output_is_clipped_at_the_ac_rating() -> None:
    large = capacity_factor(design(dc_ac_ratio=2.0, losses=LossSet(())))
    assert large.max() == pytest.approx(1.0)
    assert (large >= 0.0).all()
    assert (large > 0.999).sum() > 500


def test_night_is_dark() -> None:
    zenith, _ = sun_position(TIME, LATITUDE, LONGITUDE, 1600.0)
    assert capacity_factor(design())[zenith > 100.0].max() == 0.0


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
        ours = shaded_fraction(one * (90.0 - height), one * 180.0, one * 45.0, one * 180.0, 0.4)[0]
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
