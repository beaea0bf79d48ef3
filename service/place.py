"""The point and the area of a site."""

from dataclasses import dataclass

import shapely
from pyproj import Geod

from service.schemas.site import Site

GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Place:
    """Where weather and grid are taken; `area_km2` is None for a point."""

    latitude: float
    longitude: float
    area_km2: float | None


def place_of(site: Site) -> Place:
    """The point itself; of an area a point inside it, and its geodesic area."""
    geometry = site.geometry()
    if isinstance(geometry, shapely.Point):
        return Place(geometry.y, geometry.x, None)
    inside = shapely.point_on_surface(geometry)
    area_m2 = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])
    return Place(inside.y, inside.x, area_m2 / 1e6)
