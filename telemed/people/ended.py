"""Ends sign-ins, so that their requests are refused at once and their sockets and media close within seconds (S14)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import sessions
from telemed.access.model import Account
from telemed.history.events import About
from telemed.history.service import hint
from telemed.people.events import RolesRemoved, SessionEnded


async def end_all(db: AsyncSession, account: Account, now: datetime, *, but: UUID | None = None) -> int:
    """Ends all sign-ins of an account, whoever asks for it (`but` stays). Returns how many there were."""
    ended = await sessions.end_all(db, account.id, but=but)
    tell_ended(db, ended, account.hospital_id, now)
    return len(ended)


def tell_ended(db: AsyncSession, ended: Iterable[UUID], hospital_id: str, now: datetime) -> None:
    """Tells those who hold sockets of these sign-ins, which are deleted already."""
    for sid in ended:
        hint(db, SessionEnded(sid=sid), About(hospital_id), now)


def tell_taken(db: AsyncSession, staff_id: UUID, hospital_id: str, now: datetime) -> None:
    """Tells that this person has lost a role, so that they are out of the rooms that it opened to them (S14)."""
    hint(db, RolesRemoved(staff_id=staff_id), About(hospital_id), now)
