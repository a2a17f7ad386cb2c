"""Opens and closes deadlines, and reaches the rungs of their ladders when their moments have come."""

from collections.abc import Collection, Container, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.history.service import emit
from telemed.people import service as people
from telemed.rosters import duty, standby
from telemed.rosters.rules import away_last
from telemed.work import acts, ladder, notices
from telemed.work.ending import end_one, place
from telemed.work.ending import move as move
from telemed.work.events import RungReached
from telemed.work.ladder import Place, Reached, Whom
from telemed.work.ladders import calendars_of, ladder_of
from telemed.work.model import RING, WORK_DUE, Deadline, Notice, Rung, To, When
from telemed.work.ports import OnDuty
from telemed.work.service import asked_by

# Of several processes on one PostgreSQL: no row stands yet that they could wait for. Until the transaction ends.
ONE_BEGINS: Final = text("SELECT pg_advisory_xact_lock(7117002, hashtext(CAST(:which AS text)))")


async def begin(db: AsyncSession, deadline: Deadline, now: datetime, on_duty: OnDuty) -> None:
    """Saves a new deadline in the caller's transaction, and reaches at once the rungs that are due at its beginning.

    Of one at which something happens by itself the next pass does so, so that no action is taken within another.
    """
    await place(db, deadline)
    db.add(deadline)
    await db.flush()
    if acts.of(deadline) is None:
        await advance(db, deadline, now, on_duty, begins=True)


async def begin_at_hospital(
    db: AsyncSession, hospital_id: str, ladder: str, due_at: datetime, now: datetime, on_duty: OnDuty
) -> None:
    """Of work that belongs to no activity, one for all of it at a hospital, due when the first of it is."""
    query = select(Deadline).where(col(Deadline.activity_id).is_(None), col(Deadline.done_at).is_(None))
    query = query.where(Deadline.hospital_id == hospital_id, Deadline.ladder == ladder).with_for_update()
    running = (await db.exec(query)).first()
    if running is None and (connection := await db.connection()).dialect.name == "postgresql":
        await connection.execute(ONE_BEGINS, {"which": f"{hospital_id} {ladder}"})
        running = (await db.exec(query)).first()  # whoever was before us has begun it
    if running is None:
        theirs = of_hospital(hospital_id, ladder, now)
        theirs.due_at = due_at
        await begin(db, theirs, now, on_duty)
    elif due_at < running.due_at:
        await move(db, running, due_at, now)


def of_hospital(hospital_id: str, ladder: str, began: datetime) -> Deadline:
    """One of work that belongs to no activity, not saved; when it is due the caller says."""
    return Deadline(
        kind=WORK_DUE, ladder=ladder, hospital_id=hospital_id, hub_id=hospital_id, began_at=began, due_at=began
    )


async def end(db: AsyncSession, activity_id: UUID, kind: str, now: datetime) -> None:
    """What was to happen has happened, or need not any more: nobody is told of it again."""
    query = _running(activity_id, kind).order_by(col(Deadline.id))
    for each in (await db.exec(query.with_for_update())).all():
        await end_one(db, each, now)


async def running(db: AsyncSession, activity_id: UUID, *kinds: str) -> Sequence[Deadline]:
    """Those of these kinds that have not ended, in the order in which they are locked."""
    return (await db.exec(_running(activity_id, *kinds).order_by(col(Deadline.id)))).all()


def _running(activity_id: UUID, *kinds: str) -> SelectOfScalar[Deadline]:
    return select(Deadline).where(
        Deadline.activity_id == activity_id, col(Deadline.kind).in_(kinds), col(Deadline.done_at).is_(None)
    )


async def owned_by(db: AsyncSession, activity_id: UUID, kind: str, owners: Sequence[UUID]) -> None:
    """Whom the running deadline of this kind, if there is one, belongs to from now on."""
    for deadline in await running(db, activity_id, kind):
        if _owners(deadline) != list(owners):
            await db.refresh(deadline, with_for_update=True)
            deadline.owners = [str(each) for each in owners]


