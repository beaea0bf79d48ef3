"""The point and the land of a site."""

from dataclasses import dataclass

import shapely

from geodata.area import area_km2, circle
from geodata.land import LandUse, land_use
from service.http.problems import wrong_field
from service.schemas.site import Point, Site, area_of
from service.schemas.supply import Supply

SUPPLY_RADIUS_KM = 50.0
MOST_KM2 = 500_000.0  # a large country: no site is larger


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a generator may stand at; depth 0 on land."""

    latitude: float
    longitude: float
    distance_km: float
    depth_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where weather and grid are taken. `area_km2` is a polygon's; `land` that of the polygon or the circle.

    radius_km : how far from the gate generators may stand.
    """

    latitude: float
    longitude: float
    area_km2: float | None
    land: LandUse | None
    radius_km: float


def place_of(site: Site, supply: Supply) -> Place:
    """The point itself and the land about it; of an area a point inside it, its geodesic area and land.

    Raises ProblemError for an area larger than any site.
    """
    geometry = site.geometry()
    radius = supply_radius_km(site, supply)
    excluded = None if supply.land.excluded is None else area_of(supply.land.excluded)
    if isinstance(geometry, shapely.Point):
        about = supply.land.radius_km or radius
        land = land_use(circle(geometry.y, geometry.x, about), excluded) if about > 0.0 else None
        return Place(geometry.y, geometry.x, None, land, radius)
    area = area_km2(geometry)
    if area > MOST_KM2:
        detail = f"the area is {area:,.0f} km2; a site may have at most {MOST_KM2:,.0f} km2"
        raise wrong_field("/site/location", detail, "out_of_range")
    inside = shapely.point_on_surface(geometry)
    return Place(inside.y, inside.x, area, land_use(geometry, excluded), radius)


def supply_radius_km(site: Site, supply: Supply) -> float:
    """The caller's; else 50 km about a point, and 0 where an area is given: then generators stand on it."""
    if supply.radius_km is not None:
        return supply.radius_km
    bounded = supply.land.available_km2 is not None or supply.land.radius_km is not None
    return SUPPLY_RADIUS_KM if isinstance(site.location, Point) and not bounded else 0.0
