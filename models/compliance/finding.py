"""What a rule's module finds: tests with verdicts, and the finding that they make together.

A verdict is `unknown` where an input is missing; it is never guessed. `all_of` and `any_of` are Kleene's: a missing
input leaves the verdict open only where it could change it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ROUNDING = 1e-9
"""Relative room of a threshold, so that a value that equals it in decimals meets it in binary too."""


def percent(share: float) -> str:
    """A share for a reader: one decimal, or as many as tell it from nothing and from the whole."""
    if abs(share - round(share)) <= ROUNDING:
        return f"{round(share):.0%}"
    decimals = next((n for n in range(1, 7) if round(share, n + 2) != round(share)), 7)
    return f"{share:.{decimals}%}"


class Verdict(StrEnum):
    """What can be said of a rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a verdict rests on, with the threshold it is held against; None where it is not known."""

    name: str
    value: float | None
    unit: str
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of a rule."""

    name: str
    verdict: Verdict
    reason: str
    article: str
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's verdict with its reasons. `recalled` names what in it rests on general knowledge."""

    rule: str
    title: str
    verdict: Verdict
    reasons: tuple[str, ...]
    measures: tuple[Measure, ...]
    checks: tuple[Check, ...]
    article: str
    source: str
    recalled: tuple[str, ...] = ()


def known(fact: bool | None) -> Verdict:
    """The verdict of a fact that the caller states, or leaves out."""
    if fact is None:
        return Verdict.UNKNOWN
    return Verdict.MET if fact else Verdict.NOT_MET


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Met where all are; not met where one is not; else unknown."""
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET


def any_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Met where one is; not met where none is; else unknown."""
    if Verdict.MET in verdicts:
        return Verdict.MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.NOT_MET


def at_most(value: float, threshold: float) -> bool:
    """Value <= threshold, the threshold itself included whatever its binary form.

    >>> at_most(94 * 0.3, 28.2) and at_most(28.2, 94 * 0.3)
    True
    """
    return value <= threshold + ROUNDING * max(abs(threshold), 1.0)


def below(value: float, threshold: float) -> bool:
    """Value < threshold, the threshold itself left out whatever its binary form."""
    return not at_most(threshold, value)
