"""How far the mapped grid can be trusted, by country: what may be missing, and how far positions may be off."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("quality.csv")


@dataclass(frozen=True, slots=True)
class Quality:
    """missing_km: how much nearer than the mapped line an unmapped one lies, typically; position_km: of the mapped."""

    area: str
    completeness: str
    missing_km: float
    position_km: float
    source: str
    status: str


@cache
def _rows() -> list[tuple[set[str], float | None, Quality]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (
                set(row["iso3"].split()),
                float(row["west_of_deg"]) if row["west_of_deg"] else None,
                Quality(
                    row["area"],
                    row["completeness"],
                    float(row["missing_km"]),
                    float(row["position_km"]),
                    row["source"],
                    row["status"],
                ),
            )
            for row in csv.DictReader(file)
        ]


def quality_at(iso3: str | None, longitude: float) -> Quality:
    """The first row of the table that fits."""
    for countries, west_of, quality in _rows():
        if (iso3 in countries or "*" in countries) and (west_of is None or longitude < west_of):
            return quality
    raise LookupError("the table of grid quality has no row for the rest of the world")
