"""Tells people at once of what is so by now of a round: that they lead it or take part, when it is, that it is off.

Mails that say so carry it for their calendars too (`interop/invitations.py`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.rounds import ladders as L
from telemed.rounds.asking import deadline_of
from telemed.rounds.model import RoundSession
from telemed.rounds.words import RoundRole
from telemed.work import deadlines, notices
from telemed.work.duty import on_duty

COMING = frozenset({RoundRole.lead, RoundRole.expert, RoundRole.accompanying})


async def invited(db: AsyncSession, row: RoundSession, who: UUID, now: datetime, by: Actor | None) -> None:
    """They are asked to lead it."""
    await _tell(db, row, L.INVITED, [who], now, by)


async def booked(db: AsyncSession, row: RoundSession, who: UUID, now: datetime, by: Actor | None) -> None:
    """They take part, and have agreed to in advance."""
    await _tell(db, row, L.BOOKED, [who], now, by)


async def takes_over(db: AsyncSession, row: RoundSession, who: UUID, now: datetime, by: Actor | None) -> None:
    """They lead what is under way from now on, or sign what is over."""
    await _tell(db, row, L.TAKES_OVER, [who], now, by)


async def relieved(db: AsyncSession, row: RoundSession, who: UUID, now: datetime, by: Actor | None) -> None:
    """They need not come: what they were told before is void."""
    await notices.end_of(db, row.id, L.TELLS, now, who)
    await _tell(db, row, L.RELIEVED, [who], now, by)


async def moved(
    db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None, but: Collection[UUID] = ()
) -> None:
    """`but`: they were told otherwise."""
    who = [each for each in await _coming(db, row) if each not in but]
    for each in who:
        await notices.end_of(db, row.id, L.TELLS, now, each)
    await _tell(db, row, L.MOVED, who, now, by)


async def time_kept(db: AsyncSession, row: RoundSession, who: UUID, now: datetime, by: Actor | None) -> None:
    """They proposed another time, and are asked to lead it at this one all the same."""
    await notices.end_of(db, row.id, L.TELLS, now, who)
    await _tell(db, row, L.TIME_KEPT, [who], now, by)


async def place_closed(db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None) -> None:
    """The time stands, and they hear where once another place is booked."""
    await _tell(db, row, L.PLACE_CLOSED, await _coming(db, row), now, by)


async def placed(db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None) -> None:
    """At the same time in other places: who has not answered yet sees them with the invitation."""
    found = await participants.of(db, row.id)
    who = [each.staff_id for each in found if each.role in COMING and each.answer is Answer.accepted]
    for each in who:
        await notices.end_of(db, row.id, L.TELLS, now, each)
    await _tell(db, row, L.BOOKED, who, now, by)


async def called_off(db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None) -> None:
    await notices.end_of(db, row.id, L.TELLS, now)
    await _tell(db, row, L.CALLED_OFF, await _coming(db, row), now, by)


async def written(db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None) -> None:
    """Nobody meets: the lead answers in writing."""
    await notices.end_of(db, row.id, L.TELLS, now)
    await _tell(db, row, L.WRITTEN, await _coming(db, row), now, by)


async def put_forward(db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None) -> None:
    """Somebody was added late: the lead decides on them."""
    await _tell(db, row, L.PUT_FORWARD, [row.lead_id], now, by)


async def _coming(db: AsyncSession, row: RoundSession) -> list[UUID]:
    found = await participants.of(db, row.id)
    return [each.staff_id for each in found if each.role in COMING and each.answer is not Answer.declined]


async def _tell(
    db: AsyncSession, row: RoundSession, ladder: str, who: Iterable[UUID | None], now: datetime, by: Actor | None
) -> None:
    """The moment of which they are told is that of the round. Whoever did it knows."""
    telling = deadline_of(row, ladder, now, kind=L.TELLS)
    telling.owners, telling.due_at = [str(each) for each in who if each], row.starts_at
    await deadlines.only_tell(db, telling, now, on_duty, {by.id} if by else ())
