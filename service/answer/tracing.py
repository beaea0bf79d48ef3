"""Figures as the answer states them."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from models.demand.load import recalled_notice
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


def gathered(groups: Iterable[Iterable[Coded]], figures: Sequence[Figure]) -> list[Caveat]:
    """Warnings of the parts of an answer, each once; of recalled figures one that names all among `figures`."""
    others = [warning for group in groups for warning in group if warning.code != "recalled_figures"]
    return caveats(others, recalled_notice(figures, "answer"))
