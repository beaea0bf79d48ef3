"""Places on the WGS84 ellipsoid: straight (Earth-centred) coordinates for the search, geodesics for the answer."""

import numpy as np
from pyproj import Geod

GEOD = Geod(ellps="WGS84")
AXIS_M = 6_378_137.0
FLATTENING = 1.0 / 298.257223563
ECCENTRICITY2 = FLATTENING * (2.0 - FLATTENING)
PIECE_M = 10_000.0  # a straight piece of this length lies at most 2 m below the surface


def ecef_m(lon_lat_deg: np.ndarray) -> np.ndarray:
    """(n, 3) Earth-centred coordinates, m, of (n, 2) degrees on the ellipsoid."""
    longitude, latitude = np.radians(np.asarray(lon_lat_deg, dtype=float)).T
    normal = AXIS_M / np.sqrt(1.0 - ECCENTRICITY2 * np.sin(latitude) ** 2)
    flat = normal * np.cos(latitude)
    height = normal * (1.0 - ECCENTRICITY2) * np.sin(latitude)
    return np.column_stack([flat * np.cos(longitude), flat * np.sin(longitude), height])


def lon_lat_deg(places_m: np.ndarray) -> np.ndarray:
    """(n, 2) degrees of (n, 3) Earth-centred coordinates within some metres of the surface.

    Bowring's first step (1976), exact on the surface and within 1e-9 degrees at 20 m below it.
    """
    x, y, z = np.asarray(places_m, dtype=float).T
    flat = np.hypot(x, y)
    reduced = np.arctan2(z, (1.0 - FLATTENING) * flat)
    second = ECCENTRICITY2 / (1.0 - ECCENTRICITY2)
    latitude = np.arctan2(
        z + second * (1.0 - FLATTENING) * AXIS_M * np.sin(reduced) ** 3,
        flat - ECCENTRICITY2 * AXIS_M * np.cos(reduced) ** 3,
    )
    return np.asarray(np.degrees(np.column_stack([np.arctan2(y, x), latitude])))


def geodesic_m(here_deg: np.ndarray, there_deg: np.ndarray) -> np.ndarray:
    """Geodesic distances, m, between (n, 2) and (n, 2) degrees, pair by pair (Karney 2013, through PROJ)."""
    if not len(here_deg):
        return np.empty(0)
    return np.asarray(GEOD.inv(here_deg[:, 0], here_deg[:, 1], there_deg[:, 0], there_deg[:, 1])[2])


def short_pieces(ends_deg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(pieces, 4) of at most 10 km along the geodesics of (n, 4) ends, degrees, and the row each comes from."""
    rows = np.arange(len(ends_deg))
    if not len(ends_deg):
        return ends_deg.reshape(0, 4), rows
    azimuth, _, length = GEOD.inv(*ends_deg.T)
    count = np.maximum(np.ceil(np.asarray(length) / PIECE_M), 1).astype(int)
    long = np.flatnonzero(count > 1)
    if not len(long):
        return ends_deg, rows
    owner = np.repeat(long, count[long])
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count[long]) - count[long], count[long])
    azimuth, length = np.asarray(azimuth)[owner], np.asarray(length)[owner]

    def along(share: np.ndarray) -> np.ndarray:
        longitude, latitude, _ = GEOD.fwd(ends_deg[owner, 0], ends_deg[owner, 1], azimuth, share * length)
        return np.column_stack([longitude, latitude])

    cut = np.hstack([along(step / count[owner]), along((step + 1) / count[owner])])
    return np.vstack([ends_deg[count == 1], cut]), np.concatenate([rows[count == 1], owner])
