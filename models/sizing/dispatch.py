"""What the optimum does over the year: energies, curtailment, cycles, shortage, shares; MWh a year throughout."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.sizing.balance import filled, imbalances, total, turbine_gas_mw
from models.sizing.problem import Matching
from models.sizing.solution import Solution


@dataclass(frozen=True, slots=True)
class GeneratorEnergy:
    """One generator. `capacity_factor` is what it could make over its rating, whether or not any is built.

    market_value_usd_per_mwh : mean shadow price of electricity over what was used of it; None where none was.
    """

    capacity_mw: float
    capacity_factor: float
    available_mwh: float
    used_mwh: float
    market_value_usd_per_mwh: float | None

    @property
    def curtailed_mwh(self) -> float:
        """What it could have made and did not."""
        return self.available_mwh - self.used_mwh


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The year in figures.

    delivered_mwh : electricity to the process: its electric load as served, what heaters took, and what electrolysers
        took for the hydrogen it was served. Power that went through electrolyser, store and turbine is in it once.
    process_hydrogen_share : of the hydrogen used, the share that went to the process (the rest to the turbine).
    longest_shortage_hours : longest run of hours in which the generators could have made less than the load.
    clean_share_achieved : off grid the share of the load served; on grid by the matching of the problem.
    battery_cycles : energy discharged over the capacity; of the other stores what was drawn from them over it.
    average_prices : of electricity, hydrogen and heat, shadow prices weighted with the load of each, USD/MWh.
    max_imbalance_mw : largest violation of a balance: electricity, hydrogen, heat or a store.
    """

    generators: Mapping[str, GeneratorEnergy]
    load_mwh: float
    hydrogen_load_mwh: float
    served_mwh: float
    hydrogen_served_mwh: float
    delivered_mwh: float
    process_hydrogen_share: float
    charged_mwh: float
    discharged_mwh: float
    electrolysis_mwh: float
    turbine_mwh: float
    heat_mwh: float
    heater_mwh: float
    shifted_mwh: float
    hydrogen_vented_mwh: float
    battery_cycles: float
    hydrogen_store_cycles: float
    thermal_store_cycles: float
    import_mwh: float
    export_mwh: float
    peak_import_mw: float
    peak_export_mw: float
    import_cost_usd: float
    export_income_usd: float
    unserved_mwh: float
    hydrogen_unserved_mwh: float
    longest_shortage_hours: int
    clean_share_achieved: float
    average_prices: Mapping[str, float | None]
    max_imbalance_mw: float


def summarise(solution: Solution) -> Dispatch:
    """The figures of a solution."""
    problem, operation = solution.problem, solution.operation
    capacities, hydrogen = solution.capacities, problem.hydrogen

    def year(series: FloatArray) -> float:
        return problem.yearly * float(series.sum())

    available = total(operation.available_mw, problem.hours)
    load, gas_load = year(problem.load_mw), year(problem.hydrogen_load_mw)
    served = load - year(operation.unserved_mw)
    gas_served = gas_load - year(operation.hydrogen_unserved_mw)
    electrolysis = year(operation.electrolyser_mw)
    discharged, turbine = year(operation.discharge_mw), year(operation.turbine_mw)
    gas_used = gas_served + year(turbine_gas_mw(problem, operation))
    to_process = 1.0 if gas_used <= 1e-9 * max(gas_load, load) else gas_served / gas_used
    gas_loss = 0.0 if hydrogen is None else hydrogen.store_standing_loss
    heat_loss = 0.0 if problem.heat is None else problem.heat.store_standing_loss
    grid = problem.grid
    return Dispatch(
        generators={
            generator.name: GeneratorEnergy(
                capacity_mw=capacities[f"{generator.name}_mw"],
                capacity_factor=float(generator.capacity_factor.mean()),
                available_mwh=year(operation.available_mw[generator.name]),
                used_mwh=year(operation.used_mw[generator.name]),
                market_value_usd_per_mwh=_weighted(
                    solution.prices.electricity_usd_per_mwh, operation.used_mw[generator.name]
                ),
            )
            for generator in problem.generators
        },
        load_mwh=load,
        hydrogen_load_mwh=gas_load,
        served_mwh=served,
        hydrogen_served_mwh=gas_served,
        delivered_mwh=served + to_process * electrolysis + year(operation.heater_mw),
        process_hydrogen_share=to_process,
        charged_mwh=year(operation.charge_mw),
        discharged_mwh=discharged,
        electrolysis_mwh=electrolysis,
        turbine_mwh=turbine,
        heat_mwh=year(problem.heat_demand_mw),
        heater_mwh=year(operation.heater_mw),
        shifted_mwh=year(operation.load_more_mw),
        hydrogen_vented_mwh=year(operation.hydrogen_vented_mw),
        battery_cycles=_ratio(discharged, capacities["battery_mwh"]),
        hydrogen_store_cycles=_ratio(
            year(_drawn(operation.hydrogen_store_mwh, gas_loss)), capacities["hydrogen_store_mwh"]
        ),
        thermal_store_cycles=_ratio(
            year(_drawn(operation.thermal_store_mwh, heat_loss)), capacities["thermal_store_mwh"]
        ),
        import_mwh=year(operation.import_mw),
        export_mwh=year(operation.export_mw),
        peak_import_mw=float(operation.import_mw.max()),
        peak_export_mw=float(operation.export_mw.max()),
        import_cost_usd=0.0 if grid is None else year(operation.import_mw * grid.import_price_usd_per_mwh),
        export_income_usd=0.0 if grid is None else year(operation.export_mw * grid.export_price_usd_per_mwh),
        unserved_mwh=load - served,
        hydrogen_unserved_mwh=gas_load - gas_served,
        longest_shortage_hours=longest_run(available < problem.matched_load_mw * (1.0 - 1e-9)),
        clean_share_achieved=_clean_share(solution, served, gas_served),
        average_prices=_average_prices(solution),
        max_imbalance_mw=max(float(np.abs(left).max()) for left in imbalances(solution).values()),
    )


