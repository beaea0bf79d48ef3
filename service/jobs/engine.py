"""Where chunks are computed: processes here, or a Dask cluster; the runner sees futures of rows."""

import logging
import multiprocessing
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from service.jobs import work
from service.jobs.records import Lease, Row
from service.settings import Settings

log = logging.getLogger("sitewatt")
Rows = Future[list[Row]]
PRELOAD = "service.jobs.preload"


class SchedulerLostError(Exception):
    """The cluster is away; the chunk is not to blame."""


class Engine(Protocol):
    """Computes chunks. A future ends with its rows, or with BrokenExecutor where its worker died over it."""

    def free(self) -> int:
        """How many chunks it can begin now; starts what is not running. What is not free may be so later."""

    def submit(self, lease: Lease) -> Rows:
        """Begin a chunk, where `free` said so."""

    def abandon(self, future: Rows) -> None:
        """Stop what is no longer wanted, whatever it is doing."""

    def close(self) -> None:
        """End all workers; `free` starts them again."""


@dataclass(slots=True)
class _Slot:
    """A pool of one process: when it dies, it is known over which chunk. `begun` ends with its number."""

    pool: ProcessPoolExecutor
    begun: Future[int]
    busy: Rows | None = None

    def idle(self) -> bool:
        """True where it can take a chunk."""
        return self.begun.done() and self.begun.exception() is None and (self.busy is None or self.busy.done())

    def dead(self) -> bool:
        """True where the process has ended, as far as its pool knows."""
        ended = [future for future in (self.begun, self.busy) if future is not None and future.done()]
        return any(isinstance(future.exception(), BrokenExecutor) for future in ended if not future.cancelled())


class LocalEngine:
    """Processes of this machine, forked from one that holds the tables already where the system can."""

    def __init__(self, workers: int, settings: Settings) -> None:
        self._settings = settings
        self._slots: list[_Slot | None] = [None] * workers
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload([PRELOAD])

    def free(self) -> int:
        """Processes that are ready and have nothing to do."""
        for index, slot in enumerate(self._slots):
            if slot is None or slot.dead():
                if slot is not None and slot.busy is None:
                    log.error("a worker of batches ended before it could begin; another is started")
                self._end(index)
                pool = ProcessPoolExecutor(1, self._context, work.begin, (self._settings,))
                self._slots[index] = _Slot(pool, pool.submit(work.begun))
        return sum(slot is not None and slot.idle() for slot in self._slots)

    def submit(self, lease: Lease) -> Rows:
        """Begin a chunk on a process that has nothing to do."""
        slot = next(slot for slot in self._slots if slot is not None and slot.idle())
        try:
            slot.busy = slot.pool.submit(work.run_chunk, lease.payload, lease.defaults, work.versions(), lease.tenant)
        except BrokenExecutor as error:  # it died idle
            slot.busy = Future()
            slot.busy.set_exception(error)
        return slot.busy

    def abandon(self, future: Rows) -> None:
        """Kill the process that works on it."""
        for index, slot in enumerate(self._slots):
            if slot is not None and slot.busy is future:
                self._end(index)

    def close(self) -> None:
        """Kill all processes."""
        for index in range(len(self._slots)):
            self._end(index)

    def pids(self) -> list[int]:
        """The processes that are there."""
        return [slot.begun.result() for slot in self._slots if slot is not None and slot.begun.done()]

    def _end(self, index: int) -> None:
        slot, self._slots[index] = self._slots[index], None
        if slot is None:
            return
        if not slot.dead():
            for process in list((slot.pool._processes or {}).values()):  # no public way before Python 3.14
                process.kill()
        slot.pool.shutdown(wait=False, cancel_futures=True)
