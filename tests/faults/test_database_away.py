"""The database stops and comes back, or has no room: batches wait, then end by themselves."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import SITES, check_rows, service, sites
from tests.postgis_server import Server

pytestmark = pytest.mark.slow
AWAY_SECONDS = 20.0


def test_postgresql_stopped_and_started(database: Server, tmp_path: Path, undisturbed: list[dict[str, Any]]) -> None:
    with service(tmp_path, DATABASE_URL=database.url) as one:
        path = one.post(sites())
        one.until(lambda: one.batch(path)["progress"]["done"] >= SITES // 4)
        database.stop()
        away = one.get(path)
        assert away.status_code == 503
        assert away.headers["retry-after"]
        assert one.get("/healthz/ready").status_code == 503
        assert one.get("/healthz/live").status_code == 200
        time.sleep(AWAY_SECONDS)
        database.start()
        assert one.finished(path)["status"] == "successful"
        check_rows(one.rows(path), undisturbed)


def test_service_starts_before_its_database(database: Server, tmp_path: Path) -> None:
    database.stop()
    with service(tmp_path, ready="/healthz/live", DATABASE_URL=database.url) as one:
        assert one.get("/v1/batches").status_code == 503
        assert one.get("/healthz/ready").status_code == 503
        database.start()
        one.until(lambda: one.get("/v1/batches").status_code == 200)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB. Skipped where none may be mounted: only root may, as in `.ci/run`."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:  # a disk that fills up for us alone is root's to make
        pytest.skip("mounting a small disk takes root")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=16m", "none", str(folder)], capture_output=True, text=True)
    if done.returncode:  # a container may forbid it to root, too
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(file: Path) -> None:
    """Write until there is no room."""
    with file.open("wb", buffering=0) as ballast, suppress(OSError):
        while ballast.write(b"x" * 4096):
            pass


def test_full_disk(small_disk: Path, tmp_path: Path, undisturbed: list[dict[str, Any]]) -> None:
    ballast = small_disk / "ballast"
    url = f"sqlite:///{small_disk / 'batches.sqlite'}"
    with service(tmp_path / "data", DATABASE_URL=url) as one:
        path = one.post(sites(SITES)[:100])
        one.until(lambda: one.batch(path)["progress"]["done"] >= 8)
        fill(ballast)
        one.until(lambda: "wait" in one.log())
        assert one.sent(sites(1)).status_code == 507
        assert one.batch(path)["status"] == "running"
        ballast.unlink()
        assert one.finished(path)["status"] == "successful"
        calm = [{**row, "rank": None} for row in undisturbed[:100]]
        check_rows([{**row, "rank": None} for row in one.rows(path)], calm)
