"""Computations in threads: a few at once, a bounded queue before them."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread

from service.problems import ProblemError

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """`at_once` computations run, `waiting` more may wait; the solvers release the interpreter while they work."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._most = at_once + waiting
        self._inside = 0

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `function`. Raises ProblemError `busy` where too many wait already."""
        if self._inside >= self._most:
            raise ProblemError("busy", f"{self._most} computations are under way or waiting; try again shortly.")
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(lambda: function(*args, **kwargs), limiter=self._limiter)
        finally:
            self._inside -= 1
