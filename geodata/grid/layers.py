"""Tables in memory, ready to be searched; a user's layer hides, within its own bounds, what ranks below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from geodata.datasets import datasets
from geodata.grid.features import Owner
from geodata.grid.table import STEP, GridTable, names_in, tables_of
from geodata.search import NearestSearch
from geodata.search.nearest import HIDDEN
from geodata.user_data import Layer, LayerKind, path_of

DATA = Path(__file__).parent.parent / "data"
EMBEDDED = ("grid_osm", "grid_brazil", "grid_australia", "grid_new_zealand")
PLANTS = "power_plants"
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class SearchedTable:
    """A table, its searches, and who owns each line and station (numbers into `owners`)."""

    table: GridTable
    owners: tuple[Owner, ...]
    line_owner: np.ndarray
    station_owner: np.ndarray
    lines: NearestSearch
    stations: NearestSearch
    bounds: tuple[Box, ...] = ()

    def hidden_within(self, line_boxes: Sequence[Box], station_boxes: Sequence[Box]) -> "SearchedTable":
        """The same without what of the lines, and which of the stations, lies within the boxes."""
        if not line_boxes and not station_boxes:
            return self
        return replace(
            self,
            lines=self.lines.without(lambda places: inside(places, line_boxes)),
            stations=self.stations.without(lambda places: inside(places, station_boxes)),
        )


def inside(places: np.ndarray, boxes: Sequence[Box]) -> np.ndarray:
    """True for each (n, 2) place that lies in one of the boxes."""
    within = np.zeros(len(places), dtype=bool)
    for west, south, east, north in boxes:
        x, y = places[:, 0], places[:, 1]
        within |= (west <= x) & (x <= east) & (south <= y) & (y <= north)
    return within


def searched(
    table: GridTable,
    owners: tuple[Owner, ...],
    line_owner: np.ndarray,
    station_owner: np.ndarray,
    bounds: tuple[Box, ...] = (),
) -> SearchedTable:
    """A table with its searches built."""
    segments, line = table.segments()
    return SearchedTable(
        table,
        owners,
        line_owner,
        station_owner,
        NearestSearch(segments, line, table.line_kv[line]),
        NearestSearch.of_points(table.places, table.station_kv),
        bounds,
    )


@cache
def embedded() -> SearchedTable:
    """What ships, as one table."""
    shipped = {dataset.id: dataset for dataset in datasets()}
    parts = [GridTable.read(DATA / f"{name}.npz") for name in EMBEDDED]
    owners = tuple(
        Owner(name, shipped[name].attribution, shipped[name].as_of, shipped[name].licence) for name in EMBEDDED
    )
    number = np.arange(len(parts))
    return searched(
        tables_of(parts),
        owners,
        np.repeat(number, [part.lines for part in parts]),
        np.repeat(number, [len(part.places) for part in parts]),
    )


def of_user(layer: Layer) -> SearchedTable:
    """A user's layer; one that stands beside what ships has no bounds of its own."""
    table = GridTable.read(path_of(LayerKind.GRID, layer))
    own_map = not layer.options.get("beside")
    owner = Owner(layer.id, layer.source, layer.as_of, layer.licence, user=own_map)
    nobody_else = np.zeros(table.lines, np.int64), np.zeros(len(table.places), np.int64)
    return searched(table, (owner,), *nobody_else, bounds=layer.bounds if own_map else ())


@dataclass(frozen=True, slots=True, eq=False)
class Plants:
    """Power plants: `places` (n, 2), capacity 0 where unknown, `line_km` to the nearest line of the embedded map.

    capacity_derived : (n,) True where the size follows from the plant's generation. ashore : the search without those
    at sea, whose cables say nothing of the grid on land.
    """

    owner: Owner
    places: np.ndarray
    names: list[str]
    fuel: list[str]
    capacity_mw: np.ndarray
    capacity_derived: np.ndarray
    line_km: np.ndarray
    search: NearestSearch
    ashore: NearestSearch

    @property
    def fuels(self) -> tuple[str, ...]:
        """Every fuel there is."""
        return tuple(sorted(set(self.fuel)))

    def of_fuel(self, fuel: str | None) -> tuple[NearestSearch, np.ndarray]:
        """The search over one fuel and the rows it numbers. Raises ValueError for a fuel that is not there."""
        if fuel is None:
            return self.search, np.arange(len(self.places))
        if fuel not in self.fuels:
            raise ValueError(f"fuel must be one of {', '.join(self.fuels)}")
        return _plants_of(fuel)


@cache
def plants() -> Plants:
    """The power plants, read once."""
    with np.load(DATA / f"{PLANTS}.npz") as file:
        fuels = file["fuels"].tobytes().decode().split("\n")
        places, capacity = file["places"] / STEP, file["capacity_mw"].astype(float)
        at_sea = np.unpackbits(file["at_sea"], count=len(places)).astype(bool)
        shipped = next(dataset for dataset in datasets() if dataset.id == PLANTS)
        return Plants(
            owner=Owner(PLANTS, shipped.attribution, shipped.as_of, shipped.licence),
            places=places,
            names=names_in(file["names"], len(places)),
            fuel=[fuels[index] for index in file["fuel"]],
            capacity_mw=capacity,
            capacity_derived=np.unpackbits(file["derived"], count=len(places)).astype(bool),
            line_km=file["line_km"].astype(float),
            search=NearestSearch.of_points(places, capacity),
            ashore=NearestSearch.of_points(places, np.where(at_sea, HIDDEN, capacity)),
        )


@cache
def _plants_of(fuel: str) -> tuple[NearestSearch, np.ndarray]:
    everything = plants()
    rows = np.flatnonzero(np.array(everything.fuel) == fuel)
    return NearestSearch.of_points(everything.places[rows], everything.capacity_mw[rows]), rows
