"""The border of the interior-point method: capacities and long rows, which touch every hour, and their multipliers.

Three kinds of pairs stand one above the other: capacities p with q, room u to their tops with r, room g in long rows
with kappa. Arrays are (pairs, sites) or (capacities, sites) or (rows, sites); letters as in `docs/sizing.md`.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from models.arrays import FloatArray

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

    def targets(self, centre: FloatArray, second: FloatArray) -> FloatArray:
        """Changes of the products that are asked for."""
        return (centre - self.first * self.second - second) * self.exists

    def right_sides(
        self, targets: FloatArray, rc: FloatArray, rt: FloatArray, rk: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Right sides of the capacities and of the long rows in the Newton system."""
        tp, tu, tg = self.split(targets)
        pull = -rc + tp / self.p - self.topped * (tu - self.r * rt) / self.u
        return pull * self.free, rk - tg / self.kappa

    def step(self, targets: FloatArray, rt: FloatArray, dp: FloatArray, dk: FloatArray) -> BorderStep:
        """The step of all pairs from those of capacities and of the long rows' multipliers, dk = -dkappa."""
        dp = dp * self.free
        rooms = np.concatenate([dp, (rt - dp) * self.topped])
        bounds = slice(0, 2 * self.number)
        multipliers = (targets[bounds] - self.second[bounds] * rooms) / self.first[bounds] * self.exists[bounds]
        dg = (targets[2 * self.number :] + self.g * dk) / self.kappa
        return BorderStep(np.concatenate([rooms, dg]), np.concatenate([multipliers, -dk]))

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
