"""The nearest line, substation and power plant of a place, with source, date and band."""

import logging
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from geodata.countries import Countries
from geodata.grid.features import GridFeature, GridProximity, Kind
from geodata.grid.layers import Plants, SearchedTable, embedded, inside, of_user, plants
from geodata.grid.quality import WITNESS_MW, WITNESSES, Quality, quality_at, sole_witness_share, witness_share
from geodata.grid.voltage import DIRECT_CURRENT_KV
from geodata.in_force import InForce
from geodata.search import Found
from geodata.user_data import Layer, LayerKind
from geodata.warnings import DataWarning

FAR_KM = 500.0
PROXY_MW = 30.0  # a plant of this size joins the transmission grid
UNKNOWN_AMONG = 8  # so many nearest lines are looked through for one whose voltage is not known
OWN_MAP = Quality("the user's own layer", "good", 0.0, 0.0, "the user's own layer", "given")
log = logging.getLogger("sitewatt")


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The k nearest of one kind for many places: table and row (places, k), -1 where there are fewer."""

    table: np.ndarray
    row: np.ndarray
    distance_km: np.ndarray
    closest_deg: np.ndarray


class GridIndex:
    """The grid in force: the embedded one, and the user's layers before it. `load()` gives the current one."""

    def __init__(self, tables: list[SearchedTable], power_plants: Plants) -> None:
        """tables : the embedded one first; a later one goes before an earlier one within its bounds."""
        self.plants = power_plants
        self._quality_near = lru_cache(maxsize=256)(self._shipped_quality)  # the same few places many times an answer
        self.tables = [
            table.hidden_within(
                [box for other in tables[number + 1 :] if other.table.lines for box in other.bounds],
                [box for other in tables[number + 1 :] if len(other.table.places) for box in other.bounds],
            )
            for number, table in enumerate(tables)
        ]

    @classmethod
    def load(cls) -> "GridIndex":
        """The grid in force now: looked up again when a user's layer was added or removed."""
        return _current.get()

    def batch(
        self,
        latitude: np.ndarray,
        longitude: np.ndarray,
        kind: Kind,
        k: int = 1,
        least: np.ndarray | float = 0.0,
        fuel: str | None = None,
    ) -> Hits:
        """The k nearest of one kind for many places; `least` kV or, of plants, MW, leaves out lower and unknown.

        Raises ValueError outside the globe, for k < 1 and for an unknown fuel.
        """
        if kind is Kind.PLANT:
            search, rows = self.plants.of_fuel(fuel)
            found = search.nearest(latitude, longitude, k, least)
            row = np.where(found.owner >= 0, rows[found.owner], -1)
            return Hits(np.zeros_like(row), row, found.distance_km, found.closest_deg)
        return _joined(
            [
                (table.lines if kind is Kind.LINE else table.stations).nearest(latitude, longitude, k, least)
                for table in self.tables
            ],
            k,
        )

    def features(
        self,
        latitude: float,
        longitude: float,
        kind: Kind,
        k: int = 1,
        min_voltage_kv: float | None = None,
        *,
        min_plant_mw: float | None = None,
        fuel: str | None = None,
    ) -> list[GridFeature]:
        """The `k` nearest of one kind, nearest first. A least voltage or size leaves out what is lower or unknown.

        Raises ValueError outside the globe, for k < 1 and for an unknown fuel.
        """
        least = (min_plant_mw if kind is Kind.PLANT else min_voltage_kv) or 0.0
        hits = self.batch(np.array([latitude]), np.array([longitude]), kind, k, least, fuel)
        quality = self.quality(latitude, longitude)
        return [self._feature(kind, quality, hits, i) for i in range(hits.row.shape[1]) if hits.row[0, i] >= 0]

    def nearest(
        self,
        latitude: float,
        longitude: float,
        *,
        min_voltage_kv: float | None = None,
        min_plant_mw: float | None = None,
        fuel: str | None = None,
    ) -> GridProximity:
        """The nearest of each kind, and what the map does not know."""
        quality = self.quality(latitude, longitude)

        def first(kind: Kind) -> GridFeature | None:
            found = self.features(latitude, longitude, kind, 1, min_voltage_kv, min_plant_mw=min_plant_mw, fuel=fuel)
            return found[0] if found else None

        line, station, plant = (first(kind) for kind in Kind)
        nearer = self._nearer_km(latitude, longitude, min_voltage_kv)
        line, station = (
            replace(part, distance_low_km=min(part.distance_low_km, nearer)) if part else None
            for part in (line, station)
        )
        warnings = []
        if quality.completeness != "good":
            detail = (
                f"the grid's map of {quality.area} is {quality.completeness}: an unmapped line may be nearer "
                f"by some {quality.missing_km:g} km ({quality.source})"
            )
            warnings.append(DataWarning("grid_incomplete", detail))
        if line is not None and line.distance_km > FAR_KM:
            warnings.append(DataWarning("grid_far", f"the nearest mapped line is {line.distance_km:,.0f} km away"))
        return GridProximity(line, station, plant, quality.completeness, tuple(warnings))

    def quality(self, latitude: float, longitude: float) -> Quality:
        """How far the map can be trusted here. Raises ValueError outside the globe."""
        place = np.array([[longitude, latitude]])
        if any(inside(place, table.bounds)[0] for table in self.tables[1:] if table.table.lines):
            return OWN_MAP
        return self._quality_near(latitude, longitude)

    def joined_plant(self, latitude: float, longitude: float) -> GridFeature:
        """The nearest power plant of 30 MW on land: it must have a line, whatever the map shows."""
        found = self.plants.ashore.nearest(np.array([latitude]), np.array([longitude]), 1, PROXY_MW)
        hits = Hits(np.zeros_like(found.owner), found.owner, found.distance_km, found.closest_deg)
        return self._feature(Kind.PLANT, self.quality(latitude, longitude), hits, 0)

    def _shipped_quality(self, latitude: float, longitude: float) -> Quality:
        country = Countries.load().at(latitude, longitude)
        here = np.array([latitude]), np.array([longitude])
        found = self.plants.ashore.nearest(*here, WITNESSES, WITNESS_MW)
        witnesses = found.owner[0][found.owner[0] >= 0]
        share = witness_share(found.distance_km[0][: len(witnesses)], self.plants.line_km[witnesses])
        if share is None:
            near = self.plants.ashore.nearest(*here, 1, PROXY_MW)
            line_km = float(self.plants.line_km[near.owner[0, 0]])
            share = sole_witness_share(country.iso3, float(near.distance_km[0, 0]), line_km)
        return quality_at(country.iso3, longitude, share)

    def _nearer_km(self, latitude: float, longitude: float, min_voltage_kv: float | None) -> float:
        """Where a grid is for certain, or may be of the voltage asked for: a plant of 30 MW, a line without voltage."""
        plant = self.plants.ashore.nearest(np.array([latitude]), np.array([longitude]), 1, PROXY_MW)
        nearer = float(plant.distance_km[0, 0])
        if min_voltage_kv is not None:
            lines = self.features(latitude, longitude, Kind.LINE, UNKNOWN_AMONG)
            unknown = [line.distance_km for line in lines if line.voltage_kv is None]
            nearer = min([nearer, *unknown])
        return nearer

    def _feature(self, kind: Kind, quality: Quality, hits: Hits, i: int) -> GridFeature:
        row, distance = int(hits.row[0, i]), float(hits.distance_km[0, i])
        table = self.tables[int(hits.table[0, i])]
        if kind is Kind.PLANT:
            owner, name, voltage = self.plants.owner, self.plants.names[row], 0.0
        elif kind is Kind.LINE:
            owner, name = table.owners[table.line_owner[row]], table.table.line_names[row]
            voltage = float(table.table.line_kv[row])
        else:
            owner, name = table.owners[table.station_owner[row]], table.table.station_names[row]
            voltage = float(table.table.station_kv[row])
        band = OWN_MAP if owner.user else quality
        if band is OWN_MAP and not owner.user:  # a shipped substation within a layer of lines
            band = self._quality_near(float(hits.closest_deg[0, i, 1]), float(hits.closest_deg[0, i, 0]))
        size = float(self.plants.capacity_mw[row]) if kind is Kind.PLANT else 0.0
        return GridFeature(
            kind=kind,
            distance_km=distance,
            distance_low_km=max(0.0, distance - max(band.missing_km, band.position_km)),
            distance_high_km=distance + band.position_km,
            voltage_kv=voltage or None,
            direct_current=voltage in DIRECT_CURRENT_KV,
            circuits=int(table.table.circuits[row]) if kind is Kind.LINE else None,
            length_km=float(table.table.length_km[row]) if kind is Kind.LINE else None,
            name=name or None,
            latitude=round(float(hits.closest_deg[0, i, 1]), 6),
            longitude=round(float(hits.closest_deg[0, i, 0]), 6),
            dataset=owner.dataset,
            source=owner.source,
            as_of=owner.as_of,
            licence=owner.licence,
            fuel=self.plants.fuel[row] if kind is Kind.PLANT else None,
            capacity_mw=size or None,
            capacity_derived=bool(self.plants.capacity_derived[row]) if size else None,
        )


def _joined(found: list[Found], k: int) -> Hits:
    """The k nearest over several tables; of two as near, the later table's."""
    found = found[::-1]
    distance = np.hstack([part.distance_km for part in found])
    order = np.argsort(distance, axis=1, kind="stable")[:, :k]
    table = np.repeat(np.arange(len(found))[::-1], k)[order]
    row = np.take_along_axis(np.hstack([part.owner for part in found]), order, axis=1)
    closest = np.take_along_axis(np.concatenate([part.closest_deg for part in found], axis=1), order[..., None], axis=1)
    return Hits(table, row, np.take_along_axis(distance, order, axis=1), closest)


def _made(found: tuple[Layer, ...]) -> GridIndex:
    tables = [embedded()]
    for layer in found:
        try:
            tables.append(of_user(layer))
        except (OSError, ValueError, KeyError):
            log.exception("the grid layer %s cannot be read and is left out", layer.id)
    return GridIndex(tables, plants())


_current = InForce(LayerKind.GRID, _made)
