"""What must hold whatever the case: energy in is energy out, better is never dearer, twice the load twice the plant."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodata.grid import GridIndex
from geodata.weather.climatology import Climatology
from models.sizing import solve
from models.sizing.balance import imbalances
from models.sizing.components import Battery, Generator
from models.sizing.problem import SizingProblem
from models.sizing.solution import Solution

HOURS = 48
CLOSE = 1e-5
bounded = settings(max_examples=10, deadline=None, derandomize=True)
shares = st.floats(0.02, 1.0)
costs = st.floats(1e4, 3e5)
profiles = arrays(np.float64, HOURS, elements=st.floats(0.0, 1.0)).map(lambda found: np.maximum(found, 0.01))


@st.composite
def problems(draw: st.DrawFn) -> SizingProblem:
    """Two days of any two profiles, any load and costs, with a battery."""
    load = draw(arrays(np.float64, HOURS, elements=st.floats(1.0, 50.0)))
    return SizingProblem(
        load_mw=load,
        hydrogen_load_mw=np.zeros(HOURS),
        generators=(
            Generator("one", draw(profiles), draw(costs)),
            Generator("two", draw(profiles), draw(costs), draw(st.floats(0.0, 30.0))),
        ),
        battery=Battery(draw(st.floats(5e3, 5e4)), draw(st.floats(5e3, 5e4)), draw(st.floats(0.7, 1.0)), 0.95),
    )


def cost(problem: SizingProblem) -> float:
    return solve(problem).objective_usd_per_year


def not_dearer(better: SizingProblem, problem: SizingProblem) -> None:
    before = cost(problem)
    assert cost(better) <= before * (1.0 + CLOSE)


def changed(problem: SizingProblem, **changes: object) -> SizingProblem:
    """The first generator changed."""
    first, *others = problem.generators
    return replace(problem, generators=(replace(first, **changes), *others))  # type: ignore[arg-type]  # by the callers


@bounded
@given(problems())
def test_energy_in_is_energy_out(problem: SizingProblem) -> None:
    """Used from generators and taken from the battery, less what charges it, is the load, hour by hour and in all."""
    found: Solution = solve(problem)
    flows = found.operation
    used = sum(flows.used_mw.values())
    left = used + flows.discharge_mw - flows.charge_mw - problem.load_mw
    assert np.abs(left).max() <= CLOSE * problem.load_mw.mean()
    for name, values in imbalances(found).items():
        assert np.abs(values).max() <= CLOSE * problem.load_mw.mean(), name
    battery = problem.battery
    assert battery is not None
    kept = battery.charge_efficiency * flows.charge_mw.sum() - flows.discharge_mw.sum() / battery.discharge_efficiency
    assert abs(kept) <= CLOSE * problem.load_mw.sum()  # cyclic: what goes in, less its losses, comes out
    for name, available in flows.available_mw.items():
        assert (flows.used_mw[name] <= available + CLOSE * problem.load_mw.mean()).all()  # the rest is curtailed


@bounded
@given(problems(), st.floats(0.0, 1.0))
def test_a_better_resource_is_never_dearer(problem: SizingProblem, share: float) -> None:
    factor = problem.generators[0].capacity_factor
    not_dearer(changed(problem, capacity_factor=factor + share * (1.0 - factor)), problem)


@bounded
@given(problems(), shares)
def test_a_lower_price_is_never_dearer(problem: SizingProblem, share: float) -> None:
    not_dearer(changed(problem, annual_cost_usd_per_mw=problem.generators[0].annual_cost_usd_per_mw * share), problem)
    assert problem.battery is not None
    per_mwh = problem.battery.annual_cost_usd_per_mwh * share
    not_dearer(replace(problem, battery=replace(problem.battery, annual_cost_usd_per_mwh=per_mwh)), problem)


@bounded
@given(problems(), st.floats(0.1, 50.0))
def test_scaling_the_load_scales_the_design(problem: SizingProblem, factor: float) -> None:
    """The design itself may be one of several optima; its cost may not, nor may the scaled design fail to serve."""
    before, after = solve(problem), solve(replace(problem, load_mw=factor * problem.load_mw))
    assert after.objective_usd_per_year == pytest.approx(factor * before.objective_usd_per_year, rel=CLOSE)


@bounded
@given(st.floats(-85.0, 85.0))
def test_the_date_line_is_no_border(latitude: float) -> None:
    """180 degrees east is 180 degrees west; no other two longitudes that are taken lie 360 degrees apart.

    East of it the day's name is another, and with it the hours that are drawn: the year's means are the same.
    """
    source = Climatology.load()
    here, there = source.fetch(latitude, 180.0), source.fetch(latitude, -180.0)
    for name in ("ghi_w_per_m2", "air_c", "wind_100m_m_per_s"):
        assert getattr(here, name).mean() == pytest.approx(getattr(there, name).mean(), rel=0.01, abs=0.05)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.floats(-80.0, 80.0))
def test_the_nearest_grid_is_the_same_at_the_date_line(latitude: float) -> None:
    index = GridIndex.load()
    here, there = (index.nearest(latitude, longitude).nearest_line for longitude in (180.0, -180.0))
    assert here is not None
    assert there is not None
    assert here.distance_km == pytest.approx(there.distance_km, rel=1e-6, abs=1e-3)
