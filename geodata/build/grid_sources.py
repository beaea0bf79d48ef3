"""Each public grid file as a `GridTable`, and the plants; nothing is guessed, an unknown voltage stays unknown."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.grid.geometry import lengths_km, polylines
from geodata.grid.table import GridTable, kilovolts
from geodata.search import NearestSearch

LEAST_KV = 45.0  # below, a line distributes and does not connect a plant of megawatts
SIMPLIFY_DEG = 0.0003  # about 30 m, far below what the maps themselves are worth
TWIN_KM = 1.0  # plants of one fuel this near are one
LARGE_MW = 30.0
GWH_PER_MW_YEAR = 8.76
GENERATION = "estimated_generation_gwh_2017"  # the year that nearly every plant has


def line_table(
    geometries: np.ndarray, kv: np.ndarray, names: list[str], circuits: np.ndarray, length_km: np.ndarray | None = None
) -> GridTable:
    """Lines alone; a part of a multi-line counts as a line. length_km: by row, the map's own where left out or NaN."""
    vertices, sizes, row = polylines(geometries)
    mapped = lengths_km(vertices, sizes)
    stated = np.full(len(row), np.nan) if length_km is None else length_km[row]
    return GridTable(
        vertices=vertices,
        sizes=sizes,
        line_kv=kilovolts(kv)[row],
        circuits=np.maximum(circuits[row], 1),
        length_km=np.where(stated >= mapped, stated, mapped),
        line_names=[names[index] for index in row],
        places=np.empty((0, 2)),
        station_kv=np.empty(0),
        station_names=[],
    )


def station_table(places: np.ndarray, kv: np.ndarray, names: list[str]) -> GridTable:
    """Stations alone."""
    nothing = line_table(np.empty(0, dtype=object), np.empty(0), [], np.empty(0, dtype=np.int64))
    return GridTable(
        **{name: getattr(nothing, name) for name in ("vertices", "sizes", "line_kv", "circuits", "length_km")},
        line_names=[],
        places=np.asarray(places, dtype=float),
        station_kv=kilovolts(kv),
        station_names=names,
    )


def osm_lines(source: Path) -> GridTable:
    """Lines of OpenStreetMap, January 2017, as straight runs between their ends; parallel runs are circuits of one."""
    table = pd.read_parquet(source / "osm2017_merged_lines.parquet")
    table = table[~(table["kv"] < LEAST_KV)]
    ends = shapely.get_coordinates(shapely.from_wkb(table["geometry"].to_numpy())).reshape(-1, 4)
    backward = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends = np.where(backward[:, None], ends[:, [2, 3, 0, 1]], ends)
    runs = pd.DataFrame(np.round(ends, 5), columns=["a", "b", "c", "d"])
    runs["kv"] = np.nan_to_num(table["kv"].to_numpy())
    runs["km"] = pd.to_numeric(table["length_m"], errors="coerce").to_numpy() / 1000.0
    runs = runs[(runs["a"] != runs["c"]) | (runs["b"] != runs["d"])]
    one = runs.groupby(["a", "b", "c", "d", "kv"], as_index=False).agg(km=("km", "max"), circuits=("km", "size"))
    known = one.groupby(["a", "b", "c", "d"])["kv"].transform("max") > 0.0
    one = one[(one["kv"] > 0.0) | ~known]  # the same run without a voltage is a double
    lines = shapely.linestrings(one[["a", "b", "c", "d"]].to_numpy().reshape(-1, 2, 2))
    return line_table(lines, one["kv"].to_numpy(), [""] * len(one), one["circuits"].to_numpy(), one["km"].to_numpy())


def osm_stations(source: Path) -> GridTable:
    """Substations of OpenStreetMap, January 2017."""
    table = pd.read_parquet(source / "osm2017_merged_substations.parquet")
    table = table[~(table["kv"] < LEAST_KV)]
    return station_table(table[["lon", "lat"]].to_numpy(), table["kv"].to_numpy(), list(table["name"]))


def brazil(source: Path) -> tuple[GridTable, GridTable]:
    """EPE, December 2025: routes as surveyed, 230-800 kV; a station of several voltages takes the highest."""
    lines = gpd.read_file(source / "brazil_epe" / "Transmission_Line_-_in_operation.shp").to_crs(4326)
    lines = lines[lines.geometry.notna()]
    routes = shapely.simplify(lines.geometry.to_numpy(), SIMPLIFY_DEG)
    kv, length = lines["Tensao"].to_numpy(float), lines["Extensao"].to_numpy(float)
    single = shapely.get_num_geometries(routes) == 1
    table = line_table(
        routes, kv, list(lines["Nome"].astype(str)), np.ones(len(lines), int), np.where(single, length, np.nan)
    )
    stations = gpd.read_file(source / "brazil_epe" / "Electrical_Substation_-_in_operation.shp").to_crs(4326)
    highest = stations["Tensao"].astype(str).str.extractall(r"(\d+)")[0].astype(float).groupby(level=0).max()
    places = shapely.get_coordinates(stations.geometry.to_numpy())
    return table, station_table(places, highest.reindex(stations.index).to_numpy(), list(stations["Nome"].astype(str)))


