"""A primal-dual interior-point method for sizing problems: Mehrotra's predictor-corrector on the chain of hours.

References: Mehrotra 1992, SIAM J. Optimization 2, 575-601; Wright 1997, Primal-Dual Interior-Point Methods; Gondzio
1996, Computational Optimization and Applications 6, 137-156 (further correctors); Colombo and Gondzio 2008, same, 41,
277-305 (how far they aim). `docs/sizing.md` writes it down.
"""

from collections.abc import Callable

import numpy as np

from models.arrays import FloatArray
from models.sizing import passes
from models.sizing.directions import Direction, Directions, Progress, empty_step
from models.sizing.laying import lay_out
from models.sizing.layout import Layout
from models.sizing.newton import Step
from models.sizing.solution import Outcome, ShouldStop, Status, Stopped, never
from models.sizing.stage_model import Answer, StageModel
from models.sizing.starting import Iterate, start

MOST_ITERATIONS = 150
GAP = 2e-8  # of the objective, between primal and dual
RESIDUAL = 2e-7  # of the mean load
DUAL_RESIDUAL = 1e-7  # of a typical price
LEAST_CENTRE = 0.5  # of the products at which the gap is met: smaller ones only cost digits
CENTRING = 8  # power of what the predictor leaves of the products: the share that the next step aims at
STEP = 0.93  # of the longest step; 0.99 where that is nearly whole
CORRECTORS = 2
FURTHER = 1.5, 0.3  # a corrector aims at a step so many times as long, and so much longer
PATIENCE = 20  # iterations without progress
CLOSE = 1e-5  # from here on the best iterate is kept and patience is short
MIDWAY = 0.1  # gap of an iterate that problems alike lean on: closer ones lie at bounds that may be another's
ROUGH = 0.1, 0.02, 0.004  # gaps at which capacities show what they will be, one time better than the other

Reprice = Callable[[FloatArray], FloatArray | None]


class InteriorPoint:
    """The method on a block of sites."""

    def __init__(self, layout: Layout, should_stop: ShouldStop = never) -> None:
        self.layout, self.should_stop = layout, should_stop
        self.directions = Directions(layout)
        self.steps = [empty_step(layout) for _ in range(2)]

    def run(
        self, near: Iterate | None = None, reprice: Reprice | None = None
    ) -> tuple[list[Iterate | None], np.ndarray, np.ndarray]:
        """Iterate to the optimum of every site: iterates by site, iterations, and which were reached.

        near : an iterate of a problem alike, of the same shape: the start is then halfway to it.
        reprice : of a single site; given its capacities, MW, at each gap of `ROUGH`, it says what they cost from then
            on, USD a year per MW, or None where that stays.
        """
        sites = self.layout.sites
        x = start(self.layout)
        if near is not None:
            x = x.halfway_to(near)
        found: list[Iterate | None] = [None] * sites
        best, stalled = np.full(sites, np.inf), np.zeros(sites, dtype=int)
        iterations = np.zeros(sites, dtype=int)
        done, reached = np.zeros(sites, dtype=bool), np.zeros(sites, dtype=bool)
        rough = list(ROUGH)
        for iteration in range(MOST_ITERATIONS + 1):
            now = self.directions.progress(x)
            if reprice is not None and rough and now.gap[0] < rough[0]:
                rough = [gap for gap in rough if gap <= now.gap[0]]
                costs = reprice(x.border.built[:, 0] * self.layout.power_unit[0])
                if costs is not None:
                    self.layout.capacity_cost[:, 0] = costs * self.layout.power_unit[0] / self.layout.cost_unit[0]
                    now = self.directions.progress(x)
            met = (now.gap < GAP) & (now.primal < RESIDUAL) & (now.dual < DUAL_RESIDUAL)
            error = np.maximum(np.maximum(now.gap, now.primal), 0.1 * now.dual)
            better = (error < best) & ~done
            stalled = np.where(better, 0, stalled + 1)
            lost = ~np.isfinite(error) | (stalled > np.where(best < CLOSE, 4, PATIENCE))
            for site in np.flatnonzero(better & (met | (error < CLOSE))):
                found[site] = x.of(self.layout, int(site))
            best = np.where(better, error, best)
            reached |= met & ~done
            iterations[~done] = iteration
            done |= met | lost
            if done.all() or iteration == MOST_ITERATIONS:
                break
            self.advance(x, now, ~done)
        return found, iterations, reached

    def midway(self) -> Iterate | None:
        """The first iterate whose gap is below `MIDWAY` at every site; None where it is not reached."""
        x, everywhere = start(self.layout), np.ones(self.layout.sites, dtype=bool)
        for _ in range(MOST_ITERATIONS):
            now = self.directions.progress(x)
            if not np.isfinite(now.gap).all():
                return None
            if np.all(now.gap < MIDWAY):
                return x
            self.advance(x, now, everywhere)
        return None

    def advance(self, x: Iterate, now: Progress, going: np.ndarray) -> None:
        """One step of every site that is still going. Raises Stopped."""
        if self.should_stop():
            raise Stopped
        border, over, ask = x.border, self.directions.over, self.directions
        ask.newton.factor(x.point, border.curvature, border.g / border.kappa)
        taken, spare = self.steps
        first = ask.predictor(x, now, taken)
        share = ask.products_after(x, now, first) / now.mu
        centre = np.maximum(share**CENTRING * now.mu, LEAST_CENTRE * GAP * now.mu / now.gap)
        found = ask.direction(x, now, centre, first.border.first * first.border.second, taken)
        for _ in range(CORRECTORS):
            second = self.corrected(x, found, centre, spare)
            tried = ask.direction(x, now, centre, second, spare)
            gain = np.where(going, tried.shorter - found.shorter, 0.0)
            if np.sum(gain) <= 0.0:
                break
            found, spare = tried, found.step
            if np.max(gain) < 0.1:
                break
        found = ask.refined(x, now, centre, found, going)
        primal, dual = (np.where(reach > 0.9, 0.99, STEP) * reach * going for reach in (found.primal, found.dual))
        lengths = over.lanes(primal), over.lanes(dual)
        step = found.step
        passes.move(ask.form, x.point, step.hourly, *lengths, over.lanes(centre), step.second)
        moved = x.prices.reshape(len(x.prices), -1, self.layout.lanes)
        moved += lengths[1][: self.layout.lanes] * step.prices.reshape(len(moved), -1, self.layout.lanes)[:, :-1]
        border.move(found.border, primal, dual)

    def corrected(self, x: Iterate, found: Direction, centre: FloatArray, spare: Step) -> FloatArray:
        """Products that a corrector takes off so that a longer step ends nearer the centre; the border's.

        The hourly ones go into `spare`.
        """
        over = self.directions.over
        times, more = FURTHER
        wide = np.minimum(1.0, times * found.primal + more), np.minimum(1.0, times * found.dual + more)
        lengths = over.lanes(wide[0]), over.lanes(wide[1])
        pairs = found.step.second, spare.second
        passes.recentre(self.directions.form, x.point, found.step.hourly, *lengths, over.lanes(centre), *pairs)
        near = passes.NEAR_LOW, passes.NEAR_HIGH
        return x.border.recentred(found.border, wide, centre, found.second, near)


