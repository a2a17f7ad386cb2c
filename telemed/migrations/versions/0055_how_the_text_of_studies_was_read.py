"""How the text of a study's header was read, and what the file says of its character set."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("studyview", sa.Column("text_reading", sa.String(), nullable=False, server_default="as_labelled"))
    op.add_column("studyview", sa.Column("charset_label", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("studyview", "charset_label")
    op.drop_column("studyview", "text_reading")
