"""Pack land, lakes, urban areas and ports: `python -m geodata.build.land --source FOLDER`.

Natural Earth: countries at 1:10 million joined, simplified to 0.003 degrees (about 300 m), islets under 1 km2 left
out; lakes and urban areas at 1:50 million as they are. Ports: Natural Earth's, and those of the npm package sea-ports
that stand more than 5 km from one of them.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.build.manifest import DATA, record, source_entry
from geodata.build.natural_earth import country_areas
from geodata.grid.table import text
from geodata.polygons import STEP, PolygonSet, polygons_of
from geodata.search import NearestSearch

TOLERANCE_DEG = 0.003
LEAST_DEG2 = 0.0001
SEA_DEG2 = 1.0  # smaller holes are gaps between the outlines of neighbours; the Caspian Sea is 43
SAME_PORT_KM = 5.0
NATURAL_EARTH = "Natural Earth 5"
SEA_PORTS = "npm package sea-ports"


def simplified(geometries: np.ndarray) -> PolygonSet:
    """Polygons with fewer vertices and without specks."""
    kept = [
        shapely.Polygon(area.exterior, [hole for hole in area.interiors if shapely.Polygon(hole).area >= SEA_DEG2])
        for area in polygons_of(geometries)
        if area.area >= LEAST_DEG2
    ]
    return PolygonSet(polygons_of(shapely.simplify(np.array(kept, dtype=object), TOLERANCE_DEG)))


def ports(source: Path) -> tuple[np.ndarray, list[str]]:
    """Places (n, 2) and names."""
    natural = gpd.read_file(source / "ne_10m_ports.json")
    places, names = shapely.get_coordinates(natural.geometry.to_numpy()), list(natural["name"].astype(str))
    entries = json.loads((source / "sea-ports_npm.json").read_text("utf-8")).values()
    listed = [(entry["coordinates"], entry["name"]) for entry in entries if "coordinates" in entry]
    more = np.array([place for place, _ in listed], dtype=float)
    sound = (np.abs(more) <= [180.0, 90.0]).all(axis=1) & (more != 0.0).any(axis=1)
    more, more_names = more[sound], [name for (_, name), good in zip(listed, sound, strict=True) if good]
    new = NearestSearch.of_points(places).nearest(more[:, 1], more[:, 0]).distance_km[:, 0] > SAME_PORT_KM
    return np.vstack([places, more[new]]), [*names, *(n for n, kept in zip(more_names, new, strict=True) if kept)]


def main() -> None:
    """Write both tables and their manifest entries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with the named vector files")
    source: Path = parser.parse_args().source
    # The file of land alone crosses itself and loses Scandinavia when it is mended: the union of all countries is land.
    countries = [area for _, areas in country_areas(source / "countries-10m.json") for area in areas]
    land = simplified(np.array([shapely.union_all(countries)]))
    lakes = PolygonSet(polygons_of(gpd.read_file(source / "ne_50m_lakes.json").geometry))
    urban = PolygonSet(polygons_of(gpd.read_file(source / "ne_50m_urban_areas.json").geometry))
    table = DATA / "land.npz"
    arrays: dict[str, Any] = {**land.packed("land"), **lakes.packed("lakes"), **urban.packed("urban")}
    np.savez_compressed(table, **arrays)
    record(
        "land",
        file=table,
        title="Land, lakes and urban areas",
        version="1",
        as_of="2022-05",
        licence="public domain",
        attribution="Made with Natural Earth",
        cover=f"world: {len(land.areas)} pieces of land, {len(lakes.areas)} lakes, {len(urban.areas)} urban areas",
        known_error="coast within about 1 km; lakes and urban areas at 1:50 million: smaller ones are missing",
        derivation="python -m geodata.build.land --source FOLDER",
        sources=[
            source_entry(source / "countries-10m.json", f"{NATURAL_EARTH}, 1:10m (world-atlas 2)", "public domain"),
            source_entry(source / "ne_50m_lakes.json", NATURAL_EARTH, "public domain"),
            source_entry(source / "ne_50m_urban_areas.json", NATURAL_EARTH, "public domain"),
        ],
    )
    places, names = ports(source)
    table = DATA / "ports.npz"
    np.savez_compressed(table, places=np.round(places * STEP).astype(np.int32), names=text(names))
    record(
        "ports",
        file=table,
        title="Sea ports",
        version="1",
        as_of="2022-05",
        licence="public domain; MIT",
        attribution="Made with Natural Earth; sea-ports (MIT)",
        cover=f"{len(names)} ports, world",
        known_error="positions within some kilometres; small harbours and what a port can handle are not known",
        derivation="python -m geodata.build.land --source FOLDER",
        sources=[
            source_entry(source / "ne_10m_ports.json", NATURAL_EARTH, "public domain"),
            source_entry(source / "sea-ports_npm.json", SEA_PORTS, "MIT"),
        ],
    )


if __name__ == "__main__":
    main()
