"""Two services on one PostgreSQL; and a site that ends every process that takes it."""

import time
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest

from tests.faults.harness import check_rows, service, sites
from tests.postgis_server import Server

pytestmark = pytest.mark.slow


def idle(workers: list[psutil.Process]) -> bool:
    """True where none of them works: they are gone, or take no processor time."""

    def taken() -> list[float]:
        alive = [worker for worker in workers if worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE]
        return [worker.cpu_times().user for worker in alive]

    before = taken()
    time.sleep(1.0)
    return taken() == before or not taken()


def test_two_replicas_share_a_batch_and_its_end(
    database: Server, tmp_path: Path, undisturbed: list[dict[str, Any]]
) -> None:
    with (
        service(tmp_path / "a", DATABASE_URL=database.url, BATCH_WORKERS="1", BATCH_LEASE_SECONDS="60") as one,
        service(tmp_path / "b", DATABASE_URL=database.url, BATCH_WORKERS="1", BATCH_LEASE_SECONDS="60") as other,
    ):
        path = one.post(sites())
        assert other.finished(path)["status"] == "successful"
        check_rows(other.rows(path), undisturbed)
        with psycopg.connect(database.url) as connection:
            taken = connection.execute("SELECT holder, count(*), max(token) FROM chunks GROUP BY holder").fetchall()
        assert len(taken) == 2  # both had a share
        assert all(most == 1 for _, _, most in taken)  # and none of the chunks was taken twice
        long = one.post(sites(1000))
        one.until(lambda: one.batch(long)["progress"]["done"] >= 8)
        one.until(lambda: len(one.workers()) == len(other.workers()) == 1)
        busy = [*one.workers(), *other.workers()]
        assert httpx.delete(f"http://127.0.0.1:{one.port}{long}", timeout=30.0).json()["status"] == "dismissed"
        one.until(lambda: idle(busy), 60.0)
        done = one.batch(long)["progress"]["done"]
        assert done < 1000
        assert other.batch(long)["status"] == "dismissed"
        assert len(other.rows(long)) == done


def test_a_poison_site_is_found_and_the_rest_ends(tmp_path: Path) -> None:
    """HiGHS takes a minute over a year with hydrogen: longer than this service gives a site."""
    poison = {
        **sites(1)[0],
        "site_id": "poison",
        "supply": {"technologies": ["pv_tracking", "wind_onshore", "battery", "hydrogen_store", "hydrogen_turbine"]},
        "options": {"solver": "highs"},
    }
    with service(tmp_path, BATCH_SITE_SECONDS="6", BATCH_CHUNK_SITES="2") as one:
        path = one.post([*sites(8), poison | {"supply": {**poison["supply"], "clean_share": 1.0}}])
        batch = one.finished(path)
        assert batch["status"] == "successful"
        assert batch["progress"] == batch["progress"] | {"total": 9, "done": 9, "failed": 1}
        (bad,) = [row for row in one.rows(path) if row["status"] == "failed"]
        assert bad["site_id"] == "poison"
        assert bad["problem"]["type"].endswith("site-ends-worker")