def solve_with_interior_point(
    models: tuple[StageModel, ...],
    near: Iterate | None = None,
    should_stop: ShouldStop = never,
    reprice: Reprice | None = None,
) -> list[Outcome]:
    """Solve a block of models that are alike; an answer that was not reached in full is to be judged by certificate.

    near, reprice : as `InteriorPoint.run` takes them. Raises Stopped.
    """
    layout = lay_out(models)
    with np.errstate(all="ignore"):  # what goes astray is caught by the certificate
        found, iterations, reached = InteriorPoint(layout, should_stop).run(near, reprice)
    return [
        Outcome(Status.OPTIMAL if met else Status.ALMOST, answer_of(layout, site, iterate, int(count)))
        for site, (iterate, count, met) in enumerate(zip(found, iterations, reached, strict=True))
    ]


def compile_kernels(model: StageModel) -> None:
    """Run the method once with every kernel in it: refinement, which few problems need, too."""
    method = InteriorPoint(lay_out((model,)))
    method.directions.leaves_at_most = 0.0
    with np.errstate(all="ignore"):  # its answer is not used
        method.run()


def answer_of(layout: Layout, site: int, iterate: Iterate | None, iterations: int) -> Answer | None:
    """A site's last good iterate in the units of its model."""
    if iterate is None:
        return None
    model, power, money = layout.models[site], layout.power_unit[site], layout.cost_unit[site]
    can_be = np.array([model.can_be(variable) for variable in model.variables])
    hours = model.hours - model.idle
    hourly = (np.where(can_be, iterate.point[0], 0.0) * power)[:, :hours]
    long, first = [], 0
    for rows in model.long_rows:
        long.append(iterate.border.kappa[first : first + len(rows.bounds), 0] * money / power)
        first += len(rows.bounds)
    return Answer(
        solver="interior_point",
        capacities=iterate.border.built[:, 0] * power,
        hourly=hourly,
        prices=iterate.prices[:, :hours] * money / power,
        long_prices=tuple(long),
        iterations=iterations,
    )
