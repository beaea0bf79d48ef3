"""Investment over time: interest during construction, present value factors, internal rate of return, payback.

Rates are shares a year, real with real money. Year 0 ends the construction and starts the operation; flows of a year
fall at its end, spending of the construction at mid-year.
"""

import numpy as np

from models.arrays import FloatArray
from models.finance import crf

# Where a rate of return is sought; no round numbers, so that a root lies between two of them.
_RATES = np.concatenate([np.linspace(-0.70317, 1.00193, 341), np.linspace(1.10271, 10.00317, 90)])


def construction_factor(rate: float, years: float) -> float:
    """Overnight cost to its value at the start of operation: spent evenly over `years`, each year's at its middle.

    ((1 + r)^n - 1) / (r n) x (1 + r)^0.5 for whole years; 1 at 0 years. A part of a year counts as its share.

    >>> round(construction_factor(0.1, 1), 6) == round(1.1**0.5, 6)
    True
    >>> construction_factor(0.08, 0)
    1.0
    """
    if years < 0.0:
        raise ValueError("years must not be negative")
    if years == 0.0:
        return 1.0
    spans, left = [], years
    while left > 1e-12:
        spans.append(min(left, 1.0))
        left -= spans[-1]
    ends = np.cumsum(spans)  # counted back from the start of operation
    middles = ends - 0.5 * np.asarray(spans)
    return float(np.dot(spans, (1.0 + rate) ** middles) / years)


def present_value_factor(rate: float, years: float) -> float:
    """Present value of 1 a year for `years` years: 1 / crf; 0 for none.

    >>> round(present_value_factor(0.05, 20), 4)
    12.4622
    """
    return 0.0 if years <= 0.0 else 1.0 / crf(rate, years)


def level_payment(amount_per_year: float, paid_years: float, rate: float, years: float) -> float:
    """Level yearly amount over `years` worth as much as `amount_per_year` in the first `paid_years` of them."""
    return amount_per_year * present_value_factor(rate, min(paid_years, years)) / present_value_factor(rate, years)


def degraded_output_factor(rate: float, years: int, degradation: float) -> float:
    """Mean output of a life over its first year's, discounted: sum (1-d)^(t-1) v^t / sum v^t.

    >>> degraded_output_factor(0.07, 20, 0.0)
    1.0
    """
    if years < 1:
        raise ValueError("years must be 1 or more")
    weights = (1.0 + rate) ** -np.arange(1.0, years + 1.0)
    left = (1.0 - degradation) ** np.arange(years)
    return float(np.dot(left, weights) / weights.sum())


def irr(flows: FloatArray, times: FloatArray | None = None) -> float | None:
    """Internal rate of return: the rate at which the flows are worth nothing; None where no rate or no single one is.

    times : when the flows fall, in years; 0, 1, 2, ... where left out.

    >>> round(irr(np.array([-100.0, 60.0, 60.0])), 6)
    0.130662
    """
    from scipy.optimize import brentq  # slow to import: when first needed

    series = np.asarray(flows, dtype=float)
    when = np.arange(len(series), dtype=float) if times is None else np.asarray(times, dtype=float)

    def worth(rate: float) -> float:
        return float(np.dot(series, (1.0 + rate) ** -when))

    values = (1.0 + _RATES[:, None]) ** -when @ series
    crossings = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)
    if len(crossings) != 1:
        return None
    left, right = _RATES[crossings[0]], _RATES[crossings[0] + 1]
    return float(brentq(worth, left, right, xtol=1e-12))


def payback_years(flows: FloatArray, rate: float = 0.0) -> float | None:
    """Years of operation until the discounted flows sum to nothing, linear within a year; None where they never do.

    flows : the first in year 0. At a rate of 0 this is the simple payback.

    >>> payback_years(np.array([-100.0, 40.0, 40.0, 40.0]))
    2.5
    """
    series = np.asarray(flows, dtype=float) * (1.0 + rate) ** -np.arange(len(flows), dtype=float)
    running = np.cumsum(series)
    after = np.flatnonzero(running >= -1e-9 * np.abs(series).sum())
    if len(after) == 0:
        return None
    year = int(after[0])
    if year == 0:
        return 0.0
    return float(year - 1 + -running[year - 1] / series[year])
