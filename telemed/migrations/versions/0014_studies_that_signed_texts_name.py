"""The studies that a signed text names are kept beside it, so that the text is found by them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPINION = sa.table("opinion", sa.column("id", sa.Uuid()), sa.column("canonical", sa.String()))


def upgrade() -> None:
    named = op.create_table(
        "opinionstudy",
        sa.Column("opinion_id", sa.Uuid(), nullable=False),
        sa.Column("study", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_opinionstudy_opinion_id_opinion")),
        sa.PrimaryKeyConstraint("opinion_id", "study", name=op.f("pk_opinionstudy")),
    )
    op.create_index(op.f("ix_opinionstudy_study"), "opinionstudy", ["study"])
    signed = sa.select(OPINION).where(OPINION.c.canonical.is_not(None))
    for id, canonical in op.get_bind().execute(signed).all():
        if rows := [{"opinion_id": id, "study": each} for each in _studies(canonical)]:
            op.bulk_insert(named, rows)


def _studies(canonical: str) -> list[str]:
    """A damaged text names none."""
    try:
        return sorted(set(json.loads(canonical)["studies"]))
    except (ValueError, LookupError, TypeError):
        return []


def downgrade() -> None:
    op.drop_table("opinionstudy")
