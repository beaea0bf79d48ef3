"""CO2 in the answer: the total, by scope, life cycle of own generation, exposure at the EU's border."""

from pydantic import Field

from service.schemas.base import Response


class ScopeEmissions(Response):
    """One scope by one method. Null where it is not known: the upstream of the conventional route is in no source."""

    scope: str = Field(
        description="scope_1, scope_2_location, scope_2_market_annual, scope_2_market_hourly or scope_3_upstream.",
        examples=["scope_2_market_hourly"],
    )
    before_t_co2_per_year: float | None = Field(description="The conventional route.")
    after_t_co2_per_year: float
    before_t_co2_per_unit: float | None
    after_t_co2_per_unit: float


class BorderAdjustment(Response):
    """What a tonne sold to the EU owes under CBAM, by default values and by the plant's own figure.

    Certificates = max(0, embedded emissions - factor x benchmark), t CO2e a tonne.
    """

    good: str
    cn_code: str
    origin_listed: bool = Field(description="False: the value of 'other countries and territories' stands in.")
    year: int
    default_direct_t_co2e_per_t: float
    default_indirect_t_co2e_per_t: float | None
    default_t_co2e_per_t: float = Field(description="What counts for the good, without mark-up.")
    default_with_markup_t_co2e_per_t: float = Field(description="Of the year; the published value.")
    default_benchmark_t_co2e_per_t: float | None
    own_t_co2e_per_t: float = Field(description="Direct, for cement and fertilisers bought power too; ore where known.")
    own_benchmark_t_co2e_per_t: float | None
    factor: float = Field(description="Free allocation that is still deducted in the year.")
    factor_by_year: dict[str, float]
    default_certificates_per_t: float
    own_certificates_per_t: float
    certificate_price_usd_per_t: float = Field(description="`compliance.carbon_price_usd_per_t`, else the allowance's.")
    default_cost_usd_per_t: float
    own_cost_usd_per_t: float
    saved_usd_per_year: float = Field(description="If all of the product went to the EU.")
    note: str


class Emissions(Response):
    """CO2 of the process as powered here, and of the conventional route."""

    t_co2_per_year: float
    t_co2_per_t: float | None
    t_co2_per_unit: float
    direct_t_co2_per_year: float = Field(description="Fuel, carbon and process CO2 at the plant.")
    grid_t_co2_per_year: float = Field(description="Imports at the mean intensity of the country's grid.")
    upstream_t_co2_per_year: float = Field(description="Of bought inputs, where known; beside the total.")
    conventional_t_co2_per_t: float | None
    conventional_t_co2_per_unit: float | None
    conventional_low_t_co2_per_t: float | None
    conventional_high_t_co2_per_t: float | None
    avoided_t_co2_per_year: float | None
    conventional_route: str | None
    scopes: list[ScopeEmissions] = Field(description="Before and after, by scope and method.")
    life_cycle_generation_t_co2_per_year: float | None = Field(
        description="Making and building own wind and sun, for what they supply; beside the total."
    )
    life_cycle_generation_t_co2_per_unit: float | None
    border_adjustment: BorderAdjustment | None = Field(
        description="EU CBAM; null where the product is no good of it, or the site is inside the EU's trading system."
    )
    border_adjustment_reason: str | None = Field(description="Why there is none; null where there is one.")
