"""What comes out of the sizing: capacities, operation, shadow prices and the certificate of the optimum."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.arrays import FloatArray
from models.notice import Notice
from models.sizing.problem import SizingProblem
from models.sizing.stage_model import Answer

ShouldStop = Callable[[], bool]  # asked between iterations; True ends the solving with Stopped


def never() -> bool:
    """Nobody stops it."""
    return False


class Status(StrEnum):
    """A solver's verdict."""

    OPTIMAL = "optimal"
    ALMOST = "almost_optimal"  # to be judged by the certificate
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"


class SizingError(RuntimeError):
    """No optimum was found."""


class SolverFailed(SizingError):
    """A solver stopped without a verdict, or its answer does not pass the certificate."""

    def __init__(self, solver: str, reason: str) -> None:
        self.solver, self.reason = solver, reason
        super().__init__(f"{solver}: {reason}")


class Unbounded(SizingError):
    """The prices let the system earn without limit."""


class Stopped(SizingError):
    """Whoever asked no longer wants the answer: `should_stop` said so."""


class Infeasible(SizingError):
    """A need cannot be met; `shortages` says which and by how many MWh a year at least."""

    def __init__(self, shortages: Mapping[str, float], needs: Mapping[str, float]) -> None:
        self.shortages, self.needs = dict(shortages), dict(needs)
        parts = [
            f"{name.replace('_', ' ')}: at least {short:,.6g} MWh a year of {needs[name]:,.6g} MWh cannot be met"
            for name, short in shortages.items()
        ]
        super().__init__("; ".join(parts) or "the limits contradict each other")


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A solver's verdict; there is an answer where it is optimal, or almost."""

    status: Status
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Info:
    """How the optimum was found, and the proof.

    relative_gap : distance of primal and dual objective over the primal one, computed by us from variables and
        prices in original units. max_residual : largest violated row, MW.
    """

    solver: str
    status: str
    relative_gap: float
    primal_objective_usd_per_year: float
    dual_objective_usd_per_year: float
    max_residual: float
    iterations: int
    solve_ms: float
    hours: int


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """What the optimum does hour by hour, arrays (hours,): MW, levels in MWh at the end of the hour.

    load_more_mw, load_less_mw : what a flexible load draws above and below its own profile. hydrogen_vented_mw : what
        an electrolyser at its minimum load makes beyond any use.
    """

    available_mw: Mapping[str, FloatArray]
    used_mw: Mapping[str, FloatArray]
    charge_mw: FloatArray
    discharge_mw: FloatArray
    battery_mwh: FloatArray
    electrolyser_mw: FloatArray
    turbine_mw: FloatArray
    hydrogen_store_mwh: FloatArray
    hydrogen_vented_mw: FloatArray
    heater_mw: FloatArray
    thermal_store_mwh: FloatArray
    load_more_mw: FloatArray
    load_less_mw: FloatArray
    import_mw: FloatArray
    export_mw: FloatArray
    unserved_mw: FloatArray
    hydrogen_unserved_mw: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Shadow prices (hours,), USD/MWh: what one more MWh supplied in the hour would save.

    One more MWh of load would cost as much, were the imports and the unserved energy that are allowed to stay.
    """

    electricity_usd_per_mwh: FloatArray
    hydrogen_usd_per_mwh: FloatArray
    heat_usd_per_mwh: FloatArray


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How the least cost answers to one capacity, by the envelope theorem exact to first order.

    capacity : in the optimum, MW or MWh: change of the yearly cost with the annual cost of a unit, USD per USD.
    worth_usd_per_unit_year : what one more unit, free of cost, would save a year; a limit's price is this less the
        cost.
    """

    capacity: float
    annual_cost_usd_per_unit: float
    worth_usd_per_unit_year: float


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The least-cost system. `cost_usd_per_mwh` divides by the electric load; None where there is none."""

    problem: SizingProblem
    objective_usd_per_year: float
    cost_usd_per_mwh: float | None
    capacities: Mapping[str, float]
    sensitivities: Mapping[str, Sensitivity]
    operation: Operation
    prices: Prices
    info: Info
    warnings: tuple[Notice, ...]
