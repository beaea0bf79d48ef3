"""Cost of capital: what it is made of adds up, and a caller's terms enter one by one."""

import pytest

from models.wacc import CapitalTerms, capital_structure, wacc_for
from models.wacc_table import rates, young_technology_premium


def test_every_rate_of_the_table_is_made_of_its_parts() -> None:
    shown = 0
    for (iso3, series), rate in rates().items():
        if rate.parts is None:
            continue
        parts = rate.parts
        debt = parts.debt_share * parts.cost_of_debt * (1.0 - parts.tax_rate)
        nominal = debt + (1.0 - parts.debt_share) * parts.cost_of_equity
        assert nominal == pytest.approx(rate.central, abs=1e-4), (iso3, series)
        shown += 1
    assert shown > 400


def test_the_structure_gives_the_rate() -> None:
    found = capital_structure("SWE", "battery")
    assert found.debt_share is not None
    assert found.cost_of_debt is not None
    assert found.cost_of_equity is not None
    assert found.tax_rate is not None
    assert found.premium == pytest.approx(young_technology_premium())
    debt = found.debt_share * found.cost_of_debt * (1.0 - found.tax_rate)
    nominal = debt + (1.0 - found.debt_share) * found.cost_of_equity + found.premium
    assert nominal == pytest.approx(found.nominal, abs=1e-4)
    assert found.real.value == pytest.approx((1 + found.nominal) / 1.02 - 1)
    assert found.real == wacc_for("SWE", "battery")


def test_terms_of_ones_own() -> None:
    # 60 % debt at 5 % less a quarter tax, 40 % equity at 12 %: 0.6 x 0.05 x 0.75 + 0.4 x 0.12 = 0.0705, over 1.03
    terms = CapitalTerms(debt_share=0.6, cost_of_debt=0.05, cost_of_equity=0.12, tax_rate=0.25, inflation=0.03)
    for technology in ("pv_tracking", "battery"):
        found = capital_structure("SWE", technology, terms)
        assert found.nominal == pytest.approx(0.0705)
        assert found.real.value == pytest.approx(1.0705 / 1.03 - 1)
        assert not found.real.default
    dearer = wacc_for("SWE", "battery", CapitalTerms(cost_of_equity=0.2))
    assert dearer.value > wacc_for("SWE", "battery").value
    assert wacc_for("SWE", "wind_onshore", CapitalTerms(inflation=0.0)).value == pytest.approx(
        capital_structure("SWE", "wind_onshore").nominal
    )


def test_a_country_without_terms_takes_the_worlds_where_one_is_changed() -> None:
    assert capital_structure("RUS", "wind_onshore").debt_share is None
    changed = capital_structure("RUS", "wind_onshore", CapitalTerms(debt_share=0.5))
    assert changed.debt_share == 0.5
    assert changed.cost_of_equity is not None
    assert capital_structure(None, "battery", 0.08).real.value == 0.08
