"""会诊申请单: creates, saves, submits and discards requests."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.service import record
from telemed.cases import consents
from telemed.cases.model import ConsentKind
from telemed.cases.rules import PAPERS_FOLLOW
from telemed.cases.schemas import ConsentIn
from telemed.consultations import service as consultations
from telemed.consultations.activity import CONSULTATION
from telemed.consultations.model import Consultation, DayCounter, activity
from telemed.consultations.rules.content import RequestContent, kept, request_of
from telemed.consultations.words import Mode, State, Urgency
from telemed.errors import Conflict, NotFound, Stale
from telemed.kit.clock import day_in
from telemed.people import patients
from telemed.people import service as people
from telemed.people.model import Department, Hospital
from telemed.requests import along, hubs, papers, queries, rules
from telemed.requests.completing import completed
from telemed.requests.schemas import NewRequest, RequestChange
from telemed.work.acts import Act, when_due
from telemed.work.deadlines import move
from telemed.work.ladders import due_by
from telemed.work.model import Deadline


@dataclass(frozen=True)
class Begun:
    """What a draft begins with in a case that there is. The hub is asked if it still may be, with what it has of it."""

    case_id: UUID | None
    patient_id: UUID
    hub_id: str
    content: RequestContent


async def create(
    db: AsyncSession, actor: Actor, new: NewRequest, now: datetime, begun: Begun | None = None
) -> Consultation:
    """Creates a draft: empty, as `begun`, or in the case and with the content of an earlier consultation."""
    row = Consultation(
        branch_id=actor.hospital_id,
        hub_id=await hubs.of_new(db, actor, now),
        state=State.draft,
        state_since=now,
        urgency=new.urgency,
        mode=Mode.live,
        request=kept(RequestContent()),
        missing=[],
        started_with_missing=[],
        requester_id=actor.id,
        created_at=now,
        updated_at=now,
    )
    if new.copy_from is not None:
        begun = await _copied(db, actor, new.copy_from, now)
    if begun is not None:
        row.case_id, row.patient_id = begun.case_id, begun.patient_id
        row.hub_id = await hubs.of_new(db, actor, now, earlier=begun.hub_id)
        row.request = kept(await hubs.fitted(db, row, begun.content))
    if new.patient_id is not None:
        await _name_patient(db, actor, row, new.patient_id, now)
    if actor.has(Role.accompanying_physician):
        row.accompanying_id = actor.id
    db.add(row)
    await db.flush()
    await consultations.draft_kept(db, row, now)
    record(db, actor, "request.created", str(row.id), now)
    return row


async def change(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: RequestChange, now: datetime
) -> Consultation:
    """Saves what is typed; only the given fields change. Raises Stale, with the current form, for an old version."""
    row = await consultations.get(db, actor, id, now, to_change=True)
    rules.may_write(row, actor)
    if row.version != version:
        current = await queries.shown(db, actor, row, now)
        raise Stale("It has changed since you read it.", current=current.model_dump(mode="json"))
    given = new.model_fields_set
    if "patient_id" in given and new.patient_id != row.patient_id:
        await _name_patient(db, actor, row, new.patient_id, now)
    if "accompanying_id" in given:
        row.accompanying_id = await _accompanying(db, row, new.accompanying_id)
    if new.urgency is not None and new.urgency is not row.urgency:
        rules.may_change_urgency(row)
        row.urgency = new.urgency
    if new.hub_id is not None and new.hub_id != row.hub_id:
        await hubs.ask(db, actor, row, new.hub_id, now)
    row.mode = new.mode or row.mode
    row.patient_present = row.patient_present if new.patient_present is None else new.patient_present
    if new.content is not None:
        changed = new.content.model_dump(include=new.content.model_fields_set)
        content = RequestContent.model_validate(kept(request_of(row)) | changed)
        if "department" in changed and not content.specialty:
            content.specialty = await _specialty(db, row.hub_id, content.department)
        row.request = kept(content)
        row.wanted_department_id = await people.department_of(db, row.hub_id, content.specialty)
    row.elective = rules.elective(request_of(row).wishes, row.urgency, row.mode, now)
    row.version += 1
    row.updated_at = now
    record(db, actor, "request.changed", str(row.id), now)
    if row.state is State.draft:
        await consultations.draft_kept(db, row, now)
    if row.state not in rules.BEFORE_SUBMITTING:
        await consultations.ring_at_others(db, row, actor, now)
        papers.hint_changed(db, row, now)
        await papers.take_in_studies(db, row, now, actor)
        await completed(db, row, now, actor)
    return row


async def submit(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    """Submits a request: opens its case and numbers it. A stat one opens at once."""
    row = await consultations.get(db, actor, id, now, to_change=True)
    rules.may_write(row, actor)
    if row.state not in rules.BEFORE_SUBMITTING:
        raise Conflict("It has been submitted.", reason="wrong_state", state=str(row.state))
    if row.version != version:
        current = await queries.shown(db, actor, row, now)
        raise Stale("It has changed since you read it.", current=current.model_dump(mode="json"))
    missing = await queries.missing(db, row, now)
    if missing:
        raise Conflict("It is not complete.", reason="incomplete", missing=missing)
    case = await papers.case_of(db, row, now)
    row.elective = rules.elective(request_of(row).wishes, row.urgency, row.mode, now)
    row.number = row.number or await _number(db, row, now)
    row.packet_version = max(row.packet_version, 1)
    if row.urgency is Urgency.stat:  # the meeting begins with the doctor at the bedside
        row.accompanying_id = row.accompanying_id or actor.id
    if row.urgency is Urgency.stat and not await consents.ever_asked(db, row.id):
        emergency = ConsentIn(kind=ConsentKind.emergency, reason=PAPERS_FOLLOW)
        await consents.create(db, actor, case, activity(row.id), emergency, now, needed=CONSULTATION.consent_scopes)
    await along.take_along(db, row, now)
    await consultations.submit(db, actor, row, [], now)
    await papers.take_in_studies(db, row, now, actor)
    return row


async def discard(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> None:
    """Discards a draft; one without a patient is deleted."""
    row = await consultations.get(db, actor, id, now, version=version, to_change=True)
    rules.may_write(row, actor)
    record(db, actor, "request.discarded", str(row.id), now)
    await _discard(db, actor, row, now)


async def _discard_old(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """Discards a draft that nobody has changed for so long."""
    row = await db.get_one(Consultation, deadline.activity_id)
    kept_until = await due_by(db, deadline, row.updated_at)
    if kept_until > now:
        await move(db, deadline, kept_until, now)
        return
    record(db, None, "request.discarded", str(row.id), now, reason="old")
    await _discard(db, None, row, now)


when_due(consultations.DRAFT, Act(consultations.locked, _discard_old))


async def _discard(db: AsyncSession, actor: Actor | None, row: Consultation, now: datetime) -> None:
    """One without papers, which belong to a case, is deleted."""
    if row.case_id is None and row.state is State.draft:
        await consultations.draft_deleted(db, row, actor, now)
        await db.delete(row)
    else:
        await consultations.discard(db, actor, row, now)


# -- parts


async def open_draft(db: AsyncSession, actor: Actor, case_id: UUID) -> Consultation | None:
    """The draft of this doctor in that case, if they have begun one."""
    query = select(Consultation).where(Consultation.case_id == case_id, Consultation.requester_id == actor.id)
    query = query.where(Consultation.state == State.draft).order_by(col(Consultation.id))
    return (await db.exec(query.limit(1))).first()


async def _copied(db: AsyncSession, actor: Actor, earlier_id: UUID, now: datetime) -> Begun:
    earlier = await consultations.get(db, actor, earlier_id, now)
    if earlier.branch_id != actor.hospital_id or earlier.submitted_at is None or earlier.patient_id is None:
        raise NotFound("There is no such consultation to copy.")
    copied = rules.copied(request_of(earlier), earlier.number or "", earlier.submitted_at)
    return Begun(earlier.case_id, earlier.patient_id, earlier.hub_id, copied)


async def _name_patient(
    db: AsyncSession, actor: Actor, row: Consultation, patient_id: UUID | None, now: datetime
) -> None:
    """Names the patient; refused once the case has papers, because a case is about one patient."""
    if patient_id is not None:
        patient = await patients.one(db, actor, patient_id, now)
        if patient.hospital_id != row.branch_id:
            raise NotFound("There is no such patient.")
    if row.patient_id is not None and row.patient_id != patient_id and row.case_id is not None:
        raise Conflict("Papers of this patient are filed here; begin another request.", reason="patient_has_papers")
    row.patient_id = patient_id


async def _accompanying(db: AsyncSession, row: Consultation, staff_id: UUID | None) -> UUID | None:
    return (await consultations.physician_of_branch(db, row, staff_id)).id if staff_id else None


async def _specialty(db: AsyncSession, hub_id: str, department: str) -> str:
    """The default specialty: the department's own, if the hub has it; else empty, for the doctor to choose."""
    query = select(Department.specialty).where(Department.hospital_id == hub_id, Department.name == department)
    return (await db.exec(query)).first() or ""


async def _number(db: AsyncSession, row: Consultation, now: datetime) -> str:
    hub = await db.get_one(Hospital, row.hub_id)
    day = f"{day_in(hub.time_zone, now):%Y%m%d}"
    if await db.get(DayCounter, day) is None:
        try:
            async with db.begin_nested():
                db.add(DayCounter(day=day))
        except IntegrityError:
            pass  # another transaction has just created the day's counter
    counter = await db.get_one(DayCounter, day, with_for_update=True, populate_existing=True)
    counter.last += 1
    await db.flush()
    return rules.number(day, counter.last)
