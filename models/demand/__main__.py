"""Print the specific electricity of every process with its defaults: python -m models.demand [cost year]."""

import sys

from models.demand.catalogue import catalogue
from models.demand.load import demand_of
from models.technologies import technology


def main(cost_year: int = 2030) -> None:
    """Write a Markdown table; the electrolyser is the default one of the cost year."""
    electrolyser = technology("electrolyser", cost_year).specific_electricity_kwh_per_kg
    assert electrolyser is not None  # an electrolyser has one
    print("| Process | Unit | Low | Central | High | of it electrolysis | Hydrogen, kg | Electricity's share, site |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for process in catalogue().values():
        if process.is_custom:
            continue
        demand = demand_of(process, hours=1, electrolyser_kwh_per_kg=electrolyser)
        electrolysis = demand.hydrogen_kg_per_unit * electrolyser.value / 1000.0
        figures = (
            demand.specific_electricity_low_mwh_per_unit,
            demand.specific_electricity_mwh_per_unit,
            demand.specific_electricity_high_mwh_per_unit,
            electrolysis,
            demand.hydrogen_kg_per_unit,
        )
        numbers = " | ".join(f"{figure:.4g}" for figure in figures)
        site = demand.electricity_share.after_site
        share = "" if site is None else f"{site:.2f}"
        print(f"| `{process.id}` | MWh/{process.product_unit} | {numbers} | {share} |")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
