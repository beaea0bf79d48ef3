"""The packaged table of technology costs: rows of named series, converted once, interpolated between cost years.

`data/technologies.csv` holds each parameter as its source prints it (unit, currency, price year). A row plays a role:
`central`, or `low` and `high`, which may come from other series and other currencies than the central one.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from models.figure import Figure, Status
from models.money import money_table, read_table

LHV_KWH_PER_KG = 33.33
"""Lower heating value of hydrogen, the convention of all figures here."""


class CostCase(StrEnum):
    """Which end of every cost figure's band is meant."""

    CENTRAL = "central"
    LOW = "low"
    HIGH = "high"


# Source unit -> (factor, unit of the figure): per MW, per MWh (hydrogen at LHV), shares and years as they are.
_UNITS: dict[str, tuple[float, str]] = {
    "/kW": (1000.0, "USD/MW"),
    "/kWh": (1000.0, "USD/MWh"),
    "/kg": (1000.0 / LHV_KWH_PER_KG, "USD/MWh"),
    "/MWh": (1.0, "USD/MWh"),
    "1/year": (1.0, "1/year"),
    "years": (1.0, "years"),
    "share": (1.0, "share"),
    "kWh/kg": (1.0, "kWh/kg"),
    "MW DC/MW AC": (1.0, "MW DC/MW AC"),
}


@dataclass(frozen=True, slots=True)
class CostRow:
    """One year of one series, in USD of 2025 and the units of the models."""

    year: int
    value: float
    unit: str
    status: Status
    source: str
    note: str


@cache
def cost_rows() -> dict[tuple[str, str], dict[CostCase, tuple[CostRow, ...]]]:
    """(technology, parameter) -> role -> rows by year; read and converted once."""
    money = money_table()
    table: dict[tuple[str, str], dict[CostCase, list[CostRow]]] = {}
    for raw in read_table("technologies.csv"):
        factor, unit = _UNITS[raw["unit"]]
        note = raw["note"]
        if raw["currency"]:
            factor *= money.usd_2025_per(raw["currency"], int(raw["price_year"])).value
            note = f"{note}; {float(raw['value']):.6g} {raw['currency']}{raw['price_year']}{raw['unit']}"
        row = CostRow(
            year=int(raw["year"]),
            value=float(raw["value"]) * factor,
            unit=unit,
            status=Status(raw["status"]),
            source=raw["source"],
            note=note,
        )
        roles = table.setdefault((raw["technology"], raw["parameter"]), {})
        roles.setdefault(CostCase(raw["role"]), []).append(row)
    return {
        key: {role: tuple(sorted(rows, key=lambda row: row.year)) for role, rows in roles.items()}
        for key, roles in table.items()
    }


def _at(rows: tuple[CostRow, ...], year: int) -> float:
    return float(np.interp(year, [row.year for row in rows], [row.value for row in rows]))


def _between(rows: tuple[CostRow, ...], year: int) -> tuple[CostRow, ...]:
    """The one or two rows a year's value comes from; none is skipped between them."""
    below = [row for row in rows if row.year <= year] or [rows[0]]
    above = [row for row in rows if row.year >= year] or [rows[-1]]
    first, last = below[-1], above[0]
    return (first,) if first.year == last.year else (first, last)


def cost_figure(technology: str, parameter: str, cost_year: int, name: str) -> Figure | None:
    """The figure of a cost year: linear between the years of its series, held beyond them; None where there is none.

    `low` and `high` never cross the central value: where a band's series does, the band closes on that side.
    """
    roles = cost_rows().get((technology, parameter))
    if roles is None:
        return None
    rows = roles[CostCase.CENTRAL]
    used = _between(rows, cost_year)
    value = _at(rows, cost_year)
    low = min(_at(roles[CostCase.LOW], cost_year), value) if CostCase.LOW in roles else None
    high = max(_at(roles[CostCase.HIGH], cost_year), value) if CostCase.HIGH in roles else None
    notes = [used[0].note]
    if len(used) == 2:
        notes.append(f"interpolated between {used[0].year} and {used[1].year}")
    elif len(rows) > 1 and used[0].year != cost_year:
        notes.append(f"the series has no {cost_year}; its value of {used[0].year} is held")
    notes += [
        f"{role.value}: {_between(roles[role], cost_year)[0].source}"
        for role in (CostCase.LOW, CostCase.HIGH)
        if role in roles
    ]
    recalled = any(row.status is Status.RECALLED for row in used)
    derived = len(used) == 2 or any(row.status is Status.DERIVED for row in used)
    status = Status.RECALLED if recalled else Status.DERIVED if derived else Status.READ
    sources = dict.fromkeys(row.source for row in used)
    return Figure(
        name=name,
        value=value,
        unit=used[0].unit,
        source="; ".join(sources),
        year=cost_year,
        low=low,
        high=high,
        status=status,
        note="; ".join(filter(None, notes)),
    )
