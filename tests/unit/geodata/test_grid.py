"""The grid nearby: what is found, with which band, from which source."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.build.grid_merge import doubled_lines, twin_stations
from geodata.build.grid_sources import GENERATION, derived_mw
from geodata.countries import Countries
from geodata.datasets import MANIFEST, data_version, datasets
from geodata.grid import GridIndex, Kind
from geodata.grid.geometry import lengths_km
from geodata.grid.layers import DATA
from geodata.grid.quality import quality_at, sole_witness_share, witness_share
from geodata.grid.table import GridTable

latitudes, longitudes = st.floats(-90.0, 90.0), st.floats(-180.0, 180.0)


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
    assert quality_at("SWE", 15.0, 0.9).completeness == "good"
    assert quality_at("SWE", 15.0, 0.6).completeness == "partial"
    assert quality_at("USA", -112.0, 1.0).completeness == "poor"
    assert quality_at("USA", -92.0, 0.9).missing_km == 7.0
    assert quality_at(None, 0.0).completeness == "partial"
    assert quality_at(None, 0.0, 0.1).missing_km == 47.0


def test_the_large_plants_nearby_are_the_witnesses_of_the_map() -> None:
    distance, line = np.array([10.0, 50.0, 200.0, 390.0, 900.0]), np.array([0.1, 3.0, 9.0, 60.0, 0.0])
    assert witness_share(distance, line) == 0.75
    assert witness_share(distance[2:], line[2:]) is None
    expected = {(48.9, 2.3): "good", (40.66, 109.84): "poor", (36.2, -115.1): "poor", (9.9, -84.1): "poor"}
    for (latitude, longitude), word in expected.items():
        assert GridIndex.load().nearest(latitude, longitude).completeness == word, (latitude, longitude)


def test_where_few_plants_stand_the_nearest_tells_that_lines_are_missing() -> None:
    assert sole_witness_share("MRT", 5.0, 480.0) == 0.0
    for iso3, distance, line in (("MRT", 5.0, 3.0), ("MRT", 500.0, 480.0), ("BRA", 5.0, 480.0)):
        assert sole_witness_share(iso3, distance, line) is None
    assert GridIndex.load().nearest(20.93, -17.04).completeness == "poor"  # Nouadhibou: a plant, no line
    assert GridIndex.load().nearest(66.0, 180.0).completeness == "poor"  # Chukotka


def test_a_wind_farm_at_sea_is_no_witness_and_nothing_to_join() -> None:
    """Dogger Bank: the nearest plants of 30 MW are wind farms at sea; the one to join stands on the Humber."""
    index = GridIndex.load()
    nearest = index.features(54.7, 2.15, Kind.PLANT, min_plant_mw=30.0)[0]
    plant = index.joined_plant(54.7, 2.15)
    assert (nearest.fuel, plant.fuel) == ("Wind", "Gas")
    assert plant.distance_km > nearest.distance_km
    assert index.nearest(54.7, 2.15).completeness != "poor"


def test_direct_current_is_said_where_the_voltage_tells_it() -> None:
    index = GridIndex.load()
    north_sea = index.features(54.8, 2.0, Kind.LINE, 1, 430.0)[0]
    assert (north_sea.voltage_kv, north_sea.direct_current) == (450.0, True)
    assert not index.features(51.5, 6.7, Kind.LINE, 1, 300.0)[0].direct_current


# Steel plants of the Global Iron and Steel Tracker (March 2025): latitude, longitude.
STEEL_PLANTS = {
    "Duisburg": (51.491649, 6.733051),
    "Port Talbot": (51.577368, -3.783013),
    "Gijon": (43.525092, -5.731926),
    "Jamshedpur": (22.788598, 86.1996),
    "Pohang": (36.00931, 129.394508),
    "Burns Harbor": (41.631221, -87.143846),
    "IJmuiden": (52.484118, 4.615584),
    "Lulea": (65.559719, 22.219699),
    "Kimitsu": (35.360912, 139.881953),
    "Volta Redonda": (-22.512631, -44.11287),
    "Vanderbijlpark": (-26.657367, 27.82231),
    "Baotou": (40.647997, 109.740898),
}


@pytest.mark.parametrize("name", STEEL_PLANTS)
def test_twelve_steel_plants_stand_by_a_line_or_the_map_says_it_is_not_complete(name: str) -> None:
    near = GridIndex.load().nearest(*STEEL_PLANTS[name], min_voltage_kv=110.0)
    assert near.nearest_line is not None
    assert near.nearest_line.distance_km <= 15.0 or near.completeness != "good"


def test_plants_by_fuel_and_size() -> None:
    index = GridIndex.load()
    for feature in index.features(51.48, 6.73, Kind.PLANT, 5, min_plant_mw=500.0, fuel="Coal"):
        assert feature.fuel == "Coal"
        assert (feature.capacity_mw or 0.0) >= 500.0
    with pytest.raises(ValueError, match="fuel must be one of"):
        index.features(51.48, 6.73, Kind.PLANT, fuel="Muscle")


def test_a_size_that_follows_from_generation_says_so() -> None:
    """Benban, Egypt: plots of 50 MW that only version 1.3 lists. Aswan's high dam: 2,100 MW, as read."""
    index = GridIndex.load()
    sun = index.features(24.44, 32.72, Kind.PLANT, 1, min_plant_mw=30.0, fuel="Solar")[0]
    assert sun.capacity_derived is True
    assert sun.distance_km < 5.0
    assert 40.0 < (sun.capacity_mw or 0.0) < 200.0
    dam = index.features(23.97, 32.88, Kind.PLANT, 1, min_plant_mw=1000.0, fuel="Hydro")[0]
    assert (dam.capacity_mw, dam.capacity_derived) == (2100.0, False)
    unknown = [item for item in index.features(0.0, 0.0, Kind.PLANT, 30_000) if item.capacity_mw is None]
    assert unknown
    assert all(item.capacity_derived is None for item in unknown)


