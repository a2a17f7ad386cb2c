"""A grade of an over-read that was issued is corrected, with a reason, by who set it or their senior.

What was issued stays as it is; the newest correction counts in lists and figures, and every one is kept.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.documents.canonical import intact
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.people import service as people
from telemed.people.model import Title
from telemed.reading import comparing, over_reads, rules
from telemed.reading.engine import said
from telemed.reading.events import GradeCorrected
from telemed.reading.grade_model import GradeCorrection
from telemed.reading.lookup import get, title_of
from telemed.reading.model import BranchReport, Reading, Report
from telemed.reading.over_read_schemas import ComparisonIn, GradeCorrectionOut, GradeIn, OverReadOut
from telemed.reading.schemas import ReportText
from telemed.reading.words import Grade


async def correct(db: AsyncSession, actor: Actor, id: UUID, version: int, new: GradeIn, now: datetime) -> Reading:
    """Raises Conflict before it is issued, NotAllowed for whoever may not, Invalid for lines that neither issued
    report has, or where nothing would change."""
    row = await get(db, actor, id, now, version=version)
    report = (await db.exec(select(Report).where(Report.reading_id == row.id, Report.number == 1))).one_or_none()
    issued = intact(report.canonical, report.sha256) if report and report.canonical else None
    if report is None or issued is None or row.grade is None or "over_read" not in issued:
        raise Conflict(
            "Only the grade of an issued over-read is corrected.", reason="wrong_state", state=str(row.state)
        )
    if not await _may(db, actor, row):
        raise NotAllowed("Who set the grade, or their senior, corrects it.", reason="grade_correctors")
    before = await _all(db, row)
    first = ComparisonIn.model_validate(issued["over_read"])
    then = _said(before[-1], first) if before else first
    now_said = then.model_copy(update=new.model_dump(include={"grade", "branch_lines", "hub_lines"}))
    theirs = await _compared_with(db, row, first)
    comparing.refuse(row.purpose, theirs, ReportText.model_validate(issued["report"]).impression, now_said)
    if not over_reads.otherwise(then, now_said):
        raise Invalid("It says so already.", reason="grade_unchanged")
    was, row.grade = row.grade, new.grade
    row.version += 1
    number = len(before) + 1
    columns = new.model_dump()
    db.add(
        GradeCorrection(
            reading_id=row.id, number=number, before=was, corrected_by=actor.id, corrected_at=now, **columns
        )
    )
    if first.grade is Grade.agreement and not any(each.grade is not Grade.agreement for each in before):
        await over_reads.recorded_later(db, row, report, theirs, now_said)
    said(db, actor, row, GradeCorrected, now, before=was, grade=new.grade, number=number, reason=new.reason)
    record(db, actor, "reading.grade_corrected", str(row.id), now, reason=new.reason)
    await db.flush()
    return row


async def _may(db: AsyncSession, actor: Actor, row: Reading) -> bool:
    """Who set it is who issued it; their senior is whoever might review what they write."""
    if actor.hospital_id != row.hub_id or not actor.has(*rules.READERS) or row.patient_id in actor.opened:
        return False
    if row.reviewer_id is None or row.reviewer_id == actor.id:
        return row.reviewer_id is not None
    reviewer = (await people.staff(db, row.reviewer_id)).title
    return row.reader_id != actor.id and rules.reviews(await title_of(db, actor), Title(reviewer))


async def _all(db: AsyncSession, row: Reading) -> list[GradeCorrection]:
    query = select(GradeCorrection).where(GradeCorrection.reading_id == row.id)
    return list((await db.exec(query.order_by(col(GradeCorrection.number)))).all())


async def newest(db: AsyncSession, reading_ids: Collection[UUID]) -> dict[UUID, GradeCorrection]:
    """By reading the correction that counts."""
    query = select(GradeCorrection).where(col(GradeCorrection.reading_id).in_(reading_ids))
    found = (await db.exec(query.order_by(col(GradeCorrection.number)))).all()
    return {each.reading_id: each for each in found}


def _said(of: GradeCorrection, first: ComparisonIn) -> ComparisonIn:
    return first.model_copy(update=of.model_dump(include={"grade", "branch_lines", "hub_lines"}))


async def _compared_with(db: AsyncSession, row: Reading, first: ComparisonIn) -> BranchReport:
    version = (BranchReport.reading_id == row.id, BranchReport.number == first.branch_report)
    return (await db.exec(select(BranchReport).where(*version))).one()


async def for_page(db: AsyncSession, row: Reading, out: OverReadOut | None, actor: Actor) -> OverReadOut | None:
    """As it stands now, with every correction, the newest first."""
    if out is None or row.grade is None:
        return out
    found = await _all(db, row)
    staff = await people.staff_by_id(db, {each.corrected_by for each in found})
    shown = [
        GradeCorrectionOut(
            **each.model_dump(include={"before", "grade", "reason", "corrected_at"}),
            by=staff[each.corrected_by].name,
            by_en=staff[each.corrected_by].name_en,
        )
        for each in reversed(found)
    ]
    now_said = found[-1].model_dump(include={"grade", "branch_lines", "hub_lines"}) if found else {}
    return out.model_copy(update={**now_said, "corrections": shown, "may_correct": await _may(db, actor, row)})
