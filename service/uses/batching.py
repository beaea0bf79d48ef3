"""The use cases of /v1/batches between the routes and the rooms of `jobs`: batches as the API shows them."""

import base64
import json
import sqlite3
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, BinaryIO, ParamSpec, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from service.access.limiter import spend
from service.access.routes import BATCH_SITE
from service.access.tenants import tenant_in_use
from service.http.problems import FieldProblem, ProblemError, wrong_field
from service.http.shape import out_of_shape
from service.http.wrong_fields import field_problems
from service.jobs.intake import Intake, Limits, take_file, take_region, take_sites
from service.jobs.office import Office
from service.jobs.records import Batch, Dismissal
from service.jobs.store import KeyReusedError, OtherStateError
from service.schemas.batches import (
    BatchAnswer,
    BatchList,
    BatchListing,
    BatchOrder,
    BatchRequest,
    Link,
    NewBatchAnswer,
    Progress,
    SkippedRow,
)

MOST_SKIPPED = 1000  # rows told at once: an answer must not be many times the request
P = ParamSpec("P")
T = TypeVar("T")
MEDIA = {
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Batching:
    """Batches of one service; `root` is the path it is mounted at. Every method may raise ProblemError."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._limits = Limits(office.settings.max_batch_sites, office.settings.batch_chunk_sites)

    def create(self, request: BatchRequest, key: str | None, root: str) -> NewBatchAnswer:
        """A batch of sites or of a region."""
        order = self._order(request.order())
        if request.region is not None:
            return self._stored(take_region(request.region, order, key, self._limits), root)
        return self._stored(take_sites(request.sites or [], order, key, self._limits), root)

    def create_from_file(self, file: BinaryIO, fields: dict[str, str], key: str | None, root: str) -> NewBatchAnswer:
        """A batch of a file's rows; `fields` are those of the form."""
        order, mapping = _form(fields)
        return self._stored(take_file(file, mapping, self._order(order), key, self._limits), root)

    def _order(self, order: BatchOrder) -> BatchOrder:
        known = self.office.settings.webhooks
        if order.webhook is not None and (order.webhook not in known or known[order.webhook].tenant != tenant_in_use()):
            detail = "no receiver of this name is registered here; the operator sets SITEWATT_WEBHOOKS"
            raise wrong_field("/webhook", detail, "unknown_value")
        return order

    def _stored(self, intake: Intake, root: str) -> NewBatchAnswer:
        own = self.office.own()
        try:
            if intake.new.idempotency_key is None or reachable(self.office, own.sent_before, intake.new) is None:
                spend(BATCH_SITE * intake.new.total)  # what is sent again was paid for
            batch, is_new = reachable(self.office, own.create, intake.new)
        except KeyReusedError as error:
            detail = "This Idempotency-Key was sent before with another request: take a new one."
            raise ProblemError("key-reused", detail) from error
        if is_new:
            self.office.poke()
        skipped = [
            SkippedRow(row=row.number, site_id=row.site_id, errors=row.errors) for row in intake.bad[:MOST_SKIPPED]
        ]
        return NewBatchAnswer(**shown(batch, root).model_dump(), skipped=skipped)

    def get(self, batch_id: str) -> Batch:
        """One batch."""
        try:
            return reachable(self.office, self.office.own().get, batch_id)
        except KeyError as error:
            raise _unknown() from error

    def dismiss(self, batch_id: str, only: Dismissal | None) -> Batch:
        """Stop one, or forget one that is over; `only` the one of the two that is meant."""
        try:
            return reachable(self.office, self.office.own().dismiss, batch_id, only)
        except KeyError as error:
            raise _unknown() from error
        except OtherStateError as error:
            found = "over: there is nothing to stop" if only == "stop" else "under way: stop it first"
            raise ProblemError("other-state", f"This batch is {found}.") from error

    def list(self, asked: BatchListing, root: str) -> BatchList:
        """A page of batches."""
        before = None if asked.cursor is None else _decoded(asked.cursor)
        found = reachable(self.office, self.office.own().list, asked.limit + 1, before, asked.status)
        page, more = found[: asked.limit], len(found) > asked.limit
        cursor = _encoded(page[-1]) if more else None
        return BatchList(batches=[shown(batch, root) for batch in page], next_cursor=cursor)


def reachable(office: Office, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a call to the database gives. Raises ProblemError where it is away, full or not there yet."""
    if not office.opened:
        raise ProblemError("storage-unavailable", "The database of batches does not answer yet; try again shortly.")
    try:
        return call(*args, **kwargs)
    except SQLAlchemyError as error:
        if _is_full(error):
            raise ProblemError("storage-full", "The disk of the batches is full; nothing was stored.") from error
        raise ProblemError("storage-unavailable", "The database of batches does not answer; try again.") from error


def shown(batch: Batch, root: str) -> BatchAnswer:
    """A batch as the API shows it."""
    here = f"{root}/v1/batches/{batch.id}"
    links = [Link(rel="self", href=here, type="application/json")]
    links += [
        Link(rel="results", href=f"{here}/results?f={name}", type=media) for name, media in MEDIA.items() if batch.done
    ]
    links.append(Link(rel="events", href=f"{here}/events", type="text/event-stream"))
    left = batch.seconds_left
    return BatchAnswer(
        batch_id=batch.id,
        status=batch.status,
        created_at=_time(batch.created_at) or "",
        started_at=_time(batch.started_at),
        finished_at=_time(batch.finished_at),
        progress=Progress(
            total=batch.total,
            done=batch.done,
            failed=batch.failed,
            sites_per_second=round(batch.sites_per_second, 3),
            seconds_left=None if left is None else round(left, 1),
        ),
        rank_by=batch.rank_by,
        descending=batch.descending,
        webhook=batch.webhook,
        links=links,
    )


def _form(fields: dict[str, str]) -> tuple[BatchOrder, dict[str, str] | None]:
    """The fields of the form, those that hold JSON read; every wrong one is named."""
    values: dict[str, Any] = {}
    wrong = []
    for name, text in fields.items():
        if name in ("defaults", "columns", "descending"):
            try:
                values[name] = json.loads(text.lower() if name == "descending" else text)  # clients write True, too
                if (detail := out_of_shape(values[name])) is not None:
                    wrong.append(FieldProblem(pointer=f"/{name}", detail=detail, code="too_large"))
                    del values[name]
            except (ValueError, RecursionError):
                wrong.append(FieldProblem(pointer=f"/{name}", detail="must be JSON", code="malformed"))
        else:
            values[name] = text
    mapping = values.pop("columns", None)
    if mapping is not None and not isinstance(mapping, dict):
        wrong.append(FieldProblem(pointer="/columns", detail="must be a JSON object of names", code="wrong_type"))
    try:
        order = BatchOrder.model_validate(values)
    except ValidationError as error:
        located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        wrong += field_problems(RequestValidationError(located, body=values))
    if wrong:
        count = "1 field is" if len(wrong) == 1 else f"{len(wrong)} fields are"
        raise ProblemError("invalid-request", f"{count} wrong.", wrong)
    return order, mapping


def _encoded(batch: Batch) -> str:
    return base64.urlsafe_b64encode(json.dumps([batch.created_at, batch.id]).encode()).decode().rstrip("=")


def _decoded(cursor: str) -> tuple[float, str]:
    try:
        at, batch_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return float(at), str(uuid.UUID(batch_id))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise wrong_field("/cursor", "send next_cursor of the page before, as it is", "malformed") from error


def _is_full(error: SQLAlchemyError) -> bool:
    cause = error.orig if isinstance(error, OperationalError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL"
    return getattr(cause, "sqlstate", None) == "53100"  # disk_full of PostgreSQL


def _unknown() -> ProblemError:
    return ProblemError("not-found", "There is no batch of this id.")


def _time(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
