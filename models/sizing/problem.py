"""What is to be decided: loads, what may be built at what annual cost, and how clean and how sure the supply must be.

Conventions of `docs/sizing.md`: the electrolyser and the heater are sized on their electric input, the hydrogen turbine
on its electric output, and one battery inverter bounds charging (input) as well as discharging (output). Capacity costs
count once a year, operating costs are scaled by 8,760 over the hours of the problem, so that several years may stand in
one problem.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.arrays import FloatArray
from models.sizing.components import Battery, Flexibility, Generator, Grid, Heat, Hydrogen

HOURS_A_YEAR = 8760.0


class Matching(StrEnum):
    """Over which period imports less exports count against the clean share."""

    HOURLY = "hourly"
    MONTHLY = "monthly"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True, eq=False)
class SizingProblem:
    """Loads (hours,) and what may serve them.

    clean_share : off grid, the least share of the load served, of electricity and of hydrogen each. With a grid,
        `hourly` matching allows imports of at most (1 - share) x load over the problem; `monthly` and `annual`
        allow imports less exports of at most (1 - share) x load, in each month or over the problem. Load there is
        the electric load and what electrolysers and heaters need for the hydrogen and the heat load. A share of 0
        asks for nothing: imports may then also cover what storage loses and what is sold.
    month_of_hour : (hours,) integers that group hours into months; needed for monthly matching alone.
    heat_load_mw : (hours,) heat; None is none.
    unserved_price_usd_per_mwh : electric load may go unserved at this price, all of it unless `unserved_share` is
        given too. It takes the place of the clean share of electricity off grid.
    unserved_share : at most this share of the electric load may go unserved, at the price or else for nothing. It
        takes the place of the clean share of electricity off grid.

    Raises InvalidProblem naming every wrong field.
    """

    load_mw: FloatArray
    hydrogen_load_mw: FloatArray
    generators: tuple[Generator, ...]
    battery: Battery | None = None
    hydrogen: Hydrogen | None = None
    grid: Grid | None = None
    clean_share: float = 1.0
    matching: Matching = Matching.HOURLY
    month_of_hour: np.ndarray | None = None
    heat_load_mw: FloatArray | None = None
    heat: Heat | None = None
    flexibility: Flexibility | None = None
    unserved_price_usd_per_mwh: float | None = None
    unserved_share: float | None = None

    def __post_init__(self) -> None:
        from models.sizing.checks import check  # it needs this class's name for its own signature

        check(self)

    @property
    def hours(self) -> int:
        """Hours of the problem."""
        return len(self.load_mw)

    @property
    def yearly(self) -> float:
        """Energies of the problem times this are energies of a year."""
        return HOURS_A_YEAR / self.hours

    @property
    def heat_demand_mw(self) -> FloatArray:
        """The heat load, zeros where there is none, (hours,)."""
        return np.zeros(self.hours) if self.heat_load_mw is None else self.heat_load_mw

    @property
    def matched_load_mw(self) -> FloatArray:
        """Electric load and what electrolysers and heaters need for the hydrogen and the heat load, (hours,)."""
        found = self.load_mw
        if self.hydrogen is not None:
            found = found + self.hydrogen_load_mw / self.hydrogen.electrolyser_efficiency
        if self.heat is not None:
            found = found + self.heat_demand_mw / self.heat.heater_cop
        return found

    @property
    def shares_unserved(self) -> tuple[float, float]:
        """Shares of the electric and of the hydrogen load that may go unserved; 1 at a price without a share."""
        off_grid = 1.0 - self.clean_share if self.grid is None else 0.0
        electric = off_grid if self.unserved_share is None else self.unserved_share
        if self.unserved_price_usd_per_mwh is not None and self.unserved_share is None:
            electric = 1.0
        return electric, off_grid
