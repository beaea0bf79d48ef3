"""What may be built or used in a sizing: one model a part, fields as `models/sizing/components.py` has them.

Power in MW, energy in MWh, hydrogen at its lower heating value (33.33 kWh/kg), money in real USD a year.
"""

from typing import Annotated

from pydantic import Field

from service.schemas.base import NUMBER_OR_SERIES, NonNegative, Number, Price, Request, Series, Share

LEAST_HOURS, MOST_HOURS = 24, 10 * 8784
Efficiency = Annotated[float, Field(gt=0.0, le=1.0)]
Loss = Annotated[float, Field(ge=0.0, lt=1.0)]
Load = Annotated[
    Annotated[NonNegative, Number]
    | Annotated[list[NonNegative], Field(min_length=LEAST_HOURS, max_length=MOST_HOURS), Series],
    NUMBER_OR_SERIES,
]
Prices = Annotated[
    Annotated[Price, Number] | Annotated[list[Price], Field(min_length=LEAST_HOURS, max_length=MOST_HOURS), Series],
    NUMBER_OR_SERIES,
]


class SizingGenerator(Request):
    """A generator that may be built, is there already, or sells under a contract with a profile of its own.

    Firm clean supply (hydro, geothermal, nuclear) is a generator of capacity factor 1 with a price per MWh.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")] = Field(
        description="Your name for it: the answer's `capacities` hold `<name>_mw`. Names of what else is sized "
        "(battery, electrolyser, hydrogen_turbine, heater, connection) are taken.",
        examples=["solar"],
    )
    capacity_factor: Annotated[
        list[Annotated[float, Field(ge=0.0, le=2.0)]], Field(min_length=LEAST_HOURS, max_length=MOST_HOURS)
    ] = Field(description="Output of each hour over the rating; below 1e-9 counts as nothing.")
    annual_cost_usd_per_mw: NonNegative = Field(description="Annuity and fixed operation, USD a year per MW added.")
    marginal_cost_usd_per_mwh: Price = Field(default=0.0, description="Cost of a MWh that is used; may be negative.")
    max_mw: NonNegative | None = Field(
        default=None, description="Most that may be added to `existing_mw`; no limit when null."
    )
    existing_mw: NonNegative = Field(
        default=0.0, description="There already, or contracted: free of annual cost, part of the answer's capacity."
    )


class SizingBattery(Request):
    """A battery: energy and inverter are sized apart; the inverter bounds charging as well as discharging."""

    annual_cost_usd_per_mwh: NonNegative = Field(description="USD a year per MWh of energy.")
    annual_cost_usd_per_mw: NonNegative = Field(description="USD a year per MW of inverter.")
    charge_efficiency: Efficiency = Field(default=0.96, description="Share of the power taken that is stored.")
    discharge_efficiency: Efficiency = Field(default=0.96, description="Share of the stored energy that is given.")
    max_mw: NonNegative | None = Field(default=None, description="Largest inverter; no limit when null.")
    max_mwh: NonNegative | None = Field(default=None, description="Largest energy; no limit when null.")
    standing_loss: Loss = Field(default=0.0, description="Share of the level lost in an hour.")


class SizingHydrogen(Request):
    """Electrolyser and, where their costs are given, a store and a turbine or fuel cell. Hydrogen in MWh at LHV."""

    electrolyser_annual_cost_usd_per_mw: NonNegative = Field(description="USD a year per MW of electricity taken in.")
    electrolyser_efficiency: Efficiency = Field(description="Hydrogen (LHV) over electricity.")
    store_annual_cost_usd_per_mwh: NonNegative | None = Field(
        default=None, description="USD a year per MWh stored; no store when null."
    )
    turbine_annual_cost_usd_per_mw: NonNegative | None = Field(
        default=None, description="USD a year per MW of electricity given out; no turbine when null."
    )
    turbine_efficiency: Efficiency | None = Field(
        default=None, description="Electricity over hydrogen (LHV), of a turbine or a fuel cell."
    )
    turbine_marginal_cost_usd_per_mwh: Price = Field(default=0.0, description="Per MWh of electricity given out.")
    electrolyser_max_mw: NonNegative | None = Field(default=None, description="Largest electrolyser, electric input.")
    store_max_mwh: NonNegative | None = Field(default=None, description="Largest store.")
    turbine_max_mw: NonNegative | None = Field(default=None, description="Largest turbine, electric output.")
    electrolyser_min_load: Share = Field(
        default=0.0, description="Least input over the rating in every hour; hydrogen nobody needs is vented."
    )
    electrolyser_ramp: Share | None = Field(
        default=None, description="Most change of the input from hour to hour over the rating; no limit when null."
    )
    store_standing_loss: Loss = Field(default=0.0, description="Share of the store's level lost in an hour.")


class SizingHeat(Request):
    """An electric heater or heat pump, sized on its electric input, and a thermal store where its cost is given."""

    heater_annual_cost_usd_per_mw: NonNegative = Field(description="USD a year per MW of electricity taken in.")
    heater_cop: Annotated[float, Field(gt=0.0, le=20.0)] = Field(
        default=1.0, description="Heat over electricity: about 0.98 of a resistance heater, over 1 of a heat pump."
    )
    store_annual_cost_usd_per_mwh: NonNegative | None = Field(
        default=None, description="USD a year per MWh of heat stored; no store when null."
    )
    store_standing_loss: Loss = Field(default=0.0, description="Share of the store's level lost in an hour.")
    heater_max_mw: NonNegative | None = Field(default=None, description="Largest heater, electric input.")
    store_max_mwh: NonNegative | None = Field(default=None, description="Largest thermal store.")


class SizingFlexibility(Request):
    """What the electric load can shift: each hour's load in part, earlier or later, its energy unchanged."""

    share: Share = Field(description="Most of each hour's load that may be served in other hours.")
    window_hours: Annotated[int, Field(ge=0, le=8784)] = Field(description="By how many hours at most, either way.")
    min_load_mw: NonNegative = Field(default=0.0, description="What the load keeps to at least while it shifts.")
    max_load_mw: NonNegative | None = Field(
        default=None, description="What it keeps to at most; its own peak and `share` on top when null."
    )


class SizingGrid(Request):
    """A grid to buy from and to sell to; with a connection cost, the connection is sized too."""

    max_import_mw: NonNegative | None = Field(
        default=None, description="Most that is imported; the largest connection where that is sized."
    )
    max_export_mw: NonNegative | None = Field(
        default=None,
        description="Most that is exported; 0 sells nothing. The connection is the limit where it is sized.",
    )
    import_price_usd_per_mwh: Prices = Field(description="One price, or one an hour; may be negative.")
    export_price_usd_per_mwh: Prices = Field(
        default=0.0, description="What a sold MWh earns: one price, or one an hour."
    )
    connection_annual_cost_usd_per_mw: NonNegative | None = Field(
        default=None,
        description="USD a year per MW of the larger of import and export; the connection is free when null.",
    )
