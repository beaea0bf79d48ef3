"""Life-cycle CO2 of one's own wind and sun, g per kWh: what making and building the plants emits, beside the total."""

from collections.abc import Mapping
from functools import cache

from models.figure import Figure, Status
from models.money import read_table


@cache
def life_cycle_intensities() -> dict[str, Figure]:
    """By technology, g CO2e/kWh generated."""
    return {
        row["technology"]: Figure(
            name=f"{row['technology']}.life_cycle_intensity",
            value=float(row["g_co2e_per_kwh"]),
            unit="g CO2e/kWh",
            source=row["source"],
            year=2014,
            status=Status(row["status"]),
        )
        for row in read_table("life_cycle.csv")
    }


def life_cycle_t(generation_mwh: Mapping[str, float]) -> float:
    """t CO2e a year of generation in MWh a year by technology; KeyError for one that is not in the table."""
    intensities = life_cycle_intensities()
    return sum(energy * intensities[name].value for name, energy in generation_mwh.items()) / 1000.0
