"""Tables of worksheets."""

import sqlalchemy as sa
from alembic import op

revision = "010"
down_revision = "009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("scale_version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'analysis', 'review', 'closed')", name=op.f("ck_sheet_state_known")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_sheet_has_title")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_sheet_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_presence_sheet_id_sheet")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_presence_user_id_user_account")),
        sa.PrimaryKeyConstraint("sheet_id", "user_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "sheet_member",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_member_sheet_id_sheet")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sheet_member_user_id_user_account")),
        sa.PrimaryKeyConstraint("sheet_id", "user_id", name=op.f("pk_sheet_member")),
    )
    op.create_table(
        "sheet_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("gone_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["sheet_row.id"], name=op.f("fk_sheet_row_parent_id_sheet_row")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_row_sheet_id_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_row")),
        sa.UniqueConstraint("sheet_id", "token", name=op.f("uq_sheet_row_sheet_id_token")),
    )
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_row_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_sheet_row_sheet_changed", ["sheet_id", "changed_seq"], unique=False)

    op.create_table(
        "cell",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["sheet_row.id"], name=op.f("fk_cell_row_id_sheet_row")),
        sa.PrimaryKeyConstraint("row_id", "column", name=op.f("pk_cell")),
    )
    op.create_table(
        "cell_version",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["sheet_row.id"], name=op.f("fk_cell_version_row_id_sheet_row")),
        sa.PrimaryKeyConstraint("row_id", "column", "version", name=op.f("pk_cell_version")),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("cell_version")
    op.drop_table("cell")
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.drop_index("ix_sheet_row_sheet_changed")
        batch_op.drop_index(batch_op.f("ix_sheet_row_parent_id"))

    op.drop_table("sheet_row")
    op.drop_table("sheet_member")
    op.drop_table("presence")
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_unit_id"))

    op.drop_table("sheet")
