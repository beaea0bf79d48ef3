"""The rules on one assessment: which can apply, what each finds, what a tonne owes at the EU's border."""

from dataclasses import dataclass

import numpy as np

from models.compliance import cbam, hydrogen_45v
from models.compliance.carbon_free_energy import carbon_free_energy
from models.compliance.electrify_now import ElectrifyNow, electrify_now
from models.compliance.finding import Finding
from models.compliance.near_zero_steel import near_zero_steel
from models.compliance.rfnbo import rfnbo
from models.compliance.rule_table import rule_product
from models.compliance.scope2 import Scope2, scope2, scope2_finding
from models.compliance.zones import zone_intensity
from models.country_electricity import CountryElectricity
from models.demand.load import Demand
from models.emissions import Emissions
from models.figure import Figure, Status
from models.life_cycle import life_cycle_intensities, life_cycle_t
from models.notice import Notice
from models.prices import certificate_price
from models.scopes import ScopeRow, scope_rows
from models.sizing.dispatch import Dispatch
from models.sizing.solution import Solution
from service.answer.supply import carbon_free_score
from service.case.facts import SiteFacts
from service.ruling.grid_carbon import GridCarbon
from service.ruling.hydrogen_rules import hydrogen_facts, hydrogen_power, not_renewable_mw, year_of
from service.schemas.assessment import AssessmentRequest
from service.supply.plan import SupplyPlan


@dataclass(frozen=True, slots=True, eq=False)
class RuleCase:
    """What the rules look at."""

    request: AssessmentRequest
    facts: SiteFacts
    plan: SupplyPlan
    demand: Demand
    solution: Solution
    dispatch: Dispatch
    electricity: CountryElectricity
    emissions: Emissions
    carbon: GridCarbon


@dataclass(frozen=True, slots=True, eq=False)
class Ruling:
    """What was found. `figures` and `warnings` are for the provenance and the warnings of the answer."""

    findings: tuple[Finding, ...]
    scopes: tuple[ScopeRow, ...]
    life_cycle_t_per_year: float
    border: cbam.CbamExposure | None
    no_border: str | None
    ore_t_per_t: float | None
    electrify: ElectrifyNow
    figures: tuple[Figure, ...]
    warnings: tuple[Notice, ...]


def ruling_of(case: RuleCase) -> Ruling:
    """Every rule that can apply to the process and its country."""
    request, demand, carbon = case.request, case.demand, case.carbon
    asked, iso3 = request.compliance, case.plan.country
    exchange = scope2(carbon.import_mw, carbon.export_mw, carbon.hourly, carbon.residual, case.solution.problem.yearly)
    ore = _ore(case)
    border = _border(case, ore)
    findings = (*_of_hydrogen(case), *_of_power(case, exchange), *_of_steel(case, ore))
    residual = None if carbon.residual is None else float(np.mean(carbon.residual))
    product = demand.product_per_year
    return Ruling(
        findings=findings,
        scopes=scope_rows(case.emissions, exchange, product, float(np.mean(carbon.hourly)), residual),
        life_cycle_t_per_year=life_cycle_t(_generation(case)),
        border=border,
        no_border=None if border else cbam_reason(demand, iso3),
        ore_t_per_t=None if ore is None else ore.value,
        electrify=electrify_now(demand, asked.national_final_energy_twh, asked.national_final_electricity_twh),
        figures=(
            *(figure for name, figure in life_cycle_intensities().items() if name in _generation(case)),
            *(cbam.figures(border, iso3) if border else ()),
            *([certificate_price(asked.carbon_price_usd_per_t)] if border else []),
            *([ore] if ore else []),
            *_zone_figures(case, findings),
        ),
        warnings=_warnings(findings, exchange, border),
    )


def _of_hydrogen(case: RuleCase) -> list[Finding]:
    iso3 = case.plan.country
    known = case.request, case.facts, case.demand, case.solution, case.carbon, iso3
    power = hydrogen_power(*known)
    renewable = hydrogen_power(*known, not_renewable_mw(case.request, case.solution))
    if power is None or renewable is None:
        return []
    stated = hydrogen_facts(case.request, case.plan, case.dispatch, iso3)
    found = [rfnbo(renewable, stated)]
    if iso3 in hydrogen_45v.COUNTRIES:
        found.append(hydrogen_45v.hydrogen_45v(power, stated))
    return found


def _of_power(case: RuleCase, exchange: Scope2) -> list[Finding]:
    score = carbon_free_score(case.solution, case.electricity)
    target = case.request.compliance.carbon_free_energy_target
    return [*([] if score is None else [carbon_free_energy(score, target)]), scope2_finding(exchange)]


