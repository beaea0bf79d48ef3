"""A number that can be traced: value, band, unit, source, year and how far it can be trusted."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a figure comes from."""

    READ = "read"  # read in the named source
    DERIVED = "derived"  # computed from figures read in the named sources
    RECALLED = "recalled"  # from general knowledge: low confidence, reaches the answer as a warning
    GIVEN = "given"  # stated by the caller


@dataclass(frozen=True, slots=True)
class Figure:
    """One sourced number. `low` and `high` bracket `value`; `name` is dotted, as in `battery.lifetime`."""

    name: str
    value: float
    unit: str
    source: str
    year: int | None = None
    low: float | None = None
    high: float | None = None
    status: Status = Status.READ
    note: str = ""

    @property
    def default(self) -> bool:
        """True unless the caller gave the value."""
        return self.status is not Status.GIVEN
