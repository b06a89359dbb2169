"""The table of actions."""

import sqlalchemy as sa
from alembic import op

revision = "009"
down_revision = "008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("judge_measure_id", sa.Integer(), nullable=True),
        sa.Column("judge_unit_id", sa.Integer(), nullable=True),
        sa.Column("judge_stratum_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'running', 'done', 'dropped')", name=op.f("ck_action_state_known")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_action_has_title")),
        sa.CheckConstraint("state <> 'dropped' OR reason <> ''", name=op.f("ck_action_dropped_has_reason")),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_action_done_has_date")),
        sa.CheckConstraint(
            "(judge_measure_id IS NULL) = (judge_unit_id IS NULL)"
            " AND (judge_measure_id IS NULL) = (judge_stratum_id IS NULL)",
            name=op.f("ck_action_judge_whole_or_none"),
        ),
        sa.ForeignKeyConstraint(["judge_measure_id"], ["measure.id"], name=op.f("fk_action_judge_measure_id_measure")),
        sa.ForeignKeyConstraint(["judge_unit_id"], ["unit.id"], name=op.f("fk_action_judge_unit_id_unit")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_action_owner_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_action_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_action_unit_state_due", ["unit_id", "state", "due"], unique=False)


def downgrade() -> None:
    """Take the table away."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index("ix_action_unit_state_due")
        batch_op.drop_index(batch_op.f("ix_action_owner_id"))

    op.drop_table("action")
