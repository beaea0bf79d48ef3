"""Mutated uploads for every reader of files: `python -m tests.abuse.fuzz --count 10000`, with time and memory measured.

A reader may take a file or refuse it by its own error; anything else is a crash, and is told with the seed that makes
it again.
"""

import argparse
import gzip
import io
import json
import random
import resource
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.grid.ingest import AREAS, LINES, POINTS, table_of
from geodata.industry.formats import read_tracker
from geodata.user_data import LayerError
from geodata.vector_files import check_rows, read_vector
from geodata.weather.assemble import Origin, weather_year
from geodata.weather.files import read_weather
from geodata.weather.raw import WeatherFileError
from service.http.problems import ProblemError
from service.jobs.intake import Limits, take_file
from service.schemas.batches import BatchOrder
from tests.made_files import COLUMNS, MAKERS, PLACE, made_year, open_meteo

LIMITS = Limits(1000, 16)
ORDER = BatchOrder(defaults={"process": {"id": "custom", "load_mw": 10.0}}, on_error="skip")
TOKENS = (
    b"NaN", b"Infinity", b"-1e999", b"9" * 400, b"\x00", b'"', b"'", b"[" * 2000, b'{"a":' * 500, b"\xff\xfe",
    b"\xf0\x9f\x98\x80", "\u202e\u0660".encode(), b",", b";", b"\n", b"\r", b"=1+1", b"null", b"true", b"1e308",
    b"2999-99-99", b"-", b"POLYGON((0 0", b"../../etc/passwd", b"PAR1", b"PK\x03\x04", b"\x1f\x8b", b" " * 10_000,
)  # fmt: skip
GB = 2**30
WIND = ("srw", "gzip")  # files that hold wind alone


@dataclass(frozen=True, slots=True)
class Kind:
    """One way a file comes in: whole files to begin with, the reader, and the errors by which it refuses."""

    files: tuple[bytes, ...]
    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]


