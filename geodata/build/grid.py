"""Pack lines, substations and power plants: `python -m geodata.build.grid --source FOLDER`.

What derives from OpenStreetMap (ODbL, share-alike) stands in a file of its own; national transmission maps; plants.
Where a national map shows a line, OpenStreetMap's double of it is left out. Left out too, for no licence is known: the
extract of the ENTSO-E map and Viet Nam; Colombia's list has no coordinates (docs/grid_data.md). A user who may use
them adds them with `sitewatt data grid add`.
"""

import argparse
from pathlib import Path

import numpy as np

from geodata.build import grid_sources as sources
from geodata.build.grid_merge import doubled_lines, doubled_stations, twin_stations
from geodata.build.manifest import DATA, record, source_entry
from geodata.grid.table import STEP, GridTable, tables_of, text
from geodata.sea import LandMap
from geodata.search import NearestSearch

OSM = "OpenStreetMap contributors, January 2017 extract"
EPE = "EPE (Empresa de Pesquisa Energetica), Brazil, lines and substations in operation"
NEM = "Synthetic model of the Australian National Electricity Market, network nodes and edges"
TRANSPOWER = "Transpower New Zealand, transmission lines, by way of github.com/joshmcarthur/nz-transmission-lines"
CC_BY_NZ = "CC-BY-3.0-NZ"
WRI = "Global Power Plant Database, World Resources Institute"


def embedded(source: Path) -> tuple[dict[str, GridTable], dict[str, int]]:
    """By name of the table: OpenStreetMap without doubles, national maps; and how many doubles were left out."""
    osm_lines, osm_stations = sources.osm_lines(source), sources.osm_stations(source)
    national = {
        "grid_brazil": tables_of(list(sources.brazil(source))),
        "grid_australia": tables_of(list(sources.australia(source))),
        "grid_new_zealand": sources.new_zealand(source),
    }
    shown = len(osm_stations.places)
    while (twins := twin_stations(osm_stations)).any():  # of three in a row the middle goes first
        osm_stations = osm_stations.keep(np.ones(0, bool), ~twins)
    lines, stations = np.zeros(osm_lines.lines, bool), np.zeros(len(osm_stations.places), bool)
    for better in national.values():
        lines |= doubled_lines(osm_lines, better)
        if len(better.places):
            stations |= doubled_stations(osm_stations, better)
    counts = {
        "station twins": shown - len(osm_stations.places),
        "lines": int(lines.sum()),
        "stations": int(stations.sum()),
    }
    osm = tables_of([osm_lines.keep(~lines, np.ones(0, bool)), osm_stations.keep(np.ones(0, bool), ~stations)])
    return {"grid_osm": osm, **national}, counts


def pack_plants(source: Path, lines: GridTable) -> Path:
    """Power plants, each with its distance to the nearest mapped line, what the map is worth there; and if at sea.

    Needs `land.npz`.
    """
    table = sources.plants(source)
    fuels = sorted(table["primary_fuel"].unique())
    search = NearestSearch(*lines.segments(), np.zeros(len(lines.segments()[0])))
    distance = search.nearest(table["latitude"].to_numpy(), table["longitude"].to_numpy()).distance_km[:, 0]
    path = DATA / "power_plants.npz"
    np.savez_compressed(
        path,
        places=np.round(table[["longitude", "latitude"]].to_numpy() * STEP).astype(np.int32),
        capacity_mw=table["capacity_mw"].to_numpy(np.float32),
        derived=np.packbits(table["derived"].to_numpy(bool)),
        at_sea=np.packbits(~LandMap.load().land.contain(table[["longitude", "latitude"]].to_numpy())),
        line_km=np.minimum(distance, 1000.0).astype(np.float16),
        fuel=table["primary_fuel"].map(fuels.index).to_numpy(np.uint8),
        fuels=text(fuels),
        names=text([str(name) for name in table["name"]]),
    )
    return path


def main() -> None:
    """Write the files and their manifest entries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with the named grid files")
    source: Path = parser.parse_args().source
    tables, counts = embedded(source)
    files = {name: DATA / f"{name}.npz" for name in tables}
    for name, table in tables.items():
        table.save(files[name])
    everything = tables_of(list(tables.values()))
    plants = pack_plants(source, everything)
    common = {"derivation": "python -m geodata.build.grid --source FOLDER"}
    record(
        "grid_osm",
        version="3",
        file=files["grid_osm"],
        title="Transmission lines and substations, OpenStreetMap",
        as_of="2017-01",
        licence="ODbL-1.0",
        attribution="© OpenStreetMap contributors, openstreetmap.org/copyright",
        cover="124 countries; holes in the western US, China, Central America, the Caribbean and the Gulf",
        known_error="distance to the nearest line: docs/grid_data.md",
        sources=[
            source_entry(source / f"osm2017_merged_{kind}.parquet", OSM, "ODbL-1.0")
            for kind in ("lines", "substations")
        ],
        **common,
    )
    folder = source / "brazil_epe"
    record(
        "grid_brazil",
        version="2",
        file=files["grid_brazil"],
        title="Transmission lines and substations of Brazil",
        as_of="2025-12",
        licence="reuse with attribution",
        attribution=f"{EPE}, December 2025",
        cover="Brazil, 230-800 kV",
        known_error="routes as surveyed, simplified to 30 m",
        sources=[
            source_entry(folder / f"{name}_-_in_operation.{part}", EPE, "reuse with attribution")
            for name in ("Transmission_Line", "Electrical_Substation")
            for part in ("shp", "dbf")
        ],
        **common,
    )
    record(
        "grid_australia",
        version="2",
        file=files["grid_australia"],
        title="Transmission network of eastern Australia",
        as_of="2018",
        licence="CC-BY-4.0",
        attribution=f"{NEM}, CC BY 4.0",
        cover="the five states of the Australian eastern market",
        known_error="lines straight between their nodes",
        sources=[
            source_entry(source / "australia_nem" / name, NEM, "CC-BY-4.0")
            for name in ("network_nodes.csv", "network_edges.csv")
        ],
        **common,
    )
    record(
        "grid_new_zealand",
        version="1",
        file=files["grid_new_zealand"],
        title="Transmission lines of New Zealand",
        as_of="not stated",
        licence=CC_BY_NZ,
        attribution=f"{TRANSPOWER}, CC BY 3.0 NZ",
        cover="New Zealand, overhead lines, voltages not known",
        known_error="course to 0.001 degrees; the file states no date",
        sources=[source_entry(source / "nz" / "transmissionLines.json", TRANSPOWER, CC_BY_NZ)],
        **common,
    )
    record(
        "power_plants",
        version="3",
        file=plants,
        title="Power plants",
        as_of="2021",
        licence="CC-BY-4.0",
        attribution=f"{WRI}, CC BY 4.0",
        cover="world; version 1.2 with sizes, what is new in version 1.3 with sizes derived from its generation",
        known_error="plants built after 2021 are missing; positions may be off by kilometres",
        sources=[
            source_entry(source / "gppd" / f"gppd_{name}.csv", WRI, "CC-BY-4.0")
            for name in ("v12_slim_continent_neallithic64", "v13_slim_nocap_kat159")
        ],
        **common,
    )
    print(f"lines {everything.lines}, stations {len(everything.places)}; doubles left out: {counts}")
    print("bytes", {path.name: path.stat().st_size for path in (*files.values(), plants)})


if __name__ == "__main__":
    main()
