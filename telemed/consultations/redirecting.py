"""Redirecting: another hub is asked instead, whose agreement with the branch covers it."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.consultations.engine import act
from telemed.consultations.lookup import get, guard_input
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.table import transition
from telemed.consultations.schemas import Redirect
from telemed.consultations.shown import HubOut
from telemed.consultations.words import AGREEMENT_SERVICE, Action
from telemed.errors import Conflict, NotFound
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.people.model import Department, Hospital, HospitalKind


async def hubs(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> list[HubOut]:
    """The others that may be asked today. Raises as `redirect` does, so that nobody else learns of agreements."""
    row = await get(db, actor, id, now)
    transition(row, Action.redirect, actor, await guard_input(db, row), "asked")
    found = []
    for each in await takers(db, row.branch_id, now):
        if each.id != row.hub_id:
            department_id = await people.department_of(db, each.id, request_of(row).specialty)
            theirs = await db.get_one(Department, department_id) if department_id else None
            named = {"department": theirs.name, "department_en": theirs.name_en} if theirs else {}
            found.append(HubOut(**{"id": each.id, "name": each.name, "name_en": each.name_en} | named))
    return found


async def takers(db: AsyncSession, branch_id: str, now: datetime) -> list[Hospital]:
    """The hubs that may be asked today: an agreement covers it, and somebody takes it on."""
    agreed = await people.hubs_of(db, branch_id, AGREEMENT_SERVICE, now)
    return [each for each in agreed if await _somebody_takes_it_on(db, each.id)]


async def redirect(db: AsyncSession, actor: Actor, id: UUID, version: int, to: Redirect, now: datetime) -> Consultation:
    """The same consultation under the same number, at another hub; the time of its state and of the whole runs on."""
    row = await get(db, actor, id, now, version=version)
    transition(row, Action.redirect, actor, await guard_input(db, row), to.code)  # refuse before looking further
    await refuse_hub(db, row, to.hub_id, now)
    await act(db, actor, row, Action.redirect, now, reason=to.reason or to.code, code=to.code, to_hub_id=to.hub_id)
    return row


async def refuse_hub(db: AsyncSession, row: Consultation, hub_id: str, now: datetime) -> None:
    """Raises unless this hub may be asked instead of the one that is."""
    hub = next((each for each in await people.hospitals(db) if each.id == hub_id), None)
    if hub is None or hub.kind is not HospitalKind.hub:
        raise NotFound("There is no such hub.")
    if hub.id == row.hub_id:
        raise Conflict("It is at this hub already.", reason="same_hub")
    if await people.agreement(db, row.branch_id, hub.id, AGREEMENT_SERVICE, now) is None:
        raise Conflict("No agreement with that hub covers it today.", reason="no_agreement")
    if not await _somebody_takes_it_on(db, hub.id):
        raise Conflict("Nobody at that hub could take it on.", reason="nobody_there")


async def _somebody_takes_it_on(db: AsyncSession, hub_id: str) -> bool:
    """Whether anybody there is asked or told of it."""
    return bool(await holders(db, hub_id, Role.coordinator) or await holders(db, hub_id, Role.duty_officer))
