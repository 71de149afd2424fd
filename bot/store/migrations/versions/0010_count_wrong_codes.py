"""Count the wrong class codes of each person."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("persons", sa.Column("wrong_codes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("persons", sa.Column("wrong_code_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("persons", "wrong_code_at")
    op.drop_column("persons", "wrong_codes")
