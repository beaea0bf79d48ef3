"""The nearest line, substation and power plant of a place, with source, date and band."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import numpy as np

from geodata.countries import Countries
from geodata.datasets import Dataset, datasets
from geodata.grid.geometry import PointSearch, SegmentSearch
from geodata.grid.quality import Quality, quality_at
from geodata.grid.table import Points, read_lines, read_plants
from geodata.warnings import DataWarning

LINES = ("grid_osm", "grid_national")
PLANTS = "power_plants"
FAR_KM = 500.0


class Kind(StrEnum):
    """What is looked for."""

    LINE = "line"
    SUBSTATION = "substation"
    PLANT = "plant"


@dataclass(frozen=True, slots=True)
class GridFeature:
    """One thing on the grid's map. Distances are geodesic, to the mapped geometry; the band is `quality.csv`'s."""

    kind: Kind
    distance_km: float
    distance_low_km: float
    distance_high_km: float
    voltage_kv: float | None
    name: str | None
    latitude: float
    longitude: float
    source: str
    as_of: str
    licence: str
    fuel: str | None
    capacity_mw: float | None


@dataclass(frozen=True, slots=True)
class GridProximity:
    """What is nearest; a part is None only where the filter leaves nothing."""

    nearest_line: GridFeature | None
    nearest_substation: GridFeature | None
    nearest_plant: GridFeature | None
    completeness: str
    warnings: tuple[DataWarning, ...]


class GridIndex:
    """The embedded grid; `load()` reads it once."""

    def __init__(self) -> None:
        self._segments, self._stations = read_lines(LINES)
        self._plants = read_plants(PLANTS, len(LINES))
        self._line_search = SegmentSearch(self._segments.ends)
        self._station_search = PointSearch(self._stations.places)
        self._plant_search = PointSearch(self._plants.places)
        shipped = {dataset.id: dataset for dataset in datasets()}
        self._datasets = [shipped[name] for name in (*LINES, PLANTS)]

    @classmethod
    def load(cls) -> "GridIndex":
        """The index, read on the first call."""
        return _load()

    def features(
        self, latitude: float, longitude: float, kind: Kind, k: int = 1, min_voltage_kv: float | None = None
    ) -> list[GridFeature]:
        """The `k` nearest of one kind, nearest first. A least voltage leaves out what is lower or unknown.

        Raises ValueError outside the globe or for k < 1.
        """
        if not (-90.0 <= latitude <= 90.0 and -180.0 <= longitude <= 180.0):
            raise ValueError("latitude must lie between -90 and 90, longitude between -180 and 180")
        if k < 1:
            raise ValueError("k must be 1 or more")
        quality = quality_at(Countries.load().at(latitude, longitude).iso3, longitude)
        if kind is Kind.LINE:
            allowed = _at_least(self._segments.voltage_kv, min_voltage_kv)
            if not len(allowed):
                return []
            rows, distance, places = self._line_search.nearest(longitude, latitude, allowed, k)
            voltage, owner = self._segments.voltage_kv[rows], self._segments.dataset[rows]
            return [
                self._feature(kind, quality, distance[i], places[i], self._datasets[owner[i]], voltage[i])
                for i in range(len(rows))
            ]
        table, search = self._table(kind)
        allowed = _at_least(table.voltage_kv, None if kind is Kind.PLANT else min_voltage_kv)
        if not len(allowed):
            return []
        rows, distance = search.nearest(longitude, latitude, allowed, k)
        return [
            self._feature(
                kind,
                quality,
                distance[i],
                table.places[row],
                self._datasets[table.dataset[row]],
                table.voltage_kv[row],
                table.names[row],
                table.fuel[row],
                table.capacity_mw[row],
            )
            for i, row in enumerate(rows)
        ]

    def nearest(self, latitude: float, longitude: float, *, min_voltage_kv: float | None = None) -> GridProximity:
        """The nearest of each kind, and what the map does not know."""
        quality = quality_at(Countries.load().at(latitude, longitude).iso3, longitude)
        line, station, plant = (
            next(iter(self.features(latitude, longitude, kind, 1, min_voltage_kv)), None) for kind in Kind
        )
        if plant is not None:  # where a power plant stands there is a grid, mapped or not
            line, station = (
                replace(part, distance_low_km=min(part.distance_low_km, plant.distance_km)) if part else None
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

    def _table(self, kind: Kind) -> tuple[Points, PointSearch]:
        if kind is Kind.PLANT:
            return self._plants, self._plant_search
        return self._stations, self._station_search

    def _feature(
        self,
        kind: Kind,
        quality: Quality,
        distance_km: float,
        place: np.ndarray,
        dataset: Dataset,
        voltage_kv: float = 0.0,
        name: str = "",
        fuel: str = "",
        capacity_mw: float = 0.0,
    ) -> GridFeature:
        return GridFeature(
            kind=kind,
            distance_km=float(distance_km),
            distance_low_km=max(0.0, float(distance_km) - max(quality.missing_km, quality.position_km)),
            distance_high_km=float(distance_km) + quality.position_km,
            voltage_kv=float(voltage_kv) or None,
            name=name or None,
            latitude=float(place[1]),
            longitude=float(place[0]),
            source=dataset.attribution,
            as_of=dataset.as_of,
            licence=dataset.licence,
            fuel=fuel or None,
            capacity_mw=float(capacity_mw) or None,
        )


def _at_least(voltage_kv: np.ndarray, least_kv: float | None) -> np.ndarray:
    return np.arange(len(voltage_kv)) if least_kv is None else np.flatnonzero(voltage_kv >= least_kv)


@cache
def _load() -> GridIndex:
    return GridIndex()
