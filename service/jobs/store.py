"""Batches in the database: made, looked up, dismissed, forgotten."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from service.access.tenants import DEFAULT_TENANT
from service.jobs.database import Database
from service.jobs.headline import rank_value
from service.jobs.records import ACTIVE, Batch, Dismissal, NewBatch, Row
from service.jobs.tables import batches, chunks, results

RATE_SECONDS = 60.0
ROWS_AT_ONCE = 1000


class KeyReusedError(Exception):
    """An idempotency key was sent before with another request."""


class OtherStateError(Exception):
    """A batch is under way where one that is over was meant, or the other way round."""


class Store:
    """The batches of one tenant in a database; those of all for the service itself, whose tenant is None."""

    def __init__(self, database: Database, tenant: str | None = DEFAULT_TENANT) -> None:
        self.database, self.tenant = database, tenant

    def create(self, new: NewBatch) -> tuple[Batch, bool]:
        """The batch, and whether it is new: a known idempotency key brings back its batch.

        Raises KeyReusedError where that was another request.
        """
        known = self.sent_before(new)
        if known is not None:
            return known, False
        batch_id = str(uuid.uuid4())
        try:
            with self.database.writing() as connection:
                self._write(connection, batch_id, new)
        except IntegrityError:  # the same key came by another way in the meantime
            known = self.sent_before(new)
            if known is None:
                raise
            return known, False
        return self.get(batch_id), True

    def _write(self, connection: Connection, batch_id: str, new: NewBatch) -> None:
        now = self.database.now(connection)
        over = not new.chunks
        connection.execute(
            insert(batches).values(
                id=batch_id,
                status="successful" if over else "accepted",
                created_at=now,
                finished_at=now if over else None,
                total=new.total,
                done=len(new.failed),
                failed=len(new.failed),
                defaults=new.defaults,
                rank_by=new.rank_by,
                descending=int(new.descending),
                tenant=self.tenant or DEFAULT_TENANT,
                idempotency_key=self._scoped(new.idempotency_key),
                digest=new.digest,
                webhook=new.webhook,
                webhook_due=now if over and new.webhook else None,
                webhook_tries=0,
            )
        )
        for start in range(0, len(new.chunks), ROWS_AT_ONCE):
            connection.execute(
                insert(chunks),
                [
                    open_chunk(batch_id, start + place, size, payload)
                    for place, (size, payload) in enumerate(new.chunks[start : start + ROWS_AT_ONCE])
                ],
            )
        write_rows(connection, batch_id, new.failed, new.rank_by)

    def sent_before(self, new: NewBatch) -> Batch | None:
        """The batch of its idempotency key; None where there is none. Raises KeyReusedError as `create` does."""
        if new.idempotency_key is None:
            return None
        with self.database.reading() as connection:
            known = connection.execute(
                select(batches.c.id, batches.c.digest).where(
                    batches.c.idempotency_key == self._scoped(new.idempotency_key), self._own()
                )
            ).one_or_none()
        if known is None:
            return None
        if known.digest != new.digest:
            raise KeyReusedError
        return self.get(known.id)

    def _scoped(self, key: str | None) -> str | None:
        return None if key is None else scoped_key(self.tenant or DEFAULT_TENANT, key)

    def _own(self) -> ColumnElement[bool]:
        return true() if self.tenant is None else batches.c.tenant == self.tenant

    def get(self, batch_id: str) -> Batch:
        """One batch. Raises KeyError."""
        if "\0" in batch_id:  # in no text of PostgreSQL
            raise KeyError(batch_id)
        with self.database.reading() as connection:
            row = connection.execute(select(batches).where(batches.c.id == batch_id, self._own())).one_or_none()
            if row is None:
                raise KeyError(batch_id)
            return self._batch(connection, row)

    def list(self, limit: int, before: tuple[float, str] | None = None, status: str | None = None) -> list[Batch]:
        """The newest `limit` batches older than `before` (creation time and id)."""
        wanted = (
            select(batches).where(self._own()).order_by(batches.c.created_at.desc(), batches.c.id.desc()).limit(limit)
        )
        if before is not None:
            at, batch_id = before
            older = and_(batches.c.created_at == at, batches.c.id < batch_id)
            wanted = wanted.where(or_(batches.c.created_at < at, older))
        if status is not None:
            wanted = wanted.where(batches.c.status == status)
        with self.database.reading() as connection:
            return [self._batch(connection, row) for row in connection.execute(wanted).all()]

    def waiting(self) -> tuple[int, int]:
        """Batches that are not over, and their sites without a result."""
        left = func.coalesce(func.sum(batches.c.total - batches.c.done), 0)
        with self.database.reading() as connection:
            count, sites = connection.execute(select(func.count(), left).where(batches.c.status.in_(ACTIVE))).one()
        return int(count), int(sites)

    def dismiss(self, batch_id: str, only: Dismissal | None = None) -> Batch:
        """Stop a batch that is under way: what is done stays. One that is over is forgotten. Raises KeyError.

        only : the one of the two that is meant; raises OtherStateError, and does nothing, where it would be the other.
        """
        before = self.get(batch_id)  # nothing is touched of what is another's
        if only == "delete" and before.active:
            raise OtherStateError
        with self.database.writing() as connection:
            to_do = delete(chunks).where(chunks.c.batch_id == batch_id, chunks.c.state == "open")
            connection.execute(to_do)
            stopped = connection.execute(
                update(batches)
                .where(batches.c.id == batch_id, batches.c.status.in_(ACTIVE), self._own())
                .values(status="dismissed", finished_at=self.database.now(connection))
            )
            connection.execute(to_do)  # PostgreSQL: a chunk that was split in the meantime left halves
        found = self.get(batch_id)
        if stopped.rowcount == 0:
            if only == "stop":
                raise OtherStateError
            self._forget([batch_id])
        return found

    def expire(self, seconds: float) -> int:
        """Forget batches that were over so long ago; how many."""
        with self.database.reading() as connection:
            limit = self.database.now(connection) - seconds
            old = (
                connection.execute(select(batches.c.id).where(batches.c.finished_at < limit, self._own()))
                .scalars()
                .all()
            )
        self._forget(old)
        return len(old)

    def _forget(self, batch_ids: Sequence[str]) -> None:
        for batch_id in batch_ids:
            with self.database.writing() as connection:
                for table in (chunks, results):
                    connection.execute(delete(table).where(table.c.batch_id == batch_id))
                connection.execute(delete(batches).where(batches.c.id == batch_id))

    def _batch(self, connection: Connection, row: Any) -> Batch:
        rate = 0.0
        if row.status == "running":
            now = self.database.now(connection)
            since = max(now - RATE_SECONDS, row.started_at or now)
            recent = connection.execute(
                select(func.sum(chunks.c.size)).where(chunks.c.batch_id == row.id, chunks.c.done_at > since)
            ).scalar_one()
            rate = (recent or 0) / max(now - since, 1e-3)
        elif row.started_at is not None and row.finished_at is not None:
            rate = row.done / max(row.finished_at - row.started_at, 1e-3)
        return Batch(
            id=row.id,
            status=row.status,
            created_at=row.created_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
            total=row.total,
            done=row.done,
            failed=row.failed,
            rank_by=row.rank_by,
            descending=bool(row.descending),
            webhook=row.webhook,
            sites_per_second=rate,
        )


def scoped_key(tenant: str, key: str) -> str:
    """An idempotency key as it is kept: the same text of two tenants is two keys."""
    return hashlib.sha256(f"{tenant}\0{key}".encode()).hexdigest()


def open_chunk(batch_id: str, place: int, size: int, payload: bytes) -> dict[str, Any]:
    """The values of a chunk that waits."""
    return {
        "batch_id": batch_id,
        "place": place,
        "size": size,
        "state": "open",
        "token": 0,
        "tries": 0,
        "free_at": 0.0,
        "payload": payload,
    }


def write_rows(connection: Connection, batch_id: str, rows: Sequence[Row], rank_by: str | None) -> None:
    """Insert results; a second result of a site is refused by the table's key."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(
            insert(results),
            [
                {
                    "batch_id": batch_id,
                    "number": row.number,
                    "site_id": row.site_id,
                    "status": row.status,
                    "latitude": row.latitude,
                    "longitude": row.longitude,
                    "rank_value": rank_value(row.figures, rank_by),
                    "figures": row.figures,
                    "problem": row.problem,
                }
                for row in rows[start : start + ROWS_AT_ONCE]
            ],
        )
