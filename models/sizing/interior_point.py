"""A primal-dual interior-point method for sizing problems: Mehrotra's predictor-corrector on the chain of hours.

References: Mehrotra 1992, SIAM J. Optimization 2, 575-601; Wright 1997, Primal-Dual Interior-Point Methods; Gondzio
1996, Computational Optimization and Applications 6, 137-156 (further correctors). `docs/sizing.md` writes it down.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing import passes
from models.sizing.border import Border, BorderStep
from models.sizing.layout import Layout, lay_out
from models.sizing.newton import Newton, Step
from models.sizing.solution import Outcome, Status
from models.sizing.stage_model import Answer, StageModel
from models.sizing.starting import Iterate, start

MOST_ITERATIONS = 150
GAP = 2e-8  # of the objective, between primal and dual
RESIDUAL = 1e-7  # of the mean load
DUAL_RESIDUAL = 1e-7  # of a typical price
LEAST_CENTRE = 0.1  # of the products at which the gap is met: smaller ones only cost digits
STEP = 0.95
CORRECTORS = 2
REFINEMENTS = 3
REFINED = 1e-9  # of the mean load: what a step may leave of the balances
NEAR = (0.1, 10.0)  # products between these of the centre are left alone by a corrector
PATIENCE = 20  # iterations without progress
CLOSE = 1e-5  # from here on the best iterate is kept and patience is short


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

    @property
    def error(self) -> FloatArray:
        """One measure of all, for choosing the best iterate."""
        return np.maximum(np.maximum(self.gap, self.primal), 0.1 * self.dual)

    @property
    def met(self) -> np.ndarray:
        """Sites whose optimum is reached."""
        return (self.gap < GAP) & (self.primal < RESIDUAL) & (self.dual < DUAL_RESIDUAL)


class InteriorPoint:
    """The method on a block of sites."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.form = (
            (layout.own, layout.following, layout.bounded, layout.active, layout.cost, layout.base),
            (layout.term_variable, layout.term_capacity, layout.factors, layout.by_capacity),
            (layout.slot_weights, layout.slot_mask),
            (layout.load, layout.before, layout.after),
        )
        shape = layout.cost.shape
        self.out = (np.zeros(shape), np.zeros(shape), np.zeros(layout.load.shape))
        self.steps = tuple(
            Step(
                tuple(np.zeros(shape) for _ in range(4)),
                np.zeros(layout.load.shape),
                np.zeros((len(layout.levels), layout.sites)),
            )
            for _ in range(2)
        )
        self.left = np.zeros(layout.load.shape)
        self.second = (np.zeros(shape), np.zeros(shape))
        self.nothing = (np.zeros(shape), np.zeros(shape))
        self.newton = Newton(layout, self.form)
        hourly = layout.active.sum(axis=0) + (layout.active * layout.bounded[:, None]).sum(axis=0)
        self.count = self.by_site(hourly.reshape(-1, layout.lanes).sum(axis=0)) + len(layout.long_bounds)

    def by_site(self, lanes: FloatArray) -> FloatArray:
        """Sums over the lanes of each site."""
        return lanes.reshape(*lanes.shape[:-1], self.layout.sites, self.layout.segments).sum(axis=-1)

    def worst(self, lanes: FloatArray) -> FloatArray:
        """The largest over the lanes of each site."""
        return np.asarray(lanes.reshape(self.layout.sites, self.layout.segments).max(axis=-1))

    def lanes(self, sites: FloatArray) -> FloatArray:
        """A value of each site in each of its lanes."""
        return np.repeat(sites, self.layout.segments, axis=-1)

    def slots(self, rows: FloatArray) -> FloatArray:
        """Values of the long rows (rows, sites) in the slots of the lanes (slots, lanes)."""
        where = self.layout.slot_row
        return np.where(where >= 0, rows[where, self.layout.site_of], 0.0) if len(rows) else np.zeros(where.shape)

    def long_left(self, v: FloatArray) -> FloatArray:
        """Left sides of the long rows, (rows, sites)."""
        layout = self.layout
        found = np.zeros(layout.long_bounds.shape)
        for weights, mask, row in zip(layout.slot_weights, layout.slot_mask, layout.slot_row, strict=True):
            terms = np.flatnonzero(weights)
            total = ((weights[terms] @ v[terms]) * mask).reshape(-1, layout.lanes).sum(axis=0)
            keep = row >= 0
            np.add.at(found, (row[keep], layout.site_of[keep]), total[keep])
        return found

    def progress(self, x: Iterate) -> Progress:
        """Residuals of an iterate; the hourly ones go into `out`."""
        layout, border = self.layout, x.border
        product, value, worst, held = passes.residuals(
            self.form, x.point, x.prices, self.lanes(border.built), self.slots(border.kappa), self.out
        )
        total = self.by_site(product) + border.complementarity
        objective = self.by_site(value) + (layout.capacity_cost * border.built).sum(axis=0)
        paid = layout.by_capacity @ self.by_site(x.prices.reshape(len(x.prices), -1, layout.lanes).sum(axis=1))
        rc = (layout.capacity_cost - self.by_site(held) - paid - border.q + border.r) * border.free
        rt = np.where(border.topped > 0.0, layout.capacity_upper - border.p - border.u, 0.0)
        rk = layout.long_bounds - self.long_left(x.point[0]) - border.g
        primal = np.maximum(self.worst(worst[1]), self.worst(worst[2]))
        dual = self.worst(worst[0])
        return Progress(
            mu=total / (self.count + border.free.sum(axis=0) + border.topped.sum(axis=0)),
            gap=total / np.maximum(np.abs(objective), 1e-9),
            primal=np.maximum(primal, np.abs(rt).max(axis=0, initial=0.0)),
            dual=np.maximum(dual, np.abs(rc / (1.0 + layout.capacity_cost)).max(axis=0, initial=0.0)),
            rc=rc,
            rt=rt,
            rk=rk,
        )

    def run(self) -> tuple[list[Iterate | None], np.ndarray, np.ndarray]:
        """Iterate to the optimum of every site: iterates by site, iterations, and which were reached."""
        sites = self.layout.sites
        x = start(self.layout)
        found: list[Iterate | None] = [None] * sites
        best, stalled = np.full(sites, np.inf), np.zeros(sites, dtype=int)
        iterations = np.zeros(sites, dtype=int)
        done, reached = np.zeros(sites, dtype=bool), np.zeros(sites, dtype=bool)
        for iteration in range(MOST_ITERATIONS + 1):
            now = self.progress(x)
            error = now.error
            better = (error < best) & ~done
            stalled = np.where(better, 0, stalled + 1)
            lost = ~np.isfinite(error) | (stalled > np.where(best < CLOSE, 4, PATIENCE))
            for site in np.flatnonzero(better & (now.met | (error < CLOSE))):
                found[site] = x.of(self.layout, int(site))
            best = np.where(better, error, best)
            reached |= now.met & ~done
            iterations[~done] = iteration
            done |= now.met | lost
            if done.all() or iteration == MOST_ITERATIONS:
                break
            self.advance(x, now, ~done)
        return found, iterations, reached

    def advance(self, x: Iterate, now: Progress, going: np.ndarray) -> None:
        """One step of every site that is still going."""
        border, point, bounded = x.border, x.point, self.layout.bounded
        self.newton.factor(point, border.curvature, border.g / border.kappa)
        taken, spare = self.steps
        affine, primal, dual = self.direction(x, now, np.zeros_like(now.mu), self.nothing, border.none(), spare)
        total = passes.products(point, spare.hourly, self.lanes(primal), self.lanes(dual), bounded, self.second)
        after = self.by_site(total) + border.after(affine, primal, dual)
        share = after / (now.mu * (self.count + border.free.sum(axis=0) + border.topped.sum(axis=0)))
        centre = np.maximum(share**3 * now.mu, LEAST_CENTRE * GAP * now.mu / now.gap)
        second = affine.products
        change, primal, dual = self.direction(x, now, centre, self.second, second, taken)
        for _ in range(CORRECTORS):
            wide = np.minimum(1.0, 1.08 * primal + 0.08), np.minimum(1.0, 1.08 * dual + 0.08)
            lengths = self.lanes(wide[0]), self.lanes(wide[1])
            passes.recentre(point, taken.hourly, *lengths, self.lanes(centre), bounded, self.second)
            second = border.recentred(change, wide, centre, second, NEAR)
            tried, further, wider = self.direction(x, now, centre, self.second, second, spare)
            gain = np.where(going, np.minimum(further, wider) - np.minimum(primal, dual), 0.0)
            if np.sum(gain) <= 0.0:
                break
            change, primal, dual = tried, further, wider
            taken, spare = spare, taken
            if np.max(gain) < 0.1:
                break
        change, primal, dual = self.refined(x, now, taken, (change, primal, dual), going)
        primal, dual = (np.where(going, np.minimum(1.0, STEP * reach), 0.0) for reach in (primal, dual))
        passes.move(point, taken.hourly, self.lanes(primal), self.lanes(dual), bounded, x.prices, taken.prices)
        border.move(change, primal, dual)

    def refined(
        self, x: Iterate, now: Progress, step: Step, found: tuple[BorderStep, FloatArray, FloatArray], going: np.ndarray
    ) -> tuple[BorderStep, FloatArray, FloatArray]:
        """A direction corrected by what it leaves of the conditions, where that is much."""
        layout, border = self.layout, x.border
        change, primal, dual = found
        for _ in range(REFINEMENTS):
            (dp, dq), (_, dr), (dg, _) = change.pairs
            worst, held = passes.unbalanced(self.form, step.hourly, self.out[2], self.lanes(dp), self.left)
            rl = self.newton.cut_residual(step)
            left = np.maximum(self.worst(worst), np.abs(rl).max(axis=0, initial=0.0))
            if not np.any(left[going] > REFINED):
                break
            paid = layout.by_capacity @ self.by_site(step.prices.reshape(len(x.prices), -1, layout.lanes).sum(axis=1))
            rp = (-now.rc + self.by_site(held) + paid + dq - dr) * border.free
            rk = now.rk - self.long_left(step.hourly[0]) - dg
            dp, dk, furthest = self.newton.refine(x.point, self.left, rp, rk, rl, step)
            change = border.amended(change, dp, dk)
            falls = border.furthest(change)
            primal = 1.0 / np.maximum(np.maximum(falls[0], self.worst(furthest[0])), 1.0)
            dual = 1.0 / np.maximum(np.maximum(falls[1], self.worst(furthest[1])), 1.0)
        return change, primal, dual

    def direction(
        self,
        x: Iterate,
        now: Progress,
        centre: FloatArray,
        second: tuple[FloatArray, FloatArray],
        corner: tuple[FloatArray, ...],
        step: Step,
    ) -> tuple[BorderStep, FloatArray, FloatArray]:
        """The step towards products of `centre` (sites,) less second-order ones: the border's, and its longest lengths."""
        border: Border = x.border
        targets = border.targets(centre, corner)
        rp, rk = border.right_sides(targets, now.rc, now.rt, now.rk)
        dp, dk, furthest = self.newton.solve(x.point, self.out, self.lanes(centre), second, rp, rk, step)
        change = border.step(targets, now.rt, dp, dk)
        primal, dual = border.furthest(change)
        primal = np.maximum(primal, self.worst(furthest[0]))
        dual = np.maximum(dual, self.worst(furthest[1]))
        return change, 1.0 / np.maximum(primal, 1.0), 1.0 / np.maximum(dual, 1.0)


