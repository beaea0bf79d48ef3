"""Tidies up: forgets what is past its time, gives free memory back, tells receivers that a batch is over."""

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from service.jobs.store import Store
from service.jobs.webhooks import Outbox
from service.operation import metrics
from service.operation.allocator import give_back
from service.settings import Settings

DAY = 86_400.0
EVERY_SECONDS = 2.0
EXPIRE_EVERY, GIVE_BACK_EVERY = 300, 15  # turns
log = logging.getLogger("sitewatt")


class Keeper:
    """A thread beside the runner, so that a slow receiver does not hold up the work."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._seconds = settings.batch_retention_days * DAY
        self._outbox = Outbox(store, settings.webhooks)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="batches-keeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the turn."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        turn = 0
        while not self._stop.wait(EVERY_SECONDS if turn else 0.0):
            try:
                if turn % EXPIRE_EVERY == 0:
                    self._store.expire(self._seconds)
                self._outbox.deliver_due()
                self._measure()
            except SQLAlchemyError as error:
                metrics.DATABASE_UP.set(0)
                log.warning("the keeper of batches waits for the database: %s", type(error).__name__)
            except Exception:
                log.exception("the keeper of batches stumbled")
            if turn % GIVE_BACK_EVERY == 0:
                give_back()
            turn += 1

    def _measure(self) -> None:
        """What waits, for the metrics."""
        batches, sites = self._store.waiting()
        metrics.BATCH_ACTIVE.set(batches)
        metrics.BATCH_WAITING.set(sites)
        metrics.DATABASE_UP.set(1)
