"""Recall: if a study turns out not to be this patient's, who signed on it and who treats by it are told at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import service as cases
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.history.service import emit
from telemed.opinions import page_bodies, pages
from telemed.opinions.events import OpinionRecalled, OpinionReinstated
from telemed.opinions.model import Opinion, OpinionStudy, PageKind
from telemed.opinions.service import recalled, rests_on
from telemed.opinions.versions import versions
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind

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
        await _tell_doctors(db, row, newest, now)
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


async def _tell_doctors(db: AsyncSession, row: Consultation, newest: Opinion, now: datetime) -> None:
    """Keeps the doctors' work items about lost studies up to date; closes them when no study is lost."""
    lost = await recalled(db, row, newest)
    if not lost:
        await work.finish(db, row.id, [WorkKind.reassess], None, now, Outcome.withdrawn)
        return
    titles = {
        f"{each.hospital_id}/{each.study_uid}": each.title for each in await cases.packet(db, row.id, withdrawn=True)
    }
    text = "、".join(titles.get(each) or each for each in lost)
    if asked := await work.open_items(db, row.id, WorkKind.reassess):
        work.restate(db, asked, {"number": newest.number, "text": text}, now)
    else:
        await consultations.ask_to_reassess(db, row, newest.number, text, now)


async def amended(db: AsyncSession, row: Consultation, by: Actor, now: datetime) -> None:
    """Closes these work items when an amendment is signed, which rests on the patient's present images."""
    await work.finish(db, row.id, [WorkKind.reassess], by, now)


async def void_prints(db: AsyncSession, patient_id: UUID) -> None:
    """Voids prints that wait to be signed by hand, because they name the patient as they were."""
    query = select(Opinion).join(Consultation, col(Consultation.id) == Opinion.consultation_id)
    query = query.where(Consultation.patient_id == patient_id, col(Opinion.signed_at).is_(None))
    for draft in (await db.exec(query)).all():
        draft.paper = None
