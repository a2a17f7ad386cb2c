"""The use cases of a session until it is live: who leads it, when it is, whether it takes place."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.audit.service import record
from telemed.errors import Conflict
from telemed.history.service import emit
from telemed.people import service as people
from telemed.rounds import asking, rules, sharing, stays, telling
from telemed.rounds.booking import book_or_rest, ended, free, is_busy, move_to, refuse_places
from telemed.rounds.engine import act, move
from telemed.rounds.events import RoundMoved
from telemed.rounds.lacking import stays_of
from telemed.rounds.lead_events import LeadAnswered
from telemed.rounds.leading import lead_becomes, next_lead, refuse_lead, sign_instead
from telemed.rounds.listing import follow_moves
from telemed.rounds.lookup import about, changed, get, held, items
from telemed.rounds.model import RoundChange, RoundItem, RoundSeries, RoundSession, activity
from telemed.rounds.proposing import propose
from telemed.rounds.series_schemas import PlacesIn
from telemed.rounds.words import ItemAction, ItemState, RoundAction, RoundRole, RoundState, Who
from telemed.scheduling import differing
from telemed.scheduling import service as scheduling

# Reasons that the system gives; pages say them in words.
NOT_HELD: Final = "not_held"
NOT_REACHED: Final = "not_reached"
NOT_CONFIRMED: Final = "not_confirmed"


async def open_list(db: AsyncSession, actor: Actor | None, row: RoundSession, now: datetime) -> None:
    """Opens the list with whom the ward's records propose."""
    await act(db, actor, row, RoundAction.open_list, now)
    await propose(db, row, now)


async def lock(db: AsyncSession, actor: Actor | None, row: RoundSession, now: datetime) -> None:
    await follow_moves(db, row, now)
    await act(db, actor, row, RoundAction.lock, now)
    await review(db, row, now)


async def review(db: AsyncSession, row: RoundSession, now: datetime) -> None:
    """Makes it ready once its lead has accepted and somebody is confirmed on its list, and takes that back."""
    if (action := await to_review(db, row)) is not None:
        await act(db, None, row, action, now)


async def to_review(db: AsyncSession, row: RoundSession) -> RoundAction | None:
    """What a review would do."""
    if row.state not in (RoundState.list_locked, RoundState.ready):
        return None
    is_ready = await _lead_accepted(db, row) and any(e.state in rules.TO_VISIT for e in await items(db, row.id))
    if is_ready == (row.state is RoundState.ready):
        return None
    return RoundAction.make_ready if is_ready else RoundAction.unready


async def _lead_accepted(db: AsyncSession, row: RoundSession) -> bool:
    mine = await participants.one(db, row.id, row.lead_id) if row.lead_id else None
    return mine is not None and mine.answer is Answer.accepted


async def answer(
    db: AsyncSession, actor: Actor, id: UUID, version: int, accepts: bool, words: str, now: datetime
) -> RoundSession:
    """The lead accepts, or declines: then the next of the pool who is free is asked, or else a coordinator."""
    row = await get(db, actor, id, version=version)
    if row.state not in rules.BEFORE or row.lead_id != actor.id:
        raise Conflict("There is nothing to answer.", reason="no_invitation", state=str(row.state))
    await _lead_answered(db, actor, row, actor.id, accepts, words, now)
    return row


async def _lead_answered(
    db: AsyncSession, by: Actor, row: RoundSession, lead_id: UUID, accepts: bool, words: str, now: datetime
) -> None:
    mine = await participants.put(db, activity(row.id), lead_id, RoundRole.lead)
    mine.answer, mine.answered_at, mine.words = (Answer.accepted if accepts else Answer.declined), now, words
    mine.proposed_start = mine.proposed_end = None
    told = LeadAnswered(target=row.state, lead_id=lead_id, accepted=accepts, reason=words)
    emit(db, told, about(row), now, by=by)
    row.version += 1
    if not accepts:
        await next_lead(db, row, now)
    changed(db, row, now)
    await asking.of_session(db, row, now, by)
    await review(db, row, now)


async def not_there(
    db: AsyncSession, actor: Actor, row: RoundSession, resource_id: UUID, words: str, now: datetime
) -> None:
    """A lead who is away has declined by it. Without its place the round keeps its time and has to be booked anew."""
    if row.state not in rules.BEFORE or row.starts_at <= now:
        raise Conflict("It has begun.", reason="begun", state=str(row.state))
    if resource_id == row.lead_id:
        await _lead_answered(db, actor, row, resource_id, False, words, now)
        return
    await scheduling.leave(db, row.id, resource_id, actor, now)
    others = [each for each in row.unbooked if each["resource_id"] != str(resource_id)]
    row.unbooked = [*others, {"resource_id": str(resource_id), "title": words}]
    row.version += 1
    changed(db, row, now)
    await telling.place_closed(db, row, now, actor)
    await asking.of_session(db, row, now, actor)


