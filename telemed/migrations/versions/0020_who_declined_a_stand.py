"""Who declined to be reminded of a version of an opinion stands with the opinion, not in closed work items."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
WORK = sa.table(
    "workitem",
    *(sa.column(each, sa.Uuid()) for each in ("id", "about_id", "staff_id")),
    *(sa.column(each, sa.String()) for each in ("kind", "outcome")),
    sa.column("note", sa.JSON()),
    sa.column("done_at", AT),
)
OPINION = sa.table(
    "opinion",
    *(sa.column(each, sa.Uuid()) for each in ("id", "consultation_id")),
    sa.column("number", sa.Integer()),
    sa.column("created_at", AT),
)


def upgrade() -> None:
    table = op.create_table(
        "standdeclined",
        sa.Column("opinion_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_standdeclined_staff_id_staff")),
        sa.PrimaryKeyConstraint("opinion_id", "staff_id", name=op.f("pk_standdeclined")),
    )
    declined = {}
    for opinion_id, number, staff_id, note, at in op.get_bind().execute(_declined()).all():
        if number >= note.get("number", 1):
            declined[opinion_id, staff_id] = {"opinion_id": opinion_id, "staff_id": staff_id, "at": at}
    if declined:
        op.bulk_insert(table, list(declined.values()))


def _declined() -> sa.Select[Any]:
    """Each refusal with the version that was newest at its time.

    If that was a draft that has been dropped since, it comes with the version before, of a lower number than its note.
    """
    w, o, later = WORK.c, OPINION.c, OPINION.alias().c
    newer = sa.exists().where(
        later.consultation_id == w.about_id, later.created_at <= w.done_at, later.number > o.number
    )
    return (
        sa.select(o.id, o.number, w.staff_id, w.note, w.done_at)
        .join_from(WORK, OPINION, sa.and_(o.consultation_id == w.about_id, o.created_at <= w.done_at))
        .where(w.kind == "co_sign", w.outcome == "declined", w.staff_id.is_not(None), ~newer)
        .order_by(w.done_at)
    )


def downgrade() -> None:
    op.drop_table("standdeclined")
