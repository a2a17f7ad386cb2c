"""The stored prints of the notes of rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roundnoteprint",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["roundnote.id"], name=op.f("fk_roundnoteprint_note_id_roundnote")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_roundnoteprint")),
    )


def downgrade() -> None:
    op.drop_table("roundnoteprint")
