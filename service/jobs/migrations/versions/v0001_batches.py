"""Batches, their chunks and results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "batches",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("started_at", sa.Float()),
        sa.Column("finished_at", sa.Float()),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("defaults", JSON, nullable=False),
        sa.Column("rank_by", sa.String(128)),
        sa.Column("descending", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(255), unique=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("webhook", sa.String(64)),
        sa.Column("webhook_due", sa.Float()),
        sa.Column("webhook_tries", sa.Integer(), nullable=False),
    )
    op.create_index("batches_by_age", "batches", ["created_at", "id"])
    op.create_table(
        "chunks",
        sa.Column("id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("batch_id", sa.String(36), sa.ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.Float(), nullable=False),
        sa.Column("holder", sa.String(64)),
        sa.Column("done_at", sa.Float()),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
    )
    op.create_index("chunks_to_do", "chunks", ["state", "place", "id"])
    op.create_index("chunks_of_batch", "chunks", ["batch_id", "done_at"])
    op.create_table(
        "results",
        sa.Column("batch_id", sa.String(36), sa.ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("site_id", sa.String(200), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("rank_value", sa.Float()),
        sa.Column("figures", JSON),
        sa.Column("problem", JSON),
    )


def downgrade() -> None:
    """Drop them, results and all."""
    for table in ("results", "chunks", "batches"):
        op.drop_table(table)
