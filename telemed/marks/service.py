"""Reads the marks of a study, and saves one's own."""

from collections.abc import Mapping, Set
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds
from telemed.audit.service import record
from telemed.db import Database
from telemed.errors import NotAllowed
from telemed.history.events import About
from telemed.history.service import emit
from telemed.kit.failures import collides
from telemed.marks import rules
from telemed.marks.events import MarksSaved
from telemed.marks.model import StudyMark
from telemed.marks.ports import Images
from telemed.marks.schemas import MarkAuthor, MarkIn, MarkOut, MarksOut, SaveIn
from telemed.marks.sight import Sight, sight
from telemed.people import service as people


async def of_study(
    db: AsyncSession, kinds: Kinds, actor: Actor, hospital: str, study_uid: str, now: datetime
) -> MarksOut:
    """Everybody's, the oldest first. Raises NotFound if this person does not see the study."""
    seen = await sight(db, kinds, actor, hospital, study_uid, now)
    return await _shown(db, hospital, study_uid, seen)


async def check_images(
    database: Database,
    images: Images,
    kinds: Kinds,
    actor: Actor,
    hospital: str,
    study_uid: str,
    body: SaveIn,
    now: datetime,
) -> None:
    """Raises as `save` does, and Conflict if a mark is of an image that the study does not have.

    Not in a transaction: the archive is asked.
    """
    async with database.read() as db:
        await _drawing(db, kinds, actor, hospital, study_uid, now)
    drawn_on = {(each.instance, each.frame) for each in body.put}
    if drawn_on:
        rules.check_images(await images.lacking(hospital, study_uid, drawn_on))


async def save(
    db: AsyncSession, kinds: Kinds, actor: Actor, hospital: str, study_uid: str, body: SaveIn, now: datetime
) -> MarksOut:
    """Saves and deletes marks of one's own; the same twice changes nothing.

    Raises NotFound, NotAllowed if this person may only look, and Conflict for a mark of somebody else's.
    """
    seen = await _drawing(db, kinds, actor, hospital, study_uid, now)
    put = {UUID(each.id): each for each in body.put}
    deleted = {UUID(each) for each in body.deleted} - put.keys()
    drawn = {
        id: StudyMark(
            id=id, hospital_id=hospital, study_uid=study_uid, author_id=actor.id, saved_at=now, **_drawn(each)
        )
        for id, each in put.items()
    }
    there, added = await _added(db, drawn, deleted)
    rules.check_own(there.values(), actor.id, hospital, study_uid)
    renewed = [id for id in put.keys() & there.keys() if not _same(there[id], put[id])]
    for id in renewed:
        db.add(_renewed(there[id], drawn[id]))
    gone = [each for id, each in there.items() if id in deleted and each.deleted_at is None]
    for each in gone:
        each.deleted_at = now
        db.add(each)
    await db.flush()
    rules.check_number(await _number(db, hospital, study_uid, actor.id))
    changed = added + len(renewed)
    if changed or gone:
        about = About(hospital, case_id=seen.case_id, patient_id=seen.patient_id)
        emit(db, MarksSaved(id=study_uid, author_id=actor.id, put=changed, deleted=len(gone)), about, now, by=actor)
        record(db, actor, "marks.saved", f"{hospital}/{study_uid}", now)
    return await _shown(db, hospital, study_uid, seen)


async def _drawing(db: AsyncSession, kinds: Kinds, actor: Actor, hospital: str, study_uid: str, now: datetime) -> Sight:
    seen = await sight(db, kinds, actor, hospital, study_uid, now)
    if not seen.draws:
        raise NotAllowed("You may look at this study, and not draw on it.", reason="not_to_annotate")
    return seen


async def _added(
    db: AsyncSession, drawn: Mapping[UUID, StudyMark], deleted: Set[UUID]
) -> tuple[dict[UUID, StudyMark], int]:
    """Adds those that are new; returns those that were there, locked, and how many are new.

    A mark that another save brings meanwhile is there when that one is done.
    """
    query = select(StudyMark).where(col(StudyMark.id).in_(drawn.keys() | deleted))
    while True:
        found = (await db.exec(query.order_by(col(StudyMark.id)).with_for_update())).all()
        there = {each.id: each for each in found}
        new = [drawn[id] for id in sorted(drawn.keys() - there.keys())]
        try:
            async with db.begin_nested():
                db.add_all(new)
        except IntegrityError as failure:
            if not collides(failure):
                raise
        else:
            return there, len(new)


def _same(row: StudyMark, new: MarkIn) -> bool:
    """As it is; a deleted one is another, so that undoing brings it back."""
    was = (row.instance_uid, row.frame, row.kind, row.points, row.text, row.deleted_at)
    return was == (new.instance, new.frame, new.kind, new.points, new.text, None)


def _drawn(new: MarkIn) -> dict[str, Any]:
    return {
        "instance_uid": new.instance,
        "frame": new.frame,
        "kind": new.kind,
        "points": new.points,
        "text": new.text,
    }


def _renewed(row: StudyMark, new: StudyMark) -> StudyMark:
    row.instance_uid, row.frame, row.kind = new.instance_uid, new.frame, new.kind
    row.points, row.text, row.saved_at, row.deleted_at = new.points, new.text, new.saved_at, None
    return row


async def _number(db: AsyncSession, hospital: str, study_uid: str, author: UUID) -> int:
    query = select(func.count()).select_from(StudyMark).where(StudyMark.study_uid == study_uid)
    of = StudyMark.hospital_id == hospital, StudyMark.author_id == author, col(StudyMark.deleted_at).is_(None)
    return (await db.exec(query.where(*of))).one()


async def of_author(db: AsyncSession, hospital: str, study_uid: str, author_id: UUID) -> list[StudyMark]:
    """All that one person has drawn on a study, the deleted ones too, the oldest first."""
    query = select(StudyMark).where(StudyMark.study_uid == study_uid, StudyMark.hospital_id == hospital)
    query = query.where(StudyMark.author_id == author_id).order_by(col(StudyMark.saved_at), col(StudyMark.id))
    return list((await db.exec(query)).all())


async def _shown(db: AsyncSession, hospital: str, study_uid: str, seen: Sight) -> MarksOut:
    query = select(StudyMark).where(StudyMark.study_uid == study_uid, StudyMark.hospital_id == hospital)
    query = query.where(col(StudyMark.deleted_at).is_(None)).order_by(col(StudyMark.saved_at), col(StudyMark.id))
    found = (await db.exec(query)).all()
    authors = await people.staff_by_id(db, [each.author_id for each in found])
    return MarksOut(
        items=[_out(each) for each in found],
        authors=[MarkAuthor(id=id, name=each.name, name_en=each.name_en) for id, each in authors.items()],
        draws=seen.draws,
    )


def _out(row: StudyMark) -> MarkOut:
    return MarkOut(
        id=row.id.hex,
        instance=row.instance_uid,
        frame=row.frame,
        kind=row.kind,
        points=row.points,
        text=row.text,
        author=row.author_id,
        saved_at=row.saved_at,
    )
