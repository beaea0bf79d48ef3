"""The figures of an answer that are compared: over samples, side by side, before and after."""

from service.answer.assembling import cost_answer
from service.answer.supply import curtailed_share, land_taken_km2, mean_capacity_factor
from service.case.findings import Findings

SIZED = ("battery_mw", "battery_mwh", "electrolyser_mw", "hydrogen_store_mwh", "hydrogen_turbine_mw")


def headlines(found: Findings) -> dict[str, float | None]:
    """Headline figures by name, the unit in the name; None where an answer has none.

    Costs as in the answer's `cost`, then energy, CO2 and land, then the capacity of each part by its name.
    """
    cost, dispatch, emissions = cost_answer(found), found.dispatch, found.emissions
    capacities = found.solution.capacities
    return {
        "levelised_cost_of_clean_power_usd_per_mwh": cost.levelised_cost_of_clean_power_usd_per_mwh,
        "levelised_cost_of_hydrogen_usd_per_kg": cost.levelised_cost_of_hydrogen_usd_per_kg,
        "product_cost_usd_per_unit": cost.product_cost_usd_per_unit,
        "abatement_cost_usd_per_t_co2": cost.abatement_cost_usd_per_t_co2,
        "power_cost_usd_per_unit": cost.power_cost_usd_per_unit,
        "total_annual_cost_usd": cost.total_annual_cost_usd,
        "electricity_mwh_per_year": found.demand.electricity_mwh_per_year,
        "capacity_factor": mean_capacity_factor(dispatch),
        "curtailed_share": curtailed_share(dispatch),
        "clean_share_achieved": dispatch.clean_share_achieved,
        "import_mwh_per_year": dispatch.import_mwh,
        "export_mwh_per_year": dispatch.export_mwh,
        "unserved_mwh_per_year": dispatch.unserved_mwh,
        "t_co2_per_unit": emissions.t_co2_per_unit,
        "avoided_t_co2_per_year": emissions.avoided_t_co2_per_year,
        "land_km2": land_taken_km2(found.plan, dispatch),
        **{f"{option.name}_mw": capacities[f"{option.name}_mw"] for option in found.plan.generators},
        **{name: capacities[name] for name in SIZED},
    }
