"""Finds a reading that a person may see, and what its events and deadlines need to know."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import visible
from telemed.access.model import Actor, Role
from telemed.audit.seeing import see
from telemed.errors import NotFound, Stale
from telemed.history.events import About
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.duty import holders
from telemed.people.model import Title
from telemed.reading import rules
from telemed.reading.model import OwnReport, Reading
from telemed.reading.rules import IDLE
from telemed.reading.words import KIND
from telemed.studies import lookup as studies
from telemed.studies.model import StudyView


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """A query predicate: those of one's own hospital's studies, and those that a grant opens."""
    return visible(Reading.case_id, Reading.patient_id, Reading.branch_id, actor, now)


def lapsed(now: datetime) -> ColumnElement[bool]:
    """A query predicate: a claim that has been idle for too long."""
    return col(Reading.active_at) <= now - IDLE


async def get(
    db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, version: int | None = None, to_change: bool = False
) -> Reading:
    """Raises NotFound if this person may not see it, and Stale if `version` is not the current one."""
    query = select(Reading).where(Reading.id == id, visible_to(actor, now))
    if to_change or version is not None:
        query = query.with_for_update()
    row = (await db.exec(query)).one_or_none()
    if row is None:
        raise NotFound("There is no such reading.")
    if version is not None and row.version != version:
        current = {"version": row.version, "state": row.state, "state_since": row.state_since.isoformat()}
        raise Stale("It has changed since you read it.", current=current)
    see(row.branch_id, row.patient_id, row.case_id)
    return row


async def images_of(db: AsyncSession, row: Reading) -> int:
    """How many images of its study are there now."""
    view = await db.get(StudyView, (row.branch_id, row.study_uid))
    return view.received if view else 0


async def recalled(db: AsyncSession, row: Reading) -> bool:
    """Whether its study is not confirmed as its patient's any more."""
    return await studies.whose(db, row.branch_id, row.study_uid) != row.patient_id


def asker(row: Reading) -> UUID:
    """Who asked for it: somebody of the branch, or an expert of the consultation that it comes from."""
    return row.asked_by or row.requester_id


async def own_report(db: AsyncSession, hospital_id: str, study_uid: str, patient_id: UUID) -> OwnReport | None:
    """What stands of the hospital's own report of this patient's study: the newest version that is signed."""
    same = (OwnReport.hospital_id == hospital_id, OwnReport.study_uid == study_uid, OwnReport.patient_id == patient_id)
    query = select(OwnReport).where(*same, col(OwnReport.signed_at).is_not(None))
    return (await db.exec(query.order_by(col(OwnReport.number).desc()).limit(1))).one_or_none()


async def title_of(db: AsyncSession, actor: Actor) -> Title:
    return (await people.staff(db, actor.id)).title


async def alone(db: AsyncSession, row: Reading, actor: Actor, now: datetime) -> bool:
    """Whether this person's one signature is enough for now: to issue what they hold, or to add to what they wrote."""
    if row.reader_id != actor.id:
        return False
    if row.state in rules.SIGNED_BY_TWO:
        return await _nobody_else_adds(db, row, actor)
    if row.urgency not in rules.ALONE:
        return False
    hub = await people.hospital(db, row.hub_id)
    at_work = (await working_times(db, [hub.id]))[hub.id].works_at(now)
    title = await title_of(db, actor)
    return rules.signs_alone(row, title, allowed=hub.single_signature, at_work=at_work)


async def _nobody_else_adds(db: AsyncSession, row: Reading, actor: Actor) -> bool:
    """Whether the hub has nobody left who may review what its author wrote, nor who has reviewed it; of residents and
    trainees nothing goes out unread all the same.
    """
    if not rules.signs_own(await title_of(db, actor)):
        return False
    others = await people.staff_by_id(db, set(await holders(db, row.hub_id, Role.radiologist)) - {actor.id})
    title = Title(row.author_title)
    return not any(each.id == row.reviewer_id or rules.reviews(each.title, title) for each in others.values())


def about(row: Reading) -> About:
    return About(
        row.branch_id,
        row.hub_id,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=KIND,
        activity_id=row.id,
    )
