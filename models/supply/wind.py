"""Wind speed in, capacity factor out: shear to hub height, air density, power curve, losses."""

import numpy as np

from models.arrays import FloatArray
from models.supply.designs import InvalidDesign, WindDesign
from models.supply.power_curve import AIR_DENSITY_KG_PER_M3

GAS_CONSTANT_J_PER_KG_K = 287.05  # dry air
SEA_LEVEL_PRESSURE_PA = 101325.0
LAPSE_K_PER_M = 0.0065
SEA_LEVEL_K = 288.15
PRESSURE_EXPONENT = 5.2559  # barometric formula of the International Standard Atmosphere


def wind_capacity_factor(
    *,
    wind_m_per_s: FloatArray,
    wind_height_m: float,
    air_c: FloatArray,
    elevation_m: float,
    over_sea: bool,
    design: WindDesign,
    pressure_pa: FloatArray | None = None,
) -> FloatArray:
    """Output over the rating, net of losses, (hours,) in 0-1.

    wind_m_per_s : (hours,) at `wind_height_m`. air_c : (hours,) at 2 m. pressure_pa : (hours,) at the ground; from
    the elevation (International Standard Atmosphere) where it is left out.
    Raises InvalidDesign naming every series that is not finite, negative or of another length.
    """
    _check(wind_m_per_s, wind_height_m, air_c)
    exponent = design.shear_sea if over_sea else design.shear_land
    at_hub = wind_m_per_s * (design.hub_height_m / wind_height_m) ** exponent
    density = air_density(air_c, elevation_m, design.hub_height_m, pressure_pa)
    # IEC 61400-12-1: a curve for another density is the curve at v (rho / rho0)^(1/3), for pitch-regulated turbines.
    corrected = at_hub * (density / AIR_DENSITY_KG_PER_M3) ** (1.0 / 3.0)
    return design.power_curve.at(corrected, at_hub) * (1.0 - design.losses.share)


def air_density(
    air_c: FloatArray, elevation_m: float, above_ground_m: float, pressure_pa: FloatArray | None = None
) -> FloatArray:
    """Density of dry air, kg/m3, `above_ground_m` over ground at `elevation_m`, from the temperature at 2 m."""
    if pressure_pa is None:
        pressure_pa = (
            SEA_LEVEL_PRESSURE_PA * (1.0 - LAPSE_K_PER_M * np.asarray(elevation_m) / SEA_LEVEL_K) ** PRESSURE_EXPONENT
        )
    kelvin = np.asarray(air_c) + 273.15
    aloft = 1.0 - LAPSE_K_PER_M * above_ground_m / kelvin
    density = pressure_pa * aloft**PRESSURE_EXPONENT / (GAS_CONSTANT_J_PER_KG_K * kelvin * aloft)
    return np.asarray(density, dtype=np.float64)


def _check(wind: FloatArray, height_m: float, air_c: FloatArray) -> None:
    errors = []
    if np.ndim(wind) != 1 or np.shape(wind) != np.shape(air_c):
        errors.append(("air_c", "wind and temperature must both be (hours,)"))
    if not np.isfinite(wind).all() or np.min(wind) < 0.0:
        errors.append(("wind_m_per_s", "must be finite and not negative"))
    if not np.isfinite(air_c).all() or np.min(air_c) < -150.0:
        errors.append(("air_c", "must be finite, in degrees Celsius"))
    if not 1.0 <= height_m <= 500.0:
        errors.append(("wind_height_m", "must lie between 1 and 500"))
    if errors:
        raise InvalidDesign(errors)
