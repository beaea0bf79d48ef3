"""The sized system and its year, as the answer states them."""

import numpy as np

from models.arrays import FloatArray
from models.compliance.carbon_free_energy import carbon_free_energy_score
from models.compliance.matching import own_power_mw
from models.country_electricity import CountryElectricity
from models.land import land_km2
from models.levelised import LevelisedCosts
from models.sizing.dispatch import Dispatch
from models.sizing.solution import Solution
from service.schemas import answer as schema
from service.schemas.place import Stand
from service.supply.option import GeneratorOption
from service.supply.plan import SupplyPlan

HOURS = 8760.0


def supply_answer(
    plan: SupplyPlan,
    solution: Solution,
    dispatch: Dispatch,
    costs: LevelisedCosts,
    electricity: CountryElectricity,
) -> schema.SupplyAnswer:
    """What is built and what it does."""
    levelised = {item.technology: item for item in costs.generators}
    generators = []
    for option in plan.generators:
        energy, cost = dispatch.generators[option.name], levelised[option.name]
        generators.append(
            schema.GeneratorAnswer(
                name=option.name,
                technology=option.technology,
                site=_stand(option),
                capacity_mw=energy.capacity_mw,
                existing_mw=option.existing_mw,
                capacity_factor=energy.capacity_factor,
                generation_mwh_per_year=energy.used_mwh,
                curtailed_mwh_per_year=max(energy.curtailed_mwh, 0.0),
                lcoe_generated_usd_per_mwh=cost.lcoe_generated_usd_per_mwh,
                lcoe_used_usd_per_mwh=cost.lcoe_used_usd_per_mwh,
                land_km2=land_km2(option.technology, energy.capacity_mw, option.dc_ac_ratio),
            )
        )
    return schema.SupplyAnswer(
        capacity_factor=mean_capacity_factor(dispatch),
        curtailed_share=curtailed_share(dispatch),
        generators=generators,
        storage=_storage(solution, dispatch),
        electrolyser_mw=solution.capacities["electrolyser_mw"],
        hydrogen_turbine_mw=solution.capacities["hydrogen_turbine_mw"],
        heat=_heat(plan, solution, dispatch),
        grid=schema.GridExchange(
            import_mwh_per_year=dispatch.import_mwh,
            export_mwh_per_year=dispatch.export_mwh,
            peak_import_mw=dispatch.peak_import_mw,
        ),
        monthly=_monthly(solution),
        longest_shortage_hours=dispatch.longest_shortage_hours,
        unserved_mwh_per_year=dispatch.unserved_mwh,
        shifted_mwh_per_year=dispatch.shifted_mwh,
        clean_share_achieved=dispatch.clean_share_achieved,
        carbon_free_energy_score=carbon_free_score(solution, electricity),
    )


def mean_capacity_factor(dispatch: Dispatch) -> float | None:
    """What the generators could make over their rating; None where none is built."""
    available = sum(item.available_mwh for item in dispatch.generators.values())
    rating = sum(item.capacity_mw for item in dispatch.generators.values())
    return available / (rating * HOURS) if rating > 0.0 else None


def curtailed_share(dispatch: Dispatch) -> float:
    """What the generators could have made and did not, over what they could make."""
    available = sum(item.available_mwh for item in dispatch.generators.values())
    curtailed = sum(max(item.curtailed_mwh, 0.0) for item in dispatch.generators.values())
    return curtailed / available if available > 0.0 else 0.0


def land_taken_km2(plan: SupplyPlan, dispatch: Dispatch) -> float:
    """Land of all generators together; what takes none worth counting is left out."""
    areas = [
        land_km2(option.technology, dispatch.generators[option.name].capacity_mw, option.dc_ac_ratio)
        for option in plan.generators
    ]
    return sum(area for area in areas if area is not None)


def _stand(option: GeneratorOption) -> Stand | None:
    """Where it stands and what its line costs; None where the caller's own hours say nothing of a place."""
    stand = option.stand
    if stand is None:
        return None
    line = stand.line
    return Stand(
        latitude=stand.spot.latitude,
        longitude=stand.spot.longitude,
        distance_km=stand.spot.distance_km,
        depth_m=stand.spot.depth_m,
        line_km=line.length_km if line else 0.0,
        line_voltage_kv=line.voltage_kv if line else None,
        line_circuits=line.circuits if line else 0,
        line_undersea_share=stand.undersea_share,
        line_capex_usd_per_mw=line.capex_usd_per_mw.value if line else 0.0,
        line_usd_per_mw_year=line.annual_cost_usd_per_mw.value if line else 0.0,
        line_mw=line.power_mw if line else 0.0,
        max_mw=option.max_mw,
    )


