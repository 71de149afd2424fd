"""Create the tables.

Until the first release this is the only migration: a change of the tables edits it and gives it another revision id.
"""

import sqlalchemy as sa
from alembic import op

revision = "initial_1"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "flood_waits",
    "groups",
    "inbox",
    "key_values",
    "outbox",
    "persons",
    "question_progress",
    "question_versions",
    "shared_limits",
    "sessions",
    "answers",
    "live_classes",
    "polls",
    "pupils",
)


def upgrade() -> None:
    """Create all tables and indexes."""
    op.create_table(
        "flood_waits",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_flood_waits"),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("administrators", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("deferrals", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    _create_partial_index("ix_inbox_dead_letters", "inbox", ["done_at"], "done_at IS NOT NULL AND problem IS NOT NULL")
    _create_partial_index("ix_inbox_deferred", "inbox", ["lane"], "done_at IS NULL AND deferrals > 0")
    _create_partial_index("ix_inbox_handled", "inbox", ["done_at"], "done_at IS NOT NULL AND problem IS NULL")
    _create_partial_index("ix_inbox_held", "inbox", ["not_before"], "done_at IS NULL AND not_before IS NOT NULL")
    _create_partial_index("ix_inbox_lanes", "inbox", ["lane", "update_id"], "done_at IS NULL AND deferrals = 0")
    _create_partial_index("ix_inbox_waiting", "inbox", ["position", "update_id"], "done_at IS NULL")
    op.create_table(
        "key_values",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_key_values"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("urgency", sa.Integer(), server_default="1", nullable=False),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"])
    _create_partial_index("ix_outbox_refused", "outbox", ["created_at"], "problem IS NOT NULL")
    op.create_table(
        "persons",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("best_right", sa.Integer(), nullable=False),
        sa.Column("best_of", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=True),
        sa.Column("expected_text", sa.String(), nullable=True),
        sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=True),
        sa.Column("wrong_codes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("wrong_code_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
    )
    op.create_table(
        "question_progress",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("last_right", sa.Boolean(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_question_progress"),
    )
    op.create_index("ix_question_progress_person_id", "question_progress", ["person_id"])
    op.create_table(
        "question_versions",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_question_versions"),
    )
    op.create_table(
        "shared_limits",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_shared_limits"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_sessions_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("origin", name="uq_sessions_origin"),
    )
    op.create_index("ix_sessions_deadline", "sessions", ["deadline"])
    op.create_index("ix_sessions_person_id_started_at", "sessions", ["person_id", "started_at"])
    op.create_table(
        "answers",
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_answers_session_id"),
        sa.PrimaryKeyConstraint("session_id", "round", "person_id", name="pk_answers"),
    )
    op.create_index("ix_answers_person_id_at", "answers", ["person_id", "at"])
    op.create_table(
        "live_classes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("invitation", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asks_names", sa.Boolean(), nullable=False),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("votes", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["sessions.id"], name="fk_live_classes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_live_classes"),
        sa.UniqueConstraint("code", name="uq_live_classes_code"),
        sa.UniqueConstraint("invitation", name="uq_live_classes_invitation"),
        sa.UniqueConstraint("key", name="uq_live_classes_key"),
    )
    op.create_index("ix_live_classes_chat_id", "live_classes", ["chat_id"])
    _create_partial_index("ix_live_classes_open", "live_classes", ["id"], "ended_at IS NULL")
    op.create_table(
        "polls",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("vote", sa.Integer(), server_default="1", nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_polls_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_polls"),
    )
    op.create_index("ix_polls_session_id", "polls", ["session_id"])
    op.create_table(
        "pupils",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("nickname", sa.String(), nullable=False),
        sa.Column("real_name", sa.String(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("initial", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("is_here", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rank", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_pupils_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_pupils_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pupils"),
        sa.UniqueConstraint("session_id", "person_id", name="uq_pupils_session_id_person_id"),
    )
    op.create_index("ix_pupils_deadline", "pupils", ["deadline"])
    op.create_index("ix_pupils_person_id", "pupils", ["person_id"])


def downgrade() -> None:
    """Drop all tables, those that refer to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    """Create an index of the rows that meet a condition."""
    op.create_index(name, table, columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))
