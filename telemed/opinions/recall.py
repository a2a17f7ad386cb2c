"""A study turns out not to be this patient's: who signed on it and who treats by it are told at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases.model import PacketItem
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.history.service import emit
from telemed.opinions import page_bodies, pages
from telemed.opinions.events import OpinionRecalled, OpinionReinstated
from telemed.opinions.model import Opinion, PageKind
from telemed.opinions.service import recalled
from telemed.opinions.versions import versions
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind


async def review(db: AsyncSession, hospital_id: str, study_uid: str, now: datetime) -> None:
    """The opinions in force that were written on this study, whatever has become of the packet since."""
    shown = select(PacketItem.activity_id).where(
        PacketItem.hospital_id == hospital_id, PacketItem.study_uid == study_uid
    )
    query = select(Consultation).where(col(Consultation.id).in_(shown)).with_for_update()
    for row in (await db.exec(query)).all():
        _, signed = await versions(db, row.id)
        if not signed:
            continue
        for each in signed:
            await _note(db, row, each, f"{hospital_id}/{study_uid}", now)
        lost = await recalled(db, row, signed[0])
        asked = await work.open_items(db, row.id, WorkKind.reassess)
        if lost and not asked:
            await _ask(db, row, signed[0].number, lost, now)
        elif asked and not lost:
            await work.finish(db, row.id, [WorkKind.reassess], None, now, Outcome.withdrawn)
            _tell(db, row, OpinionReinstated, signed[0].number, [f"{hospital_id}/{study_uid}"], now)


async def _note(db: AsyncSession, row: Consultation, opinion: Opinion, study: str, now: datetime) -> None:
    """On every version that rests on it, and again when it turns out to be the patient's after all."""
    lost = await recalled(db, row, opinion)
    said = [each for each in await pages.of(db, [opinion.id]) if each.kind in (PageKind.recalled, PageKind.reinstated)]
    stands = bool(said) and said[-1].kind == PageKind.recalled
    if bool(lost) is not stands:
        kind, body = PageKind.recalled, page_bodies.recalled(lost)
        if stands:
            kind, body = PageKind.reinstated, page_bodies.reinstated([study])
        await pages.add(db, opinion, kind, str(len(said)), body, now, by=None)


async def amended(db: AsyncSession, row: Consultation, by: Actor, now: datetime) -> None:
    """The new version rests on what the patient's images are now."""
    await work.finish(db, row.id, [WorkKind.reassess], by, now)


async def void_prints(db: AsyncSession, patient_id: UUID) -> None:
    """A print that waits to be signed by hand names the patient as they were: it must be printed again."""
    query = select(Opinion).join(Consultation, col(Consultation.id) == Opinion.consultation_id)
    query = query.where(Consultation.patient_id == patient_id, col(Opinion.signed_at).is_(None))
    for draft in (await db.exec(query)).all():
        draft.paper = None


async def _ask(db: AsyncSession, row: Consultation, number: int, lost: Sequence[str], now: datetime) -> None:
    """The lead expert amends it; the requesting doctor must not go on treating by it."""
    consultations.ask_to_reassess(db, row, number, now)
    _tell(db, row, OpinionRecalled, number, lost, now)


def _tell(
    db: AsyncSession,
    row: Consultation,
    what: type[OpinionRecalled | OpinionReinstated],
    number: int,
    studies: Sequence[str],
    now: datetime,
) -> None:
    row.version, row.updated_at = row.version + 1, now
    emit(db, what(number=number, studies=tuple(studies), rev=row.version), consultations.about(row), now)
