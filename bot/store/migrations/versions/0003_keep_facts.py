"""Keep facts about the installation, and find the classes under way by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UNDER_WAY = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_index("ix_rooms_open", "rooms", ["id"], sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_rooms_open", "rooms")
    op.drop_table("facts")
