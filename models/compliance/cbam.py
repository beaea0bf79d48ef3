"""Exposure to the EU carbon border adjustment: default values by good and origin, and what certificates would cost.

Certificates per tonne = max(0, embedded emissions - CBAM factor x cross-sectoral correction x benchmark). The factor is
the free allocation that is still deducted: 0.975 in 2026, nil from 2034. Defaults carry their published mark-up, which
rises to 2028. Only direct emissions count for iron and steel, aluminium and hydrogen; for cement and fertilisers
electricity counts too.
Reference: Regulation (EU) 2023/956; Implementing Regulations (EU) 2025/2620 (benchmarks) and 2025/2621 (defaults).
"""

from dataclasses import dataclass
from functools import cache

from models.compliance.rule_table import threshold
from models.figure import Figure
from models.money import read_table

SOURCE = (
    "Implementing Regulation (EU) 2025/2621, Annex I, and (EU) 2025/2620, Annex, as transcribed in the package "
    "opencbam 0.1.0; values of five countries checked against a second transcription"
)
OTHER = "*"
WITH_ELECTRICITY = ("grey_clinker", "anhydrous_ammonia", "agglomerated_iron_ore")
FIRST_YEAR, LAST_MARKUP_YEAR, LAST_FACTOR_YEAR = 2026, 2028, 2034


@dataclass(frozen=True, slots=True)
class CbamDefault:
    """Default embedded emissions of a good from a country, t CO2e/t; `listed` False where 'other countries' stand in.

    with_markup : by year, the published values.
    route : the regulation's letter of the production route that the value belongs to.
    """

    good: str
    cn_code: str
    listed: bool
    direct: float
    indirect: float | None
    total: float
    with_markup: dict[int, float]
    route: str | None

    @property
    def counted(self) -> float:
        """What counts without mark-up: direct, and electricity where it counts."""
        return self.total if self.good in WITH_ELECTRICITY else self.direct


@dataclass(frozen=True, slots=True)
class CbamExposure:
    """What a tonne would owe in a year, by default values and as the plant itself.

    Benchmarks are those of the whole chain (column B) of the route of each; None where the regulation knows none, and
    then nothing is deducted.
    """

    default: CbamDefault
    year: int
    factor: float
    factor_by_year: dict[int, float]
    default_t_per_t: float
    default_benchmark: float | None
    default_certificates_per_t: float
    own_t_per_t: float
    own_benchmark: float | None
    own_certificates_per_t: float
    price_usd_per_t: float

    @property
    def saved_certificates_per_t(self) -> float:
        """Certificates that the plant's own figure saves against the default."""
        return self.default_certificates_per_t - self.own_certificates_per_t

    def usd_per_t(self, certificates: float) -> float:
        """Cost of certificates per tonne of product."""
        return certificates * self.price_usd_per_t


@cache
def _defaults() -> dict[tuple[str, str], CbamDefault]:
    return {
        (row["iso3"], row["good"]): CbamDefault(
            good=row["good"],
            cn_code=row["cn_code"],
            listed=row["iso3"] != OTHER,
            direct=float(row["direct_t_co2e_per_t"]),
            indirect=float(row["indirect_t_co2e_per_t"]) if row["indirect_t_co2e_per_t"] else None,
            total=float(row["total_t_co2e_per_t"]),
            with_markup={year: float(row[f"with_markup_{year}"]) for year in range(FIRST_YEAR, LAST_MARKUP_YEAR + 1)},
            route=row["route"] or None,
        )
        for row in read_table("cbam_defaults.csv")
    }


@cache
def _benchmarks() -> dict[tuple[str, str | None], float]:
    return {
        (row["good"], row["route"] or None): float(row["column_b_t_co2e_per_t"])
        for row in read_table("cbam_benchmarks.csv")
    }


@cache
def cbam_exempt() -> dict[str, str]:
    """Countries whose goods owe nothing, with the reason."""
    return {row["iso3"]: row["reason"] for row in read_table("cbam_exempt.csv")}


def cbam_default(good: str, iso3: str | None) -> CbamDefault:
    """The default of a good from a country; of 'other countries' where the country is not listed with a value.

    Raises KeyError where the good is none of the table's.
    """
    defaults = _defaults()
    return defaults.get((iso3 or OTHER, good)) or defaults[OTHER, good]


def cbam_factor(year: int) -> float:
    """Share of the free allocation that is still deducted in a year: 1 before 2026, nil from 2034."""
    if year < FIRST_YEAR:
        return 1.0
    return threshold("eu_cbam", f"factor_{min(year, LAST_FACTOR_YEAR)}")


def benchmark(good: str, route: str | None) -> float | None:
    """Benchmark of the whole chain, t CO2e/t; None where the regulation knows none for the route."""
    table = _benchmarks()
    return table.get((good, route), table.get((good, None)))


def certificates_per_t(embedded: float, benchmark_t_per_t: float | None, factor: float) -> float:
    """Certificates that a tonne owes, t CO2e; never negative."""
    deducted = 0.0 if benchmark_t_per_t is None else factor * _correction() * benchmark_t_per_t
    return max(0.0, embedded - deducted)


def exposure(
    good: str,
    iso3: str | None,
    route: str | None,
    own_t_per_t: float,
    year: int,
    price_usd_per_t: float,
) -> CbamExposure | None:
    """What the product of a plant in a country would owe in a year; None where the country is exempt.

    own_t_per_t : the plant's own embedded emissions, by what counts for the good.
    route : of the plant, in the regulation's letters.

    Raises KeyError where the good is none of the table's.
    """
    if iso3 in cbam_exempt():
        return None
    default, factor = cbam_default(good, iso3), cbam_factor(year)
    marked = default.with_markup[min(max(year, FIRST_YEAR), LAST_MARKUP_YEAR)]
    by_default, by_own = benchmark(good, default.route), benchmark(good, route)
    return CbamExposure(
        default=default,
        year=year,
        factor=factor,
        factor_by_year={each: cbam_factor(each) for each in range(FIRST_YEAR, LAST_FACTOR_YEAR + 1)},
        default_t_per_t=marked,
        default_benchmark=by_default,
        default_certificates_per_t=certificates_per_t(marked, by_default, factor),
        own_t_per_t=own_t_per_t,
        own_benchmark=by_own,
        own_certificates_per_t=certificates_per_t(own_t_per_t, by_own, factor),
        price_usd_per_t=price_usd_per_t,
    )


def figures(found: CbamExposure, iso3: str | None) -> tuple[Figure, ...]:
    """Default, benchmarks and factor with their sources, for the provenance."""
    note = f"{found.default.good}, CN {found.default.cn_code}; " + (
        f"value of {iso3}" if found.default.listed else "value of other countries and territories"
    )
    rows = [
        ("default", found.default.counted, "t CO2e/t", note),
        ("default_with_markup", found.default_t_per_t, "t CO2e/t", f"{note}; with the mark-up of {found.year}"),
        ("factor", found.factor, "share", "Directive 2003/87/EC, Art. 10a(1a)"),
        ("default_benchmark", found.default_benchmark, "t CO2e/t", "column B, route of the default"),
        ("own_benchmark", found.own_benchmark, "t CO2e/t", "column B, route of the plant"),
    ]
    return tuple(
        Figure(f"cbam.{name}", value, unit, SOURCE, note=said) for name, value, unit, said in rows if value is not None
    )


def _correction() -> float:
    return threshold("eu_cbam", "cross_sectoral_correction")
