"""Keys of the API; batches belong to tenants, their idempotency keys too."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from service.jobs.store import scoped_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
BATCHES = sa.table("batches", sa.column("id"), sa.column("idempotency_key"))


def upgrade() -> None:
    """Add them; what is there belongs to the default tenant."""
    op.add_column("batches", sa.Column("tenant", sa.String(40), nullable=False, server_default="default"))
    op.create_index("batches_of_tenant", "batches", ["tenant", "created_at", "id"])
    connection = op.get_bind()
    known = sa.select(BATCHES.c.id, BATCHES.c.idempotency_key).where(BATCHES.c.idempotency_key.is_not(None))
    for row in connection.execute(known).all():
        kept = scoped_key("default", row.idempotency_key)
        connection.execute(sa.update(BATCHES).where(BATCHES.c.id == row.id).values(idempotency_key=kept))
    op.create_table(
        "api_keys",
        sa.Column("prefix", sa.String(12), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float()),
        sa.Column("revoked_at", sa.Float()),
        sa.Column("old_hash", sa.String(64)),
        sa.Column("old_until", sa.Float()),
        sa.Column("units_per_minute", sa.Float()),
        sa.Column("origins", JSON),
    )


def downgrade() -> None:
    """Drop them; idempotency keys stay as they are kept."""
    op.drop_table("api_keys")
    op.drop_index("batches_of_tenant", "batches")
    op.drop_column("batches", "tenant")
