"""Whatever a caller designs, wherever: hours are shares, nothing breaks at the ends of the ranges."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.weather.climatology import Climatology
from models.supply.designs import InvalidDesign
from models.supply.overrides import design_with
from service.supply.hours import capacity_factors

RANGES = {
    "tilt_deg": (0.0, 90.0),
    "azimuth_deg": (0.0, 360.0),
    "dc_ac_ratio": (0.5, 3.0),
    "inverter_efficiency": (0.5, 1.0),
    "temperature_coefficient_per_c": (-0.02, 0.0),
    "albedo": (0.0, 1.0),
    "ground_cover_ratio": (0.01, 0.99),
    "tracker_limit_deg": (0.0, 90.0),
    "modules_up_the_slope": (1.0, 12.0),
    "bifaciality": (0.0, 1.0),
    "back_shade_share": (0.0, 1.0),
    "height_to_pitch": (0.05, 2.0),
    "degradation_share_per_year": (0.0, 0.1),
    "service_years": (1.0, 60.0),
    "losses_share": (0.0, 0.999),
}
PLACES = st.sampled_from(
    [(90.0, 0.0), (-90.0, 5.0), (0.0, 180.0), (0.0, -180.0), (66.6, 20.0), (78.0, 15.0), (-33.0, 151.0)]
)
PV = st.fixed_dictionaries({}, optional={name: st.floats(*ends) for name, ends in RANGES.items()})
CURVE = st.lists(st.floats(0.0, 100.0), min_size=2, max_size=8, unique=True).map(sorted)


@given(PLACES, PV, st.sampled_from(["pv_fixed", "pv_tracking"]), st.sampled_from([None, 2016]))
@settings(max_examples=40, deadline=None)
def test_any_pv(place: tuple[float, float], stated: dict[str, float], technology: str, year: int | None) -> None:
    made = capacity_factors(design_with(technology, stated), Climatology.load().fetch(*place, year))
    assert np.isfinite(made).all()
    assert ((made >= 0.0) & (made <= 1.0)).all()


@given(PLACES, CURVE, st.floats(0.0, 1.0), st.floats(10.0, 300.0), st.floats(0.0, 1.0))
@settings(max_examples=40, deadline=None)
def test_any_wind(place: tuple[float, float], speeds: list[float], output: float, hub: float, shear: float) -> None:
    curve = [[speed, output * (index % 2 + 1) / 2.0] for index, speed in enumerate(speeds)]
    stated: dict[str, Any] = {"power_curve": curve, "hub_height_m": hub, "shear_land": shear, "shear_sea": shear}
    try:
        farm = design_with("wind_onshore", stated)
    except InvalidDesign:
        assert output == 0.0 or speeds[1] - speeds[0] < 1e-3 or len(speeds) < 3  # a curve that makes nothing
        return
    made = capacity_factors(farm, Climatology.load().fetch(*place))
    assert ((made >= 0.0) & (made <= 1.0)).all()


@pytest.mark.parametrize("ratio", [0.0, 1.0])
def test_rows_must_leave_and_take_some_ground(ratio: float) -> None:
    with pytest.raises(InvalidDesign, match="ground_cover_ratio"):
        design_with("pv_fixed", {"ground_cover_ratio": ratio})
