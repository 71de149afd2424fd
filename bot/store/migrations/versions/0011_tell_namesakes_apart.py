"""Store the initial of the surname of who votes in a group, by which namesakes are told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("pupils", sa.Column("initial", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("pupils", "initial")
