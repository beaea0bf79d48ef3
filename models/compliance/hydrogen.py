"""What the rules on hydrogen need of a project: its power hour by hour, and facts that no model can know."""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.compliance.matching import checked

MONTHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class HydrogenPower:
    """Electricity of the hydrogen, arrays (hours,), MW.

    claim_mw : what electrolysers draw; where hydrogen is the product, all that the plant draws.
    own_mw : what of the site's draw comes from its own generation in the hour, stores included; the hydrogen is first
        in line for it, which the project has to document.
    produced_mw : what own and contracted generators produced and was used or sold.
    month_of_hour : integers that group the hours into months.
    always : hours in which cheap power passes the rule on time (prices), or None.
    hydrogen_kg : made of the claim.
    full_load_hours : of the electrolysers, a year.
    grid_t_co2_per_mwh : intensity of what the grid supplies; None where it is not known.

    Raises ValueError on unequal shapes, values that are negative or not finite, or no claim.
    """

    claim_mw: FloatArray
    own_mw: FloatArray
    produced_mw: FloatArray
    month_of_hour: np.ndarray
    hydrogen_kg: float
    full_load_hours: float
    grid_t_co2_per_mwh: float | None
    always: np.ndarray | None = None

    def __post_init__(self) -> None:
        checked(self.claim_mw, self.own_mw, self.produced_mw)
        if self.claim_mw.sum() <= 0.0 or self.hydrogen_kg <= 0.0:
            raise ValueError("there is no hydrogen")

    @property
    def claim_mwh(self) -> float:
        """Electricity of the hydrogen over all hours."""
        return float(self.claim_mw.sum())

    def kg_co2_per_kg(self, unmatched_mwh: float) -> float | None:
        """CO2e of a kg of hydrogen where so much of its electricity is the grid's; None where that is not known."""
        if unmatched_mwh <= 0.0:
            return 0.0
        if self.grid_t_co2_per_mwh is None:
            return None
        return 1000.0 * unmatched_mwh * self.grid_t_co2_per_mwh / self.hydrogen_kg


@dataclass(frozen=True, slots=True)
class HydrogenFacts:
    """What the caller states; None is not stated, and leaves a verdict open.

    year : of production, for which the verdict holds.
    plant_operation, generation_operation : months since year 0 (`month_number`) in which the hydrogen plant and the
        oldest generator that supplies it come into operation.
    construction_year : in which building of the hydrogen plant begins.
    zone_renewable_share : of the bidding zone in the calendar year before, 0-1.
    zone_g_per_mj : emission intensity of the bidding zone's electricity.
    same_zone : whether generators stand where the rule on place asks: same bidding zone, or one that counts as it.
    """

    year: int
    grid_connected: bool
    direct_line: bool | None = None
    smart_metering: bool | None = None
    plant_operation: int | None = None
    generation_operation: int | None = None
    construction_year: int | None = None
    zone_renewable_share: float | None = None
    zone_g_per_mj: float | None = None
    power_purchase_agreement: bool | None = None
    generation_aided: bool | None = None
    same_zone: bool | None = None
    prevailing_wage: bool | None = None

    @property
    def generation_age_months(self) -> int | None:
        """Months by which the generators are older than the plant; negative where they come later."""
        if self.plant_operation is None or self.generation_operation is None:
            return None
        return self.plant_operation - self.generation_operation


def month_number(year: int, month: int) -> int:
    """Months since year 0.

    >>> month_number(2030, 1) - month_number(2027, 1)
    36
    """
    return MONTHS * year + month - 1


def age_reason(months: int | None) -> str:
    """How the ages stand, in words."""
    if months is None:
        return "the months in which plant and generators come into operation are not given"
    if months <= 0:
        return "the generators come into operation with the hydrogen plant or after it"
    return f"the generators come into operation {months} months before the hydrogen plant"
