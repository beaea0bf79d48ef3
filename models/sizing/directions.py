"""One iteration's measures and directions: what the conditions of the optimum leave, and the steps that mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing.border import BorderStep
from models.sizing.form import form_of
from models.sizing.layout import Layout
from models.sizing.newton import Newton, Step
from models.sizing.opening import open_iteration
from models.sizing.reductions import Reductions
from models.sizing.refining import unbalanced
from models.sizing.starting import Iterate

FREE = 1e-5  # of a typical cost: an objective below is as good as nil
REFINEMENTS = 3
REFINED = 1e-9  # of the mean load: what a step may leave of the balances
REFINED_FROM = 0.01  # the gap from which on steps are held against that


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """What the conditions of the optimum leave at an iterate: measures (sites,) and residuals of the border."""

    mu: FloatArray
    gap: FloatArray
    primal: FloatArray
    dual: FloatArray
    rc: FloatArray
    rt: FloatArray
    rk: FloatArray
    predictor: tuple[FloatArray, FloatArray]
    built: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """A direction: hourly in `step`, the border's change, the products that it takes off, its longest lengths."""

    step: Step
    border: BorderStep
    second: FloatArray
    primal: FloatArray
    dual: FloatArray
    sums: FloatArray

    @property
    def shorter(self) -> FloatArray:
        """The shorter of the two lengths, (sites,)."""
        return np.minimum(self.primal, self.dual)


class Directions:
    """The Newton system of a block at its present iterate, and the directions that it gives."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.form = layout, form_of(layout)
        self.over = Reductions(layout)
        self.newton = Newton(layout, self.form)
        self.leaves_at_most = REFINED
        longer = (len(layout.load), layout.shape[1] + layout.lanes)
        self.balance, self.right = np.zeros(longer), np.zeros(longer)
        hourly = (layout.may_be * (1.0 + layout.bounded[:, None])).sum(axis=0)
        self.count = self.over.by_site(hourly.reshape(-1, layout.lanes).sum(axis=0))

    def progress(self, x: Iterate) -> Progress:
        """Residuals of an iterate; the hourly ones stay in `balance` and the Newton system."""
        layout, border = self.layout, x.border
        built = self.over.lanes(border.built)
        self.over.residual_of(border.built, layout.load, self.balance)
        self.right[:] = 0.0
        hourly = self.balance, self.right, self.newton.dual, self.newton.inverse
        product, value, worst, held, pulled, left, slot_pull = open_iteration(
            self.form, x.point, self.newton.lengthened(x.prices), built, self.over.slots(border.kappa), *hourly
        )
        self.newton.fold(self.balance)
        self.newton.fold(self.right)
        self.right += self.balance
        total = self.over.by_site(product) + border.complementarity
        objective = self.over.by_site(value) + (layout.capacity_cost * border.built).sum(axis=0)
        rc = (
            layout.capacity_cost - self.over.by_site(held) - self.over.paid(x.prices) - border.q + border.r
        ) * border.free
        rt = np.where(border.topped > 0.0, layout.capacity_upper - border.p - border.u, 0.0)
        primal = np.maximum(self.over.worst(worst[1]), self.over.unmet(self.balance))
        dual = self.over.worst(worst[0])
        return Progress(
            mu=total / (self.count + border.count),
            gap=total / np.maximum(np.abs(objective), FREE * self.count),
            primal=np.maximum(primal, np.abs(rt).max(axis=0, initial=0.0)),
            dual=np.maximum(dual, np.abs(rc / (1.0 + layout.capacity_cost)).max(axis=0, initial=0.0)),
            rc=rc,
            rt=rt,
            rk=layout.long_bounds - self.over.long_rows(left) - border.g,
            predictor=(self.newton.by_lane(pulled), self.newton.by_lane(slot_pull)),
            built=built,
        )

    def predictor(self, x: Iterate, now: Progress, step: Step) -> Direction:
        """The direction towards no products at all; leaves its second-order products in `step`."""
        step.prices[:] = self.right
        return self._direction(x, now, np.zeros_like(now.mu), np.zeros_like(x.border.first), step, now.predictor)

    def direction(self, x: Iterate, now: Progress, centre: FloatArray, second: FloatArray, step: Step) -> Direction:
        """The direction towards products of `centre` (sites,) less second-order ones, those in `step` too."""
        step.prices[:] = self.balance
        return self._direction(x, now, centre, second, step, None)

    def products_after(self, x: Iterate, now: Progress, found: Direction) -> FloatArray:
        """The mean product after the longest step of a predictor, (sites,)."""
        number = self.count + x.border.count
        by_primal, by_dual, by_both = found.sums
        hourly = found.primal * by_primal + found.dual * by_dual + found.primal * found.dual * by_both
        change = x.border.after(found.border, found.primal, found.dual) - x.border.complementarity
        return np.asarray(now.mu + (hourly + change) / number)

    def refined(self, x: Iterate, now: Progress, centre: FloatArray, found: Direction, going: np.ndarray) -> Direction:
        """A direction corrected by what it leaves of the conditions, where that is much and the optimum near."""
        if not np.any(now.gap[going] < REFINED_FROM) and self.leaves_at_most > 0.0:
            return found
        layout, border, over, step = self.layout, x.border, self.over, found.step
        by_lane = over.lanes(centre)
        for _ in range(REFINEMENTS):
            dp, _, dg = border.split(found.border.first)
            dq, dr, _ = border.split(found.border.second)
            over.residual_of(dp, self.balance[:, : layout.shape[1]], self.right)
            held, left = unbalanced(self.form, x.point, step.hourly, by_lane, step.second, len(dp), self.right)
            self.newton.fold(self.right)
            cut = np.abs(self.newton.cut_residual(step)).max(axis=0, initial=0.0)
            if not np.any(np.maximum(over.unmet(self.right), cut)[going] > self.leaves_at_most):
                break
            rp = (-now.rc + over.by_site(held) + over.paid(step.prices) + dq - dr) * border.free
            rk = now.rk - over.long_rows(left) - dg
            dp, dk, falls = self.newton.refine(x.point, by_lane, self.right, rp, rk, step)
            change = border.amended(found.border, dp, dk)
            found = Direction(step, change, found.second, *self._lengths(border.furthest(change), falls), found.sums)
        return found

    def _direction(
        self,
        x: Iterate,
        now: Progress,
        centre: FloatArray,
        second: FloatArray,
        step: Step,
        pulls: tuple[FloatArray, FloatArray] | None,
    ) -> Direction:
        border = x.border
        targets, rp, rk = border.aim(centre, second, now.rc, now.rt, now.rk)
        dp, dk, falls, sums = self.newton.solve(x.point, now.built, self.over.lanes(centre), rp, rk, step, pulls)
        change, *furthest = border.step(targets, now.rt, dp, dk)
        return Direction(step, change, second, *self._lengths(furthest, falls), self.over.by_site(sums))

    def _lengths(self, border: Sequence[FloatArray], hourly: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The longest primal and dual steps, at most 1, from the largest falls."""
        primal, dual = (np.maximum(one, self.over.worst(two)) for one, two in zip(border, hourly, strict=True))
        return 1.0 / np.maximum(primal, 1.0), 1.0 / np.maximum(dual, 1.0)


def empty_step(layout: Layout) -> Step:
    pairs = [np.zeros(layout.shape) for _ in range(4)]
    prices = np.zeros((len(layout.load), layout.shape[1] + layout.lanes))
    cut = np.zeros((len(layout.levels), layout.sites))
    return Step((pairs[0], pairs[1]), (pairs[2], pairs[3]), prices, cut)
