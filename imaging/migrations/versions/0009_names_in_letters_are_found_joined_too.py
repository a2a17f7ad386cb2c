"""A name in letters is found written as one word too, whatever its characters."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        INSERT OR IGNORE INTO name_forms (study, form)
        SELECT study, replace(form, ' ', '') FROM name_forms WHERE form LIKE '% %'
    """)


def downgrade() -> None:
    pass  # a name that is found by one spelling more harms nothing