def australia(source: Path) -> tuple[GridTable, GridTable]:
    """The eastern market's nodes and edges: edges straight between their nodes, lengths as stated."""
    nodes = pd.read_csv(source / "australia_nem" / "network_nodes.csv")
    edges = pd.read_csv(source / "australia_nem" / "network_edges.csv")
    edges = edges[edges["VOLTAGE_KV"] >= LEAST_KV]
    place = nodes.set_index("NODE_ID")[["LONGITUDE", "LATITUDE"]]
    ends = np.hstack([place.loc[edges["FROM_NODE"]].to_numpy(), place.loc[edges["TO_NODE"]].to_numpy()])
    apart = np.abs(ends[:, :2] - ends[:, 2:]).max(axis=1) > 1e-4
    edges = edges[apart]
    lines = shapely.linestrings(ends[apart].reshape(-1, 2, 2))
    length = edges["LENGTH_KM"].to_numpy(float)
    circuits = edges["NUM_LINES"].to_numpy(int)
    table = line_table(lines, edges["VOLTAGE_KV"].to_numpy(), list(edges["NAME"].astype(str)), circuits, length)
    heavy = nodes[nodes["VOLTAGE_KV"] >= LEAST_KV]
    highest = heavy.groupby(["LONGITUDE", "LATITUDE"], as_index=False)["VOLTAGE_KV"].max()
    stations = station_table(
        highest[["LONGITUDE", "LATITUDE"]].to_numpy(), highest["VOLTAGE_KV"].to_numpy(), [""] * len(highest)
    )
    return table, stations


def new_zealand(source: Path) -> GridTable:
    """Transpower's overhead lines, their course to 0.001 degrees; the file has lost their voltages."""
    lines = gpd.read_file(source / "nz" / "transmissionLines.json").geometry.to_numpy()
    return line_table(lines, np.full(len(lines), np.nan), [""] * len(lines), np.ones(len(lines), int))


def plants(source: Path) -> pd.DataFrame:
    """Power plants of version 1.2 with their size, and those of version 1.3 that are new: see `derived_mw`.

    Adds `derived`, True where the size is derived; capacity 0 is not known.
    """
    old, new = plant_files(source)
    fields = ["name", "longitude", "latitude", "primary_fuel", "capacity_mw", "derived"]
    parts = [old.assign(derived=False)[fields]]
    sizes = derived_mw(old, new)
    for fuel, group in new.groupby("primary_fuel"):
        twin = old[old["primary_fuel"] == fuel]
        if len(twin):
            near = NearestSearch.of_points(twin[["longitude", "latitude"]].to_numpy())
            distance = near.nearest(group["latitude"].to_numpy(), group["longitude"].to_numpy()).distance_km[:, 0]
            group = group[distance > TWIN_KM]
        size = sizes[group.index]
        parts.append(group.assign(capacity_mw=size, derived=size > 0.0)[fields])
    table = pd.concat(parts, ignore_index=True)
    return table[(table["latitude"].abs() <= 90) & (table["longitude"].abs() <= 180)]


def plant_files(source: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The Global Power Plant Database, version 1.2 and a copy of 1.3 without sizes."""
    old = pd.read_csv(source / "gppd" / "gppd_v12_slim_continent_neallithic64.csv")
    return old, pd.read_csv(source / "gppd" / "gppd_v13_slim_nocap_kat159.csv", encoding_errors="replace")


def plants_in_both(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Plants that both versions name once: the size of 1.2, the generation of 1.3 and its `row` there."""
    keys = ["country_long", "name", "primary_fuel"]
    once = new.assign(row=new.index).drop_duplicates(keys, keep=False)
    return old.drop_duplicates(keys, keep=False).merge(once[[*keys, GENERATION, "row"]], on=keys)


def derived_mw(old: pd.DataFrame, new: pd.DataFrame) -> pd.Series:
    """Size of plants of version 1.3, whose copy lacks it, from the generation of 2017 that the database estimates.

        MW = GWh / (8.76 x capacity factor)

    The capacity factor is the median of its fuel over the plants of 30 MW or more in both versions. What it is worth
    stands in docs/grid_data.md. 0 where nothing is estimated.
    """
    both = plants_in_both(old, new)
    both = both[(both[GENERATION] > 0.0) & (both["capacity_mw"] >= LARGE_MW)]
    factor = (both[GENERATION] / (GWH_PER_MW_YEAR * both["capacity_mw"])).groupby(both["primary_fuel"]).median()
    return (new[GENERATION] / (GWH_PER_MW_YEAR * new["primary_fuel"].map(factor))).fillna(0.0)
