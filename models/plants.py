"""A sized system as it was built and as it runs: what the levelised costs are made of."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.connection import ConnectionCost
from models.figure import Figure
from models.technology_cost import TechnologyCost


@dataclass(frozen=True, slots=True)
class GeneratorPlant:
    """A generator as built. Energies are MWh a year; `used` is what is left after curtailment.

    capacity_mw : what is paid for; the energies are also those of what was there before, free of cost.
    wacc : real, after tax; a Figure lends its band to the band of the result.
    undecided_mw : of what is paid for, what the sizing did not decide: a contract that holds in any case.
    """

    cost: TechnologyCost
    wacc: Figure | float
    capacity_mw: float
    available_mwh: float
    used_mwh: float
    undecided_mw: float = 0.0


@dataclass(frozen=True, slots=True)
class BatteryPlant:
    """A battery as built."""

    cost: TechnologyCost
    wacc: Figure | float
    power_mw: float
    energy_mwh: float


@dataclass(frozen=True, slots=True)
class HydrogenPlant:
    """Electrolyser, store and turbine as built; energies MWh a year.

    process_share : of the hydrogen made, the share that goes to the process; the rest goes to the turbine.
    hydrogen_served_mwh : hydrogen delivered to the process, LHV.
    """

    electrolyser: TechnologyCost
    wacc: Figure | float
    electrolyser_mw: float
    electrolysis_mwh: float
    process_share: float
    hydrogen_served_mwh: float
    store: TechnologyCost | None = None
    store_mwh: float = 0.0
    turbine: TechnologyCost | None = None
    turbine_mw: float = 0.0
    turbine_mwh: float = 0.0


@dataclass(frozen=True, slots=True)
class HeatPlant:
    """Heater and thermal store as built; energies MWh a year.

    heater_mw : MW of heat, as its cost is stated. heater_mwh : electricity that it took. heat_mwh : heat delivered.
    """

    heater: TechnologyCost
    store: TechnologyCost
    wacc: Figure | float
    heater_mw: float
    store_mwh: float
    heater_mwh: float
    heat_mwh: float


@dataclass(frozen=True, slots=True)
class GridUse:
    """Exchange with the grid, USD a year; a connection that is only shown, off grid, has no place here.

    import_cost_usd : of the energy. network_charge_usd : on it; demand_charge_usd : on the greatest exchange.
    """

    import_cost_usd: float
    export_income_usd: float
    connection: ConnectionCost
    network_charge_usd: float = 0.0
    demand_charge_usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Plants:
    """All of a sized system."""

    generators: tuple[GeneratorPlant, ...]
    battery: BatteryPlant | None
    hydrogen: HydrogenPlant | None
    grid: GridUse | None
    heat: HeatPlant | None = None


def check_plants(
    served_mwh: float,
    generators: Sequence[GeneratorPlant],
    battery: BatteryPlant | None,
    hydrogen: HydrogenPlant | None,
    grid: GridUse | None,
    heat: HeatPlant | None = None,
) -> None:
    """Raise ValueError on what no plant can be: a quantity negative or not finite, two generators of one technology."""
    parts: list[object] = [*generators, battery, hydrogen, heat]
    quantities = {"served_mwh": served_mwh}
    for part in filter(None, parts):
        for name in part.__class__.__dataclass_fields__:  # type: ignore[attr-defined]  # all are dataclasses
            value = getattr(part, name)
            if isinstance(value, int | float) and name != "wacc":
                quantities[f"{part.__class__.__name__}.{name}"] = float(value)
    for name, value in quantities.items():
        if not math.isfinite(value) or value < 0.0:
            raise ValueError(f"{name} must be finite and not negative")
    if hydrogen is not None and hydrogen.process_share > 1.0:
        raise ValueError("HydrogenPlant.process_share must lie between 0 and 1")
    if grid is not None and not (math.isfinite(grid.import_cost_usd) and math.isfinite(grid.export_income_usd)):
        raise ValueError("the grid's cost and income must be finite")
    names = [plant.cost.technology for plant in generators]
    if len(set(names)) < len(names):
        raise ValueError("two generators are of one technology")
