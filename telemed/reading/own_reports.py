"""A branch's own report of its study, written at the same desk by its radiologist; over-reads are given what is signed.

A draft is one person's at a time, as a claim is: it lapses when it has been idle for so long, and then a colleague may
go on with the text.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.errors import Conflict, NotAllowed, NotFound, Stale
from telemed.people import patients
from telemed.people import service as people
from telemed.people.model import Patient, Staff
from telemed.reading import branch_reports, by_rule, priors, reports, rules, sides, slots
from telemed.reading.lookup import title_of
from telemed.reading.model import OwnReport, Reading
from telemed.reading.own_report_schemas import OwnReportIn, OwnReportOut, OwnReportPage
from telemed.reading.schemas import StudyOf
from telemed.reading.words import Part, ReadingPurpose
from telemed.studies import lookup as studies
from telemed.studies.model import StudyView


class Whose(NamedTuple):
    """A study of the actor's hospital, and its patient."""

    view: StudyView
    patient_id: UUID


async def _study(db: AsyncSession, actor: Actor, uid: str) -> Whose:
    """Raises NotFound for what is not of this person's hospital, Conflict where nobody has confirmed whose it is."""
    view = await db.get(StudyView, (actor.hospital_id, uid))
    if view is None or view.hidden:
        raise NotFound("There is no such study.")
    patient_id = await studies.whose(db, actor.hospital_id, uid)
    if patient_id is None:
        raise Conflict("Confirm first whose study it is.", reason="study_not_confirmed")
    see(actor.hospital_id, patient_id)
    return Whose(view, patient_id)


async def _versions(db: AsyncSession, of: Whose, *, to_change: bool = False) -> list[OwnReport]:
    """The newest first."""
    view, patient_id = of
    same = (OwnReport.hospital_id == view.hospital_id, OwnReport.study_uid == view.study_uid)
    query = select(OwnReport).where(*same, OwnReport.patient_id == patient_id).order_by(col(OwnReport.number).desc())
    return list((await db.exec(query.with_for_update() if to_change else query)).all())


async def page(db: AsyncSession, actor: Actor, uid: str, now: datetime) -> OwnReportPage:
    of = await _study(db, actor, uid)
    view, patient_id = of
    found = await _versions(db, of)
    draft = next((each for each in found if each.signed_at is None), None)
    staff = await _staff(db, found)
    holder = _holder(draft, now)
    other = staff.get(holder) if holder and holder != actor.id else None
    return OwnReportPage(
        study=StudyOf(**view.model_dump(include=set(StudyOf.model_fields))),
        identity=await patients.shown(db, await db.get_one(Patient, patient_id)),
        modality=rules.modality_of(view.modalities),
        part=next(iter(priors.parts_of(view.description)), Part.whole_body),
        side=sides.side_of(view.description, view.laterality),
        draft=_shown(draft, view, staff) if draft else None,
        mine=holder == actor.id,
        writer=other.name if other else "",
        writer_en=other.name_en if other else "",
        may_sign=rules.signs_own(await title_of(db, actor)),
        signed=[_shown(each, view, staff) for each in found if each.signed_at is not None],
        server_time=now,
    )


async def claim(db: AsyncSession, actor: Actor, uid: str, now: datetime) -> None:
    """Begins it, or its next version with the text that stands; goes on with a draft, also with one that a colleague
    has left; keeps one's own alive. Raises Conflict while a colleague writes."""
    of = await _study(db, actor, uid)
    found = await _versions(db, of, to_change=True)
    draft = next((each for each in found if each.signed_at is None), None)
    holder = _holder(draft, now)
    if holder not in (None, actor.id):
        raise Conflict("A colleague is writing this report.", reason="own_report_held")
    if draft is None:
        before = found[0] if found else None
        text = before.model_dump(include=set(OwnReportIn.model_fields)) if before else {}
        draft = OwnReport(
            hospital_id=actor.hospital_id,
            study_uid=uid,
            patient_id=of.patient_id,
            number=await _next(db, actor, uid),
            author_id=actor.id,
            active_at=now,
        )
        try:
            async with db.begin_nested():
                db.add(draft.sqlmodel_update(text))
                await db.flush()
        except IntegrityError as taken:  # by a colleague, at the same moment
            raise Conflict("A colleague is writing this report.", reason="own_report_held") from taken
        record(db, actor, "reading.own_report_begun", uid, now, owner_id=actor.hospital_id)
    else:
        if holder is None:
            _left(draft, by=draft.author_id)
            draft.version += 1
        draft.author_id, draft.active_at = actor.id, now
        draft.wrote_id = None if draft.wrote_id == actor.id else draft.wrote_id
    await db.flush()


