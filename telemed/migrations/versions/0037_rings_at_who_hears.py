"""An emergency rings only at those whose pages ring and who can take it; what was saved otherwise is given up.

At a dispatcher or at anybody of the branch nothing rang, and meanwhile nobody else was called. What held before holds
again, or what holds for more.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
LADDERS = ("stat", "lead_awaited")
HEAR = ("coordinator", "duty_officer")  # of the hub
RUNG = sa.table(
    "rung",
    *(sa.column(each, sa.String()) for each in ("ladder", "hospital_id", "urgency", "to", "role")),
    *(sa.column(each, AT) for each in ("valid_from", "valid_until", "saved_at")),
    sa.column("agreement_id", sa.Uuid()),
    sa.column("at_hub", sa.Boolean()),
)


def upgrade() -> None:
    now, r = datetime.now(UTC), RUNG.c
    together = r.ladder, r.hospital_id, r.agreement_id, r.urgency, r.valid_from, r.saved_at
    deaf = r.to == "role", sa.or_(r.at_hub.is_(False), r.role.not_in(HEAR))
    saved = r.ladder.in_(LADDERS), r.saved_at.is_not(None), r.valid_until.is_(None)
    for each in op.get_bind().execute(sa.select(*together).where(*saved, *deaf).distinct()).all():
        same = [column.is_not_distinct_from(value) for column, value in zip(together, each, strict=True)]
        op.execute(sa.update(RUNG).where(*same).values(valid_until=max(each.valid_from, now)))


def downgrade() -> None:
    """Nothing rang at them."""
