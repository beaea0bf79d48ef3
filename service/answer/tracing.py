"""Figures as the answer states them."""

from collections.abc import Iterable
from typing import Protocol

from models.figure import Figure
from service.schemas.base import Caveat, Traced


class Coded(Protocol):
    """Any warning of models or geodata."""

    @property
    def code(self) -> str: ...
    @property
    def detail(self) -> str: ...


def traced(figure: Figure) -> Traced:
    """One figure with where it comes from."""
    return Traced(
        figure=figure.name,
        value=figure.value,
        unit=figure.unit,
        low=figure.low,
        high=figure.high,
        source=figure.source + (f" ({figure.note})" if figure.note else ""),
        year=figure.year,
        status=figure.status,
        default=figure.default,
    )


def unique(figures: Iterable[Figure]) -> list[Figure]:
    """Each figure once, the first of its name."""
    return list({figure.name: figure for figure in reversed(list(figures))}.values())[::-1]


def caveats(*groups: Iterable[Coded]) -> list[Caveat]:
    """Warnings, each once."""
    pairs = dict.fromkeys((warning.code, warning.detail) for group in groups for warning in group)
    return [Caveat(code=code, detail=detail) for code, detail in pairs]
