"""The yearly cash flow against closed forms: what the levelised cost implies, replacements, tax and support by hand."""

from dataclasses import replace

import pytest

from models.cash_flow import Project, cash_flow
from models.figure import Figure
from models.finance import crf
from models.incentives import (
    BANDS_45V,
    ContractForDifference,
    Incentives,
    credit_45v,
    support_per_unit,
    years_45v,
)
from models.investment import construction_factor
from models.plant_cost import Asset

PLAIN = Project(
    assets=[Asset("plant", 1000.0, 20.0)],
    eligible_usd=1000.0,
    product_per_year=10.0,
    price_usd_per_unit=15.0,
    operation_usd_per_year=30.0,
    hydrogen_kg_per_year=50.0,
    rate=0.07,
    tax_rate=0.25,
    years=20,
)


@pytest.mark.parametrize("construction_years", [0, 1, 3])
def test_at_the_levelised_cost_the_project_is_worth_nothing(construction_years: int) -> None:
    invested = 1000 * construction_factor(0.07, construction_years)
    levelised = (invested * crf(0.07, 20) + 30) / 10
    found = cash_flow(replace(PLAIN, price_usd_per_unit=levelised, construction_years=construction_years))
    assert found.levelised_price_usd_per_unit == pytest.approx(levelised, rel=1e-12)
    assert found.npv_before_tax_usd == pytest.approx(0.0, abs=1e-9)
    assert found.irr_before_tax == pytest.approx(0.07, rel=1e-8)


def test_npv_and_payback_in_closed_form() -> None:
    # 15 x 10 - 30 = 120 a year for 20 years on 1,000
    found = cash_flow(PLAIN)
    assert found.npv_before_tax_usd == pytest.approx(-1000 + 120 * (1 - 1.07**-20) / 0.07)
    assert found.payback_years == pytest.approx(1000 / 120)
    assert sum(year.before_tax_usd for year in found.years) == pytest.approx(-1000 + 20 * 120)


def test_tax_by_hand() -> None:
    # profit 120 - 1000 / 20 = 70 a year, a quarter of it 17.5
    found = cash_flow(PLAIN)
    assert [year.tax_usd for year in found.years[1:]] == pytest.approx([17.5] * 20)
    assert found.npv_after_tax_usd == pytest.approx(-1000 + 102.5 * (1 - 1.07**-20) / 0.07)
    # depreciated in 5 years: 120 - 200 = -80 for five years; 400 of losses are used up in the next four: 400 - 3 x 120
    fast = cash_flow(replace(PLAIN, depreciation_years=5))
    assert [year.tax_usd for year in fast.years[1:10]] == pytest.approx([0, 0, 0, 0, 0, 0, 0, 0, 0.25 * 80])
    assert sum(year.tax_usd for year in fast.years) == pytest.approx(0.25 * (20 * 120 - 1000))


def test_what_wears_out_is_replaced_and_what_is_left_is_worth_its_share() -> None:
    # a battery of 8 years in 20: bought in 0, 8, 16; of the third set 4 of 8 years are left
    battery = Asset("battery", 80.0, 8.0)
    found = cash_flow(replace(PLAIN, assets=[battery]))
    spent = {year.year: year.investment_usd for year in found.years if year.investment_usd}
    assert spent == {0: 80.0, 8: 80.0, 16: 80.0}
    assert found.years[-1].residual_value_usd == pytest.approx(80.0 * 4 / 8)
    whole = cash_flow(replace(PLAIN, assets=[Asset("plant", 100.0, 40.0)]))
    assert whole.years[-1].residual_value_usd == pytest.approx(50.0)
    # a stack set is not bought first: it is in the electrolyser
    stack = cash_flow(replace(PLAIN, assets=[Asset("stack", 15.0, 10.0, first=False)]))
    assert {year.year: year.investment_usd for year in stack.years if year.investment_usd} == {10: 15.0}


def test_construction_spreads_the_spending() -> None:
    found = cash_flow(replace(PLAIN, construction_years=4))
    assert [(year.year, year.investment_usd) for year in found.years[:5]] == [
        (-3, 250.0),
        (-2, 250.0),
        (-1, 250.0),
        (0, 250.0),
        (1, 0.0),
    ]


def test_degradation_compounds() -> None:
    found = cash_flow(replace(PLAIN, degradation=0.01))
    assert found.years[1].product == 10.0
    assert found.years[20].product == pytest.approx(10.0 * 0.99**19)


@pytest.mark.parametrize("construction_years", [0, 1, 3])
def test_support_in_the_flow_and_per_unit(construction_years: int) -> None:
    support = Incentives(
        hydrogen_credit=Figure("credit", 3.0, "USD/kg", "test"),
        hydrogen_credit_years=10,
        investment_credit_share=0.3,
        contract=ContractForDifference(18.0, 5),
    )
    plain = replace(PLAIN, construction_years=construction_years)
    found = cash_flow(replace(plain, incentives=support))
    years = {year.year: year for year in found.years}
    assert sum(year.investment_usd for year in found.years) == pytest.approx(700.0)
    assert years[0].investment_usd == pytest.approx(1000.0 / max(construction_years, 1) - 300.0)
    assert years[1].support_usd == pytest.approx(3 * 50 + (18 - 15) * 10)
    assert years[6].support_usd == pytest.approx(150.0)
    assert years[11].support_usd == 0.0
    level = support_per_unit(
        support,
        product_per_year=10.0,
        hydrogen_kg_per_year=50.0,
        eligible_investment_usd=1000.0,
        price_usd_per_unit=15.0,
        rate=0.07,
        years=20,
        construction_years=construction_years,
    )
    # the price that makes nothing of the project falls by exactly the support per unit
    without = cash_flow(plain).levelised_price_usd_per_unit
    assert without - found.levelised_price_usd_per_unit == pytest.approx(level.total, rel=1e-9)


def test_the_us_credit_falls_with_the_band() -> None:
    assert [credit_45v(band).value for band in BANDS_45V] == pytest.approx([3.0, 1.0, 0.75, 0.6])
    assert years_45v() == 10
    with pytest.raises(KeyError):
        credit_45v(5)


def test_impossible_projects_raise() -> None:
    with pytest.raises(ValueError, match="years"):
        cash_flow(replace(PLAIN, years=0))
    with pytest.raises(ValueError, match="construction_years"):
        cash_flow(replace(PLAIN, construction_years=-1))
