"""The US credit on intensities done by hand, edges included."""

from typing import Any

import pytest

from models.compliance.finding import Finding, Verdict
from models.compliance.hydrogen import month_number
from models.compliance.hydrogen_45v import credit_band, hydrogen_45v
from tests.unit.rules.cases import facts, power

MET, NOT, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
WHOLE = [25.0] * 4


def measures(found: Finding) -> dict[str, float | None]:
    return {item.name: item.value for item in found.measures}


@pytest.mark.parametrize(
    ("intensity", "band", "base", "full"),
    [
        (0.0, 1, 0.6, 3.0),
        (0.449999, 1, 0.6, 3.0),
        (0.45, 2, 0.2, 1.0),  # not less than 0.45; 33.4 % of 0.60 is 0.2004, rounded to 0.1 cent
        (1.499999, 2, 0.2, 1.0),
        (1.5, 3, 0.15, 0.75),
        (2.5, 4, 0.12, 0.6),
        (4.0, 4, 0.12, 0.6),  # not greater than 4
    ],
)
def test_bands_and_their_edges(intensity: float, band: int, base: float, full: float) -> None:
    found = credit_band(intensity)
    assert found is not None
    assert (found.number, found.credit_base, found.credit_full) == (band, base, full)


def test_beyond_the_bands() -> None:
    assert credit_band(4.000001) is None
    with pytest.raises(ValueError, match="negative"):
        credit_band(-0.1)


def test_matched_in_each_hour() -> None:
    found = hydrogen_45v(power(WHOLE), facts())
    assert found.verdict is MET
    assert measures(found)["well_to_gate_intensity"] == 0.0
    assert measures(found)["credit"] == 3.0


def test_the_grid_in_one_hour_of_2030() -> None:
    """5 of 100 MWh are the grid's: 5 x 0.4 t over 2,000 kg are 1.0 kg/kg, the second band."""
    found = hydrogen_45v(power([30.0, 20.0, 25.0, 25.0]), facts())
    assert measures(found)["well_to_gate_intensity"] == pytest.approx(1.0, rel=1e-12)
    assert (found.verdict, measures(found)["band"], measures(found)["credit"]) == (MET, 2.0, 1.0)
    until_2029 = hydrogen_45v(power([30.0, 20.0, 25.0, 25.0]), facts(year=2029))  # over the year all is matched
    assert (until_2029.verdict, measures(until_2029)["credit"]) == (MET, 3.0)


def test_exactly_on_an_edge_by_hours() -> None:
    """2.25 of 100 MWh x 0.4 t over 2,000 kg are 0.45 kg/kg: the second band, not the first."""
    assert measures(hydrogen_45v(power([25.0, 25.0, 25.0, 22.75]), facts()))["band"] == 2.0
    # 20 of 100 MWh are 4.0 kg/kg: still in
    found = hydrogen_45v(power([25.0, 25.0, 25.0, 5.0]), facts())
    assert (found.verdict, measures(found)["band"]) == (MET, 4.0)
    assert hydrogen_45v(power([25.0, 25.0, 25.0, 4.9]), facts()).verdict is NOT  # 4.02 kg/kg


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"construction_year": 2028}, NOT),
        ({"construction_year": None}, OPEN),
        ({"generation_operation": month_number(2026, 12)}, NOT),  # 37 months: all counts as the grid's, 20 kg/kg
        ({"generation_operation": month_number(2027, 1)}, MET),  # 36 months
        ({"generation_operation": None}, OPEN),
        ({"same_zone": False}, NOT),
        ({"same_zone": None}, OPEN),
    ],
)
def test_pillars_and_deadline(changes: dict[str, Any], verdict: Verdict) -> None:
    found = hydrogen_45v(power(WHOLE), facts(**changes))
    assert found.verdict is verdict
    if verdict is NOT:
        assert measures(found)["credit"] == 0.0


def test_on_a_clean_grid_the_pillars_cannot_matter() -> None:
    """At 0.07 t/MWh all of the grid's is 3.5 kg/kg: in, whatever the pillars."""
    found = hydrogen_45v(power(WHOLE, grid_t_co2_per_mwh=0.07), facts(same_zone=None))
    assert found.verdict is MET


@pytest.mark.parametrize(("wages", "credit"), [(True, 3.0), (False, 0.6), (None, None)])
def test_wages(wages: bool | None, credit: float | None) -> None:
    found = measures(hydrogen_45v(power(WHOLE), facts(prevailing_wage=wages)))
    assert found["credit"] == credit
    assert (found["credit_without_wage_conditions"], found["credit_with_wage_conditions"]) == (0.6, 3.0)


def test_the_deadline_is_recalled_and_says_so() -> None:
    assert hydrogen_45v(power(WHOLE), facts()).recalled == ("us_45v.last_construction_year",)
