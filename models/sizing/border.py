"""The border of the interior-point method: capacities and long rows, which touch every hour, and their multipliers.

Arrays are (capacities, sites) or (rows, sites); letters as in `docs/sizing.md`.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray

FIXED = 1e30  # curvature of a capacity that cannot be built


@dataclass(slots=True, eq=False)
class Border:
    """Capacities p and multiplier q, room u to a top and r, room g in the long rows and kappa: pairwise positive.

    free, topped : 1 where a capacity may be built, and where it has a top.
    """

    p: FloatArray
    q: FloatArray
    u: FloatArray
    r: FloatArray
    g: FloatArray
    kappa: FloatArray
    free: FloatArray
    topped: FloatArray

    @property
    def built(self) -> FloatArray:
        """Capacities, nil where none can be."""
        return self.p * self.free

    @property
    def complementarity(self) -> FloatArray:
        """Sum of products, (sites,)."""
        return np.asarray(sum((a * b * exists).sum(axis=0) for a, b, exists in self._pairs()))

    @property
    def count(self) -> FloatArray:
        """Pairs of capacities and their bounds, (sites,); those of the long rows are counted with the hours."""
        return np.asarray(self.free.sum(axis=0) + self.topped.sum(axis=0))

    @property
    def curvature(self) -> FloatArray:
        """What the capacities' own bounds add to their diagonal."""
        return np.where(self.free > 0.0, self.q / self.p + self.topped * self.r / self.u, FIXED)

    def after(self, step: "BorderStep", primal: FloatArray, dual: FloatArray) -> FloatArray:
        """Sum of products after steps of given lengths (sites,)."""
        total = np.zeros(self.p.shape[1])
        for (a, b, exists), (da, db) in zip(self._pairs(), step.pairs, strict=True):
            total += ((a + primal * da) * (b + dual * db) * exists).sum(axis=0)
        return total

    def _pairs(self) -> tuple[tuple[FloatArray, FloatArray, FloatArray], ...]:
        """The pairs and where they exist."""
        return (
            (self.p, self.q, self.free),
            (self.u, self.r, self.topped),
            (self.g, self.kappa, np.ones_like(self.g)),
        )

    def targets(self, centre: FloatArray, second: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
        """Changes of the products that are asked for."""
        return tuple((centre - a * b - e) * exists for (a, b, exists), e in zip(self._pairs(), second, strict=True))

    def none(self) -> tuple[FloatArray, ...]:
        """No second-order products."""
        return tuple(np.zeros_like(a) for a, _, _ in self._pairs())

    def right_sides(
        self, targets: tuple[FloatArray, ...], rc: FloatArray, rt: FloatArray, rk: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Right sides of the capacities and of the long rows in the Newton system."""
        tp, tu, tg = targets
        pull = -rc + tp / self.p - self.topped * (tu - self.r * rt) / self.u
        return pull * self.free, rk - tg / self.kappa

    def step(self, targets: tuple[FloatArray, ...], rt: FloatArray, dp: FloatArray, dk: FloatArray) -> "BorderStep":
        """The step of all pairs from those of capacities and of the long rows' multipliers."""
        tp, tu, tg = targets
        dp = dp * self.free
        du = (rt - dp) * self.topped
        dkappa = -dk
        return BorderStep(
            (
                (dp, (tp - self.q * dp) / self.p * self.free),
                (du, (tu - self.r * du) / self.u * self.topped),
                ((tg - self.g * dkappa) / self.kappa, dkappa),
            )
        )

    def amended(self, step: "BorderStep", dp: FloatArray, dk: FloatArray) -> "BorderStep":
        """A step with corrections of capacities and long multipliers added."""
        dp = dp * self.free
        (p, q), (u, r), (g, kappa) = step.pairs
        return BorderStep(
            (
                (p + dp, q - self.q / self.p * dp * self.free),
                (u - dp * self.topped, r + self.r / self.u * dp * self.topped),
                (g + self.g / self.kappa * dk, kappa - dk),
            )
        )

    def furthest(self, step: "BorderStep") -> tuple[FloatArray, FloatArray]:
        """The largest falls in units of what there is, primal and dual, (sites,)."""
        primal = dual = np.zeros(self.p.shape[1])
        for (a, b, exists), (da, db) in zip(self._pairs(), step.pairs, strict=True):
            if len(a):
                primal = np.maximum(primal, (-da / a * exists).max(axis=0))
                dual = np.maximum(dual, np.where(exists > 0.0, -db / np.where(exists > 0.0, b, 1.0), 0.0).max(axis=0))
        return primal, dual

    def move(self, step: "BorderStep", primal: FloatArray, dual: FloatArray) -> None:
        """Take the step."""
        (dp, dq), (du, dr), (dg, dkappa) = step.pairs
        self.p, self.q = self.p + primal * dp, self.q + dual * dq
        self.u, self.r = self.u + primal * du, self.r + dual * dr
        self.g, self.kappa = self.g + primal * dg, self.kappa + dual * dkappa

    def recentred(
        self,
        step: "BorderStep",
        lengths: tuple[FloatArray, FloatArray],
        centre: FloatArray,
        second: tuple[FloatArray, ...],
        bounds: tuple[float, float],
    ) -> tuple[FloatArray, ...]:
        """Second-order products less what would bring the products after a longer step near the centre (Gondzio)."""
        low, high = bounds[0] * centre, bounds[1] * centre
        found = []
        for (a, b, exists), (da, db), e in zip(self._pairs(), step.pairs, second, strict=True):
            product = (a + lengths[0] * da) * (b + lengths[1] * db)
            move = np.where(product < low, low - product, np.maximum(np.minimum(high - product, 0.0), -high))
            found.append(e - move * exists)
        return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class BorderStep:
    """Changes of the pairs (p, q), (u, r) and (g, kappa)."""

    pairs: tuple[tuple[FloatArray, FloatArray], ...]

    @property
    def products(self) -> tuple[FloatArray, ...]:
        """Second-order products of the changes."""
        return tuple(np.asarray(da * db) for da, db in self.pairs)