async def name_lead(
    db: AsyncSession, actor: Actor, id: UUID, version: int, lead_id: UUID, now: datetime, *, override: str = ""
) -> RoundSession:
    """A coordinator names another doctor of the hub, who is asked; of a round that goes on they lead at once, and who
    led it leaves it; of one that is completed they countersign its notes. Raises Conflict if their time is taken, or
    for limits that `override` does not pass over."""
    row = await get(db, actor, id, version=version)
    if Who.coordinator not in await held(db, row, actor):
        rules.refuse_capacity(Who.coordinator)
    if row.state not in rules.LED:
        raise Conflict("Nobody leads it any more.", reason="wrong_state", state=str(row.state))
    await refuse_lead(db, row, lead_id)
    if row.state is RoundState.completed:
        await sign_instead(db, actor, row, lead_id, now)
        return row
    if row.state in rules.TAKES_ACTS:
        await lead_becomes(db, actor, row, lead_id, now, Answer.accepted)
        await telling.takes_over(db, row, lead_id, now, actor)
        return row
    blocked = await book_or_rest(db, row, lead_id, now, actor=actor, override=override)
    if is_busy(lead_id, blocked):
        raise Conflict("They have something else at that time.", reason="round_lead_taken", clashes=blocked)
    await lead_becomes(db, actor, row, lead_id, now, Answer.invited)
    await asking.of_session(db, row, now, actor)
    await review(db, row, now)
    return row


async def reschedule(
    db: AsyncSession,
    actor: Actor,
    id: UUID,
    version: int,
    starts_at: datetime,
    minutes: int,
    now: datetime,
    *,
    places: PlacesIn | None = None,
    reason: str = "",
    override: str = "",
) -> RoundSession:
    """Another time for this one round, or other places, which it keeps when its series changes. Raises Conflict that
    names what blocks it, or the limits that `override` does not pass over; then it stays where it was."""
    row = await get(db, actor, id, version=version)
    if Who.coordinator not in await held(db, row, actor):
        rules.refuse_capacity(Who.coordinator)
    if row.state not in rules.BEFORE:
        raise Conflict("It has begun, or does not take place.", reason="wrong_state", state=str(row.state))
    if starts_at <= now:
        raise Conflict("That time has passed.", reason="in_the_past")
    placed = (row.venue_id, row.cart_id)
    if places is not None:
        await refuse_places(db, row.hub_id, row.branch_id, places.venue_id, places.cart_id)
        row.venue_id, row.cart_id = places.venue_id, places.cart_id
    before, until = (row.starts_at, row.ends_at), starts_at + timedelta(minutes=minutes)
    await move_to(db, actor, row, starts_at, until, now, override)
    if (starts_at, until) != before:
        await telling.moved(db, row, now, actor)
        await ask_lead_again(db, actor, row, now)
        await _series_keeps(db, actor, row, minutes, reason, now)
        told = RoundMoved(target=row.state, lead_id=row.lead_id, starts_at=starts_at, before=before[0])
        emit(db, told, about(row), now, by=actor)
    elif (row.venue_id, row.cart_id) != placed:
        await telling.placed(db, row, now, actor)
    record(db, actor, "round.moved", str(row.id), now)
    changed(db, row, now)
    await asking.of_session(db, row, now, actor)
    if row.state in (RoundState.list_locked, RoundState.ready) and row.locks_at > now:
        await act(db, None, row, RoundAction.reopen, now)
    await review(db, row, now)
    return row


async def _series_keeps(
    db: AsyncSession, actor: Actor, row: RoundSession, minutes: int, reason: str, now: datetime
) -> None:
    if row.series_id is not None:
        series = await db.get_one(RoundSeries, row.series_id)
        zone = (await people.zones(db))[series.branch_id]
        await differing.settle(db, RoundChange, actor, series, zone, row.on, row.starts_at, minutes, reason, now)


async def proposal(db: AsyncSession, row: RoundSession) -> Participant | None:
    """Its lead, where they propose another time."""
    mine = await participants.one(db, row.id, row.lead_id) if row.lead_id else None
    return mine if mine is not None and mine.answer is Answer.proposed else None


