"""GHG Protocol scope 2: the two figures that are to be reported side by side, and the hourly one under consultation.

location : what the grid gives, at the mean intensity of the grid.
market : what contracts do not cover, at the residual mix; own power at nil. Today contracts count over the year, so
    what is sold offsets what is bought, its certificates kept; the revision matches hour by hour and in place.
"""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.compliance.finding import Finding, Measure, Verdict
from models.compliance.matching import checked

RULE = "ghg_protocol_scope2"


@dataclass(frozen=True, slots=True)
class Scope2:
    """Scope 2 by each method, t CO2 a year; `residual_known` where the residual mix is not the grid's mean instead."""

    location_t_per_year: float
    market_annual_t_per_year: float
    market_hourly_t_per_year: float
    hourly_intensity: bool
    residual_known: bool


def scope2(
    import_mw: FloatArray,
    export_mw: FloatArray,
    grid_t_per_mwh: FloatArray | float,
    residual_t_per_mwh: FloatArray | float | None,
    yearly: float,
) -> Scope2:
    """The three figures of the hourly exchange with the grid.

    import_mw, export_mw : (hours,). grid_t_per_mwh, residual_t_per_mwh : one number or (hours,), t CO2/MWh; without
    a residual mix the grid's mean stands in, as the guidance allows. yearly : years per period, 8,760 over the hours.

    market, hourly = sum over hours of imports x residual mix; market, annual = max(0, imports - exports) x its mean.
    Raises ValueError on unequal shapes or values that are negative or not finite.
    """
    bought, sold, grid = checked(import_mw, export_mw, np.broadcast_to(grid_t_per_mwh, import_mw.shape))
    residual_known = residual_t_per_mwh is not None
    residual = checked(np.broadcast_to(residual_t_per_mwh, bought.shape))[0] if residual_t_per_mwh is not None else grid
    hourly = float(bought @ residual)
    whole = float(bought.sum())
    mean = hourly / whole if whole > 0.0 else 0.0
    return Scope2(
        location_t_per_year=yearly * float(bought @ grid),
        market_annual_t_per_year=yearly * max(0.0, whole - float(sold.sum())) * mean,
        market_hourly_t_per_year=yearly * hourly,
        hourly_intensity=np.ndim(grid_t_per_mwh) > 0,
        residual_known=residual_known,
    )


def scope2_finding(figures: Scope2) -> Finding:
    """Dual reporting: met where both figures stand on sourced factors; unknown where a mean stands in for the mix."""
    buys = figures.location_t_per_year > 0.0
    verdict = Verdict.MET if figures.residual_known or not buys else Verdict.UNKNOWN
    stand_in = "given" if figures.residual_known else "not given: the grid's mean stands in, to be disclosed"
    reasons = [
        "both figures are stated" if buys else "nothing is bought from the grid: both figures are nil",
        *([f"residual mix {stand_in}"] if buys else []),
        "intensity of the grid by the hour" if figures.hourly_intensity else "intensity of the grid is a yearly mean",
        "what is sold offsets what is bought in the annual figure where its certificates are kept; hourly matching and "
        "deliverability are those of the revision under consultation",
    ]
    return Finding(
        rule=RULE,
        title="GHG Protocol scope 2, dual reporting",
        verdict=verdict,
        reasons=tuple(reasons),
        measures=(
            Measure("location_based", figures.location_t_per_year, "t CO2/year"),
            Measure("market_based_annual", figures.market_annual_t_per_year, "t CO2/year"),
            Measure("market_based_hourly", figures.market_hourly_t_per_year, "t CO2/year"),
        ),
        checks=(),
        article="GHG Protocol Scope 2 Guidance (2015), chapter 6; revision under consultation for hourly matching",
        source="GHG Protocol Scope 2 Guidance; chapter number recalled",
    )
