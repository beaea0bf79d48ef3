"""CBAM: published default values (V36), the phase-in, certificates by hand."""

import csv
from importlib.resources import files

import pytest

from models.compliance.cbam import (
    benchmark,
    cbam_default,
    cbam_exempt,
    cbam_factor,
    certificates_per_t,
    exposure,
    figures,
)
from models.compliance.rule_table import rule_product
from models.demand.catalogue import catalogue

ALGERIA = {
    "grey_clinker": 1.24,
    "anhydrous_ammonia": 1.96,
    "hydrogen": 10.82,
    "direct_reduced_iron": 0.81,
    "semi_finished_steel": 3.0,
    "unwrought_aluminium": 0.36,
}


@pytest.mark.parametrize(("good", "direct"), ALGERIA.items())
def test_published_defaults_of_algeria(good: str, direct: float) -> None:
    found = cbam_default(good, "DZA")
    assert (found.direct, found.listed) == (direct, True)


def test_a_country_that_is_not_listed_takes_the_value_of_others() -> None:
    found = cbam_default("direct_reduced_iron", "NAM")
    assert (found.listed, found.direct) == (False, 1.325)
    assert cbam_default("hydrogen", None).direct == 17.74


def test_every_row_of_the_table_holds_together() -> None:
    """Direct and electricity make the total; mark-ups are 10, 20, 30 %, of fertilisers 1 %, as published, rounded."""
    text = (files("models") / "data" / "cbam_defaults.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) > 350
    assert len({(row["iso3"], row["good"]) for row in rows}) == len(rows)
    for row in rows:
        direct, total = float(row["direct_t_co2e_per_t"]), float(row["total_t_co2e_per_t"])
        assert direct + float(row["indirect_t_co2e_per_t"] or 0.0) == pytest.approx(total, abs=0.0101)
        for year, share in ((2026, 0.1), (2027, 0.2), (2028, 0.3)):
            share = 0.01 if row["good"] == "anhydrous_ammonia" else share
            # the published rows round, and two of them compound the mark-up: 1.1 x 1.1 for 2027
            assert float(row[f"with_markup_{year}"]) == pytest.approx(total * (1.0 + share), rel=0.025, abs=0.002)


@pytest.mark.parametrize(
    ("year", "factor"),
    [(2025, 1.0), (2026, 0.975), (2029, 0.775), (2030, 0.515), (2033, 0.14), (2034, 0.0), (2050, 0.0)],
)
def test_the_free_allocation_that_is_left(year: int, factor: float) -> None:
    assert cbam_factor(year) == factor


def test_certificates_by_hand() -> None:
    """Ammonia of Algeria in 2030: 2.101 with mark-up less 0.515 x 1.522 = 1.31717 a tonne."""
    found = exposure("anhydrous_ammonia", "DZA", None, 0.0, 2030, 90.0)
    assert found is not None
    assert found.default_certificates_per_t == pytest.approx(2.101 - 0.515 * 1.522, rel=1e-12)
    assert found.own_certificates_per_t == 0.0
    assert found.usd_per_t(found.saved_certificates_per_t) == pytest.approx(90.0 * 1.31717, rel=1e-9)
    assert found.default.counted == 2.08  # fertilisers: electricity counts
    assert {figure.name for figure in figures(found, "DZA")} >= {"cbam.default", "cbam.default_with_markup"}


def test_steel_has_the_benchmark_of_its_route() -> None:
    """Default by the blast furnace, 3.6 in 2027 less 0.95 x 1.364; the plant 0.11 less 0.95 x 0.475: nothing owed."""
    found = exposure("semi_finished_steel", "DZA", "D", 0.11, 2027, 80.0)
    assert found is not None
    assert found.default_certificates_per_t == pytest.approx(3.6 - 0.95 * 1.364, rel=1e-12)
    assert (found.own_benchmark, found.own_certificates_per_t) == (0.475, 0.0)
    assert found.usd_per_t(found.default_certificates_per_t) == 80.0 * found.default_certificates_per_t
    assert benchmark("semi_finished_steel", None) is None


def test_never_negative_and_nothing_deducted_without_a_benchmark() -> None:
    assert certificates_per_t(0.1, 1.0, 1.0) == 0.0
    assert certificates_per_t(0.1, None, 1.0) == 0.1


@pytest.mark.parametrize("iso3", ["SWE", "DEU", "NOR", "CHE"])
def test_inside_the_trading_system_nothing_is_owed(iso3: str) -> None:
    assert exposure("hydrogen", iso3, None, 1.0, 2030, 80.0) is None
    assert iso3 in cbam_exempt()


def test_goods_of_the_catalogue_are_in_the_table() -> None:
    for process_id in catalogue():
        product = rule_product(process_id)
        if product.cbam_good is not None:
            assert cbam_default(product.cbam_good, None).total > 0.0
