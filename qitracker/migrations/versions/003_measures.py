"""Tables of measures."""

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("library_code", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("retired_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_measure_owner_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_measure_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("slug", name=op.f("uq_measure_slug")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_measure_unit_library",
            ["unit_id", "library_code"],
            unique=True,
            sqlite_where=sa.text("library_code <> ''"),
            postgresql_where=sa.text("library_code <> ''"),
        )

    op.create_table(
        "benchmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_benchmark_has_source")),
        sa.CheckConstraint(
            "effective_to IS NULL OR effective_to >= effective_from", name=op.f("ck_benchmark_to_not_before_from")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_benchmark_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_benchmark_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
    )
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_benchmark_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends IS NULL OR ends >= begins", name=op.f("ck_collection_ends_not_before_begins")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_collection_measure_id_measure")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["user_account.id"], name=op.f("fk_collection_responsible_id_user_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_collection_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("measure_id", "unit_id", name=op.f("uq_collection_measure_id_unit_id")),
    )
    with op.batch_alter_table("collection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collection_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "measure_version",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("scoring", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_measure_version_measure_id_measure")),
        sa.PrimaryKeyConstraint("measure_id", "number", name=op.f("pk_measure_version")),
    )
    op.create_table(
        "stratum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("is_collected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_stratum_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stratum")),
        sa.UniqueConstraint("measure_id", "code", name=op.f("uq_stratum_measure_id_code")),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("stratum")
    op.drop_table("measure_version")
    with op.batch_alter_table("collection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collection_unit_id"))

    op.drop_table("collection")
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_benchmark_measure_id"))

    op.drop_table("benchmark")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_measure_unit_library",
            sqlite_where=sa.text("library_code <> ''"),
            postgresql_where=sa.text("library_code <> ''"),
        )
        batch_op.drop_index(batch_op.f("ix_measure_unit_id"))

    op.drop_table("measure")