def test_sizes_follow_from_generation_by_the_fuels_capacity_factor() -> None:
    """Two plants of 100 MW make 876 x 0.2 and 876 x 0.4 GWh: the factor is 0.3, and 262.8 GWh are 100 MW."""
    old = pd.DataFrame({"country_long": "A", "name": ["a", "b", "small"], "primary_fuel": "Sun"})
    old["capacity_mw"] = [100.0, 100.0, 1.0]
    new = pd.DataFrame({"country_long": "A", "name": ["new", "a", "b", "small", "other"]})
    new["primary_fuel"] = ["Sun", "Sun", "Sun", "Sun", "Moon"]
    new[GENERATION] = [262.8, 175.2, 350.4, 876.0, 10.0]
    assert list(derived_mw(old, new).round(9)) == [100.0, 66.666666667, 133.333333333, 333.333333333, 0.0]


def test_new_zealands_own_lines_are_there() -> None:
    found = GridIndex.load().features(-44.26, 170.10, Kind.LINE, 5)  # the Waitaki valley
    assert found[0].distance_km < 10.0
    assert {"grid_new_zealand"} <= {line.dataset for line in found}


def test_no_double_is_left() -> None:
    """No straight run of OpenStreetMap lies all along a line of Brazil's own map, no run is listed twice."""
    tables = [GridTable.read(DATA / f"{name}.npz") for name in ("grid_osm", "grid_brazil")]
    assert not doubled_lines(tables[0], tables[1]).any()
    ends = np.round(tables[0].segments()[0], 4)
    forward = np.where((ends[:, 0] > ends[:, 2])[:, None], ends[:, [2, 3, 0, 1]], ends)
    rows = np.column_stack([forward, tables[0].line_kv])
    assert len(np.unique(rows, axis=0)) > 0.998 * len(rows)
    assert not twin_stations(GridTable.read(DATA / "grid_osm.npz")).any()


def test_a_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    table = GridTable.read(DATA / "grid_brazil.npz")
    table.save(tmp_path / "again.npz")
    again = GridTable.read(tmp_path / "again.npz")
    assert (again.vertices == table.vertices).all()
    assert again.line_names == table.line_names
    assert (again.station_kv == table.station_kv).all()
    mapped = lengths_km(table.vertices, table.sizes)
    assert (table.length_km >= 0.999 * mapped - 0.1).all()  # rounding to a metre lengthens what is left


def test_the_shipped_grid_is_small() -> None:
    assert sum(dataset.bytes for dataset in datasets() if dataset.id.startswith(("grid", "power"))) <= 6_000_000


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
