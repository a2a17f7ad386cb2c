"""Over-reads (复核): how the hub's reading stands to the branch's own report, and the record of where they differ."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.documents.canonical import intact
from telemed.opinions.words import local
from telemed.reading import comparing, rules
from telemed.reading.engine import said
from telemed.reading.events import DiscrepancyRecorded
from telemed.reading.model import BranchReport, Discrepancy, Reading, Report
from telemed.reading.over_read_schemas import ComparisonIn, OverReadOut
from telemed.reading.words import Grade, ReadingPurpose

GRADE = {Grade.agreement: "一致", Grade.minor: "轻微差异", Grade.additional: "补充发现", Grade.major: "重大差异"}


async def submitted(db: AsyncSession, row: Reading, report: Report, picked: ComparisonIn | None) -> None:
    """Keeps what the author picked. Raises unless an over-read has been compared with the branch's newest report."""
    comparing.refuse(row.purpose, await _newest(db, row), report.impression, picked)
    report.compared = report.compared_first = picked.model_dump(mode="json") if picked else None


async def reviewed(db: AsyncSession, row: Reading, impression: str, picked: ComparisonIn | None) -> None:
    """As for the author, of what the reviewer has picked, and of the text that they issue."""
    comparing.refuse(row.purpose, await _newest(db, row), impression, picked)


async def recorded(db: AsyncSession, actor: Actor, row: Reading, report: Report, now: datetime) -> None:
    """Writes the discrepancy of an over-read that has just been issued, unless both agree. It needs no typing."""
    picked = comparison_of(report)
    if picked is None:
        return
    row.grade = picked.grade
    if picked.grade is Grade.agreement:
        return
    theirs = (await db.exec(_version(row, picked.branch_report))).one()
    first = ComparisonIn.model_validate(report.compared_first or report.compared)
    db.add(_record(row, report, theirs, picked, changed=otherwise(first, picked)))
    said(db, actor, row, DiscrepancyRecorded, now, grade=picked.grade, branch_report=theirs.number)
    record(db, actor, "reading.discrepancy_recorded", str(row.id), now)
    await db.flush()


async def recorded_later(
    db: AsyncSession, row: Reading, report: Report, theirs: BranchReport, picked: ComparisonIn
) -> None:
    """Writes the discrepancy of an over-read that was issued as agreeing, and of which that was corrected."""
    db.add(_record(row, report, theirs, picked, changed=False))
    await db.flush()


def _record(row: Reading, report: Report, theirs: BranchReport, picked: ComparisonIn, *, changed: bool) -> Discrepancy:
    if row.written_at is None or row.reviewer_id is None or row.issued_at is None:
        raise ValueError("only what is issued differs")
    return Discrepancy(
        reading_id=row.id,
        case_id=row.case_id,
        patient_id=row.patient_id,
        branch_id=row.branch_id,
        hub_id=row.hub_id,
        grade=picked.grade,
        changed=changed,
        branch_report_id=theirs.id,
        branch_lines=picked.branch_lines,
        hub_lines=picked.hub_lines,
        author_id=report.author_id,
        written_at=row.written_at,
        reviewer_id=row.reviewer_id,
        issued_at=row.issued_at,
        report_sha256=report.sha256 or "",
    )


def otherwise(first: ComparisonIn, then: ComparisonIn) -> bool:
    """Whether the reviewer picked otherwise than the author; to name the branch's newer version is no other pick."""

    def pick(of: ComparisonIn) -> tuple[Grade, set[str], set[str]]:
        return of.grade, set(of.branch_lines), set(of.hub_lines)

    return pick(first) != pick(then)


def comparison_of(report: Report) -> ComparisonIn | None:
    return ComparisonIn.model_validate(report.compared) if report.compared else None


async def printed(db: AsyncSession, row: Reading, report: Report, zone: str) -> str:
    """The line of the print (复核结论): the grade, and the version of the branch's report that it rests on."""
    picked = comparison_of(report)
    if picked is None:
        return ""
    theirs = (await db.exec(_version(row, picked.branch_report))).one()
    whose = f"{theirs.author} {local(theirs.written_at, zone)}，第 {theirs.number} 版"
    return f"{GRADE[picked.grade]}（与分院报告比较：{whose}）"


async def for_page(db: AsyncSession, row: Reading, report: Report | None, actor: Actor) -> OverReadOut | None:
    """What was picked; for the branch once it is issued, and then as it was issued."""
    at_hub = actor.hospital_id == row.hub_id
    if report is None or row.purpose is not ReadingPurpose.over_read or not (at_hub or row.state in rules.DONE):
        return None
    picked = comparison_of(report)
    if report.canonical is not None:
        issued = intact(report.canonical, report.sha256)
        picked = ComparisonIn.model_validate(issued["over_read"]) if issued else None
    if picked is None:
        return None
    first = ComparisonIn.model_validate(report.compared_first) if report.compared_first and at_hub else None
    changed = first is not None and otherwise(first, picked)
    return OverReadOut(**picked.model_dump(), first=first if changed else None)


async def _newest(db: AsyncSession, row: Reading) -> BranchReport | None:
    return (await db.exec(_version(row, row.branch_report))).one_or_none()


def _version(row: Reading, number: int) -> SelectOfScalar[BranchReport]:
    return select(BranchReport).where(BranchReport.reading_id == row.id, BranchReport.number == number)
