"""Makes, lists and revokes the links under which calendar programs read somebody's bookings, and finds whose one is."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, Actor
from telemed.access.sessions import digest
from telemed.activities.kinds import Kinds
from telemed.audit.service import record_own
from telemed.errors import Conflict, NotFound
from telemed.interop import words
from telemed.interop.entries import Entry, Words
from telemed.interop.model import CalendarLink
from telemed.people.model import Hospital, Staff
from telemed.people.rules import Span
from telemed.scheduling import appointments

MOST: Final = 5  # links of one account: a telephone, a computer or two
BEHIND, AHEAD = timedelta(days=30), timedelta(days=366)
NOTED_EVERY: Final = timedelta(minutes=1)
LONGEST_TOKEN: Final = 100


@dataclass(frozen=True)
class Owner:
    """Whose link it is, and in which language they read."""

    link: CalendarLink
    person: Staff
    language: str


async def links(db: AsyncSession, actor: Actor) -> list[CalendarLink]:
    """One's own, the latest first."""
    query = select(CalendarLink).where(CalendarLink.account_id == actor.id)
    return list((await db.exec(query.order_by(col(CalendarLink.created_at).desc(), col(CalendarLink.id)))).all())


async def make(db: AsyncSession, actor: Actor, name: str, now: datetime) -> tuple[CalendarLink, str]:
    """A new link and its token, which is known only now. Raises Conflict (`calendar_links_full`)."""
    await db.get_one(Account, actor.id, with_for_update=True)  # two tabs: the second counts the first's
    if len(await links(db, actor)) >= MOST:
        raise Conflict("Revoke a link first: there are as many as one may have.", reason="calendar_links_full")
    token = secrets.token_urlsafe(32)
    link = CalendarLink(account_id=actor.id, token_sha256=digest(token), name=name, created_at=now)
    db.add(link)
    await db.flush()
    record_own(db, actor, "account.calendar_link_made", now, calendar_link=(None, str(link.id)))
    return link, token


async def revoke(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    """Raises NotFound."""
    its = (col(CalendarLink.id) == id, col(CalendarLink.account_id) == actor.id)
    if (await db.exec(delete(CalendarLink).where(*its))).rowcount == 0:
        raise NotFound("There is no such link.")
    record_own(db, actor, "account.calendar_link_revoked", now, calendar_link=(str(id), None))


async def owner(db: AsyncSession, token: str) -> Owner | None:
    """None if there is no such link, or none any more, or if its account is locked or its person has left."""
    if len(token) > LONGEST_TOKEN:
        return None
    query = (
        select(CalendarLink, Staff, Account.language)
        .join(Account, col(Account.id) == CalendarLink.account_id)
        .join(Staff, col(Staff.id) == CalendarLink.account_id)
        .where(CalendarLink.token_sha256 == digest(token), col(Account.disabled_at).is_(None))
    )
    found = (await db.exec(query)).first()
    return Owner(*found) if found else None


async def fetched(db: AsyncSession, link: CalendarLink, user_agent: str, now: datetime) -> None:
    """Notes that it was read, by which program; one that has been revoked meanwhile stays gone."""
    values = {"fetched_at": now, "fetched_by": words.program(user_agent)}
    await db.exec(update(CalendarLink).where(col(CalendarLink.id) == link.id).values(values))


async def entries(db: AsyncSession, of: Owner, kinds: Kinds, origin: str, now: datetime) -> list[Entry]:
    """What stands in this person's feed."""
    wording = await wording_of(db, of.language, kinds, origin)
    span = Span(now - BEHIND, now + AHEAD)
    found = await appointments.between(db, of.person, span, now - BEHIND, now)
    return [wording.entry(each, of.person.hospital_id, now) for each in found]


async def wording_of(db: AsyncSession, language: str, kinds: Kinds, origin: str) -> Words:
    hospitals = {each.id: each for each in (await db.exec(select(Hospital))).all()}
    return Words(language, kinds, hospitals, origin)
