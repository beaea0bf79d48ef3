"""Irradiance in, capacity factor out: sun, tilt or tracker, glass, cell temperature, inverter, losses.

pvlib does each step; the chain is that of PVWatts (Dobos 2014, NREL/TP-6A20-62641) with Perez's sky
(Perez et al. 1990), the physical glass model (De Soto et al. 2006) and Faiman's cell temperature (2008).
"""

import numpy as np
import pvlib

from models.arrays import FloatArray, TimeArray
from models.supply.designs import InvalidDesign, PVDesign
from models.supply.sun import sun_position

REFERENCE_W_PER_M2 = 1000.0
REFERENCE_CELL_C = 25.0
SUN_DOWN_DEG = 89.5  # beyond it the beam is not counted: the mean of the hour says little about its middle
GLASS_COATING = {"n": 1.526, "K": 4.0, "L": 0.002, "n_ar": 1.3}


def pv_capacity_factor(
    *,
    time_utc: TimeArray,
    latitude: float,
    longitude: float,
    elevation_m: float,
    ghi_w_per_m2: FloatArray,
    dni_w_per_m2: FloatArray,
    dhi_w_per_m2: FloatArray,
    air_c: FloatArray,
    wind_10m_m_per_s: FloatArray,
    design: PVDesign,
) -> FloatArray:
    """Output over the AC rating, net of losses, (hours,) in 0-1.

    Series are means of the hour that begins at `time_utc`; irradiance W/m2, temperature at 2 m, wind at 10 m.
    Raises InvalidDesign naming every series that is not finite, negative or of another length.
    """
    series = {
        "ghi_w_per_m2": ghi_w_per_m2,
        "dni_w_per_m2": dni_w_per_m2,
        "dhi_w_per_m2": dhi_w_per_m2,
        "wind_10m_m_per_s": wind_10m_m_per_s,
        "air_c": air_c,
    }
    _check(series, len(time_utc))
    zenith, azimuth = sun_position(time_utc, latitude, longitude, elevation_m)
    made = np.zeros(len(zenith))
    day = (np.asarray(ghi_w_per_m2) > 0.0) & (zenith < 100.0)
    if not day.any():
        return made
    plane = _plane_irradiance(
        zenith[day], azimuth[day], {name: np.asarray(value)[day] for name, value in series.items()}, latitude, design
    )
    cell_c = pvlib.temperature.faiman(plane, air_c[day], wind_10m_m_per_s[day])
    dc = plane / REFERENCE_W_PER_M2 * (1.0 + design.temperature_coefficient_per_c * (cell_c - REFERENCE_CELL_C))
    dc = np.maximum(dc, 0.0) * design.dc_ac_ratio * (1.0 - design.losses.share)
    # The inverter's input at its rating is 1 / efficiency of its output; above, it clips.
    ac = pvlib.inverter.pvwatts(
        dc, 1.0 / design.inverter_efficiency, eta_inv_nom=design.inverter_efficiency, eta_inv_ref=0.9637
    )
    made[day] = np.clip(ac, 0.0, 1.0)
    return made


