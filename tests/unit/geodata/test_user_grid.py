"""A user's own grid: every format, wrong rows, preference, replacement, removal; a real database, a real extract."""

import hashlib
import json
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import psycopg
import pytest
import shapely

from geodata import user_data
from geodata.grid import GridIndex, Kind
from geodata.grid.ingest import add_grid, earth_osm
from geodata.grid.voltage import read_kv
from geodata.user_data import LayerError, LayerKind
from geodata.vector_files import bounds_of
from tests.postgis_server import running
from tests.shared import SHARED, needs_shared

# Two lines and a substation in the empty quarter of the Taklamakan, where nothing is mapped.
WEST, SOUTH = 84.0, 39.0


def features() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": ["north", "south", "hub"], "voltage_kv": [220.0, 110.0, 220.0], "circuits": [2, 1, None]},
        geometry=[
            shapely.LineString([(WEST, SOUTH + 1), (WEST + 2, SOUTH + 1)]),
            shapely.LineString([(WEST, SOUTH), (WEST + 1, SOUTH), (WEST + 2, SOUTH)]),
            shapely.Point(WEST + 1, SOUTH + 0.5),
        ],
        crs=4326,
    )


def write(folder: Path, suffix: str, frame: gpd.GeoDataFrame | None = None) -> str:
    frame = features() if frame is None else frame
    path = folder / f"grid{suffix}"
    if suffix == ".parquet":
        frame.to_parquet(path)
    elif suffix == ".csv":
        frame.assign(wkt=frame.geometry.to_wkt()).drop(columns="geometry").to_csv(path, index=False)
    elif suffix == ".shp":
        frame = frame[frame.geom_type == "LineString"].rename(columns={"voltage_kv": "kv"}).to_crs(32644)
        frame.to_file(path)
    else:
        frame.to_file(path)
    return str(path)


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".parquet", ".shp", ".csv", ".fgb"])
def test_every_format_is_taken_and_preferred_at_once(data_folder: Path, tmp_path: Path, suffix: str) -> None:
    before = GridIndex.load().nearest(SOUTH + 0.5, WEST + 0.5)
    assert before.nearest_line is not None
    assert before.nearest_line.distance_km > 100.0
    layer = add_grid("own", [write(tmp_path, suffix)], source="the operator", as_of="2026-03")
    assert layer.counts == {"lines": 2, "substations": 0 if suffix == ".shp" else 1}
    near = GridIndex.load().nearest(SOUTH + 0.9, WEST + 0.5)
    line = near.nearest_line
    assert line is not None
    assert (line.source, line.as_of, line.dataset) == ("the operator", "2026-03", "own v1")
    assert (line.name, line.voltage_kv) == ("north", 220.0)
    assert line.distance_km == pytest.approx(11.46, abs=0.1)  # the way between two vertices is a geodesic
    assert line.distance_high_km == line.distance_km
    assert near.completeness == "good"
    lower = GridIndex.load().features(SOUTH + 0.1, WEST + 0.5, Kind.LINE, 3, 150.0)
    assert lower[0].name == "north"
    user_data.remove(LayerKind.GRID, "own")
    assert GridIndex.load().nearest(SOUTH + 0.5, WEST + 0.5) == before
    assert list((data_folder / "grid").glob("*.npz")) == []


@pytest.mark.usefixtures("data_folder")
def test_within_its_bounds_the_layer_stands_alone_and_outside_the_map_is_as_before(tmp_path: Path) -> None:
    """A layer over Saxony that shows one line: what is mapped there by others is not found any more."""
    frame = gpd.GeoDataFrame({"kv": [380]}, geometry=[shapely.LineString([(12.0, 50.5), (14.5, 51.4)])], crs=4326)
    far = GridIndex.load().nearest(48.1, 11.6)
    add_grid("saxony", [write(tmp_path, ".gpkg", frame)])
    found = GridIndex.load().features(50.9, 13.0, Kind.LINE, 5)
    assert found[0].dataset == "saxony v1"
    for other in found[1:]:
        assert not (12.1 < other.longitude < 14.4 and 50.55 < other.latitude < 51.35)
    station = GridIndex.load().nearest(51.0, 13.0).nearest_substation
    assert station is not None
    assert station.dataset == "grid_osm"  # the layer shows no substations, so it hides none
    assert station.distance_high_km > station.distance_km  # and what ships keeps its own band
    assert GridIndex.load().nearest(48.1, 11.6) == far