async def known_to(
    db: AsyncSession, activity_id: UUID, partner_id: str | None, now: datetime, kinds: Collection[str]
) -> None:
    """Which hub may know of the running deadlines of these kinds; what another was told is of no concern any more.

    What the branch was told stands: it owes it still.
    """
    for deadline in await running(db, activity_id, *kinds):
        if deadline.partner_id != partner_id:
            await db.refresh(deadline, with_for_update=True)
            former, deadline.partner_id = deadline.partner_id, partner_id
            if former is not None:
                await notices.end(db, deadline, now, at=former)


class NextRung(NamedTuple):
    """The next rung that is for anybody, when, and for whom as of now."""

    at: datetime
    rung: Rung
    people: Sequence[UUID]

    def again(self, rung: Collection[Notice]) -> bool:
        """Whether it is for nobody besides those who were told by the last."""
        return {each.staff_id for each in rung}.issuperset(self.people)


async def next_rung(db: AsyncSession, deadline: Deadline, on_duty: OnDuty) -> NextRung | None:
    rungs = await ladder_of(db, deadline)
    calendars = await calendars_of(db, deadline, rungs)
    place = Place(deadline.rung, deadline.at)
    for _ in range(len(rungs) + 1):
        rung = ladder.rung_at(rungs, place.rung)
        if rung is None or place.at is None:
            return None
        whom = Whom(rung, place.at, ladder.in_first_round(rungs, place.rung))
        if found := await people_of(db, deadline, whom, on_duty):
            return NextRung(place.at, rung, found)
        place = ladder.after(place, deadline.due_at, rungs, calendars, anybody=False)
    return None


async def due(
    db: AsyncSession, now: datetime, limit: int, after: tuple[datetime, UUID] | None = None, *, only_rings: bool = False
) -> Sequence[tuple[datetime, UUID]]:
    """The next page of deadlines at which something is due, by (at, id): one that fails does not hold up the others."""
    query = select(Deadline.at, Deadline.id).where(
        col(Deadline.done_at).is_(None), col(Deadline.at).is_not(None), col(Deadline.at) <= now
    )
    if only_rings:
        query = query.where(Deadline.kind == RING)
    if after is not None:
        at, id = after
        query = query.where((col(Deadline.at) > at) | ((col(Deadline.at) == at) & (col(Deadline.id) > id)))
    found = (await db.exec(query.order_by(col(Deadline.at), col(Deadline.id)).limit(limit))).all()
    return [(at, id) for at, id in found if at is not None]


async def earliest(db: AsyncSession) -> datetime | None:
    """When the next rung of any deadline is due."""
    query = select(Deadline.at).where(col(Deadline.done_at).is_(None), col(Deadline.at).is_not(None))
    return (await db.exec(query.order_by(col(Deadline.at)).limit(1))).first()


async def awaits_act(db: AsyncSession, deadline: Deadline, now: datetime) -> bool:
    """Whether it is due and what happens by itself then has not happened yet."""
    place = Place(deadline.rung, deadline.at)
    return deadline.due_at <= now and ladder.awaits_due(place, await ladder_of(db, deadline))


async def advance(
    db: AsyncSession, deadline: Deadline, now: datetime, on_duty: OnDuty, *, begins: bool = False
) -> list[Reached]:
    """Reaches every rung whose moment has come: records it, and tells whom it is for. The row is locked."""
    rungs = await ladder_of(db, deadline)
    calendars = await calendars_of(db, deadline, rungs)
    asking = ladder.advance(Place(deadline.rung, deadline.at), deadline.due_at, rungs, calendars, now, begins=begins)
    place, reached = await _answered(db, asking, deadline, on_duty)
    deadline.rung, deadline.at = place
    found: list[Reached] = []
    for each in reached:
        if each.told and deadline.kind != RING:  # what rings is heard at each rung
            each = ladder.not_yet_told(each, rungs, await notices.told(db, deadline))
        found.append(each)
        if deadline.kind == RING or ladder.is_on_record(each, rungs):  # of an emergency every call is on record
            _record(db, deadline, each, now)
        if each.told:
            await acts.open_to(db, deadline, each.rung, now)
            await notices.tell(db, deadline, each, now)
    return found


async def _answered(db: AsyncSession, asking: ladder.Asking, deadline: Deadline, on_duty: OnDuty) -> ladder.Advanced:
    try:
        whom = next(asking)
        while True:
            whom = asking.send(await people_of(db, deadline, whom, on_duty))
    except StopIteration as end:
        advanced: ladder.Advanced = end.value
        return advanced


