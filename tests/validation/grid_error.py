"""What the mapped grid is worth: distance errors against two better maps, each left out of the map that is tested.

`python -m tests.validation.grid_error` writes the tables of docs/grid_data.md. On random land points, uniform by area,
the distance to the nearest line of 100 kV or more, to the nearest power plant of 30 MW or more, and the smaller of both
stand against the distance to the nearest line in operation of the ENTSO-E map of 2022 (Europe, Turkey, Maghreb and
Egypt) and of EPE's of 2025 (Brazil). The reference does not say which points and lines it took; `AS_REFERENCE` is the
choice whose medians are the reference's, and is measured beside ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from geodata.build.grid_sources import LARGE_MW, brazil, derived_mw, osm_lines, plant_files, plants_in_both
from geodata.countries import Countries
from geodata.grid.geometry import polylines
from geodata.grid.layers import plants
from geodata.grid.quality import WITNESS_MW, WITNESSES, completeness_of, sole_witness_share, witness_share
from geodata.grid.table import GridTable
from geodata.search import NearestSearch
from tests.shared import SHARED

POINTS = 20_000
SEED = 7
DOC = Path(__file__).parents[2] / "docs" / "grid_data.md"
BEGIN, END = "<!-- errors: begin -->", "<!-- errors: end -->"
LEAST_KV = 100.0
REGIONS = {
    "Europe": "ALB AND AUT BEL BGR BIH CHE CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ITA LIE LTU LUX LVA MKD "
    "MLT MNE NLD NOR POL PRT ROU SRB SVK SVN SWE",
    "Turkey": "TUR",
    "Maghreb and Egypt": "MAR DZA TUN LBY EGY",
    "Brazil": "BRA",
}
# Lon, lat bounds of what the ENTSO-E map shows of its countries: not French Guiana, Svalbard, the Canaries, the Azores.
MAPPED = {"Europe": (-25.0, 34.0, 45.0, 72.0)}
AS_REFERENCE = {**REGIONS, "Maghreb and Egypt": "MAR DZA TUN EGY"}
# Of shared/reference/grid_connection.md: medians, km, of line, plant, the smaller of both.
REFERENCE = {
    "Europe": (4, 18, 4),
    "Turkey": (11, 43, 10),
    "Maghreb and Egypt": (24, 129, 23),
    "Brazil": (47, 50, 22),
}


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Absolute distance errors of one region, km, by what is asked; `completeness` word by point.

    read_plant : of plants whose size is read, not derived.
    """

    region: str
    line: np.ndarray
    any_line: np.ndarray
    plant: np.ndarray
    read_plant: np.ndarray
    either: np.ndarray
    completeness: np.ndarray


def land_points(iso3: set[str], count: int, box: tuple[float, float, float, float] | None = None) -> np.ndarray:
    """(count, 2) random lon, lat on the land of some countries, uniform by area; mainland and large islands alike."""
    countries = Countries.load()
    areas = [area for area, code in countries.outlines() if code in iso3 and shapely.area(area) > 0.05]
    tree = shapely.STRtree(areas)
    west, south, east, north = box or shapely.total_bounds(areas)
    random = np.random.default_rng(SEED)
    found = np.empty((0, 2))
    while len(found) < count:
        height = np.degrees(np.arcsin(random.uniform(*np.sin(np.radians([south, north])), 4 * count)))
        points = np.column_stack([random.uniform(west, east, 4 * count), height])
        inside = np.unique(tree.query(shapely.points(points), predicate="within")[0])
        found = np.vstack([found, points[inside]])
    return found[:count]


def search_of(table: GridTable) -> NearestSearch:
    """Lines by voltage."""
    segments, line = table.segments()
    return NearestSearch(segments, line, table.line_kv[line])


def entsoe(source: Path, *, under_construction: bool = False) -> NearestSearch:
    """The ENTSO-E map's lines in operation, or all of them."""
    table = pd.read_csv(source / "entsoe_gridkit_2022" / "lines.csv", quotechar="'")
    table = table[~table["under_construction"] | under_construction]
    vertices, sizes, _ = polylines(shapely.from_wkt(table["geometry"].to_numpy()))
    line = np.repeat(np.arange(len(sizes)), sizes)
    inside = line[:-1] == line[1:]
    return NearestSearch(np.hstack([vertices[:-1], vertices[1:]])[inside], line[:-1][inside], np.zeros(inside.sum()))


