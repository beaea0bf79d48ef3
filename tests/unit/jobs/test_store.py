"""Tables, leases and publication: on SQLite and on a real PostgreSQL."""

import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, insert, select, update

from service.jobs.chunking import SiteRow, halves, in_chunks, row_text, unpacked
from service.jobs.database import Database
from service.jobs.leases import Leases
from service.jobs.records import Batch, Lease, NewBatch, Row
from service.jobs.results import Ranking, Results
from service.jobs.store import KeyReusedError, OtherStateError, Store, open_chunk
from service.jobs.tables import chunks, metadata
from tests.postgis_server import server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        if request.param == "sqlite":
            made = Database(f"sqlite:///{folder}/batches.sqlite")
            made.migrate()
            yield made
            made.close()
            return
        with server(Path(folder)) as running:
            made = Database(running.url)
            made.migrate()
            yield made
            made.close()


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    yield Store(database)
    for batch in Store(database).list(500):
        Store(database).dismiss(batch.id)
    for batch in Store(database).list(500):
        Store(database).dismiss(batch.id)


def new_batch(count: int = 7, chunk: int = 3, **more: object) -> NewBatch:
    rows = [SiteRow(n, float(n), 2.0 * n, row_text(n, f"s{n}", {}, {})) for n in range(1, count + 1)]
    return NewBatch(defaults={"process": {"id": "x"}}, chunks=in_chunks(rows, chunk), failed=[], digest="d", **more)  # type: ignore[arg-type]  # of the fields


def rows_of(lease: Lease, figure: float = 1.0) -> list[Row]:
    cost = {"levelised_cost_of_clean_power_usd_per_mwh": figure}
    return [
        Row(site["number"], site["site_id"], 0.0, 0.0, {"cost": {**cost, "low": -site["number"]}}, None)
        for site in unpacked(lease.payload)
    ]


def test_migrations_make_the_tables(database: Database) -> None:
    database.migrate()  # again: nothing to do
    with database.reading() as connection:
        ours = {"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}  # PostGIS has its own
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), metadata) == []


def test_replicas_may_migrate_at_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = [Database(f"sqlite:///{folder}/new.sqlite") for _ in range(4)]
        errors: list[BaseException] = []

        def migrate(one: Database) -> None:
            try:
                one.migrate()
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=migrate, args=(one,)) for one in made]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        for one in made:
            one.close()


def test_a_batch_runs_to_its_end(store: Store) -> None:
    batch, is_new = store.create(new_batch())
    assert (is_new, batch.status, batch.total, batch.done) == (True, "accepted", 7, 0)
    leases = Leases(store.database, "me", 60.0)
    assert leases.any_free()
    held = leases.claim(10)
    assert [lease.size for lease in held] == [3, 3, 1]
    assert leases.claim(10) == []
    assert not leases.any_free()
    assert store.get(batch.id).status == "running"
    for lease in held:
        assert leases.publish(lease, rows_of(lease))
    over = store.get(batch.id)
    assert (over.status, over.done, over.failed, over.seconds_left) == ("successful", 7, 0, 0.0)
    assert [row["number"] for row in Results(store.database, over, Ranking())] == list(range(1, 8))


def test_publication_is_fenced(store: Store) -> None:
    """A runner that was thought dead, and whose chunk went to another, publishes nothing."""
    batch, _ = store.create(new_batch(3, 3))
    slow, quick = Leases(store.database, "slow", 60.0), Leases(store.database, "quick", 60.0)
    (first,) = slow.claim(1)
    with store.database.writing() as connection:  # its lease has run out
        connection.execute(update(chunks).where(chunks.c.id == first.chunk_id).values(free_at=0.0))
    (second,) = quick.claim(1)
    assert (second.chunk_id, second.token, second.tries) == (first.chunk_id, first.token + 1, 2)
    assert not slow.publish(first, rows_of(first, 5.0))
    assert slow.renew([first]) == set()
    slow.give_back(first)
    assert quick.renew([second]) == {second.chunk_id}
    assert quick.publish(second, rows_of(second, 7.0))
    assert not quick.publish(second, rows_of(second, 8.0))
    found = list(Results(store.database, store.get(batch.id), Ranking()))
    assert [row["assessment"]["cost"]["levelised_cost_of_clean_power_usd_per_mwh"] for row in found] == [7.0] * 3


