"""What the ground of a way makes of the cost of an overhead line: slopes, towns, suburbs, forest, wetland.

    terrain  = 1 + sum of share x (multiplier - 1) over hills and mountains
    land use = 1 + sum of share x (multiplier - 1) over urban, suburban, forest and wetland

Multipliers are the TEPPC guide's; the guide multiplies terrain and land use place by place, here their shares are taken
to be independent.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from models.connection_data import connection_data
from models.figure import Figure

TERRAIN = ("hill", "mountain")
LAND_USE = ("urban", "suburban", "forest", "wetland")


@dataclass(frozen=True, slots=True)
class WayShares:
    """Shares of a line's length on land. Raises ValueError outside 0-1, and where terrains or land uses exceed 1."""

    hill: float = 0.0
    mountain: float = 0.0
    urban: float = 0.0
    suburban: float = 0.0
    forest: float = 0.0
    wetland: float = 0.0

    def __post_init__(self) -> None:
        values = [getattr(self, field.name) for field in fields(self)]
        if not all(math.isfinite(value) and 0.0 <= value <= 1.0 for value in values):
            raise ValueError("shares must lie between 0 and 1")
        for names in (TERRAIN, LAND_USE):
            if sum(getattr(self, name) for name in names) > 1.0 + 1e-9:
                raise ValueError(f"the shares of {', '.join(names)} exceed 1 together")


def slope_shares(slopes: Sequence[float]) -> tuple[float, float]:
    """Shares of hills and of mountains among slopes (rise over run) along a way; 0 where there are none."""
    hill, mountain = (connection_data().way_from_slope[name] for name in TERRAIN)
    if not slopes:
        return 0.0, 0.0
    steep = sum(slope >= mountain for slope in slopes) / len(slopes)
    return sum(slope >= hill for slope in slopes) / len(slopes) - steep, steep


def way_multipliers(shares: WayShares) -> tuple[float, float, list[Figure]]:
    """Terrain and land-use multipliers of a line, and the figures that count."""
    data = connection_data()
    of_each = {name: float(getattr(shares, name)) for name in (*TERRAIN, *LAND_USE)}
    used = {name: share for name, share in of_each.items() if share > 0.0}

    def product(names: tuple[str, ...]) -> float:
        return 1.0 + sum(used.get(name, 0.0) * (data.way_multipliers[name].value - 1.0) for name in names)

    return product(TERRAIN), product(LAND_USE), [data.way_multipliers[name] for name in used]
