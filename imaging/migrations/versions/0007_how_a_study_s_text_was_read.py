"""How a study's text was read, and what its file says of its character set."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("studies", sa.Column("text_reading", sa.String(), nullable=False, server_default="as_labelled"))
    op.add_column("studies", sa.Column("charset_label", sa.String(), nullable=False, server_default=""))
    # What these files said of their character set was not kept. Another count makes an event due, which tells of them.
    op.execute("""
        UPDATE studies SET text_reading = 'repaired', told_count = -1
        WHERE id IN (SELECT study FROM series JOIN instances ON series = series.id WHERE repaired_text)
    """)


def downgrade() -> None:
    op.drop_column("studies", "charset_label")
    op.drop_column("studies", "text_reading")
