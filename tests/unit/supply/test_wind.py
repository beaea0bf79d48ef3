"""Wind against closed forms."""

from dataclasses import replace

import numpy as np
import pytest
import windpowerlib
from hypothesis import given
from hypothesis import strategies as st

from models.supply.designs import InvalidDesign, WindDesign, default_design
from models.supply.losses import LossSet
from models.supply.overrides import design_with, power_curve_of
from models.supply.power_curve import PowerCurve, generic_power_curve
from models.supply.shear import wind_at_height
from models.supply.wind import air_density, wind_capacity_factor

STEPS = PowerCurve(np.array([0.0, 3.0, 12.0, 25.0]), np.array([0.0, 0.0, 1.0, 1.0]), 3.0, 25.0)


def design(**changes: object) -> WindDesign:
    base = default_design("wind_onshore")
    assert isinstance(base, WindDesign)
    return replace(base, power_curve=STEPS, losses=LossSet(()), hub_height_m=100.0, **changes)


def at(speed: list[float], **changes: object) -> np.ndarray:
    arguments: dict[str, object] = {
        "wind_m_per_s": np.array(speed),
        "wind_height_m": 100.0,
        "air_c": np.full(len(speed), 15.65),  # 15 C at 100 m
        "elevation_m": -100.0,  # the hub at sea level: standard density
        "over_sea": False,
        "design": design(),
    }
    return wind_capacity_factor(**(arguments | changes))  # type: ignore[arg-type]  # mixed keywords


def test_cut_in_and_cut_out_are_explicit() -> None:
    assert at([0.0, 2.99, 12.5, 25.0, 25.01, 40.0]) == pytest.approx([0.0, 0.0, 1.0, 1.0, 0.0, 0.0])


def test_between_the_points_the_curve_is_linear() -> None:
    assert at([7.5]) == pytest.approx([0.5], abs=2e-4)


def test_density_is_that_of_the_standard_atmosphere() -> None:
    fifteen = np.array([15.0])
    assert air_density(fifteen, 0.0, 0.0) == pytest.approx([1.225], abs=1e-3)
    # ISO 2533: 1.1117 kg/m3 at 1,000 m and 8.5 C, 1.0066 at 2,000 m and 2 C
    assert air_density(np.array([8.5]), 1000.0, 0.0) == pytest.approx([1.1117], abs=1e-3)
    assert air_density(np.array([2.0]), 2000.0, 0.0) == pytest.approx([1.0066], abs=1e-3)


def test_thin_air_moves_the_curve_by_the_cube_root() -> None:
    speed, thin = 9.0, float(air_density(np.array([10.0]), 3000.0, 100.0)[0])
    made = at([speed], elevation_m=3000.0, air_c=np.array([10.0]))
    assert made == pytest.approx([(speed * (thin / 1.225) ** (1 / 3) - 3.0) / 9.0], abs=1e-7)


def test_measured_pressure_takes_the_place_of_the_standard_one() -> None:
    assert at([9.0], pressure_pa=np.array([90_000.0])) < at([9.0], pressure_pa=np.array([101_325.0]))


def test_shear_differs_by_land_and_sea() -> None:
    land, sea = at([8.0], wind_height_m=10.0), at([8.0], wind_height_m=10.0, over_sea=True)
    plant = design()
    assert plant.shear_land > plant.shear_sea
    assert land > sea
    assert sea == pytest.approx([(8.0 * 10.0**plant.shear_sea - 3.0) / 9.0], abs=2e-4)


@pytest.mark.parametrize("technology", ["wind_onshore", "wind_offshore", "wind_offshore_floating"])
def test_default_curves_rise_to_one(technology: str) -> None:
    plant = default_design(technology)
    assert isinstance(plant, WindDesign)
    curve = plant.power_curve
    assert (np.diff(curve.output) > -1e-12).all()
    assert curve.output[-1] == pytest.approx(1.0, abs=1e-4)
    assert 0.05 < plant.losses.share < 0.25
    assert all(figure.source for figure in plant.figures)


def test_the_generic_curve_without_turbulence_is_the_cube_law() -> None:
    curve = generic_power_curve(
        specific_power_w_per_m2=300.0,
        peak_power_coefficient=0.45,
        cut_in_m_per_s=3.0,
        cut_out_m_per_s=25.0,
        turbulence_intensity=0.0,
    )
    assert curve.at(np.array([8.0]))[0] == pytest.approx(0.5 * 1.225 * 0.45 * 512.0 / 300.0, rel=1e-3)
    rated = (300.0 / (0.5 * 1.225 * 0.45)) ** (1 / 3)
    assert curve.at(np.array([rated + 0.2]))[0] == 1.0


def test_the_turbulent_curve_is_the_average_over_the_gusts() -> None:
    arguments = {"specific_power_w_per_m2": 300.0, "peak_power_coefficient": 0.45}
    curve = generic_power_curve(**arguments, cut_in_m_per_s=3.0, cut_out_m_per_s=25.0, turbulence_intensity=0.1)
    gusts = np.random.default_rng(1).normal(10.0, 1.0, 400_000)
    expected = np.minimum(0.5 * 1.225 * 0.45 * np.maximum(gusts, 0.0) ** 3 / 300.0, 1.0).mean()
    assert curve.at(np.array([10.0]))[0] == pytest.approx(expected, abs=3e-3)


@given(st.lists(st.floats(0.0, 60.0), min_size=1, max_size=50), st.floats(-40.0, 45.0), st.floats(0.0, 4000.0))
def test_output_is_a_share(speed: list[float], air: float, elevation: float) -> None:
    made = at(speed, air_c=np.full(len(speed), air), elevation_m=elevation)
    assert ((made >= 0.0) & (made <= 1.0)).all()


