"""Wind speed in, capacity factor out: shear to hub height, air density, power curve, losses."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from models.arrays import FloatArray
from models.supply.designs import InvalidDesign, WindDesign
from models.supply.power_curve import AIR_DENSITY_KG_PER_M3
from models.supply.shear import wind_at_height
from models.supply.table import Table

GAS_CONSTANT_J_PER_KG_K = 287.05  # dry air
SEA_LEVEL_PRESSURE_PA = 101325.0
LAPSE_K_PER_M = 0.0065
SEA_LEVEL_K = 288.15
PRESSURE_EXPONENT = 5.2559  # barometric formula of the International Standard Atmosphere
COLDEST_C, HOTTEST_C = -100.0, 70.0


def wind_capacity_factor(
    *,
    wind_m_per_s: FloatArray | Mapping[float, FloatArray],
    wind_height_m: float = 100.0,
    air_c: FloatArray,
    elevation_m: float | FloatArray,
    over_sea: bool | np.ndarray,
    design: WindDesign,
    pressure_pa: FloatArray | None = None,
) -> FloatArray:
    """Output over the rating, net of losses, in 0-1; of the shape of the series: (hours,) or (sites, hours).

    wind_m_per_s : at `wind_height_m`, or by height. air_c : at 2 m. elevation_m, over_sea : one, or (sites,).
    pressure_pa : at the ground; from the elevation (International Standard Atmosphere) where it is left out.
    Raises InvalidDesign naming every series that is not finite, negative or of another shape.
    """
    speeds = dict(wind_m_per_s) if isinstance(wind_m_per_s, Mapping) else {wind_height_m: wind_m_per_s}
    _check(speeds, air_c, pressure_pa)
    air_c, shape = np.asarray(air_c, dtype=np.float64), np.shape(air_c)
    sites = shape[:-1]
    exponent = np.broadcast_to(np.where(over_sea, design.shear_sea, design.shear_land), sites)
    standard = np.broadcast_to(standard_pressure_pa(np.asarray(elevation_m, dtype=np.float64)), sites)
    made = np.empty(shape)
    for site in np.ndindex(sites):  # one at a time: a year of it stays in the processor's cache
        at_hub = wind_at_height(
            {height: wind[site] for height, wind in speeds.items()}, design.hub_height_m, exponent[site]
        )
        pressure = standard[site] if pressure_pa is None else pressure_pa[site]
        # IEC 61400-12-1, pitch-regulated turbines: for another density the curve at v (rho / rho0)^(1/3).
        corrected = _density_root(design.hub_height_m)(air_c[site])
        corrected *= (pressure / SEA_LEVEL_PRESSURE_PA) ** (1.0 / 3.0)
        corrected *= at_hub
        made[site] = design.power_curve.at(corrected, at_hub)
    made *= 1.0 - design.losses.share
    return made


def standard_pressure_pa(elevation_m: FloatArray | float) -> FloatArray:
    """Pressure of the International Standard Atmosphere (ISO 2533) at an elevation."""
    return np.asarray(SEA_LEVEL_PRESSURE_PA * (1.0 - LAPSE_K_PER_M * elevation_m / SEA_LEVEL_K) ** PRESSURE_EXPONENT)


def air_density(
    air_c: FloatArray, elevation_m: float, above_ground_m: float, pressure_pa: FloatArray | None = None
) -> FloatArray:
    """Density of dry air, kg/m3, `above_ground_m` over ground at `elevation_m`, from the temperature at 2 m."""
    if pressure_pa is None:
        pressure_pa = standard_pressure_pa(elevation_m)
    kelvin = np.asarray(air_c) + 273.15
    aloft = 1.0 - LAPSE_K_PER_M * above_ground_m / kelvin
    density = pressure_pa * aloft**PRESSURE_EXPONENT / (GAS_CONSTANT_J_PER_KG_K * kelvin * aloft)
    return np.asarray(density, dtype=np.float64)


@lru_cache(maxsize=64)
def _density_root(hub_height_m: float) -> Table:
    """Cube root of the hub's air density over the curve's, at sea-level pressure, by temperature."""

    def root(air_c: FloatArray) -> FloatArray:
        return np.asarray((air_density(air_c, 0.0, hub_height_m) / AIR_DENSITY_KG_PER_M3) ** (1.0 / 3.0))

    return Table(root, COLDEST_C, HOTTEST_C, 2048)


def _check(speeds: Mapping[float, FloatArray], air_c: FloatArray, pressure_pa: FloatArray | None) -> None:
    errors = []
    shape = np.shape(air_c)
    if len(shape) not in (1, 2) or any(np.shape(wind) != shape for wind in speeds.values()):
        errors.append(("air_c", "wind and temperature must both be (hours,) or (sites, hours)"))
    for wind in speeds.values():
        if not np.isfinite(wind).all() or np.min(wind) < 0.0:
            errors.append(("wind_m_per_s", "must be finite and not negative"))
    if not np.isfinite(air_c).all() or np.min(air_c) < -150.0:
        errors.append(("air_c", "must be finite, in degrees Celsius"))
    if not speeds or any(not 1.0 <= height <= 500.0 for height in speeds):
        errors.append(("wind_height_m", "must lie between 1 and 500"))
    if pressure_pa is not None and not (np.shape(pressure_pa) == shape and np.all(np.asarray(pressure_pa) > 1000.0)):
        errors.append(("pressure_pa", "must be of the shape of the temperature, in pascal"))
    if errors:
        raise InvalidDesign(list(dict.fromkeys(errors)))
