"""A week that every feature is tried on, and what must hold of any answer: HiGHS agrees and every balance closes."""

from dataclasses import replace

import numpy as np

from models.arrays import FloatArray
from models.sizing import solve
from models.sizing.balance import imbalances
from models.sizing.components import Battery, Generator, Heat, Hydrogen
from models.sizing.problem import SizingProblem
from models.sizing.solution import Solution

WEEK = 168
LOAD = 10.0
CLOSE = 1e-6  # of the mean load
BATTERY = Battery(12_000.0, 25_000.0, 0.96, 0.95)
HYDROGEN = Hydrogen(188_715.0, 0.6217, 148.0, 47_718.0, 0.41)
HEAT = Heat(30_000.0, 0.98, 1_500.0)


def sun(hours: int = WEEK) -> FloatArray:
    """Days of half a sine, brighter and darker in turn."""
    hour = np.arange(hours)
    return np.maximum(np.sin((hour % 24 - 6) * np.pi / 12), 0.0) * (0.75 + 0.2 * np.cos(hour // 24 * 2.3))


def wind(hours: int = WEEK) -> FloatArray:
    """Wind that comes and goes over days, with a lull."""
    hour = np.arange(hours)
    return np.asarray(np.clip(0.35 + 0.3 * np.sin(hour * 0.061) + 0.15 * np.sin(hour * 0.37 + 1.0), 0.03, 1.0))


def flat(hours: int = WEEK, value: float = LOAD) -> FloatArray:
    """The same in every hour."""
    return np.full(hours, value)


def week(hours: int = WEEK, **changes: object) -> SizingProblem:
    """Sun and wind, a flat load of 10 MW, a battery; `changes` are fields of the problem."""
    base = SizingProblem(
        load_mw=flat(hours),
        hydrogen_load_mw=np.zeros(hours),
        generators=(Generator("solar", sun(hours), 51_346.0), Generator("wind", wind(hours), 101_644.0)),
        battery=BATTERY,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # each is checked when the problem is made


def agreed(problem: SizingProblem) -> Solution:
    """Our answer, held against HiGHS: the same objective to 1e-6, balances that close, nothing over its capacity."""
    ours, theirs = solve(problem), solve(problem, "highs")
    assert ours.info.solver == "interior_point", ours.warnings
    scale = max(abs(theirs.objective_usd_per_year), 1e-9)
    assert abs(ours.objective_usd_per_year - theirs.objective_usd_per_year) <= 1e-6 * scale
    for found in (ours, theirs):
        within(found)
    return ours


def within(found: Solution) -> None:
    """Balances close; no flow or level is negative or above what was built."""
    problem, operation, built = found.problem, found.operation, found.capacities
    slack = CLOSE * float(problem.matched_load_mw.mean())
    for name, left in imbalances(found).items():
        assert np.abs(left).max() <= slack, name
    flows = {name: getattr(operation, name) for name in operation.__slots__}
    for name, used in flows.pop("used_mw").items():
        assert (used <= flows["available_mw"][name] + slack).all(), name
    del flows["available_mw"]
    for name, values in flows.items():
        assert values.min() >= -slack, name
    limits = {
        "charge_mw": "battery_mw",
        "discharge_mw": "battery_mw",
        "battery_mwh": "battery_mwh",
        "electrolyser_mw": "electrolyser_mw",
        "turbine_mw": "hydrogen_turbine_mw",
        "hydrogen_store_mwh": "hydrogen_store_mwh",
        "heater_mw": "heater_mw",
        "thermal_store_mwh": "thermal_store_mwh",
    }
    for name, capacity in limits.items():
        assert flows[name].max() <= built[capacity] + slack * (1.0 + built[capacity] / LOAD), name
