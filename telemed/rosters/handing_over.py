"""交班: whoever is on duty hands the rest of a shift, or a coming one, to a colleague who accepts it.

Until they accept it nothing changes: who offered it is called. The roster's keeper can change it as before.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.errors import Conflict, Invalid, NotFound
from telemed.history.events import About
from telemed.history.service import emit
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.people.rules import Span
from telemed.rosters import handing_on, rules, service
from telemed.rosters.choices import named
from telemed.rosters.events import RosterChanged
from telemed.rosters.model import Away, HandOver, HandOverAnswer, Roster, Shift, Standby
from telemed.rosters.standby_schemas import HandOverIn, HandOverOut, OnShift, ShiftsToHand, ShiftToHand, Taker

SAID_FOR: Final = timedelta(hours=12)  # how it was answered


async def to_hand(db: AsyncSession, actor: Actor, now: datetime) -> ShiftsToHand:
    """One's shifts of the next days, each with who could take it."""
    query = (
        select(Shift, Roster)
        .join(Roster, col(Roster.id) == Shift.roster_id)
        .where(Shift.staff_id == actor.id, col(Shift.ends) > now, col(Shift.starts) <= now + rules.AHEAD)
        .where(col(Roster.closed_at).is_(None))
        .order_by(col(Shift.starts), col(Shift.id))
    )
    found = (await db.exec(query)).all()
    names = await named(db, list({roster.id: roster for _, roster in found}.values()))
    items = []
    for shift, roster in found:
        free = await handing_on.takers(db, shift) - await _on_duty(db, shift, now)
        staff = await people.staff_by_id(db, free)
        takers = sorted(staff.values(), key=lambda each: (each.pinyin, each.number))
        items.append(ShiftToHand(**_shift(shift, roster, names).model_dump(), takers=[_taker(each) for each in takers]))
    return ShiftsToHand(items=items)


async def _on_duty(db: AsyncSession, shift: Shift, now: datetime) -> set[UUID]:
    """Who is on the same roster at that time already."""
    near = await service.shifts_in(db, [shift.roster_id], Span(max(shift.starts, now), shift.ends))
    return {each.staff_id for each in near}


async def offer(db: AsyncSession, actor: Actor, new: HandOverIn, now: datetime) -> None:
    """One offer of a shift at a time: another takes the place of the first. Raises NotFound and Invalid."""
    shift = await db.get(Shift, new.shift_id, with_for_update=True)
    if shift is None or shift.staff_id != actor.id or shift.ends <= now:
        raise NotFound("This shift is over, or not yours any more.", reason="shift_gone")
    if new.to_id not in await handing_on.takers(db, shift):
        raise Invalid("They cannot be put on this roster.", reason="no_successor", fields=["to_id"])
    if new.to_id in await _on_duty(db, shift, now):
        raise Invalid("They are on duty then already.", reason="shift_taken", fields=["to_id"])
    before = select(HandOver).where(HandOver.shift_id == shift.id, col(HandOver.answered_at).is_(None))
    for each in (await db.exec(before)).all():
        each.answer, each.answered_at = HandOverAnswer.withdrawn, now
    row = HandOver(
        roster_id=shift.roster_id,
        shift_id=shift.id,
        from_id=actor.id,
        to_id=new.to_id,
        note=new.note.strip(),
        asked_at=now,
    )
    db.add(row)
    await _said(db, actor, row, "offered", now)


