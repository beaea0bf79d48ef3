"""A primal-dual interior-point method for sizing problems: Mehrotra's predictor-corrector on the chain of hours.

References: Mehrotra 1992, SIAM J. Optimization 2, 575-601; Wright 1997, Primal-Dual Interior-Point Methods; Gondzio
1996, Computational Optimization and Applications 6, 137-156 (further correctors). `docs/sizing.md` writes it down.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing import passes
from models.sizing.border import BorderStep
from models.sizing.form import form_of
from models.sizing.layout import Layout, lay_out
from models.sizing.newton import Newton, Step
from models.sizing.opening import open_iteration
from models.sizing.refining import unbalanced
from models.sizing.solution import Outcome, Status
from models.sizing.stage_model import Answer, StageModel
from models.sizing.starting import Iterate, start

MOST_ITERATIONS = 150
GAP = 2e-8  # of the objective, between primal and dual
RESIDUAL = 2e-7  # of the mean load
DUAL_RESIDUAL = 1e-7  # of a typical price
LEAST_CENTRE = 0.5  # of the products at which the gap is met: smaller ones only cost digits
CENTRING = 8  # power of what the predictor leaves of the products: the share that the next step aims at
FREE = 1e-5  # of a typical cost: an objective below is as good as nil
STEP = 0.9  # of the longest step; 0.99 where that is nearly whole
CORRECTORS = 2
REFINEMENTS = 3
REFINED = 1e-9  # of the mean load: what a step may leave of the balances
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
    predictor: tuple[FloatArray, FloatArray]
    built: FloatArray

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
        self.layout, self.form = layout, form_of(layout)
        self.steps = [_empty_step(layout) for _ in range(2)]
        longer = (len(layout.load), layout.shape[1] + layout.lanes)
        self.balance, self.right = np.zeros(longer), np.zeros(longer)
        self.newton = Newton(layout, self.form)
        hourly = (layout.may_be * (1.0 + layout.bounded[:, None])).sum(axis=0)
        self.count = self.by_site(hourly.reshape(-1, layout.lanes).sum(axis=0)) + len(layout.long_bounds)

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
        wide = np.repeat(sites, self.layout.segments, axis=-1)
        return np.tile(wide, self.layout.repeats)

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
        return self.layout.by_capacity @ self.by_site(prices.reshape(len(prices), -1, self.layout.lanes).sum(axis=1))

    def progress(self, x: Iterate) -> Progress:
        """Residuals of an iterate; the hourly ones stay in `balance` and the Newton system."""
        layout, border = self.layout, x.border
        built = self.lanes(border.built)
        self.residual_of(border.built, layout.load, self.balance)
        self.right[:] = 0.0
        hourly = self.balance, self.right, self.newton.dual, self.newton.inverse
        product, value, worst, held, pulled, left, slot_pull = open_iteration(
            self.form, x.point, self.newton.lengthened(x.prices), built, self.slots(border.kappa), *hourly
        )
        self.newton.fold(self.balance)
        self.newton.fold(self.right)
        self.right += self.balance
        total = self.by_site(product) + border.complementarity
        objective = self.by_site(value) + (layout.capacity_cost * border.built).sum(axis=0)
        rc = (layout.capacity_cost - self.by_site(held) - self.paid(x.prices) - border.q + border.r) * border.free
        rt = np.where(border.topped > 0.0, layout.capacity_upper - border.p - border.u, 0.0)
        primal = np.maximum(self.worst(worst[1]), self.unmet(self.balance))
        dual = self.worst(worst[0])
        return Progress(
            mu=total / (self.count + border.count),
            gap=total / np.maximum(np.abs(objective), FREE * self.count),
            primal=np.maximum(primal, np.abs(rt).max(axis=0, initial=0.0)),
            dual=np.maximum(dual, np.abs(rc / (1.0 + layout.capacity_cost)).max(axis=0, initial=0.0)),
            rc=rc,
            rt=rt,
            rk=layout.long_bounds - self.long_rows(left) - border.g,
            predictor=(self.newton.by_lane(pulled), self.newton.by_lane(slot_pull)),
            built=built,
        )

    def residual_of(self, capacities: FloatArray, load: FloatArray, out: FloatArray) -> None:
        """Fill `out` with load (balances, positions) less what capacities (capacities, sites) add to every hour."""
        positions = self.layout.shape[1]
        out[:, :positions], out[:, positions:] = load, 0.0
        if self.layout.by_capacity.any():
            added = np.repeat(self.layout.by_capacity.T @ capacities, self.layout.segments, axis=-1)
            out[:, :positions] -= np.tile(added, positions // self.layout.lanes)

    def unmet(self, balance: FloatArray) -> FloatArray:
        """The largest residual of the balances, (sites,)."""
        hourly = np.abs(balance[:, : self.layout.shape[1]]).reshape(-1, self.layout.lanes)
        return np.asarray(hourly.max(axis=0).reshape(self.layout.sites, self.layout.segments).max(axis=-1))

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
        border, point = x.border, x.point
        self.newton.factor(point, border.curvature, border.g / border.kappa)
        taken, spare = self.steps
        taken.prices[:] = self.right[:, : self.layout.shape[1]]
        change, primal, dual, sums = self.direction(x, now, np.zeros_like(now.mu), border.none(), taken, now.predictor)
        whole = now.mu * (self.count + border.count)
        after = whole + primal * sums[0] + dual * sums[1] + primal * dual * sums[2]
        after += border.after(change, primal, dual) - border.complementarity
        share = after / whole
        centre = np.maximum(share**CENTRING * now.mu, LEAST_CENTRE * GAP * now.mu / now.gap)
        second = change.products
        change, primal, dual, _ = self.direction(x, now, centre, second, taken)
        for _ in range(CORRECTORS):
            wide = np.minimum(1.0, 1.08 * primal + 0.08), np.minimum(1.0, 1.08 * dual + 0.08)
            lengths = self.lanes(wide[0]), self.lanes(wide[1])
            passes.recentre(self.form, point, taken.hourly, *lengths, self.lanes(centre), taken.second, spare.second)
            nearer = border.recentred(change, wide, centre, second, (passes.NEAR_LOW, passes.NEAR_HIGH))
            tried, further, wider, _ = self.direction(x, now, centre, nearer, spare)
            gain = np.where(going, np.minimum(further, wider) - np.minimum(primal, dual), 0.0)
            if np.sum(gain) <= 0.0:
                break
            change, primal, dual, second = tried, further, wider, nearer
            taken, spare = spare, taken
            if np.max(gain) < 0.1:
                break
        change, primal, dual = self.refined(x, now, centre, taken, (change, primal, dual), going)
        primal, dual = (np.where(going, np.where(reach > 0.9, 0.99, STEP) * reach, 0.0) for reach in (primal, dual))
        lengths = self.lanes(primal), self.lanes(dual)
        passes.move(self.form, point, taken.hourly, *lengths, self.lanes(centre), taken.second)
        moved = x.prices.reshape(len(x.prices), -1, self.layout.lanes)
        moved += lengths[1][: self.layout.lanes] * taken.prices.reshape(moved.shape)
        border.move(change, primal, dual)

    def direction(
        self,
        x: Iterate,
        now: Progress,
        centre: FloatArray,
        second: tuple[FloatArray, ...],
        step: Step,
        predictor: tuple[FloatArray, FloatArray] | None = None,
    ) -> tuple[BorderStep, FloatArray, FloatArray, FloatArray]:
        """The step towards products of `centre` (sites,) less second-order ones: the border's, its longest lengths, and
        of the predictor the sums that tell its products."""
        border = x.border
        if predictor is None:
            step.prices[:] = self.balance[:, : self.layout.shape[1]]
        targets = border.targets(centre, second)
        rp, rk = border.right_sides(targets, now.rc, now.rt, now.rk)
        dp, dk, falls, sums = self.newton.solve(x.point, now.built, self.lanes(centre), rp, rk, step, predictor)
        change = border.step(targets, now.rt, dp, dk)
        return change, *self.lengths(border.furthest(change), falls), self.by_site(sums)

    def lengths(self, border: tuple[FloatArray, FloatArray], hourly: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The longest primal and dual steps, at most 1, from the largest falls."""
        primal, dual = (np.maximum(one, self.worst(two)) for one, two in zip(border, hourly, strict=True))
        return 1.0 / np.maximum(primal, 1.0), 1.0 / np.maximum(dual, 1.0)

    def refined(
        self,
        x: Iterate,
        now: Progress,
        centre: FloatArray,
        step: Step,
        found: tuple[BorderStep, FloatArray, FloatArray],
        going: np.ndarray,
    ) -> tuple[BorderStep, FloatArray, FloatArray]:
        """A direction corrected by what it leaves of the conditions, where that is much."""
        layout, border = self.layout, x.border
        change, primal, dual = found
        by_lane = self.lanes(centre)
        for _ in range(REFINEMENTS):
            (dp, dq), (_, dr), (dg, _) = change.pairs
            self.residual_of(dp, self.balance[:, : layout.shape[1]], self.right)
            held, left = unbalanced(self.form, x.point, step.hourly, by_lane, step.second, len(dp), self.right)
            self.newton.fold(self.right)
            cut = np.abs(self.newton.cut_residual(step)).max(axis=0, initial=0.0)
            if not np.any(np.maximum(self.unmet(self.right), cut)[going] > REFINED):
                break
            rp = (-now.rc + self.by_site(held) + self.paid(step.prices) + dq - dr) * border.free
            rk = now.rk - self.long_rows(left) - dg
            balance = np.ascontiguousarray(self.right[:, : layout.shape[1]])
            dp, dk, falls = self.newton.refine(x.point, by_lane, balance, rp, rk, step)
            change = border.amended(change, dp, dk)
            primal, dual = self.lengths(border.furthest(change), falls)
        return change, primal, dual


def _empty_step(layout: Layout) -> Step:
    pairs = [np.zeros(layout.shape) for _ in range(4)]
    cut = np.zeros((len(layout.levels), layout.sites))
    return Step((pairs[0], pairs[1]), (pairs[2], pairs[3]), np.zeros(layout.load.shape), cut)


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
