"""Makes the sessions of series eight weeks ahead, opens and locks their lists when it is time."""

from datetime import date, datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.model import Answer
from telemed.db import Database
from telemed.history.service import emit
from telemed.kit.failures import due, isolated
from telemed.people.model import Ward
from telemed.rounds import asking, covering, rules, telling
from telemed.rounds.booking import Clashes, book_or_rest, free, is_busy, reserve
from telemed.rounds.events import RoundMade, RoundMoved
from telemed.rounds.leading import able_to_lead, accompanied, lead_becomes, who_declined
from telemed.rounds.listing import follow_moves, moved
from telemed.rounds.lookup import about, changed
from telemed.rounds.model import RoundSeries, RoundSession
from telemed.rounds.sessions import ask_lead_again, call_off, give_up, lock, open_list, proposal, review, to_review
from telemed.rounds.words import RoundState
from telemed.scheduling.recurrence import Occurrence

SERIES_CHANGED = "series_changed"  # why a session was cancelled; pages say it in words


class Former(NamedTuple):
    """What a series said before a change: a session that has something else was given it by hand, and keeps it."""

    leads: tuple[str, ...]
    venue_id: UUID | None
    cart_id: UUID | None

    @classmethod
    def of(cls, row: RoundSeries) -> "Former":
        return cls(tuple(row.leads), row.venue_id, row.cart_id)


async def make_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """Makes what is missing of every series, each in a transaction of its own; returns the failures, by series."""
    failed: dict[UUID, Exception] = {}
    until = (now + rules.MADE_AHEAD).date()
    async with database.read() as db:
        late = col(RoundSeries.made_until).is_(None) | (col(RoundSeries.made_until) < until)
        goes_on = col(RoundSeries.ends_on).is_(None) | (col(RoundSeries.ends_on) > col(RoundSeries.made_until))
        ids = (await db.exec(select(RoundSeries.id).where(late, goes_on))).all()
        found = await due(db, "a series of rounds", ids, partial(_wants, db, now), failed)
    for id in found:
        async with database.write() as db, isolated(db, "a series of rounds", id, failed):
            row = (await db.exec(select(RoundSeries).where(RoundSeries.id == id).with_for_update())).one()
            await make(db, None, row, now)
    return failed


async def make(
    db: AsyncSession,
    actor: Actor | None,
    row: RoundSeries,
    now: datetime,
    *,
    until: date | None = None,
    anew: date | None = None,
) -> None:
    """Makes the sessions that are missing from now until eight weeks ahead, as far as an agreement covers their day.
    `until`: none after that day; `anew`: this day has one again though it was cancelled."""
    found, (wanted, settled, without) = await _by_day(db, row.id), await covering.covered(db, row, now)
    known = {on for on, each in found.items() if on != anew or each.state not in rules.NEVER}
    missing = [each for each in wanted if each.on not in known and (until is None or each.on <= until)]
    if missing:
        await _reserve(db, row, now)
    for each in missing:
        await _one(db, actor, row, each, now)
    row.made_until = settled if until is None else row.made_until
    await db.flush()
    await covering.ask(db, row, without, now, actor)


async def _reserve(db: AsyncSession, row: RoundSeries, now: datetime) -> None:
    await reserve(db, [*map(UUID, row.leads), row.accompanying_id], row.venue_id, row.cart_id, now)


async def _wants(db: AsyncSession, now: datetime, id: UUID) -> bool:
    """Whether anything is to be made, settled or asked: of a series whose agreement has ended nothing is, minute by
    minute, once its coordinators are asked."""
    row = await db.get_one(RoundSeries, id)
    if row.made_until is None:
        return True
    found = await covering.covered(db, row, now)
    return found.until > row.made_until or await covering.asks_anew(db, row, found.first_without)


