"""Product cost, the conventional route and the project's cash flow: what comes out."""

from pydantic import Field

from service.schemas.base import Response


class ProductPart(Response):
    """One part of a product's cost, per unit of product."""

    item: str
    kind: str = Field(
        description="electricity, hydrogen, heat, fuel, capital, labour, maintenance, overhead, variable, input, "
        "water, transport or carbon."
    )
    usd_per_unit: float
    low: float
    high: float
    usd_per_year: float


class SideCost(Response):
    """Cost of the product on one route; `usd_per_unit` null where something has no source, named in `missing`."""

    usd_per_unit: float | None
    low: float | None
    high: float | None
    breakdown: list[ProductPart] = Field(description="Adds up to the cost where it is stated; else a part of it.")
    missing: list[str]


class SupportLine(Response):
    """Support per unit of product, level over the project."""

    hydrogen_credit_usd_per_unit: float
    investment_credit_usd_per_unit: float
    contract_for_difference_usd_per_unit: float
    product_cost_after_support_usd_per_unit: float


class ProductAnswer(Response):
    """The levelised cost of the product at the gate, or at the port where asked, against the conventional route."""

    product: str
    product_unit: str
    own: SideCost
    conventional: SideCost | None
    conventional_route: str | None
    green_premium_usd_per_unit: float | None = Field(description="Own less conventional, carbon as priced.")
    green_premium_low_usd_per_unit: float | None
    green_premium_high_usd_per_unit: float | None
    green_premium_share: float | None = Field(description="Of the conventional cost.")
    break_even_carbon_price_usd_per_t: float | None = Field(
        description="On direct CO2, at which both routes cost the same; negative where the own is cheaper without one."
    )
    break_even_power_price_usd_per_mwh: float | None = Field(
        description="Of clean power, at which both cost the same, the hydrogen chain held; may be negative."
    )
    abatement_cost_usd_per_t_co2: float | None = Field(description="Without carbon price, over all CO2 avoided.")
    carbon_price_usd_per_t: float = Field(description="As used.")
    support: SupportLine | None
    boundary: str


class CapitalAnswer(Response):
    """How a cost of capital is made; parts are null where the rate is given alone."""

    technology: str = Field(description="`plant`: process plant, storage, electrolyser and turbine.")
    debt_share: float | None
    cost_of_debt_nominal: float | None = Field(description="Before tax.")
    cost_of_equity_nominal: float | None
    tax_rate: float | None
    premium: float | None = Field(description="Of a young technology over onshore wind, in the nominal rate.")
    inflation: float
    wacc_nominal: float
    wacc_real: float
    low: float | None
    high: float | None


class CashFlowYearAnswer(Response):
    """One year, real USD of 2025; year 0 starts the operation, earlier years build."""

    year: int
    product: float
    revenue_usd: float
    support_usd: float
    operation_usd: float
    investment_usd: float
    residual_value_usd: float
    tax_usd: float
    cash_flow_before_tax_usd: float
    cash_flow_after_tax_usd: float


class ProjectValueAnswer(Response):
    """The project at a price of the product; values at the start of operation, real USD of 2025."""

    product_price_usd_per_unit: float
    price_source: str
    years: int
    construction_years: int
    investment_usd: float = Field(description="Overnight, supply and plant.")
    operation_usd_per_year: float
    discount_rate_real: float = Field(description="Mean of the costs of capital, weighted with what each is put into.")
    tax_rate: float
    npv_before_tax_usd: float
    npv_after_tax_usd: float
    irr_before_tax: float | None = Field(description="Real; null where there is no single one.")
    irr_after_tax: float | None
    payback_years: float | None = Field(description="Simple, before tax, from the start of operation.")
    discounted_payback_years: float | None
    levelised_price_usd_per_unit: float = Field(description="The price at which the NPV before tax is nothing.")
    cash_flow: list[CashFlowYearAnswer]


class StackAnswer(Response):
    """Replacement of electrolyser stacks, where it is counted apart."""

    every_years: float
    cost_usd: float
    usd_per_year: float


class Converted(Response):
    """Headline figures in the currency and price year that were asked for."""

    currency: str
    price_year: int
    per_usd_2025: float = Field(description="Units of it that one USD of 2025 is worth.")
    source: str
    levelised_cost_of_clean_power_per_mwh: float
    levelised_cost_of_hydrogen_per_kg: float | None
    product_cost_per_unit: float | None
    conventional_product_cost_per_unit: float | None
    abatement_cost_per_t_co2: float | None
    npv_before_tax: float | None


class FinanceAnswer(Response):
    """Cost of capital, the project's cash flow, currency."""

    capital: list[CapitalAnswer]
    project: ProjectValueAnswer | None = Field(description="Null where the product's cost is not stated.")
    stack_replacement: StackAnswer | None
    converted: Converted | None = Field(description="Null in USD of 2025.")
