"""Pages without a print stand in a table of their own, so that nobody looks for them among all pages."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pagedue",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["opinionpage.id"], name=op.f("fk_pagedue_page_id_opinionpage")),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_pagedue")),
    )
    op.execute(
        "INSERT INTO pagedue (page_id) SELECT id FROM opinionpage WHERE id NOT IN (SELECT page_id FROM pageprint)"
    )


def downgrade() -> None:
    op.drop_table("pagedue")
