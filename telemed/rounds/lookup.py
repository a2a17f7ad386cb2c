"""Finds the sessions and the patients on their lists that a person may see, and what their events need to know."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, false, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import CLINICAL, live
from telemed.access.model import Actor, CaseGrant, Role
from telemed.activities.model import Participant
from telemed.audit.seeing import see
from telemed.errors import NotFound, Stale
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.history.service import hint
from telemed.rounds import consents, rules
from telemed.rounds.events import RoundChanged
from telemed.rounds.lead_events import LeadNamed
from telemed.rounds.model import Instruction, RoundItem, RoundSeries, RoundSession
from telemed.rounds.rules import LEADING
from telemed.rounds.words import KIND, RoundRole, RoundState, Who
from telemed.scheduling.recurrence import readable_ids

S = RoundSession


def sessions_of(actor: Actor) -> ColumnElement[bool]:
    """A query predicate: of the ward's hospital all, at the hub those that one coordinates or takes part in.

    A session itself names no patient.
    """
    mine = select(Participant.id).where(Participant.activity_id == S.id, Participant.staff_id == actor.id)
    own = col(S.branch_id) == actor.hospital_id if actor.has(*CLINICAL) else false()
    at_hub = [col(S.lead_id) == actor.id, mine.exists()]
    if actor.has(Role.coordinator):
        at_hub.append(col(S.hub_id) == actor.hospital_id)
    return or_(own, and_(col(S.hub_id) == actor.hospital_id, or_(*at_hub)))


def items_of(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """A query predicate for items joined with their sessions: of one's own hospital's ward, or by a grant of the item.

    A grant of another activity of the same case opens the case, not this round. Break-glass opens no round.
    """
    own = col(S.branch_id) == actor.hospital_id if actor.has(*CLINICAL) else false()
    granted = select(CaseGrant.id).where(CaseGrant.activity_id == RoundItem.id, live(actor, now))
    return or_(own, granted.exists())


async def get(
    db: AsyncSession, actor: Actor, id: UUID, *, version: int | None = None, to_change: bool = False
) -> RoundSession:
    """Raises NotFound if this person may not see it, and Stale if `version` is not the current one."""
    query = select(S).where(S.id == id, sessions_of(actor))
    if to_change or version is not None:
        query = query.with_for_update()
    row = (await db.exec(query)).one_or_none()
    if row is None:
        raise NotFound("There is no such round.")
    if version is not None and row.version != version:
        current = {"version": row.version, "state": row.state, "state_since": row.state_since.isoformat()}
        raise Stale("It has changed since you read it.", current=current)
    return row


async def item(
    db: AsyncSession, actor: Actor, session: RoundSession, id: UUID, now: datetime, *, version: int | None = None
) -> RoundItem:
    """A patient on this session's list whom this person may see; the caller has locked the session to change it.

    Raises NotFound for any other, and for a student where the patient has not agreed to teaching.
    """
    query = select(RoundItem).join(S).where(RoundItem.id == id, S.id == session.id, items_of(actor, now))
    row = (await db.exec(query)).one_or_none()
    if row is None or (consents.is_student(actor) and row.id not in await consents.taught(db, [row])):
        raise NotFound("There is no such patient on this list.")
    if version is not None and row.version != version:
        raise Stale("It has changed since you read it.", current={"version": row.version, "state": row.state})
    see(session.branch_id, row.patient_id, row.case_id)
    return row


async def on_list(
    db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, version: int | None = None, to_change: bool = False
) -> tuple[RoundSession, RoundItem]:
    """A patient on any list whom this person may see, with the session, which is locked to change either."""
    query = select(RoundItem.session_id).join(S).where(RoundItem.id == id, items_of(actor, now))
    of = (await db.exec(query)).one_or_none()
    if of is None:
        raise NotFound("There is no such patient on this list.")
    session = await get(db, actor, of, to_change=to_change or version is not None)
    return session, await item(db, actor, session, id, now, version=version)


async def instruction(
    db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, version: int
) -> tuple[RoundSession, RoundItem, Instruction]:
    """An instruction with its round, both locked, in the order in which acts lock them.

    Raises NotFound for who may not see its patient's round, Stale if `version` is an old one.
    """
    query = select(Instruction.session_id).join(RoundItem, col(RoundItem.id) == Instruction.item_id)
    query = query.join(S, col(S.id) == Instruction.session_id).where(Instruction.id == id, items_of(actor, now))
    of = (await db.exec(query)).one_or_none()
    if of is None:
        raise NotFound("There is no such instruction.")
    session, row_item, row = await locked_instruction(db, of, id)
    if row.version != version:
        raise Stale("It has changed since you read it.", current={"version": row.version, "state": row.state})
    see(row.branch_id, row.patient_id, row.case_id)
    return session, row_item, row


async def locked_instruction(
    db: AsyncSession, session_id: UUID, id: UUID
) -> tuple[RoundSession, RoundItem, Instruction]:
    session = (await db.exec(select(S).where(S.id == session_id).with_for_update())).one()
    row = (await db.exec(select(Instruction).where(Instruction.id == id).with_for_update())).one()
    return session, await db.get_one(RoundItem, row.item_id), row


async def items(db: AsyncSession, session_id: UUID) -> list[RoundItem]:
    """Everybody on the list, as the sheet shows them."""
    on_list = select(RoundItem).where(RoundItem.session_id == session_id)
    found = (await db.exec(on_list.where(col(RoundItem.state).in_(sorted(rules.ON_LIST))))).all()
    return rules.in_turn(found)


async def seen_items(db: AsyncSession, actor: Actor, session: RoundSession, now: datetime) -> list[RoundItem]:
    """Of these the ones whom this person may see."""
    mine = await seen(db, actor, session, now)
    return [each for each in await items(db, session.id) if each.id in mine]


async def seen(db: AsyncSession, actor: Actor, session: RoundSession, now: datetime) -> set[UUID]:
    query = select(RoundItem.id).join(S).where(S.id == session.id, items_of(actor, now))
    return set((await db.exec(query)).all())


async def pool(db: AsyncSession, session: RoundSession) -> list[str]:
    """The ids of those who may lead it, in the order in which they are asked."""
    series = await db.get(RoundSeries, session.series_id) if session.series_id else None
    named = [
        *map(str, readable_ids(series.leads) if series else []),
        *([str(session.lead_id)] if session.lead_id else []),
    ]
    return list(dict.fromkeys(named))


async def led(db: AsyncSession, session: RoundSession, row: RoundItem) -> UUID | None:
    """Who led the round when it left this bed, whoever it was handed to since."""
    if row.left_at is None:
        return session.lead_id
    e = EventRow
    named = select(e).where(e.type == LeadNamed.type, e.activity_id == session.id, col(e.occurred_at) > row.left_at)
    since = (await db.exec(named.order_by(col(e.occurred_at), col(e.id)).limit(1))).first()
    before = since.data["before_id"] if since else None
    return UUID(before) if before else session.lead_id


async def signer(db: AsyncSession, session: RoundSession) -> UUID | None:
    """Who countersigns its notes at the hub: its lead, or whom a coordinator has named in their place."""
    query = select(Participant.staff_id).where(Participant.activity_id == session.id)
    return (await db.exec(query.where(Participant.role == RoundRole.signs))).first() or session.lead_id


async def held(
    db: AsyncSession, session: RoundSession, actor: Actor | None, leads: Sequence[str] | None = None
) -> frozenset[Who]:
    """The capacities of this person on this session. `leads`: what `pool` gives, where it is known."""
    may_sign = list(await pool(db, session) if leads is None else leads)
    if session.state is RoundState.completed and (instead := await signer(db, session)) is not None:
        may_sign.append(str(instead))
    return rules.capacities(session, actor, may_sign)


async def open_instructions(db: AsyncSession, patients: Sequence[UUID]) -> list[Instruction]:
    """Of these patients, the first due first."""
    query = select(Instruction).where(col(Instruction.patient_id).in_(patients))
    query = query.where(col(Instruction.state).in_(sorted(rules.OPEN)))
    return list((await db.exec(query.order_by(col(Instruction.due_at), col(Instruction.id)))).all())


def may_lead(actor: Actor, row: RoundSession) -> bool:
    return actor.hospital_id == row.hub_id and actor.has(*LEADING)


def about(row: RoundSession) -> About:
    return About(row.branch_id, row.hub_id, activity=KIND, activity_id=row.id)


def about_item(session: RoundSession, row: RoundItem) -> About:
    """Of one patient on the list: it belongs to the round, and to the patient's case once there is one."""
    return About(
        session.branch_id,
        session.hub_id,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=KIND,
        activity_id=session.id,
    )


def changed(
    db: AsyncSession, row: RoundSession, now: datetime, item_id: UUID | None = None, by: Actor | None = None
) -> None:
    """Counts the run-sheet's change, and has everybody who shows it read it again, `by` whom it was done last."""
    row.rev += 1
    hospitals = (row.branch_id, row.hub_id)
    news = RoundChanged(id=row.id, hospitals=hospitals, rev=row.rev, item_id=item_id, by=by.id if by else None)
    hint(db, news, about(row), now)
