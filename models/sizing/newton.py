"""The Newton system of a block of sites: hours eliminated along the chain, what is left solved densely site by site.

What is left are the changes of the capacities, of the long rows' multipliers and of the levels that end each lane.
`docs/sizing.md` derives it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from models.arrays import FloatArray
from models.sizing import passes
from models.sizing.columns import factor_chain
from models.sizing.hours import reduce_hours
from models.sizing.ladder import beginnings
from models.sizing.layout import Layout
from models.sizing.stretches import collect, gather_border, gather_right, scatter_outer
from models.sizing.substitution import backward, forward

SETTLED = 1e-15  # of the prices: a jump between lanes that is rounding


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Changes of v, z, s and l, (variables, positions) each, of the prices, (balances, positions), and of the cut levels.

    cut : (levels, sites), without what the right sides make of them.
    """

    hourly: tuple[FloatArray, ...]
    prices: FloatArray
    cut: FloatArray


class Newton:
    """Factors of one iterate, and solutions of right-hand sides by them."""

    def __init__(self, layout: Layout, form: Any) -> None:
        self.layout, self.form = layout, form
        variables, positions = layout.cost.shape
        lanes, sites = layout.lanes, layout.sites
        self.capacities, self.rows = len(layout.by_capacity), len(layout.long_bounds)
        slots = len(layout.slot_mask)
        count, links = len(layout.levels), layout.own.shape[1] - 1
        self.linked = self.capacities + slots
        self.width = self.linked + count
        self.inverse, self.tilt = np.zeros((variables, positions)), np.zeros((variables, positions))
        self.pushed = np.zeros((variables, positions))
        self.moved = np.zeros(positions)
        slot_terms = [(q, j) for q in range(slots) for j in range(variables) if layout.slot_weights[q, j] != 0.0]
        self.slot_terms = np.array(slot_terms, dtype=np.int64).reshape(-1, 2)
        self.part_column = np.concatenate([layout.term_capacity, self.capacities + self.slot_terms[:, 0]])
        self.part_variable = np.concatenate([layout.term_variable, self.slot_terms[:, 1]])
        self.parts = np.zeros((len(self.part_column), positions))
        self.constant = np.concatenate([layout.by_capacity, np.zeros((slots, links + 1))])
        balances = links + 1
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
        self.spare = np.zeros((links + 1, positions))
        self.flows = np.zeros((count, positions))
        self.size = self.capacities + self.rows + count
        ever = np.repeat(np.arange(self.capacities)[:, None], lanes, axis=1)
        rows = np.where(layout.slot_row >= 0, self.capacities + layout.slot_row, -1)
        self.place = np.concatenate([ever, rows]).astype(np.int64)
        self.final = np.arange(lanes) % layout.segments == layout.segments - 1
        self.matrix = np.zeros((sites, self.size, self.size))
        self.border = np.zeros((self.width + count, lanes))
        self.lanewise = np.zeros((self.width + count, lanes))
        self.coming = np.zeros((count, self.size, lanes))
        self.arriving, self.ahead = np.zeros((count, lanes)), np.zeros((count, lanes))

    def factor(self, point: Any, curvature: FloatArray, room: FloatArray) -> None:
        """Factor at an iterate. curvature : (capacities, sites) of the capacities; room : (rows, sites) g over kappa."""
        layout, form = self.layout, self.form
        number = self.capacities
        self.matrix[:] = 0.0
        wide = self.width + len(layout.levels)
        self.corner = np.zeros((wide, wide, layout.lanes))
        passes.curvatures(form, point, self.inverse, self.tilt, self.matrix, layout.site_of)
        terms = len(layout.term_variable)
        fill_parts(
            self.parts, terms, self.part_column, self.part_variable, form, self.inverse, self.tilt, self.corner, number
        )
        base_low, base = self.store[0], self.store[1]
        chain = layout.own, layout.following, layout.levels, self.inverse
        reduce_hours(layout.own, layout.levels, self.inverse, layout.lanes, base_low, base)
        begin = beginnings(*chain, layout.segments, layout.lanes, base_low, base)
        columns = self.part_column, self.part_variable, self.parts, self.constant
        self.given = factor_chain(*chain, *columns, layout.before, *begin, self.final, self.store, self.corner)
        gather_border(self.corner, self.given, self.place, layout.segments, self.coming, self.matrix)
        cuts = 1.0 / self.inverse[layout.levels, -layout.lanes :][:, self.final]
        spot = np.arange(self.size)
        self.matrix[:, spot, spot] += np.concatenate([-curvature, room, -cuts]).T
        scale = np.sqrt(np.abs(np.diagonal(self.matrix, axis1=1, axis2=2)))
        self.scale = 1.0 / np.where(scale > 0.0, scale, 1.0)
        self.dense = self.matrix * self.scale[:, :, None] * self.scale[:, None, :]

    def solve(
        self, point: Any, out: Any, centre: FloatArray, second: Any, rp: FloatArray, rk: FloatArray, step: Step
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The step towards products `centre` (lanes,): fills `step`, leaves price changes in `right`.

        Returns changes of capacities and long multipliers, (.., sites), and per lane the furthest step.
        """
        layout, form, right = self.layout, self.form, step.prices
        lanes = layout.lanes
        to_capacity, to_slot = passes.gather(
            form, point, out, self.inverse, self.tilt, centre, second, right, self.pushed, self.moved
        )
        self.border[:] = 0.0
        self.border[: self.capacities] = -to_capacity
        self.border[self.capacities : self.linked] = -to_slot
        dp, dk = self.substitute(right, rp, rk)
        step.cut[:] = self.flows[:, -lanes:][:, self.final]
        number = self.capacities
        furthest = passes.spread(
            form,
            point,
            out,
            self.inverse,
            self.tilt,
            centre,
            second,
            self.pushed,
            right,
            self.lanewise[:number],
            self.lanewise[number : self.linked],
            layout.levels,
            self.flows,
            step.hourly,
        )
        return dp, dk, furthest

    def substitute(
        self, right: FloatArray, rp: FloatArray, rk: FloatArray, rl: FloatArray | float = 0.0
    ) -> tuple[FloatArray, FloatArray]:
        """Solve for a right-hand side, in place; what joins the border already stands in `border`.

        Fills `lanewise` and `flows`; returns changes of capacities and of long multipliers, (.., sites).
        """
        layout = self.layout
        number, rows = self.capacities, self.rows
        handed = forward(layout.following, layout.levels, self.store, right, self.border)
        outer = np.zeros((layout.sites, self.size))
        outer[:, :number], outer[:, number : number + rows] = -rp.T, rk.T
        outer[:, number + rows :] = np.transpose(rl)
        known = self.corner, self.given, self.place, layout.segments, self.coming, self.arriving
        gather_right(self.border, handed, *known, outer)
        try:
            outer = self.scale * np.linalg.solve(self.dense, (outer * self.scale)[:, :, None])[:, :, 0]
        except np.linalg.LinAlgError:
            outer[:] = np.nan
        scatter_outer(outer, self.border, *known, self.lanewise, self.ahead)
        chain = layout.own, layout.following, layout.levels, self.inverse
        backward(*chain, self.store, right, self.lanewise, self.ahead, self.flows)
        if layout.segments > 1:
            self._settle(right)
        self._cut_flows(right)
        return outer[:, :number].T, outer[:, number : number + rows].T

    def _settle(self, prices: FloatArray) -> None:
        """Let each lane end at the prices with which the next really begins, to the last digit.

        Over a stretch in which nothing can give way, the common price is known to few digits, but all hours share it.
        """
        layout = self.layout
        levels = layout.following[layout.levels]
        begun = levels @ prices[:, layout.after]
        jump = np.where(self.final, 0.0, begun - self.ahead)
        if not len(levels) or float(np.abs(jump).max()) <= SETTLED * float(np.abs(begun).max()):
            return
        collect(jump, self.given, self.linked, layout.segments)
        self.spare[:] = 0.0
        flows = np.zeros_like(self.flows)
        nothing = np.zeros_like(self.lanewise)
        chain = layout.own, layout.following, layout.levels, self.inverse
        backward(*chain, self.store, self.spare, nothing, jump, flows)
        prices += self.spare
        self.flows += flows

    def _cut_flows(self, prices: FloatArray) -> None:
        """The changes of the levels cut out of the chain: the border's, or where they are stiff what the prices say."""
        lanes = self.layout.lanes
        soft = self.inverse[self.layout.levels, -lanes:][:, self.final]
        told = soft * self._cut_pull(prices)
        cut = self.lanewise[self.width :][:, self.final]
        self.flows[:, np.flatnonzero(self.final) - lanes] = np.where(soft > 1.0, cut, told)

    def _cut_pull(self, prices: FloatArray) -> FloatArray:
        """What prices draw of the levels cut out of the chain, (levels, sites)."""
        layout, lanes = self.layout, self.layout.lanes
        last, after = prices[:, -lanes:][:, self.final], prices[:, layout.after[self.final]]
        return np.asarray(layout.own[layout.levels] @ last + layout.following[layout.levels] @ after)

    def cut_residual(self, step: Step) -> FloatArray:
        """What a step leaves of the conditions of the levels cut out of the chain, (levels, sites)."""
        soft = self.inverse[self.layout.levels, -self.layout.lanes :][:, self.final]
        return np.asarray(step.cut / soft - self._cut_pull(step.prices))

    def refine(
        self, point: Any, balance: FloatArray, rp: FloatArray, rk: FloatArray, rl: FloatArray, step: Step
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Correct a step by what it leaves of the balances and of the capacities', long rows' and cut levels' conditions.

        balance : (balances, positions), overwritten. Returns as `solve` does: corrections, and the step's furthest.
        """
        self.border[:] = 0.0
        dp, dk = self.substitute(balance, rp, rk, rl)
        step.cut[:] += self.flows[:, -self.layout.lanes :][:, self.final]
        number = self.capacities
        furthest = passes.amend(
            self.form,
            point,
            self.inverse,
            self.tilt,
            balance,
            self.lanewise[:number],
            self.lanewise[number : self.linked],
            self.layout.levels,
            self.flows,
            step.hourly,
        )
        np.add(step.prices, balance, out=step.prices)
        return dp, dk, furthest


@njit(cache=True, nogil=True, error_model="numpy")
def fill_parts(parts, terms, part_column, part_variable, form, inverse, tilt, corner, number):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """What each variable adds to the border's columns, and what the long rows add to the corner directly."""
    factors = form[1][2]
    slot_weights, slot_mask = form[2]
    positions = parts.shape[1]
    lanes = corner.shape[2]
    for t in range(len(part_column)):
        j, target = part_variable[t], parts[t]
        if t < terms:
            one, two = tilt[j], factors[t]
            for i in range(positions):
                target[i] = one[i] * two[i]
        else:
            q = part_column[t] - number
            weight, mask, inv = slot_weights[q, j], slot_mask[q], inverse[j]
            for i in range(positions):
                target[i] = inv[i] * weight * mask[i]
    for t in range(terms, len(part_column)):
        j, q = part_variable[t], part_column[t] - number
        for u in range(len(part_column)):
            if part_variable[u] != j or (u >= terms and u > t):
                continue
            weight, mask, other = slot_weights[q, j], slot_mask[q], parts[u]
            c, d = part_column[t], part_column[u]
            target = corner[max(c, d), min(c, d)]
            for a in range(0, positions, lanes):
                for i in range(lanes):
                    target[i] += weight * mask[a + i] * other[a + i]
