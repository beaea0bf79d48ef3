"""Irradiance in, capacity factor out: sun, tilt or tracker, glass, cell temperature, inverter, losses.

The chain is that of PVWatts 8 (Dobos 2014, NREL/TP-6A20-62641, and its source): Perez's sky, coated glass, De Soto's
spectrum, Faiman's cell temperature (2008, doi:10.1002/pip.813), a part-load inverter that clips. Sites go through in
small blocks, their lit hours packed into one row, so that the numbers stay in the processor's cache.
"""

from typing import NamedTuple

import numpy as np

from models.arrays import FloatArray, TimeArray
from models.supply.designs import InvalidDesign, PVDesign
from models.supply.field import back_irradiance, ground_light, views
from models.supply.glass import beam_passed
from models.supply.plane import Plane, fixed_plane, in_modules, shaded_share, tracking_plane
from models.supply.sky import air_mass, perez_sky, spectral_factor
from models.supply.snow import snow_cover, strings_lost
from models.supply.sun import SunVector, apparent_up, extraterrestrial_w_per_m2, into_daylight, sun_vector
from models.supply.table import Table

REFERENCE_W_PER_M2 = 1000.0
REFERENCE_CELL_C = 25.0
FAIMAN_U0, FAIMAN_U1 = 25.0, 6.84  # W/m2/K and W s/m3/K: open rack
INVERTER_REFERENCE = 0.9637  # efficiency of the inverter whose part load PVWatts took
SUN_DOWN = float(np.cos(np.radians(89.5)))  # below it the beam is not counted: the mean of the hour says little of it
TWILIGHT = float(np.cos(np.radians(100.0)))
SITES_A_BLOCK = 4
SCALE_HEIGHT_EXPONENT = 5.2559
SCALE_M = 44_330.8  # of the International Standard Atmosphere


class _Lit(NamedTuple):
    """The lit hours of a block of sites, packed: all (n,)."""

    row: np.ndarray  # place in the (sites, hours) block
    site: np.ndarray
    sun: SunVector
    up: FloatArray  # cosine of the apparent zenith
    zenith: FloatArray  # apparent, radians
    mass: FloatArray  # relative air mass
    ghi: FloatArray
    dni: FloatArray
    dhi: FloatArray
    extra: FloatArray


def pv_capacity_factor(
    *,
    time_utc: TimeArray,
    latitude: float | FloatArray,
    longitude: float | FloatArray,
    elevation_m: float | FloatArray,
    ghi_w_per_m2: FloatArray,
    dni_w_per_m2: FloatArray,
    dhi_w_per_m2: FloatArray,
    air_c: FloatArray,
    wind_10m_m_per_s: FloatArray,
    design: PVDesign,
    snowfall_cm: FloatArray | None = None,
) -> FloatArray:
    """Output over the AC rating, net of losses, in 0-1; of the shape of the series: (hours,) or (sites, hours).

    Series are means of the hour that begins at `time_utc` (hours,): irradiance W/m2, temperature at 2 m, wind at 10 m,
    fresh snow in cm (no snow where left out). latitude, longitude, elevation_m : one number, or (sites,).
    Raises InvalidDesign naming every series that is not finite, negative or of another shape.
    """
    series = {
        "ghi_w_per_m2": ghi_w_per_m2,
        "dni_w_per_m2": dni_w_per_m2,
        "dhi_w_per_m2": dhi_w_per_m2,
        "wind_10m_m_per_s": wind_10m_m_per_s,
        "air_c": air_c,
    }
    if snowfall_cm is not None:
        series["snowfall_cm"] = snowfall_cm
    shape = np.shape(ghi_w_per_m2)
    _check(series, shape, len(time_utc))
    weather = {name: np.asarray(values, dtype=np.float64).reshape(-1, shape[-1]) for name, values in series.items()}
    sites = len(weather["air_c"])
    place = np.stack([np.broadcast_to(np.asarray(x, float), sites) for x in (latitude, longitude, elevation_m)])
    made = np.zeros((sites, shape[-1]))
    for first in range(0, sites, SITES_A_BLOCK):
        block = slice(first, first + SITES_A_BLOCK)
        part = {name: values[block] for name, values in weather.items()}
        _block(time_utc, place[:, block], part, design, made[block])
    return made.reshape(shape)


def _block(
    time_utc: TimeArray, place: FloatArray, weather: dict[str, FloatArray], design: PVDesign, made: FloatArray
) -> None:
    """Write the capacity factors of some sites, (sites, hours), into `made`, which is dark to begin with."""
    latitude, longitude, elevation_m = place
    lit = _lit_hours(time_utc, latitude, longitude, weather)
    plane = _plane(lit, latitude, design)
    front = _irradiance(lit, plane, design)
    air = weather["air_c"].take(lit.row)
    cell = front / (FAIMAN_U0 + FAIMAN_U1 * weather["wind_10m_m_per_s"].take(lit.row))
    cell += air - REFERENCE_CELL_C
    cell *= design.temperature_coefficient_per_c
    cell += 1.0
    dc = front * np.maximum(cell, 0.0)
    dc *= design.dc_ac_ratio * (1.0 - design.losses.share) * (1.0 - design.mean_degradation) / REFERENCE_W_PER_M2
    if design.spectral:
        pressure = (1.0 - elevation_m / SCALE_M) ** SCALE_HEIGHT_EXPONENT
        dc *= spectral_factor(lit.mass * pressure.take(lit.site))
    if design.snow and "snowfall_cm" in weather:
        dc *= 1.0 - _snow_loss(lit, plane, front, weather, design)
    made.put(lit.row, _alternating(dc, design.inverter_efficiency))


