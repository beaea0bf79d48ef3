"""Every row of the packaged cost tables names its source and how far it can be trusted."""

import pytest

from models.connection_data import connection_data
from models.figure import Status
from models.money import money_table, read_table

TABLES = ["technologies.csv", "money.csv", "money_exchange.csv", "wacc.csv", "wacc_regions.csv", "wacc_parameters.csv"]


@pytest.mark.parametrize("name", [*TABLES, "land.csv", "prices.csv", "carbon_prices.csv", "project.csv"])
def test_every_row_is_sourced(name: str) -> None:
    rows = read_table(name)
    assert rows
    for row in rows:
        assert row["source"].strip()
        assert Status(row["status"]) is not Status.GIVEN
        assert None not in row  # no row has more cells than the header


def test_no_row_is_there_twice() -> None:
    keys = [
        tuple(row[key] for key in ("technology", "parameter", "role", "year")) for row in read_table("technologies.csv")
    ]
    assert len(keys) == len(set(keys))
    countries = [(row["iso3"], row["technology"]) for row in read_table("wacc.csv")]
    assert len(countries) == len(set(countries))


def test_prices_never_fall_over_the_years_of_the_index() -> None:
    for currency in ("USD", "EUR"):
        values = [figure.value for (name, _), figure in sorted(money_table().indices.items()) if name == currency]
        assert values == sorted(values)


def test_the_connection_knows_a_capacity_and_a_cost_at_every_voltage() -> None:
    data = connection_data()
    carried = [data.line_capacity_mw[kv] for kv in sorted(data.line_capacity_mw)]
    assert carried == sorted(carried)
    for table in (data.line_usd_per_km, data.new_substation_usd, data.substation_upgrade_usd):
        assert data.central_guide in table
        for voltage in data.line_capacity_mw:
            assert all(cost > 0.0 for cost in data.by_guide(table, voltage).values())
