"""Carts and bedside cameras are booked themselves. Rounds that are booked keep the place of their cart, and take it."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

RESOURCE = sa.table(
    "resource",
    *(sa.column(name, kind) for name, kind in (("id", sa.Uuid()), ("version", sa.Integer()), ("kind", sa.String()))),
    *(sa.column(name, sa.String()) for name in ("hospital_id", "name", "name_en", "place", "place_en")),
    sa.column("places", sa.Integer()),
)
DEVICE = sa.table(
    "device",
    *(sa.column(name, sa.Uuid()) for name in ("id", "venue_id")),
    *(sa.column(name, sa.String()) for name in ("hospital_id", "name", "kind")),
    sa.column("revoked_at", UtcDateTime(timezone=True)),
)
OCCUPANCY = sa.table(
    "occupancy",
    *(sa.column(name, sa.Uuid()) for name in ("id", "booking_id", "resource_id")),
    *(sa.column(name, UtcDateTime(timezone=True)) for name in ("starts_at", "ends_at")),
    sa.column("active", sa.Boolean()),
)
BOOKING = sa.table("booking", sa.column("id", sa.Uuid()), sa.column("activity_id", sa.Uuid()))
SESSION = sa.table("roundsession", sa.column("id", sa.Uuid()), sa.column("cart_id", sa.Uuid()))


def upgrade() -> None:
    op.add_column("resource", sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True))
    db = op.get_bind()
    wanted = sa.select(DEVICE).where(DEVICE.c.kind.in_(["cart", "camera"]), DEVICE.c.revoked_at.is_(None))
    devices = {each.id: each for each in db.execute(wanted)}
    for each in devices.values():
        names = {"hospital_id": each.hospital_id, "name": each.name, "name_en": each.name, "place": "", "place_en": ""}
        db.execute(sa.insert(RESOURCE).values(id=each.id, version=1, kind="equipment", places=1, **names))
    rounds = (
        sa.select(OCCUPANCY, SESSION.c.cart_id)
        .join(BOOKING, BOOKING.c.id == OCCUPANCY.c.booking_id)
        .join(SESSION, SESSION.c.id == BOOKING.c.activity_id)
        .where(OCCUPANCY.c.active, SESSION.c.cart_id.in_(devices))
        .order_by(OCCUPANCY.c.starts_at)
    )
    until: dict[UUID, datetime] = {}
    for each in db.execute(rounds).all():
        # A cart whose place was changed meanwhile may be planned twice at a time: the first has it.
        overlaps = each.cart_id in until and each.starts_at < until[each.cart_id]
        if each.resource_id == devices[each.cart_id].venue_id and not overlaps:
            until[each.cart_id] = each.ends_at
            time = {"booking_id": each.booking_id, "starts_at": each.starts_at, "ends_at": each.ends_at}
            db.execute(sa.insert(OCCUPANCY).values(id=uuid4(), resource_id=each.cart_id, active=True, **time))


def downgrade() -> None:
    db = op.get_bind()
    equipment = sa.select(RESOURCE.c.id).where(RESOURCE.c.kind == "equipment")
    db.execute(sa.delete(OCCUPANCY).where(OCCUPANCY.c.resource_id.in_(equipment)))
    db.execute(sa.delete(RESOURCE).where(RESOURCE.c.kind == "equipment"))
    op.drop_column("resource", "ended_at")