def _lit_hours(
    time_utc: TimeArray, latitude: FloatArray, longitude: FloatArray, weather: dict[str, FloatArray]
) -> _Lit:
    sun = sun_vector(time_utc, latitude, longitude)
    ghi = weather["ghi_w_per_m2"]
    lit = (ghi > 0.0) & (sun.up > TWILIGHT)
    row = np.flatnonzero(lit)
    site = np.repeat(np.arange(len(ghi)), lit.sum(axis=1))
    hour = row - site * len(time_utc)
    sun = SunVector(*(part.take(row) for part in sun))
    into_daylight(sun, site, hour, time_utc, latitude, longitude)
    np.maximum(sun.up, 0.0, out=sun.up)
    up = apparent_up(sun.up)
    zenith = np.arccos(up)
    dni = weather["dni_w_per_m2"].take(row)
    dni *= up > SUN_DOWN
    extra = extraterrestrial_w_per_m2(time_utc).take(hour)
    dhi = weather["dhi_w_per_m2"].take(row)
    return _Lit(row, site, sun, up, zenith, air_mass(zenith, up), ghi.take(row), dni, dhi, extra)


def _plane(lit: _Lit, latitude: FloatArray, design: PVDesign) -> Plane:
    if design.tracking:
        return tracking_plane(lit.sun, design.tracker_limit_deg, design.ground_cover_ratio)
    tilt = np.array([design.tilt_at(value) for value in latitude])
    facing = np.array([design.azimuth_at(value) for value in latitude])
    return fixed_plane(lit.sun, tilt, facing, lit.site)


def _irradiance(lit: _Lit, plane: Plane, design: PVDesign) -> FloatArray:
    """Irradiance that passes the glass of the front, and what the back adds to it, W/m2."""
    rows, view = design.ground_cover_ratio, views(design.ground_cover_ratio, design.height_to_pitch)

    def by_tilt(table: Table) -> FloatArray:
        if plane.site_cos_tilt is None:
            return table(plane.cos_tilt)
        return table(plane.site_cos_tilt).take(lit.site)

    facing = np.maximum(plane.cos_incidence, 0.0)
    light = lit.dni * facing
    if not design.tracking:  # a tracker's backtracking keeps the beam off the row behind
        light *= 1.0 - in_modules(shaded_share(lit.up, facing, rows), design.modules_up_the_slope)
    light *= beam_passed(facing)
    sky = perez_sky(lit.dni, lit.dhi, lit.zenith, lit.up, lit.mass, facing, plane.cos_tilt, plane.sin_tilt, lit.extra)
    sky *= by_tilt(view.sky_to_cells)
    light += sky
    ground = ground_light(
        plane,
        lit.up,
        lit.ghi,
        lit.dhi,
        albedo=design.albedo,
        ground_cover_ratio=rows,
        ground_to_sky=by_tilt(view.ground_to_sky),
    )
    light += ground * by_tilt(view.ground_to_cells)
    if design.bifaciality > 0.0:
        back = back_irradiance(
            plane,
            lit.up,
            lit.dni,
            lit.dhi,
            ground,
            ground_cover_ratio=rows,
            back_to_sky=by_tilt(view.back_to_sky),
            back_to_ground=by_tilt(view.back_to_ground),
        )
        light += back * (design.bifaciality * (1.0 - design.back_shade_share))
    return light


def _snow_loss(
    lit: _Lit, plane: Plane, front: FloatArray, weather: dict[str, FloatArray], design: PVDesign
) -> FloatArray:
    """Share of the lit hours' output that snow takes; it slides at night too, as far as a fixed plane lets it."""
    shape = weather["air_c"].shape
    on_plane, sin_tilt = np.zeros(shape), np.zeros(shape)
    on_plane.put(lit.row, front)
    if design.tracking:
        sin_tilt.put(lit.row, plane.sin_tilt)
    else:
        sin_tilt[:] = np.max(plane.sin_tilt, initial=0.0)
    cover = snow_cover(weather["snowfall_cm"], on_plane, weather["air_c"], sin_tilt)
    return strings_lost(cover.take(lit.row), design.modules_up_the_slope)


def _alternating(dc: FloatArray, efficiency: float) -> FloatArray:
    """AC output over the rating from DC over the same rating (Dobos 2014, section 8), clipped at 1."""
    load = np.maximum(dc * efficiency, 1e-6)  # the inverter's rated input is 1 / efficiency
    ac = (efficiency / INVERTER_REFERENCE) * (-0.0162 * load - 0.0059 / load + 0.9858) * dc
    return np.asarray(np.minimum(np.maximum(ac, 0.0, out=ac), 1.0, out=ac))


def _check(series: dict[str, FloatArray], shape: tuple[int, ...], hours: int) -> None:
    errors = []
    for name, value in series.items():
        if np.shape(value) != shape or not shape or shape[-1] != hours or len(shape) > 2:
            errors.append((name, f"must have the shape ({hours},) or (sites, {hours}), as the others"))
            continue
        least, most = np.min(value), np.max(value)
        if not np.isfinite(least + most):
            errors.append((name, "must be finite"))
        elif name != "air_c" and least < 0.0:
            errors.append((name, "must not be negative"))
    if errors:
        raise InvalidDesign(errors)
