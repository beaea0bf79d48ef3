"""Renewable fuel of non-biological origin (EU): when the electricity of hydrogen counts as renewable, and the 70 %.

The routes of Delegated Regulation (EU) 2023/1184 are alternatives: direct line (Art. 3), a zone with more than 90 %
renewables (Art. 4(1)), a zone below 18 g CO2e/MJ (Art. 4(2)), additionality with correlation in time and place
(Art. 4(4)). Power taken in hours of downward redispatch (Art. 4(3)) is not computed. The rule holds inside and outside
the Union, and for hydrogen used as a reductant too (Art. 1 as amended by (EU) 2024/1408).
Every article is cited from a quotation of the text; check the consolidated text before a claim is printed.
"""

from models.compliance.finding import Check, Finding, Measure, Verdict, all_of, any_of, at_most, below, known, percent
from models.compliance.hydrogen import HydrogenFacts, HydrogenPower, age_reason
from models.compliance.matching import matched_by_hour_mwh, matched_by_month_mwh
from models.compliance.rule_table import article, threshold

RULE = "eu_rfnbo"
TEXT = "Delegated Regulation (EU) 2023/1184"
HOURS = 8760.0


def rfnbo(power: HydrogenPower, facts: HydrogenFacts) -> Finding:
    """The verdict for one year of production, with every condition by itself."""
    monthly, hourly = temporal_checks(power)
    temporal = hourly if facts.year >= threshold(RULE, "first_hourly_year") else monthly
    place, age, aid, amount = _place(facts), _age(facts), _aid(facts), _amount(power)
    additional = _joined("additionality", "Art. 5", (amount, age, aid))
    routes = [_direct_line(power, facts)]
    if facts.grid_connected:
        routes += [
            _renewable_zone(power, facts),
            _low_carbon_zone(facts, temporal, place),
            _joined("grid_with_additionality", "Art. 4(4)", (additional, temporal, place)),
        ]
    electricity = any_of([route.verdict for route in routes])
    gas = _greenhouse_gas(power, electricity)
    verdict = all_of([electricity, gas.verdict])
    applied = "hourly" if temporal is hourly else "monthly"
    return Finding(
        rule=RULE,
        title="EU renewable fuel of non-biological origin (RFNBO)",
        verdict=verdict,
        reasons=(
            *(f"{route.name}: {route.verdict}: {route.reason}" for route in routes),
            f"{gas.name}: {gas.verdict}: {gas.reason}",
            f"for production in {facts.year} correlation in time is {applied}; the verdict is for all of the hydrogen: "
            "the matched share of it may count by itself",
            "hydrogen is first in line for the site's own power; hours of redispatch (Art. 4(3)) are not computed",
        ),
        measures=(*temporal.measures, *gas.measures),
        checks=(*routes, additional, monthly, hourly, place, gas),
        article=f"{TEXT}, Art. 3 to 7; Delegated Regulation (EU) 2023/1185, Annex",
        source="Delegated Regulations (EU) 2023/1184, 2023/1185 and 2024/1408, as quoted in public research notes; the "
        "consolidated text decides",
    )


def ghg_limit_g_per_mj() -> float:
    """The most that a fuel may emit: the comparator less the saving.

    >>> ghg_limit_g_per_mj()
    28.2
    """
    return round(threshold(RULE, "fossil_comparator") * (1.0 - threshold(RULE, "ghg_saving")), 9)


def temporal_checks(power: HydrogenPower) -> tuple[Check, Check]:
    """Correlation in time by the month and by the hour (Art. 6), whatever the year.

    By the month what own and contracted generators produced in it counts; by the hour what of it reached the
    electrolysers in the hour or through a store behind the same connection.
    """
    by_month = matched_by_month_mwh(power.claim_mw, power.produced_mw, power.month_of_hour, power.always)
    by_hour = matched_by_hour_mwh(power.claim_mw, power.own_mw, power.always)
    return (
        _temporal("temporal_monthly", by_month / power.claim_mwh, "month", "until 31 December 2029"),
        _temporal("temporal_hourly", by_hour / power.claim_mwh, "hour", "from 1 January 2030"),
    )


