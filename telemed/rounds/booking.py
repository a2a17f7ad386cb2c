"""The time that a session takes of its lead and bed doctor, the hub's venue and the ward's cart; whatever else blocks
it is kept."""

from collections.abc import Collection, Container
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.devices import bookable
from telemed.devices.model import Device
from telemed.errors import Conflict, NotFound
from telemed.rounds import rules
from telemed.rounds.model import RoundSession, activity
from telemed.scheduling import queries as calendars
from telemed.scheduling import service as scheduling
from telemed.scheduling.model import BookingKind

Clashes = list[dict[str, Any]]


async def usable_cart(db: AsyncSession, cart_id: UUID | None) -> UUID | None:
    """The cart, which is booked wherever it stands; None for one that was revoked."""
    cart = await db.get(Device, cart_id) if cart_id else None
    return cart.id if cart is not None and cart.kind in bookable.KINDS and cart.revoked_at is None else None


async def refuse_places(
    db: AsyncSession, hub_id: str, branch_id: str, venue_id: UUID | None, cart_id: UUID | None
) -> None:
    """Raises NotFound unless the venue is one of the hub, and the cart one in use at the branch."""
    if venue_id is not None and venue_id not in {each.id for each in await calendars.venues(db, [hub_id])}:
        raise NotFound("There is no such person or venue.", reason="unknown_resource")
    usable = await usable_cart(db, cart_id)
    cart = await db.get(Device, usable) if usable else None
    if cart_id is not None and (cart is None or cart.hospital_id != branch_id):
        raise NotFound("There is no such cart.", reason="no_such_cart")


async def reserve(
    db: AsyncSession,
    people: Collection[UUID | None],
    venue_id: UUID | None,
    cart_id: UUID | None,
    now: datetime,
) -> None:
    """Before one lead after another is tried, or one session after another booked."""
    places = [each for each in (venue_id, await usable_cart(db, cart_id)) if each]
    await scheduling.reserve(db, [each for each in people if each], places, now)


async def book(
    db: AsyncSession,
    row: RoundSession,
    lead_id: UUID | None,
    now: datetime,
    *,
    actor: Actor | None = None,
    span: tuple[datetime, datetime] | None = None,
    without: Container[str] = (),
    override: str | None = None,
) -> Clashes:
    """Takes the session's time, or that of `span`, of this lead, its bed doctor and its places, all or none; returns
    what blocks it.

    Blocked, it changes nothing. `without`: who and what is left out. `override`: as `limits.respect` takes it.
    """
    start, end = span or (row.starts_at, row.ends_at)
    beside = None if str(row.accompanying_id) in without else row.accompanying_id
    whom = sorted({each for each in (lead_id, beside) if each})
    place, cart = row.venue_id, await usable_cart(db, row.cart_id)
    place, cart = (None if str(each) in without else each for each in (place, cart))
    try:
        if await scheduling.of_activity(db, row.id) is not None:
            await scheduling.rebook(
                db,
                activity_id=row.id,
                people=whom,
                venue=place,
                other_end=cart,
                start=start,
                end=end,
                by=actor,
                now=now,
                override=override,
            )
        else:
            await scheduling.book(
                db,
                kind=BookingKind.round,
                title=f"查房 {row.ward}",
                title_en=f"Ward round {row.ward_en or row.ward}",
                people=whom,
                venue=place,
                other_end=cart,
                start=start,
                end=end,
                hospital_id=row.branch_id,
                by=actor,
                now=now,
                activity=activity(row.id),
                override=override,
            )
    except Conflict as refused:
        found = refused.extra.get("clashes")
        if not isinstance(found, list):
            raise
        return found
    row.unbooked = []
    return []


def is_busy(lead_id: UUID | None, blocked: Clashes) -> bool:
    """Whether this person is among what blocks a session: another lead would help, and another place would not."""
    return any(each["resource_id"] == str(lead_id) for each in blocked)


async def book_or_rest(
    db: AsyncSession,
    row: RoundSession,
    lead_id: UUID | None,
    now: datetime,
    *,
    actor: Actor | None = None,
    override: str | None = None,
) -> Clashes:
    """As `book`; but where the lead is free, and a place or the bed doctor is not, the time of all others is taken, and
    the session says who or what is missing."""
    blocked = await book(db, row, lead_id, now, actor=actor, override=override)
    if blocked and not is_busy(lead_id, blocked):
        missing = {each["resource_id"] for each in blocked}
        await book(db, row, lead_id, now, actor=actor, without=missing, override=override)
        row.unbooked = blocked
    return blocked


async def move_to(
    db: AsyncSession,
    actor: Actor,
    row: RoundSession,
    start: datetime,
    end: datetime,
    now: datetime,
    override: str = "",
) -> None:
    """Raises the Conflict that names what blocks the new time."""
    if blocked := await book(db, row, row.lead_id, now, actor=actor, span=(start, end), override=override):
        raise Conflict("The time is taken.", reason="clash", clashes=blocked)
    row.starts_at, row.ends_at, row.version = start, end, row.version + 1
    row.list_opens_at, row.locks_at = start - rules.LIST_OPENS, start - rules.LIST_LOCKS


async def free(db: AsyncSession, actor: Actor | None, row: RoundSession, now: datetime) -> None:
    """It does not take place."""
    await scheduling.cancel(db, row.id, actor, now)


async def ended(db: AsyncSession, actor: Actor | None, row: RoundSession, now: datetime) -> None:
    await scheduling.end(db, row.id, actor, now)
