"""Which plants and projects stand near a place, how many there are, and which are most like a site."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from geodata.datasets import datasets
from geodata.in_force import InForce
from geodata.industry.table import Projects, joined
from geodata.search import NearestSearch
from geodata.search.ellipsoid import geodesic_m
from geodata.user_data import Layer, LayerKind, path_of

DATA = Path(__file__).parent.parent / "data"
DATASET = "industry"
STAGES = ("announced", "financed", "operational", "closed", "unknown")
SAME_PLACE_KM = 2.0
PEER_KM, PEER_RATIO = 500.0, 2.0  # as far apart counts as much as being twice as large
UNKNOWN_SIZE = 2.0  # of a peer without a stated capacity: as if four times as large
log = logging.getLogger("sitewatt")


@dataclass(frozen=True, slots=True)
class Project:
    """One plant or project. distance_km: geodesic, None where the place or the question has none.

    unlikeness : of a peer; 0 is the same place and size, 1 is 500 km away or twice as large.
    """

    project_id: str | None
    name: str
    owner: str | None
    sector: str
    technology: str | None
    status: str
    stage: str
    country: str
    latitude: float | None
    longitude: float | None
    capacity_t_per_year: float | None
    start_year: int | None
    source: str
    dataset: str
    distance_km: float | None
    unlikeness: float | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a sector, stage and country."""

    sector: str
    stage: str
    country: str
    projects: int
    capacity_t_per_year: float


