"""Yearly cash flow of the project, before and after tax: what it is worth at a given price of the product.

    year -n..0  investment, evenly over the construction years (all in year 0 without), less the investment credit
    year 1..N   product x price + credits + contract - operation - replacements [- tax]; in year N plus what is left

Year 0 is the start of operation; values are carried there at the project's rate. What wears out before the project
ends is replaced at its overnight cost; at the end each investment is worth its unused share (straight line). Tax is
paid on revenue less operation and straight-line depreciation of the first investment and the replacements over
`depreciation_years`, losses carried forward without limit; interest is in the rate, not in the tax.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.incentives import NO_INCENTIVES, Incentives
from models.investment import irr, payback_years
from models.plant_cost import Asset


@dataclass(frozen=True, slots=True)
class Project:
    """A project in money of one price year.

    assets : what is bought, overnight. eligible_usd : of that, what the investment credit counts.
    operation_usd_per_year : all running cost. rate : real, after tax. tax_rate : of profits.
    degradation : share of the product lost a year, compounding; 0 where replacements keep it up.
    construction_years : whole years.
    """

    assets: Sequence[Asset]
    eligible_usd: float
    product_per_year: float
    price_usd_per_unit: float
    operation_usd_per_year: float
    hydrogen_kg_per_year: float
    rate: float
    tax_rate: float
    years: int
    construction_years: int = 0
    depreciation_years: int | None = None
    degradation: float = 0.0
    incentives: Incentives = NO_INCENTIVES


@dataclass(frozen=True, slots=True)
class CashFlowYear:
    """One year, USD; costs are positive. `year` 0 starts the operation."""

    year: int
    product: float
    revenue_usd: float
    support_usd: float
    operation_usd: float
    investment_usd: float
    residual_value_usd: float
    tax_usd: float
    before_tax_usd: float
    after_tax_usd: float


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The years and what they are worth at the start of operation; `irr` and payback None where there is none."""

    years: tuple[CashFlowYear, ...]
    npv_before_tax_usd: float
    npv_after_tax_usd: float
    irr_before_tax: float | None
    irr_after_tax: float | None
    payback_years: float | None
    discounted_payback_years: float | None
    levelised_price_usd_per_unit: float


def cash_flow(project: Project) -> CashFlow:
    """The cash flow of a project. Raises ValueError on a life below a year or construction that is negative."""
    if project.years < 1 or project.construction_years < 0:
        raise ValueError("years must be 1 or more, construction_years 0 or more")
    first = -max(project.construction_years - 1, 0)
    calendar = np.arange(first, project.years + 1, dtype=np.float64)
    running = calendar >= 1
    age = np.maximum(calendar - 1, 0)
    product = np.where(running, project.product_per_year * (1.0 - project.degradation) ** age, 0.0)
    investment, depreciable = _investment(project, calendar)
    support = _support(project, calendar, product)
    operation = np.where(running, project.operation_usd_per_year, 0.0)
    residual = np.zeros(len(calendar))
    residual[-1] = sum(_residual(asset, project.years) for asset in project.assets)
    revenue = product * project.price_usd_per_unit
    tax = _tax(project, calendar, revenue + support + residual - operation, depreciable)
    before = revenue + support + residual - operation - investment
    after = before - tax
    costs = operation + investment - residual - support
    times = _instants(project, calendar)
    discount = (1.0 + project.rate) ** -times
    rows = zip(calendar, product, revenue, support, operation, investment, residual, tax, before, after, strict=True)
    return CashFlow(
        years=tuple(CashFlowYear(int(year), *(float(value) for value in values)) for year, *values in rows),
        npv_before_tax_usd=float(np.dot(before, discount)),
        npv_after_tax_usd=float(np.dot(after, discount)),
        irr_before_tax=irr(before, times),
        irr_after_tax=irr(after, times),
        payback_years=_payback(before, calendar),
        discounted_payback_years=_payback(before * discount, calendar),
        levelised_price_usd_per_unit=float(np.dot(costs, discount) / np.dot(product, discount)),
    )


def _instants(project: Project, calendar: FloatArray) -> FloatArray:
    """When flows fall, in years after the start of operation: construction at mid-year, operation at the year's end."""
    if project.construction_years == 0:
        return calendar
    return np.where(calendar <= 0, calendar - 0.5, calendar)


def _investment(project: Project, calendar: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Spending by year, the credit deducted, and what starts to be depreciated in each year."""
    overnight = sum(asset.capex_usd for asset in project.assets if asset.first)
    spent, started = np.zeros(len(calendar)), np.zeros(len(calendar))
    building = calendar <= 0
    spent[building] = overnight / np.count_nonzero(building)
    credit = project.incentives.investment_credit_share * project.eligible_usd
    spent[np.flatnonzero(building)[-1]] -= credit
    started[np.flatnonzero(building)[-1]] = overnight - credit
    for asset in project.assets:
        for year in _replacements(asset, project.years):
            row = int(np.flatnonzero(calendar == year)[0])
            spent[row] += asset.capex_usd
            started[row] += asset.capex_usd
    return spent, started


def _replacements(asset: Asset, years: int) -> list[int]:
    """Years at whose end an asset is bought again: whenever a life is over before the project is."""
    count = math.ceil(years / asset.lifetime_years - 1e-9) - 1
    return [max(1, math.floor(asset.lifetime_years * (number + 1) + 1e-9)) for number in range(count)]


def _residual(asset: Asset, years: int) -> float:
    lives = math.ceil(years / asset.lifetime_years - 1e-9)
    return asset.capex_usd * (lives - years / asset.lifetime_years)


def _support(project: Project, calendar: FloatArray, product: FloatArray) -> FloatArray:
    support = np.zeros(len(calendar))
    incentives = project.incentives
    if incentives.hydrogen_credit is not None:
        paid = (calendar >= 1) & (calendar <= incentives.hydrogen_credit_years)
        kept = product / project.product_per_year
        support += np.where(paid, incentives.hydrogen_credit.value * project.hydrogen_kg_per_year * kept, 0.0)
    if incentives.contract is not None:
        paid = (calendar >= 1) & (calendar <= incentives.contract.years)
        gap = incentives.contract.strike_usd_per_unit - project.price_usd_per_unit
        support += np.where(paid, gap * product, 0.0)
    return support


def _tax(project: Project, calendar: FloatArray, earned: FloatArray, started: FloatArray) -> FloatArray:
    """Tax by year; what is not depreciated when the project ends is written off in its last year."""
    life = project.depreciation_years or project.years
    depreciation = np.zeros(len(calendar))
    for row, amount in enumerate(started):
        if amount:
            begin = max(row, int(np.flatnonzero(calendar == 0)[0])) + 1
            rows = range(begin, min(begin + life, len(calendar)))
            for number in rows:
                depreciation[number] += amount / life
            depreciation[-1] += amount * (life - len(rows)) / life
    tax, loss = np.zeros(len(calendar)), 0.0
    for year in np.flatnonzero(calendar >= 1):
        profit = float(earned[year] - depreciation[year]) - loss
        loss = max(-profit, 0.0)
        tax[year] = project.tax_rate * max(profit, 0.0)
    return tax


def _payback(flows: FloatArray, calendar: FloatArray) -> float | None:
    """Years of operation until the flows are even; the construction is summed into year 0."""
    start = int(np.flatnonzero(calendar == 0)[0])
    return payback_years(np.concatenate([[flows[: start + 1].sum()], flows[start + 1 :]]))
