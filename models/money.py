"""Money of any listed currency and year into real USD of 2025, once and by a dated table.

A price is first carried to 2025 by the consumer prices of its own currency, then exchanged at the average rate of 2025.
The order matters: exchanging first would carry the dollar's swings of the past into European costs.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.figure import Figure, Status

TARGET_YEAR = 2025
TARGET_CURRENCY = "USD"


class UnknownMoney(LookupError):
    """The tables hold no index or no exchange rate for this currency and year."""


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Price indices by (currency, year) and the exchange rates of 2025."""

    indices: dict[tuple[str, int], Figure]
    usd_per_unit: dict[str, Figure]

    def usd_2025_per(self, currency: str, year: int) -> Figure:
        """USD of 2025 that one unit of `currency` of `year` is worth, with its sources.

        Raises UnknownMoney.
        """
        try:
            then, now = self.indices[currency, year], self.indices[currency, TARGET_YEAR]
            rate = self.usd_per_unit[currency]
        except KeyError as error:
            raise UnknownMoney(f"no price index or exchange rate for {currency} of {year}") from error
        recalled = Status.RECALLED in (then.status, now.status, rate.status)
        return Figure(
            name=f"money.{currency.lower()}_{year}",
            value=now.value / then.value * rate.value,
            unit=f"USD_2025/{currency}_{year}",
            source=f"{then.source}; exchange: {rate.source}",
            year=TARGET_YEAR,
            status=Status.RECALLED if recalled else Status.DERIVED,
            note=f"index {then.value:g} to {now.value:g}, {rate.value:g} USD per {currency} in {TARGET_YEAR}",
        )

    def per_usd_2025(self, currency: str, year: int) -> float:
        """Units of `currency` of `year` that one USD of 2025 is worth; raises UnknownMoney.

        The way back of `usd_2025_per`: exchanged at the rate of 2025, then carried by the currency's own prices.
        """
        return 1.0 / self.usd_2025_per(currency, year).value


@cache
def money_table() -> MoneyTable:
    """The packaged tables, read once."""
    indices = {
        (row["currency"], int(row["year"])): Figure(
            name=f"money.index.{row['currency'].lower()}_{row['year']}",
            value=float(row["index"]),
            unit=row["index_name"],
            source=row["source"],
            year=int(row["year"]),
            status=Status(row["status"]),
        )
        for row in read_table("money.csv")
    }
    rates = {
        row["currency"]: Figure(
            name=f"money.usd_per_{row['currency'].lower()}",
            value=float(row["usd_per_unit"]),
            unit=f"USD/{row['currency']}",
            source=row["source"],
            year=int(row["year"]),
            status=Status(row["status"]),
        )
        for row in read_table("money_exchange.csv")
    }
    return MoneyTable(indices, rates)


def to_usd_2025(amount: float, currency: str, year: int) -> float:
    """Real USD of 2025 of an amount; raises UnknownMoney.

    >>> round(to_usd_2025(100.0, "USD", 2019), 2)
    125.93
    """
    return amount * money_table().usd_2025_per(currency, year).value


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a packaged CSV table of `models/data`."""
    text = (files("models") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
