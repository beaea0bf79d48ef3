"""Where: a point or an area on Earth, in GeoJSON (RFC 7946), longitude first."""

from math import isfinite
from typing import Annotated, Any, Literal

import shapely
from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from geodata.countries import Countries
from geodata.dateline import crosses, cut, unwrapped
from models.wacc_table import has_region
from service.schemas.base import Request, wrong

MAX_VERTICES = 10_000
WIDEST_DEG = 180.0  # no site is half a globe wide


def _longitude(value: float) -> float:
    if not -180 <= value <= 180:
        raise wrong("out_of_range", "longitude must lie between -180 and 180")
    return value


def _latitude(value: float) -> float:
    if not -90 <= value <= 90:
        raise wrong("out_of_range", "latitude must lie between -90 and 90")
    return value


def _position(value: Any) -> Any:
    """Two numbers; a third, the altitude, is allowed by GeoJSON and left out."""
    if isinstance(value, list) and len(value) not in (2, 3):
        raise wrong("wrong_length", "a position is [longitude, latitude], in that order")
    if isinstance(value, list) and len(value) == 3 and not _is_altitude(value[2]):
        raise wrong("wrong_type", "the third number of a position, its altitude, must be a finite number")
    return value[:2] if isinstance(value, list) else value


def _is_altitude(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, float) and isfinite(value))


Longitude = Annotated[float, AfterValidator(_longitude)]
Latitude = Annotated[float, AfterValidator(_latitude)]
Position = Annotated[tuple[Longitude, Latitude], Field(strict=False), BeforeValidator(_position)]
Ring = Annotated[list[Position], Field(min_length=4, max_length=MAX_VERTICES)]
Rings = Annotated[list[Ring], Field(min_length=1, max_length=1000)]


def _checked_polygon(rings: list[Any]) -> list[Any]:
    """Refuse open rings, too many vertices and self-crossing; nothing is repaired behind the caller's back."""
    if sum(len(ring) for ring in rings) > MAX_VERTICES:
        raise wrong("too_many_vertices", f"an area may have at most {MAX_VERTICES} vertices")
    if any(ring[0] != ring[-1] for ring in rings):
        raise wrong("invalid_geometry", "each ring must end where it begins")
    polygon = shapely.Polygon(rings[0], rings[1:])
    if crosses(polygon):
        whole = unwrapped(polygon)
        if whole is None:
            raise wrong("invalid_geometry", "an area may not go around a pole")
        polygon = whole
    west, _, east, _ = polygon.bounds
    if east - west > WIDEST_DEG:
        raise wrong("invalid_geometry", f"an area may be at most {WIDEST_DEG:g} degrees of longitude wide")
    _check_valid(polygon)
    return rings


def _check_valid(area: shapely.Geometry) -> None:
    if not area.is_valid:
        raise wrong("invalid_geometry", f"the area is not valid: {shapely.is_valid_reason(area)}")


class Point(Request):
    """A point: the site's gate."""

    type: Literal["Point"]
    coordinates: Position = Field(description="[longitude, latitude], degrees, WGS84.", examples=[[21.69, 65.83]])


class Polygon(Request):
    """An area: bounds the land; weather and grid are taken at a point inside it."""

    type: Literal["Polygon"]
    coordinates: Annotated[Rings, AfterValidator(_checked_polygon)] = Field(
        description="Rings of [longitude, latitude]: the outer one, then holes; closed, no self-crossing. A step of "
        "more than 180 degrees of longitude is the short way, over the date line."
    )


class MultiPolygon(Request):
    """Several areas of one site."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[
        list[Annotated[Rings, AfterValidator(_checked_polygon)]], Field(min_length=1, max_length=1000)
    ]

    @field_validator("coordinates")
    @classmethod
    def _fit_together(cls, polygons: list[Any]) -> list[Any]:
        if sum(len(ring) for rings in polygons for ring in rings) > MAX_VERTICES:
            raise wrong("too_many_vertices", f"an area may have at most {MAX_VERTICES} vertices")
        parts = [part for rings in polygons for part in cut(shapely.Polygon(rings[0], rings[1:]))]
        if all(part.is_valid for part in parts):
            overlap = sum(part.area for part in parts) - shapely.union_all(parts).area
            if overlap > 1e-9:
                raise wrong("invalid_geometry", "the areas overlap")
        return polygons


Location = Annotated[Point | Polygon | MultiPolygon, Field(discriminator="type")]


class Site(Request):
    """The place to assess."""

    location: Location = Field(description="GeoJSON Point, Polygon or MultiPolygon.")
    name: Annotated[str, Field(max_length=200)] | None = Field(default=None, description="Your name for the place.")
    country: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = Field(
        default=None, description="ISO 3166-1 alpha-3; found from the location when left out."
    )

    @field_validator("country")
    @classmethod
    def _known(cls, country: str | None) -> str | None:
        if country is not None and country not in Countries.load().codes and not has_region(country):
            raise wrong("unknown_value", "no country has this ISO 3166-1 alpha-3 code")
        return country

    def geometry(self) -> shapely.Geometry:
        """The location as a shapely geometry, cut where it crosses the date line."""
        if isinstance(self.location, Point):
            return shapely.Point(self.location.coordinates)
        return area_of(self.location)


def area_of(location: Polygon | MultiPolygon) -> shapely.Geometry:
    """An area as a shapely geometry, cut where it crosses the date line."""
    areas = [location.coordinates] if isinstance(location, Polygon) else location.coordinates
    return shapely.union_all([part for rings in areas for part in cut(shapely.Polygon(rings[0], rings[1:]))])
