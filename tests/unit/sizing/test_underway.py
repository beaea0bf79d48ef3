"""A problem priced anew on its way ends at the optimum of the problem that it became."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from models.sizing import solve, solve_repriced
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible
from tests.unit.sizing.cases import HYDROGEN, flat, week

HOURS = 336
BASE = week(HOURS, hydrogen=HYDROGEN, hydrogen_load_mw=flat(HOURS, 3.0), clean_share=1.0)


def dearer(problem: SizingProblem, times: float) -> SizingProblem:
    first, *others = problem.generators
    costly = replace(first, annual_cost_usd_per_mw=first.annual_cost_usd_per_mw * times)
    return replace(problem, generators=(costly, *others))


@pytest.mark.parametrize("times", [0.8, 0.97, 1.03, 1.3, 3.0])
def test_the_answer_is_that_of_the_last_problem(times: float) -> None:
    asked: list[Mapping[str, float]] = []

    def reprice(capacities: Mapping[str, float]) -> SizingProblem | None:
        asked.append(capacities)
        return dearer(BASE, times ** len(asked)) if len(asked) <= 2 else None

    found = solve_repriced(BASE, reprice)
    alone = solve(dearer(BASE, times ** min(len(asked), 2)))
    assert len(asked) >= 2
    assert found.info.solver == "interior_point"
    assert found.info.relative_gap <= 1e-6
    assert found.problem.generators[0].annual_cost_usd_per_mw == alone.problem.generators[0].annual_cost_usd_per_mw
    assert found.objective_usd_per_year == pytest.approx(alone.objective_usd_per_year, rel=1e-6)


def test_what_it_is_asked_with_nears_what_is_built() -> None:
    asked: list[Mapping[str, float]] = []
    found = solve_repriced(BASE, asked.append)  # type: ignore[arg-type]  # it says None
    assert found.objective_usd_per_year == solve(BASE).objective_usd_per_year
    for name, last in asked[-1].items():
        assert last == pytest.approx(found.capacities[name], rel=0.1, abs=0.05 * float(BASE.load_mw.mean()))


def test_another_solver_and_no_answer() -> None:
    def never(capacities: Mapping[str, float]) -> SizingProblem | None:
        raise AssertionError(capacities)

    assert solve_repriced(BASE, never, "highs").info.solver == "highs"
    dark = replace(BASE, generators=tuple(replace(item, max_mw=0.0) for item in BASE.generators))
    with pytest.raises(Infeasible):
        solve_repriced(dark, lambda _: None)
