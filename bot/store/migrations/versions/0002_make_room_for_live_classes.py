"""Make room for live classes: rooms, pupils, groups, and what people need to take part."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "groups",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("administrators", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
    )
    _create_rooms()
    _create_pupils()
    op.add_column("persons", sa.Column("class_id", sa.BigInteger(), nullable=True))
    op.add_column("persons", sa.Column("awaits", sa.String(), nullable=True))
    op.add_column("persons", sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE persons SET is_private = TRUE")  # until now everybody came by a private chat


def _create_rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", _IDENTITY, autoincrement=False, nullable=False),
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
        sa.ForeignKeyConstraint(["id"], ["sessions.id"], name="fk_rooms_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
        sa.UniqueConstraint("code", name="uq_rooms_code"),
        sa.UniqueConstraint("invitation", name="uq_rooms_invitation"),
        sa.UniqueConstraint("key", name="uq_rooms_key"),
    )
    op.create_index("ix_rooms_chat_id", "rooms", ["chat_id"], unique=False)


def _create_pupils() -> None:
    op.create_table(
        "pupils",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("session_id", _IDENTITY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("nickname", sa.String(), nullable=False),
        sa.Column("real_name", sa.String(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_pupils_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_pupils_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pupils"),
        sa.UniqueConstraint("session_id", "person_id", name="uq_pupils_session_id_person_id"),
    )
    op.create_index("ix_pupils_deadline", "pupils", ["deadline"], unique=False)
    op.create_index("ix_pupils_person_id", "pupils", ["person_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    for column in ("is_private", "awaits", "class_id"):
        op.drop_column("persons", column)
    op.drop_table("pupils")
    op.drop_table("rooms")
    op.drop_table("groups")