def test_a_publication_that_fails_leaves_nothing(store: Store) -> None:
    batch, _ = store.create(new_batch(3, 3))
    leases = Leases(store.database, "me", 60.0)
    (lease,) = leases.claim(1)
    twice = [*rows_of(lease), rows_of(lease)[0]]
    with pytest.raises(Exception, match=r"(?i)unique"):
        leases.publish(lease, twice)
    assert store.get(batch.id).done == 0
    assert len(Results(store.database, store.get(batch.id), Ranking())) == 0
    assert leases.publish(lease, rows_of(lease))


def test_what_is_given_back_waits_and_counts(store: Store) -> None:
    store.create(new_batch(3, 3))
    leases = Leases(store.database, "me", 60.0)
    (lease,) = leases.claim(1)
    leases.give_back(lease, wait=60.0)
    assert leases.claim(1) == []
    with store.database.writing() as connection:
        connection.execute(update(chunks).values(free_at=0.0))
    (again,) = leases.claim(1)
    leases.give_back(again, tried=False)
    (third,) = leases.claim(1)
    assert third.tries == 2


def test_halves_take_the_place_of_a_chunk(store: Store) -> None:
    store.create(new_batch(5, 5))
    leases = Leases(store.database, "me", 60.0)
    (lease,) = leases.claim(1)
    assert leases.split(lease)
    assert not leases.split(lease)
    parts = leases.claim(5)
    assert sorted(part.size for part in parts) == [2, 3]
    numbers = [site["number"] for part in parts for site in unpacked(part.payload)]
    assert sorted(numbers) == [site["number"] for site in sorted(unpacked(lease.payload), key=lambda s: s["number"])]


def test_a_small_batch_does_not_wait_for_a_large_one(store: Store) -> None:
    large, _ = store.create(new_batch(30, 3))
    leases = Leases(store.database, "me", 60.0)
    leases.claim(2)
    small, _ = store.create(new_batch(3, 3))
    assert leases.claim(1)[0].batch_id == small.id != large.id


def test_idempotency_key(store: Store) -> None:
    first, _ = store.create(new_batch(idempotency_key="k"))
    again, is_new = store.create(new_batch(idempotency_key="k"))
    assert (again.id, is_new) == (first.id, False)
    with pytest.raises(KeyReusedError):
        store.create(NewBatch({}, [], [Row(1, "a", None, None, None, {})], "other", "k"))


def test_dismissal_stops_and_deletes(store: Store) -> None:
    batch, _ = store.create(new_batch())
    leases = Leases(store.database, "me", 60.0)
    held = leases.claim(2)
    assert leases.publish(held[0], rows_of(held[0]))
    assert store.dismiss(batch.id).status == "dismissed"
    assert leases.renew(held) == set()
    assert not leases.publish(held[1], rows_of(held[1]))
    assert leases.claim(5) == []
    assert len(Results(store.database, store.get(batch.id), Ranking())) == 3
    store.dismiss(batch.id)
    with pytest.raises(KeyError):
        store.get(batch.id)


def test_dismissal_does_only_what_is_meant(store: Store) -> None:
    batch, _ = store.create(new_batch())
    with pytest.raises(OtherStateError):
        store.dismiss(batch.id, "delete")
    assert store.get(batch.id).status == "accepted"
    assert len(Leases(store.database, "me", 60.0).claim(5)) == 3  # its chunks are still there
    assert store.dismiss(batch.id, "stop").status == "dismissed"
    with pytest.raises(OtherStateError):
        store.dismiss(batch.id, "stop")
    assert store.get(batch.id).status == "dismissed"
    store.dismiss(batch.id, "delete")
    for meant in ("stop", "delete"):
        with pytest.raises(KeyError):
            store.dismiss(batch.id, meant)


