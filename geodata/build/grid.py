"""Pack lines, substations and power plants: `python -m geodata.build.grid --source FOLDER`.

Three files: what derives from OpenStreetMap (ODbL, share-alike) stands alone; national transmission maps; plants.
Coordinates are kept to 1e-4 degrees (at most 8 m off), voltages to a kilovolt.
"""

import argparse
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.build.manifest import DATA, record, source_entry

DEGREE = 10_000  # steps a degree
LEAST_KV = 45.0  # below, a line distributes and does not connect a plant of megawatts
SIMPLIFY_DEG = 0.001  # about 100 m, far below what the maps themselves are worth
OSM = "OpenStreetMap contributors, January 2017 extract"
EPE = "EPE (Empresa de Pesquisa Energetica), Brazil, lines and substations in operation"
NEM = "Synthetic model of the Australian National Electricity Market, network nodes and edges"
WRI = "Global Power Plant Database, World Resources Institute, v1.2"


def fixed(degrees: Any) -> np.ndarray:
    """Degrees as 32-bit integers of 1e-4."""
    return np.round(np.asarray(degrees, dtype=float) * DEGREE).astype(np.int32)


def kilovolts(values: Any) -> np.ndarray:
    """Voltages as 16-bit integers, 0 where unknown."""
    known = np.nan_to_num(np.asarray(values, dtype=np.float64))
    return np.asarray(np.clip(np.round(known), 0, 1500), dtype=np.uint16)