async def tell_also(db: AsyncSession, deadline: Deadline, people: Sequence[UUID], now: datetime) -> None:
    """Tells these that it is due, besides whom its ladder tells."""
    rung = await _due_rung(db, deadline)
    reached = Reached(deadline.rung, rung, When.due, deadline.due_at, tuple(people), told=True)
    await notices.tell(db, deadline, reached, now)


async def tell_newly_asked(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """Tells whoever is asked only now, if the others have been told that it is due."""
    if ladder.awaits_due(Place(deadline.rung, deadline.at), await ladder_of(db, deadline)):
        return
    known = {who for _, who in await notices.told(db, deadline)}
    if new := [each for each in await awaited(db, deadline) if each not in known]:
        await tell_also(db, deadline, new, now)


async def only_tell(
    db: AsyncSession, deadline: Deadline, now: datetime, on_duty: OnDuty, but: Container[UUID] = ()
) -> Sequence[UUID]:
    """Tells at once whom a ladder's due rung is for, though nothing is due; saves the new deadline if it is anybody.

    Not those of `but`, who know. Its `due_at` is the moment of which they are told. Nobody is told of it again: the
    notices are new until they are seen. Returns who was told.
    """
    rung = await _due_rung(db, deadline)
    found = await people_of(db, deadline, Whom(rung, now), on_duty)
    people = tuple(each for each in found if each not in but)
    if not people:
        return ()
    deadline.rung, deadline.at, deadline.done_at = 1, None, now
    db.add(deadline)
    await db.flush()
    reached = Reached(0, rung, When.due, now, people, told=True)
    _record(db, deadline, reached, now)
    await acts.open_to(db, deadline, rung, now)
    await notices.tell(db, deadline, reached, now)
    return people


async def _due_rung(db: AsyncSession, deadline: Deadline) -> Rung:
    return next(each for each in await ladder_of(db, deadline) if each.when is When.due)


async def people_of(db: AsyncSession, deadline: Deadline, whom: Whom, on_duty: OnDuty) -> Sequence[UUID]:
    """Whom a rung is for; nobody of the hub while it may not know of it, not yet or no longer."""
    found = await _people_of(db, deadline, whom, on_duty)
    if deadline.partner_id is not None or not found:
        return found
    staff = await people.staff_by_id(db, found)
    return [each for each in found if staff[each].hospital_id == deadline.hospital_id]


async def _people_of(db: AsyncSession, deadline: Deadline, whom: Whom, on_duty: OnDuty) -> Sequence[UUID]:
    rung, hospital = whom.rung, deadline.hub_id if whom.rung.at_hub else deadline.hospital_id
    match rung.to:
        case To.owners:
            return _owners(deadline)
        case To.asked:
            return await awaited(db, deadline)
        case To.role:
            found = await duty.of_role(db, hospital, rung.role, whom.at if whom.first else None)
            away = await standby.away(db, hospital, deadline.began_at) if whom.first else ()
            return next(iter(away_last([found], away)), [])
        case To.on_duty:
            groups = await on_duty(db, hospital, deadline.specialty, deadline.department_id, whom.at)
            # As when it began: who steps away or returns meanwhile moves nobody to a place that was rung already.
            called = away_last(groups, await standby.away(db, hospital, deadline.began_at))
            return called[rung.place] if rung.place < len(called) else []


def _owners(deadline: Deadline) -> list[UUID]:
    return [UUID(each) for each in deadline.owners]


async def awaited(db: AsyncSession, deadline: Deadline) -> list[UUID]:
    """For whom it waits: its owners, and everybody of whom it is asked."""
    asked = await asked_by(db, deadline)
    return list(dict.fromkeys([*_owners(deadline), *asked]))


def _record(db: AsyncSession, deadline: Deadline, reached: Reached, now: datetime) -> None:
    event = RungReached(
        deadline_id=deadline.id,
        kind=deadline.kind,
        n=reached.n,
        when=reached.when,
        role=reached.rung.role,
        people=reached.people,
        late=reached.late,
        told=reached.told,
    )
    emit(db, event, notices.about(deadline), now, at=reached.at)