class ProjectIndex:
    """What ships and the user's trackers, as one list; `load()` gives the current one."""

    def __init__(self, parts: list[Projects], names: list[str]) -> None:
        """parts : the shipped one first; what a later one lists too is left out of an earlier one."""
        kept = [part.rows(_not_in(part, parts[number + 1 :])) for number, part in enumerate(parts)]
        self._all = joined(kept)
        self._dataset = [name for name, part in zip(names, kept, strict=True) for _ in range(len(part))]
        self._sector = np.array(self._all.sector)
        self._stage = np.array(self._all.stage)
        self._country = np.array(self._all.country)

    @classmethod
    def load(cls) -> "ProjectIndex":
        """The list in force now."""
        return _current.get()

    @property
    def sectors(self) -> tuple[str, ...]:
        """Every sector there is."""
        return tuple(sorted(set(self._all.sector)))

    def find(
        self,
        *,
        place: tuple[float, float] | None = None,
        radius_km: float | None = None,
        sector: str | None = None,
        stages: Sequence[str] = (),
        country: str | None = None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Rows that fit, nearest first where a place (latitude, longitude) is given, else by size; and distances, km.

        A radius leaves out what has no place.
        """
        fits = np.ones(len(self._all), dtype=bool)
        if sector is not None:
            fits &= self._sector == sector
        if stages:
            fits &= np.isin(self._stage, list(stages))
        if country is not None:
            fits &= self._country == country
        rows = np.flatnonzero(fits)
        distance = self._distances(place, rows)
        if radius_km is not None:
            near = distance <= radius_km  # NaN is not near
            rows, distance = rows[near], distance[near]
        size = np.nan_to_num(self._all.capacity_t_per_year[rows], nan=-1.0)
        order = np.lexsort((-size, np.nan_to_num(distance, nan=np.inf)))
        return rows[order], distance[order]

    def counts(self, rows: np.ndarray) -> list[Count]:
        """By sector, stage and country, the most first."""
        tally: Counter[tuple[str, str, str]] = Counter()
        capacity: Counter[tuple[str, str, str]] = Counter()
        for row in rows:
            key = self._all.sector[row], self._all.stage[row], self._all.country[row]
            tally[key] += 1
            capacity[key] += np.nan_to_num(self._all.capacity_t_per_year[row])
        return [Count(*key, projects=number, capacity_t_per_year=float(capacity[key])) for key, number in
                sorted(tally.items(), key=lambda item: (-item[1], item[0]))]  # fmt: skip

    def peers(
        self, place: tuple[float, float], sector: str, capacity_t_per_year: float | None, k: int = 5
    ) -> list[Project]:
        """The k of a sector most like a site, in place and size; closed ones and those without a place left out.

        Unlikeness is the root of the sum of the squares of distance over 500 km and of the number of doublings between
        the two sizes, the size left out where the site states none.
        """
        rows, distance = self.find(place=place, sector=sector, stages=("announced", "financed", "operational"))
        known = ~np.isnan(distance)
        rows, distance = rows[known], distance[known]
        doublings = np.zeros(len(rows))
        if capacity_t_per_year is not None:
            size = self._all.capacity_t_per_year[rows]
            with np.errstate(divide="ignore", invalid="ignore"):  # no size: the next line says so
                ratio = np.abs(np.log(size / capacity_t_per_year)) / np.log(PEER_RATIO)
            doublings = np.where(np.isfinite(ratio), ratio, UNKNOWN_SIZE)
        unlike = np.hypot(distance / PEER_KM, doublings)
        best = np.argsort(unlike, kind="stable")[:k]
        return [self.project(int(rows[i]), float(distance[i]), float(unlike[i])) for i in best]

    def project(self, row: int, distance_km: float = np.nan, unlikeness: float | None = None) -> Project:
        """One row."""
        every = self._all
        longitude, latitude = every.places[row]
        capacity, year = every.capacity_t_per_year[row], every.year[row]
        return Project(
            project_id=every.project_id[row] or None,
            name=every.name[row],
            owner=every.owner[row] or None,
            sector=every.sector[row],
            technology=every.technology[row] or None,
            status=every.status[row],
            stage=every.stage[row],
            country=every.country[row],
            latitude=None if np.isnan(latitude) else float(latitude),
            longitude=None if np.isnan(longitude) else float(longitude),
            capacity_t_per_year=None if np.isnan(capacity) else float(capacity),
            start_year=None if np.isnan(year) else int(year),
            source=every.source[row],
            dataset=self._dataset[row],
            distance_km=None if np.isnan(distance_km) else float(distance_km),
            unlikeness=unlikeness,
        )

    def _distances(self, place: tuple[float, float] | None, rows: np.ndarray) -> np.ndarray:
        distance = np.full(len(rows), np.nan)
        if place is None:
            return distance
        places = self._all.places[rows]
        known = ~np.isnan(places[:, 0])
        here = np.broadcast_to([place[1], place[0]], places[known].shape)
        distance[known] = geodesic_m(here, places[known]) / 1000.0
        return distance


def _not_in(part: Projects, others: list[Projects]) -> np.ndarray:
    """Rows that no later table lists: of one sector within 2 km, or, without places, of one name and country."""
    kept = np.ones(len(part), dtype=bool)
    for other in others:
        named = {_key(other, row) for row in range(len(other))}
        for row in range(len(part)):
            kept[row] &= _key(part, row) not in named
        for sector in set(other.sector):
            there = other.places[[row for row, name in enumerate(other.sector) if name == sector]]
            there = there[~np.isnan(there[:, 0])]
            here = np.array([row for row, name in enumerate(part.sector) if name == sector and kept[row]], dtype=int)
            here = here[~np.isnan(part.places[here, 0])]
            if not len(there) or not len(here):
                continue
            places = part.places[here]
            distance = NearestSearch.of_points(there).nearest(places[:, 1], places[:, 0]).distance_km[:, 0]
            kept[here[distance <= SAME_PLACE_KM]] = False
    return np.flatnonzero(kept)


def _key(table: Projects, row: int) -> tuple[str, str, str]:
    return table.sector[row], table.country[row], " ".join(table.name[row].lower().split())


@cache
def _shipped() -> Projects:
    return Projects.read(DATA / next(entry.file for entry in datasets() if entry.id == DATASET))


def _made(found: tuple[Layer, ...]) -> ProjectIndex:
    parts, names = [_shipped()], [DATASET]
    for layer in found:
        try:
            parts.append(Projects.read(path_of(LayerKind.PROJECTS, layer)).of_source(layer.source))
            names.append(layer.id)
        except (OSError, ValueError, KeyError):
            log.exception("the project list %s cannot be read and is left out", layer.id)
    return ProjectIndex(parts, names)


_current = InForce(LayerKind.PROJECTS, _made)