def _plane_irradiance(
    zenith: FloatArray, azimuth: FloatArray, weather: dict[str, FloatArray], latitude: float, design: PVDesign
) -> FloatArray:
    """Irradiance that passes the glass, W/m2."""
    tilt, facing = _orientation(zenith, azimuth, latitude, design)
    incidence = pvlib.irradiance.aoi(tilt, facing, zenith, azimuth)
    dni = np.where(zenith < SUN_DOWN_DEG, weather["dni_w_per_m2"], 0.0)
    dhi, ghi = weather["dhi_w_per_m2"], weather["ghi_w_per_m2"]
    beam = np.maximum(dni * np.cos(np.radians(incidence)), 0.0)
    sky = pvlib.irradiance.perez(
        tilt,
        facing,
        dhi,
        dni,
        np.full(len(zenith), pvlib.irradiance.get_extra_radiation(1)),
        zenith,
        azimuth,
        pvlib.atmosphere.get_relative_airmass(np.minimum(zenith, 89.9)),
    )
    ground = pvlib.irradiance.get_ground_diffuse(tilt, ghi, design.albedo)
    if not design.tracking:  # a tracker's backtracking keeps the beam off the row behind
        shade = shaded_fraction(zenith, azimuth, tilt, facing, design.ground_cover_ratio)
        # A module in portrait loses its whole beam with its lower edge: the loss comes in steps of a module.
        beam = beam * (1.0 - np.ceil(shade * design.modules_up_the_slope - 1e-6) / design.modules_up_the_slope)
        masked = pvlib.shading.masking_angle_passias(tilt[:1], design.ground_cover_ratio)
        sky = sky * (1.0 - pvlib.shading.sky_diffuse_passias(masked))
    passed = {
        name: pvlib.iam.physical(angle, **GLASS_COATING)
        for name, angle in (_diffuse_angles(tilt) | {"beam": incidence}).items()
    }
    through = beam * passed["beam"] + np.nan_to_num(sky) * passed["sky"] + ground * passed["ground"]
    return np.asarray(np.maximum(through, 0.0), dtype=np.float64)


def shaded_fraction(
    zenith: FloatArray, azimuth: FloatArray, tilt: FloatArray, facing: FloatArray, ground_cover_ratio: float
) -> FloatArray:
    """Share of a row that the row in front shades, 0-1, in an endless field on level ground (Appelbaum and Bany 1979).

    Angles in degrees. The beam's profile angle a in the plane across the rows leaves
    1 - sin(a) / (ground cover ratio x sin(a + tilt)) of the slant in shade.
    """
    high, toward = np.cos(np.radians(zenith)), np.sin(np.radians(zenith)) * np.cos(np.radians(azimuth - facing))
    profile = np.arctan2(high, toward)
    across = np.sin(profile + np.radians(tilt))
    lit = np.divide(np.sin(profile), ground_cover_ratio * across, out=np.ones(len(high)), where=across > 1e-9)
    return np.where((high > 0.0) & (toward > 0.0), np.clip(1.0 - lit, 0.0, 1.0), 0.0)


def _diffuse_angles(tilt: FloatArray) -> dict[str, FloatArray]:
    """Angles at which diffuse light counts as a beam (Brandemuehl and Beckman 1980), degrees."""
    return {
        "sky": 59.7 - 0.1388 * tilt + 0.001497 * tilt**2,
        "ground": 90.0 - 0.5788 * tilt + 0.002693 * tilt**2,
    }


def _orientation(
    zenith: FloatArray, azimuth: FloatArray, latitude: float, design: PVDesign
) -> tuple[FloatArray, FloatArray]:
    """Tilt and azimuth of the plane, (hours,) degrees; a tracker backtracks (Anderson and Mikofski 2020)."""
    if not design.tracking:
        one = np.ones(len(zenith))
        return design.tilt_at(latitude) * one, design.azimuth_at(latitude) * one
    tracker = pvlib.tracking.singleaxis(
        zenith,
        azimuth,
        axis_tilt=0.0,
        axis_azimuth=180.0,
        max_angle=design.tracker_limit_deg,
        backtrack=True,
        gcr=design.ground_cover_ratio,
    )
    return np.nan_to_num(tracker["surface_tilt"]), np.nan_to_num(tracker["surface_azimuth"], nan=180.0)


def _check(series: dict[str, FloatArray], hours: int) -> None:
    errors = []
    for name, value in series.items():
        if np.shape(value) != (hours,):
            errors.append((name, f"must have the shape ({hours},) of the time"))
        elif not np.isfinite(value).all():
            errors.append((name, "must be finite"))
        elif name != "air_c" and np.min(value) < 0.0:
            errors.append((name, "must not be negative"))
    if errors:
        raise InvalidDesign(errors)
