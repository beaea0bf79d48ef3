"""Textbook finance: annuities, levelised costs by two routes, cost of capital, and cost curves.

Money is in any one unit throughout a call; rates are shares a year. A rate is real when the money is real, nominal when
it is nominal: nothing here mixes them.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from models.arrays import FloatArray


def _check_rate(name: str, rate: float) -> None:
    if not math.isfinite(rate) or rate <= -1.0:
        raise ValueError(f"{name} must be finite and above -1")


def crf(rate: float, years: float) -> float:
    """Capital recovery factor: the yearly share of an investment that repays it with interest in `years` years.

    rate/(1 - (1 + rate)^-years), 1/years at a rate of nil; years need not be whole.

    >>> round(crf(0.06, 30), 6)
    0.072649
    >>> crf(0.0, 25)
    0.04
    """
    _check_rate("rate", rate)
    if not math.isfinite(years) or years <= 0.0:
        raise ValueError("years must be finite and above 0")
    if abs(rate) < 1e-15:  # the limit; the next term of its series is rate x years / 2
        return 1.0 / years
    return rate / -math.expm1(-years * math.log1p(rate))  # 1 - (1 + rate)^-years without loss of digits near nil


def annuity(capital: float, rate: float, years: float) -> float:
    """Equal yearly payment, at each year's end, that repays `capital`.

    >>> round(annuity(1000.0, 0.05, 20), 4)
    80.2426
    """
    return capital * crf(rate, years)


def lcoe_fcr(
    capital: float,
    fixed_operating: float,
    variable_operating: float,
    fixed_charge_rate: float,
    energy_per_year: float,
) -> float:
    """Levelised cost by fixed charge rate: (FCR x capital + fixed O&M) / energy + variable O&M.

    Short, Packey & Holt 1995, NREL/TP-462-5173, as in SAM's LCOE calculator. Money per unit of energy.

    >>> round(lcoe_fcr(1000.0, 20.0, 0.01, 0.08, 500.0), 9)
    0.21
    """
    if energy_per_year <= 0.0:
        raise ValueError("energy_per_year must be above 0")
    return (fixed_charge_rate * capital + fixed_operating) / energy_per_year + variable_operating


def npv(rate: float, flows: Sequence[float] | FloatArray) -> float:
    """Net present value of yearly flows; the first falls in year 0 and is not discounted.

    >>> round(npv(0.1, [-100.0, 121.0]), 6)
    10.0
    """
    _check_rate("rate", rate)
    series = np.asarray(flows, dtype=float)
    if series.ndim != 1 or not np.isfinite(series).all():
        raise ValueError("flows must be one finite row")
    return float(np.sum(series * (1.0 + rate) ** -np.arange(len(series))))


def lcoe_npv(
    capital: float,
    operating: Sequence[float] | FloatArray | float,
    energy: Sequence[float] | FloatArray | float,
    rate: float,
    years: int | None = None,
) -> float:
    """Levelised cost as present value of all costs over present value of all energy.

    capital : spent in year 0.
    operating, energy : (years,) at the end of years 1, 2, ...; or one number for every one of `years` years.
    Raises ValueError on unequal lengths or where no energy is made.

    >>> round(lcoe_npv(1000.0, 20.0, 500.0, 0.05, 20), 6) == round((crf(0.05, 20) * 1000 + 20) / 500, 6)
    True
    """
    rows = [np.atleast_1d(np.asarray(row, dtype=float)) for row in (operating, energy)]
    length = years if years is not None else max(len(row) for row in rows)
    if length < 1 or any(len(row) not in (1, length) for row in rows):
        raise ValueError("operating and energy must be single numbers or have one entry a year")
    costs, made = (np.concatenate(([0.0], np.broadcast_to(row, length))) for row in rows)
    discounted_energy = npv(rate, made)
    if discounted_energy <= 0.0:
        raise ValueError("the present value of the energy must be above 0")
    return (capital + npv(rate, costs)) / discounted_energy


def wacc(debt_share: float, cost_of_debt: float, cost_of_equity: float, tax_rate: float = 0.0) -> float:
    """Weighted average cost of capital after tax: D x r_d x (1 - tax) + E x r_e; nominal if the rates are.

    With `tax_rate` 0 it is the WACC before the tax shield (or from a cost of debt that is after tax already).

    >>> round(wacc(0.7, 0.05, 0.12, 0.25), 6)
    0.06225
    """
    for name, share in (("debt_share", debt_share), ("tax_rate", tax_rate)):
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"{name} must lie between 0 and 1")
    return debt_share * cost_of_debt * (1.0 - tax_rate) + (1.0 - debt_share) * cost_of_equity


def debt_share_of(debt_equity_ratio: float) -> float:
    """Share of debt in the capital where debt is `debt_equity_ratio` times the equity.

    >>> debt_share_of(1.0)
    0.5
    """
    if not math.isfinite(debt_equity_ratio) or debt_equity_ratio < 0.0:
        raise ValueError("debt_equity_ratio must be finite and not negative")
    return debt_equity_ratio / (1.0 + debt_equity_ratio)


def real_rate(nominal: float, inflation: float) -> float:
    """Real rate of a nominal one (Fisher): (1 + nominal) / (1 + inflation) - 1.

    >>> round(real_rate(0.0899, 0.02), 4)
    0.0685
    """
    _check_rate("nominal", nominal)
    _check_rate("inflation", inflation)
    return (1.0 + nominal) / (1.0 + inflation) - 1.0


def nominal_rate(real: float, inflation: float) -> float:
    """Nominal rate of a real one; inverse of `real_rate`.

    >>> round(nominal_rate(real_rate(0.08, 0.02), 0.02), 12)
    0.08
    """
    _check_rate("real", real)
    _check_rate("inflation", inflation)
    return (1.0 + real) * (1.0 + inflation) - 1.0


def storage_cost(capacity_kg: float, a: float, b: float, c: float, index_ratio: float = 1.0) -> float:
    """Installed cost of a bulk hydrogen store, capacity x exp(a ln(t)^2 - b ln(t) + c), with t its tonnes.

    Fit to Papadias & Ahluwalia 2021, doi:10.1016/j.ijhydene.2021.07.080 (2019 USD), compressor included, as
    H2Integrate uses it; `index_ratio` moves it between price years (1.29/1.30 there, 2019 to 2018).

    >>> round(storage_cost(1000.0, 0.0, 0.0, math.log(500.0)), 6)
    500000.0
    """
    if not math.isfinite(capacity_kg) or capacity_kg <= 0.0:
        raise ValueError("capacity_kg must be finite and above 0")
    tonnes = math.log(capacity_kg / 1000.0)
    return capacity_kg * math.exp(a * tonnes**2 - b * tonnes + c) * index_ratio


def process_cost(capacity: float, terms: Iterable[tuple[float, float]], index_ratio: float = 1.0) -> float:
    """Cost of a plant from power laws of its parts: sum of coefficient x capacity^exponent, times a price index.

    terms : (coefficient, exponent) of each part; an exponent of 0 is a part whose cost does not grow.

    >>> process_cost(4.0, [(3.0, 0.5), (1.0, 1.0)], 2.0)
    20.0
    """
    if not math.isfinite(capacity) or capacity <= 0.0:
        raise ValueError("capacity must be finite and above 0")
    return index_ratio * sum(float(coefficient * capacity**exponent) for coefficient, exponent in terms)
