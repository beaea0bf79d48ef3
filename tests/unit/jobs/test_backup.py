"""The backup that docs/operations.md names: taken while the service writes, and whole."""

import sqlite3
from pathlib import Path

from service.jobs.database import Database
from service.jobs.records import NewBatch
from service.jobs.store import Store


def store(file: Path) -> Store:
    found = Store(Database(f"sqlite:///{file}"))
    found.database.migrate()
    return found


def test_vacuum_into_while_it_is_written(tmp_path: Path) -> None:
    live = store(tmp_path / "batches.sqlite")
    batch, _ = live.create(NewBatch({"process": {"id": "ammonia"}}, [(2, b"payload")], [], "digest"))
    with live.database.writing(), sqlite3.connect(tmp_path / "batches.sqlite") as beside:
        beside.execute("VACUUM INTO ?", (str(tmp_path / "backup.sqlite"),))
    live.database.close()
    kept = store(tmp_path / "backup.sqlite")
    assert kept.get(batch.id) == batch
    assert kept.waiting() == (1, 2)
    kept.database.close()
