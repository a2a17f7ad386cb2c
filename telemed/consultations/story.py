"""Everything that the page of one consultation shows."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Participant
from telemed.cases.model import ItemKind, PacketItem
from telemed.consultations.evidence import gates
from telemed.consultations.lookup import get, guard_input
from telemed.consultations.materials import Images, materials
from telemed.consultations.model import Consultation
from telemed.consultations.overtime import soft_end
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.content import NamedStudy, needs_of, request_of
from telemed.consultations.rules.experts import may_add_expert, removable
from telemed.consultations.rules.gate import never_without, red
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.rules.owed import DOES, owed_by
from telemed.consultations.rules.states import BEFORE_MEETING, PAPERS_OPEN
from telemed.consultations.rules.table import allowed
from telemed.consultations.rules.titles import open_room
from telemed.consultations.shown import (
    ByBreakGlass,
    CheckOut,
    ConsentOut,
    ConsultationOut,
    EventOut,
    PacketItemOut,
    ParticipantOut,
    PersonOut,
    StepOut,
    StudyOut,
)
from telemed.consultations.taken_away import taken_away
from telemed.consultations.timeline import steps
from telemed.consultations.words import ESSENTIAL, ParticipantRole, State
from telemed.files.model import File
from telemed.history.model import EventRow
from telemed.history.service import of_activity
from telemed.people import patients
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Department, Patient, Staff
from telemed.studies.rules import SENDING
from telemed.studies.service import shown_to
from telemed.work.model import WorkKind
from telemed.work.service import open_items


async def story(db: AsyncSession, actor: Actor, id: UUID, opinions: Opinions, now: datetime) -> ConsultationOut:
    """The case page in one answer."""
    row = await get(db, actor, id, now)
    known = await materials(db, [row])
    theirs, content = known[row.id], request_of(row)
    taking_part = await participants.of(db, row.id)
    events = await of_activity(db, row.id)
    persons = await _persons(db, row, taking_part, events)
    patient = await db.get(Patient, row.patient_id) if row.patient_id else None
    checks = (await gates(db, [row], now, known))[row.id] if row.state in BEFORE_MEETING else []
    mine = next((each for each in taking_part if each.staff_id == actor.id), None)
    # Assumed complete: here only whose turn it is matters. The action itself checks opinion and advice.
    turn = GuardInput(
        red=red(checks),
        both_admitted=await participants.complete(db, row.id, ESSENTIAL),
        started_anyway=not never_without(checks),
        invited=mine is not None and mine.role == ParticipantRole.expert,
        complete_opinion=True,
        every_advice_answered=True,
        open_advice=await opinions.open_advice(db, row.id) if row.state is State.executing else 0,
    )
    given = await guard_input(db, row, turn)
    awaits_consent = bool(await open_items(db, row.id, WorkKind.renew))
    under = await _under(db, actor, row)
    return ConsultationOut(
        **row.model_dump(exclude={"endorsed_by", "approved_by"}),
        patient=await patients.shown(db, patient) if patient else None,
        content=content,
        department_en=(await departments_en(db)).get((row.branch_id, content.department), ""),
        requester=persons.get(row.requester_id),
        accompanying=_of(persons, row.accompanying_id),
        lead=_of(persons, row.lead_id),
        endorsed_by=_of(persons, row.endorsed_by),
        approved_by=_of(persons, row.approved_by),
        steps=[_step(each, persons) for each in steps(row, given, events, now, awaits_consent=awaits_consent)],
        checks=[CheckOut.model_validate(each, from_attributes=True) for each in checks],
        participants=[_participant(row, each, persons[each.staff_id]) for each in taking_part],
        packet=await _packet(db, theirs.packet),
        studies=_studies(actor, row, theirs.images),
        taken_away=await taken_away(db, actor, row, theirs, events),
        consents=[ConsentOut.model_validate(each) for each in theirs.consents],
        history=[_event(each, persons) for each in events],
        actions=allowed(row, actor, given),
        may_add_expert=may_add_expert(row, actor),
        my_answer=mine.answer if mine else None,
        may_join=under is None and open_room(row),
        soft_end=await soft_end(db, actor, row, now),
        owed=owed_by(row, actor, theirs.consents, {each.kind for each in await open_items(db, row.id, *DOES)}),
        by_break_glass=under,
    )


async def _under(db: AsyncSession, actor: Actor, row: Consultation) -> ByBreakGlass | None:
    """Only where nothing else shows it to this person has the actor opened anything (audit/break_glass.py)."""
    id = actor.opened.get(row.patient_id) if row.patient_id else None
    return ByBreakGlass(id=id, until=await grants.until(db, id)) if id else None


def _step(out: StepOut, persons: dict[UUID, PersonOut]) -> StepOut:
    out.by_name_en = persons[out.by_id].name_en if out.by_id in persons else ""
    return out


def _event(row: EventRow, persons: dict[UUID, PersonOut]) -> EventOut:
    out = EventOut.model_validate(row)
    out.actor_name_en = persons[row.actor_id].name_en if row.actor_id in persons else ""
    return out


async def _persons(
    db: AsyncSession, row: Consultation, taking_part: Iterable[Participant], events: Iterable[EventRow]
) -> dict[UUID, PersonOut]:
    ids = {row.requester_id, row.accompanying_id, row.lead_id, row.endorsed_by, row.approved_by}
    ids |= {each.actor_id for each in events}
    found = await people.staff_by_id(db, [each for each in ids if each] + [each.staff_id for each in taking_part])
    departments = {each.id: each for each in await people.departments(db)}
    return {id: person(each, departments) for id, each in found.items()}


def person(each: Staff, departments: dict[UUID, Department]) -> PersonOut:
    department = departments.get(each.department_id) if each.department_id else None
    return PersonOut(
        id=each.id,
        name=each.name,
        name_en=each.name_en,
        title=each.title,
        hospital_id=each.hospital_id,
        department=department.name if department else "",
        department_en=department.name_en if department else "",
        phone=each.phone,
    )


def _of(persons: dict[UUID, PersonOut], id: UUID | None) -> PersonOut | None:
    return persons.get(id) if id else None


def _participant(row: Consultation, each: Participant, who: PersonOut) -> ParticipantOut:
    more = each.model_dump(exclude={"id", "activity", "activity_id", "staff_id"})
    return ParticipantOut(person=who, removable=removable(row, each), **more)


async def _packet(db: AsyncSession, packet: Iterable[PacketItem]) -> list[PacketItemOut]:
    files = [each.file_id for each in packet if each.kind is ItemKind.file and each.file_id]
    found = {each.id: each for each in await db.exec(select(File).where(col(File.id).in_(files)))} if files else {}
    out = []
    for item in packet:
        file = found.get(item.file_id) if item.file_id else None
        out.append(PacketItemOut(media_type=file.media_type if file else None, **item.model_dump()))
    return out


def _studies(actor: Actor, row: Consultation, found: Images) -> list[StudyOut]:
    """Every study of the consultation: arrived and confirmed, waiting to be confirmed, not arrived, or another's."""
    seen = shown_to(actor, (*found.held, *found.waiting))
    along = {each.uid for each in needs_of(row).studies if each.taken_along}
    out = [
        StudyOut.model_validate(each, from_attributes=True).model_copy(update={"taken_along": each.study_uid in along})
        for each in seen
    ]
    out += [_not_here(row, each, "missing") for each in found.awaited]
    may = row.state in PAPERS_OPEN and actor.hospital_id == row.branch_id and actor.has(*SENDING)
    others = [_not_here(row, each, "rejected") for each in found.others]
    return out + [each.model_copy(update={"withdrawable": may}) for each in others]


def _not_here(row: Consultation, named: NamedStudy, link: str) -> StudyOut:
    return StudyOut(
        hospital_id=row.branch_id,
        study_uid=named.uid if link == "rejected" else None,
        description=named.description,
        taken_at=named.taken_at,
        modalities=[],
        series=0,
        received=0,
        expected=None,
        complete=False,
        link=link,
        differs=False,
    )