def solve_with_interior_point(models: tuple[StageModel, ...]) -> list[Outcome]:
    """Solve a block of models that are alike; an answer that was not reached in full is to be judged by certificate."""
    layout = lay_out(models)
    with np.errstate(all="ignore"):  # what goes astray is caught by the certificate
        found, iterations, reached = InteriorPoint(layout).run()
    return [
        Outcome(Status.OPTIMAL if met else Status.ALMOST, answer_of(layout, site, iterate, int(count)))
        for site, (iterate, count, met) in enumerate(zip(found, iterations, reached, strict=True))
    ]


def answer_of(layout: Layout, site: int, iterate: Iterate | None, iterations: int) -> Answer | None:
    """A site's last good iterate in the units of its model."""
    if iterate is None:
        return None
    model, power, money = layout.models[site], layout.power_unit[site], layout.cost_unit[site]
    can_be = np.array([model.can_be(variable) for variable in model.variables])
    hourly = np.where(can_be, iterate.point[0], 0.0) * power
    long, first = [], 0
    for rows in model.long_rows:
        long.append(iterate.border.kappa[first : first + len(rows.bounds), 0] * money / power)
        first += len(rows.bounds)
    return Answer(
        solver="interior_point",
        capacities=iterate.border.built[:, 0] * power,
        hourly=hourly,
        prices=iterate.prices * money / power,
        long_prices=tuple(long),
        iterations=iterations,
    )
