"""What may be built or used: generators, battery, hydrogen chain, heat, grid, and what the load itself can shift.

Power in MW, energy in MWh, hydrogen at its lower heating value. Annual costs hold the annuity and fixed operation.
None in a limit is no limit; None in the cost of a part leaves the part out.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray

PLANTS = (
    "battery_mw",
    "battery_mwh",
    "electrolyser_mw",
    "hydrogen_store_mwh",
    "hydrogen_turbine_mw",
    "heater_mw",
    "thermal_store_mwh",
    "connection_mw",
)  # what a solution's capacities hold beside `<name>_mw` of each generator
TAKEN_NAMES = frozenset(name.removesuffix("_mw") for name in PLANTS if name.endswith("_mw"))  # no generator's

DUST = 1e-9  # capacity factor below which free capacity would be built without end to use it


@dataclass(frozen=True, slots=True, eq=False)
class Generator:
    """A generator, or a contract with a profile; `capacity_factor` (hours,) is what a MW of it can make in each hour.

    existing_mw : already there or contracted; comes free of capital cost, before `max_mw` that may be added. Firm
        clean supply is a generator of capacity factor 1 and a price per MWh.
    """

    name: str
    capacity_factor: FloatArray
    annual_cost_usd_per_mw: float
    marginal_cost_usd_per_mwh: float = 0.0
    max_mw: float | None = None
    existing_mw: float = 0.0

    @property
    def usable_factor(self) -> FloatArray:
        """Capacity factors without dust: what is below `DUST` is rounding of a night, and counts as nothing."""
        return np.where(self.capacity_factor < DUST, 0.0, self.capacity_factor)

    @property
    def costs_nothing(self) -> bool:
        """Whether any amount of it may be built for nothing."""
        return self.annual_cost_usd_per_mw <= 0.0 and self.max_mw is None


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery whose energy and inverter are sized apart. `standing_loss` is the share of its level lost an hour."""

    annual_cost_usd_per_mwh: float
    annual_cost_usd_per_mw: float
    charge_efficiency: float
    discharge_efficiency: float
    max_mw: float | None = None
    max_mwh: float | None = None
    standing_loss: float = 0.0


@dataclass(frozen=True, slots=True)
class Hydrogen:
    """Electrolyser and, where their costs are given, store and what makes power of it again: turbine or fuel cell.

    electrolyser_min_load : least input over the rating, in every hour. electrolyser_ramp : most change of the input
        from hour to hour, over the rating.
    """

    electrolyser_annual_cost_usd_per_mw: float
    electrolyser_efficiency: float
    store_annual_cost_usd_per_mwh: float | None = None
    turbine_annual_cost_usd_per_mw: float | None = None
    turbine_efficiency: float | None = None
    turbine_marginal_cost_usd_per_mwh: float = 0.0
    electrolyser_max_mw: float | None = None
    store_max_mwh: float | None = None
    turbine_max_mw: float | None = None
    electrolyser_min_load: float = 0.0
    electrolyser_ramp: float | None = None
    store_standing_loss: float = 0.0


@dataclass(frozen=True, slots=True)
class Heat:
    """An electric heater, sized on its input, and a thermal store. A heat pump's `heater_cop` is over 1."""

    heater_annual_cost_usd_per_mw: float
    heater_cop: float
    store_annual_cost_usd_per_mwh: float | None = None
    store_standing_loss: float = 0.0
    heater_max_mw: float | None = None
    store_max_mwh: float | None = None


@dataclass(frozen=True, slots=True)
class Flexibility:
    """What the electric load can shift: at most `share` of each hour's load, by at most `window_hours` either way.

    min_load_mw, max_load_mw : what the load keeps to while it shifts; its own peak and `share` on top, where not given.
    """

    share: float
    window_hours: int
    min_load_mw: float = 0.0
    max_load_mw: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A grid: prices are one number or (hours,). With a connection cost, the connection is sized too.

    connection_annual_cost_usd_per_mw : per MW of the larger of import and export; `max_import_mw` limits it then.
    """

    import_price_usd_per_mwh: float | FloatArray
    export_price_usd_per_mwh: float | FloatArray = 0.0
    max_import_mw: float | None = None
    max_export_mw: float | None = None
    connection_annual_cost_usd_per_mw: float | None = None
