"""The runner over an engine whose workers end whenever they meet a poisoned site."""

from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest

from service.jobs.chunking import SiteRow, in_chunks, row_text, unpacked
from service.jobs.database import Database
from service.jobs.engine import Rows, SchedulerLostError
from service.jobs.records import Lease, NewBatch, Row
from service.jobs.results import Ranking, Results
from service.jobs.runner import MOST_TRIES, Runner
from service.jobs.store import Store
from service.jobs.work import OtherDataError


class Fragile:
    """An engine of one slot that ends over some sites; `other` makes it say first that its data are others."""

    def __init__(self, poison: set[int], other: int = 0) -> None:
        self.poison, self.other, self.attempts = poison, other, 0

    def free(self) -> int:
        return 1

    def submit(self, lease: Lease) -> Rows:
        future: Rows = Future()
        self.attempts += 1
        sites = unpacked(lease.payload)
        if self.other:
            self.other -= 1
            future.set_exception(OtherDataError("data of last year"))
        elif self.poison & {site["number"] for site in sites}:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result([Row(s["number"], s["site_id"], 0.0, 0.0, {"cost": {}}, None) for s in sites])
        return future

    def abandon(self, future: Rows) -> None:
        future.cancel()

    def close(self) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path) -> Store:
    database = Database(f"sqlite:///{tmp_path / 'batches.sqlite'}")
    database.migrate()
    return Store(database)


def batch_of(store: Store, count: int, chunk: int) -> str:
    rows = [SiteRow(n, 0.0, float(n), row_text(n, f"s{n}", {}, {})) for n in range(1, count + 1)]
    return store.create(NewBatch({}, in_chunks(rows, chunk), [], "d"))[0].id


def turned(store: Store, engine: Fragile, batch_id: str) -> Runner:
    runner = Runner(store.database, engine, 60.0, 60.0)
    for _ in range(200):
        runner.turn()
        if not store.get(batch_id).active:
            return runner
    raise AssertionError("the batch does not end")


def test_poison_is_bisected_out(store: Store) -> None:
    batch_id = batch_of(store, 16, 16)
    engine = Fragile({5})
    turned(store, engine, batch_id)
    over = store.get(batch_id)
    assert (over.status, over.done, over.failed) == ("successful", 16, 1)
    rows = list(Results(store.database, over, Ranking()))
    assert [row["number"] for row in rows] == list(range(1, 17))
    assert [row["number"] for row in rows if row["status"] == "failed"] == [5]
    assert "ended 3 times" in rows[4]["problem"]["detail"]
    # 16, 8, 4, 2 and 1 sites are tried three times each with the poison, and once each the four halves without it
    assert engine.attempts == 5 * MOST_TRIES + 4


def test_a_result_that_cannot_be_stored_does_not_hold_up_the_others(store: Store) -> None:
    class Odd(Fragile):
        def submit(self, lease: Lease) -> Rows:
            future: Rows = Future()
            sites = unpacked(lease.payload)
            figures = [{"cost": {"odd": object() if site["number"] == 3 else 1.0}} for site in sites]
            found = zip(sites, figures, strict=True)
            future.set_result([Row(site["number"], site["site_id"], 0.0, 0.0, own, None) for site, own in found])
            return future

    batch_id = batch_of(store, 8, 4)
    turned(store, Odd(set()), batch_id)
    over = store.get(batch_id)
    assert (over.status, over.done, over.failed) == ("successful", 8, 1)
    rows = list(Results(store.database, over, Ranking()))
    assert [row["number"] for row in rows if row["status"] == "failed"] == [3]


def test_other_data_are_not_the_chunks_fault(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.jobs.runner.LONGEST_PAUSE", 0.0)
    batch_id = batch_of(store, 4, 4)
    turned(store, Fragile(set(), other=7), batch_id)
    assert store.get(batch_id).failed == 0


def test_stopping_gives_back(store: Store) -> None:
    class Busy(Fragile):
        def submit(self, lease: Lease) -> Rows:
            assert lease.tries == 1
            return Future()

    batch_id = batch_of(store, 4, 4)
    runner = Runner(store.database, Busy(set()), 60.0, 60.0)
    runner.start()
    while store.get(batch_id).status == "accepted":
        pass
    runner.stop()
    (lease,) = runner.leases.claim(1)
    assert lease.tries == 1


def test_a_scheduler_that_is_away_is_not_the_chunks_fault(store: Store) -> None:
    class Away(Fragile):
        def submit(self, lease: Lease) -> Rows:
            if self.attempts >= 2 * MOST_TRIES:
                return super().submit(lease)
            self.attempts += 1
            future: Rows = Future()
            future.set_exception(SchedulerLostError())
            return future

    batch_id = batch_of(store, 1, 1)
    turned(store, Away(set()), batch_id)
    assert store.get(batch_id).failed == 0


def test_chunks_that_an_engine_does_not_take_are_all_given_back(store: Store) -> None:
    class Full(Fragile):
        def free(self) -> int:
            return 3

        def submit(self, lease: Lease) -> Rows:  # noqa: ARG002  # the engine's signature
            raise OSError("the scheduler left")

    batch_of(store, 3, 1)
    runner = Runner(store.database, Full(set()), 60.0, 60.0)
    with pytest.raises(OSError, match="left"):
        runner.turn()
    assert [lease.tries for lease in runner.leases.claim(9)] == [1, 1, 1]
