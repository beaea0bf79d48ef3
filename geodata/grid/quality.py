"""How far the mapped grid can be trusted at a place: what may be missing, and how far positions may be off.

Two witnesses. Where the map is known to have holes it is poor. Elsewhere the large power plants nearby say: a plant
of 100 MW has a line, so the share of them that the map gives one tells how complete it is; where too few stand, the
nearest plant of 30 MW may still tell that lines are missing. What a missing line may
cost in distance is measured where a better map exists, and carried to places of the same completeness elsewhere.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("quality.csv")
WITNESS_MW = 100.0
WITNESSES = 15
WITNESS_KM = 400.0
LINE_WITHIN_KM = 10.0
FEWEST = 4  # fewer witnesses say nothing
SURVEYED = ("BRA",)  # the national map is whole: a plant without a line belongs to an isolated system
GOOD_SHARE, PARTIAL_SHARE = 0.8, 0.5


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


def quality_at(iso3: str | None, longitude: float, share: float | None = None) -> Quality:
    """The first row of the table that fits a place; `share` is that of the witnesses with a mapped line nearby."""
    seen = completeness_of(share)
    for countries, west_of, quality in _rows():
        if not (iso3 in countries or "*" in countries) or (west_of is not None and longitude >= west_of):
            continue
        if quality.completeness in (seen, "poor", ""):
            if quality.completeness:
                return quality
            return Quality(quality.area, seen, quality.missing_km, quality.position_km, quality.source, quality.status)
    raise LookupError("the table of grid quality has no row for the rest of the world")


def completeness_of(share: float | None) -> str:
    """The word for a share of witnesses; without witnesses the map is taken as partial."""
    if share is None:
        return "partial"
    return "good" if share >= GOOD_SHARE else "partial" if share >= PARTIAL_SHARE else "poor"


def witness_share(distance_km: np.ndarray, line_km: np.ndarray) -> float | None:
    """Share of the large plants around a place that have a mapped line within 10 km; None where too few stand there.

    distance_km : from the place to each. line_km : from each to its nearest mapped line.
    """
    near = distance_km <= WITNESS_KM
    return float(np.mean(line_km[near] <= LINE_WITHIN_KM)) if near.sum() >= FEWEST else None


def sole_witness_share(iso3: str | None, distance_km: float, line_km: float) -> float | None:
    """0 where the nearest plant of 30 MW stands within 400 km without a mapped line within 10 km; else it says nothing.

    For places with too few large plants around: one plant with a line does not make a map complete.
    """
    missing = distance_km <= WITNESS_KM and line_km > LINE_WITHIN_KM and iso3 not in SURVEYED
    return 0.0 if missing else None
