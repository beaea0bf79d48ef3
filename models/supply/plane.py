"""How the modules stand: fixed or turning with the sun, and what the rows shade of one another."""

from typing import NamedTuple

import numpy as np

from models.arrays import FloatArray
from models.supply.sun import SunVector


class Plane(NamedTuple):
    """The plane of the modules against the sun, (n,) each; of fixed planes the cosine of the tilt by site beside it."""

    cos_incidence: FloatArray  # negative where the sun is behind
    cos_tilt: FloatArray
    sin_tilt: FloatArray
    site_cos_tilt: FloatArray | None = None


def fixed_plane(sun: SunVector, tilt_deg: FloatArray, azimuth_deg: FloatArray, site: np.ndarray) -> Plane:
    """Fixed planes; azimuth clockwise from north. tilt_deg, azimuth_deg : (sites,). site : (n,) whose each hour is."""
    tilt, facing = np.radians(tilt_deg), np.radians(azimuth_deg)
    cos_tilt, sin_tilt = np.cos(tilt), np.sin(tilt)
    up = cos_tilt.take(site)
    incidence = sun.east * (sin_tilt * np.sin(facing)).take(site)
    incidence += sun.north * (sin_tilt * np.cos(facing)).take(site)
    incidence += sun.up * up
    return Plane(incidence, up, sin_tilt.take(site), cos_tilt)


def tracking_plane(sun: SunVector, limit_deg: float, ground_cover_ratio: float) -> Plane:
    """A tracker about a level north-south axis that turns back before its rows shade each other.

    Anderson and Mikofski 2020, NREL/TP-5K00-76626, with every angle by its cosine and sine. The sun must be up.
    """
    across = np.sqrt(sun.east**2 + sun.up**2)
    across = np.maximum(across, 1e-12)
    cos_turn, sin_turn = sun.up / across, np.abs(sun.east) / across
    share = np.minimum(cos_turn / ground_cover_ratio, 1.0)  # cosine of the way back; 1 where no row shades
    back = np.sqrt(1.0 - share**2)
    cos_set = cos_turn * share + sin_turn * back
    sin_set = np.maximum(sin_turn * share - cos_turn * back, 0.0)
    limit = np.radians(limit_deg)
    beyond = cos_set < np.cos(limit)
    cos_set = np.where(beyond, np.cos(limit), cos_set)
    sin_set = np.where(beyond, np.sin(limit), sin_set)
    return Plane(np.abs(sun.east) * sin_set + sun.up * cos_set, cos_set, sin_set)


def shaded_share(up: FloatArray, cos_incidence: FloatArray, ground_cover_ratio: float) -> FloatArray:
    """Share of a row that the row in front shades, 0-1, in an endless field on level ground.

    Appelbaum and Bany 1979, Solar Energy 23, 497-507: the beam that falls on a strip of ground as long as the pitch,
    `up`, is all that the row, `cos_incidence` x ground cover ratio, can take.
    """
    taken = ground_cover_ratio * np.maximum(cos_incidence, 1e-9)
    return np.asarray(np.clip(1.0 - up / taken, 0.0, 1.0))


def in_modules(shade: FloatArray, modules_up_the_slope: float) -> FloatArray:
    """Shade in whole modules: one in portrait loses its whole beam with its lower edge."""
    return np.asarray(np.ceil(shade * modules_up_the_slope - 1e-6) / modules_up_the_slope)


def sky_left(cos_tilt: FloatArray, ground_cover_ratio: float) -> FloatArray:
    """Share of the sky's diffuse light that the row in front leaves, by the cosine of the tilt.

    Passias and Kallbaeck 1984, Solar Cells 11, 281-294, at the lower edge of the row, whose cells bind: SAM's choice.
    """
    import pvlib  # slow to import: when first needed

    tilt = np.degrees(np.arccos(cos_tilt))
    masked = pvlib.shading.masking_angle(tilt, ground_cover_ratio, 0.0)
    return np.asarray(1.0 - pvlib.shading.sky_diffuse_passias(masked))
