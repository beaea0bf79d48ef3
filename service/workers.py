"""Computations in threads: a few at once, a bounded queue before them."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread

from service.http.problems import ProblemError

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


def side_by_side(function: Callable[[S], T], items: Iterable[S]) -> list[T]:
    """The function of every item, in the order of the items, in one thread for each processor.

    The solvers release the interpreter while they work. What an item gives does not depend on the threads;
    each works for the tenant of whoever asks.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return [future.result() for future in [pool.submit(copy_context().run, function, item) for item in items]]


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
