"""The batches of one service: the database, the runner that works on them, the keeper that tidies up."""

import logging
import os
import threading

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.access.tenants import tenant_in_use
from service.jobs.dask_engine import DaskEngine
from service.jobs.database import Database
from service.jobs.engine import Engine, LocalEngine
from service.jobs.keeper import Keeper
from service.jobs.runner import Runner
from service.jobs.store import Store
from service.settings import Settings

RETRY_SECONDS = 2.0
log = logging.getLogger("sitewatt")


def database_of(settings: Settings) -> Database:
    """The operator's database, or a file in the data folder."""
    if settings.database_url is not None:
        return Database(settings.database_url.get_secret_value())
    return Database(f"sqlite:///{settings.data_folder / 'batches.sqlite'}")


def engine_of(settings: Settings) -> Engine | None:
    """The cluster where one is set, else processes here; None where this service computes no batches."""
    if settings.dask_scheduler is not None:
        return DaskEngine(settings.dask_scheduler)
    workers = (os.cpu_count() or 1) if settings.batch_workers is None else settings.batch_workers
    return LocalEngine(workers, settings) if workers else None


class Office:
    """Opens when the service starts, as soon as the database answers; until then batches answer 503."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = database_of(settings)
        self.store = Store(self.database, tenant=None)  # the keeper tidies up for all
        engine = engine_of(settings)
        self._runner = (
            Runner(self.database, engine, settings.batch_lease_seconds, settings.batch_site_seconds) if engine else None
        )
        self._keeper = Keeper(self.store, settings)
        self._stop, self._opened = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._open, name="batches-open", daemon=True)

    def own(self) -> Store:
        """The batches of whoever asks."""
        return Store(self.database, tenant_in_use())

    def start(self) -> None:
        """Open in the background: a database that is away must not keep the service from starting."""
        self._thread.start()

    def stop(self) -> None:
        """End the workers; what they had is given back."""
        self._stop.set()
        self._thread.join()
        if self._opened.is_set():
            if self._runner is not None:
                self._runner.stop()
            self._keeper.stop()
        self.database.close()

    def poke(self) -> None:
        """There is a new batch."""
        if self._runner is not None:
            self._runner.poke()

    @property
    def opened(self) -> bool:
        """True from when the tables are there."""
        return self._opened.is_set()

    def ready(self) -> bool:
        """True where the database answers now."""
        try:
            with self.database.reading() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return self.opened

    def _open(self) -> None:
        said = ""
        while not self._stop.is_set():
            try:
                self.database.migrate()
            except (SQLAlchemyError, OSError) as error:
                if said != (said := type(error).__name__):  # once: it is asked every other second
                    folder = self.database.folder
                    log.warning(
                        "the database of batches%s cannot be opened: %s; batches answer 503 until it can",
                        f" in {folder}" if folder else "",
                        said,
                    )
                self._stop.wait(RETRY_SECONDS)
                continue
            if said:
                log.warning("the database of batches is open")
            self._opened.set()
            if self._runner is not None:
                self._runner.start()
            self._keeper.start()
            return
