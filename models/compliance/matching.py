"""How much of a draw is matched with renewable power: by the hour, the month, the year. Arrays (hours,), MW.

Power that was imported is not carbon-free when a store gives it back: what is imported beyond the draw of its hour
charges a store, and is taken off the store's output later, evenly over it. Losses are not credited, so the renewable
part is never overstated.
"""

import numpy as np

from models.arrays import FloatArray


def own_power_mw(drawn_mw: FloatArray, import_mw: FloatArray, from_stores_mw: FloatArray) -> FloatArray:
    """What of each hour's draw comes from the site's own generation, directly or through its stores, (hours,), MW.

    drawn_mw : all electricity that the process and its electrolysers take.
    from_stores_mw : what batteries and hydrogen turbines give.

    Raises ValueError on unequal shapes or values that are negative or not finite.
    """
    drawn, bought, given = checked(drawn_mw, import_mw, from_stores_mw)
    own = np.maximum(drawn - bought, 0.0)
    stored, output = float(np.maximum(bought - drawn, 0.0).sum()), float(np.minimum(given, own).sum())
    if stored <= 0.0 or output <= 0.0:
        return own
    return np.asarray(own - np.minimum(given, own) * min(1.0, stored / output))


def matched_by_hour_mwh(claim_mw: FloatArray, renewable_mw: FloatArray, always: np.ndarray | None = None) -> float:
    """Energy of the claim that renewable power of the same hour covers; hours in `always` count whole."""
    claim, renewable = checked(claim_mw, renewable_mw)
    covered = np.minimum(claim, renewable)
    if always is not None:
        covered = np.where(always, claim, covered)
    return float(covered.sum())


def matched_by_month_mwh(
    claim_mw: FloatArray, renewable_mw: FloatArray, month_of_hour: np.ndarray, always: np.ndarray | None = None
) -> float:
    """Energy of the claim that renewable power of the same month covers; hours in `always` count whole.

    month_of_hour : (hours,) integers that group hours into months, one number a month and year.
    """
    claim, renewable = checked(claim_mw, renewable_mw)
    if month_of_hour.shape != claim.shape:
        raise ValueError("month_of_hour must have the shape of the claim")
    free = np.zeros_like(claim) if always is None else np.where(always, claim, 0.0)
    month = np.unique(month_of_hour, return_inverse=True)[1]
    asked, made = np.bincount(month, claim - free), np.bincount(month, renewable)
    return float(np.minimum(asked, made).sum() + free.sum())


def matched_over_all_mwh(claim_mw: FloatArray, renewable_mw: FloatArray) -> float:
    """Energy of the claim that renewable power of the whole period covers."""
    claim, renewable = checked(claim_mw, renewable_mw)
    return min(float(claim.sum()), float(renewable.sum()))


def checked(*series: FloatArray) -> list[FloatArray]:
    """The series as float arrays of one shape; ValueError where they are not, or a value is negative or not finite."""
    found = [np.asarray(values, dtype=np.float64) for values in series]
    if any(values.ndim != 1 or values.shape != found[0].shape for values in found):
        raise ValueError("the series must have one shape (hours,)")
    if any(not np.isfinite(values).all() or (values < 0.0).any() for values in found):
        raise ValueError("powers must be finite and not negative")
    return found
