"""The tables of batches and keys; `migrations/` makes them, a test holds the two together.

A chunk is `open` until its results are published. It may be taken from `free_at` on: a lease moves that ahead and
counts `token` up, and only the holder of the newest token may publish. Times are seconds since 1970, by the clock of
the database.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
_json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_serial = BigInteger().with_variant(Integer, "sqlite")

batches = Table(
    "batches",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("started_at", Float),
    Column("finished_at", Float),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("defaults", _json, nullable=False),
    Column("rank_by", String(128)),
    Column("descending", Integer, nullable=False),
    Column("idempotency_key", String(255), unique=True),  # a digest of the tenant and what it sent
    Column("digest", String(64), nullable=False),
    Column("webhook", String(64)),
    Column("webhook_due", Float),
    Column("webhook_tries", Integer, nullable=False),
    Column("tenant", String(40), nullable=False, server_default="default"),
    Index("batches_by_age", "created_at", "id"),
    Index("batches_of_tenant", "tenant", "created_at", "id"),
)

chunks = Table(
    "chunks",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("batch_id", String(36), ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("token", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("free_at", Float, nullable=False),
    Column("holder", String(64)),
    Column("done_at", Float),
    Column("payload", LargeBinary, nullable=False),
    Index("chunks_to_do", "state", "place", "id"),
    Index("chunks_of_batch", "batch_id", "done_at"),
)

results = Table(
    "results",
    metadata,
    Column("batch_id", String(36), ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("site_id", String(200), nullable=False),
    Column("status", String(8), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("rank_value", Float),
    Column("figures", _json),
    Column("problem", _json),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("prefix", String(12), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("tenant", String(40), nullable=False),
    Column("scopes", _json, nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float),
    Column("revoked_at", Float),
    Column("old_hash", String(64)),
    Column("old_until", Float),
    Column("units_per_minute", Float),
    Column("origins", _json),
)
