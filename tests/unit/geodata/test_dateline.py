"""Polygons across the date line."""

import pytest
import shapely

from geodata.dateline import crosses, cut, unwrapped
from geodata.search.ellipsoid import GEOD

FIJI = shapely.Polygon([(179, -17), (-179, -17), (-179, -16), (179, -16)])


def area_km2(polygons: list[shapely.Polygon]) -> float:
    return sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in polygons) / 1e6


def test_a_ring_across_the_date_line_is_cut_into_two() -> None:
    assert crosses(FIJI)
    parts = cut(FIJI)
    assert sorted(part.bounds for part in parts) == [(-180, -17, -179, -16), (179, -17, 180, -16)]
    shifted = shapely.box(10, -17, 12, -16)
    assert area_km2(parts) == pytest.approx(area_km2([shifted]), rel=1e-3)


def test_holes_go_with_their_part() -> None:
    holed = shapely.Polygon(
        FIJI.exterior.coords, [[(179.9, -16.6), (-179.9, -16.6), (-179.9, -16.4), (179.9, -16.4), (179.9, -16.6)]]
    )
    parts = cut(holed)
    assert sum(part.area for part in parts) == pytest.approx(2.0 - 0.04)
    whole = unwrapped(holed)
    assert whole is not None
    assert whole.is_valid


def test_what_does_not_cross_or_goes_around_a_pole_stays() -> None:
    box = shapely.box(10, 10, 20, 20)
    assert cut(box) == [box]
    cap = shapely.Polygon([(0, -80), (120, -80), (-120, -80)])
    assert cut(cap) == [cap]