async def ask_lead_again(db: AsyncSession, actor: Actor | None, row: RoundSession, now: datetime) -> None:
    """What the lead accepted was another time, unless they proposed this one or chose it themselves."""
    mine = await participants.one(db, row.id, row.lead_id) if row.lead_id else None
    if mine is None:
        return
    theirs = (mine.proposed_start, mine.proposed_end) == (row.starts_at, row.ends_at)
    own = actor is not None and row.lead_id == actor.id
    if not own or mine.answer is Answer.proposed:
        ask_anew(mine)
        if theirs or own:
            mine.answer, mine.answered_at = Answer.accepted, now
        await db.flush()


def ask_anew(lead: Participant, words: str = "") -> None:
    """`words`: why another time that they proposed was not taken."""
    lead.answer, lead.answered_at, lead.words = Answer.invited, None, words
    lead.proposed_start = lead.proposed_end = None


async def cancel(db: AsyncSession, actor: Actor, id: UUID, version: int, why: str, now: datetime) -> RoundSession:
    row = await get(db, actor, id, version=version)
    await call_off(db, actor, row, why, now)
    return row


async def call_off(db: AsyncSession, actor: Actor | None, row: RoundSession, why: str, now: datetime) -> None:
    """It does not take place: whoever was to come is told, unless its time is over."""
    await act(db, actor, row, RoundAction.cancel, now, {"why": why}, reason=why)
    await sharing.with_nobody(db, await items(db, row.id), now)
    await free(db, actor, row, now)
    if row.ends_at > now:
        await telling.called_off(db, row, now, actor)


async def give_up(db: AsyncSession, row: RoundSession, now: datetime) -> None:
    """Long after its end: it was never begun, or never ended."""
    if row.state in rules.TAKES_ACTS:
        await complete(db, None, row, now)
        return
    await call_off(db, None, row, NOT_HELD, now)


async def complete(
    db: AsyncSession, actor: Actor | None, row: RoundSession, now: datetime, *, at: datetime | None = None
) -> None:
    """Ends it: the bed that is presented is done, whom it did not reach comes early at the next round, and who has left
    the ward meanwhile is skipped."""
    await act(db, actor, row, RoundAction.complete, now, {"ended_at": at or now}, at=at)
    listed = await items(db, row.id)
    lying = await stays_of(db, listed)
    for each in listed:
        await sharing.with_students(db, None, row, each, now)  # who see nothing of a round that is over
        if each.state is ItemState.presenting:
            await move(db, None, row, each, ItemAction.discuss, now, leaving(each, at or now), at=at)
        elif each.state in rules.TO_VISIT and (left := stays.gone(row, lying[each.admission_id])) is not None:
            await move(db, None, row, each, ItemAction.skip, now, {"why": str(left)}, reason=str(left), at=at)
        elif each.state is ItemState.confirmed:
            await move(db, None, row, each, ItemAction.defer, now, {"why": NOT_REACHED}, reason=NOT_REACHED, at=at)
        elif each.state is ItemState.proposed:
            await move(db, None, row, each, ItemAction.remove, now, {"why": NOT_CONFIRMED}, reason=NOT_CONFIRMED, at=at)
            await sharing.with_nobody(db, [each], now)
    await ended(db, actor, row, now)
    await asking.of_notes(db, row, now, actor)


def leaving(row: RoundItem, at: datetime) -> dict[str, object]:
    """The columns that change when the round goes on from this bed."""
    return {"left_at": at, "spent": rules.seconds_at(row, at), "presented_at": None}


async def convert(db: AsyncSession, actor: Actor, id: UUID, version: int, why: str, now: datetime) -> RoundSession:
    """Nobody meets: the lead answers the questions of the list in writing."""
    row = await get(db, actor, id, version=version)
    if not any(each.state is ItemState.confirmed for each in await items(db, row.id)):
        raise Conflict("Nobody is confirmed on the list.", reason="nobody_confirmed")
    await act(db, actor, row, RoundAction.convert, now, {"why": why}, reason=why)
    await free(db, actor, row, now)
    await telling.written(db, row, now, actor)
    return row


async def by_hand(
    db: AsyncSession, actor: Actor, id: UUID, version: int, action: RoundAction, now: datetime
) -> RoundSession:
    """Opens or locks the list before its time."""
    row = await get(db, actor, id, version=version)
    if action is RoundAction.open_list:
        await open_list(db, actor, row, now)
    else:
        await lock(db, actor, row, now)
    return row