def _of_steel(case: RuleCase, ore: Figure | None) -> list[Finding]:
    if not rule_product(case.demand.process.id).crude_steel:
        return []
    emissions, scrap = case.emissions, _scrap_share(case.demand)
    upstream = emissions.upstream_t_co2_per_year / case.demand.product_per_year
    added = 0.0 if scrap >= 1.0 else None if ore is None else 1000.0 * ore.value
    return [near_zero_steel(1000.0 * (emissions.t_co2_per_unit + upstream), scrap, added)]


def _ore(case: RuleCase) -> Figure | None:
    """t CO2e of pelletising the ore per t of product; None where the product needs none, or it is not known."""
    pellets, asked = rule_product(case.demand.process.id).pellets, case.request.compliance.ore_t_co2_per_t
    default = cbam.cbam_default("agglomerated_iron_ore", case.plan.country)
    share = 1.0 - _scrap_share(case.demand)
    if pellets is None or share <= 0.0 or (asked is None and not default.listed):
        return None
    of_ore, source = (default.counted, cbam.SOURCE) if asked is None else (asked, "given by the caller")
    return Figure(
        name="steel.ore_pelletising_co2",
        value=share * pellets.value * of_ore,
        unit="t CO2e/t",
        source=f"pellets {pellets.source}; ore: {source}",
        status=Status.DERIVED,
        note=f"{share * pellets.value:.3g} t of pellets x {of_ore:g} t CO2e/t",
    )


def _scrap_share(demand: Demand) -> float:
    fixed = rule_product(demand.process.id).scrap_share
    return float(demand.parameters.get("scrap_share", 0.0)) if fixed is None else fixed


def _border(case: RuleCase, ore: Figure | None) -> cbam.CbamExposure | None:
    product, emissions = rule_product(case.demand.process.id), case.emissions
    if product.cbam_good is None or not case.demand.process.per_tonne:
        return None
    own = emissions.direct_t_co2_per_year
    if product.cbam_good in cbam.WITH_ELECTRICITY:
        own += emissions.grid_t_co2_per_year
    return cbam.exposure(
        good=product.cbam_good,
        iso3=case.plan.country,
        route=product.cbam_route,
        own_t_per_t=own / case.demand.product_per_year + (ore.value if ore else 0.0),
        year=year_of(case.request),
        price_usd_per_t=certificate_price(case.request.compliance.carbon_price_usd_per_t).value,
    )


def cbam_reason(demand: Demand, iso3: str | None) -> str:
    """Why nothing is owed at the border."""
    if rule_product(demand.process.id).cbam_good is None:
        return f"{demand.process.product} is no good of the regulation, or not in our table of them"
    return f"the site lies in a country that is exempt: {cbam.cbam_exempt().get(iso3 or '', 'not known')}"


def _generation(case: RuleCase) -> dict[str, float]:
    """MWh a year that each technology of known life cycle supplies: wind and sun, not what is bought as firm supply."""
    found: dict[str, float] = {}
    for option in case.plan.generators:
        used = max(case.dispatch.generators[option.name].used_mwh, 0.0)
        if used > 0.0 and option.technology in life_cycle_intensities():
            found[option.technology] = found.get(option.technology, 0.0) + used
    return found


def _zone_figures(case: RuleCase, findings: tuple[Finding, ...]) -> list[Figure]:
    zone = zone_intensity(case.plan.country)
    asked = case.request.compliance.zone_intensity_g_per_mj
    uses = any(finding.rule == "eu_rfnbo" for finding in findings)
    return [zone] if zone is not None and asked is None and uses else []


def _warnings(findings: tuple[Finding, ...], exchange: Scope2, border: cbam.CbamExposure | None) -> tuple[Notice, ...]:
    found = []
    open_rules = [finding.rule for finding in findings if finding.verdict == "unknown"]
    if open_rules:
        detail = f"inputs are missing in `compliance` for: {', '.join(open_rules)}; the reasons say which"
        found.append(Notice("compliance_inputs_missing", detail))
    if exchange.location_t_per_year > 0.0 and not exchange.residual_known:
        detail = "no residual mix is given: the grid's mean intensity stands in for it in market-based scope 2"
        found.append(Notice("residual_mix_unknown", detail))
    if border is not None:
        detail = "the cross-sectoral correction of free allocation is not published for these years: 1 is taken"
        found.append(Notice("cbam_correction_unknown", detail))
    recalled = [name for finding in findings for name in finding.recalled]
    if recalled:
        detail = f"thresholds from general knowledge or summaries, low confidence: {', '.join(recalled)}"
        found.append(Notice("recalled_rules", detail))
    return tuple(found)
