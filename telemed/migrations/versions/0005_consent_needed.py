"""A consent says which scopes its activity needs; so far every one was a consultation's."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consent", sa.Column("needed", sa.JSON(), nullable=True))
    op.execute("""UPDATE consent SET needed = '["consult", "imaging"]'""")
    with op.batch_alter_table("consent") as batch:
        batch.alter_column("needed", existing_type=sa.JSON(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("consent") as batch:
        batch.drop_column("needed")
