"""Pack the outlines of countries: `python -m geodata.build.countries --source FOLDER`.

From Natural Earth 1:10 million, simplified to 0.005 degrees (about 500 m), islets under 5 km2 left out where a
country has larger land. ISO 3166-1 alpha-3 codes by numeric code or, where the map has none, by name.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
import shapely

from geodata.build.manifest import DATA, record, source_entry
from geodata.build.natural_earth import country_areas

DEGREE = 10_000
TOLERANCE_DEG = 0.005
LEAST_DEG2 = 0.0004
CODES = Path(__file__).with_name("country_codes.csv")
ORIGIN = "Natural Earth 5, 1:10m admin 0 countries, as TopoJSON (world-atlas 2)"


def main() -> None:
    """Write the table and its manifest entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with countries-10m.json")
    source: Path = parser.parse_args().source
    path = source / "countries-10m.json"
    world = country_areas(path)
    with CODES.open(encoding="utf-8", newline="") as file:
        codes = {row["name"]: row["iso3"] for row in csv.DictReader(file)}
    parts: list[np.ndarray] = []
    sizes: list[int] = []
    owner: list[int] = []
    names = sorted({name for name, _ in world if codes.get(name)})
    for name, pieces in world:
        if name not in names:
            continue
        area = shapely.area(pieces)
        for piece in pieces[(area >= LEAST_DEG2) | (area == area.max())]:
            outline = shapely.simplify(shapely.Polygon(piece.exterior), TOLERANCE_DEG)
            for part in shapely.get_parts(shapely.make_valid(outline)):
                if shapely.get_dimensions(part) != 2:
                    continue
                for ring in shapely.get_parts(part):
                    points = np.round(shapely.get_coordinates(ring.exterior) * DEGREE).astype(np.int32)
                    parts.append(np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int32)))
                    sizes.append(len(points))
                    owner.append(names.index(name))
    text = "\n".join(f"{codes[name]}\t{name}" for name in names)
    table = DATA / "countries.npz"
    np.savez_compressed(
        table,
        steps=np.vstack(parts).astype(np.int32),
        sizes=np.array(sizes, np.int32),
        owner=np.array(owner, np.uint8),
        names=np.frombuffer(text.encode(), np.uint8),
    )
    record(
        "countries",
        file=table,
        title="Outlines of countries",
        version="2",
        as_of="2022-05",
        licence="public domain",
        attribution="Made with Natural Earth",
        cover=f"{len(names)} countries and territories",
        known_error="outlines within about 1 km; enclaves count to the smaller country; disputed areas as mapped",
        derivation="python -m geodata.build.countries --source FOLDER",
        sources=[source_entry(path, ORIGIN, "public domain")],
    )


if __name__ == "__main__":
    main()
