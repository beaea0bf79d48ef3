"""The problems that the benchmarks solve: the three shared ones, years in a row and sites side by side made of them."""

import json
from dataclasses import replace
from typing import Any

import numpy as np

from models.sizing.components import Battery, Generator, Hydrogen
from models.sizing.problem import SizingProblem
from tests.shared import SHARED

CASES = ("mn-battery", "mn-hydrogen", "mn-hydrogen-feed")
FOLDER = SHARED / "validation" / "sizing"
SEED = 2013
NOISE = 0.03  # spread of the factor of each day, and of each year, in made-up years
SITE_NOISE = 0.08  # spread of a made-up site's yield


def facts(name: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """A case as it is written down, and the profiles of its site, (hours,)."""
    case = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))[name]
    with np.load(FOLDER / f"{case['site']}.npz") as profiles:
        return case, {key: profiles[key].astype(float) for key in ("solar", "wind")}


def read(name: str) -> tuple[SizingProblem, float]:
    """A case as a problem, and the objective that PyPSA + HiGHS found for it."""
    case, profiles = facts(name)
    costs, hours = case["costs"], len(profiles["solar"])
    hydrogen = Hydrogen(
        costs["electrolyser"],
        costs["eta_electrolyser"],
        costs["h2_store"],
        costs["h2_turbine"],
        costs["eta_h2_turbine"],
    )
    problem = SizingProblem(
        load_mw=np.full(hours, float(case["load_mw"])),
        hydrogen_load_mw=np.full(hours, float(case["hydrogen_load_mw"])),
        generators=tuple(Generator(key, profile, costs[key]) for key, profile in profiles.items()),
        battery=Battery(costs["battery_energy"], costs["battery_power"], costs["eta_charge"], costs["eta_discharge"]),
        hydrogen=hydrogen if case["hydrogen"] else None,
    )
    return problem, float(case["objective_per_year"])


def beginning_of(problem: SizingProblem, hours: int) -> SizingProblem:
    """The first hours alone."""
    return replace(
        problem,
        load_mw=problem.load_mw[:hours],
        hydrogen_load_mw=problem.hydrogen_load_mw[:hours],
        generators=tuple(replace(one, capacity_factor=one.capacity_factor[:hours]) for one in problem.generators),
    )


def years_of(problem: SizingProblem, years: int) -> SizingProblem:
    """The year over and over, every day and every year of it a little better or worse (seeded)."""
    random = np.random.default_rng(SEED)

    def changed(profile: np.ndarray) -> np.ndarray:
        days = 1.0 + NOISE * random.standard_normal(years * problem.hours // 24)
        whole = 1.0 + NOISE * random.standard_normal(years)
        return np.clip(np.tile(profile, years) * np.repeat(days, 24) * np.repeat(whole, problem.hours), 0.0, 1.0)

    return replace(
        problem,
        load_mw=np.tile(problem.load_mw, years),
        hydrogen_load_mw=np.tile(problem.hydrogen_load_mw, years),
        generators=tuple(replace(one, capacity_factor=changed(one.capacity_factor)) for one in problem.generators),
    )


def sites_of(problem: SizingProblem, sites: int) -> list[SizingProblem]:
    """As many sites: the year begun on another day, each generator's yield higher or lower (seeded)."""
    random = np.random.default_rng(SEED)

    def moved(profile: np.ndarray, day: int) -> np.ndarray:
        better = 1.0 + SITE_NOISE * random.standard_normal()
        return np.clip(np.roll(profile, 24 * day) * better, 0.0, 1.0)

    found = []
    for day in random.integers(0, problem.hours // 24, sites):
        made = tuple(replace(one, capacity_factor=moved(one.capacity_factor, int(day))) for one in problem.generators)
        found.append(replace(problem, generators=made))
    return found
