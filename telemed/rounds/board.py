"""The ward board (病区查房板): the round of the day bed by bed, what is open by bed, and how regularly."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import NotFound
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.chart_tables import Admission
from telemed.people.model import Department, Ward
from telemed.rounds import beds, cadence, consents, lookup, printed, queries, regularity, reminding, rules
from telemed.rounds.board_schemas import (
    BoardBed,
    BoardDay,
    BoardFilter,
    BoardInstructions,
    BoardOut,
    LastRound,
    NextRound,
)
from telemed.rounds.item_queries import patients_of, person_out, shown_items
from telemed.rounds.model import Instruction, RoundItem, RoundSession
from telemed.rounds.regularity import Ranked
from telemed.rounds.schemas import ItemOut
from telemed.rounds.words import InstructionState, ItemState

S = RoundSession
DAY = timedelta(days=1)


async def board(db: AsyncSession, actor: Actor, id: UUID, by: BoardFilter, now: datetime) -> BoardOut:
    """Raises NotFound for a ward of another hospital, unless this person leads a round there right now: then it shows
    the patients whom they see."""
    ward = await _ward(db, actor, id)
    zone = (await people.zones(db))[ward.hospital_id]
    own = actor.hospital_id == ward.hospital_id
    days, ahead = await _days(db, actor, ward, zone, now)
    session = await _chosen(db, actor, ward, days, by.session)
    found = await lookup.seen_items(db, actor, session, now) if session else []
    on_list = len(await lookup.items(db, session.id)) if session else 0
    department = await db.get(Department, ward.department_id) if ward.department_id else None
    shown = await _beds(db, actor, session, found, zone, now) if session else []
    return BoardOut(
        ward_id=ward.id,
        ward=ward.name,
        ward_en=ward.name_en,
        hospital_id=ward.hospital_id,
        department=department.name if department else "",
        department_en=department.name_en if department else "",
        days=days,
        session=(await queries.rows(db, actor, [session]))[0] if session else None,
        room_open=queries.room_open(session, now) if session else False,
        locks_at=session.locks_at if session else None,
        ends_expected_at=_end(session, shown, now) if session else None,
        beds=shown,
        hidden=on_list - len(found),
        instructions=await _open(db, actor, ward, None if own else found, zone, now),
        cadence=await regularity.of_ward(db, ward.id, None if own else actor.hospital_id, zone, now),
        owed=await reminding.owed(db, actor, ward.id, now) if own and actor.has(*reminding.REMIND) else [],
        next=ahead,
        server_time=now,
    )


async def _ward(db: AsyncSession, actor: Actor, id: UUID) -> Ward:
    row = await db.get(Ward, id)
    leads = select(S.id).where(S.ward_id == id, S.lead_id == actor.id, col(S.state).in_(sorted(rules.RUNNING)))
    if row is None or not (row.hospital_id == actor.hospital_id or (await db.exec(leads)).first()):
        raise NotFound("There is no such ward.")
    return row


async def _days(
    db: AsyncSession, actor: Actor, ward: Ward, zone: str, now: datetime
) -> tuple[list[BoardDay], NextRound | None]:
    """The round before, today's (that which goes on, else the first to come, else the last), and the next."""
    of_ward = select(S).where(S.ward_id == ward.id, lookup.sessions_of(actor), col(S.state).not_in(sorted(rules.NEVER)))
    near = of_ward.where(col(S.starts_at) > now - 2 * DAY, col(S.starts_at) < now + 2 * DAY)
    around = (await db.exec(near.order_by(col(S.starts_at)))).all()
    today = [e for e in around if e.state in rules.RUNNING or day_in(zone, e.starts_at) == day_in(zone, now)]
    current = next((e for e in today if e.state in rules.RUNNING), None)
    current = current or next((e for e in today if e.state in rules.BEFORE), today[-1] if today else None)
    at = current.starts_at if current else now
    before = of_ward.where(col(S.starts_at) < at, col(S.state).in_(sorted(rules.OVER)))
    last = (await db.exec(before.order_by(col(S.starts_at).desc()).limit(1))).first()
    after = of_ward.where(col(S.starts_at) > at, col(S.state).in_(sorted(rules.BEFORE)))
    following = (await db.exec(after.order_by(col(S.starts_at)).limit(1))).first()
    named = (("before", last), ("today", current), ("next", following))
    days = [
        BoardDay.model_validate({"id": e.id, "which": which, "starts_at": e.starts_at, "state": e.state})
        for which, e in named
        if e is not None
    ]
    if following is None:
        return days, None
    lead = (await people.staff_by_id(db, [following.lead_id] if following.lead_id else [])).values()
    by = next((person_out(each) for each in lead), None)
    return days, NextRound(id=following.id, starts_at=following.starts_at, lead=by)


async def _chosen(
    db: AsyncSession, actor: Actor, ward: Ward, days: Sequence[BoardDay], asked: UUID | None
) -> RoundSession | None:
    if asked is None:
        by = {each.which: each.id for each in days}
        asked = by.get("today") or by.get("next") or by.get("before")
        if asked is None:
            return None
    row = await lookup.get(db, actor, asked)
    if row.ward_id != ward.id:
        raise NotFound("There is no such round of this ward.")
    return row


