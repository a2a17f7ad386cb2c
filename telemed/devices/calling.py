"""Somebody who stands at a device calls the consultation centre: its coordinators are told until one has answered."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.service import record
from telemed.devices.model import Device
from telemed.errors import Conflict, NotFound
from telemed.people import service as people
from telemed.people.model import HospitalKind
from telemed.scheduling.model import Resource
from telemed.work import deadlines, ladders
from telemed.work.duty import on_duty
from telemed.work.ladders import rung
from telemed.work.model import WORK, Outcome, To, When, WorkItem
from telemed.work.service import ask, finish

ANSWER: Final = WORK.declare("answer_device")
ANSWERING: Final = (Role.coordinator, Role.duty_officer)  # of the hub: it waits on the home page of both
# The coordinators first, the duty officer three minutes later, both again until somebody has answered.
CALLED: Final = ladders.declare(
    "device",
    rung(When.due, 0, To.role, Role.coordinator, at_hub=True),
    rung(When.after, 3, To.role, Role.duty_officer, at_hub=True),
    rung(When.after, 5, To.role, Role.coordinator, at_hub=True, again=True),
    rung(When.after, 5, To.role, Role.duty_officer, at_hub=True),
    asked=(ANSWER,),
)


async def call(db: AsyncSession, row: Device, now: datetime) -> datetime:
    """Calls the centre; returns since when. A second press changes nothing until somebody has answered.

    Raises Conflict if no hub has an agreement with this hospital: then there is nobody to call.
    """
    if (waiting := await open_call(db, row.id)) is not None:
        return waiting.created_at
    hub = await _hub_of(db, row.hospital_id, now)
    venue = await db.get(Resource, row.venue_id) if row.venue_id else None
    said = {
        "device": row.name,
        "hospital": row.hospital_id,
        "venue": venue.name if venue else "",
        "venue_en": venue.name_en if venue else "",
    }
    for each in ANSWERING:
        ask(db, ANSWER, row.id, hub, now, role=each, due_at=now, note=said)
    record(db, None, "device.called", str(row.id), now)
    await deadlines.begin_at_hospital(db, hub, CALLED, now, now, on_duty)
    return now


async def answer(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    """Somebody of the centre sees to it, by telephone or in person. Raises NotFound if it does not call them."""
    waiting = await open_call(db, id)
    if waiting is None or waiting.hospital_id != actor.hospital_id:
        raise NotFound("This device does not call, or no longer.", reason="not_called")
    record(db, actor, "device.answered", str(id), now)
    await finish(db, id, [ANSWER], actor, now)


async def give_up(db: AsyncSession, id: UUID, by: Actor, now: datetime) -> None:
    """Nobody need answer a device that is revoked."""
    await finish(db, id, [ANSWER], by, now, Outcome.withdrawn)


async def open_call(db: AsyncSession, id: UUID) -> WorkItem | None:
    query = select(WorkItem).where(WorkItem.about_id == id, WorkItem.kind == ANSWER, col(WorkItem.done_at).is_(None))
    return (await db.exec(query)).first()


async def _hub_of(db: AsyncSession, hospital_id: str, now: datetime) -> str:
    """The hospital itself, if it is a hub, else the first hub that it has an agreement with."""
    own = await people.hospital(db, hospital_id)
    hubs = [own, *await people.partners_of(db, hospital_id, now)]
    found = next((each.id for each in hubs if each.kind is HospitalKind.hub), None)
    if found is None:
        raise Conflict("No consultation centre has an agreement with this hospital.", reason="no_centre")
    return found
