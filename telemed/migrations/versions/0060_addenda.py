"""Addenda to reports that were issued."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Enum("addition", "correction", name="kind", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("report") as table:
        table.add_column(sa.Column("kind", kind, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("report") as table:
        table.drop_constraint(op.f("ck_report_kind"), type_="check")
        table.drop_column("kind")
