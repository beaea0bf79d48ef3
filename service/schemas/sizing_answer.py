"""The answer of POST /v1/sizing: what is built, what it does over the year, what it is worth."""

from pydantic import Field

from service.schemas.answer import SolutionInfo
from service.schemas.base import Caveat, Response


class GeneratorYear(Response):
    """A generator's year."""

    capacity_mw: float = Field(description="What is there and what is built.")
    capacity_factor: float = Field(description="Mean of its profile.")
    available_mwh: float = Field(description="What it could make in a year.")
    used_mwh: float
    curtailed_mwh: float
    market_value_usd_per_mwh: float | None = Field(
        description="Mean shadow price of electricity over what is used of it; null where nothing is. Where the "
        "capacity is free to choose it equals the cost of a MWh used."
    )


class SizingDispatch(Response):
    """Energies of a year, MWh (of several years the mean), storage cycles, shares."""

    generators: dict[str, GeneratorYear]
    load_mwh: float
    hydrogen_load_mwh: float
    heat_mwh: float = Field(description="Heat load.")
    served_mwh: float
    hydrogen_served_mwh: float
    unserved_mwh: float
    hydrogen_unserved_mwh: float
    delivered_mwh: float = Field(
        description="Electricity to the process: its load as served, heaters, and electrolysis for its hydrogen."
    )
    process_hydrogen_share: float = Field(description="Of the hydrogen used, what went to the hydrogen load.")
    charged_mwh: float = Field(description="Into the battery.")
    discharged_mwh: float = Field(description="Out of the battery.")
    electrolysis_mwh: float
    turbine_mwh: float
    heater_mwh: float
    shifted_mwh: float = Field(description="Flexible load served in other hours.")
    hydrogen_vented_mwh: float
    battery_cycles: float = Field(description="Energy given over the capacity, a year.")
    hydrogen_store_cycles: float
    thermal_store_cycles: float
    import_mwh: float
    export_mwh: float
    peak_import_mw: float
    peak_export_mw: float
    import_cost_usd: float
    export_income_usd: float
    longest_shortage_hours: int = Field(
        description="Longest run of hours in which the generators could have made less than the load, with what "
        "electrolysers and heaters need for theirs."
    )
    clean_share_achieved: float
    average_prices: dict[str, float | None] = Field(
        description="Shadow prices of electricity, hydrogen and heat, USD/MWh, weighted with the load of each; null "
        "where there is no such load."
    )
    max_imbalance_mw: float = Field(description="Largest violation of a balance: electricity, hydrogen, heat, stores.")


class SizingSensitivity(Response):
    """How the least cost answers to one capacity; exact to first order."""

    capacity: float = Field(
        description="MW or MWh built: what the yearly cost rises with a dollar on the annual cost of a unit."
    )
    annual_cost_usd_per_unit: float = Field(description="What a MW or MWh costs a year.")
    worth_usd_per_unit_year: float = Field(
        description="What one more, free of cost, would save a year. Less the cost it is the price of a limit; below "
        "the cost nothing is built."
    )


class SizingAnswer(Response):
    """The least-cost system."""

    objective_usd_per_year: float
    cost_usd_per_mwh: float | None = Field(description="Objective over the electric load; null where there is none.")
    capacities: dict[str, float] = Field(description="MW and MWh by name, as in `solar_mw`.")
    sensitivities: dict[str, SizingSensitivity] = Field(description="By the names of `capacities`.")
    dispatch: SizingDispatch
    solution: SolutionInfo
    warnings: list[Caveat]
    hourly: dict[str, list[float]] | None = Field(
        description="By name, one value an hour: MW, levels (MWh, at the end of the hour), shadow prices (USD/MWh)."
    )
