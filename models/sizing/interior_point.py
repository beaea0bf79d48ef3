"""A primal-dual interior-point method for the sizing problem: Mehrotra's predictor-corrector on the chain of hours.

References: Mehrotra 1992, SIAM J. Optimization 2, 575-601; Wright 1997, Primal-Dual Interior-Point Methods; Gondzio
1996, Computational Optimization and Applications 6, 137-156 (further correctors). `docs/sizing.md` writes it down.
"""

from copy import copy
from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing.lp import LinearProgram
from models.sizing.newton import Newton, balances, priced
from models.sizing.problem import SizingProblem
from models.sizing.solution import RawSolution, SolverFailed, Status
from models.sizing.stage_form import ROW_NAMES, StageForm, stage_form

TOLERANCE = 1e-7
MOST_ITERATIONS = 150
STEP = 0.9995
START_MU = 10.0  # products of the start, in scaled units: large beside the residuals, so that early steps are long
CORRECTORS = 2


@dataclass(slots=True, eq=False)
class State:
    """An iterate: primal parts and their multipliers, pairwise positive; y and k are the rows' multipliers.

    v, z : hourly variables. s, l : room to the limit. t, w : room to a number. p, q : capacities.
    u, r : room to theirs. g, -k : room in the long rows.
    """

    v: FloatArray
    z: FloatArray
    s: FloatArray
    l: FloatArray  # noqa: E741  # the letters of docs/sizing.md
    t: FloatArray
    w: FloatArray
    p: FloatArray
    q: FloatArray
    u: FloatArray
    r: FloatArray
    g: FloatArray
    y: FloatArray
    k: FloatArray


PAIRS = (("v", "z"), ("s", "l"), ("t", "w"), ("p", "q"), ("u", "r"), ("g", "k"))


