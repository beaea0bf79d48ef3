"""The price of capital by country and technology: real, after tax.

`data/wacc.csv` holds nominal after-tax rates of solar, onshore and offshore wind, made real with the inflation of
`data/wacc_parameters.csv`. Storage, electrolysers, turbines, process plants and the grid connection take the country's
onshore-wind rate plus a premium. The premium is not guessed: it is what the same table asks, in the median country, of
offshore wind over onshore wind, a younger technology over an established one.
"""

from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from models.figure import Figure, Status
from models.finance import real_rate
from models.money import read_table
from models.notice import Notice

_SERIES = {
    "pv_fixed": "solar_pv",
    "pv_tracking": "solar_pv",
    "wind_onshore": "onshore_wind",
    "wind_offshore": "offshore_wind",
    "wind_offshore_floating": "offshore_wind",
}
_BASE = "onshore_wind"
_YOUNG = "offshore_wind"


@dataclass(frozen=True, slots=True)
class _Rate:
    low: float
    central: float
    high: float
    source: str
    status: Status
    year: int | None
    basis: str

    def plus(self, premium: float) -> "_Rate":
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
def _inflation() -> float:
    return next(float(row["value"]) for row in read_table("wacc_parameters.csv") if row["parameter"] == "inflation")


@cache
def _rates() -> dict[tuple[str, str], _Rate]:
    """(iso3, series) -> nominal rate."""
    return {
        (row["iso3"], row["technology"]): _Rate(
            low=float(row["low"]),
            central=float(row["central"]),
            high=float(row["high"]),
            source=row["source"],
            status=Status(row["status"]),
            year=int(row["year"]),
            basis=row["basis"],
        )
        for row in read_table("wacc.csv")
    }


@cache
def _regions() -> dict[str, str]:
    known = {row["iso3"]: row["region"] for row in read_table("wacc_regions.csv")}
    return known | {row["iso3"]: row["region"] for row in read_table("wacc.csv")}


def has_region(iso3: str) -> bool:
    """True for the ISO 3166-1 alpha-3 codes that stand in the tables of the cost of capital."""
    return iso3 in _regions()


@cache
def young_technology_premium() -> float:
    """Median over countries of the offshore-wind rate less the onshore-wind rate, nominal, share a year."""
    rates = _rates()
    countries = [iso3 for iso3, series in rates if series == _YOUNG and (iso3, _BASE) in rates]
    return median(rates[iso3, _YOUNG].central - rates[iso3, _BASE].central for iso3 in countries)


@cache
def _median_rate(series: str, region: str | None) -> _Rate | None:
    regions = _regions()
    rates = [rate for (iso3, name), rate in _rates().items() if name == series and region in (None, regions[iso3])]
    if not rates:
        return None
    return _Rate(
        low=median(rate.low for rate in rates),
        central=median(rate.central for rate in rates),
        high=median(rate.high for rate in rates),
        source=f"{rates[0].source}; median of {len(rates)} countries, {region or 'world'}",
        status=Status.DERIVED,
        year=rates[0].year,
        basis="nominal",
    )


def _nominal(iso3: str | None, series: str) -> tuple[_Rate, Notice | None]:
    rates = _rates()
    for candidate, premium in ((series, 0.0), (_BASE, young_technology_premium())):
        if iso3 is not None and (iso3, candidate) in rates:
            rate = rates[iso3, candidate]
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


def _rate_for(iso3: str | None, technology: str) -> tuple[_Rate, Notice | None]:
    series = _SERIES.get(technology)
    if series is not None:
        return _nominal(iso3, series)
    rate, notice = _nominal(iso3, _BASE)
    return rate.plus(young_technology_premium()), notice


def wacc_for(iso3: str | None, technology: str, override: float | None = None) -> Figure:
    """Real after-tax cost of capital of a technology in a country, with its band over the source's variants.

    iso3 : ISO 3166-1 alpha-3, None at sea beyond any country. A country that is missing takes its region's median, else
        the world's; `wacc_notices` says so.
    technology : a generator; anything else counts as plant, storage or connection.
    override : the caller's own rate, taken as it is.

    Raises ValueError unless -0.5 < override < 1.
    """
    name = f"{technology}.wacc"
    if override is not None:
        if not -0.5 < override < 1.0:
            raise ValueError("the cost of capital must lie between -0.5 and 1")
        return Figure(name, float(override), "1/year", "given", status=Status.GIVEN)
    rate, _ = _rate_for(iso3, technology)
    inflation = _inflation()
    note = f"real, after tax; nominal {rate.central:.4f}, inflation {inflation:.3f}"
    if rate.basis == "unstated":
        note += "; the source does not say whether its rate is nominal: taken as nominal"
    return Figure(
        name=name,
        value=real_rate(rate.central, inflation),
        unit="1/year",
        source=rate.source,
        year=rate.year,
        low=real_rate(rate.low, inflation),
        high=real_rate(rate.high, inflation),
        status=Status.DERIVED,
        note=note,
    )


def wacc_notices(iso3: str | None, technology: str = "wind_onshore") -> tuple[Notice, ...]:
    """Coded warnings that go with `wacc_for`: a stand-in was taken, or the source does not state its basis."""
    rate, notice = _rate_for(iso3, technology)
    notices = [] if notice is None else [notice]
    if rate.basis == "unstated":
        detail = f"the source of the cost of capital of {iso3} does not say whether it is nominal; taken as nominal"
        notices.append(Notice("wacc_basis_unstated", detail))
    return tuple(notices)
