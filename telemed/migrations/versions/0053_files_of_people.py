"""A file may be a person's: the paper of a registration, the picture of a signature."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("file") as batch:
        batch.add_column(sa.Column("staff_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_file_staff_id_staff"), "staff", ["staff_id"], ["id"])
    op.create_index(op.f("ix_file_staff_id"), "file", ["staff_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_file_staff_id"), "file")
    with op.batch_alter_table("file") as batch:
        batch.drop_constraint(op.f("fk_file_staff_id_staff"), type_="foreignkey")
        batch.drop_column("staff_id")
