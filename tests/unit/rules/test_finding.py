"""Verdicts as three-valued logic, and thresholds that include or leave out their own value."""

import itertools

import pytest

from models.compliance.finding import Verdict, all_of, any_of, at_most, below, known, percent

MET, NOT, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@pytest.mark.parametrize("verdicts", list(itertools.product((MET, NOT, OPEN), repeat=3)))
def test_an_open_verdict_is_what_its_missing_inputs_leave_open(verdicts: tuple[Verdict, ...]) -> None:
    choices = [(MET, NOT) if verdict is OPEN else (verdict,) for verdict in verdicts]
    every = {all(item is MET for item in filled) for filled in itertools.product(*choices)}
    some = {any(item is MET for item in filled) for filled in itertools.product(*choices)}
    assert all_of(verdicts) is (OPEN if len(every) == 2 else known(every.pop()))
    assert any_of(verdicts) is (OPEN if len(some) == 2 else known(some.pop()))


def test_a_fact_that_is_not_stated_is_open() -> None:
    assert [known(fact) for fact in (True, False, None)] == [MET, NOT, OPEN]


@pytest.mark.parametrize(("value", "limit"), [(0.1 + 0.2, 0.3), (0.3, 0.1 + 0.2), (94 * 0.3, 28.2), (28.2, 94 * 0.3)])
def test_equal_in_decimals_is_equal(value: float, limit: float) -> None:
    assert at_most(value, limit)
    assert not below(value, limit)


def test_next_to_a_threshold_is_not_on_it() -> None:
    assert not at_most(28.2001, 28.2)
    assert below(17.9999, 18.0)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1.0, "100%"), (1.0 - 1e-12, "100%"), (0.0, "0%"), (0.5312, "53.1%"), (0.99996, "99.996%"), (2e-6, "0.0002%")],
)
def test_a_share_is_told_from_nothing_and_from_the_whole(share: float, shown: str) -> None:
    assert percent(share) == shown