def test_adding_again_replaces_and_the_later_layer_goes_first(data_folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg")
    assert [add_grid("own", [path]).version for _ in range(2)] == [1, 2]
    add_grid("newer", [path], source="newer")
    line = GridIndex.load().nearest(SOUTH + 0.9, WEST + 0.5).nearest_line
    assert line is not None
    assert line.dataset == "newer v1"
    assert [layer.id for layer in user_data.layers(LayerKind.GRID)] == ["own v2", "newer v1"]
    assert len(list((data_folder / "grid").glob("*.npz"))) == 2


def broken(column: str, row: int, value: object) -> gpd.GeoDataFrame:
    frame = features().astype({"voltage_kv": object})
    if column == "geometry":
        frame.geometry = [value if index == row else shape for index, shape in enumerate(frame.geometry)]
    else:
        frame[column] = [value if index == row else item for index, item in enumerate(frame[column])]
    return frame


@pytest.mark.parametrize(
    ("frame", "row", "reason"),
    [
        (broken("geometry", 1, None), 2, "missing"),
        (broken("geometry", 0, shapely.LineString()), 1, "empty"),
        (broken("geometry", 1, shapely.LineString([(84, 39), (84, 95)])), 2, "off the globe"),
        (broken("geometry", 1, shapely.LineString([(84, 39), (600_000, 4_000_000)])), 2, "off the globe"),
        (broken("geometry", 2, shapely.LineString([(84, 39), (float("inf"), 40)])), 3, "finite"),
        (broken("voltage_kv", 1, "plenty"), 2, "not a number"),
        (broken("voltage_kv", 1, "-110"), 2, "not a number above 0"),
    ],
)
def test_a_wrong_row_is_named_and_the_old_data_stay(
    data_folder: Path, tmp_path: Path, frame: gpd.GeoDataFrame, row: int, reason: str
) -> None:
    add_grid("own", [write(tmp_path, ".gpkg")])
    stamp = user_data.stamp(LayerKind.GRID)
    path = tmp_path / "wrong.parquet"
    frame.assign(voltage_kv=frame["voltage_kv"].map(lambda v: None if v is None else str(v))).to_parquet(path)
    with pytest.raises(LayerError) as raised:
        add_grid("own", [str(path)])
    assert [number for number, _ in raised.value.rows] == [row]
    assert reason in raised.value.rows[0][1]
    assert user_data.stamp(LayerKind.GRID) == stamp
    line = GridIndex.load().nearest(SOUTH + 0.9, WEST + 0.5).nearest_line
    assert line is not None
    assert line.dataset == "own v1"
    assert [path.name for path in (data_folder / "grid").glob(".staged*")] == []


@pytest.mark.usefixtures("data_folder")
def test_files_that_cannot_be_read_at_all(tmp_path: Path) -> None:
    cut_off = tmp_path / "cut.geojson"
    cut_off.write_text(Path(write(tmp_path, ".geojson")).read_text()[:300])
    noise = tmp_path / "noise.gpkg"
    noise.write_bytes(bytes(range(256)) * 20)
    bare = tmp_path / "bare.csv"
    bare.write_text("a,b\n1,2\n")
    no_crs = tmp_path / "nocrs.parquet"
    features().set_crs(None, allow_override=True).to_parquet(no_crs)
    empty = tmp_path / "empty.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    for path in (cut_off, noise, bare, no_crs, empty, tmp_path / "absent.gpkg"):
        with pytest.raises(LayerError):
            add_grid("own", [str(path)])
    with pytest.raises(LayerError, match="small letters"):
        add_grid("../etc", [write(tmp_path, ".gpkg")])
    with pytest.raises(LayerError, match="no column"):
        add_grid("own", [write(tmp_path, ".gpkg")], voltage="volts")
    with pytest.raises(LayerError, match="there is no grid layer"):
        user_data.remove(LayerKind.GRID, "own")
    assert user_data.layers(LayerKind.GRID) == ()


def test_voltages_as_people_write_them() -> None:
    kv, wrong = read_kv(["220000;110000", "380 kV", None, "", "132/33", float("nan"), 400], "voltage", "kV")
    assert wrong == {1: "its voltage, 220000 kV, is above that of any line"}
    assert list(kv[1:]) == [380.0, 0.0, 0.0, 132.0, 0.0, 400.0]
    assert list(read_kv(["220000;110000", "400"], "voltage", "V")[0]) == [220.0, 0.4]
    assert list(read_kv(["220000", "110000"], "voltage")[0]) == [220.0, 110.0]
    with pytest.raises(LayerError, match="mixes"):
        read_kv(["220000", "110"], "voltage")


@pytest.mark.usefixtures("data_folder")
def test_a_layer_across_the_date_line_has_two_boxes(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"kv": [132, 132]},
        geometry=[
            shapely.LineString([(179.0, -17.5), (179.9, -17.4)]),
            shapely.LineString([(-179.9, -17), (-179, -17)]),
        ],
        crs=4326,
    )
    layer = add_grid("fiji", [write(tmp_path, ".gpkg", frame)])
    assert layer.bounds == ((179.0, -17.5, 180.0, -17.0), (-180.0, -17.5, -179.0, -17.0))
    line = GridIndex.load().nearest(-17.2, -179.99).nearest_line
    assert line is not None
    assert line.dataset == "fiji v1"


