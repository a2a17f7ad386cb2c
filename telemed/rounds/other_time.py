"""Another time that the lead proposes: a coordinator moves the round there, as any is moved, or says why it stays."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.audit.service import record
from telemed.errors import Conflict, Invalid
from telemed.history.service import emit
from telemed.people.rules import Span
from telemed.rounds import asking, rules, telling
from telemed.rounds.answer_schemas import InTheWay, OtherTimeIn, OtherTimeOut
from telemed.rounds.booking import usable_cart
from telemed.rounds.lead_events import OtherTimeProposed, OtherTimeTurnedDown
from telemed.rounds.lookup import about, changed, get, held
from telemed.rounds.model import RoundSession, activity
from telemed.rounds.sessions import ask_anew, proposal, review
from telemed.rounds.words import RoundRole, Who
from telemed.scheduling import limits
from telemed.scheduling import service as scheduling
from telemed.scheduling.clashing import clashes
from telemed.scheduling.model import BookingKind


async def propose(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: OtherTimeIn, now: datetime
) -> RoundSession:
    """Until it is decided the round keeps its time, and is not ready."""
    row = await get(db, actor, id, version=version)
    if row.state not in rules.BEFORE or row.lead_id != actor.id:
        raise Conflict("There is nothing to answer.", reason="no_invitation", state=str(row.state))
    if new.starts_at <= now:
        raise Conflict("That time has passed.", reason="in_the_past")
    if new.starts_at == row.starts_at:
        raise Invalid("It is at that time already.", reason="same_time")
    mine = await participants.put(db, activity(row.id), actor.id, RoundRole.lead)
    mine.answer, mine.answered_at, mine.words = Answer.proposed, now, new.words
    mine.proposed_start, mine.proposed_end = new.starts_at, new.starts_at + (row.ends_at - row.starts_at)
    told = OtherTimeProposed(target=row.state, lead_id=actor.id, starts_at=new.starts_at, reason=new.words)
    emit(db, told, about(row), now, by=actor)
    record(db, actor, "round.time_proposed", str(row.id), now)
    await _follow(db, actor, row, now)
    return row


async def turn_down(db: AsyncSession, actor: Actor, id: UUID, version: int, words: str, now: datetime) -> RoundSession:
    """It stays at its time: the lead hears why, and is asked again."""
    row = await get(db, actor, id, version=version)
    if Who.coordinator not in await held(db, row, actor):
        rules.refuse_capacity(Who.coordinator)
    mine = await proposal(db, row) if row.state in rules.BEFORE else None
    if mine is None:
        raise Conflict("Nobody proposes another time for it.", reason="no_proposal", state=str(row.state))
    if not words:
        raise Invalid("Say why it stays at its time.", reason="reason_needed")
    ask_anew(mine, words)
    told = OtherTimeTurnedDown(target=row.state, lead_id=mine.staff_id, reason=words)
    emit(db, told, about(row), now, by=actor)
    record(db, actor, "round.time_turned_down", str(row.id), now)
    await telling.time_kept(db, row, mine.staff_id, now, actor)
    await _follow(db, actor, row, now)
    return row


async def _follow(db: AsyncSession, actor: Actor, row: RoundSession, now: datetime) -> None:
    row.version += 1
    changed(db, row, now)
    await db.flush()
    await asking.of_session(db, row, now, actor)
    await review(db, row, now)


async def shown(db: AsyncSession, actor: Actor, row: RoundSession, decides: bool, now: datetime) -> OtherTimeOut | None:
    """What is proposed, to the lead and to those who decide on it."""
    mine = await proposal(db, row) if row.state in rules.BEFORE else None
    if mine is None or mine.proposed_start is None or mine.proposed_end is None:
        return None
    if not decides and actor.id != row.lead_id:
        return None
    span, passed = Span(mine.proposed_start, mine.proposed_end), mine.proposed_start <= now
    return OtherTimeOut(
        starts_at=span.start,
        ends_at=span.end,
        words=mine.words,
        passed=passed,
        in_the_way=await _in_the_way(db, actor, row, span, now) if decides and not passed else None,
    )


async def _in_the_way(db: AsyncSession, actor: Actor, row: RoundSession, span: Span, now: datetime) -> InTheWay:
    meant = [row.lead_id, row.accompanying_id, row.venue_id, await usable_cart(db, row.cart_id)]
    booking = await scheduling.of_activity(db, row.id)
    own, taken = booking.id if booking else None, [each for each in meant if each]
    return InTheWay(
        clashes=await clashes(db, actor, taken, span, now, besides=own),
        limits=(await limits.broken_at(db, [limits.Time(taken, span, own)], BookingKind.round, now))[0],
    )


async def turned_down(db: AsyncSession, actor: Actor, row: RoundSession) -> str:
    """Why a time that this person proposed was not taken, until they have answered again."""
    if row.lead_id != actor.id or row.state not in rules.BEFORE:
        return ""
    mine = await participants.one(db, row.id, actor.id)
    return mine.words if mine is not None and mine.answer is Answer.invited else ""
