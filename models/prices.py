"""What inputs and fuels cost, real USD of 2025: a dated row each, by country, region or world.

`data/prices.csv` holds each price as its source prints it. A country takes the row that names it, else its region's,
else the world's. Fuels are per MWh at LHV; the trade prices gas at HHV, coal by the tonne and oil by the barrel.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from models.figure import Figure, Status
from models.money import money_table, read_table
from models.notice import FieldError
from models.wacc_table import region_of

WORLD = "world"
_OF_THE_EU = "DEU"  # the allowance has one price in all member states
MOST_USD = 1e6
MWH_PER_MMBTU = 0.29307107
GAS_LHV_PER_HHV = 0.9017  # natural gas, ISO 6976 for typical pipeline gas
COAL_MWH_PER_T = 25.12 / 3.6  # 6,000 kcal/kg net as received, the basis of the quoted coals
COKING_COAL_MWH_PER_T = 28.0 / 3.6  # MPP mpp-steel-model, metallurgical coal
OIL_MWH_PER_BBL = 5.8 / 3.6  # crude oil, 42.7 GJ/t at 7.33 bbl/t

# Unit in the table -> (divisor, unit of the figure).
_UNITS: dict[str, tuple[float, str]] = {
    "/MMBtu": (MWH_PER_MMBTU * GAS_LHV_PER_HHV, "USD/MWh"),
    "/t coal": (COAL_MWH_PER_T, "USD/MWh"),
    "/t coking coal": (COKING_COAL_MWH_PER_T, "USD/MWh"),
    "/bbl": (OIL_MWH_PER_BBL, "USD/MWh"),
    "/MWh": (1.0, "USD/MWh"),
    "/t": (1.0, "USD/t"),
    "/kg": (1.0, "USD/kg"),
    "/m3": (1.0, "USD/m3"),
    "/t CO2": (1.0, "USD/t CO2"),
}


@cache
def _rows() -> Mapping[str, Mapping[str, Figure]]:
    """item -> place -> price."""
    money, table = money_table(), dict[str, dict[str, Figure]]()
    for row in read_table("prices.csv"):
        divisor, unit = _UNITS[row["unit"]]
        factor = money.usd_2025_per(row["currency"], int(row["price_year"])).value / divisor
        stated = f"{float(row['value']):g} {row['currency']} of {row['price_year']}{row['unit'].partition(' ')[0]}"
        for place in row["where"].split("|"):
            figure = Figure(
                name=f"price.{row['item']}",
                value=float(row["value"]) * factor,
                unit=unit,
                source=row["source"],
                year=int(row["as_of"]),
                low=float(row["low"]) * factor,
                high=float(row["high"]) * factor,
                status=Status(row["status"]),
                note="; ".join(filter(None, (stated, f"of {place}", row["note"]))),
            )
            table.setdefault(row["item"], {})[place] = figure
    return table


def price_items() -> Mapping[str, str]:
    """Every priced item and the unit of its price."""
    return {item: next(iter(places.values())).unit for item, places in _rows().items()}


def price_of(item: str, iso3: str | None, overrides: Mapping[str, float] | None = None) -> Figure | None:
    """The price of an item in a country; the caller's own where it is given, None where no row is known.

    Raises KeyError for an item that is not in the table.
    """
    places = _rows()[item]
    unit = next(iter(places.values())).unit
    if overrides and item in overrides:
        return Figure(f"price.{item}", float(overrides[item]), unit, "given by the caller", status=Status.GIVEN)
    for place in (iso3, region_of(iso3), WORLD):
        if place is not None and place in places:
            return places[place]
    return None


@cache
def carbon_price(iso3: str | None) -> Figure | None:
    """The dated carbon price that industry in a country meets, USD of 2025 per t CO2; None where none is listed."""
    money = money_table()
    for row in read_table("carbon_prices.csv"):
        if iso3 is not None and iso3 in row["iso3"].split():
            return Figure(
                name="price.carbon",
                value=float(row["value"]) * money.usd_2025_per(row["currency"], int(row["price_year"])).value,
                unit="USD/t CO2",
                source=row["source"],
                year=int(row["as_of"]),
                status=Status(row["status"]),
                note=row["note"],
            )
    return None


def certificate_price(asked: float | None = None) -> Figure:
    """Price of a CBAM certificate, USD of 2025 per t CO2: the caller's own, else that of the EU's allowance.

    Regulation (EU) 2023/956, Art. 21: the certificate follows the auctions of allowances.
    """
    name, unit = "cbam.certificate_price", "USD/t CO2"
    if asked is not None:
        return Figure(name, asked, unit, "given by the caller", status=Status.GIVEN)
    allowance = carbon_price(_OF_THE_EU)
    assert allowance is not None  # the table lists every member state
    note = f"the EU's allowance, held for every year (Regulation (EU) 2023/956, Art. 21); {allowance.note}"
    return replace(allowance, name=name, note=note)


def check_prices(prices: Mapping[str, float]) -> list[FieldError]:
    """Every wrong field of a caller's own prices; empty when all is well."""
    known, errors = price_items(), []
    for item, value in prices.items():
        if item not in known:
            message = f"unknown item; known: {', '.join(sorted(known))}"
            errors.append(FieldError(item, message, "unknown_item"))
        elif not 0.0 <= value <= MOST_USD:  # a NaN fails too
            errors.append(FieldError(item, f"must lie between 0 and {MOST_USD:g} {known[item]}", "out_of_range"))
    return errors
