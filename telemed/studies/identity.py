"""待核对: lists studies with their evidence; a person confirms or rejects whose they are, or their count."""

from datetime import datetime
from uuid import UUID

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.errors import Conflict, NotFound, Stale
from telemed.people import patients
from telemed.people.model import Patient
from telemed.studies import judging, rules
from telemed.studies.asking import ask_whose
from telemed.studies.events import OF_STATE, StudyCompleted, StudyUnconfirmed
from telemed.studies.intake import emit_link, judge, set_hidden
from telemed.studies.model import LinkState, StudyLink, StudyView
from telemed.studies.rules import Header
from telemed.studies.schemas import Confirm, StudyFilter, StudyLinkOut
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind


async def find(db: AsyncSession, actor: Actor, by: StudyFilter) -> list[StudyLinkOut]:
    """The studies of the actor's hospital; hidden ones only for its imaging roles, or who stands in for them."""
    same = and_(col(StudyLink.hospital_id) == StudyView.hospital_id, col(StudyLink.study_uid) == StudyView.study_uid)
    query = select(StudyLink, StudyView).join(StudyView, same).where(StudyLink.hospital_id == actor.hospital_id)
    if by.patient_id:
        query = query.where(StudyLink.patient_id == by.patient_id)
    if by.state:
        query = query.where(StudyLink.state == by.state)
    if not await judging.sees_hidden(db, actor):
        query = query.where(col(StudyView.hidden).is_(False))
    found = (await db.exec(query.order_by(col(StudyView.received_at).desc()).limit(200))).all()
    return [await _shown(db, link, view) for link, view in found]


async def one(db: AsyncSession, actor: Actor, id: UUID) -> StudyLinkOut:
    link, view = await _load(db, actor, id)
    return await _shown(db, link, view)


async def confirm(db: AsyncSession, actor: Actor, id: UUID, version: int, said: Confirm, now: datetime) -> StudyLinkOut:
    """Confirms whose it is, by a person of its hospital, with a reason. The header is not changed."""
    link, view = await _to_change(db, actor, id, version)
    if view.mixed:
        raise Conflict("It holds images of two patients, so it is nobody's.", reason="mixed_patients")
    patient = await patients.one(db, actor, said.patient_id, now)
    if patient.hospital_id != link.hospital_id:
        raise NotFound("There is no such patient.")
    numbers = [each.value for each in await patients.identifiers(db, patient.id)]
    header = Header(view.patient_name, view.patient_number, view.patient_sex, view.birth_date)
    link.patient_id, link.evidence = patient.id, rules.evidence(header, patient, numbers)
    await _decide(db, actor, link, view, LinkState.confirmed, said.reason, now)
    set_hidden(db, view, False, now, actor)
    return await _shown(db, link, view)


async def judge_again(db: AsyncSession, patient: Patient, by: Actor, now: datetime) -> list[StudyLink]:
    """Judges a patient's studies again after their record changed. Returns those that must be confirmed again."""
    numbers = [each.value for each in await patients.identifiers(db, patient.id)]
    same = and_(col(StudyLink.hospital_id) == StudyView.hospital_id, col(StudyLink.study_uid) == StudyView.study_uid)
    nobodys = and_(
        col(StudyLink.patient_id).is_(None),
        col(StudyLink.hospital_id) == patient.hospital_id,
        col(StudyView.patient_number).in_(numbers),
    )
    query = select(StudyLink, StudyView).join(StudyView, same)
    query = query.where(or_(col(StudyLink.patient_id) == patient.id, nobodys)).with_for_update(of=StudyLink)
    left = []
    for link, view in (await db.exec(query)).all():
        header = Header(view.patient_name, view.patient_number, view.patient_sex, view.birth_date)
        found = rules.evidence(header, patient, numbers)
        if link.state is LinkState.proposed:
            await judge(db, view, link, now)
        elif link.state is LinkState.confirmed and rules.still_holds(link.evidence, found):
            link.evidence = found
        elif link.state is LinkState.confirmed:
            link.state, link.evidence, link.by, link.at, link.reason = LinkState.proposed, found, None, now, None
            link.version += 1
            await db.flush()
            emit_link(db, view, link, StudyUnconfirmed, now, by=by)
            await ask_whose(db, view, link, now)
            set_hidden(db, view, rules.contradicts(found), now, by)
            left.append(link)
    return left