def errors_by_region(source: Path, points: int = POINTS, *, as_reference: bool = False) -> list[Errors]:
    """OpenStreetMap and the power plants alone against the better maps; see AS_REFERENCE."""
    osm = search_of(osm_lines(source))
    better = {"Brazil": search_of(brazil(source)[0])}
    europe = entsoe(source, under_construction=as_reference)
    power = plants()
    read = NearestSearch.of_points(power.places, np.where(power.capacity_derived, 0.0, power.capacity_mw))
    line_km = osm.nearest(power.places[:, 1], power.places[:, 0]).distance_km[:, 0]
    found = []
    for region, iso3 in (AS_REFERENCE if as_reference else REGIONS).items():
        lon, lat = land_points(set(iso3.split()), points, MAPPED.get(region)).T
        truth = better.get(region, europe).nearest(lat, lon).distance_km[:, 0]
        line = osm.nearest(lat, lon, 1, LEAST_KV).distance_km[:, 0]
        any_line = osm.nearest(lat, lon).distance_km[:, 0]
        plant = power.search.nearest(lat, lon, 1, LARGE_MW).distance_km[:, 0]
        read_plant = read.nearest(lat, lon, 1, LARGE_MW).distance_km[:, 0]
        around = power.ashore.nearest(lat, lon, WITNESSES, WITNESS_MW)
        shares = [witness_share(d, line_km[o]) for d, o in zip(around.distance_km, around.owner, strict=True)]
        sole = power.ashore.nearest(lat, lon, 1, LARGE_MW)
        shares = [
            sole_witness_share(None, float(d), line_km[o]) if share is None else share
            for share, d, o in zip(shares, sole.distance_km[:, 0], sole.owner[:, 0], strict=True)
        ]
        words = np.array([completeness_of(share) for share in shares])
        mapped = (line, any_line, plant, read_plant, np.minimum(line, plant))
        found.append(Errors(region, *(np.abs(distance - truth) for distance in mapped), words))
    return found


def table_of(found: list[Errors]) -> Iterator[str]:
    """Median and nine tenths by region, a line each."""
    yield (
        "| Region | Line, median (p90), km | Line of any voltage | Plant of 30 MW | Plant, sizes as read | "
        "Line or plant | Reference |"
    )
    yield "|---|---|---|---|---|---|---|"
    for item in found:
        cells = [
            f"{np.median(error):.1f} ({np.quantile(error, 0.9):.0f})"
            for error in (item.line, item.any_line, item.plant, item.read_plant, item.either)
        ]
        yield f"| {item.region} | {' | '.join(cells)} | {' / '.join(map(str, REFERENCE[item.region]))} |"


def sampling_error(errors: np.ndarray, draws: int = 100) -> float:
    """Standard error of a median, by bootstrap, km."""
    random = np.random.default_rng(SEED)
    return float(np.std([np.median(random.choice(errors, len(errors))) for _ in range(draws)]))


def sampling_errors(found: list[Errors]) -> Iterator[str]:
    """One line: how far the medians of line or plant are chance."""
    yield "Standard error of the medians of line or plant: " + ", ".join(
        f"{item.region} {sampling_error(item.either):.2f} km" for item in found
    )


def completeness_table(found: list[Errors]) -> Iterator[str]:
    """The same by completeness."""
    yield "| Completeness by the plants nearby | Points | Line, median (p90), km |"
    yield "|---|---|---|"
    words, line = np.concatenate([x.completeness for x in found]), np.concatenate([x.line for x in found])
    for word in ("good", "partial", "poor"):
        error = line[words == word]
        yield (f"| {word} | {len(error)} | {np.median(error):.1f} ({np.quantile(error, 0.9):.0f}) |")


def size_table(source: Path) -> Iterator[str]:
    """Sizes derived from generation against the sizes read, over the plants that both versions name."""
    both = plants_in_both(*plant_files(source))
    derived = derived_mw(*plant_files(source))[both["row"]].to_numpy()
    both = both.assign(derived=derived, error=np.abs(derived / both["capacity_mw"] - 1.0))
    yield "| Fuel | Plants of 30 MW | Derived size, median error | Of them 30 MW by derived size | Wrongly so |"
    yield "|---|---|---|---|---|"
    for fuel, group in both[both["derived"] > 0.0].groupby("primary_fuel"):
        large, seen = group["capacity_mw"] >= LARGE_MW, group["derived"] >= LARGE_MW
        if large.sum() >= 100:
            cells = [
                f"{group['error'][large].median():.0%}",
                f"{seen[large].mean():.0%}",
                f"{(~large)[seen].mean():.0%}",
            ]
            yield f"| {fuel} | {large.sum()} | {' | '.join(cells)} |"


def main() -> None:
    """Print the tables and put them into docs/grid_data.md."""
    source = SHARED / "data" / "grid"
    if not source.is_dir():
        print("the shared grid data are not beside the project: the table of errors stays as it is")
        return
    found = errors_by_region(source)
    parts = [
        table_of(found),
        sampling_errors(found),
        ["The same as the reference seems to have drawn its points and lines:"],
        table_of(errors_by_region(source, as_reference=True)),
        completeness_table(found),
        size_table(source),
    ]
    table = "\n\n".join("\n".join(part) for part in parts)
    print(table)
    before, _, rest = DOC.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    DOC.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
