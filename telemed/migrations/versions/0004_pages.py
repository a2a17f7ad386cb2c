"""pages: a signed version holds the hash of its print, and what comes later is kept as pages of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The guards refuse this very change; they are put back after every upgrade (telemed/migrations/guards.py).
UNGUARD = {
    "sqlite": ("DROP TRIGGER IF EXISTS opinion_signed_no_update", "DROP TRIGGER IF EXISTS opinion_signed_no_delete"),
    "postgresql": ("DROP TRIGGER IF EXISTS opinion_signed ON opinion",),
}


def upgrade() -> None:
    for statement in UNGUARD[op.get_bind().dialect.name]:
        op.execute(statement)
    op.add_column("opinion", sa.Column("print_sha256", sa.String(), nullable=True))
    op.execute("UPDATE opinion SET print_sha256 = (SELECT file.sha256 FROM file WHERE file.id = opinion.print_id)")
    op.create_table(
        "opinionpage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opinion_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_opinionpage_opinion_id_opinion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinionpage")),
        sa.UniqueConstraint("kind", "opinion_id", "about", name=op.f("uq_opinionpage_kind")),
        sa.UniqueConstraint("opinion_id", "number", name=op.f("uq_opinionpage_opinion_id")),
    )
    with op.batch_alter_table("opinionpage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinionpage_opinion_id"), ["opinion_id"], unique=False)
    op.create_table(
        "pageprint",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["opinionpage.id"], name=op.f("fk_pageprint_page_id_opinionpage")),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_pageprint")),
    )


def downgrade() -> None:
    op.drop_table("pageprint")
    op.drop_table("opinionpage")
    for statement in UNGUARD[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_column("opinion", "print_sha256")  # not in batch mode: advice refers to this table
