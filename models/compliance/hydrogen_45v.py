"""US clean hydrogen production credit (26 U.S.C. 45V): band by well-to-gate intensity, three pillars, deadline.

Intensity counts the grid's power that is not matched; the law asks for the GREET model, which also counts what this
leaves out (water, leaks), so a value close to the edge of a band needs GREET.
"""

from dataclasses import dataclass
from functools import cache

from models.compliance.finding import Check, Finding, Measure, Verdict, all_of, at_most, below, known, percent
from models.compliance.hydrogen import HydrogenFacts, HydrogenPower, age_reason
from models.compliance.matching import matched_by_hour_mwh, matched_over_all_mwh
from models.compliance.rule_table import article, recalled, threshold, threshold_figure
from models.money import read_table

RULE = "us_45v"
COUNTRIES = ("USA", "PRI", "GUM", "VIR", "ASM", "MNP")  # the United States and its possessions, 45V(c)(2)(B)


@dataclass(frozen=True, slots=True)
class CreditBand:
    """One band: at least and below, kg CO2e/kg; credit in USD/kg at the statute's amounts, which are indexed.

    credit_base : without, credit_full : with the wage and apprenticeship conditions.
    """

    number: int
    at_least: float
    below: float
    credit_base: float
    credit_full: float
    article: str


@cache
def credit_bands() -> tuple[CreditBand, ...]:
    """The bands of 45V(b)(2), cleanest first; amounts rounded to 0.1 cent as (b)(1) says."""
    bands = []
    for row in read_table("rules_45v_bands.csv"):
        base = round(float(row["percentage"]) * threshold(RULE, "base_credit"), 3)
        bands.append(
            CreditBand(
                number=int(row["band"]),
                at_least=float(row["at_least_kg_co2e_per_kg"]),
                below=float(row["below_kg_co2e_per_kg"]),
                credit_base=base,
                credit_full=base * threshold(RULE, "wage_multiplier"),
                article=row["article"],
            )
        )
    return tuple(bands)


def credit_band(kg_co2_per_kg: float) -> CreditBand | None:
    """The band of an intensity; None above 4 kg CO2e/kg. Lower edges belong to the dirtier band, 4 itself is in.

    Raises ValueError where the intensity is negative.
    """
    if not kg_co2_per_kg >= 0.0:
        raise ValueError("the intensity must not be negative")
    *inner, last = credit_bands()
    for band in inner:
        if below(kg_co2_per_kg, band.below):
            return band
    return last if at_most(kg_co2_per_kg, last.below) else None


def hydrogen_45v(power: HydrogenPower, facts: HydrogenFacts) -> Finding:
    """Band, credit and conditions for hydrogen made in the United States in one year."""
    by_hour = facts.year >= threshold(RULE, "first_hourly_year")
    matched = (
        matched_by_hour_mwh(power.claim_mw, power.own_mw)
        if by_hour
        else matched_over_all_mwh(power.claim_mw, power.produced_mw)
    )
    share = matched / power.claim_mwh
    pillars = (_incrementality(facts), _temporal(share, by_hour), _deliverability(facts))
    certificates = all_of([pillars[0].verdict, pillars[2].verdict])
    counted = 0.0 if certificates is Verdict.NOT_MET else share
    intensity = power.kg_co2_per_kg(0.0 if at_most(1.0, counted) else (1.0 - counted) * power.claim_mwh)
    band = None if intensity is None else credit_band(intensity)
    without = power.kg_co2_per_kg(power.claim_mwh)
    sure = certificates is not Verdict.UNKNOWN or (without is not None and credit_band(without) is not None)
    deadline = _deadline(facts)
    checks = (_intensity_check(intensity, band, counted, sure), *pillars, deadline)
    verdict = all_of([checks[0].verdict, deadline.verdict])
    credit = _credit(band, facts) if verdict is not Verdict.NOT_MET else 0.0
    return Finding(
        rule=RULE,
        title="US clean hydrogen production credit (45V)",
        verdict=verdict,
        reasons=(
            *(f"{check.name}: {check.verdict}: {check.reason}" for check in checks),
            "power that is not matched, or whose generators fail a pillar, counts at the mean intensity of the grid; "
            "GREET decides what is paid",
            _wages(facts),
        ),
        measures=(
            Measure("well_to_gate_intensity", intensity, "kg CO2e/kg", credit_bands()[-1].below),
            Measure("band", None if band is None else float(band.number), "band (1 is the cleanest)"),
            Measure("credit_with_wage_conditions", None if band is None else band.credit_full, "USD/kg, nominal"),
            Measure("credit_without_wage_conditions", None if band is None else band.credit_base, "USD/kg, nominal"),
            Measure("credit", credit, "USD/kg, nominal"),
            Measure("credit_years", threshold(RULE, "credit_years"), "years"),
        ),
        checks=checks,
        article="26 U.S.C. 45V; 26 CFR 1.45V-4",
        source="United States Code, title 26, section 45V, as amended by Public Law 119-21 (recalled); ReEDS "
        "documentation of the final rule; amounts are those of the statute and are indexed to inflation from 2022",
        recalled=recalled([threshold_figure(RULE, "last_construction_year")]),
    )


