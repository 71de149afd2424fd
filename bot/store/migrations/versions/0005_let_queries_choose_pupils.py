"""Let queries choose pupils by who is here and by the place in the standings, which only their seats told."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A seat that does not say it is as it is when new.
_FILL = {
    "sqlite": """
        UPDATE pupils SET
            is_here = nickname != '' AND NOT coalesce(json_extract(seat, '$.gone'), FALSE),
            rank = coalesce(json_extract(seat, '$.rank'), 0)
        """,
    "postgresql": """
        UPDATE pupils SET
            is_here = nickname != '' AND NOT coalesce((seat::json ->> 'gone')::boolean, FALSE),
            rank = coalesce((seat::json ->> 'rank')::integer, 0)
        """,
}


def upgrade() -> None:
    """Make the change."""
    op.add_column("pupils", sa.Column("is_here", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("pupils", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.execute(_FILL[op.get_context().dialect.name])


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("pupils", "rank")
    op.drop_column("pupils", "is_here")
