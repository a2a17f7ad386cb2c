"""The discrepancies of over-reads, for the people of quality and the heads of both hospitals."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import visible
from telemed.access.model import Actor, Role
from telemed.activities.briefs import patient_brief
from telemed.audit.seeing import see
from telemed.errors import Invalid
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.english import Departments, departments_en
from telemed.people.model import Patient, Staff
from telemed.reading import grades
from telemed.reading.grade_model import GradeCorrection
from telemed.reading.lookup import visible_to
from telemed.reading.model import BranchReport, Discrepancy, Reading
from telemed.reading.over_read_schemas import DiscrepancyFilter, DiscrepancyList, DiscrepancyRow, DoctorOut, Grades
from telemed.reading.words import Grade

D: Final = Discrepancy
MOST: Final = 500
DAYS: Final = timedelta(days=29)  # before today, where no day is named
DAY: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=366)


async def find(db: AsyncSession, actor: Actor, by: DiscrepancyFilter, now: datetime) -> DiscrepancyList:
    """Those of the patients of one's own hospital, or at a hub those that its radiologists found and one may see."""
    zones = await people.zones(db)
    zone = zones[actor.hospital_id]
    since, until = _days(by, day_in(zone, now))
    begin, end = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (since, until + DAY))
    here = (col(D.branch_id) == actor.hospital_id) | (col(D.hub_id) == actor.hospital_id)
    when = and_(col(D.issued_at) >= begin, col(D.issued_at) < end)
    # What was corrected to agree is no discrepancy any more; the reading's page keeps what it was.
    differs = col(D.reading_id).in_(select(Reading.id).where(Reading.grade != Grade.agreement))
    seen = and_(here, when, differs, visible(D.case_id, D.patient_id, D.branch_id, actor, now))
    if by.branch:
        seen = and_(seen, col(D.branch_id) == by.branch)
    query = (
        select(Discrepancy, Reading, BranchReport, Patient)
        .join(Reading, col(Reading.id) == D.reading_id)
        .join(BranchReport, col(BranchReport.id) == D.branch_report_id)
        .join(Patient, col(Patient.id) == D.patient_id)
        .where(seen)
        .order_by(col(D.issued_at).desc(), col(D.id).desc())
        .limit(MOST + 1)
    )
    if by.grade is not None:
        query = query.where(Reading.grade == by.grade)
    found = (await db.exec(query)).all()
    corrected = await grades.newest(db, [each.reading_id for each, *_ in found])
    staff = await people.staff_by_id(db, {id for each, *_ in found for id in (each.author_id, each.reviewer_id)})
    english = await departments_en(db)
    sites = await _graded(db, actor, begin, end, now)
    counts = Counter[Grade]()
    for branch, grade, many in sites:
        counts[grade] += many if by.branch in ("", branch) else 0
    shown = (await db.exec(select(func.count()).select_from(Discrepancy).where(seen))).one()
    return DiscrepancyList(
        items=[_row(*each, corrected.get(each[1].id), staff, english, zones, now) for each in found[:MOST]],
        more=len(found) > MOST,
        hidden=counts.total() - counts[Grade.agreement] - shown,
        grades=Grades(**{grade: counts[grade] for grade in Grade}),
        branches=sorted({branch for branch, *_ in sites}),
        since=since,
        until=until,
    )


def _days(by: DiscrepancyFilter, today: date) -> tuple[date, date]:
    until = by.until or today
    if not 1900 <= until.year <= 2199:
        raise Invalid("There is no such day.", reason="no_such_day")
    since = by.since or until - DAYS
    if not until - LONGEST <= since <= until:
        raise Invalid("A year at most is shown, from its first day to its last.", reason="no_such_days")
    return since, until


async def _graded(
    db: AsyncSession, actor: Actor, begin: datetime, end: datetime, now: datetime
) -> list[tuple[str, Grade, int]]:
    """Of each site how many over-reads were issued with each grade, those that agree too: a share of differences means
    nothing without them. A hub's quality officer has no patients of their own: they get the numbers of their hub.
    """
    here = (col(Reading.branch_id) == actor.hospital_id) | (col(Reading.hub_id) == actor.hospital_id)
    counted = visible_to(actor, now)
    if actor.has(Role.quality_officer):
        counted = or_(counted, col(Reading.hub_id) == actor.hospital_id)
    when = and_(col(Reading.issued_at) >= begin, col(Reading.issued_at) < end)
    query: Any = sql_select(col(Reading.branch_id), col(Reading.grade), func.count())
    query = query.where(here, when, counted, col(Reading.grade).is_not(None))
    return [tuple(each) for each in (await db.exec(query.group_by(col(Reading.branch_id), col(Reading.grade)))).all()]


def _row(
    row: Discrepancy,
    reading: Reading,
    theirs: BranchReport,
    patient: Patient,
    correction: GradeCorrection | None,
    staff: dict[Any, Staff],
    english: Departments,
    zones: people.Zones,
    now: datetime,
) -> DiscrepancyRow:
    see(row.branch_id, row.patient_id, row.case_id)
    said: Discrepancy | GradeCorrection = correction or row
    return DiscrepancyRow(
        **row.model_dump(include=ROW) | said.model_dump(include={"grade", "branch_lines", "hub_lines"}),
        corrected=correction.reason if correction else "",
        patient=patient_brief(patient, english, zones[row.branch_id], now),
        modality=reading.modality,
        examination=reading.examination,
        branch_report=theirs.number,
        branch_author=theirs.author,
        branch_written_at=theirs.written_at,
        author=DoctorOut.model_validate(staff[row.author_id], from_attributes=True),
        reviewer=DoctorOut.model_validate(staff[row.reviewer_id], from_attributes=True),
    )


ROW: Final = set(DiscrepancyRow.model_fields) & set(D.model_fields)