def _temporal(name: str, share: float, period: str, when: str) -> Check:
    whole = at_most(1.0, share)
    measure = Measure(f"{name}_matched_share", min(share, 1.0), "share", 1.0)
    reason = f"{percent(min(share, 1.0))} of the electricity is matched within the same {period}"
    return Check(name, Verdict.MET if whole else Verdict.NOT_MET, reason, f"{TEXT}, Art. 6, {when}", (measure,))


def _direct_line(power: HydrogenPower, facts: HydrogenFacts) -> Check:
    share = matched_by_hour_mwh(power.claim_mw, power.own_mw) / power.claim_mwh
    line = known(facts.direct_line)
    age = _age_verdict(facts)
    if not at_most(1.0, share):
        whose = "the grid's" if facts.grid_connected else "not renewable"
        grid, said = Verdict.NOT_MET, f"{percent(1.0 - share)} of its power is {whose}"
    elif not facts.grid_connected:
        grid, said = Verdict.MET, "no grid"
    else:
        grid, said = known(facts.smart_metering), "no power of the grid as sized; smart metering must show it"
    reason = f"direct line {line}; {said}; {age_reason(facts.generation_age_months)}"
    measures = (
        Measure("direct_line_share", share, "share", 1.0),
        _age_measure(facts),
    )
    return Check("direct_line", all_of([line, age, grid]), reason, f"{TEXT}, Art. 3", measures)


def _renewable_zone(power: HydrogenPower, facts: HydrogenFacts) -> Check:
    least, share = threshold(RULE, "zone_renewable_share"), facts.zone_renewable_share
    where = article(RULE, "zone_renewable_share")
    if share is None:
        reason = "the renewable share of the bidding zone in the year before is not given"
        return Check("renewable_zone", Verdict.UNKNOWN, reason, where, (Measure("zone_share", None, "share", least),))
    hours = HOURS * share
    met = below(least, share) and at_most(power.full_load_hours, hours)
    reason = f"zone at {share:.2%} renewables; {power.full_load_hours:,.0f} of at most {hours:,.0f} full-load hours"
    measures = (
        Measure("zone_share", share, "share", least),
        Measure("electrolyser_full_load_hours", power.full_load_hours, "h/year", hours),
    )
    return Check("renewable_zone", Verdict.MET if met else Verdict.NOT_MET, reason, where, measures)


def _low_carbon_zone(facts: HydrogenFacts, temporal: Check, place: Check) -> Check:
    most, value = threshold(RULE, "zone_intensity"), facts.zone_g_per_mj
    where = article(RULE, "zone_intensity")
    zone = known(None if value is None else below(value, most))
    agreement = known(facts.power_purchase_agreement)
    verdict = all_of([zone, agreement, temporal.verdict, place.verdict])
    said = "not given" if value is None else f"{value:g} g CO2e/MJ against {most:g}"
    reason = (
        f"intensity of the zone {said}; power purchase agreement {agreement}; {temporal.name} {temporal.verdict}; "
        f"{place.name} {place.verdict}"
    )
    return Check("low_carbon_zone", verdict, reason, where, (Measure("zone_intensity", value, "g CO2e/MJ", most),))


def _place(facts: HydrogenFacts) -> Check:
    verdict = known(facts.same_zone)
    reason = {
        Verdict.MET: "generators stand in the electrolyser's bidding zone, or in one that counts as it",
        Verdict.NOT_MET: "generators stand in a bidding zone that does not count",
        Verdict.UNKNOWN: "where the generators stand by bidding zone is not given",
    }[verdict]
    return Check("geographic", verdict, reason, f"{TEXT}, Art. 7(1)")


def _age(facts: HydrogenFacts) -> Check:
    if _waived(facts):
        reason = "waived until 2038: the plant comes into operation before 2028"
        return Check("age", Verdict.MET, reason, f"{TEXT}, Art. 11", (_age_measure(facts),))
    verdict = _age_verdict(facts)
    reason = age_reason(facts.generation_age_months)
    return Check("age", verdict, reason, f"{TEXT}, Art. 5(a)", (_age_measure(facts),))


