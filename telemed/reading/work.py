"""What is asked because of a reading: of whom, and by when."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.duty import holders
from telemed.people.model import Title
from telemed.people.rules import Span
from telemed.reading import rules
from telemed.reading.engine import said
from telemed.reading.events import ReadingClockStarted
from telemed.reading.ladders import (
    AFTER_ISSUE,
    DESK,
    FLAGGED,
    INVITED,
    ISSUED,
    READ,
    REVIEW_REPORT,
    SEND_AGAIN,
    SENDING_AGAIN,
    TELLS,
    WITHDRAWN,
)
from telemed.reading.lookup import asker
from telemed.reading.model import Reading, activity
from telemed.reading.words import KIND, ReportPageKind
from telemed.studies.model import StudyView
from telemed.work import deadlines, ladders
from telemed.work import service as work
from telemed.work.duty import on_duty
from telemed.work.model import WORK_DUE, Deadline


def _deadline(row: Reading, now: datetime, kind: str = WORK_DUE, ladder: str = DESK) -> Deadline:
    return Deadline(
        activity=KIND,
        activity_id=row.id,
        case_id=row.case_id,
        kind=kind,
        ladder=ladder,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        partner_id=row.hub_id,
        agreement_id=row.agreement_id,
        urgency=row.urgency,
        began_at=now,
        due_at=now,
    )


async def due_by(db: AsyncSession, row: Reading, now: datetime) -> datetime:
    """When it is due if its clock begins now, as long as the agreement, the branch or else the product lets it last."""
    return await ladders.due_by(db, _deadline(row, now), now)


async def ask_to_read(db: AsyncSession, row: Reading, now: datetime) -> None:
    """Asks the reader it was given to, or all radiologists of the hub; once its clock runs it has a deadline."""
    whom: dict[str, Any] = {"staff_id": row.reader_id} if row.reader_id else {"role": Role.radiologist}
    _ask(db, row, READ, row.hub_id, now, due_at=row.due_at, **whom)
    await db.flush()
    await _begin(db, row, now)


async def is_due(db: AsyncSession, row: Reading, now: datetime) -> None:
    """Its clock begins, after it has been asked for."""
    for item in await work.open_items(db, row.id, READ):
        item.due_at = row.due_at
    await db.flush()
    await _begin(db, row, now)


async def begin_clock(db: AsyncSession, row: Reading, now: datetime) -> None:
    """Its time begins to run, once all that is read is there: images, and of an over-read the branch's report."""
    view = await db.get(StudyView, (row.branch_id, row.study_uid))
    if row.due_at is not None or view is None or not rules.is_whole(row, view.received, view.expected, view.complete):
        return
    row.due_at = await due_by(db, row, now)
    row.version += 1
    said(db, None, row, ReadingClockStarted, now)
    await is_due(db, row, now)


async def _begin(db: AsyncSession, row: Reading, now: datetime, ladder: str = DESK) -> None:
    if row.due_at is not None:
        deadline = _deadline(row, now, ladder=ladder)
        deadline.due_at = row.due_at
        await deadlines.begin(db, deadline, now, on_duty)


async def is_read_by(db: AsyncSession, row: Reading, now: datetime) -> None:
    """What was asked of all is asked of its reader, or of all again where it has none."""
    for item in await work.open_items(db, row.id, READ):
        if row.reader_id is None:
            work.leave_to(db, item, Role.radiologist, now)
        else:
            work.give_to(db, item, row.reader_id, now)


async def send_again_by(db: AsyncSession, row: Reading, now: datetime) -> datetime:
    """Until when the branch is to see to what it was returned for."""
    return await ladders.due_by(db, _deadline(row, now, ladder=SENDING_AGAIN), now)


async def ask_to_send_again(db: AsyncSession, row: Reading, actor: Actor | None, now: datetime) -> None:
    """Asks who requested it, and for its images the radiographers as well."""
    await work.finish(db, row.id, [READ, REVIEW_REPORT], actor, now)
    due: dict[str, Any] = {"due_at": row.due_at, "note": {"code": row.return_code, "reason": row.return_words}}
    _ask(db, row, SEND_AGAIN, row.branch_id, now, staff_id=row.requester_id, **due)
    radiographers = await holders(db, row.branch_id, Role.radiographer)
    if row.return_code in rules.OF_IMAGES and radiographers and row.requester_id not in radiographers:
        _ask(db, row, SEND_AGAIN, row.branch_id, now, role=Role.radiographer, **due)
    await db.flush()
    await _begin(db, row, now, SENDING_AGAIN)


