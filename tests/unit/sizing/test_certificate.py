"""The certificate: no answer passes that is not an optimum, whatever is wrong with it."""

from dataclasses import replace

import numpy as np
import pytest

from models.sizing.certificate import certify
from models.sizing.components import Grid
from models.sizing.formulate import formulate
from models.sizing.highs import solve_with_highs
from models.sizing.lp import assemble
from models.sizing.problem import Matching
from models.sizing.stage_model import Answer, StageModel
from tests.unit.sizing.cases import HYDROGEN, LOAD, flat, week


@pytest.fixture(scope="module")
def solved() -> tuple[StageModel, Answer]:
    """A week with every kind of row, solved."""
    problem = week(
        hydrogen=HYDROGEN,
        hydrogen_load_mw=flat(value=3.0),
        grid=Grid(60.0, 5.0, 8.0, 8.0),
        clean_share=0.9,
        matching=Matching.ANNUAL,
    )
    model = formulate(problem)
    answer = solve_with_highs(assemble(model)).answer
    assert answer is not None
    return model, answer


def test_an_optimum_passes(solved: tuple[StageModel, Answer]) -> None:
    proof = certify(*solved)
    assert proof.relative_gap <= 1e-7
    assert proof.max_residual <= 1e-7 * LOAD
    assert proof.primal == pytest.approx(proof.dual, rel=1e-7)


@pytest.mark.parametrize("field", ["capacities", "hourly", "prices", "long_prices"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_never_passes(solved: tuple[StageModel, Answer], field: str, value: float) -> None:
    model, answer = solved
    given = getattr(answer, field)
    spoilt = given[0].copy() if field == "long_prices" else given.copy()
    spoilt.flat[0] = value
    with np.errstate(all="ignore"):  # the number is not finite on purpose
        proof = certify(model, replace(answer, **{field: (spoilt,) if field == "long_prices" else spoilt}))
    assert proof.relative_gap == np.inf
    assert proof.max_residual == np.inf


def test_a_system_that_is_too_small_or_too_large_does_not_pass(solved: tuple[StageModel, Answer]) -> None:
    model, answer = solved
    small = certify(model, replace(answer, capacities=0.999 * answer.capacities))
    assert small.max_residual > 1e-4 * LOAD
    large = certify(model, replace(answer, capacities=1.001 * answer.capacities))
    assert large.relative_gap > 1e-4


def test_wrong_prices_do_not_pass(solved: tuple[StageModel, Answer]) -> None:
    model, answer = solved
    for factor in (0.999, 1.001):
        assert certify(model, replace(answer, prices=factor * answer.prices)).relative_gap > 1e-5


def test_a_load_that_is_not_served_does_not_pass(solved: tuple[StageModel, Answer]) -> None:
    model, answer = solved
    hourly = answer.hourly.copy()
    hourly[model.variable_index["used:0"], 40] += 0.01
    assert certify(model, replace(answer, hourly=hourly)).max_residual >= 0.01 - 1e-6