@needs_shared
@pytest.mark.usefixtures("data_folder")
def test_what_does_not_ship_for_its_licence_can_be_added() -> None:
    """The ENTSO-E extract beside what ships, New Zealand's lines, which state no reference system, in its place."""
    folder = SHARED / "data" / "grid"
    layer = add_grid("entsoe", [str(folder / "entsoe_gridkit_2022" / "lines.csv")], beside=True)
    assert layer.counts["lines"] == 11_151
    index = GridIndex.load()
    found = {feature.dataset for feature in index.features(48.2, 11.6, Kind.LINE, 40)}
    assert found == {"grid_osm", "entsoe v1"}
    assert index.quality(48.2, 11.6).area == "Europe"
    new_zealand = str(folder / "nz" / "transmissionLines.json")
    with pytest.raises(LayerError, match="--crs"):
        add_grid("nz", [new_zealand])
    with pytest.raises(LayerError, match="no coordinate reference system 'EPSG:1'"):
        add_grid("nz", [new_zealand], crs="EPSG:1")
    assert add_grid("nz", [new_zealand], crs="EPSG:4326").counts["lines"] == 208
    line = GridIndex.load().nearest(-41.3, 174.8).nearest_line
    assert line is not None
    assert (line.dataset, line.voltage_kv) == ("nz v1", None)


def test_boxes_leave_out_the_widest_empty_band() -> None:
    def boxes(*lines: list[tuple[float, float]]) -> tuple[tuple[float, float, float, float], ...]:
        return bounds_of(np.array([shapely.LineString(line) for line in lines]))

    assert boxes([(1, 2), (3, 4)]) == ((1, 2, 3, 4),)
    assert boxes([(-70, -20), (-69, -20)], [(5, 40), (6, 41)]) == ((-70, -20, 6, 41),)
    assert boxes([(179, 0), (-179, 1)]) == ((179, 0, 180, 1), (-180, 0, -179, 1))
    assert boxes([(170, 0), (175, 0)], [(-175, 0), (-170, 0)]) == ((170, 0, 180, 0), (-180, 0, -170, 0))
    assert boxes([(-100, 0), (0, 0), (100, 0)]) == ((-100, 0, 100, 0),)
    assert bounds_of(shapely.points([[10.0, 5.0]])) == ((10, 5, 10, 5),)


def test_a_layer_that_is_damaged_on_disk_is_left_out(data_folder: Path, tmp_path: Path) -> None:
    layer = add_grid("own", [write(tmp_path, ".gpkg")])
    GridIndex.load()
    path = user_data.path_of(LayerKind.GRID, layer)
    path.write_bytes(b"damaged")
    (data_folder / "grid" / "registry.json").touch()
    line = GridIndex.load().nearest(SOUTH + 0.9, WEST + 0.5).nearest_line
    assert line is not None
    assert line.dataset == "grid_osm"


def test_a_damaged_registry_takes_the_layers_away_but_is_not_written_over(data_folder: Path, tmp_path: Path) -> None:
    add_grid("own", [write(tmp_path, ".gpkg")])
    registry = data_folder / "grid" / "registry.json"
    registry.write_text("[{")
    line = GridIndex.load().nearest(SOUTH + 0.9, WEST + 0.5).nearest_line
    assert line is not None
    assert line.dataset == "grid_osm"
    with pytest.raises(LayerError, match="damaged"):
        add_grid("other", [write(tmp_path, ".gpkg")])
    assert registry.read_text() == "[{"