def test_wrong_series_are_all_named() -> None:
    with pytest.raises(InvalidDesign) as caught:
        at([-1.0], air_c=np.array([np.nan]), wind_height_m=0.0)
    assert {field for field, _ in caught.value.errors} == {"wind_m_per_s", "air_c", "wind_height_m"}


def test_power_curves_are_checked() -> None:
    with pytest.raises(ValueError, match="ascend"):
        PowerCurve(np.array([0.0, 0.0]), np.array([0.0, 1.0]), 3.0, 25.0)
    with pytest.raises(ValueError, match="shares"):
        PowerCurve(np.array([0.0, 10.0]), np.array([0.0, 1500.0]), 3.0, 25.0)
    with pytest.raises(ValueError, match="between 0 and 100"):
        PowerCurve(np.array([0.0, 300.0]), np.array([0.0, 1.0]), 3.0, 25.0)
    with pytest.raises(ValueError, match="cut-in"):
        PowerCurve(np.array([0.0, 10.0]), np.array([0.0, 1.0]), 25.0, 3.0)


def test_windpowerlib_agrees_on_shear_density_and_curve() -> None:
    speed, air = np.random.default_rng(2).uniform(0.0, 26.0, 500), np.linspace(-30.0, 40.0, 500)
    assert wind_at_height({80.0: speed}, 120.0, 0.2) == pytest.approx(
        np.asarray(windpowerlib.wind_speed.hellman(speed, 80.0, 120.0, hellman_exponent=0.2))
    )
    pressure = np.full(500, 90_000.0)
    density = air_density(air, 0.0, 0.0, pressure)
    assert density == pytest.approx(
        np.asarray(windpowerlib.density.ideal_gas(pressure, 0.0, 0.0, air + 273.15)), rel=2e-3
    )
    table = np.linspace(0.0, 30.0, 31)
    output = np.interp(table, [3.0, 12.0, 25.0, 25.5], [0.0, 1.0, 1.0, 0.0])
    theirs = windpowerlib.power_output.power_curve_density_correction(speed, table, output, density)
    curve = PowerCurve(table, output, 3.0, 25.0)
    ours = curve.at(speed * (density / 1.225) ** (1.0 / 3.0), speed)
    well_below = speed < 12.0  # above, theirs tapers to another exponent (Svenningsen 2010)
    assert np.abs(ours - np.asarray(theirs))[well_below].mean() < 0.02


def test_between_two_heights_the_power_law_of_the_hour() -> None:
    heights = {50.0: np.array([6.0, 0.0]), 150.0: np.array([6.0 * 3.0**0.25, 5.0])}
    assert wind_at_height(heights, 100.0, 0.9)[0] == pytest.approx(6.0 * 2.0**0.25)
    assert np.isfinite(wind_at_height(heights, 100.0, 0.9)).all()
    assert wind_at_height(heights, 50.0, 0.9) is heights[50.0]
    assert wind_at_height(heights, 200.0, 0.1)[1] == pytest.approx(5.0 * (200.0 / 150.0) ** 0.1)


def test_many_sites_at_once_are_the_sites_one_by_one() -> None:
    random = np.random.default_rng(3)
    wind, air = random.uniform(0.0, 30.0, (3, 48)), random.uniform(-20.0, 30.0, (3, 48))
    wind[1:], air[1:] = wind[0], air[0]
    elevation, sea = np.array([0.0, 1500.0, 5000.0]), np.array([True, False, False])
    common = {"wind_height_m": 10.0, "design": design()}
    together = wind_capacity_factor(wind_m_per_s=wind, air_c=air, elevation_m=elevation, over_sea=sea, **common)  # type: ignore[arg-type]  # mixed keywords
    for row in range(3):
        one = wind_capacity_factor(
            wind_m_per_s=wind[row], air_c=air[row], elevation_m=elevation[row], over_sea=sea[row], **common
        )  # type: ignore[arg-type]  # mixed keywords
        assert together[row] == pytest.approx(one, abs=1e-12)
    assert together[2].mean() < together[1].mean()


def test_turbine_classes_suit_their_winds() -> None:
    made = {}
    for name in ("low_wind", "medium_wind", "high_wind"):
        plant = design_with("wind_onshore", {"turbine_class": name})
        assert isinstance(plant, WindDesign)
        made[name] = float(plant.power_curve.at(np.array([7.0]))[0])
    assert made["low_wind"] > made["medium_wind"] > made["high_wind"]


def test_a_callers_curve_and_its_errors() -> None:
    curve = power_curve_of([[0, 0], [3, 0.0], [12, 1.0], [25, 1.0]])
    assert (curve.cut_in_m_per_s, curve.cut_out_m_per_s) == (3.0, 25.0)
    assert curve.at(np.array([2.9, 7.5, 25.0, 25.1])) == pytest.approx([0.0, 0.5, 1.0, 0.0])
    plant = design_with("wind_onshore", {"hub_height_m": 100.0, "power_curve": [[0, 0], [3, 0], [12, 1]]})
    assert isinstance(plant, WindDesign)
    assert plant.hub_height_m == 100.0
    with pytest.raises(InvalidDesign) as caught:
        design_with("wind_onshore", {"hub_height_m": 1.0, "power_curve": [[0, 0]], "turbine_class": "huge"})
    assert {field for field, _ in caught.value.errors} == {"hub_height_m", "power_curve", "turbine_class"}
    with pytest.raises(ValueError, match="nothing"):
        power_curve_of([[0, 0], [10, 0]])
