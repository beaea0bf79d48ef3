"""Land a technology takes, and how much of it fits on an area."""

import math
from functools import cache

from models.cost_table import cost_figure
from models.figure import Figure, Status
from models.money import read_table

KM2_PER_ACRE = 0.0040468564224  # international acre


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["technology"]: row for row in read_table("land.csv")}


def density_mw_per_km2(technology: str, dc_ac_ratio: float | None = None) -> Figure | None:
    """MW of rating (PV: AC) that fit on a square kilometre; None for what takes no land worth counting.

    dc_ac_ratio : of the PV design; the default of the cost table when left out.
    """
    row = _rows().get(technology)
    if row is None:
        return None
    factor, note = 1.0, row["note"]
    if row["unit"] == "MW DC/acre":
        if dc_ac_ratio is None:
            default = cost_figure(technology, "dc_ac_ratio", 2030, f"{technology}.dc_ac_ratio")
            if default is None:
                raise LookupError(f"the cost table holds no dc_ac_ratio for {technology}")
            dc_ac_ratio = default.value
        if not math.isfinite(dc_ac_ratio) or dc_ac_ratio <= 0.0:
            raise ValueError("dc_ac_ratio must be finite and above 0")
        factor = 1.0 / KM2_PER_ACRE / dc_ac_ratio
        note = f"{row['value']} {row['unit']} over DC/AC {dc_ac_ratio:g}; {note}"
    return Figure(
        name=f"{technology}.density_mw_per_km2",
        value=float(row["value"]) * factor,
        unit="MW/km2",
        source=row["source"],
        low=float(row["low"]) * factor if row["low"] else None,
        high=float(row["high"]) * factor if row["high"] else None,
        status=Status(row["status"]),
        note=note,
    )


def max_mw(technology: str, area_km2: float, dc_ac_ratio: float | None = None) -> float | None:
    """Most that fits on an area; None where land does not bound the technology. Raises ValueError on a bad area."""
    if not math.isfinite(area_km2) or area_km2 < 0.0:
        raise ValueError("area_km2 must be finite and not negative")
    density = density_mw_per_km2(technology, dc_ac_ratio)
    return None if density is None else area_km2 * density.value


def land_km2(technology: str, capacity_mw: float, dc_ac_ratio: float | None = None) -> float | None:
    """Area that a capacity takes; None where it takes none worth counting. Raises ValueError on a bad capacity."""
    if not math.isfinite(capacity_mw) or capacity_mw < 0.0:
        raise ValueError("capacity_mw must be finite and not negative")
    density = density_mw_per_km2(technology, dc_ac_ratio)
    return None if density is None else capacity_mw / density.value
