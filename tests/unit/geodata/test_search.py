"""The nearest point and line against brute force on the ellipsoid."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.search import NearestSearch
from geodata.search.ellipsoid import ecef_m, geodesic_m, lon_lat_deg

GEOD = Geod(ellps="WGS84")
ALLOWED_SHARE, ALLOWED_KM = 0.005, 0.02
latitudes, longitudes = st.floats(-90.0, 90.0), st.floats(-180.0, 180.0)


def brute_force_km(longitude: float, latitude: float, ends: np.ndarray, pieces: int = 2000) -> float:
    """Distance to the nearest of some geodesic segments, each cut into pieces."""
    best = np.inf
    for lon1, lat1, lon2, lat2 in ends:
        inner = np.array(GEOD.npts(lon1, lat1, lon2, lat2, pieces - 1)).reshape(-1, 2)
        points = np.vstack([[lon1, lat1], inner, [lon2, lat2]])
        count = len(points)
        distance = GEOD.inv(np.full(count, longitude), np.full(count, latitude), points[:, 0], points[:, 1])[2]
        best = min(best, float(np.min(distance)) / 1000.0)
    return best


def lines(ends: np.ndarray) -> NearestSearch:
    return NearestSearch(ends, np.arange(len(ends)), np.zeros(len(ends)))


def nearest_km(search: NearestSearch, latitude: float, longitude: float) -> float:
    return float(search.nearest(np.array([latitude]), np.array([longitude])).distance_km[0, 0])


@given(latitudes, longitudes, st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_segments_against_brute_force(latitude: float, longitude: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    start = np.column_stack([random.uniform(-180, 180, 12), random.uniform(-89, 89, 12)])
    ends = np.hstack([start, np.clip(start + random.uniform(-2, 2, (12, 2)), [-180, -89.9], [180, 89.9])])
    expected = brute_force_km(longitude, latitude, ends)
    assert abs(nearest_km(lines(ends), latitude, longitude) - expected) <= max(ALLOWED_KM, ALLOWED_SHARE * expected)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0.0, 180.0), (-17.0, -180.0), (89.99, 10.0), (-90.0, 0.0), (90.0, 0.0)]
)
def test_segments_across_the_antimeridian_and_at_the_poles(latitude: float, longitude: float) -> None:
    ends = np.array([[179.5, -0.5, -179.5, 0.5], [170.0, 89.5, -10.0, 89.5], [178.0, -17.0, -178.0, -17.5]])
    expected = brute_force_km(longitude, latitude, ends)
    assert abs(nearest_km(lines(ends), latitude, longitude) - expected) <= max(ALLOWED_KM, ALLOWED_SHARE * expected)


@given(latitudes, longitudes, st.integers(1, 5), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_points_against_brute_force(latitude: float, longitude: float, k: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    places = np.column_stack([random.uniform(-180, 180, 200), random.uniform(-90, 90, 200)])
    truth = np.sort(GEOD.inv(np.full(200, longitude), np.full(200, latitude), places[:, 0], places[:, 1])[2]) / 1000.0
    found = NearestSearch.of_points(places).nearest(np.array([latitude]), np.array([longitude]), k)
    assert found.distance_km[0] == pytest.approx(truth[:k], rel=ALLOWED_SHARE)
    assert (np.diff(found.distance_km[0]) >= 0.0).all()
    assert len(set(found.owner[0])) == k


def test_the_k_nearest_are_of_different_lines_and_at_least_of_the_rank() -> None:
    random = np.random.default_rng(3)
    start = np.column_stack([random.uniform(5, 15, 300), random.uniform(45, 55, 300)])
    ends = np.hstack([start, start + random.uniform(-0.3, 0.3, (300, 2))])
    owner, kv = np.arange(300) // 3, random.choice([0.0, 110.0, 220.0, 380.0], 100)
    search = NearestSearch(ends, owner, kv[owner])
    found = search.nearest(np.array([50.0]), np.array([10.0]), 100, 220.0)
    listed = found.owner[0][found.owner[0] >= 0]
    assert sorted(listed) == sorted(np.flatnonzero(kv >= 220.0))
    for rank, line in enumerate(listed[:20]):
        expected = brute_force_km(10.0, 50.0, ends[owner == line])
        assert found.distance_km[0, rank] == pytest.approx(expected, rel=ALLOWED_SHARE, abs=ALLOWED_KM)
    hidden = search.without(lambda places: places[:, 0] > 0.0).nearest(np.array([50.0]), np.array([10.0]))
    assert hidden.owner[0, 0] == -1
    assert np.isinf(hidden.distance_km[0, 0])


def test_an_empty_map_finds_nothing() -> None:
    found = lines(np.empty((0, 4))).nearest(np.array([1.0, 2.0]), np.array([3.0, 4.0]), 2)
    assert (found.owner == -1).all()


@given(latitudes, longitudes)
def test_there_and_back_through_space(latitude: float, longitude: float) -> None:
    back = lon_lat_deg(ecef_m(np.array([[longitude, latitude]])))
    assert geodesic_m(back, np.array([[longitude, latitude]]))[0] < 1e-4


@pytest.mark.slow
def test_twenty_thousand_points_a_second() -> None:
    from geodata.grid import GridIndex, Kind

    index, random = GridIndex.load(), np.random.default_rng(5)
    latitude = np.degrees(np.arcsin(random.uniform(-1, 1, 50_000)))
    longitude = random.uniform(-180, 180, 50_000)
    for kind in Kind:
        index.batch(latitude[:10], longitude[:10], kind)
        begin = time.perf_counter()
        index.batch(latitude, longitude, kind)
        assert 50_000 / (time.perf_counter() - begin) > 20_000


@pytest.mark.slow
def test_two_thousand_places_against_brute_force_on_the_whole_map() -> None:
    """Every run of the embedded map that may be nearest is measured along its geodesic, to the metre."""
    from geodata.grid import GridIndex, Kind

    index, random = GridIndex.load(), np.random.default_rng(11)
    latitude = np.degrees(np.arcsin(random.uniform(-1, 1, 2000)))
    longitude = random.uniform(-180, 180, 2000)
    latitude[:150], longitude[150:400] = (
        random.uniform(60, 90, 150),
        random.choice([-1, 1], 250) * random.uniform(179, 180, 250),
    )
    ends, _ = index.tables[0].table.segments()
    length = geodesic_m(ends[:, :2], ends[:, 2:])
    found = index.batch(latitude, longitude, Kind.LINE).distance_km[:, 0] * 1000.0
    starts = np.radians(ends[:, :2])
    for i in range(2000):
        # On a sphere first, with 1 % to spare: the ellipsoid differs by at most 0.6 %.
        x, y = np.radians([longitude[i], latitude[i]])
        haversine = np.sin((starts[:, 1] - y) / 2) ** 2 + np.cos(y) * np.cos(starts[:, 1]) * (
            np.sin((starts[:, 0] - x) / 2) ** 2
        )
        rough = 2 * 6_371_009.0 * np.arcsin(np.sqrt(np.minimum(haversine, 1.0)))
        near = np.flatnonzero(0.99 * rough - length <= 1.01 * rough.min())
        truth = min(run_distance_m(longitude[i], latitude[i], ends[row], length[row]) for row in near)
        assert abs(found[i] - truth) <= max(20.0, 0.005 * truth), (latitude[i], longitude[i])


def run_distance_m(longitude: float, latitude: float, run: np.ndarray, length_m: float) -> float:
    """Distance to one geodesic run: the best of 33 points along it, then of 33 between its neighbours, and so on."""
    azimuth = GEOD.inv(*run)[0]
    low, high, best = 0.0, length_m, np.inf
    while high - low > 1.0 or not np.isfinite(best):
        along = np.linspace(low, high, 33)
        lon, lat, _ = GEOD.fwd(*(np.full(33, value) for value in (run[0], run[1], azimuth)), along)
        distance = geodesic_m(np.broadcast_to([longitude, latitude], (33, 2)), np.column_stack([lon, lat]))
        at = int(np.argmin(distance))
        best = min(best, float(distance[at]))
        low, high = along[max(at - 1, 0)], along[min(at + 1, 32)]
    return best