async def reject(db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime) -> StudyLinkOut:
    """Says that it is not this patient's; it then leaves every packet and every grant."""
    link, view = await _to_change(db, actor, id, version)
    await _decide(db, actor, link, view, LinkState.rejected, reason, now)
    return await _shown(db, link, view)


async def declare(db: AsyncSession, actor: Actor, id: UUID, version: int, count: int, now: datetime) -> StudyLinkOut:
    """A person confirms the number of images, which STOW and C-STORE do not declare."""
    link, view = await _to_change(db, actor, id, version)
    if count != view.received:
        raise Conflict("The number has changed meanwhile.", reason="count_changed", received=view.received)
    view.expected, view.complete, view.rev = count, True, view.rev + 1
    link.version += 1
    record(db, actor, "study.declared", str(link.id), now)
    await work.finish(db, link.id, [WorkKind.declare], actor, now)
    emit_link(db, view, link, StudyCompleted, now, by=actor)
    return await _shown(db, link, view)


async def _decide(
    db: AsyncSession, actor: Actor, link: StudyLink, view: StudyView, to: LinkState, reason: str, now: datetime
) -> None:
    link.state, link.by, link.at, link.reason = to, actor.id, now, reason
    link.version += 1
    outcome = Outcome.done if to is LinkState.confirmed else Outcome.declined
    await work.finish(db, link.id, [WorkKind.identity], actor, now, outcome)
    if to is LinkState.rejected:
        await work.finish(db, link.id, [WorkKind.declare], None, now, Outcome.withdrawn)
    record(db, actor, f"study.{to}", str(link.id), now, reason=reason)
    emit_link(db, view, link, OF_STATE[to], now, by=actor, reason=reason)


async def _load(db: AsyncSession, actor: Actor, id: UUID, *, to_change: bool = False) -> tuple[StudyLink, StudyView]:
    link = await db.get(StudyLink, id, with_for_update=to_change or None)
    view = await db.get(StudyView, (link.hospital_id, link.study_uid)) if link else None
    if link is None or view is None or link.hospital_id != actor.hospital_id:
        raise NotFound("There is no such study.")
    if view.hidden and not await judging.sees_hidden(db, actor):
        raise NotFound("There is no such study.")
    return link, view


async def _to_change(db: AsyncSession, actor: Actor, id: UUID, version: int) -> tuple[StudyLink, StudyView]:
    link, view = await _load(db, actor, id, to_change=True)
    if link.version != version:
        current = (await _shown(db, link, view)).model_dump(mode="json")
        raise Stale("It has changed since you read it.", current=current)
    return link, view


async def _shown(db: AsyncSession, link: StudyLink, view: StudyView) -> StudyLinkOut:
    see(link.hospital_id, link.patient_id, target=f"{link.hospital_id}/{link.study_uid}")
    patient = await db.get(Patient, link.patient_id) if link.patient_id else None
    return StudyLinkOut(
        **link.model_dump(exclude={"patient_id"}),
        header_name=view.patient_name,
        header_number=view.patient_number,
        header_sex=view.patient_sex,
        header_birth_date=view.birth_date,
        patient=await patients.shown(db, patient) if patient else None,
        **view.model_dump(
            include={
                "text_reading",
                "charset_label",
                "taken_at",
                "modalities",
                "description",
                "accession_number",
                "laterality",
                "series",
                "received",
                "expected",
                "complete",
                "mixed",
                "hidden",
            }
        ),
    )
