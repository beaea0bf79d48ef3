"""POST /v1/assessments: what comes out."""

from typing import Any

from pydantic import Field

from service.schemas.base import Caveat, Response, Traced
from service.schemas.compliance import ElectrifyNow, RuleVerdict
from service.schemas.demand import Demand
from service.schemas.economics import FinanceAnswer, ProductAnswer
from service.schemas.emissions import Emissions
from service.schemas.grid import Connection, GridFacts
from service.schemas.place import Place, Stand
from service.schemas.score import Score
from service.schemas.uncertainty import Uncertainty


class GeneratorAnswer(Response):
    """One generator of the sized system."""

    name: str = Field(description="The technology's, or a remote plant's own.")
    technology: str
    site: Stand | None = Field(description="Null with hours of your own.")
    capacity_mw: float = Field(description="What is there and what is added.")
    existing_mw: float = Field(description="What is there already, free of capital and fixed cost.")
    capacity_factor: float = Field(description="What it could make over its rating times the hours.")
    generation_mwh_per_year: float = Field(description="Used; curtailment left out.")
    curtailed_mwh_per_year: float
    lcoe_generated_usd_per_mwh: float | None = Field(description="Cost of what is added over all it could make.")
    lcoe_used_usd_per_mwh: float | None = Field(description="Cost of what is added over what is used.")
    land_km2: float | None


class HeatAnswer(Response):
    """Heater and thermal store of the sized system; both in MW and MWh of heat."""

    heater: str
    heater_mw: float
    coefficient_of_performance: float = Field(
        description="Heat delivered over electricity; a day of the store's standing loss is taken off all heat."
    )
    electricity_mwh_per_year: float
    thermal_store_mwh: float
    cycles_per_year: float


class StorageAnswer(Response):
    """One store of the sized system."""

    technology: str
    power_mw: float = Field(description="Battery: inverter; hydrogen store: electrolyser input.")
    energy_mwh: float
    discharge_mw: float
    cycles_per_year: float


class GridExchange(Response):
    """Exchange with the grid."""

    import_mwh_per_year: float
    export_mwh_per_year: float
    peak_import_mw: float


class Month(Response):
    """Energy of one month, MWh."""

    month: int
    load_mwh: float
    available_mwh: float
    used_mwh: float
    curtailed_mwh: float
    import_mwh: float
    export_mwh: float
    unserved_mwh: float


class SupplyAnswer(Response):
    """The sized system and what it does."""

    capacity_factor: float | None = Field(description="What the generators could make over their rating.")
    curtailed_share: float
    generators: list[GeneratorAnswer]
    storage: list[StorageAnswer]
    electrolyser_mw: float
    hydrogen_turbine_mw: float
    heat: HeatAnswer | None = Field(description="Null where no heat goes through a store.")
    grid: GridExchange
    monthly: list[Month]
    longest_shortage_hours: int = Field(
        description="Longest run of hours in which they could have made less than the load."
    )
    unserved_mwh_per_year: float
    shifted_mwh_per_year: float = Field(description="Flexible load that is served in other hours.")
    clean_share_achieved: float
    carbon_free_energy_score: float | None


class GridAnswer(GridFacts):
    """The grid nearby, and what a connection costs."""

    connection: Connection | None


class CostItem(Response):
    """One part of the levelised cost."""

    item: str
    usd_per_mwh: float
    usd_per_year: float


class Cost(Response):
    """The levelised cost of clean power and of what is made with it; real USD of 2025."""

    levelised_cost_of_clean_power_usd_per_mwh: float
    low: float
    high: float
    band: str = Field(description="Where the band comes from.")
    breakdown: list[CostItem]
    levelised_cost_of_hydrogen_usd_per_kg: float | None
    levelised_cost_of_heat_usd_per_mwh: float | None = Field(
        description="Heater, thermal store and their power; null without."
    )
    heat_low_usd_per_mwh: float | None
    heat_high_usd_per_mwh: float | None
    hydrogen_low_usd_per_kg: float | None
    hydrogen_high_usd_per_kg: float | None
    total_annual_cost_usd: float = Field(description="Power and hydrogen chain, and the connection where it counts.")
    product_cost_usd_per_unit: float | None = Field(
        description="All that makes it, see `product`; null without source."
    )
    product_cost_low_usd_per_unit: float | None
    product_cost_high_usd_per_unit: float | None
    conventional_product_cost_usd_per_unit: float | None
    abatement_cost_usd_per_t_co2: float | None
    power_cost_usd_per_unit: float = Field(description="Power and hydrogen chain per unit of product.")
    boundary: str


class SolutionInfo(Response):
    """How the optimum was found, and the proof that it is one."""

    solver: str
    status: str
    relative_gap: float
    max_residual: float = Field(description="Largest violation of a balance, MW.")
    iterations: int
    solve_ms: float
    hours: int


class SensitivityItem(Response):
    """How the headline moves with one assumption; first order, at the optimum."""

    figure: str
    low_value: float
    high_value: float
    unit: str
    low_usd_per_mwh: float
    high_usd_per_mwh: float


class Hourly(Response):
    """Hourly operation, MW, UTC, hour beginning."""

    start: str
    hours: int
    convention: str
    load_mw: list[float]
    hydrogen_load_mw: list[float]
    heat_load_mw: list[float] = Field(description="Heat that goes through heater and store.")
    available_mw: dict[str, list[float]]
    capacity_factor: dict[str, list[float]]
    series: dict[str, list[float]] = Field(description="Operation and storage levels by name.")


class Weather(Response):
    """Which weather the hours came from."""

    source: str
    reason: str = Field(description="Why this source.")
    detail: str
    years: list[int]
    ordinary: bool = Field(description="True where the year has the long-term means.")
    known_error: str
    elevation_m: float
    over_sea: bool


class Assessment(Response):
    """The whole answer. Every number can be traced through `provenance`; what is not known stands in `warnings`."""

    assessment_id: str
    model_version: str
    data_version: str
    request: dict[str, Any] = Field(
        title="As sent",  # generated clients name a type by it, and AssessmentRequest is one already
        description="The request as it was sent: posted again, to the same versions of model and data, it brings the "
        "same answer but for `solution.solve_ms`.",
    )
    input: dict[str, Any] = Field(description="The request as used, defaults filled in.")
    place: Place
    weather: Weather
    demand: Demand
    supply: SupplyAnswer
    grid: GridAnswer
    cost: Cost
    product: ProductAnswer
    finance: FinanceAnswer
    emissions: Emissions
    compliance: list[RuleVerdict] = Field(description="Verdicts of the rules that can apply, with numbers and article.")
    electrify_now: ElectrifyNow
    solution: SolutionInfo
    sensitivity: list[SensitivityItem]
    score: Score = Field(description="For ranking; `options.score_weights` weighs its parts.")
    uncertainty: Uncertainty | None = Field(description="With `options.uncertainty`.")
    provenance: list[Traced]
    warnings: list[Caveat]
    hourly: Hourly | None
