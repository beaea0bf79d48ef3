"""The nearest line, substation and plant against brute force on the ellipsoid."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.countries import Countries
from geodata.datasets import MANIFEST, data_version, datasets
from geodata.grid import GridIndex, Kind
from geodata.grid.geometry import PointSearch, SegmentSearch
from geodata.grid.quality import quality_at

GEOD = Geod(ellps="WGS84")
ALLOWED_SHARE, ALLOWED_KM = 0.005, 0.02
latitudes, longitudes = st.floats(-90.0, 90.0), st.floats(-180.0, 180.0)


def brute_force_km(longitude: float, latitude: float, ends: np.ndarray) -> float:
    """Distance to the nearest of some geodesic segments, each cut into 2,000 pieces."""
    best = np.inf
    for lon1, lat1, lon2, lat2 in ends:
        inner = np.array(GEOD.npts(lon1, lat1, lon2, lat2, 1999)).reshape(-1, 2)
        points = np.vstack([[lon1, lat1], inner, [lon2, lat2]])
        count = len(points)
        distance = GEOD.inv(np.full(count, longitude), np.full(count, latitude), points[:, 0], points[:, 1])[2]
        best = min(best, float(np.min(distance)) / 1000.0)
    return best


@given(latitudes, longitudes, st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_segments_against_brute_force(latitude: float, longitude: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    start = np.column_stack([random.uniform(-180, 180, 12), random.uniform(-89, 89, 12)])
    ends = np.hstack([start, np.clip(start + random.uniform(-2, 2, (12, 2)), -180, [180, 89.9])])
    expected = brute_force_km(longitude, latitude, ends)
    found = SegmentSearch(ends).nearest(longitude, latitude, np.arange(12), 1)[1][0]
    assert abs(found - expected) <= max(ALLOWED_KM, ALLOWED_SHARE * expected)


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 180.0), (-17.0, -180.0), (89.99, 10.0), (-90.0, 0.0)])
def test_segments_across_the_antimeridian_and_at_the_poles(latitude: float, longitude: float) -> None:
    ends = np.array([[179.5, -0.5, -179.5, 0.5], [170.0, 89.5, -10.0, 89.5], [178.0, -17.0, -178.0, -17.5]])
    expected = brute_force_km(longitude, latitude, ends)
    found = SegmentSearch(ends).nearest(longitude, latitude, np.arange(3), 1)[1][0]
    assert abs(found - expected) <= max(ALLOWED_KM, ALLOWED_SHARE * expected)


@given(latitudes, longitudes, st.integers(1, 5), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_points_against_brute_force(latitude: float, longitude: float, k: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    places = np.column_stack([random.uniform(-180, 180, 200), random.uniform(-90, 90, 200)])
    truth = GEOD.inv(np.full(200, longitude), np.full(200, latitude), places[:, 0], places[:, 1])[2]
    rows, distance = PointSearch(places).nearest(longitude, latitude, np.arange(200), k)
    assert distance == pytest.approx(np.sort(np.asarray(truth))[:k] / 1000.0)
    assert (np.diff(distance) >= 0.0).all()
    assert len(set(rows)) == k


def test_the_shipped_lines_against_brute_force() -> None:
    index = GridIndex.load()
    ends = index._segments.ends
    for latitude, longitude in ((65.83, 21.69), (-20.4, 118.6), (20.93, -17.03), (0.0, -150.0)):
        middle = (ends[:, :2] + ends[:, 2:]) / 2.0
        count = len(ends)
        rough = GEOD.inv(np.full(count, longitude), np.full(count, latitude), middle[:, 0], middle[:, 1])[2]
        near = ends[np.argsort(rough)[:150]]
        expected = brute_force_km(longitude, latitude, near)
        found = index.features(latitude, longitude, Kind.LINE)[0].distance_km
        assert found <= expected + max(ALLOWED_KM, ALLOWED_SHARE * expected)


@given(latitudes, longitudes)
@settings(max_examples=30, deadline=None)
def test_every_place_is_answered_with_a_band(latitude: float, longitude: float) -> None:
    near = GridIndex.load().nearest(latitude, longitude)
    for feature in (near.nearest_line, near.nearest_substation, near.nearest_plant):
        assert feature is not None
        assert 0.0 <= feature.distance_low_km <= feature.distance_km <= feature.distance_high_km
        assert feature.source
        assert feature.as_of
    assert near.completeness in ("good", "partial", "poor")
    assert near.completeness == "good" or near.warnings


def test_a_least_voltage_leaves_out_the_rest() -> None:
    near = GridIndex.load().nearest(65.83, 21.69, min_voltage_kv=300.0)
    assert near.nearest_line is not None
    assert (near.nearest_line.voltage_kv or 0.0) >= 300.0
    assert GridIndex.load().nearest(65.83, 21.69, min_voltage_kv=5000.0).nearest_line is None


def test_the_k_nearest_come_in_order() -> None:
    found = GridIndex.load().features(51.48, 6.73, Kind.PLANT, k=5)
    distances = [feature.distance_km for feature in found]
    assert distances == sorted(distances)
    assert len(found) == 5


@pytest.mark.parametrize(("latitude", "longitude"), [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_places_outside_the_globe(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="latitude"):
        GridIndex.load().features(latitude, longitude, Kind.LINE)
    with pytest.raises(ValueError, match="latitude"):
        Countries.load().at(latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude", "iso3", "offshore"),
    [
        (65.83, 21.69, "SWE", False),
        (51.48, 6.73, "DEU", False),
        (-20.4, 118.6, "AUS", False),
        (-22.46, -68.93, "CHL", False),
        (40.66, 109.84, "CHN", False),
        (54.8, 2.0, "GBR", True),
        (27.5, -93.0, "USA", True),
        (0.0, -150.0, None, True),
        (-29.6, 28.2, "LSO", False),
        (52.0, 179.9, "USA", True),
        (-80.0, 0.0, "ATA", False),
    ],
)
def test_countries(latitude: float, longitude: float, iso3: str | None, offshore: bool) -> None:
    match = Countries.load().at(latitude, longitude)
    assert (match.iso3, match.offshore) == (iso3, offshore)


def test_regions_of_the_grids_quality() -> None:
    assert quality_at("SWE", 15.0).completeness == "good"
    assert quality_at("USA", -112.0).completeness == "poor"
    assert quality_at("USA", -92.0).completeness == "partial"
    assert quality_at(None, 0.0).area == "Elsewhere"


def test_the_manifest_is_true() -> None:
    total = 0
    for dataset in datasets():
        path = Path(MANIFEST).parent / dataset.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == dataset.sha256, dataset.id
        assert path.stat().st_size == dataset.bytes <= 6_000_000
        assert dataset.licence
        assert dataset.sources
        total += dataset.bytes
    assert data_version().count("-") >= 1
    shipped = {path.name for path in Path(MANIFEST).parent.glob("*")} - {"manifest.json"}
    assert shipped == {dataset.file for dataset in datasets()}


def test_openstreetmap_stands_alone_under_its_licence() -> None:
    derived = [dataset for dataset in datasets() if "ODbL" in dataset.licence]
    assert [dataset.id for dataset in derived] == ["grid_osm"]
    assert all("OpenStreetMap" in dataset.attribution for dataset in derived)
