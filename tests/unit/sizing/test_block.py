"""Many sites at once give what each gives alone."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, solve_block
from models.sizing.formulate import formulate
from models.sizing.interior_point import InteriorPoint
from models.sizing.laying import lay_out
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, Solution
from tests.unit.sizing.test_sizing import problem


def site(seed: int, hours: int = 96) -> SizingProblem:
    """A site of its own: other weather, other costs."""
    random = np.random.default_rng(seed)
    base = problem(hours)
    generators = tuple(
        replace(
            generator,
            capacity_factor=np.clip(generator.capacity_factor * random.uniform(0.7, 1.3, hours), 0.0, 1.0),
            annual_cost_usd_per_mw=generator.annual_cost_usd_per_mw * random.uniform(0.5, 2.0),
        )
        for generator in base.generators
    )
    return replace(base, generators=generators, load_mw=base.load_mw * random.uniform(0.1, 10.0))


def test_a_block_is_its_singles() -> None:
    sites = [site(seed) for seed in range(16)]
    for alone, together in zip([solve(one) for one in sites], solve_block(sites), strict=True):
        assert isinstance(together, Solution)
        assert together.info.solver == "interior_point"
        assert together.objective_usd_per_year == pytest.approx(alone.objective_usd_per_year, rel=1e-6)
        assert together.info.relative_gap <= 1e-6


def test_sites_that_differ_in_kind_and_one_without_answer() -> None:
    dark = replace(site(1), battery=None, hydrogen=None, generators=(problem(96).generators[0],))
    longer, bare = site(2, 120), replace(site(3), battery=None)
    found = solve_block([site(0), dark, longer, bare])
    assert isinstance(found[1], Infeasible)
    for one, answer in ((site(0), found[0]), (longer, found[2]), (bare, found[3])):
        assert isinstance(answer, Solution)
        assert answer.objective_usd_per_year == pytest.approx(solve(one).objective_usd_per_year, rel=1e-6)


@pytest.mark.parametrize("segments", [1, 2, 4, 12, 48])
def test_the_cut_of_the_year_into_lanes_does_not_matter(segments: int) -> None:
    model = formulate(site(7))
    found, _, reached = InteriorPoint(lay_out((model,), segments)).run()
    assert reached.all()
    assert found[0] is not None
    cost = np.array([capacity.cost for capacity in model.capacities])
    assert cost @ found[0].border.built[:, 0] * model.power_unit == pytest.approx(
        solve(site(7)).objective_usd_per_year, rel=1e-6
    )