async def _next(db: AsyncSession, actor: Actor, uid: str) -> int:
    """The number of the next version; the study may have been another patient's before."""
    same = (OwnReport.hospital_id == actor.hospital_id, OwnReport.study_uid == uid)
    numbers = (await db.exec(select(OwnReport.number).where(*same))).all()
    return max(numbers, default=0) + 1


async def save(
    db: AsyncSession, actor: Actor, uid: str, version: int, text: OwnReportIn, now: datetime
) -> OwnReportOut:
    """Saves what is typed. Only who has the draft writes; that keeps it theirs."""
    of, draft = await _mine(db, actor, uid, version, now)
    draft.sqlmodel_update(text.model_dump())
    draft.version, draft.saved_at, draft.active_at = draft.version + 1, now, now
    await db.flush()
    return _shown(draft, of.view, await _staff(db, [draft]))


async def release(db: AsyncSession, actor: Actor, uid: str, now: datetime) -> None:
    """Leaves the draft to a colleague: to whoever may sign, where its author may not."""
    _, draft = await _mine(db, actor, uid, None, now)
    _left(draft, by=actor.id)
    draft.author_id, draft.version = None, draft.version + 1
    await db.flush()


def _left(draft: OwnReport, by: UUID | None) -> None:
    """Whoever wrote first is named beside whoever signs."""
    if draft.wrote_id is None and any((draft.technique, draft.findings, draft.impression)):
        draft.wrote_id = by


async def sign(db: AsyncSession, actor: Actor, uid: str, version: int, now: datetime) -> None:
    """Signs it under one's own name: from now on it stands. Over-reads of the study that were requested are given it;
    and only now it is drawn which of those that nobody requested are made."""
    of, draft = await _mine(db, actor, uid, version, now)
    if not rules.signs_own(await title_of(db, actor)):
        raise NotAllowed("An attending radiologist signs it: leave it to one.", reason="own_report_senior")
    for part in reports.TEXTS:
        setattr(draft, part, slots.normal(getattr(draft, part)).strip())
    reports.refuse_incomplete(draft)
    draft.signed_by, draft.signed_at, draft.version = actor.id, now, draft.version + 1
    record(db, actor, "reading.own_report_signed", uid, now, owner_id=actor.hospital_id)
    await db.flush()
    same = (Reading.branch_id == actor.hospital_id, Reading.study_uid == uid, Reading.patient_id == of.patient_id)
    asked = select(Reading).where(*same, Reading.purpose == ReadingPurpose.over_read).order_by(col(Reading.id))
    for row in (await db.exec(asked.with_for_update())).all():
        if rules.takes_branch_report(row, actor, now):
            await branch_reports.give(db, actor, row, draft, now)
    await by_rule.report_stands(db, actor.hospital_id, uid, now)


async def _mine(
    db: AsyncSession, actor: Actor, uid: str, version: int | None, now: datetime
) -> tuple[Whose, OwnReport]:
    """The draft that this person has. Raises Conflict if they have none (any more), Stale if it is another version."""
    of = await _study(db, actor, uid)
    draft = next((each for each in await _versions(db, of, to_change=True) if each.signed_at is None), None)
    if draft is None or _holder(draft, now) != actor.id:
        raise Conflict("Claim it to write; what you have typed stays on this page.", reason="not_claimed")
    if version is not None and draft.version != version:
        current = _shown(draft, of.view, await _staff(db, [draft])).model_dump(mode="json")
        raise Stale("The report has changed since you read it.", current=current)
    return of, draft


def _holder(draft: OwnReport | None, now: datetime) -> UUID | None:
    """Who has the draft now."""
    return draft.author_id if draft is not None and now < draft.active_at + rules.IDLE else None


async def _staff(db: AsyncSession, of: list[OwnReport]) -> dict[UUID, Staff]:
    ids = {id for each in of for id in (each.author_id, each.wrote_id, each.signed_by) if id}
    return await people.staff_by_id(db, ids)


def _shown(row: OwnReport, view: StudyView, staff: dict[UUID, Staff]) -> OwnReportOut:
    author = staff.get(row.wrote_id or row.author_id or row.id)
    signer = staff.get(row.signed_by or row.id)
    return OwnReportOut(
        **row.model_dump(include=set(OwnReportIn.model_fields) | {"version", "number", "saved_at", "signed_at"}),
        author=author.name if author else "",
        author_en=author.name_en if author else "",
        signer=signer.name if signer else "",
        signer_en=signer.name_en if signer else "",
        other_side=sides.names_other_side(
            sides.side_of(view.description, view.laterality), row.findings, row.impression
        ),
    )
