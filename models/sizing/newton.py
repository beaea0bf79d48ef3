"""The Newton system of the interior-point method: eliminate the hour, factor the chain, close with the border."""

import numpy as np

from models.arrays import FloatArray
from models.sizing.stage_form import BATTERY, ELECTRICITY, GAS, StageForm
from models.sizing.stages import factor, solve

TINY = 1e-14
LOOSE = 1e100  # curvature of a level that is not there: no link


REFINEMENTS = 4
CLOSE_ENOUGH = 1e-12  # of the balances, in mean loads
Step = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


class Newton:
    """One factorisation; `step` solves for a right-hand side.

    Unknowns: changes of the hourly variables dv, of the capacities dp, of the balances' multipliers dy and of the long
    rows' dk. With Q the curvature of a variable (bounds and limit), D that of its limit alone, and h its limit's
    coefficients of the capacities:
        Q dv - D h dp - E'dy - R'dk = rv
        -h'D dv + (P + h'D h) dp     = rp
        E dv                          = re
        R dv + N dk                   = rk
    """

    def __init__(
        self,
        form: StageForm,
        bare: FloatArray,
        limit: FloatArray,
        capacity: FloatArray,
        long: FloatArray,
        active: FloatArray,
    ) -> None:
        """bare, limit, active : (variables, hours) Q - D, D, 1 where the variable exists. capacity : P. long : N."""
        self.form, self.limit, self.bare, self.active = form, limit, bare, active
        self.capacity, self.long = capacity, long
        own = form.own
        self.inverse = inverse = active / (bare + limit)
        # The ring is cut at the last hour's levels: they are unknowns of the border.
        self.levels = [int(j) for j in np.flatnonzero(np.abs(form.following).sum(axis=1))]
        for j in self.levels:
            inverse[j, -1] = 0.0
        self.local = (own[:, 0] ** 2) @ inverse + TINY
        self.cross1 = (own[:, 0] * own[:, 1]) @ inverse
        self.cross2 = (own[:, 0] * own[:, 2]) @ inverse
        # The electricity balance is taken out as a weighted mean; sums of squares about it lose no digits.
        mean1, mean2 = self.cross1 / self.local, self.cross2 / self.local
        k11, k12, k22 = np.zeros_like(mean1), np.zeros_like(mean1), np.zeros_like(mean1)
        stiff = [np.full(len(mean1), LOOSE), np.full(len(mean1), LOOSE)]
        for j in range(len(own)):
            if j in self.levels:
                stiff[0 if own[j, BATTERY] else 1] = bare[j] + limit[j]
                continue
            off1, off2 = own[j, 1] - own[j, 0] * mean1, own[j, 2] - own[j, 0] * mean2
            k11 += inverse[j] * off1 * off1
            k12 += inverse[j] * off1 * off2
            k22 += inverse[j] * off2 * off2
        for total, row in ((k11, BATTERY), (k22, GAS)):
            total += TINY if np.abs(own[:, row]).any() else 1.0
        self.link1, self.link2 = -1.0 / stiff[0], -1.0 / stiff[1]
        self.pivots = factor(k11, k12, k22, stiff[0], stiff[1])
        self._border(capacity, long)

    def _border(self, capacity: FloatArray, long: FloatArray) -> None:
        """The columns that touch every hour, solved against the chain, and the small dense system they leave."""
        form, hours = self.form, self.form.load.shape[1]
        number, rows = len(form.capacity_names), len(form.long_rows)
        count = number + rows + len(self.levels)
        columns = np.zeros((3, hours, count))
        corner = np.zeros((count, count))
        for j, variable in enumerate(form.variables):
            weight = self.inverse[j] * self.limit[j]
            held = weight * self.bare[j]
            if j in self.levels:
                held[-1] = self.limit[j, -1]
            for g, h in variable.limits:
                self._touch(columns[:, :, g], j, weight * h)
                for other, k in variable.limits:
                    corner[g, other] -= np.sum(held * h * k)
        for k, (_, _, coefficients, when, _) in enumerate(form.long_rows):
            for j in map(int, np.flatnonzero(coefficients)):
                part = np.zeros(hours)
                part[when] = coefficients[j] * self.inverse[j, when]
                self._touch(columns[:, :, number + k], j, part)
                corner[number + k, number + k] += float(coefficients[j] * part[when].sum())
            corner[number + k, number + k] += long[k]
        corner[np.arange(number), np.arange(number)] -= capacity
        for index, j in enumerate(self.levels, number + rows):
            last = np.zeros(hours)
            last[-1] = 1.0
            self._touch(columns[:, :, index], j, last)
            corner[index, index] -= self.bare[j, -1] + self.limit[j, -1]
            for g, h in form.variables[j].limits:
                part = self.limit[j, -1] * (h if np.ndim(h) == 0 else np.asarray(h)[-1])
                corner[g, index] += part
                corner[index, g] += part
        electric = columns[ELECTRICITY]
        corner -= electric.T @ (electric / self.local[:, None])
        one = np.ascontiguousarray(columns[BATTERY] - (self.cross1 / self.local)[:, None] * electric)
        two = np.ascontiguousarray(columns[GAS] - (self.cross2 / self.local)[:, None] * electric)
        self.electric, self.one, self.two = electric, one, two
        solved1, solved2 = one.copy(), two.copy()
        solve(self.pivots, self.link1, self.link2, solved1, solved2)
        self.solved1, self.solved2 = solved1, solved2
        self.matrix = corner - one.T @ solved1 - two.T @ solved2

    def _touch(self, column: FloatArray, j: int, weight: FloatArray) -> None:
        """Add E times a weight on variable j to a column (3, hours)."""
        own, following = self.form.own[j], self.form.following[j]
        for row in (ELECTRICITY, BATTERY, GAS):
            if own[row]:
                column[row] += own[row] * weight
            if following[row]:
                column[row] += following[row] * np.roll(weight, 1)

    def step(self, rv: FloatArray, rp: FloatArray, re: FloatArray, rk: FloatArray) -> Step:
        """Changes dv, dp, dy (3, hours), dk, refined on the system as it stands."""
        found = self._once(rv, rp, re, rk)
        wanted = (rv, rp, re, rk)
        left = self._remaining(wanted, found)
        for _ in range(REFINEMENTS):
            if _largest(left[2]) < CLOSE_ENOUGH:
                break
            correction = self._once(*left)
            tried = _combined(found, correction, 1.0)
            still = self._remaining(wanted, tried)
            if not _largest(still[2]) < _largest(left[2]):
                break
            found, left = tried, still
        return found

    def _remaining(self, wanted: Step, found: Step) -> Step:
        """What a solution leaves of the right side."""
        return _combined(wanted, self._left(*found), -1.0)

    def _left(self, dv: FloatArray, dp: FloatArray, dy: FloatArray, dk: FloatArray) -> Step:
        """The left side of the system at a point."""
        form = self.form
        room = np.zeros_like(dv)
        for j, variable in enumerate(form.variables):
            for g, h in variable.limits:
                room[j] += h * dp[g]
        held = self.limit * (dv - room)
        first = (self.bare * dv + held - priced(form, dy)) * self.active
        second = self.capacity * dp
        for j, variable in enumerate(form.variables):
            for g, h in variable.limits:
                second[g] -= np.sum(h * held[j] * self.active[j])
        fourth = self.long * dk
        for k, (_, _, coefficients, when, _) in enumerate(form.long_rows):
            first[:, when] -= coefficients[:, None] * dk[k] * self.active[:, when]
            fourth[k] += coefficients @ dv[:, when].sum(axis=1)
        return first, second, balances(form, dv), fourth

    def _once(self, rv: FloatArray, rp: FloatArray, re: FloatArray, rk: FloatArray) -> Step:
        """One solution by the factors."""
        form = self.form
        number = len(form.capacity_names)
        moved = self.inverse * rv
        right = re - balances(form, moved)
        border = np.concatenate([-rp, rk, [-rv[j, -1] for j in self.levels]])
        for j, variable in enumerate(form.variables):
            for g, h in variable.limits:
                border[g] -= np.sum(self.limit[j] * h * moved[j])
        for k, (_, _, coefficients, when, _) in enumerate(form.long_rows):
            border[number + k] -= coefficients @ moved[:, when].sum(axis=1)
        electric = right[ELECTRICITY] / self.local
        one, two = right[BATTERY] - self.cross1 * electric, right[GAS] - self.cross2 * electric
        chain1, chain2 = one[:, None].copy(), two[:, None].copy()
        solve(self.pivots, self.link1, self.link2, chain1, chain2)
        border -= self.electric.T @ electric + self.one.T @ chain1[:, 0] + self.two.T @ chain2[:, 0]
        outer = np.linalg.solve(self.matrix, border)
        dy = np.empty_like(right)
        dy[BATTERY] = chain1[:, 0] - self.solved1 @ outer
        dy[GAS] = chain2[:, 0] - self.solved2 @ outer
        dy[ELECTRICITY] = (
            right[ELECTRICITY] - self.cross1 * dy[BATTERY] - self.cross2 * dy[GAS] - self.electric @ outer
        ) / self.local
        dp, dk = outer[:number], outer[number : number + len(form.long_rows)]
        pull = rv + priced(form, dy)
        for j, variable in enumerate(form.variables):
            for g, h in variable.limits:
                pull[j] += self.limit[j] * h * dp[g]
        for k, (_, _, coefficients, when, _) in enumerate(form.long_rows):
            pull[:, when] += coefficients[:, None] * dk[k]
        dv = self.inverse * pull
        for index, j in enumerate(self.levels, number + len(form.long_rows)):
            dv[j, -1] = outer[index]
        return dv, dp, dy, dk


def balances(form: StageForm, values: FloatArray) -> FloatArray:
    """E times hourly values: (3, hours)."""
    return form.own.T @ values + np.roll(form.following.T @ values, 1, axis=1)


def priced(form: StageForm, multipliers: FloatArray) -> FloatArray:
    """E' times multipliers (3, hours): (variables, hours)."""
    return form.own @ multipliers + form.following @ np.roll(multipliers, -1, axis=1)


def _combined(one: Step, other: Step, sign: float) -> Step:
    return (
        one[0] + sign * other[0],
        one[1] + sign * other[1],
        one[2] + sign * other[2],
        one[3] + sign * other[3],
    )


def _largest(values: FloatArray) -> float:
    return float(np.abs(values).max(initial=0.0))