def _intensity_check(intensity: float | None, band: CreditBand | None, counted: float, sure: bool) -> Check:
    said = f"{percent(counted)} of the electricity counts as matched"
    if intensity is None:
        return Check("intensity", Verdict.UNKNOWN, f"{said}; the grid's intensity is not known", "26 U.S.C. 45V(b)(2)")
    verdict = Verdict.NOT_MET if band is None else Verdict.MET if sure else Verdict.UNKNOWN
    place = "above 4 kg CO2e/kg" if band is None else f"band {band.number}"
    condition = "" if sure or band is None else ", if the pillars hold that are not known"
    where = "26 U.S.C. 45V(c)(2)(A)" if band is None else band.article
    measure = Measure("well_to_gate_intensity", intensity, "kg CO2e/kg", credit_bands()[-1].below)
    return Check("intensity", verdict, f"{intensity:.4g} kg CO2e/kg, {place}{condition}; {said}", where, (measure,))


def _incrementality(facts: HydrogenFacts) -> Check:
    most, months = threshold(RULE, "generation_age_months"), facts.generation_age_months
    verdict = known(None if months is None else months <= most)
    measure = Measure("generation_age_months", None if months is None else float(months), "months", most)
    where = article(RULE, "generation_age_months")
    return Check("incrementality", verdict, age_reason(months), where, (measure,))


def _temporal(share: float, by_hour: bool) -> Check:
    period = "hour (from 2030)" if by_hour else "year (to the end of 2029)"
    verdict = Verdict.MET if at_most(1.0, share) else Verdict.NOT_MET
    reason = f"{percent(min(share, 1.0))} matched within the {period}"
    measure = Measure("matched_share", min(share, 1.0), "share", 1.0)
    return Check("temporal_matching", verdict, reason, article(RULE, "first_hourly_year"), (measure,))


def _deliverability(facts: HydrogenFacts) -> Check:
    verdict = known(facts.same_zone)
    reason = {
        Verdict.MET: "generators stand in the plant's region",
        Verdict.NOT_MET: "generators stand in another region",
        Verdict.UNKNOWN: "the region of the generators is not given",
    }[verdict]
    return Check("deliverability", verdict, reason, "26 CFR 1.45V-4(d)(3)(iii)")


def _deadline(facts: HydrogenFacts) -> Check:
    last, year = threshold(RULE, "last_construction_year"), facts.construction_year
    verdict = known(None if year is None else year <= last)
    reason = "the year in which construction begins is not given" if year is None else f"construction begins in {year}"
    measure = Measure("construction_year", None if year is None else float(year), "year", last)
    return Check("construction_begins", verdict, reason, article(RULE, "last_construction_year"), (measure,))


def _credit(band: CreditBand | None, facts: HydrogenFacts) -> float | None:
    if band is None or facts.prevailing_wage is None:
        return None
    return band.credit_full if facts.prevailing_wage else band.credit_base


def _wages(facts: HydrogenFacts) -> str:
    said = {
        None: "whether they are met is not given: both amounts are stated",
        True: "met as the caller states: five times the base amount",
        False: "not met as the caller states: the base amount",
    }
    return f"wage and apprenticeship conditions (45V(e)): {said[facts.prevailing_wage]}"