@dataclass
class Found:
    """What came of the files of each kind; the slowest in seconds; crashes as (kind, seed, error)."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)
    crashes: list[tuple[str, int, str]] = field(default_factory=list)


def mutated(content: bytes, draw: random.Random) -> bytes:
    """One to eight changes: bytes, cuts, pieces doubled or moved, tokens that parsers stumble over."""
    found = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 4, 8))):
        at = draw.randrange(len(found) + 1)
        span = min(draw.choice((1, 4, 64, 4096)), len(found) - at)
        match draw.randrange(7):
            case 0 if found:
                found[min(at, len(found) - 1)] = draw.randrange(256)
            case 1:
                found[at:at] = draw.choice(TOKENS)
            case 2:
                del found[at : at + span]
            case 3:
                found[at:at] = found[at : at + span]
            case 4:
                found[at : at + span] = draw.choice(TOKENS)
            case 5 if draw.random() < 0.3:
                del found[at:]
            case 6:
                start = draw.randrange(len(found) + 1)
                found[at:at] = found[start : start + span]
    return bytes(found)


def kinds(folder: Path) -> dict[str, Kind]:
    """Every reader with its files; `folder` holds those that are read by path."""
    year = made_year()
    weather = {name: (make(year), None if columns is None else COLUMNS) for name, (make, columns) in MAKERS.items()}
    weather["open_meteo"] = (open_meteo(year), None)
    weather["gzip"] = (gzip.compress(weather["srw"][0], 1), None)
    found = {
        f"weather {name}": Kind((content,), _weather(columns, wind=name in WIND), (WeatherFileError,))
        for name, (content, columns) in weather.items()
    }
    sites = {"csv": _sites_csv(), "geojson": _geojson(), "geoparquet": _parquet()}
    found |= {f"sites {name}": Kind((content,), _sites, (ProblemError,)) for name, content in sites.items()}
    layers = {".geojson": _lines(), ".csv": _wkt(), ".parquet": _parquet(), ".gpkg": _geopackage(folder)}
    found |= {
        f"layer {name}": Kind((content,), _layer(folder / f"layer{name}"), (LayerError,))
        for name, content in layers.items()
    }
    trackers = {".csv": _tracker(), ".xlsx": _workbook()}
    found |= {
        f"tracker {name}": Kind((content,), _projects(folder / f"tracker{name}"), (LayerError,))
        for name, content in trackers.items()
    }
    return found


def fuzz(count: int, seed: int = 1, seconds: float | None = None) -> Found:
    """`count` mutated files, the kinds in turn; fewer where the time is over."""
    found, begin = Found(), time.monotonic()
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of readers that guess
        all_kinds = kinds(Path(name))
        for index in range(count):
            kind = list(all_kinds)[index % len(all_kinds)]
            if seconds is not None and time.monotonic() - begin > seconds:
                break
            _try(found, kind, all_kinds[kind], seed * 1_000_000 + index)
    return found


def _try(found: Found, name: str, kind: Kind, seed: int) -> None:
    draw = random.Random(seed)
    content = mutated(draw.choice(kind.files), draw)
    at = time.perf_counter()
    try:
        kind.read(content)
        outcome = "taken"
    except kind.refusals:
        outcome = "refused"
    except Exception as error:  # what is looked for
        outcome = "crashed"
        found.crashes.append((name, seed, f"{type(error).__name__}: {str(error)[:200]}"))
    found.counts.setdefault(name, Counter())[outcome] += 1
    found.slowest[name] = max(found.slowest.get(name, 0.0), time.perf_counter() - at)


def _weather(columns: dict[str, str] | None, *, wind: bool) -> Callable[[bytes], object]:
    origin = Origin("test", "fuzzed", "")
    if wind:
        return lambda content: weather_year(None, read_weather(content, "wind", "auto", columns), origin, *PLACE)
    return lambda content: weather_year(read_weather(content, "solar", "auto", columns), None, origin, *PLACE)


def _sites(content: bytes) -> object:
    return take_file(io.BytesIO(content), None, ORDER, None, LIMITS)


def _layer(path: Path) -> Callable[[bytes], object]:
    def read(content: bytes) -> object:
        path.write_bytes(content)
        frame = read_vector(str(path), None, "EPSG:4326")
        check_rows(frame, (*LINES, *POINTS, *AREAS))
        return table_of(frame)

    return read


def _projects(path: Path) -> Callable[[bytes], object]:
    def read(content: bytes) -> object:
        path.write_bytes(content)
        return read_tracker(path)

    return read


def _sites_csv() -> bytes:
    rows = [f"s{row},{row % 60},{row % 170},{10 + row},plant" for row in range(60)]
    return "\n".join(["id,lat,lon,process.load_mw,remark", *rows]).encode()


def _geojson() -> bytes:
    square = [[[10.0, 50.0], [10.2, 50.0], [10.2, 50.2], [10.0, 50.2], [10.0, 50.0]]]
    shapes = [{"type": "Point", "coordinates": [10.0 + row, 50.0]} for row in range(20)]
    shapes.append({"type": "Polygon", "coordinates": square})
    return _collection([(shape, {"site_id": f"s{row}"}) for row, shape in enumerate(shapes)])


def _lines() -> bytes:
    lines = [{"type": "LineString", "coordinates": [[row, 10.0], [row + 1.0, 11.0]]} for row in range(20)]
    return _collection([(line, {"voltage": 220_000, "name": "L"}) for line in lines])


def _collection(shapes: list[tuple[dict[str, Any], dict[str, Any]]]) -> bytes:
    made = [{"type": "Feature", "geometry": shape, "properties": about} for shape, about in shapes]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()


def _wkt() -> bytes:
    return "\n".join(["name,voltage,geom", *(f'l{n},110,"LINESTRING({n} 1,{n} 2)"' for n in range(30))]).encode()


def _frame() -> gpd.GeoDataFrame:
    points = shapely.points([[float(n), 10.0] for n in range(30)])
    return gpd.GeoDataFrame({"site_id": [f"s{n}" for n in range(30)]}, geometry=points, crs=4326)


def _parquet() -> bytes:
    out = io.BytesIO()
    _frame().to_parquet(out)
    return out.getvalue()


def _geopackage(folder: Path) -> bytes:
    _frame().to_file(folder / "made.gpkg", driver="GPKG")
    return (folder / "made.gpkg").read_bytes()


def _tracker_frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Project name": [f"p{n}" for n in range(30)], "Sector": "Steel", "Status": "Operating", "Country": "Sweden",
            "Latitude": 60.0, "Longitude": [10.0 + 0.1 * n for n in range(30)], "Capacity": 1000.0,
        }
    )  # fmt: skip


def _tracker() -> bytes:
    return _tracker_frame().to_csv(index=False).encode()


def _workbook() -> bytes:
    out = io.BytesIO()
    _tracker_frame().to_excel(out, index=False)
    return out.getvalue()


def main() -> int:
    """Fuzz and tell; 1 where a reader crashed or memory went over 1 GB."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begin = time.monotonic()
    found = fuzz(asked.count, asked.seed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print("| Files | Taken | Refused | Crashed | Slowest, s |\n|---|---|---|---|---|")
    for name, counts in found.counts.items():
        print(f"| {name} | {counts['taken']} | {counts['refused']} | {counts['crashed']} | {found.slowest[name]:.2f} |")
    total = sum(sum(counts.values()) for counts in found.counts.values())
    print(
        f"\n{total:,} files in {time.monotonic() - begin:.0f} s; {len(found.crashes)} crashes; peak {peak / 1e6:.0f} MB"
    )
    for name, seed, error in found.crashes[:40]:
        print(f"{name} seed {seed}: {error}")
    return 1 if found.crashes or peak > GB else 0


if __name__ == "__main__":
    raise SystemExit(main())
