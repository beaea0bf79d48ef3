"""RFNBO on hours done by hand: each route, each condition, each edge."""

from typing import Any

import numpy as np
import pytest

from models.compliance.finding import Check, Finding, Verdict
from models.compliance.hydrogen import month_number
from models.compliance.rfnbo import ghg_limit_g_per_mj, rfnbo, temporal_checks
from tests.unit.rules.cases import facts, power

MET, NOT, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
# 30 + 20 in the first month and 25 + 25 in the second cover the months (50 each), but not the second hour
BY_MONTH = [30.0, 20.0, 25.0, 25.0]
WHOLE = [25.0] * 4


def check(found: Finding, name: str) -> Check:
    return next(item for item in found.checks if item.name == name)


def test_by_the_month_and_by_the_hour() -> None:
    month, hour = temporal_checks(power(BY_MONTH))
    assert (month.verdict, hour.verdict) == (MET, NOT)
    assert month.measures[0].value == 1.0
    assert hour.measures[0].value == (25 + 20 + 25 + 25) / 100


@pytest.mark.parametrize(("year", "verdict"), [(2029, MET), (2030, NOT)])
def test_the_hour_counts_from_2030(year: int, verdict: Verdict) -> None:
    found = rfnbo(power(BY_MONTH), facts(year=year))
    assert check(found, "grid_with_additionality").verdict is verdict
    assert (check(found, "temporal_monthly").verdict, check(found, "temporal_hourly").verdict) == (MET, NOT)
    assert found.verdict is verdict


def test_a_cheap_hour_always_passes() -> None:
    cheap = np.array([False, True, False, False])
    assert rfnbo(power(BY_MONTH, always=cheap), facts()).verdict is MET


@pytest.mark.parametrize(
    ("months_before", "verdict"), [(36, MET), (37, NOT), (0, MET), (-12, MET)]
)  # 36 months before is still in time
def test_additionality_ends_after_36_months(months_before: int, verdict: Verdict) -> None:
    stated = facts(plant_operation=month_number(2030, 1), generation_operation=month_number(2030, 1) - months_before)
    assert rfnbo(power(WHOLE), stated).verdict is verdict


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"generation_aided": True}, NOT),
        ({"generation_aided": None}, OPEN),
        ({"same_zone": False}, NOT),
        ({"same_zone": None}, OPEN),
        ({"generation_operation": None}, OPEN),
        # in operation before 2028: neither age nor aid count until 2038
        ({"plant_operation": month_number(2027, 12), "generation_operation": 12, "generation_aided": True}, MET),
        ({"plant_operation": month_number(2028, 1), "generation_operation": 12}, NOT),
        (
            {"plant_operation": month_number(2027, 12), "generation_operation": 12, "year": 2038},
            NOT,
        ),
    ],
)
def test_additionality_and_place(changes: dict[str, Any], verdict: Verdict) -> None:
    assert rfnbo(power(WHOLE), facts(**changes)).verdict is verdict


def test_too_little_is_produced() -> None:
    found = rfnbo(power(WHOLE, produced=[25.0, 25.0, 25.0, 24.0]), facts())
    assert check(found, "additionality").verdict is NOT
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("share", "hours", "verdict"),
    [
        (0.9, 5000.0, NOT),  # must exceed 90 %
        (0.901, 5000.0, MET),
        (0.95, 8322.0, MET),  # 8,760 x 0.95 = 8,322
        (0.95, 8323.0, NOT),
        (None, 5000.0, OPEN),
    ],
)
def test_a_zone_of_renewables(share: float | None, hours: float, verdict: Verdict) -> None:
    found = rfnbo(power([0.0] * 4, full_load_hours=hours), facts(zone_renewable_share=share))
    assert check(found, "renewable_zone").verdict is verdict
    assert found.verdict is verdict
    if verdict is MET:
        assert check(found, "greenhouse_gas").measures[0].value == 0.0


@pytest.mark.parametrize(
    ("intensity", "agreement", "verdict"),
    [(17.99, True, MET), (18.0, True, NOT), (17.99, False, NOT), (17.99, None, OPEN), (None, True, OPEN)],
)
def test_a_low_carbon_zone_waives_additionality(
    intensity: float | None, agreement: bool | None, verdict: Verdict
) -> None:
    stated = facts(
        zone_g_per_mj=intensity, power_purchase_agreement=agreement, generation_operation=12, generation_aided=True
    )
    assert check(rfnbo(power(WHOLE), stated), "low_carbon_zone").verdict is verdict
    assert rfnbo(power(WHOLE), stated).verdict is verdict
    assert rfnbo(power(BY_MONTH), stated).verdict is not MET  # correlation in time still binds


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, MET),
        ({"generation_operation": month_number(2026, 12)}, NOT),  # 37 months
        ({"generation_operation": month_number(2027, 1)}, MET),  # 36 months
        ({"direct_line": None}, OPEN),
        ({"direct_line": False}, NOT),
        ({"generation_aided": True, "same_zone": False}, MET),  # neither is asked for on a direct line
    ],
)
def test_off_the_grid_a_direct_line_is_all_there_is(changes: dict[str, Any], verdict: Verdict) -> None:
    found = rfnbo(power(WHOLE), facts(grid_connected=False, **({"direct_line": True} | changes)))
    assert found.verdict is verdict
    assert {item.name for item in found.checks} >= {"direct_line", "temporal_monthly", "temporal_hourly"}


@pytest.mark.parametrize(("metering", "verdict"), [(True, MET), (None, OPEN), (False, NOT)])
def test_on_the_grid_a_direct_line_needs_metering(metering: bool | None, verdict: Verdict) -> None:
    stated = facts(direct_line=True, smart_metering=metering, generation_aided=True)  # no other route
    assert rfnbo(power(WHOLE), stated).verdict is verdict
    some_of_the_grid = rfnbo(power([25.0, 25.0, 25.0, 24.0]), stated)
    assert check(some_of_the_grid, "direct_line").verdict is NOT


def test_seventy_per_cent_exactly() -> None:
    """2,000 kg at 3.384 kg are 6.768 t: of 100 MWh, 16.92 MWh at 0.4 t/MWh."""
    assert ghg_limit_g_per_mj() == 28.2
    edge = power([25.0, 25.0, 25.0, 25.0 - 16.92])
    gas = check(rfnbo(edge, facts()), "greenhouse_gas")
    assert gas.verdict is MET
    assert gas.measures[0].value == pytest.approx(28.2, rel=1e-12)
    assert gas.measures[1].value == pytest.approx(3.384, rel=1e-12)
    assert gas.measures[1].threshold == 3.384
    over = check(rfnbo(power([25.0, 25.0, 25.0, 25.0 - 16.93]), facts()), "greenhouse_gas")
    assert over.verdict is NOT  # 28.2167 g/MJ, and not renewable in the hour
    unknown_grid = power([25.0, 25.0, 25.0, 0.0], grid_t_co2_per_mwh=None)
    assert check(rfnbo(unknown_grid, facts()), "greenhouse_gas").verdict is OPEN


def test_every_condition_names_its_article() -> None:
    found = rfnbo(power(WHOLE), facts())
    assert all("Art." in item.article or "Annex" in item.article for item in found.checks)
    assert len(found.reasons) == 7  # four routes, greenhouse gas, what is applied, what is left out


def test_no_hydrogen_is_no_case() -> None:
    with pytest.raises(ValueError, match="no hydrogen"):
        power(WHOLE, claim_mw=np.zeros(4))
