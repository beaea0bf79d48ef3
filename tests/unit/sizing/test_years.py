"""Several weather years as one problem, leap years among them, and problems of any number of hours."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve, summarise
from models.sizing.components import Generator, Grid
from models.sizing.formulate import formulate
from models.sizing.laying import lay_out
from models.sizing.problem import Matching, SizingProblem
from tests.unit.sizing.cases import HYDROGEN, agreed, flat, week, within


def of_years(*lengths: int) -> SizingProblem:
    """Years of daily sun and slow wind, each with a phase of its own; months by the thirtieth of a year."""
    sun = np.concatenate([np.maximum(np.sin((np.arange(n) % 24 - 6) * np.pi / 12), 0.0) for n in lengths])
    wind = np.concatenate([0.4 + 0.35 * np.sin(np.arange(n) * 0.05 + 2.0 * k) for k, n in enumerate(lengths)])
    month = np.concatenate([np.arange(n) * 12 // n + 12 * k for k, n in enumerate(lengths)])
    hours = sum(lengths)
    return SizingProblem(
        load_mw=flat(hours),
        hydrogen_load_mw=np.zeros(hours),
        generators=(Generator("solar", sun, 51_346.0), Generator("wind", wind, 101_644.0, 1.0)),
        battery=week().battery,
        month_of_hour=month,
    )


@pytest.mark.parametrize("hours", [24, 25, 97, 131, 360, 509, 721])
def test_any_number_of_hours(hours: int) -> None:
    agreed(week(hours, hydrogen=HYDROGEN))


def test_hours_that_cannot_be_cut_are_filled_up() -> None:
    """2,003 hours, a prime, are cut as 2,040: same optimum, and with a grid and months too."""
    store = week(2003, hydrogen=HYDROGEN)
    assert lay_out((formulate(store),)).segments == 120
    found = agreed(store)
    assert len(found.operation.battery_mwh) == 2003
    month = np.arange(2003) // 700
    agreed(
        week(
            2003, grid=Grid(90.0, 10.0, 12.0, 50_000.0), clean_share=0.9, matching=Matching.MONTHLY, month_of_hour=month
        )
    )


@pytest.mark.parametrize("years", [2, 3, 5])
def test_the_same_year_over_again_costs_what_one_does(years: int) -> None:
    one = week(hydrogen=HYDROGEN)
    many = replace(
        one,
        load_mw=np.tile(one.load_mw, years),
        hydrogen_load_mw=np.zeros(168 * years),
        generators=tuple(replace(g, capacity_factor=np.tile(g.capacity_factor, years)) for g in one.generators),
    )
    found, single = agreed(many), solve(one)
    assert found.objective_usd_per_year == pytest.approx(single.objective_usd_per_year, rel=1e-6)
    assert summarise(found).load_mwh == pytest.approx(summarise(single).load_mwh, rel=1e-12)


def test_years_together_cost_no_less_than_their_mean() -> None:
    """One system must serve all: never cheaper than a system for each, and no dearer than the sum of their parts."""
    both = agreed(of_years(720, 744)).objective_usd_per_year
    each = [solve(of_years(720)).objective_usd_per_year]
    second = of_years(720, 744)
    later = replace(
        second,
        load_mw=second.load_mw[720:],
        hydrogen_load_mw=np.zeros(744),
        generators=tuple(replace(g, capacity_factor=g.capacity_factor[720:]) for g in second.generators),
        month_of_hour=second.month_of_hour[720:],
    )
    each.append(solve(later).objective_usd_per_year)
    assert both >= min(each) * (1 - 1e-6)


@pytest.mark.parametrize("matching", list(Matching))
def test_months_of_each_year_are_matched_apart(matching: Matching) -> None:
    problem = replace(of_years(720, 732, 720), grid=Grid(45.0, 10.0, 8.0, 8.0), clean_share=0.9, matching=matching)
    found = agreed(problem)
    if matching is Matching.MONTHLY:
        net = found.operation.import_mw - found.operation.export_mw
        allowed = 0.1 * np.bincount(problem.month_of_hour, problem.load_mw)
        assert (np.bincount(problem.month_of_hour, net) <= allowed + 1e-4).all()
        assert len(allowed) == 36


@pytest.mark.slow
def test_a_whole_leap_year() -> None:
    found = agreed(of_years(8784))
    assert found.info.hours == 8784
    assert summarise(found).load_mwh == pytest.approx(87_600.0, rel=1e-12)


def test_an_ordinary_and_a_leap_year_together() -> None:
    """Too long for HiGHS in a test: the certificate stands for it; `make validate` compares such lengths."""
    found = solve(of_years(8760, 8784))
    assert found.info.hours == 17_544
    assert found.info.solver == "interior_point"
    assert found.info.relative_gap <= 1e-6
    within(found)
