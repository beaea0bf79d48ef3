"""The rules: what a project states for them, and what is found."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from service.schemas.base import (
    NUMBER_OR_SERIES,
    NonNegative,
    Number,
    Positive,
    Price,
    Request,
    Response,
    Series,
    Share,
    Wrong,
    all_wrong,
)

Month = Annotated[str, Field(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2030-01"])]
Intensity = Annotated[float, Field(ge=0.0, le=5.0)]
IntensitySeries = Annotated[
    Annotated[Intensity, Number] | Annotated[list[Intensity], Field(min_length=8760, max_length=8784), Series],
    NUMBER_OR_SERIES,
]
DayAhead = Annotated[list[Price], Field(min_length=8760, max_length=8784)]


class ComplianceInput(Request):
    """What no model can know of a project. What is left out leaves the verdicts that need it `unknown`."""

    year: Annotated[int, Field(ge=2025, le=2060)] | None = Field(
        default=None, description="Year of production; that of `plant_operation`, else `finance.cost_year`."
    )
    plant_operation: Month | None = Field(default=None, description="Month in which the plant comes into operation.")
    generation_operation: Month | None = Field(
        default=None, description="Month in which the oldest generator that supplies it comes into operation."
    )
    construction_year: Annotated[int, Field(ge=2000, le=2060)] | None = Field(
        default=None, description="Year in which construction of the plant begins (45V)."
    )
    direct_line: bool | None = Field(
        default=None,
        description="Whether generators feed the plant over lines of their own. As sized when left out: yes, but for "
        "remote plants with a charge for transport.",
    )
    smart_metering: bool | None = Field(
        default=None, description="Whether metering shows which power the electrolyser takes (RFNBO, Art. 3)."
    )
    same_zone: bool | None = Field(
        default=None,
        description="Whether generators stand in the plant's bidding zone or one that counts as it (RFNBO, Art. 7), in "
        "its region (45V). Yes when left out and all of them stand at the site.",
    )
    zone_renewable_share: Share | None = Field(
        default=None, description="Renewable share of the bidding zone in the year before (RFNBO, Art. 4(1))."
    )
    zone_intensity_g_per_mj: Annotated[float, Field(ge=0, le=500)] | None = Field(
        default=None,
        description="Intensity of the bidding zone's electricity (RFNBO, Art. 4(2)); in the EU the latest table of the "
        "Commission when left out.",
    )
    power_purchase_agreement: bool | None = Field(
        default=None, description="Whether agreements with producers cover the claim (RFNBO, Art. 4(2))."
    )
    generation_aided: bool | None = Field(
        default=None, description="Whether generators received operating or investment aid (RFNBO, Art. 5(b))."
    )
    prevailing_wage: bool | None = Field(
        default=None, description="Whether wage and apprenticeship conditions are met (45V(e)): five times the credit."
    )
    day_ahead_price_eur_per_mwh: DayAhead | None = Field(
        default=None, description="Hourly prices of the zone: cheap hours pass the rule on time (RFNBO, Art. 6)."
    )
    allowance_price_eur_per_t: NonNegative | None = Field(
        default=None, description="EU allowance: hours below 0.36 times this price pass too (RFNBO, Art. 6)."
    )
    grid_intensity_t_co2_per_mwh: IntensitySeries | None = Field(
        default=None, description="Mean or hourly intensity of the grid; the country's yearly mean when left out."
    )
    residual_mix_t_co2_per_mwh: IntensitySeries | None = Field(
        default=None, description="Mean or hourly residual mix (scope 2); the grid's intensity when left out."
    )
    carbon_price_usd_per_t: NonNegative | None = Field(
        default=None,
        description="Price of a CBAM certificate, real USD of 2025; that of the EU's allowance, as dated in "
        "`GET /v1/prices`, when left out.",
    )
    ore_t_co2_per_t: Annotated[float, Field(ge=0, le=5)] | None = Field(
        default=None,
        description="Of pelletising the ore, per t of pellets (near-zero steel, CBAM); the default value of the "
        "country for agglomerated ore when left out, where it has one.",
    )
    carbon_free_energy_target: Share = Field(default=1.0, description="Of the 24/7 score.")
    national_final_energy_twh: Positive | None = Field(
        default=None, description="Final energy consumption of the country (Electrify Now!); not in our tables."
    )
    national_final_electricity_twh: Positive | None = Field(
        default=None, description="Electricity in it, final consumption (Electrify Now!); not in our tables."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        energy, electricity = self.national_final_energy_twh, self.national_final_electricity_twh
        if energy is not None and electricity is not None and electricity > energy:
            message = "cannot exceed national_final_energy_twh"
            raise all_wrong([Wrong(("national_final_electricity_twh",), "conflict", message)])
        return self


Verdict = Literal["met", "not_met", "unknown"]


class RuleFigure(Response):
    """A number that a verdict rests on."""

    name: str
    value: float | None = Field(description="Null where it is not known.")
    unit: str
    threshold: float | None = Field(description="What it is held against; null where there is none.")


class RuleCheck(Response):
    """One condition of a rule."""

    check: str = Field(examples=["temporal_hourly"])
    verdict: Verdict
    reason: str
    article: str
    figures: list[RuleFigure]


class RuleVerdict(Response):
    """One rule. A rule that cannot apply to the process or the country is not listed."""

    rule: str = Field(
        description="eu_rfnbo, us_45v, carbon_free_energy_24_7, iea_near_zero_steel or ghg_protocol_scope2.",
        examples=["eu_rfnbo"],
    )
    title: str
    verdict: Verdict = Field(description="`unknown` where an input is missing that could change it.")
    reasons: list[str] = Field(examples=[["temporal_hourly: met: 100.0000% of the electricity is matched"]])
    figures: list[RuleFigure]
    checks: list[RuleCheck] = Field(description="Each condition by itself, met or not whatever the others say.")
    article: str
    source: str


class ElectrifyNow(Response):
    """The project's contribution to Electrify Now!: 35 % electricity in final energy by 2035, of a whole economy.

    There is no label for one plant. Null where an input is missing.
    """

    before_direct_share: float | None
    after_direct_share: float | None
    before_site_share: float | None
    after_site_share: float | None
    added_electricity_direct_twh: float | None = Field(description="Used directly, less the conventional route's.")
    added_electricity_site_twh: float | None = Field(description="Electrolysis included, less the conventional's.")
    displaced_fuel_twh: float | None = Field(description="Fuel and feedstock of the conventional route less our own.")
    target_share: float
    target_year: int
    country_target_twh: float | None = Field(description="Null without `compliance.national_final_energy_twh`.")
    country_gap_twh: float | None
    share_of_country_gap: float | None
    note: str
