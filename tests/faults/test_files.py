"""Files that are damaged, cut off, in a folder that is none; clocks that jump."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from geodata.weather.climatology import Climatology
from geodata.weather.uploads import UploadStore
from service.app import create_app
from service.jobs.database import Database
from service.jobs.records import NewBatch
from service.jobs.store import Store
from service.settings import Settings
from tests.api.ready import wait_until_ready


@pytest.fixture
def uploads(tmp_path: Path) -> UploadStore:
    return UploadStore(tmp_path, 10, 10**9)


@pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "text"])
def test_a_damaged_upload_is_left_out_and_not_used(uploads: UploadStore, tmp_path: Path, damage: str) -> None:
    year = Climatology.load().fetch(52.4, 13.2)
    good, hurt = uploads.add(year), uploads.add(year)
    path = tmp_path / f"{hurt.weather_id}.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    pieces = {"cut": content[:5000], "empty": b"", "flipped": content, "text": b"not a file"}
    path.write_bytes(bytes(pieces[damage]))
    if damage != "flipped":  # its head can still be read
        assert [kept.weather_id for kept in uploads.list()] == [good.weather_id]
        with pytest.raises(KeyError):
            uploads.head(hurt.weather_id)
    with pytest.raises(KeyError):
        uploads.get(hurt.weather_id)
    uploads.remove(hurt.weather_id)
    assert np.isfinite(uploads.get(good.weather_id).air_c).all()


def test_a_half_written_upload_is_not_seen(uploads: UploadStore, tmp_path: Path) -> None:
    (tmp_path / "3f8b1e0a-52c4-4d0e-9f0e-5b0f4a6c7d21.part").write_bytes(b"half")
    assert uploads.list() == ()


def test_a_database_killed_in_its_migration_is_brought_up_again(tmp_path: Path) -> None:
    """Tables are made in one transaction: one that did not end leaves none, and the next start makes them."""
    path = tmp_path / "batches.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    for order in ("PRAGMA journal_mode=WAL", "BEGIN", "CREATE TABLE batches (id INTEGER)"):
        connection.execute(order)
    connection.close()  # without COMMIT, as the kill leaves it
    database = Database(f"sqlite:///{path}")
    database.migrate()
    new = NewBatch({}, [], [], "d", None, None, False, None)
    assert Store(database).create(new)[1]
    database.close()


def test_a_database_that_is_no_database_leaves_the_rest_at_work(tmp_path: Path) -> None:
    (tmp_path / "batches.sqlite").write_bytes(b"this is no database" * 1000)
    url = f"sqlite:///{tmp_path / 'batches.sqlite'}"
    settings = Settings(data_folder=tmp_path / "data", database_url=url, batch_workers=0)  # type: ignore[arg-type]  # a secret made of text
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        assert client.get("/healthz/live").status_code == 200
        assert client.get("/v1/technologies").status_code == 200
        assert client.get("/v1/batches").status_code == 503


def test_a_folder_that_is_none_leaves_the_rest_at_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with TestClient(create_app(Settings(data_folder=tmp_path / "file", batch_workers=0))) as client:
        assert client.get("/v1/processes").status_code == 200
        assert client.get("/v1/batches").status_code == 503
        assert client.get("/v1/weather").status_code == 200


def test_a_clock_set_back_loses_no_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches made before and after the clock went back are all there, and the rates are no less than nothing."""
    settings = Settings(data_folder=tmp_path, batch_workers=0)
    with TestClient(create_app(settings)) as client:
        wait_until_ready(client)
        body = {"sites": [{"location": {"type": "Point", "coordinates": [10, 50]}}]}
        body["defaults"] = {"process": {"id": "cement"}}  # type: ignore[assignment]  # one request
        first = client.post("/v1/batches", json=body).json()["batch_id"]
        monkeypatch.setattr("service.jobs.database.time.time", lambda: 1_000_000_000.0)
        second = client.post("/v1/batches", json=body).json()["batch_id"]
        listed = client.get("/v1/batches").json()["batches"]
        assert {batch["batch_id"] for batch in listed} == {first, second}
        assert all(batch["progress"]["sites_per_second"] >= 0.0 for batch in listed)
