"""Flags an issued report whose study is recalled, comes back, or grows: a page, an event, and who relies on it told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.reading import pages, returning, rules, sharing, work
from telemed.reading.engine import said
from telemed.reading.events import OfReading, ReportOutgrown, ReportRecalled, ReportReinstated
from telemed.reading.lookup import recalled
from telemed.reading.model import Reading, Report
from telemed.reading.page_model import ReportPage
from telemed.reading.words import ReadingState as State
from telemed.reading.words import ReportPageKind as Kind
from telemed.studies.model import StudyView

AT_HUB: Final = rules.READABLE | {State.written}
EVENTS: Final[dict[Kind, type[OfReading]]] = {
    Kind.recalled: ReportRecalled,
    Kind.reinstated: ReportReinstated,
    Kind.grown: ReportOutgrown,
}


async def review(db: AsyncSession, hospital_id: str, study_uid: str, now: datetime) -> None:
    """Judges every reading of the study by whose the study is now, and issued ones by how many images it has."""
    theirs = select(Reading).where(Reading.branch_id == hospital_id, Reading.study_uid == study_uid)
    judged = theirs.where(col(Reading.state).in_(sorted(rules.DONE | AT_HUB))).order_by(col(Reading.id))
    for row in (await db.exec(judged.with_for_update())).all():
        if row.state in rules.DONE:
            await _review(db, row, now)
        elif await recalled(db, row):
            await returning.return_recalled(db, row, now)


async def _review(db: AsyncSession, row: Reading, now: datetime) -> None:
    issued = await _issued(db, row)
    if not issued:
        return
    added = await pages.of(db, row)
    whose = [each for each in added if each.kind is not Kind.grown]
    was_lost, is_lost = bool(whose) and whose[-1].kind is Kind.recalled, await recalled(db, row)
    if was_lost is not is_lost:
        await _flag(db, row, issued[0], Kind.recalled if is_lost else Kind.reinstated, str(len(whose)), now)
    if not is_lost:
        await _outgrown(db, row, issued, added, now)


async def _issued(db: AsyncSession, row: Reading) -> Sequence[Report]:
    """The report and its addenda."""
    query = select(Report).where(Report.reading_id == row.id, col(Report.canonical).is_not(None))
    return (await db.exec(query.order_by(col(Report.number)))).all()


async def _outgrown(
    db: AsyncSession, row: Reading, issued: Sequence[Report], added: Sequence[ReportPage], now: datetime
) -> None:
    """Once for what was issued last: who reads it then looks at all that has come."""
    newest, view = issued[-1], await db.get(StudyView, (row.branch_id, row.study_uid))
    if view is None or newest.image_count is None or view.received <= newest.image_count:
        return
    about = str(newest.number)
    if any((each.kind, each.about) == (Kind.grown, about) for each in added):
        return
    figures = {"written": newest.image_count, "here": view.received}
    await _flag(db, row, issued[0], Kind.grown, about, now, **figures)


async def _flag(
    db: AsyncSession, row: Reading, report: Report, kind: Kind, about: str, now: datetime, **figures: int
) -> None:
    """The hub may see it again for a while, also where that time was over: it is to look at it."""
    await pages.add(db, row, report, kind, about, now, **figures)
    row.version += 1
    said(db, None, row, EVENTS[kind], now)
    if row.state is not State.provisional:  # of which they are not over
        await sharing.with_readers(db, None, row, now)
        await grants.end(db, row.id, now, until=await work.read_until(db, row, now))
    await work.is_flagged(db, row, kind, now)
