"""Where the interior-point method starts, and its iterate."""

from dataclasses import dataclass, replace

import numpy as np

from models.arrays import FloatArray
from models.sizing.border import Border
from models.sizing.layout import NOTHING, Layout

PRODUCT = 1.0  # of the start, in scaled units: of the size of what a mean hour costs
LEAST = 1e-3


@dataclass(slots=True, eq=False)
class Iterate:
    """point : v, z, s, l (variables, positions). prices : (balances, positions)."""

    point: tuple[FloatArray, FloatArray, FloatArray, FloatArray]
    prices: FloatArray
    border: Border

    def of(self, layout: Layout, site: int) -> "Iterate":
        """The part of one site, by hour; copied."""
        v, z, s, l = (layout.by_hour(array, site) for array in self.point)  # noqa: E741  # the letters of the docs
        return Iterate((v, z, s, l), layout.by_hour(self.prices, site), self.border.of(site))

    def halfway_to(self, other: "Iterate") -> "Iterate":
        """The geometric mean of the positive numbers, the arithmetic one of the prices; in arrays of its own."""
        pairs = zip(self.point, other.point, strict=True)
        v, z, s, l = (np.sqrt(mine * theirs) for mine, theirs in pairs)  # noqa: E741  # the letters of the docs
        border = replace(
            self.border,
            first=np.sqrt(self.border.first * other.border.first),
            second=np.sqrt(self.border.second * other.border.second),
        )
        return Iterate((v, z, s, l), 0.5 * (self.prices + other.prices), border)


def start(layout: Layout) -> Iterate:
    """A first iterate: generous capacities, so that every limit has room, and large products."""
    first = layout.models[0]
    fixed = layout.capacity_upper <= 0.0
    free = (~fixed).astype(float)
    topped = (np.isfinite(layout.capacity_upper) & ~fixed).astype(float)
    p = np.array([model.start_capacities for model in layout.models]).T.reshape(len(first.capacities), layout.sites)
    p = np.where(topped > 0.0, np.minimum(p, 0.5 * layout.capacity_upper), p)
    p = np.where(fixed, 1.0, p)
    u = np.where(topped > 0.0, np.maximum(layout.capacity_upper - p, LEAST), 1.0)
    active, shape = layout.may_be, layout.shape
    base = layout.allowed(np.zeros_like(p))
    v = np.array([variable.start for variable in first.variables])[:, None] * np.ones(shape)
    bounded = layout.bounded[:, None]
    v = np.where(bounded & (base > 0.0), np.minimum(v, 0.5 * np.maximum(base, 2 * LEAST)), v)
    v = np.where(active > 0.0, np.maximum(v, LEAST), NOTHING)
    s = np.where(bounded & (active > 0.0), np.maximum(layout.allowed(p * free) - v, 0.1), 1.0)
    z = np.where(active > 0.0, PRODUCT / v, 0.0)
    l = np.where(bounded, active * PRODUCT / s, 0.0)  # noqa: E741  # the letters of the docs
    g = np.maximum(layout.long_bounds, 1.0)
    prices = np.zeros(layout.load.shape)
    prices[0] = 1.0
    hours = layout.shape[1] // layout.sites
    # What the hours' prices do not pay of a capacity is its own multiplier: where it makes little, nearly all.
    unpaid = layout.capacity_cost - layout.charged(l)
    q = np.maximum(PRODUCT / p * hours**0.5, unpaid) * free
    border = Border(
        number=len(p),
        first=np.concatenate([p, u, g]),
        second=np.concatenate([q, PRODUCT / u * topped, PRODUCT / g]),
        exists=np.concatenate([free, topped, np.ones_like(g)]),
    )
    return Iterate((v, z, s, l), prices, border)
