"""Coast, water depth and ports of a place, and how much of a way leads over sea or through a town."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np

from geodata.grid.table import names_in
from geodata.polygons import STEP, PolygonSet
from geodata.search import NearestSearch
from geodata.search.ellipsoid import GEOD
from geodata.weather.table import ClimateTable

DATA = Path(__file__).parent / "data"
DEPTH_RESOLUTION = "20 arc-minutes (37 km at the equator)"
STEP_KM = 0.5  # along a way
BRIDGED_KM = 2.0  # shorter water is a river, or the coast's outline being simplified
MOST_STEPS = 4000


@dataclass(frozen=True, slots=True)
class Port:
    """A sea port and its geodesic distance."""

    name: str
    latitude: float
    longitude: float
    distance_km: float


@dataclass(frozen=True, slots=True)
class SeaFacts:
    """at_sea: no land here on the 1:10 million map. depth_m: None on land. coast_km: geodesic, to the nearest coast."""

    at_sea: bool
    coast_km: float
    depth_m: float | None
    ports: tuple[Port, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """A straight way between two places: points along it (n, 2), each for the same length; flags of each (n,).

    wet : under sea or lake. urban : in an urban area, on land.
    """

    length_km: float
    points: np.ndarray
    wet: np.ndarray
    urban: np.ndarray


class LandMap:
    """Land, lakes, urban areas and ports; `load()` reads them once."""

    def __init__(self) -> None:
        with np.load(DATA / "land.npz") as file:
            self.land, self.lakes, self.urban = (PolygonSet.unpacked(file, name) for name in ("land", "lakes", "urban"))
        segments, owner = self.land.rings()
        cut = (np.abs(segments[:, [0, 2]]) >= 179.999).all(axis=1) | (segments[:, [1, 3]] <= -85.0).any(axis=1)
        coast = segments[~cut]  # where the map is cut at 180 degrees there is no coast
        self._coast = NearestSearch(coast, owner[~cut], np.zeros(len(coast)))
        with np.load(DATA / "ports.npz") as file:
            self._ports = file["places"] / STEP
            self._port_names = names_in(file["names"], len(self._ports))
        self._port_search = NearestSearch.of_points(self._ports)

    @classmethod
    def load(cls) -> "LandMap":
        """The map, read on the first call."""
        return _load()

    def named_ports(self) -> list[tuple[str, tuple[float, float]]]:
        """Name, longitude and latitude of every port."""
        return [(name, (float(x), float(y))) for name, (x, y) in zip(self._port_names, self._ports, strict=True)]

    def at(self, latitude: float, longitude: float, ports: int = 3) -> SeaFacts:
        """The facts of a place. Raises ValueError outside the globe."""
        here = np.array([latitude]), np.array([longitude])
        coast = self._coast.nearest(*here)
        found = self._port_search.nearest(*here, max(ports, 1))
        at_sea = not self.land.contain(np.array([[longitude, latitude]]))[0]
        return SeaFacts(
            at_sea=at_sea,
            coast_km=float(coast.distance_km[0, 0]),
            depth_m=ClimateTable.load().at(latitude, longitude).depth_m if at_sea else None,
            ports=tuple(
                Port(self._port_names[row], float(self._ports[row, 1]), float(self._ports[row, 0]), float(distance))
                for row, distance in zip(found.owner[0][:ports], found.distance_km[0][:ports], strict=True)
            ),
        )

    def nearest_sea(self, latitude: float, longitude: float) -> tuple[float, float, float]:
        """Latitude, longitude and distance (km) of the nearest point of a coast."""
        found = self._coast.nearest(np.array([latitude]), np.array([longitude]))
        x, y = found.closest_deg[0, 0]
        return float(y), float(x), float(found.distance_km[0, 0])

    def along(self, latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> Along:
        """What a straight (geodesic) way leads over, sampled every half kilometre."""
        azimuth, _, metres = GEOD.inv(longitude, latitude, to_longitude, to_latitude)
        length = float(metres) / 1000.0
        steps = int(np.clip(np.ceil(length / STEP_KM), 1, MOST_STEPS))
        along = (np.arange(steps) + 0.5) / steps * metres
        flat = np.ones(steps)
        lon, lat, _ = GEOD.fwd(longitude * flat, latitude * flat, azimuth * flat, along)
        points = np.column_stack([lon, lat])
        wet = ~self.land.contain(points) | self.lakes.contain(points)
        wet = _long_runs(wet, BRIDGED_KM / max(length / steps, 1e-9))
        return Along(length, points, wet, self.urban.contain(points) & ~wet)


def _long_runs(flags: np.ndarray, least: float) -> np.ndarray:
    """The flags without the runs of True shorter than `least` steps."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False))
    kept = np.zeros(len(flags), dtype=bool)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        kept[start:end] = end - start >= least
    return kept


_LOADING = Lock()


def _load() -> LandMap:
    with _LOADING:  # the service loads it beside its first requests: once is enough
        return _loaded()


@cache
def _loaded() -> LandMap:
    return LandMap()
