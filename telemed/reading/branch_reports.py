"""The branch's own report of a study, which the hub compares with its own reading: given, and shown in its versions."""

from datetime import datetime
from typing import Any, Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.errors import Invalid
from telemed.files import service as files
from telemed.files.model import FileKind
from telemed.people import service as people
from telemed.reading import comparing, rules, work
from telemed.reading.branch_report_schemas import BranchReportIn, BranchReportOut
from telemed.reading.engine import said
from telemed.reading.events import BranchReportAdded
from telemed.reading.model import BranchReport, OwnReport, Reading, activity

PDF: Final = "application/pdf"


async def add(db: AsyncSession, actor: Actor, row: Reading, new: BranchReportIn, now: datetime) -> None:
    """Adds it to an over-read, or the next version of it. Earlier versions stay, so that it can be said which one the
    hub has compared with."""
    rules.refuse_branch_report(row, actor, now)
    if new.file_id is None and not new.impression:
        raise Invalid("Give its diagnosis, or its PDF.", reason="branch_report_empty")
    if new.written_at > now:
        raise Invalid("It cannot have been written later than now.", reason="branch_report_time")
    if new.file_id is not None:
        file = await files.attach(
            db,
            actor,
            new.file_id,
            FileKind.attachment,
            case_id=row.case_id,
            patient_id=row.patient_id,
            hospital_id=row.branch_id,
            activity=activity(row.id),
        )
        if file.media_type != PDF:
            raise Invalid("A report is sent as PDF.", reason="not_a_pdf")
    await _added(db, actor, row, now, added_by=actor.id, **new.model_dump())


async def give(db: AsyncSession, actor: Actor | None, row: Reading, own: OwnReport, now: datetime) -> None:
    """Gives an over-read the report that the branch's radiologist has signed at the desk. `actor` None: by a rule."""
    people_of = await people.staff_by_id(db, {each for each in (own.wrote_id, own.signed_by) if each})
    signed, wrote = (people_of[each].name if each else "" for each in (own.signed_by, own.wrote_id))
    await _added(
        db,
        actor,
        row,
        now,
        added_by=own.signed_by,
        author=f"{wrote}（书写）、{signed}（审签）" if wrote else signed,
        written_at=own.signed_at,
        own_report_id=own.id,
        **own.model_dump(include={"technique", "findings", "impression"}),
    )


async def _added(db: AsyncSession, actor: Actor | None, row: Reading, now: datetime, **columns: Any) -> None:
    row.branch_report += 1
    row.version += 1
    db.add(BranchReport(reading_id=row.id, number=row.branch_report, added_at=now, **columns))
    said(db, actor, row, BranchReportAdded, now, number=row.branch_report)
    record(db, actor, "reading.branch_report_added", str(row.id), now)
    await db.flush()
    if row.state in rules.READABLE:
        await work.begin_clock(db, row, now)


async def of(db: AsyncSession, row: Reading) -> list[BranchReportOut]:
    """All versions, the newest first."""
    if row.branch_report == 0:
        return []
    query = select(BranchReport).where(BranchReport.reading_id == row.id).order_by(col(BranchReport.number).desc())
    found = (await db.exec(query)).all()
    staff = await people.staff_by_id(db, {each.added_by for each in found})
    return [
        BranchReportOut(
            **each.model_dump(include=SHOWN),
            written_here=each.own_report_id is not None,
            lines=comparing.lines(each.impression),
            added_by=staff[each.added_by].name,
            added_by_en=staff[each.added_by].name_en,
        )
        for each in found
    ]


SHOWN: Final = {"number", "author", "written_at", "technique", "findings", "impression", "file_id", "added_at"}
