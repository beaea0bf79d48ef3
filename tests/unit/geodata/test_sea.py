"""Coast, depth and ports, ways over water, broad slopes."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.countries import Countries
from geodata.ground import ground
from geodata.polygons import PolygonSet
from geodata.relief import broad_slope
from geodata.sea import LandMap, _long_runs
from geodata.search.ellipsoid import GEOD
from geodata.weather.table import ClimateTable


@pytest.mark.parametrize(
    ("latitude", "longitude", "at_sea", "coast_km"),
    [
        (54.8, 2.0, True, (120, 180)),  # Dogger Bank
        (51.48, 6.73, False, (150, 190)),  # Duisburg
        (65.83, 21.69, False, (5, 90)),  # Boden, by the estuary of the Lule
        (27.5, -93.0, True, (200, 260)),  # Gulf of Mexico
        (-20.4, 118.6, False, (0, 20)),  # Port Hedland
        (46.3, 86.7, False, (2000, 2800)),  # the Eurasian pole of inaccessibility
        (-89.9, 0.0, False, (500, 2500)),
    ],
)
def test_land_sea_and_the_coasts_distance(
    latitude: float, longitude: float, at_sea: bool, coast_km: tuple[float, float]
) -> None:
    facts = LandMap.load().at(latitude, longitude)
    assert facts.at_sea == at_sea
    assert coast_km[0] <= facts.coast_km <= coast_km[1]
    assert (facts.depth_m is None) != at_sea
    distances = [port.distance_km for port in facts.ports]
    assert distances == sorted(distances)
    assert len(distances) == 3


def test_the_date_line_is_no_coast() -> None:
    """Wrangel Island and Chukotka are cut at 180 degrees on the map, not in the sea."""
    inland = LandMap.load().at(67.5, 179.999)
    assert not inland.at_sea
    assert inland.coast_km > 10.0
    for latitude, longitude in ((67.5, 171.0), (66.0, -178.0), (71.2, -179.5), (71.0, 179.5), (-16.8, -179.9)):
        assert not LandMap.load().at(latitude, longitude).at_sea
        assert not Countries.load().at(latitude, longitude).offshore
    assert not Countries.load().at(-88.0, 10.0).offshore


def test_the_coast_against_brute_force() -> None:
    land = LandMap.load()
    segments, _ = land.land.rings()
    for latitude, longitude in ((48.0, -5.5), (35.0, 139.0), (-34.0, 18.3)):
        count = len(segments)
        here = np.full(count, longitude), np.full(count, latitude)
        vertices = np.asarray(GEOD.inv(*here, segments[:, 0], segments[:, 1])[2]) / 1000.0
        longest = np.asarray(GEOD.inv(*segments.T)[2])[np.argsort(vertices)[:5]].max() / 1000.0
        found = land.at(latitude, longitude).coast_km
        assert vertices.min() - longest <= found <= vertices.min() + 0.02


def test_a_way_across_the_channel_lies_half_under_water() -> None:
    way = ground(51.3, 1.0, 50.7, 1.9)  # Canterbury to the hills behind Calais
    assert way.length_km == pytest.approx(GEOD.inv(1.0, 51.3, 1.9, 50.7)[2] / 1000.0)
    assert 0.3 < way.undersea_share < 0.7
    across_rhine = ground(51.48, 6.6, 51.48, 6.9)
    assert across_rhine.undersea_share == 0.0
    assert across_rhine.urban_share > 0.5
    assert ground(51.48, 6.6, 51.48, 6.6).undersea_share == 0.0


def test_short_water_is_bridged() -> None:
    wet = np.array([1, 0, 1, 1, 1, 0, 1, 1], dtype=bool)
    assert list(_long_runs(wet, 3.0)) == [False, False, True, True, True, False, False, False]


def test_polygons_come_back_from_the_file_with_their_holes() -> None:
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (4, 2), (4, 4), (2, 4)]])
    polygons = PolygonSet(np.array([ring, shapely.box(20, 0, 21, 1)], dtype=object))
    again = PolygonSet.unpacked(polygons.packed("x"), "x")
    assert [round(area.area, 6) for area in again.areas] == [96.0, 1.0]
    assert list(again.contain(np.array([[3.0, 3.0], [1.0, 1.0], [20.5, 0.5]]))) == [False, True, True]
    assert again.within(shapely.box(0, 0, 3, 3)).area == pytest.approx(8.0)


@given(st.floats(-90.0, 90.0), st.floats(-180.0, 180.0))
@settings(max_examples=30, deadline=None)
def test_a_slope_anywhere(latitude: float, longitude: float) -> None:
    assert 0.0 <= broad_slope(latitude, longitude) < 0.5


def test_elevations_of_many_places_are_those_of_each() -> None:
    random, table = np.random.default_rng(5), ClimateTable.load()
    latitude = np.append(random.uniform(-90.0, 90.0, 200), [90.0, -90.0, 0.0, 10.0])
    longitude = np.append(random.uniform(-180.0, 180.0, 200), [180.0, -180.0, 179.99, -179.99])
    each = [table.at(float(y), float(x)).elevation_m for y, x in zip(latitude, longitude, strict=True)]
    np.testing.assert_allclose(table.elevation_m(latitude, longitude), each, rtol=0.0, atol=1e-9)


def test_every_shipped_polygon_is_valid() -> None:
    land_map = LandMap.load()
    for polygons in (land_map.land, land_map.lakes, land_map.urban):
        assert shapely.is_valid(polygons.areas).all()


def test_mountains_are_steeper_than_plains() -> None:
    assert broad_slope(28.0, 86.0) > 0.03 > 0.005 > broad_slope(52.5, 5.5)
