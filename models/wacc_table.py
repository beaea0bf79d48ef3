"""The packaged table of capital costs: nominal rates by country and series, what they are made of, and medians."""

from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from models.figure import Status
from models.money import read_table
from models.notice import Notice

SERIES = {
    "pv_fixed": "solar_pv",
    "pv_tracking": "solar_pv",
    "wind_onshore": "onshore_wind",
    "wind_offshore": "offshore_wind",
    "wind_offshore_floating": "offshore_wind",
}
BASE = "onshore_wind"
_YOUNG = "offshore_wind"
PARTS = ("debt_share", "cost_of_debt", "cost_of_equity", "tax_rate")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a nominal rate is made of; the cost of debt before the tax shield."""

    debt_share: float
    cost_of_debt: float
    cost_of_equity: float
    tax_rate: float


@dataclass(frozen=True, slots=True)
class Rate:
    """A nominal rate after tax with the band of its source's variants."""

    low: float
    central: float
    high: float
    source: str
    status: Status
    year: int | None
    basis: str
    parts: Parts | None = None

    def plus(self, premium: float) -> "Rate":
        """The rate with a premium on top."""
        note = f"{self.source}; onshore wind plus a premium of {premium:.4f}"
        return replace(
            self,
            low=self.low + premium,
            central=self.central + premium,
            high=self.high + premium,
            source=note,
            status=Status.DERIVED,
        )


@cache
def default_inflation() -> float:
    """The table's own inflation, share a year."""
    return next(float(row["value"]) for row in read_table("wacc_parameters.csv") if row["parameter"] == "inflation")


@cache
def rates() -> dict[tuple[str, str], Rate]:
    """(iso3, series) -> nominal rate."""
    return {
        (row["iso3"], row["technology"]): Rate(
            low=float(row["low"]),
            central=float(row["central"]),
            high=float(row["high"]),
            source=row["source"],
            status=Status(row["status"]),
            year=int(row["year"]),
            basis=row["basis"],
            parts=_parts(row),
        )
        for row in read_table("wacc.csv")
    }


def _parts(row: dict[str, str]) -> Parts | None:
    """What a rate is made of; the table has the cost of debt after the tax shield."""
    if not row["debt_share"]:
        return None
    tax = float(row["tax_rate"])
    debt = float(row["cost_of_debt_after_tax"]) / (1.0 - tax)
    return Parts(float(row["debt_share"]), debt, float(row["cost_of_equity"]), tax)


@cache
def _regions() -> dict[str, str]:
    known = {row["iso3"]: row["region"] for row in read_table("wacc_regions.csv")}
    return known | {row["iso3"]: row["region"] for row in read_table("wacc.csv")}


def has_region(iso3: str) -> bool:
    """True for the ISO 3166-1 alpha-3 codes that stand in the tables of the cost of capital."""
    return iso3 in _regions()


def region_of(iso3: str | None) -> str | None:
    """The World Bank's region of a country; None where it is not listed."""
    return None if iso3 is None else _regions().get(iso3)


@cache
def young_technology_premium() -> float:
    """Median over countries of the offshore-wind rate less the onshore-wind rate, nominal, share a year."""
    table = rates()
    countries = [iso3 for iso3, series in table if series == _YOUNG and (iso3, BASE) in table]
    return median(table[iso3, _YOUNG].central - table[iso3, BASE].central for iso3 in countries)


@cache
def _median_rate(series: str, region: str | None) -> Rate | None:
    regions = _regions()
    found = [rate for (iso3, name), rate in rates().items() if name == series and region in (None, regions[iso3])]
    if not found:
        return None
    return Rate(
        low=median(rate.low for rate in found),
        central=median(rate.central for rate in found),
        high=median(rate.high for rate in found),
        source=f"{found[0].source}; median of {len(found)} countries, {region or 'world'}",
        status=Status.DERIVED,
        year=found[0].year,
        basis="nominal",
    )


def _nominal(iso3: str | None, series: str) -> tuple[Rate, Notice | None]:
    table = rates()
    for candidate, premium in ((series, 0.0), (BASE, young_technology_premium())):
        if iso3 is not None and (iso3, candidate) in table:
            rate = table[iso3, candidate]
            return (rate.plus(premium) if candidate != series else rate), None
    region = None if iso3 is None else _regions().get(iso3)
    regional = None if region is None else _median_rate(series, region)
    if regional is not None:
        detail = f"no cost of capital is known for {iso3}; the median of {region} is taken"
        return regional, Notice("wacc_from_region", detail)
    world = _median_rate(series, None)
    if world is None:
        raise LookupError(f"the table of capital costs holds no {series}")
    where = "the place lies in no country" if iso3 is None else f"no cost of capital is known for {iso3}"
    return world, Notice("wacc_from_world", f"{where}; the median of the world is taken")


def rate_for(iso3: str | None, technology: str) -> tuple[Rate, Notice | None]:
    """Nominal rate of a technology in a country, and the notice where a stand-in was taken."""
    series = SERIES.get(technology)
    if series is not None:
        return _nominal(iso3, series)
    rate, notice = _nominal(iso3, BASE)
    return rate.plus(young_technology_premium()), notice


@cache
def median_parts(series: str) -> Parts:
    """Medians of what the rates of a series are made of, over the countries that state it."""
    known = [rate.parts for (_, name), rate in rates().items() if name == series and rate.parts is not None]
    return Parts(*(median(getattr(parts, part) for parts in known) for part in PARTS))