async def _by_day(db: AsyncSession, series_id: UUID) -> dict[date, RoundSession]:
    """Without those that an earlier change of the series called off: their days may have rounds again. Of a day whose
    round was cancelled and brought back, the one that takes place."""
    query = select(RoundSession).where(RoundSession.series_id == series_id, RoundSession.why != SERIES_CHANGED)
    found = (await db.exec(query.with_for_update())).all()
    return {each.on: each for each in sorted(found, key=lambda each: each.state not in rules.NEVER)}


async def _one(db: AsyncSession, actor: Actor | None, row: RoundSeries, what: Occurrence, now: datetime) -> None:
    ward = await db.get_one(Ward, row.ward_id)
    made = RoundSession(
        series_id=row.id,
        on=what.on,
        hub_id=row.hub_id,
        branch_id=row.branch_id,
        ward_id=row.ward_id,
        ward=ward.name,
        ward_en=ward.name_en,
        specialty=row.specialty,
        state=RoundState.planned,
        state_since=now,
        starts_at=what.starts_at,
        ends_at=what.ends_at,
        list_opens_at=what.starts_at - rules.LIST_OPENS,
        locks_at=what.starts_at - rules.LIST_LOCKS,
        accompanying_id=row.accompanying_id,
        venue_id=row.venue_id,
        cart_id=row.cart_id,
    )
    db.add(made)
    await db.flush()
    told = RoundMade(target=made.state, lead_id=made.lead_id, starts_at=made.starts_at)
    emit(db, told, about(made), now, by=actor)
    await _book_first_free(db, actor, row, made, now, Former.of(row))
    await accompanied(db, actor, made, now)
    changed(db, made, now)
    await asking.of_session(db, made, now, actor)


async def _book_first_free(
    db: AsyncSession,
    actor: Actor | None,
    row: RoundSeries,
    made: RoundSession,
    now: datetime,
    before_it: Former,
) -> None:
    """Who leads it goes on, unless the series has dropped them; else the first of the pool who is free: whoever stands
    in the pool has agreed to lead, until they decline.

    Where nobody is free, the first is named all the same; that, or a place that is taken, the session says.
    """
    able = await able_to_lead(db, row.hub_id) - await who_declined(db, made)
    leads = [UUID(each) for each in row.leads if UUID(each) in able]
    dropped = str(made.lead_id) in before_it.leads and str(made.lead_id) not in row.leads
    stays = made.lead_id if made.lead_id in able and not dropped else None
    first_blocked: Clashes = []
    for each in dict.fromkeys(who for who in (stays, *leads) if who):
        blocked = await book_or_rest(db, made, each, now, actor=actor)
        if not is_busy(each, blocked):
            return await lead_becomes(db, actor, made, each, now, Answer.accepted)
        first_blocked = first_blocked or blocked
    await lead_becomes(db, actor, made, stays or next(iter(leads), None), now, Answer.accepted)
    made.unbooked = first_blocked or await book_or_rest(db, made, None, now, actor=actor)
    if first_blocked:
        await free(db, actor, made, now)  # what it had before was another time, or somebody else's


async def follow(
    db: AsyncSession,
    actor: Actor | None,
    row: RoundSeries,
    former: RoundSeries,
    since: date,
    now: datetime,
    before_it: Former,
) -> None:
    """After a change: the planned sessions of `former` from that day on become those of `row`, at its times; whichever
    it has not, or no agreement covers, are cancelled. Those whose list is open, or that have begun, stay as they are.

    Who was named for one session by hand, and so stands in no pool, goes on leading it, where it was put by hand.
    """
    wanted = {each.on: each for each in (await covering.covered(db, row, now)).found}
    await _reserve(db, row, now)
    for on, session in sorted((await _by_day(db, former.id)).items()):
        if on < since or session.starts_at <= now:
            continue
        if session.state is not RoundState.planned:
            session.series_id = row.id
            continue
        if (what := wanted.get(on)) is None:
            await call_off(db, actor, session, SERIES_CHANGED, now)
            continue
        await _again(db, actor, row, session, what, now, before_it)
    row.made_until = None
    await make(db, actor, row, now)
    if former.id != row.id:  # what was asked of it is asked of the one that goes on
        await covering.ask(db, former, (await covering.covered(db, former, now)).first_without, now, actor)


