"""Emissions and rules as the answer states them."""

from models.compliance import cbam
from models.compliance.finding import Finding, Measure
from models.demand.load import Demand
from models.emissions import Emissions
from service.ruling.rules import Ruling
from service.schemas import compliance as rules
from service.schemas import emissions as schema

TARGET_YEAR = 2035
CONTRIBUTION_NOTE = (
    "Electricity's share of final energy is a goal of whole economies: this is the project's contribution, never a "
    "label of the plant."
)
NO_NATIONAL = (
    " The country's final energy is not in our tables: give compliance.national_final_energy_twh and _electricity_twh."
)


def emissions_answer(found: Emissions, ruling: Ruling, product_per_year: float) -> schema.Emissions:
    """Total, scopes, life cycle and border adjustment."""
    band = found.conventional_per_unit if found.product_unit == "t" else None
    return schema.Emissions(
        t_co2_per_year=found.t_co2_per_year,
        t_co2_per_t=found.t_co2_per_t,
        t_co2_per_unit=found.t_co2_per_unit,
        direct_t_co2_per_year=found.direct_t_co2_per_year,
        grid_t_co2_per_year=found.grid_t_co2_per_year,
        upstream_t_co2_per_year=found.upstream_t_co2_per_year,
        conventional_t_co2_per_t=found.conventional_t_co2_per_t,
        conventional_t_co2_per_unit=found.conventional_t_co2_per_unit,
        conventional_low_t_co2_per_t=None if band is None else band.low,
        conventional_high_t_co2_per_t=None if band is None else band.high,
        avoided_t_co2_per_year=found.avoided_t_co2_per_year,
        conventional_route=found.conventional_route,
        scopes=[
            schema.ScopeEmissions(
                scope=row.scope,
                before_t_co2_per_year=row.before_t_per_year,
                after_t_co2_per_year=row.after_t_per_year,
                before_t_co2_per_unit=row.before_t_per_unit,
                after_t_co2_per_unit=row.after_t_per_unit,
            )
            for row in ruling.scopes
        ],
        life_cycle_generation_t_co2_per_year=ruling.life_cycle_t_per_year,
        life_cycle_generation_t_co2_per_unit=ruling.life_cycle_t_per_year / product_per_year,
        border_adjustment=_border(ruling, product_per_year),
        border_adjustment_reason=ruling.no_border,
    )


def _border(ruling: Ruling, product_per_year: float) -> schema.BorderAdjustment | None:
    border = ruling.border
    if border is None:
        return None
    default = border.default
    ore = (
        "" if ruling.ore_t_per_t is None else f" Of the plant's own figure {ruling.ore_t_per_t:.3g} t/t are the ore's."
    )
    counted = "direct and electricity" if default.good in cbam.WITH_ELECTRICITY else "direct alone"
    return schema.BorderAdjustment(
        good=default.good,
        cn_code=default.cn_code,
        origin_listed=default.listed,
        year=border.year,
        default_direct_t_co2e_per_t=default.direct,
        default_indirect_t_co2e_per_t=default.indirect,
        default_t_co2e_per_t=default.counted,
        default_with_markup_t_co2e_per_t=border.default_t_per_t,
        default_benchmark_t_co2e_per_t=border.default_benchmark,
        own_t_co2e_per_t=border.own_t_per_t,
        own_benchmark_t_co2e_per_t=border.own_benchmark,
        factor=border.factor,
        factor_by_year={str(year): factor for year, factor in border.factor_by_year.items()},
        default_certificates_per_t=border.default_certificates_per_t,
        own_certificates_per_t=border.own_certificates_per_t,
        default_cost_usd_per_t=border.usd_per_t(border.default_certificates_per_t),
        own_cost_usd_per_t=border.usd_per_t(border.own_certificates_per_t),
        certificate_price_usd_per_t=border.price_usd_per_t,
        saved_usd_per_year=border.usd_per_t(border.saved_certificates_per_t) * product_per_year,
        note=f"Counted: {counted}.{ore} Own figures need verification; a carbon price paid at the origin is left out.",
    )


def compliance_answer(findings: tuple[Finding, ...]) -> list[rules.RuleVerdict]:
    """The verdicts."""
    return [
        rules.RuleVerdict(
            rule=found.rule,
            title=found.title,
            verdict=found.verdict.value,
            reasons=list(found.reasons),
            figures=_figures(found.measures),
            checks=[
                rules.RuleCheck(
                    check=check.name,
                    verdict=check.verdict.value,
                    reason=check.reason,
                    article=check.article,
                    figures=_figures(check.measures),
                )
                for check in found.checks
            ],
            article=found.article,
            source=found.source,
        )
        for found in findings
    ]


def _figures(measures: tuple[Measure, ...]) -> list[rules.RuleFigure]:
    return [
        rules.RuleFigure(name=item.name, value=item.value, unit=item.unit, threshold=item.threshold)
        for item in measures
    ]


def electrify_answer(demand: Demand, ruling: Ruling) -> rules.ElectrifyNow:
    """Shares before and after, and the contribution."""
    share, found = demand.electricity_share, ruling.electrify
    return rules.ElectrifyNow(
        before_direct_share=share.before_direct,
        after_direct_share=share.after_direct,
        before_site_share=share.before_site,
        after_site_share=share.after_site,
        added_electricity_direct_twh=found.added_direct_twh,
        added_electricity_site_twh=found.added_site_twh,
        displaced_fuel_twh=found.displaced_twh,
        target_share=found.target_share,
        target_year=TARGET_YEAR,
        country_target_twh=found.country_target_twh,
        country_gap_twh=found.country_gap_twh,
        share_of_country_gap=found.share_of_gap,
        note=CONTRIBUTION_NOTE + ("" if found.country_gap_twh is not None else NO_NATIONAL),
    )