@pytest.mark.slow
@pytest.mark.usefixtures("data_folder")
def test_two_hundred_thousand_lines_in_under_a_minute(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    start = np.column_stack([random.uniform(-10, 30, 200_000), random.uniform(36, 60, 200_000)])
    steps = random.uniform(-0.05, 0.05, (200_000, 4, 2)).cumsum(axis=1)
    lines = shapely.linestrings(np.concatenate([start[:, None], start[:, None] + steps], axis=1))
    path = tmp_path / "many.gpkg"
    gpd.GeoDataFrame({"kv": random.choice([110, 220, 380], 200_000)}, geometry=lines, crs=4326).to_file(path)
    begin = time.perf_counter()
    add_grid("many", [str(path)])
    line = GridIndex.load().nearest(48.0, 11.0).nearest_line
    seconds = time.perf_counter() - begin
    print(f"200,000 lines added and in force in {seconds:.1f} s")
    assert line is not None
    assert line.dataset == "many v1"
    assert seconds < 60.0
    user_data.remove(LayerKind.GRID, "many")
    line = GridIndex.load().nearest(48.0, 11.0).nearest_line
    assert line is not None
    assert line.dataset == "grid_osm"


def test_a_table_of_a_real_database(data_folder: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE SCHEMA net")
            connection.execute("CREATE TABLE net.lines (id int, kv text, name text, shape geometry(LineString, 32644))")
            for index, row in enumerate(features().to_crs(32644).iloc[:2].itertuples()):
                connection.execute(
                    "INSERT INTO net.lines VALUES (%s, %s, %s, ST_GeomFromText(%s, 32644))",
                    (index, str(row.voltage_kv), row.name, row.geometry.wkt),
                )
        layer = add_grid("base", [url], layer="net.lines")
        assert layer.counts == {"lines": 2, "substations": 0}
        assert "secret" not in json.dumps(layer.origin) + (data_folder / "grid" / "registry.json").read_text()
        line = GridIndex.load().nearest(SOUTH + 0.9, WEST + 0.5).nearest_line
        assert line is not None
        assert (line.name, line.voltage_kv, line.dataset) == ("north", 220.0, "base v1")
        for table, message in ((None, "--layer"), ("net.absent", "no geometry column"), ("lines", None)):
            if message is None:
                add_grid("base", [url], layer=table)
                continue
            with pytest.raises(LayerError, match=message):
                add_grid("base", [url], layer=table)
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE net.lines SET kv = 'plenty' WHERE id = 1")
        with pytest.raises(LayerError) as raised:
            add_grid("base", [url], layer="net.lines")
        assert len(raised.value.rows) == 1
    with pytest.raises(LayerError, match="cannot be read") as refused:
        add_grid("base", [url], layer="net.lines")
    assert "secret" not in str(refused.value)


@pytest.mark.usefixtures("data_folder")
def test_a_country_through_earth_osm(tmp_path: Path) -> None:
    """A small extract of Benin made here, in the place where earth-osm keeps what it downloaded."""
    folder = tmp_path / "earth_osm"
    extract = folder / "pbf" / "benin-latest.osm.pbf"
    extract.parent.mkdir(parents=True)
    mutable = osmium.osm.mutable
    with osmium.SimpleWriter(str(extract)) as writer:
        for number, (lon, lat) in enumerate([(2.0, 8.0), (2.2, 8.1), (2.4, 8.1), (2.41, 8.1), (2.41, 8.11)], 1):
            writer.add_node(mutable.Node(id=number, location=(lon, lat), version=1))
        tags = {"power": "line", "voltage": "161000;20000", "name": "Parakou - Djougou", "circuits": "2"}
        writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3], tags=tags, version=1))
        square = {"power": "substation", "voltage": "161000", "name": "Parakou"}
        writer.add_way(mutable.Way(id=2, nodes=[3, 4, 5, 3], tags=square, version=1))
        writer.add_way(mutable.Way(id=3, nodes=[1, 2], tags={"highway": "primary"}, version=1))
    digest = hashlib.md5(extract.read_bytes(), usedforsecurity=False).hexdigest()
    extract.with_name(extract.name + ".md5").write_text(f"{digest}  benin-latest.osm.pbf\n")
    files = earth_osm("benin", folder)
    layer = add_grid("benin", files, voltage_unit="V", source="OpenStreetMap", licence="ODbL-1.0")
    assert layer.counts == {"lines": 1, "substations": 1}
    near = GridIndex.load().nearest(8.2, 2.3)
    assert near.nearest_line is not None
    assert (near.nearest_line.voltage_kv, near.nearest_line.circuits) == (161.0, 2)
    assert near.nearest_line.licence == "ODbL-1.0"
    assert near.nearest_substation is not None
    assert near.nearest_substation.name == "Parakou"
