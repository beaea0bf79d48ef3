"""The Newton system of a block of sites: hours eliminated along the chain, what is left solved densely site by site.

What is left are the changes of the capacities, of the long rows' multipliers and of the levels that end each year.
`docs/sizing.md` derives it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from models.arrays import FloatArray
from models.sizing import opening, passes, refining
from models.sizing.columns import factor_chain
from models.sizing.hours import reduce_hours
from models.sizing.ladder import beginnings
from models.sizing.layout import Layout
from models.sizing.seams import collect, cut_flows, jumps
from models.sizing.stretches import gather_border, through_border
from models.sizing.substitution import backward, forward

SETTLED = 1e-10  # of the prices: a jump between lanes that refinement would not see


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A direction.

    hourly : changes of v and s, (variables, positions) each. second : the products that it takes off, likewise.
    prices : changes, (balances, positions and a step). cut : changes of the levels cut out of the chain that prices
    make of them, (levels, sites).
    """

    hourly: tuple[FloatArray, FloatArray]
    second: tuple[FloatArray, FloatArray]
    prices: FloatArray
    cut: FloatArray


class Newton:
    """Factors of one iterate, and solutions of right-hand sides by them."""

    def __init__(self, layout: Layout, form: Any) -> None:
        self.layout, self.form = layout, form
        (variables, positions), lanes, sites = layout.shape, layout.lanes, layout.sites
        self.positions = positions
        self.number, self.rows = len(layout.by_capacity), len(layout.long_bounds)
        slots, count, balances = len(layout.slot_mask), len(layout.levels), layout.own.shape[1]
        self.linked = self.number + slots
        self.width = self.linked + count
        self.size = self.number + self.rows + count
        self.lane_of_place = np.tile(np.arange(lanes), layout.repeats)
        self.final = np.arange(lanes) % layout.segments == layout.segments - 1
        self.inverse, self.dual = np.zeros((variables, positions)), np.zeros((variables, positions))
        slot_terms = [(q, j) for q in range(slots) for j in range(variables) if layout.slot_weights[q, j] != 0.0]
        of_slots = np.array(slot_terms, dtype=np.int64).reshape(-1, 2)
        of_terms = np.repeat(np.arange(variables), np.diff(layout.term_start))
        self.part_column = np.concatenate([layout.term_capacity, self.number + of_slots[:, 0]])
        self.part_variable = np.concatenate([of_terms, of_slots[:, 1]])
        self.parts = np.zeros((len(self.part_column), positions))
        self.constant = np.concatenate([layout.by_capacity, np.zeros((slots, balances))])
        self.store = (
            np.zeros((balances, balances, positions)),
            np.zeros((balances, positions)),
            np.zeros((balances + count, balances, positions)),
            np.zeros((balances, positions)),
            np.zeros((count, count, positions)),
            np.zeros((count, positions)),
            np.zeros((self.width, balances, positions)),
            np.zeros((count, balances, lanes)),
        )
        ever = np.repeat(np.arange(self.number)[:, None], lanes, axis=1)
        rows = np.where(layout.slot_row >= 0, self.number + layout.slot_row, -1)
        self.place = np.concatenate([ever, rows]).astype(np.int64)
        self.longer = np.zeros((balances, positions + lanes))
        self.spare, self.flows = np.zeros_like(self.longer), np.zeros((count, positions))
        self.border, self.lanewise = (np.zeros((self.width + count, lanes)) for _ in range(2))
        self.coming = np.zeros((count, self.size, lanes))
        self.arriving, self.ahead = np.zeros((count, lanes)), np.zeros((count, lanes))
        self.dense = np.zeros((sites, self.size, self.size))

    def factor(self, point: Any, curvature: FloatArray, room: FloatArray) -> None:
        """Factor where `inverse` stands. curvature : (capacities, sites) of the capacities' own bounds; room : (rows,
        sites) of the long rows over their multipliers."""
        layout, wide = self.layout, self.width + len(self.layout.levels)
        matrix = np.zeros_like(self.dense)
        self.corner = np.zeros((wide, wide, layout.lanes))
        opening.limits_curvature(self.form, point, self.inverse, self.parts, matrix, layout.site_of)
        part = self.part_column, self.part_variable, self.parts
        terms = len(layout.term_capacity)
        opening.slots_curvature(self.form, self.inverse, terms, self.number, *part, self.corner)
        base_low, base = self.store[0], self.store[1]
        chain = layout.own, layout.following, layout.levels, self.inverse
        reduce_hours(layout.own, layout.levels, self.inverse, layout.lanes, base_low, base)
        begin = beginnings(*chain, layout.segments, layout.lanes, base_low, base)
        rest = layout.before, *begin, self.final, self.store, self.corner
        self.given = factor_chain(*chain, *part, self.constant, *rest)
        gather_border(self.corner, self.given, self.place, layout.segments, self.coming, matrix)
        spot = np.arange(self.size)
        matrix[:, spot, spot] += np.concatenate([-curvature, room, -1.0 / self._soft()]).T
        scale = np.sqrt(np.abs(np.diagonal(matrix, axis1=1, axis2=2)))
        self.scale = 1.0 / np.where(scale > 0.0, scale, 1.0)
        self.dense = matrix * self.scale[:, :, None] * self.scale[:, None, :]

    def solve(
        self,
        point: Any,
        by_lane: FloatArray,
        centre: FloatArray,
        rp: FloatArray,
        rk: FloatArray,
        step: Step,
        pulls: Any,
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Fill a step towards products `centre` (lanes,) less its `second`; its prices hold the balances' residual.

        pulls : the right side gathered already, and with it that this is the predictor; None otherwise.
        Returns changes of capacities and long multipliers, (.., sites), and what `passes.spread` returns.
        """
        right, predictor = step.prices, pulls is not None
        asked = self.form, point, by_lane, self.dual, self.inverse, centre, step.second
        if predictor:
            to_capacity, to_slot = pulls
        else:
            right[:, self.positions :] = 0.0
            to_capacity, to_slot = (self.by_lane(found) for found in passes.gather(*asked, right))
            self.fold(right)
        self.border[:] = 0.0
        self.border[: self.number] = -to_capacity
        self.border[self.number : self.linked] = -to_slot
        dp, dk = self.substitute(right, rp, rk)
        step.cut[:] = self.flows[:, -self.layout.lanes :][:, self.final]
        by_column = self.by_column()
        into = step.second if predictor else step.hourly
        self.lengthen(right)
        falls, sums = passes.spread(*asked, right, *by_column, self.flows, into, predictor)
        return dp, dk, falls, sums

    def refine(
        self, point: Any, centre: FloatArray, balance: FloatArray, rp: FloatArray, rk: FloatArray, step: Step
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Correct a step by what it leaves of the balances and of the other conditions.

        balance : (balances, positions and a step), overwritten. Returns corrections as `solve` does, and the step's
        largest falls.
        """
        self.border[:] = 0.0
        dp, dk = self.substitute(balance, rp, rk, self.cut_residual(step))
        step.cut[:] += self.flows[:, -self.layout.lanes :][:, self.final]
        by_column = self.by_column()
        rest = self.flows, centre, step.second, step.hourly
        self.lengthen(balance)
        falls = refining.amend(self.form, point, self.inverse, balance, *by_column, *rest)
        np.add(step.prices, balance, out=step.prices)
        return dp, dk, falls

    def substitute(
        self, right: FloatArray, rp: FloatArray, rk: FloatArray, rl: FloatArray | float = 0.0
    ) -> tuple[FloatArray, FloatArray]:
        """Solve for a right-hand side, in place; what joins the border already stands in `border`.

        Fills `lanewise` and `flows`; returns changes of capacities and of long multipliers, (.., sites).
        """
        layout, number = self.layout, self.number
        handed = forward(layout.following, layout.levels, self.store, right, self.border)
        outer = np.zeros((layout.sites, self.size))
        outer[:, :number], outer[:, number : number + self.rows] = -rp.T, rk.T
        outer[:, number + self.rows :] = np.transpose(rl)
        known = self.corner, self.given, self.place, layout.segments, self.coming, self.arriving
        filled = self.lanewise, self.ahead
        try:
            through_border(outer, self.scale, self.dense, self.border, handed, *known, *filled)
        except np.linalg.LinAlgError:
            for array in (outer, *filled):
                array[:] = np.nan
        chain = layout.own, layout.following, layout.levels, self.inverse
        backward(*chain, self.store, right, self.lanewise, self.ahead, self.flows)
        if layout.segments > 1:
            self._settle(right)
        cut_flows(*chain, right, self.final, layout.after, self.lanewise[self.width :], self.flows)
        parts = outer[:, :number], outer[:, number : number + self.rows]
        return np.ascontiguousarray(parts[0].T), np.ascontiguousarray(parts[1].T)

    def lengthened(self, prices: FloatArray) -> FloatArray:
        """Prices with the step after the last, which is the first of each lane's next."""
        self.longer[:, : self.positions] = prices
        self.lengthen(self.longer)
        return self.longer

    def lengthen(self, prices: FloatArray) -> None:
        """Fill the step after the last of prices (balances, positions and a step)."""
        prices[:, self.positions :] = prices[:, self.layout.after]

    def fold(self, right: FloatArray) -> None:
        """Bring what stands in the step after the last to the first of each lane's next, in place."""
        right[:, self.layout.after] += right[:, self.positions :]

    def by_lane(self, chunk: FloatArray) -> FloatArray:
        """Sums over the steps of a chunk, (.., lanes)."""
        return np.asarray(chunk.reshape(len(chunk), self.layout.repeats, self.layout.lanes).sum(axis=1))

    def by_column(self) -> tuple[FloatArray, FloatArray]:
        """Changes of capacities and of slots in every place of a chunk."""
        wide = np.take(self.lanewise[: self.linked], self.lane_of_place, axis=1)  # in rows, as the passes read it
        return wide[: self.number], wide[self.number :]

    def cut_residual(self, step: Step) -> FloatArray:
        """What a step leaves of the conditions of the levels cut out of the chain, (levels, sites)."""
        return np.asarray(step.cut / self._soft() - self._cut_pull(step.prices))

    def _soft(self) -> FloatArray:
        """Inverse curvature of the levels cut out of the chain, (levels, sites)."""
        return self.inverse[self.layout.levels, -self.layout.lanes :][:, self.final]

    def _cut_pull(self, prices: FloatArray) -> FloatArray:
        """What prices draw of the levels cut out of the chain, (levels, sites)."""
        layout, lanes = self.layout, self.layout.lanes
        last = prices[:, self.positions - lanes : self.positions][:, self.final]
        after = prices[:, layout.after[self.final]]
        return np.asarray(layout.own[layout.levels] @ last + layout.following[layout.levels] @ after)

    def _settle(self, prices: FloatArray) -> None:
        """Let each lane end at the prices with which the next really begins, to the last digit.

        Over a stretch in which nothing can give way, the common price is known to few digits, but all hours share it.
        """
        layout = self.layout
        jump = np.zeros_like(self.ahead)
        worst, most = jumps(layout.following, layout.levels, prices, self.final, layout.after, self.ahead, jump)
        if worst <= SETTLED * most:
            return
        collect(jump, self.given, self.linked, layout.segments)
        self.spare[:] = 0.0
        flows, nothing = np.zeros_like(self.flows), np.zeros_like(self.lanewise)
        chain = layout.own, layout.following, layout.levels, self.inverse
        backward(*chain, self.store, self.spare, nothing, jump, flows)
        prices += self.spare
        self.flows += flows