async def was_sent_again(db: AsyncSession, row: Reading, actor: Actor, now: datetime) -> None:
    await work.finish(db, row.id, [SEND_AGAIN], actor, now)


async def is_withdrawn(
    db: AsyncSession, row: Reading, actor: Actor | None, now: datetime, *, also: UUID | None = None
) -> None:
    """Nothing is due any more; whoever had it at the hub, or had asked for it there, is told, and `also`."""
    await work.finish(db, row.id, [READ, REVIEW_REPORT, SEND_AGAIN], actor, now)
    telling = _deadline(row, now, TELLS, WITHDRAWN)
    telling.owners = [str(each) for each in dict.fromkeys([row.reader_id, row.asked_by, also]) if each]
    if telling.owners:
        await deadlines.only_tell(db, telling, now, on_duty)


async def reviewers_of(db: AsyncSession, row: Reading, author: Actor, title: Title) -> list[UUID]:
    """The radiologists of the hub who may review what an author of this title writes."""
    readers = await people.staff_by_id(db, await holders(db, row.hub_id, Role.radiologist))
    return [each.id for each in readers.values() if each.id != author.id and rules.reviews(each.title, title)]


async def ask_to_review(
    db: AsyncSession, row: Reading, author: Actor, reviewers: Collection[UUID], now: datetime
) -> None:
    """Asks these, and only then finishes what was asked of the author, so that the deadline goes on."""
    for each in reviewers:
        _ask(db, row, REVIEW_REPORT, row.hub_id, now, due_at=row.due_at, staff_id=each)
    await db.flush()
    await work.finish(db, row.id, [READ], author, now)


async def ask_to_review_later(db: AsyncSession, row: Reading, reviewers: Collection[UUID], now: datetime) -> None:
    """Asks for the review of a provisional report, due early in the hub's next working hours."""
    hours = (await working_times(db, [row.hub_id]))[row.hub_id].spans(Span(now, now + rules.LOOKS_AHEAD))
    due = next((start for start, _ in hours), now) + rules.REVIEW_WITHIN
    row.due_at = due  # it stands behind reports that nobody at the branch has yet
    for each in reviewers:
        _ask(db, row, REVIEW_REPORT, row.hub_id, now, due_at=due, staff_id=each)
    await db.flush()
    deadline = _deadline(row, now)
    deadline.due_at = due
    await deadlines.begin(db, deadline, now, on_duty)


async def ask_author_again(db: AsyncSession, row: Reading, actor: Actor, now: datetime) -> None:
    _ask(db, row, READ, row.hub_id, now, due_at=row.due_at, staff_id=row.reader_id)
    await db.flush()
    await work.finish(db, row.id, [REVIEW_REPORT], actor, now)


async def is_issued(db: AsyncSession, row: Reading, actor: Actor, now: datetime) -> None:
    """Nothing is due any more, and who requested it is told, and who asked for it in a consultation."""
    await work.finish(db, row.id, [REVIEW_REPORT, READ], actor, now)
    telling = _deadline(row, now, TELLS, ISSUED)
    telling.owners = list(dict.fromkeys([str(row.requester_id), str(asker(row))]))
    await deadlines.only_tell(db, telling, now, on_duty)


async def is_flagged(db: AsyncSession, row: Reading, kind: ReportPageKind, now: datetime) -> None:
    """Who wrote and reviewed it is told that its images changed; of a recall and its end also who asked for it."""
    told = [row.reader_id, row.reviewer_id]
    if kind is not ReportPageKind.grown:
        told += [row.requester_id, asker(row)]
    telling = _deadline(row, now, TELLS, FLAGGED[kind])
    telling.owners = [str(each) for each in dict.fromkeys(told) if each]
    await deadlines.only_tell(db, telling, now, on_duty)


async def is_invited(db: AsyncSession, row: Reading, staff_id: UUID, now: datetime) -> None:
    """Nothing is due: they are told that others read it and want them there."""
    telling = _deadline(row, now, TELLS, INVITED)
    telling.owners = [str(staff_id)]
    await deadlines.only_tell(db, telling, now, on_duty)


async def read_until(db: AsyncSession, row: Reading, now: datetime) -> datetime:
    """How long the hub may read what it has issued."""
    return await ladders.due_by(db, _deadline(row, now, TELLS, AFTER_ISSUE), now)


def _ask(db: AsyncSession, row: Reading, kind: str, hospital_id: str, now: datetime, **more: Any) -> None:
    work.ask(
        db,
        kind,
        row.id,
        hospital_id,
        now,
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        urgency=row.urgency,
        **more,
    )
