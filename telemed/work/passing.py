"""Somebody at whom it rings lets it ring at the next, and says why."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict
from telemed.history.service import emit
from telemed.work import deadlines, notices
from telemed.work.events import NoticePassed
from telemed.work.model import PassedFor
from telemed.work.ports import OnDuty, Present


async def pass_on(
    db: AsyncSession,
    actor: Actor,
    activity_id: UUID,
    why: PassedFor,
    now: datetime,
    on_duty: OnDuty,
    present: Present,
) -> None:
    """Somebody who is rung cannot come: once nobody is left who hears it or has seen it, the next are rung at once.

    Raises Conflict if it would only ring at the same people again: they silence it, and it goes on calling them. Its
    owner may always say that they cannot come.
    """
    deadline, notice = await notices.ringing_me(db, actor, activity_id)
    rung, following = await notices.rung_last(db, deadline), await deadlines.next_rung(db, deadline, on_duty)
    others = following is not None and not following.again(rung)
    if not others and str(actor.id) not in deadline.owners:
        raise Conflict("It rings at nobody else after you.", reason="nobody_next")
    notice.passed_at, notice.passed_for = now, why
    notices.end_one(db, deadline, notice, now)
    said = NoticePassed(deadline_id=deadline.id, kind=deadline.kind, person_id=actor.id, why=why)
    emit(db, said, notices.about(deadline), now, by=actor)
    here = present.present()
    if others and not any(each.ended_at is None and (each.seen_at or each.staff_id in here) for each in rung):
        deadline.at = now
        await deadlines.advance(db, deadline, now, on_duty)
