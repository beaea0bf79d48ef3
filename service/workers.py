"""Computations in threads: a few at once, a bounded queue before them, each only for as long as it is wanted."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread

from models.sizing.solution import Stopped
from service.http.problems import ProblemError
from service.operation import metrics
from service.operation.call import Call, check, current

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
REASONS = {
    "deadline": ("deadline-exceeded", "The answer was not ready in the time that a request may take here."),
    "gone": ("cancelled", "The caller left."),
    "shutdown": ("shutting-down", "This service is stopping; ask again, another may answer."),
}


def side_by_side(function: Callable[[S], T], items: Iterable[S]) -> list[T]:
    """The function of every item, in the order of the items, in one thread for each processor.

    The solvers release the interpreter while they work. What an item gives does not depend on the threads; each works
    for whoever asks. Raises Stopped where the answer is no longer wanted.
    """

    def one(item: S) -> T:
        check()
        return function(item)

    contexts = [(copy_context(), item) for item in items]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(lambda pair: pair[0].run(one, pair[1]), contexts))


class Workers:
    """`at_once` computations run, `waiting` more may wait; the solvers release the interpreter while they work.

    `kind` is what a refusal calls them.
    """

    def __init__(self, at_once: int, waiting: int, kind: str = "computations") -> None:
        self._kind = kind
        self._limiter, self._threads = anyio.CapacityLimiter(at_once), anyio.CapacityLimiter(at_once)
        self._most = at_once + waiting
        self._calls: dict[object, Call] = {}
        self._draining = False

    @property
    def full(self) -> bool:
        """True where nothing more may wait."""
        return len(self._calls) >= self._most

    def drain(self) -> None:
        """Take nothing new; what is there goes on."""
        self._draining = True

    def stop(self) -> None:
        """End what is there, at its next step."""
        self.drain()
        for call in self._calls.values():
            call.stop("shutdown")

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `function`. Raises ProblemError: `busy` where too many wait already, and where the deadline
        passes, the caller leaves or the service stops: what it computes then ends at its next `check`.
        """
        if self._draining:
            metrics.REFUSALS.labels("shutdown").inc()
            raise ProblemError(*REASONS["shutdown"])
        if self.full:
            metrics.REFUSALS.labels(self._kind).inc()
            raise ProblemError("busy", f"{self._most} {self._kind} are under way or waiting; try again shortly.")
        call, place = current() or Call("", float("inf")), object()
        self._calls[place] = call
        try:
            return await self._run(call, place, lambda: function(*args, **kwargs))
        except Stopped as stopped:
            reason = call.reason or "shutdown"
            metrics.STOPPED.labels(reason).inc()
            raise ProblemError(*REASONS[reason]) from stopped
        except anyio.get_cancelled_exc_class():
            call.stop("shutdown")  # the server gave the request up
            raise
        finally:
            del self._calls[place]

    async def _run(self, call: Call, place: object, work: Callable[[], T]) -> T:
        """The result of `work` after its turn has come. Raises Stopped."""
        found: list[T] = []
        failed: list[Exception] = []
        waiting = anyio.CancelScope()
        async with anyio.create_task_group() as group:
            group.start_soon(_watch, call, waiting)
            taken = False
            with waiting, metrics.COMPUTATIONS.labels("waiting").track_inprogress():
                await self._limiter.acquire_on_behalf_of(place)
                taken = True
            try:
                if call.should_stop():
                    raise Stopped
                with metrics.COMPUTATIONS.labels("running").track_inprogress():
                    found.append(await anyio.to_thread.run_sync(work, limiter=self._threads))
            except Exception as error:  # handed on below: the group would wrap it
                failed.append(error)
            finally:
                if taken:
                    self._limiter.release_on_behalf_of(place)
                group.cancel_scope.cancel()
        if failed:
            raise failed[0]
        return found[0]


async def _watch(call: Call, waiting: anyio.CancelScope) -> None:
    """Stop a call when its deadline passes or its caller leaves; one that waits then leaves the queue."""
    with anyio.move_on_after(call.seconds_left):
        while call.receive is not None and (await call.receive())["type"] != "http.disconnect":
            pass
        if call.receive is None:
            await anyio.sleep_forever()
        call.stop("gone")
    call.stop("deadline")
    waiting.cancel()