def _aid(facts: HydrogenFacts) -> Check:
    if _waived(facts):
        return Check("aid", Verdict.MET, "waived until 2038", f"{TEXT}, Art. 11")
    verdict = known(None if facts.generation_aided is None else not facts.generation_aided)
    said = {True: "received", False: "did not receive"}
    reason = (
        "whether the generators received aid is not given"
        if facts.generation_aided is None
        else f"the generators {said[facts.generation_aided]} operating or investment aid"
    )
    return Check("aid", verdict, reason, f"{TEXT}, Art. 5(b)")


def _waived(facts: HydrogenFacts) -> bool:
    if facts.plant_operation is None:
        return False
    early = facts.plant_operation // 12 < threshold(RULE, "first_year_without_waiver")
    return early and facts.year < threshold(RULE, "waiver_ends")


def _amount(power: HydrogenPower) -> Check:
    produced, claim = float(power.produced_mw.sum()), power.claim_mwh
    met = at_most(claim / produced, 1.0) if produced > 0.0 else False
    reason = f"own and contracted generators produce {produced / claim:.3f} times the electricity of the hydrogen"
    measures = (Measure("produced_over_claimed", produced / claim, "ratio", 1.0),)
    return Check("amount", Verdict.MET if met else Verdict.NOT_MET, reason, f"{TEXT}, Art. 5", measures)


def _joined(name: str, where: str, checks: tuple[Check, ...]) -> Check:
    reason = "; ".join(f"{check.name} {check.verdict} ({check.reason})" for check in checks)
    measures = tuple(measure for check in checks for measure in check.measures)
    return Check(name, all_of([check.verdict for check in checks]), reason, f"{TEXT}, {where}", measures)


def _age_verdict(facts: HydrogenFacts) -> Verdict:
    months = facts.generation_age_months
    return known(None if months is None else months <= threshold(RULE, "generation_age_months"))


def _age_measure(facts: HydrogenFacts) -> Measure:
    months = facts.generation_age_months
    value = None if months is None else float(months)
    return Measure("generation_age_months", value, "months", threshold(RULE, "generation_age_months"))


def _greenhouse_gas(power: HydrogenPower, electricity: Verdict) -> Check:
    """At most 94 x (1 - 0.7) g CO2e/MJ; fully renewable electricity counts at nil (Annex, Part A, point 5)."""
    most, lhv = ghg_limit_g_per_mj(), threshold(RULE, "hydrogen_mj_per_kg")
    taken = power.claim_mwh - matched_by_hour_mwh(power.claim_mw, power.own_mw)
    taken = 0.0 if at_most(taken / power.claim_mwh, 0.0) else taken
    worst = power.kg_co2_per_kg(taken)
    grams = None if worst is None else 1000.0 * worst / lhv
    if electricity is Verdict.MET:
        grams, verdict, said = 0.0, Verdict.MET, "the electricity counts as fully renewable, at nil"
    elif grams is None:
        verdict, said = Verdict.UNKNOWN, "the intensity of the grid's power is not known"
    elif at_most(grams, most):
        verdict, said = Verdict.MET, "power of the grid at its mean intensity"
    else:
        verdict = Verdict.UNKNOWN if electricity is Verdict.UNKNOWN else Verdict.NOT_MET
        said = "power of the grid at its mean intensity; nil where it turns out to be fully renewable"
    measures = (
        Measure("greenhouse_gas_intensity", grams, "g CO2e/MJ", most),
        Measure(
            "greenhouse_gas_intensity_per_kg",
            None if grams is None else grams * lhv / 1000.0,
            "kg CO2e/kg",
            round(most * lhv / 1000.0, 9),
        ),
    )
    reason = f"{said}; transport and other inputs than electricity are not counted"
    where = article(RULE, "fossil_comparator")
    return Check("greenhouse_gas", verdict, reason, f"{where}; Directive (EU) 2018/2001, Art. 29a", measures)
