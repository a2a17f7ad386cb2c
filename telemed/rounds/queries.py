"""Shows sessions and their lists, as far as a person may see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.devices.model import Device
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.rounds import consents, other_time, rules
from telemed.rounds.item_queries import shown_items
from telemed.rounds.lacking import needed
from telemed.rounds.lookup import held, items, pool, seen, sessions_of
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.schemas import RoundFilter, RoundList, RoundOut, RoundPerson, RoundRow
from telemed.rounds.series_schemas import PlaceChoice
from telemed.rounds.words import ItemState, RoundAction, RoundRole, RoundState, Who
from telemed.scheduling import queries as calendars

S = RoundSession
AHEAD: Final = timedelta(weeks=4)
NAMED: Final = (RoundRole.expert, RoundRole.student)
STILL: Final = timedelta(hours=12)  # what has just been is among what is ahead
MOST: Final = 100
ADDS: Final = frozenset({Who.doctor, Who.nurse})


@dataclass(frozen=True)
class Counted:
    proposed: int = 0
    confirmed: int = 0
    visited: int = 0


@dataclass
class Known:
    """What rows need besides the session, read once for all of them."""

    staff: Mapping[UUID, Staff]
    counts: Mapping[UUID, Counted]
    taking: Mapping[UUID, Sequence[Participant]]

    def of(self, row: RoundSession, staff_id: UUID | None) -> Participant | None:
        return next((each for each in self.taking.get(row.id, ()) if each.staff_id == staff_id), None)

    def is_student(self, row: RoundSession, actor: Actor) -> bool:
        mine = self.of(row, actor.id)
        return mine is not None and mine.role == RoundRole.student


async def find(db: AsyncSession, actor: Actor, by: RoundFilter, now: datetime) -> RoundList:
    """What is ahead within four weeks, the next first; or what was, the newest first."""
    query = select(S).where(sessions_of(actor))
    if by.ward_id is not None:
        query = query.where(S.ward_id == by.ward_id)
    if by.show == "ahead":
        query = query.where(col(S.ends_at) > now - STILL, col(S.starts_at) < now + AHEAD)
        query = query.order_by(col(S.starts_at), col(S.id))
    else:
        query = query.where(col(S.ends_at) <= now)
        if by.before is not None:
            last = select(S.starts_at).where(S.id == by.before).scalar_subquery()
            query = query.where(col(S.starts_at) < last)
        query = query.order_by(col(S.starts_at).desc(), col(S.id).desc())
    found = (await db.exec(query.limit(MOST + 1))).all()
    return RoundList(items=await rows(db, actor, found[:MOST]), more=len(found) > MOST, server_time=now)


async def rows(db: AsyncSession, actor: Actor, found: Sequence[RoundSession]) -> list[RoundRow]:
    known = await _known(db, found)
    return [RoundRow.model_validate(_row(each, known, actor)) for each in found]


async def _known(db: AsyncSession, found: Sequence[RoundSession]) -> Known:
    ids = [each.id for each in found]
    staff = await people.staff_by_id(db, {who for each in found for who in (each.lead_id, each.accompanying_id) if who})
    return Known(staff, await _counted(db, ids), await participants.of_many(db, ids))


async def _counted(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Counted]:
    i = RoundItem
    query = select(i.session_id, i.state, func.count()).where(col(i.session_id).in_(ids))
    by_state: dict[UUID, dict[ItemState, int]] = {}
    for id, state, count in (await db.exec(query.group_by(col(i.session_id), col(i.state)))).all():
        by_state.setdefault(id, {})[ItemState(state)] = count
    return {
        id: Counted(
            of.get(ItemState.proposed, 0),
            sum(count for state, count in of.items() if state in rules.ON_LIST - {ItemState.proposed}),
            sum(count for state, count in of.items() if state in rules.VISITED),
        )
        for id, of in by_state.items()
    }


def _row(row: RoundSession, known: Known, actor: Actor) -> dict[str, Any]:
    counted = known.counts.get(row.id, Counted())
    leads = known.of(row, row.lead_id)
    return row.model_dump(include=COLUMNS) | {
        "lead": person(known.staff, row.lead_id),
        "lead_answered": str(leads.answer) if leads else None,
        "accompanying": person(known.staff, row.accompanying_id),
        "proposed": counted.proposed,
        "confirmed": counted.confirmed,
        "visited": counted.visited,
        "unbooked": bool(row.unbooked),
        "mine": row.lead_id == actor.id or row.accompanying_id == actor.id or known.of(row, actor.id) is not None,
    }


COLUMNS: Final = set(RoundRow.model_fields) & set(RoundSession.model_fields) - {"unbooked"}


def person(staff: Mapping[UUID, Staff], id: UUID | None) -> RoundPerson | None:
    found = staff.get(id) if id else None
    return RoundPerson(id=found.id, name=found.name, name_en=found.name_en, title=found.title) if found else None


async def one(db: AsyncSession, actor: Actor, row: RoundSession, now: datetime) -> RoundOut:
    """The session with its list; who may not see a patient learns only how many there are besides."""
    known = await _known(db, [row])
    on_list, mine = await items(db, row.id), await seen(db, actor, row, now)
    found, unseen = [each for each in on_list if each.id in mine], set[UUID]()
    if known.is_student(row, actor):  # they are told of each bed that is visited, and of the others nothing
        found = [each for each in on_list if each.state is not ItemState.proposed]
        unseen = {each.id for each in found} - mine
    leads = await pool(db, row)
    may = await held(db, row, actor, leads)
    taking = [each for each in known.taking.get(row.id, []) if each.answer is not Answer.declined]
    experts, learning = ([each.staff_id for each in taking if each.role == of] for of in NAMED)
    staff = await people.staff_by_id(db, {*experts, *learning, *map(UUID, leads)})
    venue = await calendars.described(db, [row.venue_id] if row.venue_id else [])
    cart = await db.get(Device, row.cart_id) if row.cart_id else None
    taken = await calendars.described(db, sorted({UUID(each["resource_id"]) for each in row.unbooked}))
    current = next((each.id for each in on_list if each.state is ItemState.presenting), None)
    return RoundOut.model_validate(
        _row(row, known, actor)
        | row.model_dump(include=OF_ONE)
        | {
            "items": await shown_items(db, actor, row, found, may, now, unseen),
            "hidden": len(on_list) - len(found),
            "venue": venue[0].name if venue else "",
            "venue_en": venue[0].name_en if venue else "",
            "cart": cart.name if cart else "",
            "unbooked_by": [PlaceChoice(id=each.id, name=each.name, name_en=each.name_en) for each in taken],
            "current_id": current if current in {each.id for each in found} else None,
            "doctors": [who for each in experts if (who := person(staff, each))],
            "students": [who for each in learning if (who := person(staff, each))],
            "learns": consents.is_student(actor) or known.is_student(row, actor),
            "pool": [who for each in leads if (who := person(staff, UUID(each)))],
            "actions": [each for each in rules.allowed(rules.SESSIONS, row.state, may) if each in BY_HAND],
            "capacities": sorted(may),
            "may_answer": row.state in rules.BEFORE and row.lead_id == actor.id,
            "other_time": await other_time.shown(db, actor, row, Who.coordinator in may, now),
            "turned_down": await other_time.turned_down(db, actor, row),
            "may_name_lead": row.state in rules.LED and Who.coordinator in may,
            "may_move": row.state in rules.BEFORE and Who.coordinator in may,
            "may_add": bool(may & ADDS) and row.state in rules.LISTED | rules.TAKES_ACTS,
            "questions": list((await needed(db, row)).questions),
            "room_open": room_open(row, now),
            "server_time": now,
        }
    )


OF_ONE: Final = {"list_opens_at", "locks_at", "why", "started_at", "ended_at", "venue_id", "cart_id"}
BY_HAND: Final = frozenset(RoundAction) - {
    RoundAction.make_ready,
    RoundAction.unready,
    RoundAction.sign,
    RoundAction.close,
    RoundAction.reopen,
}
MEETS: Final = rules.RUNNING | {RoundState.list_locked, RoundState.ready, RoundState.list_open}


def room_open(row: RoundSession, now: datetime) -> bool:
    """From half an hour before it is booked, and as long as it goes on."""
    return row.state in rules.RUNNING or (row.state in MEETS and now >= row.starts_at - rules.ENTER_FROM)
