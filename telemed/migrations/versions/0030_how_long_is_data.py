"""How long a draft, a missed meeting, one side alone, readiness and studies wait is said by their due rungs; what an
emergency was submitted without has a ladder of its own.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

# As of this migration.
RUNG = sa.table(
    "rung",
    *(sa.column(each, sa.Uuid()) for each in ("id", "agreement_id", "saved_by")),
    *(sa.column(each, sa.String()) for each in ("ladder", "hospital_id", "urgency", "when", "to", "role", "counted")),
    *(sa.column(each, UtcDateTime(timezone=True)) for each in ("valid_from", "valid_until", "saved_at")),
    *(sa.column(each, sa.Integer()) for each in ("n", "minutes", "place")),
    *(sa.column(each, sa.Boolean()) for each in ("at_hub", "again")),
    sa.column("channels", sa.JSON()),
)
SAID_NOTHING = ("draft", "missed", "one_sided", "readiness", "identity", "counts")
OLD, NEW = "completion", "stat_completion"
DEFAULT = {"minutes": 0, "counted": "elapsed"}


def upgrade() -> None:
    r = RUNG.c
    op.execute(sa.update(RUNG).where(r.when == "due", r.ladder.in_(SAID_NOTHING)).values(DEFAULT))
    _copy()
    for table in ("deadline", "notice"):
        op.execute(sa.text(f"UPDATE {table} SET ladder = '{NEW}' WHERE kind = 'work' AND ladder = '{OLD}'"))


def _copy() -> None:
    """It climbed the ladder of returned requests, as hospitals have edited it; only not for how long."""
    r = RUNG.c
    found = op.get_bind().execute(sa.select(RUNG).where(r.ladder == OLD, r.urgency.in_(("", "stat")))).mappings()
    rows = [{**each, "id": uuid4(), "ladder": NEW, **(DEFAULT if each["when"] == "due" else {})} for each in found]
    if rows:
        op.bulk_insert(RUNG, rows)


def downgrade() -> None:
    for table in ("deadline", "notice"):
        op.execute(sa.text(f"UPDATE {table} SET ladder = '{OLD}' WHERE ladder = '{NEW}'"))
    op.execute(sa.text(f"DELETE FROM rung WHERE ladder IN ('{NEW}', 'reading', 'taken', 'extension')"))