def segments_of(lines: np.ndarray, voltage: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(segments, 4) of lon, lat, lon, lat, and the voltage of each, from line strings."""
    ends, owner = [], []
    for index, line in enumerate(lines):
        for part in shapely.get_parts(line):
            points = shapely.get_coordinates(part)
            ends.append(np.hstack([points[:-1], points[1:]]))
            owner += [index] * (len(points) - 1)
    return fixed(np.vstack(ends)), voltage[np.array(owner)]


def text(values: Any) -> np.ndarray:
    """Names as one blob of bytes, a line each."""
    lines = "\n".join(" ".join(str(value).split()) for value in values)
    return np.frombuffer(lines.encode(), dtype=np.uint8)


def write(
    name: str, segments: np.ndarray, line_kv: np.ndarray, points: np.ndarray, point_kv: np.ndarray, names: Any
) -> Path:
    """One file of lines and substations, duplicates left out."""
    rows = np.unique(np.column_stack([segments, line_kv]), axis=0)
    path = DATA / f"{name}.npz"
    np.savez_compressed(
        path,
        segments=rows[:, :4].astype(np.int32),
        segment_kv=rows[:, 4].astype(np.uint16),
        stations=points,
        station_kv=point_kv,
        station_names=text(names),
    )
    return path


def osm(source: Path) -> Path:
    """Lines and substations of OpenStreetMap, already merged to straight runs between their ends."""
    lines = pd.read_parquet(source / "osm2017_merged_lines.parquet")
    lines = lines[~(lines["kv"] < LEAST_KV)]
    segments, kv = segments_of(shapely.from_wkb(lines["geometry"].to_numpy()), kilovolts(lines["kv"]))
    stations = pd.read_parquet(source / "osm2017_merged_substations.parquet")
    stations = stations[~(stations["kv"] < LEAST_KV)]
    points = fixed(stations[["lon", "lat"]].to_numpy())
    return write("grid_osm", segments, kv, points, kilovolts(stations["kv"]), stations["name"])


def national(source: Path) -> Path:
    """Brazil's lines as surveyed; the nodes and edges of Australia's eastern market, edges straight."""
    brazil = gpd.read_file(source / "brazil_epe" / "Transmission_Line_-_in_operation.shp").to_crs(4326)
    brazil = brazil[brazil.geometry.notna()]
    routes = shapely.simplify(brazil.geometry.to_numpy(), SIMPLIFY_DEG)
    segments, kv = segments_of(routes, kilovolts(brazil["Tensao"]))
    stations = gpd.read_file(source / "brazil_epe" / "Electrical_Substation_-_in_operation.shp").to_crs(4326)
    first_kv = stations["Tensao"].astype(str).str.extract(r"(\d+)", expand=False).astype(float)
    points = fixed(shapely.get_coordinates(stations.geometry.to_numpy()))
    nodes = pd.read_csv(source / "australia_nem" / "network_nodes.csv")
    edges = pd.read_csv(source / "australia_nem" / "network_edges.csv")
    place = nodes.set_index("NODE_ID")[["LONGITUDE", "LATITUDE"]]
    ends = np.hstack([place.loc[edges["FROM_NODE"]].to_numpy(), place.loc[edges["TO_NODE"]].to_numpy()])
    long = np.abs(ends[:, :2] - ends[:, 2:]).max(axis=1) > 1.0 / DEGREE
    heavy = nodes[nodes["VOLTAGE_KV"] >= LEAST_KV]
    return write(
        "grid_national",
        np.vstack([segments, fixed(ends[long])]),
        np.concatenate([kv, kilovolts(edges["VOLTAGE_KV"][long])]),
        np.vstack([points, fixed(heavy[["LONGITUDE", "LATITUDE"]].to_numpy())]),
        np.concatenate([kilovolts(first_kv), kilovolts(heavy["VOLTAGE_KV"])]),
        [*stations["Nome"], *[""] * len(heavy)],
    )


def plants(source: Path) -> Path:
    """Power plants of 1 MW and more."""
    table = pd.read_csv(source / "gppd" / "gppd_v12_slim_continent_neallithic64.csv")
    table = table[(table["latitude"].abs() <= 90) & (table["longitude"].abs() <= 180)]
    fuels = sorted(table["primary_fuel"].unique())
    path = DATA / "power_plants.npz"
    np.savez_compressed(
        path,
        places=fixed(table[["longitude", "latitude"]].to_numpy()),
        capacity_mw=table["capacity_mw"].to_numpy(np.float32),
        fuel=table["primary_fuel"].map(fuels.index).to_numpy(np.uint8),
        fuels=text(fuels),
        names=text(table["name"]),
    )
    return path


def main() -> None:
    """Write the three files and their manifest entries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with the named grid files")
    source: Path = parser.parse_args().source
    common = {"version": "1", "derivation": "python -m geodata.build.grid --source FOLDER"}
    record(
        "grid_osm",
        file=osm(source),
        title="Transmission lines and substations, OpenStreetMap",
        as_of="2017-01",
        licence="ODbL-1.0",
        attribution="© OpenStreetMap contributors, openstreetmap.org/copyright",
        cover="124 countries; holes in the western US, China, Central America, the Caribbean and the Gulf",
        known_error="distance to the nearest line, median: Europe 4 km, Turkey 11, Maghreb and Egypt 24",
        sources=[
            source_entry(source / f"osm2017_merged_{kind}.parquet", OSM, "ODbL-1.0")
            for kind in ("lines", "substations")
        ],
        **common,
    )
    epe, nem = source / "brazil_epe", source / "australia_nem"
    record(
        "grid_national",
        file=national(source),
        title="Transmission maps of Brazil and eastern Australia",
        as_of="2025-12",
        licence="EPE: reuse with attribution; Australia: CC-BY-4.0",
        attribution=f"{EPE}, December 2025; {NEM}",
        cover="Brazil 230-800 kV; the five states of the Australian eastern market",
        known_error="Brazil: routes simplified to 100 m; Australia: straight between nodes",
        sources=[
            source_entry(epe / "Transmission_Line_-_in_operation.shp", EPE, "reuse with attribution"),
            source_entry(epe / "Electrical_Substation_-_in_operation.shp", EPE, "reuse with attribution"),
            source_entry(nem / "network_nodes.csv", NEM, "CC-BY-4.0"),
            source_entry(nem / "network_edges.csv", NEM, "CC-BY-4.0"),
        ],
        **common,
    )
    record(
        "power_plants",
        file=plants(source),
        title="Power plants of 1 MW and more",
        as_of="2019",
        licence="CC-BY-4.0",
        attribution="Global Power Plant Database, World Resources Institute, CC BY 4.0",
        cover="29,910 plants, world; small and recent plants are missing",
        known_error="plants built after 2019 are missing; positions may be off by kilometres",
        sources=[source_entry(source / "gppd" / "gppd_v12_slim_continent_neallithic64.csv", WRI, "CC-BY-4.0")],
        **common,
    )


if __name__ == "__main__":
    main()
