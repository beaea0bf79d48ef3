"""What a technology costs a year on the rating the sizing uses: figures, annuity, fixed O&M, interest while built."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from models.cost_table import CostCase
from models.figure import Figure
from models.finance import crf


@dataclass(frozen=True, slots=True)
class TechnologyCost:
    """Costs of one technology in one year. A figure is None where the technology has no such cost.

    efficiency : electrolyser and turbine, LHV. round_trip_efficiency : battery, AC to AC.
    dc_ac_ratio : PV, the ratio the cost stands for. standing_loss_per_day : thermal store, share of its level.
    """

    technology: str
    cost_year: int
    lifetime_years: Figure
    capex_usd_per_mw: Figure | None = None
    capex_usd_per_mwh: Figure | None = None
    fixed_opex_usd_per_mw_year: Figure | None = None
    fixed_opex_usd_per_mwh_year: Figure | None = None
    variable_opex_usd_per_mwh: Figure | None = None
    efficiency: Figure | None = None
    round_trip_efficiency: Figure | None = None
    specific_electricity_kwh_per_kg: Figure | None = None
    dc_ac_ratio: Figure | None = None
    standing_loss_per_day: Figure | None = None

    def annual_cost_usd_per_mw(self, wacc: float, case: CostCase = CostCase.CENTRAL) -> float:
        """Annuity and fixed O&M of a MW, USD a year; 0 where the technology has no power rating of its own."""
        return self._annual(self.capex_usd_per_mw, self.fixed_opex_usd_per_mw_year, wacc, case)

    def annual_cost_usd_per_mwh(self, wacc: float, case: CostCase = CostCase.CENTRAL) -> float:
        """Annuity and fixed O&M of a MWh of storage, USD a year; 0 where it stores nothing."""
        return self._annual(self.capex_usd_per_mwh, self.fixed_opex_usd_per_mwh_year, wacc, case)

    def marginal_cost_usd_per_mwh(self, case: CostCase = CostCase.CENTRAL) -> float:
        """Variable O&M of a MWh of output."""
        return _end(self.variable_opex_usd_per_mwh, case)

    @property
    def one_way_efficiency(self) -> float:
        """Efficiency of charging and of discharging each: the root of the round trip's. Battery only."""
        if self.round_trip_efficiency is None:
            raise ValueError(f"{self.technology} has no round-trip efficiency")
        return math.sqrt(self.round_trip_efficiency.value)

    def _annual(self, capex: Figure | None, fixed: Figure | None, wacc: float, case: CostCase) -> float:
        return _end(capex, case) * crf(wacc, self.lifetime_years.value) + _end(fixed, case)

    def figures(self) -> Iterator[Figure]:
        """Every figure, for the provenance."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Figure):
                yield value


def _end(figure: Figure | None, case: CostCase) -> float:
    if figure is None:
        return 0.0
    end = {CostCase.LOW: figure.low, CostCase.HIGH: figure.high}.get(case)
    return figure.value if end is None else end


def with_construction(cost: TechnologyCost, factor: float) -> TechnologyCost:
    """The cost with its investment carried from spending to the start of operation; fixed O&M stays as it is."""
    if factor == 1.0:
        return cost
    why = f"x {factor:.4f}, interest during construction"
    moved: dict[str, Any] = {
        name: scaled(figure, factor, figure.name, figure.unit, "; ".join(filter(None, (figure.note, why))))
        for name in ("capex_usd_per_mw", "capex_usd_per_mwh")
        if (figure := getattr(cost, name)) is not None
    }
    return replace(cost, **moved)


def scaled(figure: Figure, factor: float, name: str, unit: str, note: str) -> Figure:
    low = None if figure.low is None else figure.low * factor
    high = None if figure.high is None else figure.high * factor
    return replace(figure, name=name, unit=unit, value=figure.value * factor, low=low, high=high, note=note)
