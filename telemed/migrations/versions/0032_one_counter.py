"""One counter of numbers for all hubs: a number is unique over all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counters = sa.table("daycounter", sa.column("day", sa.String), sa.column("last", sa.Integer))
    last = sa.select(counters.c.day, sa.func.max(counters.c.last).label("last")).group_by(counters.c.day)
    rows = [dict(each) for each in op.get_bind().execute(last).mappings()]
    op.drop_table("daycounter")
    op.create_table(
        "daycounter",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_daycounter")),
    )
    op.bulk_insert(counters, rows)


def downgrade() -> None:
    op.drop_table("daycounter")
    op.create_table(
        "daycounter",
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hub_id", "day", name=op.f("pk_daycounter")),
    )
