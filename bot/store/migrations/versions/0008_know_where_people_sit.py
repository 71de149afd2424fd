"""Record where people have seats, which message carries each poll, and until when an invitation to lead is good.

Invitations that were made before are good no longer: they had no end and worked for anybody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# As JSON, the way bot/store/base.py writes a document.
_FILL = """
    UPDATE persons SET classes = (
        SELECT '{"ids":[' || %s || ']}'
        FROM pupils JOIN rooms ON rooms.id = pupils.session_id
        WHERE pupils.person_id = persons.id AND rooms.ended_at IS NULL
    )
    WHERE id IN (
        SELECT pupils.person_id FROM pupils JOIN rooms ON rooms.id = pupils.session_id WHERE rooms.ended_at IS NULL
    )
    """
_LISTED = {
    "sqlite": "group_concat(pupils.session_id, ',')",
    "postgresql": "string_agg(pupils.session_id::text, ',')",
}


def upgrade() -> None:
    """Make the change."""
    op.add_column("persons", sa.Column("classes", sa.Text()))
    op.execute(_FILL % _LISTED[op.get_context().dialect.name])
    op.add_column("polls", sa.Column("message_id", sa.BigInteger()))
    op.create_index("ix_polls_session_id", "polls", ["session_id"])
    op.add_column("rooms", sa.Column("invited_until", sa.DateTime(timezone=True)))
    op.create_index("ix_sessions_person_id_started_at", "sessions", ["person_id", "started_at"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("rooms", "invited_until")
    op.drop_index("ix_sessions_person_id_started_at", "sessions")
    op.drop_index("ix_polls_session_id", "polls")
    op.drop_column("polls", "message_id")
    op.drop_column("persons", "classes")
