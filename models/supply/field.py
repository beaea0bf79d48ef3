"""Light that comes from the ground and from behind: an endless field of rows over level ground.

Mikofski et al. 2019, IEEE PVSC 46, 1282-1287 (doi:10.1109/PVSC40753.2019.8980572), with isotropic diffuse light. The
view factors depend on the tilt alone and are tabulated from pvlib's; the beam's part is closed form.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from models.arrays import FloatArray
from models.supply.glass import ground_passed, sky_passed
from models.supply.plane import Plane, sky_left
from models.supply.table import Table

TILT_STEPS = 360
HORIZON_DEG = 5.0  # rows farther than what hides the sky below this angle do not count


class Views(NamedTuple):
    """By the cosine of the front's tilt: what reaches the front's cells of the sky's light and of the ground's; view
    factors of the ground to the sky, of the back to the sky and to the ground."""

    sky_to_cells: Table
    ground_to_cells: Table
    ground_to_sky: Table
    back_to_sky: Table
    back_to_ground: Table


@lru_cache(maxsize=64)
def views(ground_cover_ratio: float, height_to_pitch: float) -> Views:
    """View factors of a field; `height_to_pitch` is the height of the rows' axis over their pitch."""
    from pvlib.bifacial import utils  # slow to import: when first needed

    rows = float(np.ceil(height_to_pitch / np.tan(np.radians(HORIZON_DEG))))
    cosine = np.linspace(0.0, 1.0, TILT_STEPS + 1)
    tilt = np.degrees(np.arccos(cosine))
    return Views(
        _by_tilt(sky_left(cosine, ground_cover_ratio) * sky_passed(cosine)),
        _by_tilt(utils.vf_row_ground_2d_integ(tilt, ground_cover_ratio) * ground_passed(cosine)),
        _by_tilt(utils.vf_ground_sky_2d_integ(tilt, ground_cover_ratio, height_to_pitch, 1.0, max_rows=rows)),
        _by_tilt(utils.vf_row_sky_2d_integ(180.0 - tilt, ground_cover_ratio)),
        _by_tilt(utils.vf_row_ground_2d_integ(180.0 - tilt, ground_cover_ratio)),
    )


def _by_tilt(values: FloatArray) -> Table:
    return Table(lambda _: np.asarray(values), 0.0, 1.0, TILT_STEPS)


def ground_light(
    plane: Plane,
    up: FloatArray,
    ghi_w_per_m2: FloatArray,
    dhi_w_per_m2: FloatArray,
    *,
    albedo: float,
    ground_cover_ratio: float,
    ground_to_sky: FloatArray,
) -> FloatArray:
    """What the ground between the rows sends back, W/m2 of ground; arrays of one shape, the sun up."""
    # The rows' shadow on the ground between two rows: the beam they take over the beam that comes.
    lit = np.abs(plane.cos_incidence)
    lit *= -ground_cover_ratio
    lit /= np.maximum(up, 1e-6)
    lit += 1.0
    light = ghi_w_per_m2 - dhi_w_per_m2
    light *= np.maximum(lit, 0.0, out=lit)
    light += ground_to_sky * dhi_w_per_m2
    light *= albedo
    return np.maximum(light, 0.0, out=light)


def back_irradiance(
    plane: Plane,
    up: FloatArray,
    dni_w_per_m2: FloatArray,
    dhi_w_per_m2: FloatArray,
    from_ground_w_per_m2: FloatArray,
    *,
    ground_cover_ratio: float,
    back_to_sky: FloatArray,
    back_to_ground: FloatArray,
) -> FloatArray:
    """Irradiance on the back, averaged over the slope, W/m2; `from_ground_w_per_m2` is that of `ground_light`."""
    behind = np.maximum(-plane.cos_incidence, 0.0)
    lit = np.minimum(up / np.maximum(ground_cover_ratio * behind, 1e-9), 1.0)
    return np.asarray(dhi_w_per_m2 * back_to_sky + from_ground_w_per_m2 * back_to_ground + dni_w_per_m2 * behind * lit)
