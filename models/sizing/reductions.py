"""Between hours, lanes and sites: what is summed, what is the largest, and what is repeated."""

import numpy as np

from models.arrays import FloatArray
from models.sizing.kernel import kernel
from models.sizing.layout import Layout


class Reductions:
    """Sums and spreads over the layout of a block."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def by_site(self, lanes: FloatArray) -> FloatArray:
        """Sums over the lanes of each site, and the steps of a chunk."""
        steps = lanes.shape[-1] // self.layout.lanes
        by_lane = lanes.reshape(*lanes.shape[:-1], steps, self.layout.sites, self.layout.segments)
        return np.asarray(by_lane.sum(axis=(-3, -1)))

    def worst(self, lanes: FloatArray) -> FloatArray:
        """The largest over the lanes of each site, and the steps of a chunk."""
        return np.asarray(lanes.reshape(-1, self.layout.sites, self.layout.segments).max(axis=(0, 2)))

    def lanes(self, sites: FloatArray) -> FloatArray:
        """A value of each site in each of its lanes, at every step of a chunk."""
        return np.take(sites, self.layout.site_of_place, axis=-1)  # in rows, as the passes read it

    def slots(self, rows: FloatArray) -> FloatArray:
        """Values of the long rows (rows, sites) in the slots of the lanes, at every step of a chunk, (slots, wide)."""
        where = self.layout.slot_row
        found = np.where(where >= 0, rows[where, self.layout.site_of], 0.0) if len(rows) else np.zeros(where.shape)
        return np.tile(found, self.layout.repeats)

    def long_rows(self, slots: FloatArray) -> FloatArray:
        """Sums of slots (slots, wide) by long row, (rows, sites)."""
        layout = self.layout
        found = np.zeros(layout.long_bounds.shape)
        slots = slots.reshape(len(slots), layout.repeats, layout.lanes).sum(axis=1)
        for total, row in zip(slots, layout.slot_row, strict=True):
            keep = row >= 0
            np.add.at(found, (row[keep], layout.site_of[keep]), total[keep])
        return found

    def paid(self, prices: FloatArray) -> FloatArray:
        """What capacities earn by what they add to every hour's balances, (capacities, sites)."""
        if not self.layout.by_capacity.any():
            return np.zeros_like(self.layout.capacity_cost)
        positions, lanes = self.layout.shape[1], self.layout.lanes
        by_lane = prices[:, :positions].reshape(len(prices), -1, lanes).sum(axis=1)
        return self.layout.by_capacity @ self.by_site(by_lane)

    def residual_of(self, capacities: FloatArray, load: FloatArray, out: FloatArray) -> None:
        """Fill `out` with load (balances, positions) less what capacities (capacities, sites) add to every hour."""
        positions = self.layout.shape[1]
        out[:, :positions], out[:, positions:] = load, 0.0
        if self.layout.by_capacity.any():
            added = np.repeat(self.layout.by_capacity.T @ capacities, self.layout.segments, axis=-1)
            out[:, :positions] -= np.tile(added, positions // self.layout.lanes)

    def unmet(self, balance: FloatArray) -> FloatArray:
        """The largest residual of the balances (balances, positions or more), (sites,)."""
        return self.worst(_largest(balance, self.layout.shape[1], self.layout.lanes))


@kernel
def _largest(rows, positions, lanes):  # type: ignore[no-untyped-def]  # as all kernels
    """The largest amount in each lane, (lanes,)."""
    found = np.zeros(lanes)
    for row in range(len(rows)):
        for a in range(0, positions, lanes):
            one = rows[row, a : a + lanes]
            for i in range(lanes):
                found[i] = max(found[i], abs(one[i]))
    return found
