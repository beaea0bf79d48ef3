"""Where our own solver's time goes: its steps are wrapped for the length of a run, and what is in none is the rest."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from models.sizing import directions, engine, interior_point, newton, passes, refining

# What is wrapped stands where it is looked up; none of these calls another of a different part.
PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "problem building": (
        (engine, "formulate"),
        (interior_point, "lay_out"),
        (directions, "form_of"),
        (interior_point, "start"),
    ),
    "factorisation": ((newton.Newton, "factor"),),
    "substitutions": ((newton.Newton, "substitute"),),
    "passes": (
        (directions, "open_iteration"),
        (directions, "unbalanced"),
        (passes, "gather"),
        (passes, "spread"),
        (passes, "recentre"),
        (passes, "move"),
        (refining, "amend"),
    ),
    "certificate": ((engine, "certify"),),
    "reading the answer": ((engine, "read"),),
}


class _Clock:
    """Seconds and calls of one part."""

    def __init__(self) -> None:
        self.seconds, self.calls = 0.0, 0

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted."""

        def counted(*args: Any, **kwargs: Any) -> Any:
            begun = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += time.perf_counter() - begun
                self.calls += 1

        return counted


def split(run: Callable[[], object]) -> dict[str, tuple[float, int]]:
    """Seconds and calls of each part of a run, of the rest, and of the whole."""
    clocks = {part: _Clock() for part in PARTS}
    with ExitStack() as wrapped:
        for part, places in PARTS.items():
            for owner, name in places:
                wrapped.enter_context(patch.object(owner, name, clocks[part].around(getattr(owner, name))))
        begun = time.perf_counter()
        run()
        whole = time.perf_counter() - begun
    rest = whole - sum(clock.seconds for clock in clocks.values())
    found = {part: (clock.seconds, clock.calls) for part, clock in clocks.items()}
    return found | {"rest": (rest, 1), "whole": (whole, 1)}