def longest_run(short: np.ndarray) -> int:
    """Longest run of true hours, the year taken as a ring."""
    if short.all():
        return len(short)
    ring = np.concatenate([short, short]).astype(int)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], ring, [0]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _clean_share(solution: Solution, served: float, gas_served: float) -> float:
    """The clean share as the problem counts it, clipped to 0-1."""
    problem, operation = solution.problem, solution.operation
    if problem.grid is None:
        load, gas = problem.yearly * problem.load_mw.sum(), problem.yearly * problem.hydrogen_load_mw.sum()
        least = 1e-9 * (load + gas)  # a load that is nothing beside the other has no share of its own
        shares = [part / whole for part, whole in ((served, load), (gas_served, gas)) if whole > least]
        return float(min(shares, default=1.0))
    net = operation.import_mw if problem.matching is Matching.HOURLY else operation.import_mw - operation.export_mw
    if problem.matching is Matching.MONTHLY and problem.month_of_hour is not None:
        month = np.unique(problem.month_of_hour, return_inverse=True)[1]
        bought, load = np.bincount(month, net), np.bincount(month, problem.matched_load_mw)
        shares = (1.0 - bought[load > 0.0] / load[load > 0.0]).tolist()
        return float(np.clip(min(shares, default=1.0), 0.0, 1.0))
    whole = float(problem.matched_load_mw.sum())
    return float(np.clip(1.0 - net.sum() / whole, 0.0, 1.0)) if whole > 0.0 else 1.0


def _average_prices(solution: Solution) -> dict[str, float | None]:
    problem, prices = solution.problem, solution.prices
    return {
        "electricity": _weighted(prices.electricity_usd_per_mwh, problem.load_mw),
        "hydrogen": _weighted(prices.hydrogen_usd_per_mwh, problem.hydrogen_load_mw),
        "heat": _weighted(prices.heat_usd_per_mwh, problem.heat_demand_mw),
    }


def _weighted(price: FloatArray, energy: FloatArray) -> float | None:
    """Mean price over energy; None where there is none, or no more than rounding."""
    whole = float(energy.sum())
    return float(price @ energy) / whole if whole > 1e-9 * len(energy) else None


def _drawn(level: FloatArray, loss: float) -> FloatArray:
    """What was drawn from a store in each hour, (hours,), MWh."""
    return np.maximum(-filled(level, loss), 0.0)


def _ratio(energy: float, capacity: float) -> float:
    return energy / capacity if capacity > 1e-9 * max(energy, 1.0) else 0.0
