"""Problems without an answer: the error names each need that cannot be met, and by how much."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing import solve
from models.sizing.checks import InvalidProblem
from models.sizing.components import Battery, Flexibility, Generator, Grid
from models.sizing.problem import Matching, SizingProblem
from models.sizing.solution import Infeasible
from tests.unit.sizing.cases import HEAT, HYDROGEN, LOAD, WEEK, flat, week

YEAR = 8760.0
WHOLE = LOAD * YEAR
HALF = np.where(np.arange(WEEK) % 24 < 12, 1.0, 0.0)
DAYTIME = (Generator("day", HALF, 50_000.0),)


def shortages(problem: SizingProblem) -> dict[str, float]:
    """What both solvers say is short; they must say the same."""
    said = []
    for solver in ("auto", "highs"):
        with pytest.raises(Infeasible) as caught:
            solve(problem, solver)
        said.append(caught.value.shortages)
        for need, short in caught.value.shortages.items():
            assert need.replace("_", " ") in str(caught.value)
            assert f"{short:,.6g}" in str(caught.value)
    assert said[0] == pytest.approx(said[1], rel=1e-4)
    return said[0]


def test_nights_without_any_supply() -> None:
    assert shortages(week(generators=DAYTIME, battery=None)) == pytest.approx({"electricity": 0.5 * WHOLE}, rel=1e-4)


def test_a_limit_that_is_too_low() -> None:
    small = (Generator("small", np.ones(WEEK), 1.0, max_mw=4.0, existing_mw=3.0),)
    assert shortages(week(generators=small)) == pytest.approx({"electricity": 0.3 * WHOLE}, rel=1e-4)


def test_only_what_is_short_beyond_the_allowed_share_counts() -> None:
    for allowed in ({"clean_share": 0.8}, {"unserved_share": 0.2}, {"unserved_share": 0.2, "clean_share": 0.5}):
        found = shortages(week(generators=DAYTIME, battery=None, **allowed))
        assert found == pytest.approx({"electricity": 0.3 * WHOLE}, rel=1e-4)


def test_a_price_with_a_share_allows_no_more_than_the_share() -> None:
    found = shortages(week(generators=DAYTIME, battery=None, unserved_share=0.1, unserved_price_usd_per_mwh=500.0))
    assert found == pytest.approx({"electricity": 0.4 * WHOLE}, rel=1e-4)


def test_hydrogen_that_an_electrolyser_of_its_size_cannot_make() -> None:
    plant = replace(HYDROGEN, electrolyser_max_mw=5.0)
    found = shortages(week(hydrogen=plant, hydrogen_load_mw=flat(value=6.217)))
    assert found == pytest.approx({"hydrogen": 0.5 * 6.217 * YEAR}, rel=1e-4)


def test_hydrogen_by_day_alone_without_a_store() -> None:
    plant = replace(HYDROGEN, store_annual_cost_usd_per_mwh=None)
    found = shortages(
        week(
            load_mw=np.zeros(WEEK),
            generators=DAYTIME,
            battery=None,
            hydrogen=plant,
            hydrogen_load_mw=flat(value=2.0),
            clean_share=0.9,
        )
    )
    assert found == pytest.approx({"hydrogen": 0.4 * 2.0 * YEAR}, rel=1e-4)


def test_heat_beyond_the_heater() -> None:
    plant = replace(HEAT, heater_cop=2.0, heater_max_mw=3.0)
    found = shortages(week(heat=plant, heat_load_mw=flat(value=8.0)))
    assert found == pytest.approx({"heat": 2.0 * YEAR}, rel=1e-4)


def test_heat_by_day_alone_without_a_store() -> None:
    plant = replace(HEAT, store_annual_cost_usd_per_mwh=None)
    problem = week(load_mw=np.zeros(WEEK), generators=DAYTIME, battery=None, heat=plant, heat_load_mw=flat(value=8.0))
    assert shortages(problem) == pytest.approx({"heat": 4.0 * YEAR}, rel=1e-4)


def test_a_clean_share_that_the_day_cannot_give() -> None:
    """The grid can carry the night, so no load is short: it is the share that cannot be met."""
    base = week(generators=DAYTIME, battery=None, grid=Grid(80.0), clean_share=0.8)
    assert shortages(base) == pytest.approx({"clean_share": 0.3 * WHOLE}, rel=1e-4)
    whole = replace(base, clean_share=1.0)
    assert shortages(whole) == pytest.approx({"clean_share": 0.5 * WHOLE}, rel=1e-4)


def test_a_clean_share_in_the_months_without_sun() -> None:
    month = np.arange(WEEK) // 84
    sunny = np.where(month == 0, HALF, 0.0)
    base = week(
        generators=(Generator("summer", sunny, 50_000.0),),
        battery=None,
        grid=Grid(80.0),
        clean_share=0.7,
        matching=Matching.MONTHLY,
        month_of_hour=month,
    )
    assert shortages(base) == pytest.approx({"clean_share": 0.7 * 0.5 * WHOLE}, rel=1e-4)
    assert solve(replace(base, matching=Matching.ANNUAL)).objective_usd_per_year > 0.0


def test_imports_that_are_too_few_leave_load_short_and_the_share_too() -> None:
    """The night needs 10 MW, the line brings 4: 6 MW are short, and what is imported passes the share."""
    found = shortages(week(generators=DAYTIME, battery=None, grid=Grid(80.0, max_import_mw=4.0), clean_share=0.9))
    assert found == pytest.approx({"electricity": 0.3 * WHOLE, "clean_share": 0.1 * WHOLE}, rel=1e-4)


def test_every_need_short_at_once() -> None:
    """Each need has its own bottleneck, so that none can be traded for another."""
    problem = week(
        generators=(Generator("small", np.ones(WEEK), 1.0, max_mw=18.0),),
        hydrogen=replace(
            HYDROGEN, electrolyser_max_mw=5.0, turbine_annual_cost_usd_per_mw=None, turbine_efficiency=None
        ),
        hydrogen_load_mw=flat(value=6.217),
        heat=replace(HEAT, heater_cop=2.0, heater_max_mw=1.5),
        heat_load_mw=flat(value=4.0),
    )
    assert shortages(problem) == pytest.approx({"hydrogen": 0.5 * 6.217 * YEAR, "heat": YEAR}, rel=1e-4)
    less = replace(problem, generators=(Generator("small", np.ones(WEEK), 1.0, max_mw=2.0),))
    said = shortages(less)
    assert {"electricity", "hydrogen"} <= set(said)


def test_a_flexible_load_is_short_of_what_its_window_does_not_reach() -> None:
    found = shortages(week(generators=DAYTIME, battery=None, flexibility=Flexibility(1.0, 3)))
    assert found == pytest.approx({"electricity": 0.25 * WHOLE}, rel=1e-4)


def test_storage_without_a_source_is_no_supply() -> None:
    dark = (Generator("none", np.zeros(WEEK), 1.0),)
    found = shortages(week(generators=dark, battery=Battery(1.0, 1.0, 1.0, 1.0), hydrogen=HYDROGEN))
    assert found == pytest.approx({"electricity": WHOLE}, rel=1e-4)


def test_a_generator_named_like_a_plant_is_refused() -> None:
    for name in ("battery", "electrolyser", "hydrogen_turbine", "heater", "connection"):
        with pytest.raises(InvalidProblem, match=name):
            week(generators=(Generator(name, np.ones(WEEK), 1.0),))
