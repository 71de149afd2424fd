"""Let several processes share the inbox and the outbox: a fair order, tries that are kept, claims, paces of chats."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WAITING = sa.text("done_at IS NULL")
_IN_LINE = sa.text("done_at IS NULL AND waits = 0")
_DONE = sa.text("done_at IS NOT NULL")
_HELD = sa.text("done_at IS NULL AND not_before IS NOT NULL")
_EARLY = sa.text("done_at IS NULL AND waits > 0")


def upgrade() -> None:
    """Make the change."""
    op.add_column("inbox", sa.Column("place", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("inbox", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inbox", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("inbox", sa.Column("waits", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_inbox_waiting", "inbox")
    for name, columns, part in (
        ("ix_inbox_waiting", ["place", "update_id"], _WAITING),
        ("ix_inbox_lanes", ["lane", "update_id"], _IN_LINE),
        ("ix_inbox_early", ["lane"], _EARLY),
        ("ix_inbox_held", ["not_before"], _HELD),
        ("ix_inbox_done_at", ["done_at"], _DONE),
    ):
        op.create_index(name, "inbox", columns, sqlite_where=part, postgresql_where=part)
    op.add_column("outbox", sa.Column("urgency", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("claimed_by", sa.BigInteger(), nullable=True))
    op.create_table(
        "paces",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_paces"),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("paces")
    op.drop_column("outbox", "claimed_by")
    op.drop_column("outbox", "urgency")
    for name in ("ix_inbox_done_at", "ix_inbox_held", "ix_inbox_early", "ix_inbox_lanes", "ix_inbox_waiting"):
        op.drop_index(name, "inbox")
    op.create_index("ix_inbox_waiting", "inbox", ["update_id"], sqlite_where=_WAITING, postgresql_where=_WAITING)
    for name in ("waits", "tries", "not_before", "place"):
        op.drop_column("inbox", name)