class InteriorPoint:
    """The method on one problem."""

    def __init__(self, form: StageForm) -> None:
        self.form = form
        shape = form.upper.shape
        self.active = (form.upper > 0.0).astype(float)
        limited = np.array([bool(variable.limits) for variable in form.variables])
        self.limited = self.active * limited[:, None]
        self.capped = self.active * np.isfinite(form.upper)
        self.fixed = form.capacity_upper <= 0.0
        self.free = (~self.fixed).astype(float)
        self.topped = self.free * np.isfinite(form.capacity_upper)
        self.upper = np.where(self.capped > 0.0, form.upper, 0.0)
        self.top = np.where(self.topped > 0.0, form.capacity_upper, 0.0)
        self.masks = {"v": self.active, "s": self.limited, "t": self.capped, "p": self.free, "u": self.topped}
        self.masks["g"] = np.ones(len(form.long_rows))
        self.count = sum(float(mask.sum()) for mask in self.masks.values())
        self.state = self._start(shape)

    def _start(self, shape: tuple[int, int]) -> State:
        form = self.form
        v = np.ones(shape) * np.array([variable.start for variable in form.variables])[:, None]
        v = np.where(self.capped > 0.0, np.minimum(v, 0.5 * self.upper), v)
        v = np.where(self.active > 0.0, np.maximum(v, 1e-3), 1.0)
        p = np.where(self.topped > 0.0, np.minimum(form.capacity_start, 0.5 * self.top), form.capacity_start)
        p = np.where(self.fixed, 1.0, p)
        s = np.where(self.limited > 0.0, np.maximum(self.room(p * self.free) - v, 0.1), 1.0)
        t = np.where(self.capped > 0.0, np.maximum(self.upper - v, 1e-3), 1.0)
        u = np.where(self.topped > 0.0, np.maximum(self.top - p, 1e-3), 1.0)
        g = np.maximum(np.array([row[4] for row in form.long_rows]), 1.0)
        mu = START_MU
        y = np.zeros_like(form.load)
        y[0] = 1.0
        y[2] = 1.5
        return State(
            v=v,
            z=mu / v * self.active,
            s=s,
            l=mu / s * self.limited,
            t=t,
            w=mu / t * self.capped,
            p=p,
            q=mu / p * self.free * len(y[0]) ** 0.5,
            u=u,
            r=mu / u * self.topped,
            g=g,
            y=y,
            k=-mu / g,
        )

    def room(self, p: FloatArray) -> FloatArray:
        """What the capacities allow each limited variable, (variables, hours)."""
        allowed = np.zeros(self.form.upper.shape)
        for j, variable in enumerate(self.form.variables):
            for index, coefficient in variable.limits:
                allowed[j] += coefficient * p[index]
        return allowed

    def charged(self, hourly: FloatArray) -> FloatArray:
        """The transpose of `room`: what hourly weights make of each capacity."""
        found = np.zeros(len(self.form.capacity_names))
        for j, variable in enumerate(self.form.variables):
            for index, coefficient in variable.limits:
                found[index] += np.sum(coefficient * hourly[j])
        return found

    def long(self, v: FloatArray) -> FloatArray:
        """Left sides of the long rows."""
        return np.array([coefficients @ v[:, when].sum(axis=1) for _, _, coefficients, when, _ in self.form.long_rows])

    def residuals(self) -> dict[str, FloatArray]:
        """How far the rows, the rooms and the stationarity are from holding."""
        form, x = self.form, self.state
        stationary = form.cost - priced(form, x.y) - x.z + x.l + x.w
        for row, (_, _, coefficients, when, _) in enumerate(form.long_rows):
            stationary[:, when] -= coefficients[:, None] * x.k[row]
        bounds = np.array([row[4] for row in form.long_rows])
        return {
            "e": form.load - balances(form, x.v * self.active),
            "k": bounds - self.long(x.v * self.active) - x.g,
            "s": (self.room(x.p * self.free) - x.v - x.s) * self.limited,
            "t": (self.upper - x.v - x.t) * self.capped,
            "u": (self.top - x.p - x.u) * self.topped,
            "d": stationary * self.active,
            "c": (form.capacity_cost - self.charged(x.l) - x.q + x.r) * self.free,
        }

    def run(self) -> tuple[int, bool]:
        """Iterate to the optimum: iterations, and whether it was reached."""
        form, x = self.form, self.state
        self.best = copy(x)
        best = np.inf
        stalled = 0
        for iteration in range(MOST_ITERATIONS):
            residual = self.residuals()
            mu = self._complementarity({}) / self.count
            objective = abs(
                float(np.sum(form.cost * x.v * self.active)) + float(form.capacity_cost @ (x.p * self.free))
            )
            gap = mu * self.count / max(objective, 1e-9)
            primal = max(float(np.abs(residual[name]).max(initial=0.0)) for name in ("e", "s", "t", "u"))
            dual = float(np.abs(residual["d"]).max(initial=0.0))
            dual = max(dual, float(np.abs(residual["c"] / (1.0 + form.capacity_cost)).max(initial=0.0)))
            if gap < TOLERANCE and primal < 1e-7 and dual < 1e-6:
                return iteration, True
            worst = max(gap, primal, 0.1 * dual)
            if worst < best:
                best, stalled, self.best = worst, 0, copy(x)
            else:
                stalled += 1
            if stalled > (4 if best < 1e-6 else 25) or not np.isfinite(worst):
                self.state = self.best
                return iteration, False
            self._iterate(residual, mu)
        self.state = self.best
        return MOST_ITERATIONS, False

    def _complementarity(self, change: dict[str, FloatArray], primal: float = 0.0, dual: float = 0.0) -> float:
        total = 0.0
        for a, b in PAIRS:
            first, second = getattr(self.state, a), getattr(self.state, b)
            if change:
                first, second = first + primal * change[a], second + dual * change[b]
            total += float(np.sum(first * (-second if b == "k" else second) * self.masks[a]))
        return total

    def _iterate(self, residual: dict[str, FloatArray], mu: float) -> None:
        x = self.state
        newton = Newton(
            self.form,
            np.where(self.active > 0.0, x.z / x.v + x.w / x.t, 1.0),
            x.l / x.s,
            np.where(self.fixed, 1e30, x.q / x.p + x.r / x.u),
            x.g / -x.k if len(x.k) else x.g,
            self.active,
        )
        target = {a: -self._product(a, b) for a, b in PAIRS}
        affine = self._direction(newton, residual, target)
        reach_p, reach_d = self._reach(affine)
        after = self._complementarity(affine, reach_p, reach_d) / self.count
        centre = (after / mu) ** 3 if mu > 0.0 else 0.0
        target = {
            a: (centre * mu - self._product(a, b) - affine[a] * (-affine[b] if b == "k" else affine[b])) * self.masks[a]
            for a, b in PAIRS
        }
        change = self._direction(newton, residual, target)
        reach_p, reach_d = self._reach(change)
        for _ in range(CORRECTORS):
            wider_p, wider_d = min(1.0, 1.08 * reach_p + 0.08), min(1.0, 1.08 * reach_d + 0.08)
            goal = centre * mu
            pull = {}
            for a, b in PAIRS:
                first = getattr(x, a) + wider_p * change[a]
                second = getattr(x, b) + wider_d * change[b]
                product = first * (-second if b == "k" else second)
                move = np.where(product < 0.1 * goal, 0.1 * goal - product, 0.0)
                move = np.where(product > 10.0 * goal, np.maximum(10.0 * goal - product, -10.0 * goal), move)
                pull[a] = target[a] + move * self.masks[a]
            tried = self._direction(newton, residual, pull)
            try_p, try_d = self._reach(tried)
            if try_p < reach_p + 0.01 * (wider_p - reach_p) and try_d < reach_d + 0.01 * (wider_d - reach_d):
                break
            if min(try_p, try_d) < min(reach_p, reach_d):
                break
            change, reach_p, reach_d, target = tried, try_p, try_d, pull
        step_p, step_d = min(1.0, STEP * reach_p), min(1.0, STEP * reach_d)
        for a, b in PAIRS:
            setattr(x, a, getattr(x, a) + step_p * change[a])
            setattr(x, b, getattr(x, b) + step_d * change[b])
        x.y = x.y + step_d * change["y"]

    def _product(self, a: str, b: str) -> FloatArray:
        second = getattr(self.state, b)
        return np.asarray(getattr(self.state, a) * (-second if b == "k" else second) * self.masks[a])

    def _direction(
        self, newton: Newton, residual: dict[str, FloatArray], target: dict[str, FloatArray]
    ) -> dict[str, FloatArray]:
        """The Newton direction that brings the products to their targets (changes of the products)."""
        x, active, free = self.state, self.active, self.free
        pushed = (target["s"] - x.l * residual["s"]) / x.s * self.limited
        rv = -residual["d"] + target["v"] / x.v - pushed - (target["t"] - x.w * residual["t"]) / x.t * self.capped
        rp = -residual["c"] + target["p"] / x.p + self.charged(pushed)
        rp -= (target["u"] - x.r * residual["u"]) / x.u * self.topped
        rk = residual["k"] + target["g"] / x.k if len(x.k) else residual["k"]
        dv, dp, dy, dk = newton.step(rv * active, rp * free, residual["e"], rk)
        dv, dp = dv * active, dp * free
        ds = (self.room(dp) - dv + residual["s"]) * self.limited
        dt, du = (residual["t"] - dv) * self.capped, (residual["u"] - dp) * self.topped
        return {
            "v": dv,
            "z": (target["v"] - x.z * dv) / x.v * active,
            "s": ds,
            "l": (target["s"] - x.l * ds) / x.s * self.limited,
            "t": dt,
            "w": (target["t"] - x.w * dt) / x.t * self.capped,
            "p": dp,
            "q": (target["p"] - x.q * dp) / x.p * free,
            "u": du,
            "r": (target["u"] - x.r * du) / x.u * self.topped,
            "g": (target["g"] + x.g * dk) / -x.k if len(x.k) else dk,
            "y": dy,
            "k": dk,
        }

    def _reach(self, change: dict[str, FloatArray]) -> tuple[float, float]:
        """The longest steps, at most 1, that keep primal parts and multipliers positive."""
        primal = dual = 1.0  # the largest fall in units of what there is
        for a, b in PAIRS:
            if change[a].size:
                # What does not exist neither moves nor, at 1, stands in the way; its multiplier is 0 over 0.
                primal = max(primal, float(np.max(-change[a] / getattr(self.state, a))))
                dual = max(dual, float(np.nanmax(-change[b] / getattr(self.state, b), initial=0.0)))
        return 1.0 / primal, 1.0 / dual


