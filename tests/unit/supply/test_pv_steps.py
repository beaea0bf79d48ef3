"""Each step of the PV chain against pvlib's function of the same name."""

import warnings

import numpy as np
import pandas as pd
import pvlib
import pytest

from models.supply.field import back_irradiance, ground_light, views
from models.supply.glass import COATED_GLASS, beam_passed
from models.supply.plane import fixed_plane, sky_left, tracking_plane
from models.supply.sky import SPECTRAL_CRYSTALLINE, air_mass, perez_sky, spectral_factor
from models.supply.snow import snow_cover, strings_lost
from models.supply.sun import SunVector

RANDOM = np.random.default_rng(4)
N = 5000
ZENITH = RANDOM.uniform(1.0, 88.0, N)
AZIMUTH = RANDOM.uniform(0.0, 360.0, N)
DHI, DNI = RANDOM.uniform(5.0, 400.0, N), RANDOM.uniform(0.0, 950.0, N)
UP = np.cos(np.radians(ZENITH))
GHI = DHI + DNI * UP
SUN = SunVector(
    np.sin(np.radians(ZENITH)) * np.sin(np.radians(AZIMUTH)),
    np.sin(np.radians(ZENITH)) * np.cos(np.radians(AZIMUTH)),
    UP,
)
NO_SITE = np.zeros(N, dtype=int)


def cosine(degrees: np.ndarray | float) -> np.ndarray:
    return np.cos(np.radians(degrees))


@pytest.mark.parametrize(("tilt", "azimuth"), [(0.0, 180.0), (20.0, 180.0), (65.0, 135.0), (35.0, 0.0)])
def test_fixed_incidence_and_sky(tilt: float, azimuth: float) -> None:
    plane = fixed_plane(SUN, np.array([tilt]), np.array([azimuth]), NO_SITE)
    assert plane.cos_incidence == pytest.approx(
        pvlib.irradiance.aoi_projection(tilt, azimuth, ZENITH, AZIMUTH), abs=1e-12
    )
    mass = air_mass(np.radians(ZENITH), UP)
    assert mass == pytest.approx(pvlib.atmosphere.get_relative_airmass(ZENITH), rel=1e-9)
    ours = perez_sky(
        DNI, DHI, np.radians(ZENITH), UP, mass, plane.cos_incidence, plane.cos_tilt, plane.sin_tilt, 1366.1
    )
    theirs = pvlib.irradiance.perez(tilt, azimuth, DHI, DNI, np.full(N, 1366.1), ZENITH, AZIMUTH, mass)
    assert np.mean(np.abs(ours - theirs) < 1e-6) > 0.995  # at the edges of a clearness bin a step may fall either way
    assert ours == pytest.approx(theirs, abs=15.0)


@pytest.mark.parametrize("ratio", [0.2, 0.4, 0.6])
def test_the_tracker_turns_and_turns_back(ratio: float) -> None:
    plane = tracking_plane(SUN, 60.0, ratio)
    truth = pvlib.tracking.singleaxis(ZENITH, AZIMUTH, max_angle=60.0, backtrack=True, gcr=ratio)
    assert plane.cos_tilt == pytest.approx(cosine(truth["surface_tilt"]), abs=1e-6)
    assert plane.sin_tilt == pytest.approx(np.sin(np.radians(truth["surface_tilt"])), abs=1e-6)
    assert plane.cos_incidence == pytest.approx(cosine(truth["aoi"]), abs=1e-6)


def test_glass_spectrum_and_masking() -> None:
    angle = np.linspace(0.0, 89.9, 2000)
    assert beam_passed(cosine(angle)) == pytest.approx(pvlib.iam.physical(angle, **COATED_GLASS), abs=2e-4)
    mass = np.linspace(1.0, 9.9, 100)
    module = {f"A{power}": value for power, value in enumerate(SPECTRAL_CRYSTALLINE)}
    assert spectral_factor(mass) == pytest.approx(pvlib.spectrum.spectral_factor_sapm(mass, module), abs=1e-12)
    tilt = np.array([5.0, 30.0, 60.0])
    masked = pvlib.shading.masking_angle(tilt, 0.4, 0.0)
    assert sky_left(cosine(tilt), 0.4) == pytest.approx(1.0 - pvlib.shading.sky_diffuse_passias(masked), abs=1e-9)


@pytest.mark.parametrize("tilt", [10.0, 30.0, 55.0])
def test_ground_and_back_of_an_endless_field(tilt: float) -> None:
    ratio, height = 0.4, 0.3
    low = ZENITH < 80.0  # below, pvlib's count of rows that shade the ground ends, ours does not
    plane = fixed_plane(SUN, np.array([tilt]), np.array([180.0]), NO_SITE)
    view = views(ratio, height)
    at = cosine(tilt)
    ground = ground_light(
        plane, UP, GHI, DHI, albedo=0.25, ground_cover_ratio=ratio, ground_to_sky=view.ground_to_sky(at * np.ones(N))
    )
    back = back_irradiance(
        plane, UP, DNI, DHI, ground, ground_cover_ratio=ratio,
        back_to_sky=view.back_to_sky(at * np.ones(1)), back_to_ground=view.back_to_ground(at * np.ones(1)),
    )  # fmt: skip
    truth = pvlib.bifacial.infinite_sheds.get_irradiance(
        tilt, 180.0, ZENITH, AZIMUTH, ratio, height, 1.0, GHI, DHI, DNI, 0.25
    )
    assert back[low] == pytest.approx(np.asarray(truth["poa_back"])[low], rel=2e-3, abs=0.5)


def test_snow_covers_and_slides_as_in_sam() -> None:
    index = pd.date_range("2020-01-01", periods=2000, freq="h")
    snow = np.where(RANDOM.uniform(size=2000) < 0.02, RANDOM.uniform(0.5, 4.0, 2000), 0.0)
    snow[0] = 0.0
    plane, air = RANDOM.uniform(0.0, 600.0, 2000), RANDOM.uniform(-25.0, 6.0, 2000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas, of an option that pvlib does not set
        truth = pvlib.snow.coverage_nrel(
            pd.Series(snow, index), pd.Series(plane, index), pd.Series(air, index), 30.0, threshold_snowfall=1.0
        )
    ours = snow_cover(snow, plane, air, np.full(2000, 0.5))
    assert ours == pytest.approx(truth.to_numpy(), abs=1e-9)
    assert 0.0 < ours.mean() < 1.0
    assert strings_lost(ours, 4) == pytest.approx(pvlib.snow.dc_loss_nrel(truth, 4).to_numpy(), abs=1e-9)
