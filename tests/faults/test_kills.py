"""Workers and the service itself are killed again and again: nothing is lost, nothing done twice.

120 sites by default; SITEWATT_FAULT_SITES=2000 runs what the documents state.
"""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import SITES, Service, check_rows, service, sites
from tests.postgis_server import Server

pytestmark = pytest.mark.slow
WORKER_KILLS, SERVICE_KILLS = 20, 3


@pytest.fixture(params=["sqlite", "postgresql"])
def victim(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    if request.param == "sqlite":
        with service(tmp_path) as one:
            yield one
        return
    database: Server = request.getfixturevalue("database")
    with service(tmp_path, DATABASE_URL=database.url) as one:
        yield one


def test_kills_lose_nothing_and_double_nothing(victim: Service, undisturbed: list[dict[str, Any]]) -> None:
    draw = random.Random(11)
    path = victim.post(sites())
    marks = [SITES * (number + 1) // (SERVICE_KILLS + 2) for number in range(SERVICE_KILLS)]
    workers_killed = services_killed = 0
    while victim.batch(path)["status"] in ("accepted", "running"):
        done = victim.batch(path)["progress"]["done"]
        if marks and done >= marks[0]:
            marks.pop(0)
            victim.kill()
            services_killed += 1
            victim.start()
        elif workers_killed < WORKER_KILLS and done >= workers_killed * 0.8 * SITES / WORKER_KILLS:
            workers_killed += victim.kill_a_worker(draw)
        time.sleep(0.1)
    assert (workers_killed, services_killed) == (WORKER_KILLS, SERVICE_KILLS)
    batch = victim.batch(path)
    assert batch["status"] == "successful"
    assert batch["progress"]["done"] == SITES
    check_rows(victim.rows(path), undisturbed)


def test_workers_end_with_the_service_that_was_killed(tmp_path: Path) -> None:
    with service(tmp_path) as one:
        one.post(sites(40))
        one.until(lambda: len(one.workers()) == 2)
        workers = one.workers()
        one.kill()
        one.until(lambda: not any(worker.is_running() and worker.status() != "zombie" for worker in workers), 30.0)
