"""Chunks on a Dask cluster: the same function, shipped by name; every worker has Sitewatt and its data installed."""

import logging
from concurrent.futures import BrokenExecutor, Future, InvalidStateError
from contextlib import suppress
from typing import Any

from service.jobs import work
from service.jobs.engine import Rows, SchedulerLostError
from service.jobs.records import Lease, Row

SECONDS_TO_CONNECT = 10
AHEAD = 2  # chunks for each thread of the cluster, so that none waits for the network
log = logging.getLogger("sitewatt")


class WorkerLostError(BrokenExecutor):
    """The cluster gave a chunk up: the workers that had it died."""


class DaskEngine:
    """A scheduler at an address. Chunks that a lost worker had are computed again by another."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None
        self._running: dict[Rows, Any] = {}

    def free(self) -> int:
        """Room for chunks beside those that are out; 0 while the scheduler is away or has no workers."""
        self._running = {mine: theirs for mine, theirs in self._running.items() if not mine.done()}
        try:
            threads = int(sum(self._connected().nthreads().values()))
        except (OSError, TimeoutError) as error:
            log.warning("the Dask scheduler is away: %s", type(error).__name__)
            self.close()
            return 0
        return max(AHEAD * threads - len(self._running), 0)

    def submit(self, lease: Lease) -> Rows:
        """Begin a chunk on the cluster."""
        mine: Rows = Future()
        mine.set_running_or_notify_cancel()
        theirs = self._connected().submit(
            work.run_chunk,
            lease.payload,
            lease.defaults,
            work.versions(),
            lease.tenant,
            pure=False,
            priority=-lease.place,
        )
        self._running[mine] = theirs
        theirs.add_done_callback(lambda done: _settle(mine, done))
        return mine

    def abandon(self, future: Rows) -> None:
        """Cancel it; a worker that is at it comes to its end, and nobody listens."""
        theirs = self._running.pop(future, None)
        if theirs is not None:
            _end(future, WorkerLostError("it was no longer waited for"))
            theirs.cancel()

    def close(self) -> None:
        """Leave the cluster; it stays as it is."""
        client, self._client = self._client, None
        for mine in self._running:
            _end(mine, SchedulerLostError())
        self._running = {}
        if client is not None:
            client.close(timeout=2)

    def _connected(self) -> Any:
        from distributed import Client

        if self._client is not None and self._client.status != "running":
            self.close()
        if self._client is None:
            self._client = Client(  # type: ignore[no-untyped-call]  # the library has no types
                self._address, timeout=SECONDS_TO_CONNECT, set_as_default=False
            )
        return self._client


def _settle(mine: Rows, theirs: Any) -> None:
    """Hand the outcome of the cluster's future to ours."""
    from distributed.scheduler import KilledWorker

    if mine.done():
        return
    if theirs.status == "finished":
        rows: list[Row] = theirs.result()
        with suppress(InvalidStateError):
            mine.set_result(rows)
        return
    error = theirs.exception() if theirs.status == "error" else SchedulerLostError()  # lost, cancelled: not by us
    _end(mine, WorkerLostError("the workers that had the chunk died") if isinstance(error, KilledWorker) else error)


def _end(mine: Rows, error: BaseException) -> None:
    """The first to end it does; the callbacks of the cluster come from a thread of their own."""
    with suppress(InvalidStateError):
        mine.set_exception(error)
