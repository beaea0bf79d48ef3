"""Which country a place is in, or nearest to at sea."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from pyproj import Geod

TABLE = Path(__file__).parent / "data" / "countries.npz"
DEGREE = 1e4
GEOD = Geod(ellps="WGS84")
OFFSHORE_KM = 370.0  # 200 nautical miles, the breadth of an exclusive economic zone (UNCLOS, article 57)
ON_LAND_KM = 1.0  # what the outlines are worth; it also closes the slivers between simplified neighbours
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class CountryMatch:
    """`iso3` is ISO 3166-1 alpha-3; None far out at sea. `offshore` places belong to the nearest country."""

    iso3: str | None
    name: str | None
    offshore: bool
    distance_km: float


class Countries:
    """Outlines of the countries; `load()` reads them once."""

    def __init__(self) -> None:
        file = np.load(TABLE)
        rings = np.split(file["steps"], np.cumsum(file["sizes"])[:-1])
        self._areas = np.array([shapely.Polygon(np.cumsum(ring, axis=0) / DEGREE) for ring in rings])
        shapely.prepare(self._areas)
        self._owner = file["owner"]
        self._names = [line.split("\t") for line in file["names"].tobytes().decode().split("\n")]
        self._tree = shapely.STRtree(self._areas)

    @classmethod
    def load(cls) -> "Countries":
        """The outlines, read on the first call."""
        return _load()

    @property
    def codes(self) -> frozenset[str]:
        """ISO 3166-1 alpha-3 codes of all that has an outline of its own."""
        return frozenset(iso3 for iso3, _ in self._names)

    def at(self, latitude: float, longitude: float) -> CountryMatch:
        """The country of a place; at sea the nearest within 370 km. Raises ValueError outside the globe."""
        if not (-90.0 <= latitude <= 90.0 and -180.0 <= longitude <= 180.0):
            raise ValueError("latitude must lie between -90 and 90, longitude between -180 and 180")
        inside = self._tree.query(shapely.Point(longitude, latitude), predicate="within")
        if len(inside):
            smallest = inside[np.argmin(shapely.area(self._areas[inside]))]
            return self._match(int(smallest), 0.0, offshore=False)
        nearest = self._nearest(latitude, longitude)
        if nearest is None:
            return CountryMatch(None, None, offshore=True, distance_km=float("inf"))
        row, distance = nearest
        return self._match(row, distance, offshore=distance > ON_LAND_KM)

    def names(self) -> list[tuple[str, str]]:
        """Code and English name of each."""
        return [(code, name) for code, name in self._names]

    def outlines(self) -> list[tuple[shapely.Polygon, str]]:
        """Every outline, degrees, and its country's code."""
        return [(area, self._names[owner][0]) for area, owner in zip(self._areas, self._owner, strict=True)]

    def _match(self, row: int, distance_km: float, *, offshore: bool) -> CountryMatch:
        iso3, name = self._names[self._owner[row]]
        return CountryMatch(iso3, name, offshore, distance_km if offshore else 0.0)

    def _nearest(self, latitude: float, longitude: float) -> tuple[int, float] | None:
        """The nearest outline within reach and its geodesic distance, km."""
        stretch = max(float(np.cos(np.radians(latitude))), 0.01)
        up = OFFSHORE_KM / KM_PER_DEGREE
        best: tuple[int, float] | None = None
        for shift in (-360.0, 0.0, 360.0):
            here = shapely.Point(longitude + shift, latitude)
            side = min(up / stretch, 180.0)
            box = shapely.box(here.x - side, latitude - up, here.x + side, latitude + up)
            for row in self._tree.query(box):
                # Degrees of longitude are shrunk to those of latitude at the place, where the nearest point is sought.
                outline = shapely.transform(
                    shapely.intersection(self._areas[row].exterior, box), lambda xy: xy * [stretch, 1.0]
                )
                if outline.is_empty:
                    continue
                scaled = shapely.Point(here.x * stretch, latitude)
                closest = shapely.get_point(shapely.shortest_line(scaled, outline), 1)
                distance = GEOD.inv(here.x, latitude, closest.x / stretch, closest.y)[2] / 1000.0
                if distance <= OFFSHORE_KM and (best is None or distance < best[1]):
                    best = int(row), float(distance)
        return best


@cache
def _load() -> Countries:
    return Countries()
