"""The border of the interior-point method: capacities and long rows, which touch every hour, and their multipliers.

Three kinds of pairs stand one above the other: capacities p with q, room u to their tops with r, room g in long rows
with kappa. Arrays are (pairs, sites) or (capacities, sites) or (rows, sites); letters as in `docs/sizing.md`.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from models.arrays import FloatArray
from models.sizing.kernel import kernel

FIXED = 1e30  # curvature of a capacity that cannot be built


@dataclass(frozen=True, slots=True, eq=False)
class BorderStep:
    """Changes of the pairs, first and second."""

    first: FloatArray
    second: FloatArray


@dataclass(slots=True, eq=False)
class Border:
    """Pairs `first`, `second` of positive numbers whose products go to nil. exists : 1 where a pair is, else 0."""

    number: int
    first: FloatArray
    second: FloatArray
    exists: FloatArray

    @property
    def p(self) -> FloatArray:
        """Capacities."""
        return self.first[: self.number]

    @property
    def q(self) -> FloatArray:
        """Multipliers of the capacities' sign."""
        return self.second[: self.number]

    @property
    def r(self) -> FloatArray:
        """Multipliers of the capacities' tops."""
        return self.second[self.number : 2 * self.number]

    @property
    def u(self) -> FloatArray:
        """Room to the capacities' tops."""
        return self.first[self.number : 2 * self.number]

    @property
    def g(self) -> FloatArray:
        """Room in the long rows."""
        return self.first[2 * self.number :]

    @property
    def kappa(self) -> FloatArray:
        """Multipliers of the long rows."""
        return self.second[2 * self.number :]

    @property
    def free(self) -> FloatArray:
        """1 where a capacity may be built."""
        return self.exists[: self.number]

    @property
    def topped(self) -> FloatArray:
        """1 where a capacity has a top."""
        return self.exists[self.number : 2 * self.number]

    @property
    def built(self) -> FloatArray:
        """Capacities, nil where none can be."""
        return self.p * self.free

    @property
    def complementarity(self) -> FloatArray:
        """Sum of products, (sites,)."""
        return np.asarray((self.first * self.second * self.exists).sum(axis=0))

    @property
    def count(self) -> FloatArray:
        """Pairs, (sites,)."""
        return np.asarray(self.exists.sum(axis=0))

    @property
    def curvature(self) -> FloatArray:
        """What the capacities' own bounds add to their diagonal."""
        return np.where(self.free > 0.0, self.q / self.p + self.topped * self.r / self.u, FIXED)

    def of(self, site: int) -> Self:
        """The part of one site, copied."""
        one = slice(site, site + 1)
        parts = {name: getattr(self, name)[:, one].copy() for name in ("first", "second", "exists")}
        return replace(self, **parts)

    def after(self, step: BorderStep, primal: FloatArray, dual: FloatArray) -> FloatArray:
        """Sum of products after steps of given lengths (sites,)."""
        first, second = self.first + primal * step.first, self.second + dual * step.second
        return np.asarray((first * second * self.exists).sum(axis=0))

    def aim(
        self, centre: FloatArray, products: FloatArray, rc: FloatArray, rt: FloatArray, rk: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Changes of the products that a step towards `centre` less `products` asks for, and right sides of the Newton
        system: the capacities' and the long rows'.
        """
        targets, rp, right = np.empty_like(self.first), np.empty_like(rc), np.empty_like(rk)
        _aim(self.first, self.second, self.exists, centre, products, rc, rt, rk, targets, rp, right)
        return targets, rp, right

    def step(
        self, targets: FloatArray, rt: FloatArray, dp: FloatArray, dk: FloatArray
    ) -> tuple[BorderStep, FloatArray, FloatArray]:
        """The step of all pairs from those of capacities and of the long rows' multipliers, dk = -dkappa.

        With it the largest falls in units of what there is, primal and dual, (sites,).
        """
        change = BorderStep(np.empty_like(self.first), np.empty_like(self.second))
        falls = np.zeros((2, dp.shape[1]))
        _step(self.first, self.second, self.exists, targets, rt, dp, dk, change.first, change.second, falls)
        return change, falls[0], falls[1]

    def amended(self, step: BorderStep, dp: FloatArray, dk: FloatArray) -> BorderStep:
        """A step with corrections of capacities and long multipliers added."""
        dp = dp * self.free
        first = np.concatenate([dp, -dp * self.topped, self.g / self.kappa * dk])
        dq, dr = -self.q / self.p * dp * self.free, self.r / self.u * dp * self.topped
        return BorderStep(step.first + first, step.second + np.concatenate([dq, dr, -dk]))

    def furthest(self, step: BorderStep) -> tuple[FloatArray, FloatArray]:
        """The largest falls in units of what there is, primal and dual, (sites,)."""
        primal = -step.first / self.first * self.exists
        dual = -step.second / (self.second + (1.0 - self.exists)) * self.exists
        return primal.max(axis=0, initial=0.0), dual.max(axis=0, initial=0.0)

    def move(self, step: BorderStep, primal: FloatArray, dual: FloatArray) -> None:
        """Take the step."""
        self.first = self.first + primal * step.first
        self.second = self.second + dual * step.second

    def recentred(
        self,
        step: BorderStep,
        lengths: tuple[FloatArray, FloatArray],
        centre: FloatArray,
        second: FloatArray,
        bounds: tuple[float, float],
    ) -> FloatArray:
        """Second-order products less what would bring the products after a longer step near the centre (Gondzio)."""
        low, high = bounds[0] * centre, bounds[1] * centre
        product = (self.first + lengths[0] * step.first) * (self.second + lengths[1] * step.second)
        move = np.where(product < low, low - product, np.maximum(np.minimum(high - product, 0.0), -high))
        return second - move * self.exists

    def split(self, step: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The parts of capacities, of their tops and of the long rows."""
        return step[: self.number], step[self.number : 2 * self.number], step[2 * self.number :]


@kernel
def _aim(first, second, exists, centre, products, rc, rt, rk, targets, rp, right):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """Fill targets, rp and right, as `Border.aim` says."""
    number = len(rc)
    for site in range(first.shape[1]):
        for i in range(len(first)):
            product = first[i, site] * second[i, site]
            targets[i, site] = (centre[site] - product - products[i, site]) * exists[i, site]
        for i in range(number):
            top = number + i
            pull = targets[i, site] / first[i, site] - rc[i, site]
            pull -= exists[top, site] * (targets[top, site] - second[top, site] * rt[i, site]) / first[top, site]
            rp[i, site] = pull * exists[i, site]
        for i in range(len(rk)):
            row = 2 * number + i
            right[i, site] = rk[i, site] - targets[row, site] / second[row, site]


@kernel
def _step(first, second, exists, targets, rt, dp, dk, d_first, d_second, falls):  # type: ignore[no-untyped-def]  # as above
    """Fill the changes and the falls, as `Border.step` says."""
    number = len(dp)
    for site in range(first.shape[1]):
        for i in range(number):
            top = number + i
            d_first[i, site] = dp[i, site] * exists[i, site]
            d_first[top, site] = (rt[i, site] - d_first[i, site]) * exists[top, site]
        for i in range(2 * number):
            left = targets[i, site] - second[i, site] * d_first[i, site]
            d_second[i, site] = left / first[i, site] * exists[i, site]
        for i in range(len(dk)):
            row = 2 * number + i
            d_first[row, site] = (targets[row, site] + first[row, site] * dk[i, site]) / second[row, site]
            d_second[row, site] = -dk[i, site]
        for i in range(len(first)):
            on = exists[i, site]
            falls[0, site] = max(falls[0, site], -d_first[i, site] / first[i, site] * on)
            falls[1, site] = max(falls[1, site], -d_second[i, site] / (second[i, site] + (1.0 - on)) * on)
