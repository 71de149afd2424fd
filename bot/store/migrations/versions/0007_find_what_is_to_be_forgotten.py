"""Find what is to be forgotten, oldest first: what was handled, what was set aside, what was refused."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DONE = sa.text("done_at IS NOT NULL")
_HANDLED = sa.text("done_at IS NOT NULL AND problem IS NULL")
_ASIDE = sa.text("done_at IS NOT NULL AND problem IS NOT NULL")
_REFUSED = sa.text("problem IS NOT NULL")


def upgrade() -> None:
    """Make the change."""
    op.drop_index("ix_inbox_done_at", "inbox")
    for name, table, column, part in (
        ("ix_inbox_handled", "inbox", "done_at", _HANDLED),
        ("ix_inbox_aside", "inbox", "done_at", _ASIDE),
        ("ix_outbox_refused", "outbox", "created_at", _REFUSED),
    ):
        op.create_index(name, table, [column], sqlite_where=part, postgresql_where=part)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_outbox_refused", "outbox")
    op.drop_index("ix_inbox_aside", "inbox")
    op.drop_index("ix_inbox_handled", "inbox")
    op.create_index("ix_inbox_done_at", "inbox", ["done_at"], sqlite_where=_DONE, postgresql_where=_DONE)
