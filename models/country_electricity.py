"""What is known of a country's electricity: carbon intensity, mix and industrial price.

`data/country_grid.csv` holds one row a country. Intensities are yearly means of what the country
generates, in CO2 equivalent as Ember states them; prices are what industry paid, taxes as the source has them.
"""

from dataclasses import dataclass
from functools import cache
from statistics import median

from models.figure import Figure, Status
from models.money import read_table, to_usd_2025
from models.notice import Notice

_INTENSITY = "grid.intensity"


@dataclass(frozen=True, slots=True)
class CountryElectricity:
    """Facts of one country; None where no source was found.

    grid_intensity : t CO2/MWh; the world's where the country is unknown, with a warning.
    low_carbon_share, wind_solar_share : of generation, 0-1.
    industrial_price : real USD of 2025 per MWh.
    """

    iso3: str | None
    grid_intensity: Figure
    low_carbon_share: Figure | None
    wind_solar_share: Figure | None
    industrial_price: Figure | None
    warnings: tuple[Notice, ...]


@cache
def country_electricity(iso3: str | None) -> CountryElectricity:
    """Electricity of a country by its ISO 3166-1 alpha-3 code; None for a place that belongs to none."""
    row = _rows().get(iso3) if iso3 is not None else None
    if row is None:
        where = f"no electricity statistics for {iso3}" if iso3 else "the place belongs to no country"
        notice = Notice("grid_intensity_from_world", f"{where}; the generation-weighted mean of the world is taken")
        return CountryElectricity(iso3, world_intensity(), None, None, None, (notice,))
    intensity = Figure(
        name=_INTENSITY,
        value=float(row["grid_intensity_kg_co2_per_mwh"]) / 1000.0,
        unit="t CO2/MWh",
        source=row["source"],
        year=int(row["intensity_year"]),
        status=Status(row["status"]),
        note=f"mean of {row['country']} over the year, CO2 equivalent",
    )
    return CountryElectricity(
        iso3=iso3,
        grid_intensity=intensity,
        low_carbon_share=_share(row, "low_carbon_share"),
        wind_solar_share=_share(row, "wind_solar_share"),
        industrial_price=_price(row),
        warnings=(),
    )


@cache
def world_intensity() -> Figure:
    """Mean intensity of the countries in the table, weighted with what they generate."""
    rows = [row for row in _rows().values() if row["generation_twh"]]
    generation = sum(float(row["generation_twh"]) for row in rows)
    weighted = sum(float(row["grid_intensity_kg_co2_per_mwh"]) * float(row["generation_twh"]) for row in rows)
    return Figure(
        name=_INTENSITY,
        value=weighted / generation / 1000.0,
        unit="t CO2/MWh",
        source=rows[0]["source"],
        year=max(int(row["intensity_year"]) for row in rows),
        status=Status.DERIVED,
        note=f"mean of {len(rows)} countries, weighted with their generation",
    )


@cache
def median_industrial_price() -> Figure:
    """Median of what industry pays over the countries whose price is known, USD of 2025 per MWh."""
    known = [price for row in _rows().values() if (price := _price(row)) is not None]
    values = sorted(price.value for price in known)
    return Figure(
        name="grid.industrial_price",
        value=median(values),
        unit="USD/MWh",
        source=f"median of {len(known)} countries of the table; {known[0].source}",
        low=values[len(values) // 4],
        high=values[3 * len(values) // 4],
        status=Status.DERIVED,
        note="band: quartiles",
    )


def countries() -> tuple[str, ...]:
    """Codes of the countries in the table."""
    return tuple(_rows())


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in read_table("country_grid.csv")}


def _share(row: dict[str, str], column: str) -> Figure | None:
    if not row[column]:
        return None
    year, status = int(row["mix_year"]), Status(row["status"])
    return Figure(f"grid.{column}", float(row[column]), "share", row["source"], year, status=status)


def _price(row: dict[str, str]) -> Figure | None:
    if not row["industrial_price_usd_per_kwh"]:
        return None
    year = int(row["price_year"])
    notes = [
        f"{row['industrial_price_usd_per_kwh']} USD of {year} per kWh",
        "year assumed" if row["price_year_basis"] == "assumed" else "",
        f"band {row['price_band']}" if row["price_band"] else "",
    ]
    return Figure(
        name="grid.industrial_price",
        value=to_usd_2025(float(row["industrial_price_usd_per_kwh"]) * 1000.0, "USD", year),
        unit="USD/MWh",
        source=row["price_source"],
        year=year,
        status=Status.DERIVED,
        note="; ".join(note for note in notes if note),
    )
