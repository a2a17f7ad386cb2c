"""Makes a consultation an MDT (多学科会诊): the lead expert chairs it, and somebody of the hub may record it.

Its sections and signatures belong to the opinion (`opinions/sections.py`).
"""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.audit.service import record
from telemed.consultations import sharing, telling
from telemed.consultations.lookup import about, get
from telemed.consultations.mdt_events import MdtArranged, MdtDropped
from telemed.consultations.model import Consultation, activity
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.experts import refuse_adding_experts
from telemed.consultations.rules.mdt import members, refuse_one_specialty, refuse_recorder
from telemed.consultations.words import ParticipantRole
from telemed.errors import Conflict, Invalid
from telemed.history.service import emit
from telemed.people import service as people
from telemed.people.model import Staff


async def arrange(db: AsyncSession, actor: Actor, id: UUID, recorder_id: UUID | None, now: datetime) -> Consultation:
    """Says that it is an MDT, and who records it. As when an expert is added, version and booked time stay."""
    row = await get(db, actor, id, now, to_change=True)
    refuse_adding_experts(row, actor)
    if row.mdt and row.recorder_id == recorder_id:
        return row
    if not row.mdt:
        await _refuse_one_specialty(db, row)
    recorder = await _recorder(db, row, recorder_id) if recorder_id else None
    if row.recorder_id != recorder_id:
        await _let_go(db, row, now)
    row.mdt, row.recorder_id = True, recorder_id
    if recorder is not None:
        await _bring(db, row, recorder, actor, now)
        await telling.of_recording(db, row, recorder.id, actor.id, now)
    name = recorder.name if recorder else None
    emit(db, MdtArranged(staff_id=recorder_id, name=name, rev=row.version), about(row), now, by=actor)
    record(db, actor, "consultation.arrange_mdt", str(row.id), now, reason=str(recorder_id or "") or None)
    return row


async def drop(db: AsyncSession, actor: Actor, id: UUID, opinions: Opinions, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, to_change=True)
    refuse_adding_experts(row, actor)
    if not row.mdt:
        return row
    if await opinions.section_signed(db, row.id):
        raise Conflict("A section is signed, and it stays part of the opinion.", reason="sections_signed")
    await _let_go(db, row, now)
    row.mdt, row.recorder_id = False, None
    emit(db, MdtDropped(rev=row.version), about(row), now, by=actor)
    record(db, actor, "consultation.drop_mdt", str(row.id), now)
    return row


async def _refuse_one_specialty(db: AsyncSession, row: Consultation) -> None:
    ids = [each.staff_id for each in members(row, await participants.of(db, row.id))]
    staff = await people.staff_by_id(db, [*ids, *([row.lead_id] if row.lead_id else [])])
    refuse_one_specialty(list(staff.values()), await people.departments(db))


async def _recorder(db: AsyncSession, row: Consultation, staff_id: UUID) -> Staff:
    person = await people.staff(db, staff_id)
    refuse_recorder(row, person, await participants.one(db, row.id, staff_id))
    if not await people.roles_of(db, staff_id) - {Role.administrator}:
        raise Invalid("The recorder is one of the hub's.", reason="recorder_of_hub")
    return person


async def _bring(db: AsyncSession, row: Consultation, person: Staff, actor: Actor, now: datetime) -> None:
    """They come in without knocking and see the case; nobody waits for them, so they are not invited."""
    mine = await participants.put(db, activity(row.id), person.id, ParticipantRole.guest, required=False)
    mine.answer, mine.answered_at = Answer.accepted, now
    await sharing.with_participant(db, row, person.id, actor, now)


async def _let_go(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Who recorded it does so no longer, and sees it no longer."""
    if row.recorder_id is None:
        return
    await telling.of_removal(db, row, row.recorder_id, now)
    former = await participants.one(db, row.id, row.recorder_id)
    if former is not None and former.joined_at is None:
        await db.delete(former)
    await sharing.with_person_no_longer(db, row, row.recorder_id, now)
