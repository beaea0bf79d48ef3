"""Yields against PySAM 7.1.1 on the same real weather, through the product's own readers: within 2 % each, PV 1 %
in the median. `python -m tests.validation.test_supply_sam` prints the table."""

import numpy as np
import pytest

from geodata.weather.raw import WeatherFileError
from models.supply.designs import PVDesign, WindDesign
from models.supply.overrides import design_with
from service.supply.hours import capacity_factors
from tests.shared import needs_shared
from tests.validation.test_traps import as_it_stands
from tests.weather_files import S14, SOLAR, WIND, reference, sam_turbine, year_of

pytestmark = needs_shared
DC_AC_RATIO, LOSSES = 1.2, 0.1408  # the reference's design, as its README states it


def pv_errors(name: str) -> dict[str, float]:
    """Relative error of the year's yield by design."""
    weather = year_of(name)
    common = {"dc_ac_ratio": DC_AC_RATIO, "losses_share": LOSSES, "tracker_limit_deg": 45.0}
    designs = {
        "fixed20": design_with("pv_fixed", common | {"tilt_deg": 20.0}),
        "tilt_lat": design_with("pv_fixed", common | {"tilt_deg": abs(weather.latitude)}),
        "tracker1ax": design_with("pv_tracking", common),
    }
    errors = {}
    for key, plant in designs.items():
        assert isinstance(plant, PVDesign)
        made = capacity_factors(plant, weather).mean() / DC_AC_RATIO * 8760.0
        errors[key] = float(made / reference("pv").loc[name, f"{key}_kwh_per_kwdc"] - 1.0)
    return errors


def wind_error(name: str) -> float:
    """Relative error of the year's gross capacity factor."""
    weather, row = year_of(name), reference("wind").loc[name]
    speed, output = sam_turbine()
    points = np.column_stack([speed, output]).tolist()
    given = {"power_curve": points, "losses_share": 0.0, "hub_height_m": float(row["hub_height_m"])}
    farm = design_with("wind_onshore", given)
    assert isinstance(farm, WindDesign)
    made = capacity_factors(farm, weather).mean()
    return float(100.0 * made / row["gross_cf_pct"] - 1.0)


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, float]]:
    return {name: pv_errors(name) for name in SOLAR}


def test_pv(found: dict[str, dict[str, float]]) -> None:
    every = [abs(error) for errors in found.values() for error in errors.values()]
    assert max(every) < 0.02, found
    assert np.median(every) < 0.01, found


def test_wind() -> None:
    errors = {name: abs(wind_error(name)) for name in WIND}
    assert max(errors.values()) < 0.02, errors
    assert np.median(list(errors.values())) < 0.01, errors


def test_the_wrong_zone_is_refused() -> None:
    with pytest.raises(WeatherFileError, match=r"3\.8 h"):
        as_it_stands(S14)


if __name__ == "__main__":
    for name in SOLAR:
        print(f"{name[:52]:52s}", {key: f"{error:+.2%}" for key, error in pv_errors(name).items()})
    for name in WIND:
        print(f"{name[:52]:52s} {wind_error(name):+.2%}")