def solve_with_interior_point(problem: SizingProblem, lp: LinearProgram) -> RawSolution:
    """Solve a problem; the answer is in the columns and rows of `lp`. Raises SolverFailed where it stalls."""
    form = stage_form(problem, lp)
    method = InteriorPoint(form)
    with np.errstate(all="ignore"):  # what goes astray is caught by the certificate
        iterations, solved = method.run()
    x = method.state
    columns = np.zeros(len(lp.cost))
    for variable, values in zip(form.variables, x.v * method.active, strict=True):
        columns[lp.blocks[variable.name]] = values * form.power_unit
    for name, value in zip(form.capacity_names, x.p * method.free, strict=True):
        columns[lp.blocks[name]] = value * form.power_unit
    scale = form.cost_unit / form.power_unit
    duals = np.zeros(len(lp.row_low))
    for row, multipliers in zip(ROW_NAMES, x.y, strict=True):
        if row in lp.row_blocks:
            duals[lp.row_blocks[row]] = multipliers * scale
    for variable, multipliers in zip(form.variables, x.l * method.limited, strict=True):
        if variable.limit_row is not None:
            duals[lp.row_blocks[variable.limit_row]] = -multipliers * scale
    for (name, index, *_), multiplier in zip(form.long_rows, x.k, strict=True):
        duals[lp.row_blocks[name].start + index] = multiplier * scale
    if not np.isfinite(columns).all() or not np.isfinite(duals).all():
        raise SolverFailed("interior_point", "the iteration ran away")
    status = Status.OPTIMAL if solved else Status.ALMOST
    return RawSolution("interior_point", status, columns, duals, iterations)
