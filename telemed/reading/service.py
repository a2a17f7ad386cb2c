"""The use cases of a reading until its report is written: request, claim, release, return, send again."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.db import Database
from telemed.errors import Conflict, NotFound
from telemed.kit.failures import isolated
from telemed.reading import order, rules, work
from telemed.reading.beginning import agreement, ask, begin, refuse_unconfirmed
from telemed.reading.engine import act
from telemed.reading.lookup import get, lapsed, recalled
from telemed.reading.model import Reading
from telemed.reading.returning import refuse_recalled
from telemed.reading.schemas import ClaimIn, ReadingIn, ResendIn, ReturnIn
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State
from telemed.studies.model import StudyLink, StudyView

NOBODYS: Final = {"reader_id": None, "claimed_at": None, "active_at": None}


async def request(db: AsyncSession, actor: Actor, new: ReadingIn, now: datetime) -> Reading:
    """Raises NotFound for a study of another hospital, Conflict if it is not confirmed as a patient's, is being read
    already, or no agreement with that hub covers reading today.
    """
    link, view = await _study(db, actor, new.study_id)
    patient_id = refuse_unconfirmed(link, view)
    covered = await agreement(db, actor.hospital_id, new.hub_id, now)
    return await begin(
        db,
        actor,
        view,
        patient_id,
        now,
        branch_report=new.branch_report,
        requester_id=actor.id,
        agreement_id=covered.id,
        **new.model_dump(exclude={"study_id", "branch_report"}),
    )


async def _study(db: AsyncSession, actor: Actor, id: UUID) -> tuple[StudyLink, StudyView]:
    link = await db.get(StudyLink, id)
    view = await db.get(StudyView, (link.hospital_id, link.study_uid)) if link else None
    if link is None or view is None or link.hospital_id != actor.hospital_id:
        raise NotFound("There is no such study.")
    return link, view


async def claim(
    db: AsyncSession, actor: Actor, id: UUID, why: ClaimIn, now: datetime, *, in_turn: bool = False
) -> Reading:
    """Claims it, or keeps one's own claim alive, which is no change. With a reason it is taken over from another, or
    claimed before something more pressing.

    `in_turn`: it is the next one for this reader, also while a colleague is just taking something more pressing.
    """
    row = await get(db, actor, id, now, to_change=True)
    mine = row.reader_id == actor.id
    if mine and rules.held(row, now):
        row.active_at = now
        return row
    become = {"reader_id": actor.id, "claimed_at": now, "active_at": now}
    if why.reason and not mine and (row.state is State.assigned or rules.held(row, now)):
        before = row.reader_id
        await act(db, actor, row, Action.take_over, now, become, reason=why.reason, before_id=before)
    else:
        early = not in_turn and await order.before_its_turn(db, actor, row, why.reason, now)
        await act(db, actor, row, Action.claim, now, become, reason=why.reason if early else "")
    await work.is_read_by(db, row, now)
    return row


async def claim_next(db: AsyncSession, actor: Actor, now: datetime) -> Reading:
    """Raises Conflict if nothing waits."""
    following = await order.following(db, actor, now, to_claim=True)
    if following is None:
        raise Conflict("Nothing waits to be read.", reason="nothing_to_read")
    return await claim(db, actor, following.id, ClaimIn(), now, in_turn=True)


async def release(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Reading:
    row = await get(db, actor, id, now, to_change=True)
    await _released(db, actor, row, now)
    return row


async def _released(db: AsyncSession, actor: Actor | None, row: Reading, now: datetime) -> None:
    await act(db, actor, row, Action.release, now, NOBODYS)
    await work.is_read_by(db, row, now)


async def release_idle(database: Database, now: datetime) -> dict[UUID, Exception]:
    """Gives up the claims that have lapsed, each in a transaction of its own; returns the failures, by reading."""
    failed: dict[UUID, Exception] = {}
    async with database.read() as db:
        found = (await db.exec(select(Reading.id).where(Reading.state == State.claimed, lapsed(now)))).all()
    for id in found:
        async with database.write() as db, isolated(db, "a claim that has lapsed", id, failed):
            row = (await db.exec(select(Reading).where(Reading.id == id).with_for_update())).one()
            if row.state is State.claimed and not rules.held(row, now):  # it may have been kept alive since
                await _released(db, None, row, now)
    return failed


async def return_(db: AsyncSession, actor: Actor, id: UUID, version: int, why: ReturnIn, now: datetime) -> Reading:
    """Sends it back to the branch, with a time by which it is to see to it."""
    rules.refuse_return(why.code, why.words)
    row = await get(db, actor, id, now, version=version)
    by = await work.send_again_by(db, row, now)
    become = {**NOBODYS, "due_at": by, "return_code": why.code, "return_words": why.words}
    await act(db, actor, row, Action.return_, now, become, reason=why.words, code=why.code)
    await work.ask_to_send_again(db, row, actor, now)
    return row


async def resend(db: AsyncSession, actor: Actor, id: UUID, version: int, new: ResendIn, now: datetime) -> Reading:
    """The branch has seen to it; its time begins anew."""
    row = await get(db, actor, id, now, version=version)
    await refuse_recalled(db, row)
    view = await db.get_one(StudyView, (row.branch_id, row.study_uid))
    whole = rules.is_whole(row, view.received, view.expected, view.complete)
    become = {"due_at": await work.due_by(db, row, now) if whole else None} | new.model_dump(exclude_none=True)
    await act(db, actor, row, Action.resend, now, become)
    await work.was_sent_again(db, row, actor, now)
    await ask(db, row, now)
    return row


async def withdraw(db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime) -> Reading:
    """The branch does not want it read any more: nothing is due, and the hub no longer sees the study for it.

    Who was reading it sees it a little longer: what they have found already may be critical.
    """
    row = await get(db, actor, id, now, version=version)
    if not await recalled(db, row):  # else nobody could read it to its end, nor send it again
        rules.refuse_withdrawal(row)
    begun = rules.held(row, now) or row.state is State.written
    await act(db, actor, row, Action.withdraw, now, {"due_at": None, "withdraw_words": reason}, reason=reason)
    await work.is_withdrawn(db, row, actor, now)
    await grants.end(db, row.id, now, until=now + rules.SAYS_AFTER if begun else None)
    return row


async def images_came(db: AsyncSession, hospital_id: str, study_uid: str, now: datetime) -> None:
    """Starts the clock of the readings of this study that have waited for its images, once all are there."""
    waiting = select(Reading).where(Reading.branch_id == hospital_id, Reading.study_uid == study_uid)
    waiting = waiting.where(col(Reading.due_at).is_(None), col(Reading.state).in_(sorted(rules.READABLE)))
    for row in (await db.exec(waiting.with_for_update())).all():
        await work.begin_clock(db, row, now)
