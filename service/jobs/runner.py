"""Keeps the workers at work: takes chunks, hands them to the engine, publishes what comes back, holds the leases.

Nothing here need survive: what a killed runner held is free again when its leases end, and what it had not published
is computed again. While the database is away or full, results wait here and the attempts go on.
"""

import logging
import socket
import threading
import time
import uuid
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import dataclass

from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError, StatementError

from service.http.problems import titled
from service.jobs.chunking import unpacked
from service.jobs.database import Database
from service.jobs.engine import Engine, Rows, SchedulerLostError
from service.jobs.leases import Leases
from service.jobs.records import Lease, Row
from service.jobs.work import OtherDataError, failed
from service.operation import metrics

MOST_TRIES = 3
POLL_SECONDS = 1.0
RENEWALS = 8  # in the time of a lease: a batch that was dismissed elsewhere is seen as soon
LONGEST_PAUSE = 5.0
IDLE_SECONDS = 120.0  # then the workers are ended, and their memory is free
log = logging.getLogger("sitewatt")


@dataclass(frozen=True, slots=True)
class Flight:
    """A chunk that the engine has; `deadline` by the monotonic clock."""

    lease: Lease
    deadline: float


class Runner:
    """One thread that feeds one engine. `poke` wakes it."""

    def __init__(self, database: Database, engine: Engine, lease_seconds: float, site_seconds: float) -> None:
        holder = f"{socket.gethostname()[:40]}-{uuid.uuid4().hex[:12]}"
        self.leases = Leases(database, holder, lease_seconds)
        self.engine = engine
        self._site_seconds = site_seconds
        self._flights: dict[Rows, Flight] = {}
        self._landed: list[tuple[Lease, Rows]] = []
        self._renew_at = self._busy_at = 0.0
        self._stop, self._wake = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="batches", daemon=True)
        self._thread.start()

    def poke(self) -> None:
        """There is something to do."""
        self._wake.set()

    def stop(self) -> None:
        """End the workers and give back what they had."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def run(self) -> None:
        """Turn until stopped."""
        pause = 0.0
        while not self._stop.is_set():
            try:
                self.turn()
                pause = 0.0
            except SQLAlchemyError as error:
                pause = min(max(2.0 * pause, 0.25), LONGEST_PAUSE)
                log.warning("batches wait %.2g s for their database: %s", pause, _cause(error))
                self._stop.wait(pause)
            except Exception:
                log.exception("the runner of batches stumbled")
                self._stop.wait(LONGEST_PAUSE)
        self._wind_down()

    def turn(self) -> None:
        """One round. Raises SQLAlchemyError where the database does not answer; nothing is lost by that."""
        self._land()
        self._hold()
        self._take()
        if self._flights:
            wait(self._flights, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        elif not self._landed:
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()

    def _land(self) -> None:
        now = time.monotonic()
        for future, flight in list(self._flights.items()):
            if not future.done() and now > flight.deadline:
                log.warning("a chunk of batch %s takes too long; its worker is ended", flight.lease.batch_id)
                self.engine.abandon(future)
                wait([future], timeout=POLL_SECONDS)
            if future.done():
                del self._flights[future]
                self._landed.append((flight.lease, future))
        while self._landed:
            self._settle(*self._landed[0])
            self._landed.pop(0)

    def _settle(self, lease: Lease, future: Rows) -> None:
        error = future.exception() if not future.cancelled() else BrokenExecutor("cancelled")
        if error is None:
            self._published_or_named(lease, future.result())
        elif isinstance(error, OtherDataError):
            log.error("batch %s waits: %s", lease.batch_id, error)
            self.leases.give_back(lease, wait=LONGEST_PAUSE, tried=False)
        elif isinstance(error, SchedulerLostError):
            self.leases.give_back(lease, tried=False)
        elif lease.tries < MOST_TRIES:
            log.warning("a worker ended over a chunk of batch %s, try %d", lease.batch_id, lease.tries)
            metrics.BATCH_RETRIES.inc()
            self.leases.give_back(lease)
        elif lease.size > 1:
            self.leases.split(lease)
        else:
            self._publish(lease, [_poisoned(lease)])

    def _published_or_named(self, lease: Lease, rows: list[Row]) -> None:
        """Publish; a result that no database takes is found among its neighbours and does not hold up the others."""
        try:
            self._publish(lease, rows)
        except StatementError as error:
            if isinstance(error, DBAPIError) and not isinstance(error, DataError):
                raise
            log.error("a result of batch %s cannot be stored: %s", lease.batch_id, type(error.orig).__name__)
            if lease.size > 1:
                self.leases.split(lease)
            else:
                self._publish(lease, [_unstorable(lease)])

    def _publish(self, lease: Lease, rows: list[Row]) -> None:
        if not self.leases.publish(lease, rows):
            log.info("a chunk of batch %s was no longer ours", lease.batch_id)
            return
        for row in rows:
            metrics.BATCH_SITES.labels(row.status).inc()

    def _hold(self) -> None:
        """Renew what is in the air; what was dismissed or has gone to another is stopped."""
        if not self._flights or time.monotonic() < self._renew_at:
            return
        kept = self.leases.renew([flight.lease for flight in self._flights.values()])
        self._renew_at = time.monotonic() + self.leases.seconds / RENEWALS
        for future, flight in list(self._flights.items()):
            if flight.lease.chunk_id not in kept:
                del self._flights[future]
                self.engine.abandon(future)

    def _take(self) -> None:
        if not self.leases.any_free():
            if self._flights:
                self._busy_at = time.monotonic()
            elif self._busy_at and time.monotonic() > self._busy_at + IDLE_SECONDS:
                self.engine.close()
                self._busy_at = 0.0
            return
        self._busy_at = time.monotonic()
        room = self.engine.free()
        taken = self.leases.claim(room) if room else []
        while taken:
            lease = taken[0]
            deadline = time.monotonic() + self._site_seconds * lease.size
            try:
                self._flights[self.engine.submit(lease)] = Flight(lease, deadline)
            except Exception:
                for left in taken:
                    self.leases.give_back(left, tried=False)
                raise
            taken.pop(0)

    def _wind_down(self) -> None:
        self.engine.close()
        for lease in [flight.lease for flight in self._flights.values()] + [lease for lease, _ in self._landed]:
            try:
                self.leases.give_back(lease, tried=False)
            except SQLAlchemyError:
                return  # the leases end by themselves


def _poisoned(lease: Lease) -> Row:
    site = unpacked(lease.payload)[0]
    detail = (
        f"The process that assessed it ended {lease.tries} times, or took too long; the other sites were not held up."
    )
    return failed(site["number"], site["site_id"], None, titled("site-ends-worker", detail))


def _unstorable(lease: Lease) -> Row:
    site = unpacked(lease.payload)[0]
    problem = titled("internal-error", "Its figures cannot be stored; the reason was logged.")
    return failed(site["number"], site["site_id"], None, problem)


def _cause(error: SQLAlchemyError) -> str:
    """The kind of error alone: messages may hold addresses and values."""
    return type(error.orig if isinstance(error, OperationalError) else error).__name__
