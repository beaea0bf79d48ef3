"""Electricity of countries: traced to the reference table, sound where a country is missing."""

import csv

import pytest

from models.country_electricity import countries, country_electricity, world_intensity
from models.figure import Status
from models.money import to_usd_2025
from tests.shared import SHARED, needs_shared


def test_a_country() -> None:
    sweden = country_electricity("SWE")
    assert sweden.grid_intensity.unit == "t CO2/MWh"
    assert 0.0 < sweden.grid_intensity.value < 0.06
    assert sweden.grid_intensity.status is Status.READ
    assert sweden.low_carbon_share is not None
    assert sweden.low_carbon_share.value > 0.9
    assert sweden.warnings == ()


def test_no_country_takes_the_world_and_says_so() -> None:
    for code in (None, "QQQ"):  # ISO 3166 leaves QMA to QZZ to users: the code of no country
        found = country_electricity(code)
        assert found.grid_intensity == world_intensity()
        assert 0.35 < found.grid_intensity.value < 0.55
        assert [warning.code for warning in found.warnings] == ["grid_intensity_from_world"]
        assert found.industrial_price is None


def test_every_country_is_sound() -> None:
    assert len(countries()) > 200
    for code in countries():
        found = country_electricity(code)
        assert 0.0 <= found.grid_intensity.value < 1.5
        for share in (found.low_carbon_share, found.wind_solar_share):
            assert share is None or 0.0 <= share.value <= 1.0
        assert found.industrial_price is None or 1.0 < found.industrial_price.value < 600.0
        assert found.industrial_price is None or found.industrial_price.source


@needs_shared
def test_the_table_is_the_reference_table() -> None:
    with (SHARED / "reference" / "country_grid.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["iso3"] for row in rows} == set(countries())
    for row in rows:
        found = country_electricity(row["iso3"])
        assert found.grid_intensity.value == pytest.approx(float(row["grid_carbon_intensity_gco2e_per_kwh"]) / 1000)
        price = row["industrial_electricity_price_usd_per_kwh"]
        assert (found.industrial_price is None) == (price == "")
        if found.industrial_price is not None and found.industrial_price.year is not None:
            expected = to_usd_2025(float(price) * 1000, "USD", found.industrial_price.year)
            assert found.industrial_price.value == pytest.approx(expected)
