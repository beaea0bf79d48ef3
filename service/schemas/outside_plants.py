"""Supply from beyond the site: plants at other places, and firm supply at a price."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from service.schemas.base import (
    NonNegative,
    Request,
    Wrong,
    all_wrong,
)
from service.schemas.site import Point
from service.schemas.supply_names import (
    Generating,
    Profile,
)


class RemotePlant(Request):
    """A plant of your own choice at another place (a PPA): its line is priced, or a charge for transport."""

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")] = Field(
        description="Names it in the answer; small letters, digits, _.", examples=["atacama_sun"]
    )
    technology: Generating
    location: Point = Field(description="Where it stands.")
    max_mw: NonNegative | None = Field(default=None, description="Most that may be built or bought.")
    price_usd_per_mwh: Annotated[float, Field(ge=0, le=1e5)] | None = Field(
        default=None, description="Pays for every MWh it makes, as produced; when left out, it is built at cost."
    )
    transport_usd_per_mwh: Annotated[float, Field(ge=0, le=1e5)] | None = Field(
        default=None, description="Charge of the grid in between; when left out, a line of its own is priced."
    )
    losses_share: Annotated[float, Field(ge=0, lt=1)] = Field(default=0.0, description="Lost on the way.")


class FirmSupply(Request):
    """Clean supply that is there when it is called: hydro, geothermal, nuclear, or a contract (PPA) for firm power.

    What it makes counts as clean and is without CO2 here. Beside its price it may cost something a year for every MW.
    """

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")] = Field(
        description="Names it in the answer; small letters, digits, _.", examples=["hydro"]
    )
    price_usd_per_mwh: Annotated[float, Field(ge=0, le=1e5)] = Field(
        description="For every MWh that is used, real USD of 2025.", examples=[60.0]
    )
    max_mw: NonNegative | None = Field(default=None, description="Most that may be had; no limit when left out.")
    annual_cost_usd_per_mw: NonNegative | None = Field(
        default=None, description="Paid a year for every MW that is held ready; 0 when left out. Not with a capex."
    )
    capex_usd_per_mw: NonNegative | None = Field(
        default=None, description="Investment, an annuity over `lifetime_years` at the cost of capital of a plant."
    )
    lifetime_years: Annotated[float, Field(ge=1, le=100)] | None = Field(
        default=None, description="Of the investment; needed with `capex_usd_per_mw`."
    )
    minimum_mw: NonNegative = Field(
        default=0.0,
        description="Least output, bought in every hour and paid for whether or not it is used (take or pay); within "
        "`max_mw`.",
    )
    renewable: bool = Field(
        default=False,
        description="Whether it is renewable (hydro, geothermal, a contract with wind or sun). What is not, nuclear "
        "power above all, is clean but does not count as renewable hydrogen's electricity in the EU.",
    )
    capacity_factor: Profile | None = Field(
        default=None,
        description="What a MW of it can make in each hour, 8,760 or 8,784 values of 0 to 1; 1 in every hour when left "
        "out.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        errors = []
        if self.annual_cost_usd_per_mw is not None and self.capex_usd_per_mw is not None:
            errors.append(Wrong(("annual_cost_usd_per_mw",), "conflict", "give it or capex_usd_per_mw, not both"))
        if (self.capex_usd_per_mw is None) != (self.lifetime_years is None):
            message = "capex_usd_per_mw and lifetime_years belong together"
            errors.append(Wrong(("lifetime_years",), "missing" if self.lifetime_years is None else "conflict", message))
        if self.max_mw is not None and self.minimum_mw > self.max_mw:
            errors.append(Wrong(("minimum_mw",), "out_of_range", f"must be at most max_mw, {self.max_mw:g}"))
        if errors:
            raise all_wrong(errors)
        return self