async def withdraw(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    row = await _open(db, id)
    if row is None or row.from_id != actor.id:
        raise NotFound("It is answered already.", reason="hand_over_answered")
    row.answer, row.answered_at = HandOverAnswer.withdrawn, now
    await _said(db, actor, row, "withdrawn", now)


async def answer(db: AsyncSession, actor: Actor, id: UUID, *, accepts: bool, now: datetime) -> None:
    """Who accepts has the shift from now on, and its giver stands by no longer. Raises Conflict if it is not theirs."""
    row = await _open(db, id)
    if row is None or row.to_id != actor.id:
        raise NotFound("It is answered already, or taken back.", reason="hand_over_answered")
    row.answer = HandOverAnswer.accepted if accepts else HandOverAnswer.declined
    row.answered_at = now
    if accepts:
        # Whoever changes the roster locks it: what is read after that stands.
        await db.get_one(Roster, row.roster_id, with_for_update=True)
        shift = await db.get(Shift, row.shift_id, populate_existing=True)
        if shift is None or shift.staff_id != row.from_id or shift.ends <= now:
            raise Conflict("The roster was changed meanwhile: ask who offered it.", reason="shift_gone")
        is_on = shift.starts <= now
        await handing_on.hand_on(db, actor, shift, actor.id, now, row.note or None)
        if is_on:
            await _relieve(db, actor, row.from_id, now)
    await _said(db, actor, row, row.answer, now)


async def _open(db: AsyncSession, id: UUID) -> HandOver | None:
    row = await db.get(HandOver, id, with_for_update=True, populate_existing=True)
    return row if row is not None and row.answered_at is None else None


async def _relieve(db: AsyncSession, actor: Actor, staff_id: UUID, now: datetime) -> None:
    """They stand by no longer, and are not away: the roster calls another. On a further shift they begin anew."""
    stands = select(Standby).where(Standby.staff_id == staff_id, col(Standby.until) > now)
    for each in (await db.exec(stands.where(col(Standby.left_at).is_(None)))).all():
        each.left_at = now
        record(db, actor, "standby.relieved", str(each.id), now)
    gone = select(Away).where(Away.hospital_id == actor.hospital_id, Away.staff_id == staff_id, col(Away.until) > now)
    for off in (await db.exec(gone)).all():
        off.until = now


async def _said(db: AsyncSession, actor: Actor, row: HandOver, change: str, now: datetime) -> None:
    await db.flush()
    record(db, actor, f"hand_over.{change}", str(row.id), now)
    emit(db, RosterChanged(id=row.roster_id, change=change), About(actor.hospital_id), now, by=actor)


async def concerning(db: AsyncSession, actor: Actor, now: datetime) -> list[HandOverOut]:
    """What waits for one's answer, or for somebody else's, and how one's own of these hours were answered."""
    since = now - rules.AHEAD - SAID_FOR
    mine = or_(col(HandOver.to_id) == actor.id, col(HandOver.from_id) == actor.id)
    query = (
        select(HandOver, Shift, Roster)
        .join(Roster, col(Roster.id) == HandOver.roster_id)
        .join(Shift, col(Shift.id) == HandOver.shift_id, isouter=True)
        .where(mine, col(HandOver.asked_at) > since)
        .order_by(col(HandOver.asked_at), col(HandOver.id))
    )
    every = (await db.exec(query)).all()
    # Of what one offered of a shift only the last counts: who declined it first does not stand beside who took it.
    last = {row.shift_id: row.id for row, _, _ in every if row.from_id == actor.id}
    stands = [each for each in every if each[0].from_id != actor.id or last[each[0].shift_id] == each[0].id]
    found = [each for each in stands if _tells(*each[:2], actor, now)]
    names = await named(db, list({roster.id: roster for _, _, roster in found}.values()))
    staff = await people.staff_by_id(db, {who for row, _, _ in found for who in (row.from_id, row.to_id)})
    return [
        HandOverOut(
            id=row.id,
            by_me=row.from_id == actor.id,
            giver=_taker(staff[row.from_id]),
            taker=_taker(staff[row.to_id]),
            note=row.note,
            answer=row.answer,
            answered_at=row.answered_at,
            shift=_shift(shift, roster, names) if shift is not None else None,
        )
        for row, shift, roster in found
    ]


def _tells(row: HandOver, shift: Shift | None, actor: Actor, now: datetime) -> bool:
    if row.answered_at is None:  # the roster may have been changed, and then there is nothing to accept
        return shift is not None and shift.staff_id == row.from_id and shift.ends > now
    told = row.from_id == actor.id and row.answer is not HandOverAnswer.withdrawn
    return told and now - row.answered_at < SAID_FOR


def _shift(shift: Shift, roster: Roster, names: Mapping[UUID, Sequence[str]]) -> OnShift:
    name, name_en = names[roster.id]
    return OnShift(
        id=shift.id,
        kind=roster.kind,
        subject=roster.subject,
        name=name,
        name_en=name_en,
        starts=shift.starts,
        ends=shift.ends,
        place=shift.place,
    )


def _taker(of: Staff) -> Taker:
    return Taker(id=of.id, name=of.name, name_en=of.name_en, title=of.title, phone=of.phone)
