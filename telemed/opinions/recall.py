"""Recall: if a study turns out not to be this patient's, who signed on it and who treats by it are told at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.errors import Conflict, NotAllowed
from telemed.history.service import emit
from telemed.opinions import asking, page_bodies, pages, rules
from telemed.opinions.events import OpinionRecalled, OpinionRecallNoted, OpinionReinstated
from telemed.opinions.model import Opinion, OpinionStudy, PageKind
from telemed.opinions.service import OpinionsOf, recalled, rests_on
from telemed.opinions.versions import versions
from telemed.work import service as work
from telemed.work.model import WorkKind

EVENTS: Final = {PageKind.recalled: OpinionRecalled, PageKind.reinstated: OpinionReinstated}


async def review(db: AsyncSession, hospital_id: str, study_uid: str, now: datetime) -> None:
    """Adds a page to each signed version that rests on the study when the study is lost, and when it comes back."""
    study = f"{hospital_id}/{study_uid}"
    for row in await _naming(db, study):
        _, signed = await versions(db, row.id)
        turned = [await _note(db, row, each, study, now) for each in signed]
        if not signed or turned[0] is None:
            continue
        newest, came = signed[0], EVENTS[turned[0]]
        await consultations.review_reassessing(db, row, OpinionsOf(), now)
        await asking.review(db, row, now)
        row.version, row.updated_at = row.version + 1, now
        emit(db, came(number=newest.number, studies=(study,), rev=row.version), consultations.about(row), now)


async def _naming(db: AsyncSession, study: str) -> Sequence[Consultation]:
    """The consultations whose signed texts name the study, whoever's it is now."""
    signed = select(Opinion.consultation_id).join(OpinionStudy, col(OpinionStudy.opinion_id) == Opinion.id)
    query = select(Consultation).where(col(Consultation.id).in_(signed.where(OpinionStudy.study == study)))
    return (await db.exec(query.order_by(col(Consultation.id)).with_for_update())).all()


async def _note(db: AsyncSession, row: Consultation, opinion: Opinion, study: str, now: datetime) -> PageKind | None:
    """Adds a page if the study was lost or came back since the last page about it; returns the page's kind."""
    if study not in rests_on(opinion):
        return None
    said = [each for each in await pages.of(db, [opinion.id]) if each.kind in EVENTS]
    named = [each.kind for each in said if study in page_bodies.studies_of(each)]
    was_lost, is_lost = named[-1:] == [PageKind.recalled], study in await recalled(db, row, opinion)
    if was_lost is is_lost:
        return None
    kind, body = PageKind.reinstated, page_bodies.reinstated
    if is_lost:
        kind, body = PageKind.recalled, page_bodies.recalled
    await pages.add(db, opinion, kind, str(len(said)), body([study]), now, by=None)
    return kind


async def amended(db: AsyncSession, row: Consultation, by: Actor, now: datetime) -> None:
    """An amendment rests on the patient's present images: nobody need reassess it any more."""
    await consultations.reassessed(db, row, by, now)
    await asking.review(db, row, now)


async def take_note(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> None:
    """The branch knows that the opinion must not be relied on, and that nobody reassesses it."""
    row = await consultations.get(db, actor, id, now, version=version)
    if not rules.may_take_note(row, actor):
        raise NotAllowed("A doctor of the branch who answers for it takes note.", reason="capacity")
    asked = await work.open_items(db, id, WorkKind.recall)
    if not asked:
        raise Conflict("There is nothing to take note of.", reason="not_recalled")
    await work.finish(db, id, [WorkKind.recall], actor, now)
    row.version, row.updated_at = row.version + 1, now
    record(db, actor, OpinionRecallNoted.type, str(id), now)
    said = OpinionRecallNoted(number=asked[0].note["number"], rev=row.version)
    emit(db, said, consultations.about(row), now, by=actor)


async def void_prints(db: AsyncSession, patient_id: UUID) -> None:
    """Voids prints that wait to be signed by hand, because they name the patient as they were."""
    query = select(Opinion).join(Consultation, col(Consultation.id) == Opinion.consultation_id)
    query = query.where(Consultation.patient_id == patient_id, col(Opinion.signed_at).is_(None))
    for draft in (await db.exec(query)).all():
        draft.paper = None
