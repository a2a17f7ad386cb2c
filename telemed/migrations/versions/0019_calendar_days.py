"""Public holidays and make-up days as rows; they are filled from the library at the next start."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendarday",
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("off", "work", name="daykind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("hospital_id", "date", name=op.f("pk_calendarday")),
    )


def downgrade() -> None:
    op.drop_table("calendarday")
