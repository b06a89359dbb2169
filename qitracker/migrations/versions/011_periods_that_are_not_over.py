"""A status row knows which of its periods counts last, and when one that is not over ends."""

import sqlalchemy as sa
from alembic import op

revision = "011"
down_revision = "010"
branch_labels = None
depends_on = None

A_YEAR = 366  # days; no period is longer


def upgrade() -> None:
    """Add the columns; rows that may hold a period that is not over, or one left out, are made anew by the worker."""
    op.add_column("status", sa.Column("judged_start", sa.Integer(), nullable=True))
    op.add_column("status", sa.Column("open_until", sa.Integer(), nullable=True))
    op.execute("UPDATE status SET judged_start = last_start")
    status = sa.table("status", sa.column("last_start", sa.Integer), sa.column("open_until", sa.Integer))
    newest = op.get_bind().execute(sa.select(sa.func.max(status.c.last_start))).scalar()
    if newest is not None:
        recent = status.c.last_start > newest - A_YEAR
        op.execute(sa.update(status).where(recent).values(open_until=status.c.last_start))


def downgrade() -> None:
    """Take the columns away; the rows are judged as before when they are next made."""
    op.drop_column("status", "open_until")
    op.drop_column("status", "judged_start")
