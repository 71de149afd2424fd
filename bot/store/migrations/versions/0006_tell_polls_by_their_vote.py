"""Record in which vote each poll asks: of two copies of one poll either takes votes, whichever was noted last."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("polls", sa.Column("vote", sa.Integer(), nullable=False, server_default="1"))
    op.drop_column("polls", "message_id")


def downgrade() -> None:
    """Take the change back; where polls stand is not known any more."""
    op.add_column("polls", sa.Column("message_id", sa.BigInteger(), nullable=False, server_default="0"))
    op.drop_column("polls", "vote")
