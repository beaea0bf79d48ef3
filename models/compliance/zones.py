"""Emission intensity of electricity by country, as the EU's tables for renewable and low-carbon hydrogen state it.

Delegated Regulation (EU) 2023/1185 names a table of 2020 without imports and asks for the latest available data; the
table of (EU) 2025/2359 follows the same method, counts imports and runs to 2023. The latter is taken.
"""

from functools import cache

from models.figure import Figure
from models.money import read_table

LATEST = 2023
SOURCE = (
    "Delegated Regulation (EU) 2025/2359, Annex, Part C, Table 5 (JRC 2025 from Eurostat data), as quoted in a public "
    "research note of 7 September 2026"
)
T_PER_MWH = 3.6e-3  # of 1 g/MJ


@cache
def zone_intensity(iso3: str | None) -> Figure | None:
    """g CO2e/MJ of electricity in a member state of the EU, its latest year; None elsewhere."""
    row = {row["iso3"]: row for row in read_table("eu_grid_intensity.csv")}.get(iso3 or "")
    if row is None:
        return None
    return Figure(
        name="grid.zone_intensity",
        value=float(row[f"g_{LATEST}"]),
        unit="g CO2e/MJ",
        source=SOURCE,
        year=LATEST,
        note=f"mean of {iso3}, net imports included; Table A of (EU) 2023/1185 has {row['table_a_2020']} for 2020",
    )
