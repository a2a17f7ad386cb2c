"""Who leaves is disabled, never deleted: what waits for them is handed over in that action, and they are signed out."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import badges, one_time
from telemed.access.model import Account, Actor, Role
from telemed.administration import hospitals, proposals, registration_ends, staffing
from telemed.administration.saving import Result, Saved, audit, own_hospital, refuse_stale
from telemed.administration.staff_schemas import WaitingItem
from telemed.administration.waiting import hand_over, waiting
from telemed.consultations import service as consultations
from telemed.errors import Conflict, NotAllowed
from telemed.people import service as people
from telemed.people.ended import end_all
from telemed.people.model import Staff


async def disable(
    db: AsyncSession,
    by: Actor,
    id: UUID,
    version: int,
    to: Mapping[str, UUID | None],
    to_all: UUID | None,
    opinions: consultations.Opinions,
    now: datetime,
) -> None:
    """`to`: who takes over each thing that waits, by its key, None for nobody; `to_all`: who takes the others.

    Of who is disabled already, at the command line say, only what waits is handed over. Raises NotFound, NotAllowed
    (`own_account`), Stale, Conflict (`last_administrator`; `still_waits` with what nobody has been named for).
    """
    person, account = await _to_change(db, by, id, version)
    before = account.disabled_at
    if before is None and Role.administrator in await people.roles_of(db, id):
        await staffing.refuse_last(db, person.hospital_id, id)
    items = await waiting(db, id, now)
    _refuse_unnamed(items, to, to_all)
    for each in items:
        taker = to.get(each.key, to_all)
        await hand_over(db, by, person, each, taker, opinions, now)
    account.disabled_at = before or now
    await end_all(db, account, now)
    await one_time.forget(db, id)
    await proposals.review(db, now, by)
    await registration_ends.review(db, now, by)
    await badges.forget(db, id)  # it is handed back, and may be the next person's
    said = {"disabled_at": account.disabled_at.isoformat(), "handed_over": len(items)}
    _done(db, by, person, {"disabled_at": before.isoformat() if before else None}, said, now)


async def enable(db: AsyncSession, by: Actor, id: UUID, version: int, now: datetime) -> None:
    """They may sign in again, with the roles that they had. Raises NotFound, NotAllowed, Stale."""
    person, account = await _to_change(db, by, id, version)
    before, account.disabled_at = account.disabled_at, None
    _done(db, by, person, {"disabled_at": before.isoformat() if before else None}, {"disabled_at": None}, now)


async def _to_change(db: AsyncSession, by: Actor, id: UUID, version: int) -> tuple[Staff, Account]:
    person = await people.staff(db, id)
    await own_hospital(db, by, person.hospital_id)
    if id == by.id:
        raise NotAllowed("Nobody disables themselves.", reason="own_account")
    await hospitals.hold(db, person.hospital_id)
    person = await staffing.one(db, person.hospital_id, id)
    refuse_stale(person, version, person.model_dump())
    return person, await db.get_one(Account, id, with_for_update=True)


def _refuse_unnamed(items: list[WaitingItem], to: Mapping[str, UUID | None], to_all: UUID | None) -> None:
    unnamed = [] if to_all else [each for each in items if each.key not in to]
    if unnamed:
        left = [each.model_dump(mode="json") for each in unnamed]
        raise Conflict("Name who takes over what waits.", reason="still_waits", waiting=left)


def _done(
    db: AsyncSession, by: Actor, person: Staff, before: dict[str, object], after: dict[str, object], now: datetime
) -> None:
    person.version += 1
    audit(db, by, "staff", person.id, Saved(person, Result.changed, before, after), now, person.hospital_id)
