"""What goes in and out of the tables."""

from dataclasses import dataclass
from typing import Any, Literal

ACTIVE = ("accepted", "running")
Dismissal = Literal["stop", "delete"]


@dataclass(frozen=True, slots=True)
class Row:
    """The result of one site: `figures` where it was assessed, else `problem`. `number` counts from 1 as sent."""

    number: int
    site_id: str
    latitude: float | None
    longitude: float | None
    figures: dict[str, Any] | None
    problem: dict[str, Any] | None

    @property
    def status(self) -> str:
        """ok or failed."""
        return "failed" if self.figures is None else "ok"


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What a batch is made of. `chunks` are payloads with their sizes in the order of work; `failed` rows are done."""

    defaults: dict[str, Any]
    chunks: list[tuple[int, bytes]]
    failed: list[Row]
    digest: str
    idempotency_key: str | None = None
    rank_by: str | None = None
    descending: bool = False
    webhook: str | None = None

    @property
    def total(self) -> int:
        """Sites in all."""
        return sum(size for size, _ in self.chunks) + len(self.failed)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands; the rate is that of the last minute."""

    id: str
    status: str
    created_at: float
    started_at: float | None
    finished_at: float | None
    total: int
    done: int
    failed: int
    rank_by: str | None
    descending: bool
    webhook: str | None
    sites_per_second: float

    @property
    def active(self) -> bool:
        """True until it is over."""
        return self.status in ACTIVE

    @property
    def seconds_left(self) -> float | None:
        """At the present rate; None where there is none."""
        if not self.active:
            return 0.0
        return (self.total - self.done) / self.sites_per_second if self.sites_per_second > 0.0 else None


@dataclass(frozen=True, slots=True)
class Lease:
    """A chunk in hand: only the newest token may publish."""

    chunk_id: int
    token: int
    batch_id: str
    place: int
    size: int
    tries: int
    payload: bytes
    defaults: dict[str, Any]
    rank_by: str | None
    tenant: str
