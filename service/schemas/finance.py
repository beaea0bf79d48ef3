"""Money of a project: costs and their year, the price of capital, prices, support, and what the answer is stated in."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from models.prices import check_prices
from models.technologies import check_cost_overrides
from models.wacc import CapitalTerms
from service.schemas.base import NonNegative, Price, Request, Share, Wrong, all_wrong

Rate = Annotated[float, Field(ge=0.0, le=0.5)]
TERMS = ("debt_share", "cost_of_debt", "cost_of_equity", "tax_rate", "inflation")


class ContractTerms(Request):
    """A contract for difference on the product: the strike less the market's price, paid in its years."""

    strike_usd_per_unit: Price = Field(description="Per unit of product.", examples=[700.0])
    years: Annotated[int, Field(ge=1, le=60)] = Field(default=10, description="First years of operation.")


class Support(Request):
    """Support of the project. It enters the cash flow and a line of its own, not the levelised costs."""

    us_45v_band: Literal[1, 2, 3, 4] | None = Field(
        default=None, description="US 45V credit of a band, 1 the cleanest (3.00 USD/kg); not both with a credit."
    )
    hydrogen_credit_usd_per_kg: NonNegative | None = Field(default=None, description="A credit of your own.")
    hydrogen_credit_years: Annotated[int, Field(ge=1, le=60)] = Field(
        default=10, description="Years of operation it is paid; US 45V: 10."
    )
    investment_credit_share: Annotated[float, Field(ge=0.0, le=0.9)] = Field(
        default=0.0, description="Share of the investment in generation, storage and hydrogen chain."
    )
    contract_for_difference: ContractTerms | None = None


class Transport(Request):
    """Ways to and from the plant."""

    to_port: bool = Field(default=False, description="Count the product's way to the nearest port.")
    hydrogen_pipeline_km: Annotated[float, Field(ge=0.0, le=10_000.0)] = Field(
        default=0.0, description="Hydrogen arrives by a pipeline of this length."
    )


class Finance(Request):
    """Costs, the price of capital, prices, support, currency."""

    cost_year: Annotated[int, Field(ge=2025, le=2050)] = Field(default=2030, description="Costs of this year.")
    wacc: Rate | None = Field(default=None, description="Real, after tax; by country and technology when left out.")
    debt_share: Share | None = Field(
        default=None,
        description="Debt in the capital. With this and the next four the WACC is made of your terms; "
        "what is left out is the country's. Not together with wacc.",
    )
    cost_of_debt: Rate | None = Field(default=None, description="Nominal, before tax.")
    cost_of_equity: Rate | None = Field(default=None, description="Nominal.")
    tax_rate: Annotated[float, Field(ge=0.0, lt=1.0)] | None = Field(
        default=None, description="Of profits; also that of the cash flow. The country's when left out."
    )
    inflation: Annotated[float, Field(gt=-0.1, le=0.5)] | None = Field(
        default=None, description="Makes nominal rates real; 2 % when left out, as in the source."
    )
    construction_years: Annotated[int, Field(ge=0, le=10)] = Field(
        default=0,
        description="Overnight costs are spent evenly over these years and bear interest until the start of operation; "
        "0: all at the start. The grid connection is not built by the project and bears none.",
    )
    costs: dict[str, dict[str, float]] = Field(
        default={},
        description="Your own figure for any technology and parameter of `GET /v1/technologies`.",
        examples=[{"wind_onshore": {"capex_usd_per_mw": 1250000}}],
    )
    prices: dict[str, float] = Field(
        default={},
        description="Your own price of any input or fuel of `GET /v1/prices`, in its unit, USD of 2025.",
        examples=[{"iron_ore_pellets_dr": 180.0, "natural_gas": 30.0}],
    )
    carbon_price_usd_per_t: NonNegative | None = Field(
        default=0.0,
        description="On direct CO2 of both routes; null takes the country's dated price, where one is known.",
    )
    product_price_usd_per_unit: NonNegative | None = Field(
        default=None, description="What the product sells at, for the cash flow; the conventional cost when left out."
    )
    project_years: Annotated[int, Field(ge=1, le=60)] | None = Field(
        default=None, description="Years of operation in the cash flow; the plant's life when left out, at most 30."
    )
    depreciation_years: Annotated[int, Field(ge=1, le=60)] | None = Field(
        default=None, description="Straight line, for the tax; the project's years when left out."
    )
    degradation_share_per_year: Annotated[float, Field(ge=0.0, le=0.1)] = Field(
        default=0.0, description="Product lost a year in the cash flow, where nothing makes up for wear."
    )
    stack_replacement: bool = Field(
        default=False,
        description="Count stacks apart; else they are taken to be in the electrolyser's fixed O&M of 4 % a year.",
    )
    water: Literal["supply", "desalination"] = Field(
        default="supply", description="Electrolysis water: bought, or made from the sea and conveyed from the coast."
    )
    support: Support = Support()
    transport: Transport = Transport()
    currency: Literal["USD", "EUR"] = Field(default="USD", description="Of the block `converted` of the answer.")
    price_year: Annotated[int, Field(ge=2018, le=2025)] = Field(
        default=2025, description="Price year of the block `converted`."
    )

    @property
    def capital(self) -> float | CapitalTerms | None:
        """The caller's own real rate, or own terms; None where all is the country's."""
        if self.wacc is not None:
            return self.wacc
        terms = CapitalTerms(**{name: getattr(self, name) for name in TERMS})
        return terms if terms.any else None

    @field_validator("costs")
    @classmethod
    def _known_costs(cls, costs: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        errors = [
            Wrong(tuple(error.field.split(".", 1)), error.code, error.message) for error in check_cost_overrides(costs)
        ]
        if errors:
            raise all_wrong(errors)
        return costs

    @field_validator("prices")
    @classmethod
    def _known_prices(cls, prices: dict[str, float]) -> dict[str, float]:
        errors = [Wrong((error.field,), error.code, error.message) for error in check_prices(prices)]
        if errors:
            raise all_wrong(errors)
        return prices

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        """One way to state the rate, and one to state the credit."""
        terms = [name for name in (*TERMS[:3], TERMS[4]) if getattr(self, name) is not None]
        errors = [
            Wrong((name,), "conflict", "give wacc, or what it is made of, not both")
            for name in terms
            if self.wacc is not None
        ]
        if self.support.us_45v_band is not None and self.support.hydrogen_credit_usd_per_kg is not None:
            message = "give us_45v_band or hydrogen_credit_usd_per_kg, not both"
            errors.append(Wrong(("support", "us_45v_band"), "conflict", message))
        if errors:
            raise all_wrong(errors)
        return self
