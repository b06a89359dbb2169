"""Tables of results."""

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "point_history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("stratum_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_history")),
    )
    with op.batch_alter_table("point_history", schema=None) as batch_op:
        batch_op.create_index("ix_point_history_point", ["unit_id", "measure_id", "stratum_id", "start"], unique=False)

    op.create_table(
        "period_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'submitted', 'checked', 'locked')", name=op.f("ck_period_state_state_known")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_period_state_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_state")),
        sa.UniqueConstraint("unit_id", "frequency", "start", name=op.f("uq_period_state_unit_id_frequency_start")),
    )
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("stratum_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_exclusion_has_reason")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_exclusion_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_exclusion_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint(
            "unit_id",
            "measure_id",
            "stratum_id",
            "start",
            name=op.f("uq_exclusion_unit_id_measure_id_stratum_id_start"),
        ),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("stratum_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_note_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_note_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("stratum_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("frozen_to", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_phase_has_reason")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_phase_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_phase_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint(
            "unit_id", "measure_id", "stratum_id", "start", name=op.f("uq_phase_unit_id_measure_id_stratum_id_start")
        ),
    )
    op.create_table(
        "point",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("measure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stratum_id", sa.Integer(), server_default="0", autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("numerator", sa.Float(precision=53), nullable=True),
        sa.Column("denominator", sa.Float(precision=53), nullable=True),
        sa.Column("n", sa.Float(precision=53), nullable=True),
        sa.Column("definition", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("batch_id", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state <> 0 OR (numerator IS NOT NULL AND denominator IS NOT NULL)", name=op.f("ck_point_value_has_numbers")
        ),
        sa.CheckConstraint("state BETWEEN 0 AND 4", name=op.f("ck_point_state_known")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_point_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_point_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", "measure_id", "stratum_id", "start", name=op.f("pk_point")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.create_index(
            "ix_point_measure_start", ["measure_id", "start", "unit_id", "numerator", "denominator"], unique=False
        )

    op.create_table(
        "point_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("stratum_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_point_comment_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_point_comment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_comment")),
    )
    with op.batch_alter_table("point_comment", schema=None) as batch_op:
        batch_op.create_index("ix_point_comment_point", ["unit_id", "measure_id", "stratum_id", "start"], unique=False)

    op.create_table(
        "status",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("measure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stratum_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("definition", sa.SmallInteger(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("last_start", sa.Integer(), nullable=True),
        sa.Column("last_state", sa.SmallInteger(), nullable=True),
        sa.Column("last_numerator", sa.Float(precision=53), nullable=True),
        sa.Column("last_denominator", sa.Float(precision=53), nullable=True),
        sa.Column("last_value", sa.Float(precision=53), nullable=True),
        sa.Column("centre", sa.Float(precision=53), nullable=True),
        sa.Column("lower", sa.Float(precision=53), nullable=True),
        sa.Column("upper", sa.Float(precision=53), nullable=True),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("signal_rule", sa.String(), server_default="", nullable=False),
        sa.Column("signal_since", sa.Integer(), nullable=True),
        sa.Column("signal_side", sa.String(), server_default="", nullable=False),
        sa.Column("signal_length", sa.Integer(), server_default="0", nullable=False),
        sa.Column("numerator_12", sa.Float(precision=53), nullable=True),
        sa.Column("denominator_12", sa.Float(precision=53), nullable=True),
        sa.Column("spark", sa.JSON(), nullable=False),
        sa.Column("units_reporting", sa.Integer(), server_default="0", nullable=False),
        sa.Column("units_expected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_status_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_status_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", "measure_id", "stratum_id", name=op.f("pk_status")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("status", schema=None) as batch_op:
        batch_op.create_index("ix_status_measure", ["measure_id", "stratum_id", "unit_id"], unique=False)


def downgrade() -> None:
    """Take the tables away."""
    with op.batch_alter_table("status", schema=None) as batch_op:
        batch_op.drop_index("ix_status_measure")

    op.drop_table("status")
    with op.batch_alter_table("point_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_point_comment_point")

    op.drop_table("point_comment")
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.drop_index("ix_point_measure_start")

    op.drop_table("point")
    op.drop_table("phase")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_unit_id"))

    op.drop_table("note")
    op.drop_table("exclusion")
    op.drop_table("period_state")
    with op.batch_alter_table("point_history", schema=None) as batch_op:
        batch_op.drop_index("ix_point_history_point")

    op.drop_table("point_history")
