"""What readers draw on the images of a study is saved."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "studymark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column("instance_uid", sa.String(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studymark")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_studymark_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_studymark_author_id_staff")),
    )
    op.create_index(op.f("ix_studymark_study_uid"), "studymark", ["study_uid", "hospital_id"])


def downgrade() -> None:
    op.drop_table("studymark")
