"""The arrays of the interior-point method for a block of sites: scaled, hours in lanes; `laying.py` fills them.

A lane is a stretch of a site's hours; position = step x lanes + lane. Power counts in each site's mean load, money
such that a MWh costs about 1. All sites of a block have the same variables, balances and coefficients.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.arrays import FloatArray
from models.sizing.stage_model import StageModel

CHUNK = 512  # positions that a pass goes through at once: a few rows of them stay in the first cache
NOTHING = 1e-30  # value of a variable in an hour in which it cannot be: nothing, and no division by nil


@dataclass(frozen=True, eq=False)
class Layout:
    """The arrays. Hourly ones are (.., positions), capacities (capacities, sites), long rows (rows, sites).

    Costs, upper bounds and factors that change by the hour stand in rows of `cost`, `base` and `factors`; `.._row` says
    in which, -1 for none. Flat ones stand in `cost_flat` (variables, wide) and `term_flat` (terms, wide), where
    wide are the positions of a chunk.
    active : rows of 1 and 0, for the variables that cannot be in some hours; `always` holds the others.
    term_start : (variables + 1,) where each variable's terms begin: the capacities that limit it.
    """

    models: tuple[StageModel, ...]
    segments: int
    own: FloatArray
    following: FloatArray
    levels: np.ndarray
    bounded: np.ndarray
    always: np.ndarray
    active_row: np.ndarray
    active: FloatArray
    cost_row: np.ndarray
    cost_flat: FloatArray
    cost: FloatArray
    base_row: np.ndarray
    base: FloatArray
    term_start: np.ndarray
    term_capacity: np.ndarray
    term_row: np.ndarray
    term_flat: FloatArray
    factors: FloatArray
    by_capacity: FloatArray
    load: FloatArray
    capacity_cost: FloatArray
    capacity_upper: FloatArray
    slot_weights: FloatArray
    slot_mask: FloatArray
    slot_row: np.ndarray
    long_bounds: FloatArray
    before: np.ndarray
    after: np.ndarray
    site_of: np.ndarray
    power_unit: FloatArray
    cost_unit: FloatArray

    @cached_property
    def sites(self) -> int:
        """Sites of the block."""
        return len(self.models)

    @cached_property
    def lanes(self) -> int:
        """Lanes of the block."""
        return self.sites * self.segments

    @cached_property
    def repeats(self) -> int:
        """Steps of a chunk of the passes."""
        return int(max(1, min(CHUNK // self.lanes, self.load.shape[1] // self.lanes)))

    @cached_property
    def wide(self) -> int:
        """Positions of a chunk."""
        return self.lanes * self.repeats

    @cached_property
    def site_of_place(self) -> np.ndarray:
        """The site of each place of a chunk, (wide,)."""
        return np.tile(self.site_of, self.repeats)

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Variables and positions."""
        return len(self.own), self.load.shape[1]

    @property
    def may_be(self) -> FloatArray:
        """1 where a variable can be, else 0, (variables, positions)."""
        return np.where(self.always[:, None], 1.0, self.active[self.active_row])

    def allowed(self, sizes: FloatArray) -> FloatArray:
        """What capacities (capacities, sites) and own bounds allow the bounded variables, (variables, positions)."""
        found = np.where((self.base_row >= 0)[:, None], self.base[self.base_row], 0.0)
        steps = found.shape[1] // self.lanes
        wide = np.tile(np.repeat(sizes, self.segments, axis=1), steps)
        for j in range(len(self.own)):
            for t in range(self.term_start[j], self.term_start[j + 1]):
                row = self.term_row[t]
                factor = np.tile(self.term_flat[t, : self.lanes], steps) if row < 0 else self.factors[row]
                found[j] += factor * wide[self.term_capacity[t]]
        return found

    def charged(self, hourly: FloatArray) -> FloatArray:
        """Sums of factor x values (variables, positions) by capacity, (capacities, sites): `allowed` transposed."""
        found = np.zeros(self.capacity_cost.shape)
        for j in range(len(self.own)):
            for t in range(self.term_start[j], self.term_start[j + 1]):
                row = self.term_row[t]
                factor = (
                    self.factors[row]
                    if row >= 0
                    else np.tile(self.term_flat[t, : self.lanes], hourly.shape[1] // self.lanes)
                )
                by_site = (factor * hourly[j]).reshape(-1, self.sites, self.segments).sum(axis=(0, 2))
                found[self.term_capacity[t]] += by_site
        return found

    def by_hour(self, array: FloatArray, site: int) -> FloatArray:
        """A site's part of an hourly array, (.., positions) to (.., hours)."""
        steps = array.shape[-1] // self.lanes
        split = array.reshape(*array.shape[:-1], steps, self.sites, self.segments)[..., site, :]
        return np.ascontiguousarray(np.swapaxes(split, -1, -2)).reshape(*array.shape[:-1], -1)
