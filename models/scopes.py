"""CO2 by scope, before (the conventional route) and after, per year and per unit of product."""

from dataclasses import dataclass

from models.compliance.scope2 import Scope2
from models.emissions import Emissions


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One scope by one method, t CO2; None where it is not known. `per_unit` divides by the product of a year."""

    scope: str
    before_t_per_year: float | None
    after_t_per_year: float
    product_per_year: float

    @property
    def before_t_per_unit(self) -> float | None:
        """Before, per unit of product."""
        return None if self.before_t_per_year is None else self.before_t_per_year / self.product_per_year

    @property
    def after_t_per_unit(self) -> float:
        """After, per unit of product."""
        return self.after_t_per_year / self.product_per_year


def scope_rows(
    emissions: Emissions,
    figures: Scope2,
    product_per_year: float,
    grid_t_per_mwh: float,
    residual_t_per_mwh: float | None,
) -> tuple[ScopeRow, ...]:
    """The table of scopes; scope 2 by location and by market, the latter by year and by hour.

    grid_t_per_mwh, residual_t_per_mwh : means over the hours; the conventional route buys evenly. Without a residual
    mix the grid's mean stands in. Upstream of the conventional route is not in the catalogue: None.
    """
    residual = grid_t_per_mwh if residual_t_per_mwh is None else residual_t_per_mwh
    direct, buys = emissions.conventional_direct_t_per_unit, emissions.conventional_purchase_mwh_per_unit
    before = [
        None if direct is None else direct * product_per_year,
        *(
            None if buys is None else buys * factor * product_per_year
            for factor in (grid_t_per_mwh, residual, residual)
        ),
        None,
    ]
    after = [
        emissions.direct_t_co2_per_year,
        figures.location_t_per_year,
        figures.market_annual_t_per_year,
        figures.market_hourly_t_per_year,
        emissions.upstream_t_co2_per_year,
    ]
    names = ("scope_1", "scope_2_location", "scope_2_market_annual", "scope_2_market_hourly", "scope_3_upstream")
    return tuple(
        ScopeRow(name, was, now, product_per_year) for name, was, now in zip(names, before, after, strict=True)
    )
