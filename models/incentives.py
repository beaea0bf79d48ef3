"""Optional support of a project. None of it moves the levelised costs: it enters the cash flow and a line of its own.

hydrogen credit   USD/kg of hydrogen made, in the first years of operation (US 45V by band)
investment credit share of the investment in generation, storage and hydrogen chain, paid with the last of it
contract for difference   pays strike less market price per unit of product over its years; negative is paid back
"""

from dataclasses import dataclass
from functools import cache

from models.compliance.hydrogen_45v import credit_bands
from models.compliance.rule_table import threshold, threshold_figure
from models.figure import Figure, Status
from models.investment import level_payment

BANDS_45V = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class ContractForDifference:
    """Strike, USD of 2025 per unit of product, over the first `years` of operation."""

    strike_usd_per_unit: float
    years: int


@dataclass(frozen=True, slots=True)
class Incentives:
    """Support as asked for. hydrogen_credit : USD of 2025 per kg, in the first `hydrogen_credit_years`."""

    hydrogen_credit: Figure | None = None
    hydrogen_credit_years: int = 10
    investment_credit_share: float = 0.0
    contract: ContractForDifference | None = None

    @property
    def any(self) -> bool:
        """True where something is paid."""
        return self.hydrogen_credit is not None or self.investment_credit_share > 0.0 or self.contract is not None


NO_INCENTIVES = Incentives()


@cache
def credit_45v(band: int) -> Figure:
    """The US 45V credit of a band (1 the cleanest), prevailing wages paid, USD per kg at the statute's amounts.

    The amounts are indexed to prices from 2023 on; they are taken as USD of 2025 as they stand. Raises KeyError.
    """
    for found in credit_bands():
        if found.number == band:
            return Figure(
                name=f"incentives.us_45v.band_{band}",
                value=found.credit_full,
                unit="USD/kg",
                source=f"{found.article}; {threshold_figure('us_45v', 'base_credit').source}",
                year=2025,
                status=Status.DERIVED,
                note="whether a project earns the band is not judged here: see compliance",
            )
    raise KeyError(band)


def years_45v() -> int:
    """Years the US 45V credit is paid."""
    return int(threshold("us_45v", "credit_years"))


@dataclass(frozen=True, slots=True)
class SupportedCost:
    """What support takes off the cost of a unit of product, levelised over the project, USD per unit."""

    hydrogen_credit: float
    investment_credit: float
    contract: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.hydrogen_credit + self.investment_credit + self.contract


def support_per_unit(
    incentives: Incentives,
    *,
    product_per_year: float,
    hydrogen_kg_per_year: float,
    eligible_investment_usd: float,
    price_usd_per_unit: float,
    rate: float,
    years: int,
    construction_years: int = 0,
) -> SupportedCost:
    """Support per unit, as a level amount over `years` at `rate`.

    price_usd_per_unit : what the market pays. construction_years : the investment credit is paid with the spending of
        their last, half a year before the start of operation; at the start where there are none.
    """
    credit = 0.0
    if incentives.hydrogen_credit is not None:
        yearly = incentives.hydrogen_credit.value * hydrogen_kg_per_year
        credit = level_payment(yearly, incentives.hydrogen_credit_years, rate, years)
    invested = incentives.investment_credit_share * eligible_investment_usd
    early = 1.0 if construction_years == 0 else 1.5  # years before the end of year 1
    investment = level_payment(invested * (1.0 + rate) ** early, 1, rate, years)
    contract = 0.0
    if incentives.contract is not None:
        yearly = (incentives.contract.strike_usd_per_unit - price_usd_per_unit) * product_per_year
        contract = level_payment(yearly, incentives.contract.years, rate, years)
    return SupportedCost(*(amount / product_per_year for amount in (credit, investment, contract)))
