"""A deadline may belong to no activity: then it is of its hospital's work. Whose studies are, and how many images."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
# By kind of work: its ladder, and when it is due. As of this migration.
ASKED = {"identity": ("identity", timedelta(hours=2)), "declare": ("counts", timedelta(days=1))}
CHILDREN_FIRST = ("delivery", "notice")
WORK = sa.table(
    "workitem",
    sa.column("id", sa.Uuid()),
    *(sa.column(each, sa.String()) for each in ("kind", "hospital_id")),
    *(sa.column(each, AT) for each in ("created_at", "due_at", "done_at")),
)
DEADLINE = sa.table(
    "deadline",
    sa.column("id", sa.Uuid()),
    *(sa.column(each, sa.String()) for each in ("kind", "ladder", "hospital_id", "hub_id", "urgency", "specialty")),
    sa.column("owners", sa.JSON()),
    *(sa.column(each, AT) for each in ("began_at", "due_at", "at")),
    sa.column("rung", sa.Integer()),
)


def upgrade() -> None:
    _may_name_none(True)
    for kind, (ladder, within) in ASKED.items():
        _begin(kind, ladder, within)


def _begin(kind: str, ladder: str, within: timedelta) -> None:
    """One for all that is open at a hospital, due with the earliest."""
    w, began = WORK.c, {}
    asked = sa.select(w.id, w.hospital_id, w.created_at).where(w.kind == kind, w.done_at.is_(None))
    for id, hospital_id, at in op.get_bind().execute(asked.order_by(w.created_at.desc())).all():
        op.execute(sa.update(WORK).where(w.id == id).values(due_at=at + within))
        began[hospital_id] = at
    if began:
        op.bulk_insert(
            DEADLINE,
            [
                {
                    "id": uuid4(),
                    "kind": "work",
                    "ladder": ladder,
                    "hospital_id": hospital_id,
                    "hub_id": hospital_id,
                    "urgency": "",
                    "specialty": "",
                    "owners": [],
                    "began_at": at,
                    "due_at": at + within,
                    "at": at + within,
                    "rung": 0,
                }
                for hospital_id, at in began.items()
            ],
        )


def downgrade() -> None:
    of_none = "SELECT id FROM deadline WHERE activity_id IS NULL"
    for table in CHILDREN_FIRST:
        op.execute(sa.text(f"DELETE FROM {table} WHERE deadline_id IN ({of_none})"))
    op.execute(sa.text("DELETE FROM deadline WHERE activity_id IS NULL"))
    op.execute(sa.text("DELETE FROM rung WHERE ladder IN ('identity', 'counts')"))
    op.execute(sa.text("UPDATE workitem SET due_at = NULL WHERE kind IN ('identity', 'declare')"))
    _may_name_none(False)


def _may_name_none(may: bool) -> None:
    with _set_aside(*CHILDREN_FIRST):
        for table in ("deadline", "notice"):
            with op.batch_alter_table(table) as batch:
                batch.alter_column("activity", existing_type=sa.String(32), nullable=may)
                batch.alter_column("activity_id", existing_type=sa.Uuid(), nullable=may)


@contextmanager
def _set_aside(*tables: str) -> Iterator[None]:
    """SQLite makes a table anew to alter it, and refuses to drop one while rows of others point at it."""
    if op.get_bind().dialect.name != "sqlite":
        yield
        return
    for each in tables:
        op.execute(sa.text(f"CREATE TEMP TABLE kept_{each} AS SELECT * FROM {each}"))
        op.execute(sa.text(f"DELETE FROM {each}"))
    yield
    for each in reversed(tables):
        op.execute(sa.text(f"INSERT INTO {each} SELECT * FROM kept_{each}"))
        op.execute(sa.text(f"DROP TABLE kept_{each}"))
