"""Demand in the answer: steps, shares of electricity, what can wait, hours, phases."""

from pydantic import Field

from service.schemas.base import Response


class StepAnswer(Response):
    """One step of the process."""

    step: str
    carrier: str = Field(description="electricity, or heat that is electrified.")
    electricity_mwh_per_t: float = Field(description="Electricity per unit of product (`demand.product_unit`).")
    low: float
    high: float
    hydrogen_kg_per_t: float
    flexible: bool
    status: str = Field(description="read, derived or recalled (low confidence).")
    source: str


class ElectricityShare(Response):
    """Electricity's share of final energy, before and after (Electrify Now! definitions)."""

    before_direct: float | None
    after_direct: float | None
    before_site: float | None
    after_site: float | None


class FlexibleAnswer(Response):
    """What of the electric load shifts in the sizing."""

    share: float = Field(description="Most of each hour's load.")
    window_hours: int = Field(description="By how many hours at most, either way.")
    max_load_mw: float
    steps: list[str] = Field(description="The steps that shift; those without a stated minimum load and buffer do not.")


class LoadProfile(Response):
    """The year of load in words and numbers."""

    description: str
    utc_offset_hours: float = Field(description="The clock of shifts and windows less UTC.")
    load_factor: float = Field(description="Mean over peak, electrolysis and heaters taken as following their loads.")
    hours_at_work_per_year: float
    busiest_hour_over_capacity: float | None = Field(
        description="Output of the busiest hour over an hour's part of the capacity; over 1, a plant rated by the year "
        "must be built larger than its nameplate says."
    )
    batch_steps: list[str]
    peak_within_hour_mw: float | None = Field(description="What batches may reach within an hour, where stated.")
    hidden: str | None = Field(description="What an hour's mean hides.")
    flexible: FlexibleAnswer | None = Field(description="Null where the load is met hour by hour.")


class PhaseAnswer(Response):
    """Demand of one phase of construction."""

    year: int
    capacity_share: float
    product_per_year: float
    electricity_mwh_per_year: float
    hydrogen_t_per_year: float
    mean_mw: float
    peak_mw: float
    sized: bool = Field(description="Whether the supply of this answer is sized for it.")


class Demand(Response):
    """What the process draws, in the phase that is sized."""

    electricity_mwh_per_year: float = Field(description="Electrolysis included.")
    electricity_low_mwh_per_year: float
    electricity_high_mwh_per_year: float
    mean_mw: float
    peak_mw: float
    product_unit: str
    product_per_year: float
    specific_electricity_mwh_per_unit: float
    specific_electricity_mwh_per_t: float | None
    hydrogen_t_per_year: float
    heat_mwh_per_year: float = Field(description="Heat that may go through a thermal store; its heater is sized too.")
    load_profile: LoadProfile
    phases: list[PhaseAnswer] = Field(description="Empty where all is built at once.")
    steps: list[StepAnswer]
    electricity_share: ElectricityShare
