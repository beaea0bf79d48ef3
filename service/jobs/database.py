"""One database of batches: SQLite with a write-ahead log, or PostgreSQL; made and brought up to date by migrations."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.engine import make_url

SECONDS_TO_CONNECT = 5
SECONDS_TO_WAIT = 30  # for another writer
LOCK = 7_318_349_394  # of PostgreSQL, that one replica alone migrates; any number of ours


class Database:
    """Connections, transactions and the clock. `url` as SQLAlchemy takes it; nothing is opened before first use.

    `folder` is that of SQLite's file, None for a server.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.folder = Path(parsed.database).parent if self.is_sqlite and parsed.database else None
        self.engine = _sqlite(parsed) if self.is_sqlite else _server(parsed)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it or nothing."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def now(self, connection: Connection) -> float:
        """Seconds since 1970 by the clock that all replicas share."""
        if self.is_sqlite:
            return time.time()
        return float(connection.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one())

    def migrate(self) -> None:
        """Bring the tables up to date; several replicas may ask at once. OSError where SQLite has no folder."""
        from alembic import command
        from alembic.config import Config

        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
        config = Config()
        config.set_main_option("script_location", "service.jobs:migrations")
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _server(url: Any) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=8,
        pool_timeout=SECONDS_TO_CONNECT,
        connect_args={"connect_timeout": SECONDS_TO_CONNECT, "options": "-c lock_timeout=30000"},
    )


def _sqlite(url: Any) -> Engine:
    engine = create_engine(url, connect_args={"timeout": SECONDS_TO_WAIT, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _opened(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not where the driver thinks fit
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer that began as a reader could not wait for another writer.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