def test_an_id_that_no_database_takes_is_unknown(store: Store) -> None:
    for batch_id in ("\0", "a\0b", "", "\ufffd", "'"):
        with pytest.raises(KeyError):
            store.get(batch_id)
        with pytest.raises(KeyError):
            store.dismiss(batch_id)


def test_retention(store: Store) -> None:
    over, _ = store.create(NewBatch({}, [], [Row(1, "a", None, None, None, {"detail": "x", "errors": []})], "d"))
    running, _ = store.create(new_batch())
    assert store.expire(3600.0) == 0
    assert store.expire(-1.0) == 1
    assert [batch.id for batch in store.list(10)] == [running.id]
    assert over.status == "successful"
    with store.database.reading() as connection:
        assert connection.execute(select(chunks.c.batch_id).distinct()).scalars().all() == [running.id]


def test_pages_of_batches(store: Store) -> None:
    made = [store.create(new_batch())[0] for _ in range(5)]
    page = store.list(2)
    rest = store.list(10, (page[-1].created_at, page[-1].id))
    assert [batch.id for batch in page + rest] == [batch.id for batch in reversed(made)]
    assert store.list(10, status="running") == []


def _ranked(store: Store, batch: Batch, ranking: Ranking) -> list[tuple[int, int | None]]:
    return [(row["number"], row["rank"]) for row in Results(store.database, batch, ranking)]


def test_ranking(store: Store) -> None:
    batch, _ = store.create(new_batch(4, 1))
    leases = Leases(store.database, "me", 60.0)
    for lease in leases.claim(4):
        (row,) = rows_of(lease)
        cost = {1: 30.0, 2: 10.0, 3: 20.0}.get(row.number)
        figures = {"cost": {"levelised_cost_of_clean_power_usd_per_mwh": cost, "low": row.number}}
        leases.publish(lease, [Row(row.number, row.site_id, 0.0, 0.0, figures if cost else None, None)])
    over = store.get(batch.id)
    assert _ranked(store, over, Ranking()) == [(1, 3), (2, 1), (3, 2), (4, None)]
    assert _ranked(store, over, Ranking(by_rank=True)) == [(2, 1), (3, 2), (1, 3), (4, None)]
    assert _ranked(store, over, Ranking(by_rank=True, descending=True, limit=2)) == [(1, 1), (3, 2)]
    assert _ranked(store, over, Ranking(by_rank=True, rank_by="cost.low")) == [(1, 1), (2, 2), (3, 3), (4, None)]
    assert _ranked(store, over, Ranking(rank_by="cost.nothing"))[0] == (1, None)
    assert _ranked(store, over, Ranking(status="failed")) == [(4, None)]


def test_halves_made_while_their_batch_is_dismissed_go_with_it(database: Database, store: Store) -> None:
    batch, _ = store.create(new_batch(count=4, chunk=4))
    (lease,) = Leases(database, "a", 60.0).claim(1)
    with database.writing() as connection:  # as `split` does, not over yet
        connection.execute(delete(chunks).where(chunks.c.id == lease.chunk_id))
        parts = [open_chunk(batch.id, 0, size, part) for size, part in halves(lease.payload)]
        connection.execute(insert(chunks), parts)
        dismissing = threading.Thread(target=store.dismiss, args=(batch.id,))
        dismissing.start()
        time.sleep(0.5)
    dismissing.join(30.0)
    assert store.get(batch.id).status == "dismissed"
    with database.reading() as connection:
        assert connection.execute(select(chunks.c.id).where(chunks.c.batch_id == batch.id)).all() == []


def test_what_is_left_of_a_dismissed_batch_is_not_worked_on(database: Database, store: Store) -> None:
    batch, _ = store.create(new_batch(count=3, chunk=3))
    (lease,) = Leases(database, "a", 60.0).claim(1)
    store.dismiss(batch.id)
    with database.writing() as connection:
        connection.execute(insert(chunks), [open_chunk(batch.id, 0, 3, lease.payload)])
    assert Leases(database, "a", 60.0).claim(9) == []
