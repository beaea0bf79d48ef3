"""The ground of a straight way: its slopes, and how much of it is town, forest or wetland, as far as known.

Towns are Natural Earth's. Forest, wetland and suburbs are known where a user's layer says which they are
(`sitewatt data land add`), and not anywhere else.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geodata import user_data
from geodata.cover import COVERS, covers
from geodata.relief import broad_slopes
from geodata.sea import Along, LandMap
from geodata.user_data import LayerKind

SLOPE_EVERY_KM = 10.0  # well within a cell of 20 arc-minutes
MOST_SLOPES = 60
WHOLLY = 0.99


@dataclass(frozen=True, slots=True)
class Ground:
    """A way and its ground. Shares but the first are of its part on land; one that is not known is None.

    checked_share : of the part on land, where a layer tells the cover, by kind. slopes : rise over run, every 10 km.
    """

    length_km: float
    undersea_share: float
    urban_share: float
    suburban_share: float | None
    forest_share: float | None
    wetland_share: float | None
    checked_share: dict[str, float]
    slopes: tuple[float, ...]

    @property
    def partly_checked(self) -> tuple[str, ...]:
        """Kinds of cover that a layer tells for a part of the way alone."""
        return tuple(kind for kind, share in self.checked_share.items() if 0.0 < share < WHOLLY)


def ground(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> Ground:
    """The ground of a straight way."""
    return _ground(latitude, longitude, to_latitude, to_longitude, user_data.stamp(LayerKind.LAND))


@lru_cache(maxsize=512)
def _ground(latitude: float, longitude: float, to_latitude: float, to_longitude: float, _: object) -> Ground:
    along = LandMap.load().along(latitude, longitude, to_latitude, to_longitude)
    dry = along.points[~along.wet]
    urban = along.urban[~along.wet]
    cover, known = covers().at(dry)
    # What is two at once counts as the first: town, suburb, forest, wetland.
    taken = urban.copy()
    shares: dict[str, float | None] = {}
    for kind in COVERS:
        here = cover[kind] & ~taken
        taken |= here
        shares[kind] = float(here.mean()) if known[kind].any() else None
    return Ground(
        length_km=along.length_km,
        undersea_share=float(along.wet.mean()),
        urban_share=float(urban.mean()) if len(urban) else 0.0,
        suburban_share=shares["suburban"],
        forest_share=shares["forest"],
        wetland_share=shares["wetland"],
        checked_share={kind: float(known[kind].mean()) if len(dry) else 0.0 for kind in COVERS},
        slopes=_slopes(along),
    )


def _slopes(along: Along) -> tuple[float, ...]:
    dry = along.points[~along.wet]
    if not len(dry):
        return ()
    dry_km = along.length_km * len(dry) / len(along.points)
    count = int(np.clip(np.ceil(dry_km / SLOPE_EVERY_KM), 1, min(MOST_SLOPES, len(dry))))
    rows = ((np.arange(count) + 0.5) / count * len(dry)).astype(int)
    return tuple(broad_slopes(dry[rows, 1], dry[rows, 0]).tolist())