def _heat(plan: SupplyPlan, solution: Solution, dispatch: Dispatch) -> schema.HeatAnswer | None:
    heat = solution.problem.heat
    if heat is None:
        return None
    return schema.HeatAnswer(
        heater=plan.costs["heater"].technology,
        heater_mw=solution.capacities["heater_mw"] * heat.heater_cop,
        coefficient_of_performance=heat.heater_cop,
        electricity_mwh_per_year=dispatch.heater_mwh,
        thermal_store_mwh=solution.capacities["thermal_store_mwh"],
        cycles_per_year=dispatch.thermal_store_cycles,
    )


def _storage(solution: Solution, dispatch: Dispatch) -> list[schema.StorageAnswer]:
    capacities, problem = solution.capacities, solution.problem
    found = []
    if problem.battery is not None:
        found.append(
            schema.StorageAnswer(
                technology="battery",
                power_mw=capacities["battery_mw"],
                energy_mwh=capacities["battery_mwh"],
                discharge_mw=capacities["battery_mw"],
                cycles_per_year=dispatch.battery_cycles,
            )
        )
    if problem.hydrogen is not None and problem.hydrogen.store_annual_cost_usd_per_mwh is not None:
        found.append(
            schema.StorageAnswer(
                technology="hydrogen_store",
                power_mw=capacities["electrolyser_mw"],
                energy_mwh=capacities["hydrogen_store_mwh"],
                discharge_mw=capacities["hydrogen_turbine_mw"],
                cycles_per_year=dispatch.hydrogen_store_cycles,
            )
        )
    return found


def _monthly(solution: Solution) -> list[schema.Month]:
    """Twelve months; of several weather years the mean."""
    problem, operation = solution.problem, solution.operation
    assert problem.month_of_hour is not None
    month = problem.month_of_hour % 12

    def energy(series: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(month, series, 12) * problem.yearly, dtype=np.float64)

    nothing = np.zeros(problem.hours)
    available = energy(np.sum([nothing, *operation.available_mw.values()], axis=0))
    used = energy(np.sum([nothing, *operation.used_mw.values()], axis=0))
    delivered = energy(drawn_mw(solution) + operation.electrolyser_mw + operation.heater_mw)
    bought, sold = energy(operation.import_mw), energy(operation.export_mw)
    short = energy(operation.unserved_mw)
    return [
        schema.Month(
            month=index + 1,
            load_mwh=delivered[index],
            available_mwh=available[index],
            used_mwh=used[index],
            curtailed_mwh=max(available[index] - used[index], 0.0),
            import_mwh=bought[index],
            export_mwh=sold[index],
            unserved_mwh=short[index],
        )
        for index in range(12)
    ]


def drawn_mw(solution: Solution) -> FloatArray:
    """The electric load as it was shifted, (hours,), MW; with what of it goes unserved."""
    return solution.problem.load_mw + solution.operation.load_more_mw - solution.operation.load_less_mw


def taken_mw(solution: Solution) -> FloatArray:
    """All that the process and its electrolysers and heaters take, as served, (hours,), MW."""
    operation = solution.operation
    served = drawn_mw(solution) - operation.unserved_mw
    return np.maximum(served + operation.electrolyser_mw + operation.heater_mw, 0.0)


def from_stores_mw(solution: Solution) -> FloatArray:
    """What batteries and hydrogen turbines give, (hours,), MW."""
    return np.maximum(solution.operation.discharge_mw + solution.operation.turbine_mw, 0.0)


def carbon_free_score(solution: Solution, electricity: CountryElectricity) -> float | None:
    """24/7 score of what is taken: all is carbon-free here but imports, used at once or through a store."""
    taken = taken_mw(solution)
    if taken.sum() <= 0.0:
        return None
    share = electricity.low_carbon_share.value if electricity.low_carbon_share else 0.0
    clean = own_power_mw(taken, np.maximum(solution.operation.import_mw, 0.0), from_stores_mw(solution))
    return carbon_free_energy_score(clean, taken, share)


def solution_info(solution: Solution) -> schema.SolutionInfo:
    """The certificate."""
    info = solution.info
    return schema.SolutionInfo(
        solver=info.solver,
        status=info.status,
        relative_gap=info.relative_gap,
        max_residual=info.max_residual,
        iterations=info.iterations,
        solve_ms=info.solve_ms,
        hours=info.hours,
    )
