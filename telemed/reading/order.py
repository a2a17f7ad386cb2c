"""The order of the desk: which reading a reader takes next, and which one waits when another is taken before it."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.errors import Conflict
from telemed.reading import priors, reports, rules
from telemed.reading.lookup import lapsed, visible_to
from telemed.reading.model import Reading
from telemed.reading.order_schemas import AheadOut, ReadingAhead
from telemed.reading.words import ReadingPurpose, Who
from telemed.reading.words import ReadingState as State
from telemed.studies import service as studies


def _given(actor: Actor) -> ColumnElement[bool]:
    return and_(col(Reading.state) == State.assigned, col(Reading.reader_id) == actor.id, _whole())


def _free(now: datetime) -> ColumnElement[bool]:
    """What nobody has."""
    free = or_(col(Reading.state) == State.requested, and_(col(Reading.state) == State.claimed, lapsed(now)))
    return and_(free, _whole())


def _whole() -> ColumnElement[bool]:
    """Its images are there, and of an over-read the branch's report."""
    there = or_(col(Reading.purpose) != ReadingPurpose.over_read, col(Reading.branch_report) > 0)
    return and_(there, col(Reading.due_at).is_not(None))


async def following(db: AsyncSession, actor: Actor, now: datetime, *, to_claim: bool = False) -> Reading | None:
    """The most pressing of what was given to this reader, else of what nobody has.

    `to_claim`: of two readers who ask at once, the second gets the one after it.
    """
    for which in (_given(actor), _free(now)):
        if (found := await _first(db, actor, which, now, to_claim=to_claim)) is not None:
            return found
    return None


async def ahead(db: AsyncSession, actor: Actor, now: datetime) -> AheadOut:
    """What `following` is now, so that its images can be read ahead by whoever may claim it. Nothing is claimed."""
    row = await following(db, actor, now)
    if row is None:
        return AheadOut(reading=None)
    study = priors.of_reading(row, (await studies.of_patients(db, [row.patient_id])).get(row.patient_id, [])).study
    if study is None:
        return AheadOut(reading=None)
    see(row.branch_id, row.patient_id, row.case_id)
    named = ReadingAhead(id=row.id, hospital_id=row.branch_id, study_uid=row.study_uid, received=study.received)
    return AheadOut(reading=named)


async def _first(
    db: AsyncSession, actor: Actor, which: ColumnElement[bool], now: datetime, *, to_claim: bool = False
) -> Reading | None:
    query = select(Reading).where(which, Reading.hub_id == actor.hospital_id, visible_to(actor, now))
    query = query.order_by(col(Reading.rank), col(Reading.due_at), col(Reading.id)).limit(1)
    if to_claim:
        query = query.with_for_update(skip_locked=True)
    return (await db.exec(query)).first()


async def before_its_turn(db: AsyncSession, actor: Actor, row: Reading, reason: str, now: datetime) -> bool:
    """Whether claiming it now leaves something more pressing waiting that this reader might claim. Raises Conflict,
    naming that one, if no reason is given. What was given to them, or what they have begun, needs none.
    """
    free = rules.as_it_is(row, now) is State.requested and Who.reader in rules.capacities(row, actor, now)
    if not free or row.reader_id == actor.id or await _begun(db, actor, row):
        return False
    waiting = await _first(db, actor, or_(_given(actor), _free(now)), now)
    if waiting is None or not rules.before(waiting, row, now):
        return False
    if not reason:
        raise Conflict(
            "Something more urgent waits: read that first, or say why not.",
            reason="out_of_order",
            waiting={
                "id": str(waiting.id),
                "urgency": waiting.urgency,
                "due_at": waiting.due_at.isoformat() if waiting.due_at else None,
            },
        )
    return True


async def _begun(db: AsyncSession, actor: Actor, row: Reading) -> bool:
    report = await reports.of(db, row)
    return report is not None and report.author_id == actor.id
