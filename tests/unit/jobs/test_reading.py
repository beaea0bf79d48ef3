"""Files of sites: columns, bad rows, and what is no list of sites."""

import gzip
import io
import json
import zipfile
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from service.jobs.reading import FileError, RawRow, read_sites
from tests.made_files import lying


def read(content: bytes, mapping: dict[str, str] | None = None) -> list[RawRow]:
    return list(read_sites(io.BytesIO(content), mapping))


def refused(content: bytes, mapping: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    with pytest.raises(FileError) as caught:
        read(content, mapping)
    return caught.value.errors


def point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_by_the_usual_names(delimiter: str) -> None:
    lines = [["ID", "Lat", "Lon", "process.capacity_t_per_year", "remark"], ["a", "10.5", "20", "1e6", "x"]]
    text = "\ufeff" + "\r\n".join(delimiter.join(line) for line in lines)
    (row,) = read(text.encode())
    assert row.values == {
        "site_id": "a",
        "location": point(20, 10.5),
        "process": {"capacity_t_per_year": 1e6},
    }


def test_csv_by_a_map() -> None:
    text = "key,north,east,size\n007,10,20,500\n"
    mapping = {"site_id": "key", "latitude": "north", "longitude": "east", "process.capacity_mw": "size"}
    (row,) = read(text.encode(), mapping)
    assert row.values == {"site_id": "007", "location": point(20, 10), "process": {"capacity_mw": 500}}


def test_columns_are_checked_before_rows() -> None:
    text = b"id,lat,lon\na,1,2\n"
    errors = refused(text, {"latitude": "north", "longitude": "lon", "process.size": "x", "supply": "y"})
    assert {(field, code) for field, _, code in errors} == {
        ("columns/process.size", "unknown_value"),
        ("columns/supply", "unknown_value"),
    }
    assert [field for field, _, _ in refused(text, {"latitude": "north", "longitude": "lon"})] == ["columns/latitude"]
    assert {field for field, _, _ in refused(b"id,name\na,b\n")} == {"columns/latitude", "columns/longitude"}
    assert refused(b"lat,lon,lat\n1,2,3\n")[0][2] == "duplicate"


def test_a_row_with_other_cells_is_a_bad_row() -> None:
    rows = read(b"lat,lon\n1,2\n3\n4,5\n")
    assert [(row.number, row.problem is None) for row in rows] == [(1, True), (2, False), (3, True)]


def test_decimal_commas() -> None:
    """As a spreadsheet of half of Europe writes them; read where they can mean one thing alone."""
    text = "id;lat;lon;process.capacity_t_per_year;process.utilisation\n"
    text += "a;52,520;-13,4;1500000,5;0,900\nb;52,5;13,405;1,234;0,9\nc;1,5;2;1.234,5;1\nd;1;2;10,25;1\n1,2;1;2;;\n"
    a, b, c, d, e = read(text.encode())
    assert a.values["location"] == point(-13.4, 52.52)
    assert a.values["process"] == {"capacity_t_per_year": 1500000.5, "utilisation": 0.9}
    for row in (b, c):
        assert row.values == {"site_id": row.values["site_id"]}
        assert "'process.capacity_t_per_year' has a number with a comma" in (row.problem or "")
    assert d.values["process"]["capacity_t_per_year"] == 10.25
    assert e.values["site_id"] == "1,2"
    (quoted,) = read(b'lat,lon\n"52,5","13,4"\n')
    assert quoted.values == {"location": point(13.4, 52.5)}
    (split,) = read(b"lat,lon\n52,5,13,4\n")
    assert "write decimals with a point, or a semicolon between cells" in (split.problem or "")


@pytest.mark.parametrize(
    "content", [b"", b"  \n", b"\xff\xfe\x00bad", b'lat,lon\n"1,2\n', b"lat,lon\n" + b"1" * 200_000 + b",2\n"]
)
def test_what_is_no_csv(content: bytes) -> None:
    assert refused(content)[0][0].startswith(("file", "columns"))


def test_packed_files_are_refused_unread() -> None:
    """A ZIP bomb named .parquet is a ZIP: 100 MB of nothing in 100 kB."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sites.parquet", b"\0" * 100_000_000)
    assert len(bomb.getvalue()) < 200_000
    assert "ZIP" in refused(bomb.getvalue())[0][1]
    assert "gzip" in refused(gzip.compress(b"lat,lon\n1,2\n"))[0][1]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def test_geojson() -> None:
    area = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    rows = read(
        collection(
            feature(point(1, 2), id="a", name='with } and "quotes"', size=3),
            {**feature(area), "id": 7},
            {"type": "Point", "coordinates": [1, 2]},
        ),
        {"site_id": "id", "name": "name", "process.capacity_mw": "size"},
    )
    assert rows[0].values == {
        "location": point(1, 2),
        "site_id": "a",
        "name": 'with } and "quotes"',
        "process": {"capacity_mw": 3},
    }
    assert rows[1].values == {"location": area, "site_id": "7"}
    assert rows[2].problem == "is not a Feature"


def test_a_million_vertices_in_one_site_are_one_bad_row() -> None:
    text = collection(feature({"type": "Polygon", "coordinates": [["ring"]]}), feature(point(1, 2)))
    rows = read(text.replace(b'"ring"', b",".join([b"[10.123456,50.123456]"] * 1_000_000)))
    assert "10,000 vertices" in (rows[0].problem or "")
    assert rows[1].values["location"] == point(1, 2)


@pytest.mark.parametrize(
    "content", [b"{}", b'{"features": [', b'{"features": [{"type": ', b'{"features": [1]}', b"[" * 99]
)
def test_what_is_no_geojson(content: bytes) -> None:
    assert refused(content)[0][2] == "malformed"


@pytest.mark.parametrize("end", [b"", b"\\", b'"}'])
def test_a_text_of_a_million_quotes_that_never_ends(end: bytes) -> None:
    """Looked at once; a pattern that begins anew at each of them would take hours, and hold all threads up."""
    content = b'{"type": "FeatureCollection", "features": [{"a": "' + b'\\"' * 1_000_000 + end
    assert "ends within" in refused(content)[0][1]


def parquet(table: pa.Table, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def geo(crs: Any = None, encoding: str = "WKB") -> dict[str, str]:
    column = {"encoding": encoding, "geometry_types": ["Point"]} | ({"crs": crs} if crs else {})
    return {"geo": json.dumps({"version": "1.1.0", "primary_column": "shape", "columns": {"shape": column}})}


def geo_table(**notes: Any) -> pa.Table:
    shapes = [shapely.to_wkb(shapely.Point(20, 10)), b"nonsense", None]
    return pa.table({"id": ["a", "b", "c"], "shape": pa.array(shapes, pa.binary())}).replace_schema_metadata(
        geo(**notes)
    )


def test_geoparquet() -> None:
    rows = read(parquet(geo_table()))
    assert rows[0].values == {"site_id": "a", "location": point(20.0, 10.0)}
    assert [row.problem is None for row in rows] == [True, False, False]


def test_parquet_without_geometry() -> None:
    (row,) = read(parquet(pa.table({"lat": [10.0], "lon": [20.0], "process.capacity_mw": [5]})))
    assert row.values == {"location": point(20.0, 10.0), "process": {"capacity_mw": 5}}


def test_geoparquet_in_metres_is_refused() -> None:
    crs = {"id": {"authority": "EPSG", "code": 25832}}
    assert "longitude and latitude" in refused(parquet(geo_table(crs=crs)))[0][1]
    assert refused(parquet(geo_table(encoding="point")))[0][2] == "malformed"


def test_parquet_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value of 2 MB a thousand times over in a dictionary: small in the file, 2 GB when unpacked."""
    name = pa.DictionaryArray.from_arrays(pa.array([0] * 1000, pa.int32()), pa.array(["x" * 2_000_000]))
    bomb = parquet(
        pa.table({"lat": [1.0] * 1000, "lon": [2.0] * 1000, "name": name}), compression="zstd", store_schema=False
    )
    assert len(bomb) < 1_000_000
    assert "longer than" in refused(bomb)[0][1]
    monkeypatch.setattr("service.jobs.reading.parquet.MOST_UNPACKED", 1_000_000)
    wide = pa.table({"lat": np.zeros(100_000), "lon": np.zeros(100_000)})
    assert "unpack" in refused(parquet(wide, compression="zstd", use_dictionary=False))[0][1]


def test_a_footer_that_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are counted by their own headers, whatever the footer says of them."""
    content = lying(pa.table({"lat": np.zeros(1_000_000), "lon": np.zeros(1_000_000)}))
    monkeypatch.setattr("service.jobs.reading.parquet.MOST_UNPACKED", 1_000_000)
    assert "unpack" in refused(content)[0][1]


def test_two_columns_of_one_name_in_a_parquet() -> None:
    names = pa.table([[1.0], [2.0], [[3.0]]], names=["lat", "lon", "lat"])
    assert "same name" in refused(parquet(names))[0][1]


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_what_is_no_parquet(content: bytes) -> None:
    assert refused(content)[0][1] == "not readable as Parquet"


def test_texts_of_a_parquet_that_are_not_utf8() -> None:
    """Arrow keeps the bytes of a text unchecked: found by the fuzzer."""
    out = io.BytesIO()
    names = pa.array([b"\xea\xff\xfe", b"plain"]).view(pa.string())
    pq.write_table(pa.table({"site_id": names, "latitude": [1.0, 2.0], "longitude": [3.0, 4.0]}), out)
    assert refused(out.getvalue()) == [("file", "a text is not UTF-8", "malformed")]
