"""Figures of the project beside technologies and processes: water, transport, stacks; USD of 2025."""

from functools import cache

from models.figure import Figure, Status
from models.money import money_table, read_table


@cache
def project_figure(parameter: str) -> Figure:
    """A figure of `data/project.csv`; money becomes USD of 2025. Raises KeyError."""
    return _figures()[parameter]


@cache
def _figures() -> dict[str, Figure]:
    found = {}
    for row in read_table("project.csv"):
        factor, unit = 1.0, row["unit"]
        if row["currency"]:
            factor = money_table().usd_2025_per(row["currency"], int(row["price_year"])).value
            unit = f"USD{unit}"
        found[row["parameter"]] = Figure(
            name=f"project.{row['parameter']}",
            value=float(row["value"]) * factor,
            unit=unit,
            source=row["source"],
            year=int(row["price_year"]) if row["price_year"] else None,
            low=float(row["low"]) * factor,
            high=float(row["high"]) * factor,
            status=Status(row["status"]),
            note=row["note"],
        )
    return found
