"""Chunks taken, held, published, given back: each by one transaction, fenced by the token of the lease."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, case, delete, insert, select, update

from service.jobs.chunking import halves
from service.jobs.database import Database
from service.jobs.records import ACTIVE, Lease, Row
from service.jobs.store import open_chunk, write_rows
from service.jobs.tables import batches, chunks


class Leases:
    """The chunks that one runner holds; `seconds` is how long a lease lasts unless it is renewed."""

    def __init__(self, database: Database, holder: str, seconds: float) -> None:
        self.database, self.holder, self.seconds = database, holder, seconds

    def any_free(self) -> bool:
        """Whether there is something to claim; asks without writing."""
        with self.database.reading() as connection:
            free = select(chunks.c.id).where(
                chunks.c.state == "open", chunks.c.free_at <= self.database.now(connection)
            )
            return connection.execute(free.limit(1)).first() is not None

    def claim(self, most: int) -> list[Lease]:
        """Up to `most` free chunks: the first of every batch before the second of any."""
        taken = []
        with self.database.writing() as connection:
            now = self.database.now(connection)
            free = (
                select(chunks, batches.c.defaults, batches.c.rank_by, batches.c.tenant)
                .join(batches)
                .where(chunks.c.state == "open", chunks.c.free_at <= now, batches.c.status.in_(ACTIVE))
                .order_by(chunks.c.place, chunks.c.id)
                .limit(most)
                .with_for_update(skip_locked=True, of=chunks)
            )
            for row in connection.execute(free).all():
                token, tries = row.token + 1, row.tries + 1
                connection.execute(
                    update(chunks)
                    .where(chunks.c.id == row.id)
                    .values(token=token, tries=tries, holder=self.holder, free_at=now + self.seconds)
                )
                taken.append(
                    Lease(
                        chunk_id=row.id,
                        token=token,
                        batch_id=row.batch_id,
                        place=row.place,
                        size=row.size,
                        tries=tries,
                        payload=row.payload,
                        defaults=row.defaults,
                        rank_by=row.rank_by,
                        tenant=row.tenant,
                    )
                )
            begun = {lease.batch_id for lease in taken}
            connection.execute(
                update(batches)
                .where(batches.c.id.in_(begun), batches.c.status == "accepted")
                .values(status="running", started_at=now)
            )
        return taken

    def renew(self, held: Iterable[Lease]) -> set[int]:
        """Hold on for another while; the chunks that are still ours."""
        kept = set()
        with self.database.writing() as connection:
            until = self.database.now(connection) + self.seconds
            for lease in held:
                renewed = connection.execute(update(chunks).where(*_ours(lease)).values(free_at=until))
                if renewed.rowcount:
                    kept.add(lease.chunk_id)
        return kept

    def publish(self, lease: Lease, rows: Sequence[Row]) -> bool:
        """Results and the end of the chunk in one; False, and nothing written, where the lease was lost."""
        with self.database.writing() as connection:
            now = self.database.now(connection)
            mine = connection.execute(
                update(chunks).where(*_ours(lease)).values(state="done", done_at=now, payload=b"")
            )
            if not mine.rowcount:
                return False
            write_rows(connection, lease.batch_id, rows, lease.rank_by)
            self._count(connection, lease, rows, now)
        return True

    def _count(self, connection: Connection, lease: Lease, rows: Sequence[Row], now: float) -> None:
        failed = sum(row.status == "failed" for row in rows)
        done, total = connection.execute(
            update(batches)
            .where(batches.c.id == lease.batch_id)
            .values(done=batches.c.done + len(rows), failed=batches.c.failed + failed)
            .returning(batches.c.done, batches.c.total)
        ).one()
        if done >= total:
            connection.execute(
                update(batches)
                .where(batches.c.id == lease.batch_id, batches.c.status.in_(ACTIVE))
                .values(
                    status="successful",
                    finished_at=now,
                    webhook_due=case((batches.c.webhook.is_not(None), now), else_=None),
                )
            )

    def give_back(self, lease: Lease, *, wait: float = 0.0, tried: bool = True) -> None:
        """Let others have it, after `wait` seconds; not `tried` where the chunk was not to blame."""
        with self.database.writing() as connection:
            connection.execute(
                update(chunks)
                .where(*_ours(lease))
                .values(
                    free_at=self.database.now(connection) + wait,
                    tries=lease.tries if tried else max(lease.tries - 1, 0),
                    holder=None,
                )
            )

    def split(self, lease: Lease) -> bool:
        """Put two halves in the place of a chunk that cannot be done as a whole; False where the lease was lost."""
        with self.database.writing() as connection:
            gone = connection.execute(delete(chunks).where(*_ours(lease)))
            if gone.rowcount:
                parts = halves(lease.payload)
                connection.execute(
                    insert(chunks), [open_chunk(lease.batch_id, lease.place, size, part) for size, part in parts]
                )
        return bool(gone.rowcount)


def _ours(lease: Lease) -> tuple[ColumnElement[bool], ...]:
    return chunks.c.id == lease.chunk_id, chunks.c.token == lease.token, chunks.c.state == "open"
