"""The tables of links and of episodes; an episode is opened for each signal that stands."""

import sqlalchemy as sa
from alembic import op

revision = "008"
down_revision = "007"
branch_labels = None
depends_on = None

OPEN_FOR_WHAT_STANDS = """
INSERT INTO episode
    (unit_id, measure_id, stratum_id, rule, side, reading, first_start, last_start, opened_at)
SELECT s.unit_id, s.measure_id, s.stratum_id, s.signal_rule, s.signal_side, s.reading,
    coalesce(s.signal_since,
        (SELECT max(f.start) FROM phase f WHERE f.unit_id = s.unit_id AND f.measure_id = s.measure_id
            AND f.stratum_id = s.stratum_id AND f.start <= s.last_start),
        (SELECT min(p.start) FROM point p WHERE p.unit_id = s.unit_id AND p.measure_id = s.measure_id
            AND p.stratum_id = s.stratum_id),
        s.last_start),
    s.last_start, s.refreshed_at
FROM status s
WHERE s.signal_rule <> '' AND s.last_start IS NOT NULL
"""


def upgrade() -> None:
    """Make the tables, and open the episodes of the signals that the status rows show."""
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_kind", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("to_kind", sa.String(), nullable=False),
        sa.Column("to_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.CheckConstraint("from_kind <> to_kind OR from_id <> to_id", name=op.f("ck_link_not_to_itself")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint(
            "from_kind",
            "from_id",
            "to_kind",
            "to_id",
            "role",
            name=op.f("uq_link_from_kind_from_id_to_kind_to_id_role"),
        ),
    )
    op.create_index("ix_link_to", "link", ["to_kind", "to_id"], unique=False)
    op.create_table(
        "episode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("stratum_id", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("first_start", sa.Integer(), nullable=False),
        sa.Column("last_start", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_start <= last_start", name=op.f("ck_episode_first_before_last")),
        sa.CheckConstraint("rule <> ''", name=op.f("ck_episode_has_rule")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_episode_measure_id_measure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_episode_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
        sa.UniqueConstraint(
            "unit_id",
            "measure_id",
            "stratum_id",
            "rule",
            "first_start",
            name=op.f("uq_episode_unit_id_measure_id_stratum_id_rule_first_start"),
        ),
    )
    op.execute(OPEN_FOR_WHAT_STANDS)


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("episode")
    op.drop_index("ix_link_to", table_name="link")
    op.drop_table("link")