async def _again(
    db: AsyncSession,
    actor: Actor | None,
    row: RoundSeries,
    session: RoundSession,
    what: Occurrence,
    now: datetime,
    before_it: Former,
) -> None:
    before = session.starts_at
    session.sqlmodel_update(
        {
            "series_id": row.id,
            "starts_at": what.starts_at,
            "ends_at": what.ends_at,
            "list_opens_at": what.starts_at - rules.LIST_OPENS,
            "locks_at": what.starts_at - rules.LIST_LOCKS,
            "venue_id": row.venue_id if session.venue_id == before_it.venue_id else session.venue_id,
            "cart_id": row.cart_id if session.cart_id == before_it.cart_id else session.cart_id,
            "accompanying_id": row.accompanying_id,
            "specialty": row.specialty,
            "version": session.version + 1,
        }
    )
    await db.flush()
    led_by, told_of = session.lead_id, {await accompanied(db, actor, session, now)}
    if before != what.starts_at:
        told = RoundMoved(target=session.state, lead_id=session.lead_id, starts_at=what.starts_at, before=before)
        emit(db, told, about(session), now, by=actor)
    await _book_first_free(db, actor, row, session, now, before_it)
    if before != what.starts_at:
        if session.lead_id != led_by:
            told_of.add(session.lead_id)
        elif str(led_by) not in row.leads or await proposal(db, session):
            await ask_lead_again(db, actor, session, now)
        await telling.moved(db, session, now, actor, {each for each in told_of if each})
    changed(db, session, now)
    await asking.of_session(db, session, now, actor)


async def see_to_lists(database: Database, now: datetime) -> dict[UUID, Exception]:
    """Opens the lists whose time has come, locks them two hours before, follows who is moved in between, and ends
    what nobody began or ended.

    Each session in a transaction of its own; returns the failures, by session.
    """
    failed: dict[UUID, Exception] = {}
    s = RoundSession
    opens = (col(s.state) == RoundState.planned) & (col(s.list_opens_at) <= now)
    locks = (col(s.state) == RoundState.list_open) & (col(s.locks_at) <= now)
    goes_on = col(s.state).in_(sorted(rules.LISTED | rules.TAKES_ACTS))
    async with database.read() as db:
        ids = (await db.exec(select(s.id).where(opens | locks | goes_on).order_by(col(s.starts_at)))).all()
        found = await due(db, "the list of a round", ids, partial(_is_due, db, now), failed)
    for id in found:
        async with database.write() as db, isolated(db, "the list of a round", id, failed):
            row = (await db.exec(select(s).where(s.id == id).with_for_update())).one()
            if row.ends_at + rules.LEFT_OPEN <= now:
                await give_up(db, row, now)
                continue
            if row.state is RoundState.planned and row.list_opens_at <= now:
                await open_list(db, None, row, now)
            if row.state is RoundState.list_open and row.locks_at <= now:
                await lock(db, None, row, now)
            elif row.state in rules.LISTED:
                await follow_moves(db, row, now)
                await review(db, row, now)
            if row.state in rules.LISTED:
                await asking.of_list(db, row, now)
    return failed


async def _is_due(db: AsyncSession, now: datetime, id: UUID) -> bool:
    """Whether anything of it is to be done now: most looks find nothing."""
    row = await db.get_one(RoundSession, id)
    if row.ends_at + rules.LEFT_OPEN <= now or row.state is RoundState.planned:
        return True
    if row.state not in rules.LISTED:
        return False
    locks = row.state is RoundState.list_open and row.locks_at <= now
    return (
        locks
        or bool(await moved(db, row))
        or await to_review(db, row) is not None
        or await asking.list_differs(db, row, now)
    )