async def _beds(
    db: AsyncSession, actor: Actor, session: RoundSession, found: Sequence[RoundItem], zone: str, now: datetime
) -> list[BoardBed]:
    may = await lookup.held(db, session, actor)
    shown = {each.id: each for each in await shown_items(db, actor, session, found, may, now)}
    query = select(Admission).where(col(Admission.id).in_([each.admission_id for each in found]))
    stays = {each.id: each for each in (await db.exec(query)).all()}
    began = await printed.first_presented(db, list(shown))
    last, unordered = await _last(db, session, found, zone), await _unordered(db, list(shown))
    expected, turns = _expected(session, found, now), _turns(session, found)
    counts = (await Ranked.of(db, [session])).rank(session, zone) is not None
    out = []
    for each in found:
        item, stay = shown[each.id], stays[each.admission_id]
        told = item.patient is not None
        out.append(
            BoardBed.model_validate(
                {
                    "item": item,
                    "turn": turns.get(each.id),
                    "began_at": began.get(each.id),
                    "expected_at": expected.get(each.id),
                    "bed_doctor": stay.bed_doctor if told else "",
                    "admitted_at": stay.admitted_at if told else None,
                    "last": last.get(each.patient_id) if told else None,
                    "first_by": _first_by(each, stay, counts=counts) if told and each.patient_id not in last else None,
                    "unordered": unordered.get(each.id, 0),
                }
            )
        )
    return out


def _first_by(item: RoundItem, stay: Admission, *, counts: bool) -> datetime | None:
    """Of a stay without a senior round before this one, unless this one was it: whether it `counts` as such."""
    was_it = counts and item.state in rules.VISITED
    return stay.admitted_at + cadence.FIRST_WITHIN if stay.admitted_at and not was_it else None


def _turns(session: RoundSession, found: Sequence[RoundItem]) -> dict[UUID, str]:
    """Whose turn it is while the round goes on, and the two after."""
    if session.state not in rules.RUNNING:
        return {}
    out = {each.id: "now" for each in found if each.state is ItemState.presenting}
    return out | {each.id: word for each, word in zip(rules.up_next(found), ("next", "after"), strict=False)}


def _expected(session: RoundSession, found: Sequence[RoundItem], now: datetime) -> dict[UUID, datetime]:
    """When the round comes to each bed that it has still to visit."""
    if session.state not in rules.BEFORE | rules.RUNNING:
        return {}
    at = session.starts_at if session.state in rules.BEFORE else now
    for each in found:
        if each.state is ItemState.presenting:
            at += max(timedelta(0), timedelta(minutes=each.minutes, seconds=-rules.seconds_at(each, now)))
    out = {}
    for each in rules.up_next(found):
        out[each.id] = at
        at += timedelta(minutes=each.minutes)
    return out


def _end(session: RoundSession, shown: Sequence[BoardBed], now: datetime) -> datetime | None:
    """When a round that goes on will have visited everybody."""
    if session.state not in rules.RUNNING:
        return None
    ends = [each.expected_at + timedelta(minutes=each.item.minutes) for each in shown if each.expected_at]
    here = [now + _left(each.item) for each in shown if each.turn == "now"]
    return max([*ends, *here], default=now)


def _left(item: ItemOut) -> timedelta:
    return max(timedelta(0), timedelta(minutes=item.minutes, seconds=-item.spent))


async def _last(
    db: AsyncSession, session: RoundSession, found: Collection[RoundItem], zone: str
) -> Mapping[UUID, LastRound]:
    """By patient the last senior round of this stay before this one."""
    query = select(RoundItem.patient_id, S).join(S, col(S.id) == RoundItem.session_id)
    query = query.where(col(RoundItem.admission_id).in_([each.admission_id for each in found]))
    query = query.where(col(RoundItem.state).in_(sorted(rules.VISITED)), col(S.starts_at) < session.starts_at)
    rows = (await db.exec(query.order_by(col(S.starts_at)))).all()
    ranked = await Ranked.of(db, {row.id: row for _, row in rows}.values())
    out = {}
    for patient, row in rows:
        if ranked.rank(row, zone) and (lead := ranked.lead(row)) is not None:
            out[patient] = LastRound(at=row.started_at or row.starts_at, lead=person_out(lead))
    return out


async def _unordered(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, int]:
    query = select(Instruction.item_id, func.count()).where(col(Instruction.item_id).in_(ids))
    query = query.where(Instruction.state == InstructionState.to_execute).group_by(col(Instruction.item_id))
    return dict((await db.exec(query)).all())


async def _open(
    db: AsyncSession, actor: Actor, ward: Ward, only: Sequence[RoundItem] | None, zone: str, now: datetime
) -> list[BoardInstructions]:
    """By bed what is open of everybody who lies in the ward; of those on the list alone, for who leads the round."""
    lying = select(Admission).where(Admission.ward_id == ward.id, col(Admission.discharged_at).is_(None))
    stays = (await db.exec(lying.order_by(col(Admission.bed), col(Admission.id)))).all()
    seen = {each.patient_id for each in only} if only is not None else {each.patient_id for each in stays}
    if consents.is_student(actor):
        seen = await _taught(db, seen)
    by_patient: dict[UUID, list[Instruction]] = {}
    for each in await lookup.open_instructions(db, sorted(seen)):
        by_patient.setdefault(each.patient_id, []).append(each)
    shown = [each for each in stays if each.patient_id in by_patient]
    patients = await patients_of(db, shown, zone, now)
    return [
        BoardInstructions(
            bed=each.bed,
            patient=patients[each.patient_id],
            items=await beds.shown(db, by_patient[each.patient_id], (), earlier=True),
        )
        for each in shown
    ]


async def _taught(db: AsyncSession, patients: Collection[UUID]) -> set[UUID]:
    """Those who have agreed that students follow, at whichever round of theirs."""
    query = select(RoundItem).where(col(RoundItem.patient_id).in_(patients), col(RoundItem.consent_id).is_not(None))
    found = (await db.exec(query)).all()
    agreed = await consents.taught(db, found)
    return {each.patient_id for each in found if each.id in agreed}
