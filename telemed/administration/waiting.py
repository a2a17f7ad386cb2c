"""What waits for somebody who leaves: listed without patients, and handed over, by what consultations and work offer.

An administrator sees no case. For the hand-over alone they act with the role that may replace whoever leaves.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.activities.model import Answer, Participant
from telemed.administration.proposals import CONFIRM
from telemed.administration.registration_ends import ENDING
from telemed.administration.staff_schemas import Successor, WaitingItem
from telemed.audit.seeing import SEEN
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import AFTER_SIGNED, BEFORE_MEETING, ENDED
from telemed.consultations.schemas import Replace
from telemed.consultations.words import ParticipantRole, State
from telemed.errors import Invalid
from telemed.people.model import Staff
from telemed.rosters import handing_on
from telemed.rosters.model import Shift
from telemed.rounds.handing_on import hand_pool_on, hand_round_on, led_rounds, pools
from telemed.work import service as work
from telemed.work.model import WorkItem
from telemed.work.model import WorkKind as K

HELD: Final = frozenset(State) - ENDED - AFTER_SIGNED - {State.draft}
OF_REQUESTER: Final = frozenset(
    {K.complete, K.acknowledge, K.close, K.renew, K.recall, K.name_accompanying}
)  # every requesting doctor of the branch can do it
FOLLOWING: Final = (CONFIRM, ENDING)  # asked of whoever the data say, and of nobody else
LENT: Final = {
    "lead": frozenset({Role.coordinator}),
    "expert": frozenset({Role.coordinator}),
    "accompanying": frozenset({Role.duty_officer, Role.reviewer, Role.senior_doctor}),
}


async def waiting(db: AsyncSession, staff_id: UUID, now: datetime) -> list[WaitingItem]:
    """Consultations that they lead, accompany or take part in, shifts to come, rounds that they lead or sign, series
    in whose pool they stand, and all else that is asked of them."""
    c = Consultation
    held = select(c).where(col(c.state).in_(HELD), (c.lead_id == staff_id) | (c.accompanying_id == staff_id))
    rows = (await db.exec(held.order_by(col(c.starts_at), col(c.id)))).all()
    found = [
        WaitingItem(
            key=f"{part}:{row.id}", what=part, number=row.number or "", at=row.starts_at, hospital_id=row.branch_id
        )
        for row in rows
        for part, holder in (("lead", row.lead_id), ("accompanying", row.accompanying_id))
        if holder == staff_id
    ]
    shifts = select(Shift).where(Shift.staff_id == staff_id, col(Shift.ends) > now).order_by(col(Shift.starts))
    takers: dict[UUID, list[UUID]] = {}
    for each in (await db.exec(shifts)).all():
        takers[each.roster_id] = takers.get(each.roster_id) or sorted(await handing_on.takers(db, each))
        item = WaitingItem(key=f"shift:{each.id}", what="shift", at=each.starts, until=each.ends, may_be_left=True)
        item.takers = takers[each.roster_id]
        found.append(item)
    rounds = await led_rounds(db, staff_id)
    found += [
        WaitingItem(key=f"round:{of.id}", what="round", number=of.ward, at=of.starts_at, hospital_id=of.branch_id)
        for of in rounds
    ]
    found += [
        WaitingItem(key=f"pool:{of.id}", what="pool", number=ward, hospital_id=of.branch_id, may_be_left=others)
        for of, ward, others in await pools(db, staff_id, now)
    ]
    beside = await _beside(db, staff_id)
    found += [
        WaitingItem(
            key=f"expert:{row.id}",
            what="expert",
            number=row.number or "",
            at=row.starts_at,
            hospital_id=row.branch_id,
            may_be_left=True,
        )
        for row in beside
    ]
    return found + await _asked(db, staff_id, {each.id for each in [*rows, *beside]} | {each.id for each in rounds})


async def _beside(db: AsyncSession, staff_id: UUID) -> list[Consultation]:
    """Consultations to come in which they take part beside the lead, or are invited to."""
    c, p = Consultation, Participant
    query = (
        select(c)
        .join(p, col(p.activity_id) == c.id)
        .where(p.staff_id == staff_id, p.role == ParticipantRole.expert, ~col(p.required), p.answer != Answer.declined)
        .where(col(p.joined_at).is_(None), col(c.state).in_(BEFORE_MEETING))
    )
    return list((await db.exec(query.order_by(col(c.starts_at), col(c.id)))).all())


async def _asked(db: AsyncSession, staff_id: UUID, taken: set[UUID]) -> list[WaitingItem]:
    """Work asked of this person by name, besides what is handed over with its consultation or follows from the data."""
    w = WorkItem
    query = select(w).where(w.staff_id == staff_id, col(w.done_at).is_(None), col(w.kind).not_in(FOLLOWING))
    items = [
        each
        for each in (await db.exec(query.order_by(col(w.due_at), col(w.id)))).all()
        if each.activity_id not in taken or each.kind in OF_REQUESTER
    ]
    numbers = dict(
        (
            await db.exec(
                select(Consultation.id, Consultation.number).where(
                    col(Consultation.id).in_({each.activity_id for each in items if each.activity_id})
                )
            )
        ).all()
    )
    return [
        WaitingItem(
            key=f"work:{each.id}",
            what=each.kind,
            number=(numbers.get(each.activity_id) or "") if each.activity_id else "",
            at=each.due_at,
            hospital_id=each.hospital_id,
            may_be_left=each.kind in OF_REQUESTER,
        )
        for each in items
    ]


async def successors(db: AsyncSession, person: Staff) -> list[Successor]:
    """Colleagues with at least one role of theirs, of their own department first."""
    own = select(AccountRole.role).where(AccountRole.account_id == person.id)
    query = (
        select(Staff)
        .join(Account, col(Account.id) == Staff.id)
        .join(AccountRole, col(AccountRole.account_id) == Staff.id)
        .where(
            Staff.hospital_id == person.hospital_id,
            Staff.id != person.id,
            col(Account.disabled_at).is_(None),
            col(AccountRole.role).in_(own),
        )
    )
    found = {each.id: each for each in (await db.exec(query)).all()}
    order = sorted(found.values(), key=lambda each: (each.department_id != person.department_id, each.pinyin))
    return [Successor.model_validate(each) for each in order]


async def hand_over(
    db: AsyncSession,
    by: Actor,
    person: Staff,
    item: WaitingItem,
    to: UUID | None,
    opinions: consultations.Opinions,
    now: datetime,
) -> None:
    """`to` None: a shift becomes a gap, a consultation goes on without this expert beside the lead, and what the
    requesting doctor owes is asked of the branch's others.

    Raises Invalid, or what the consultation refuses: another booking at that time, say.
    """
    kind, _, id = item.key.partition(":")
    if kind == "shift":
        await handing_on.hand_on(db, by, await db.get_one(Shift, UUID(id), with_for_update=True), to, now)
    elif kind == "pool" and to is None:
        await hand_pool_on(db, by, UUID(id), person.id, None, now)
    elif kind == "expert" and to is None:
        await _replace(db, by, kind, person.id, UUID(id), None, opinions, now)
    elif to is None and item.may_be_left:
        work.leave_to(db, await db.get_one(WorkItem, UUID(id)), Role.requesting_doctor, now)
    elif to is None or to not in {each.id for each in await successors(db, person)}:
        raise Invalid("They cannot take this over.", reason="no_successor", fields=[item.key])
    elif kind == "pool":
        await hand_pool_on(db, by, UUID(id), person.id, to, now)
    elif kind == "round":
        await hand_round_on(db, replace(by, roles=by.roles | LENT["lead"]), UUID(id), to, now)
    elif kind in LENT:
        await _replace(db, by, kind, person.id, UUID(id), to, opinions, now)
    else:
        row = await db.get_one(WorkItem, UUID(id))
        await work.hand_on(db, row.about_id, row.kind, person.id, to, now)


async def _replace(
    db: AsyncSession,
    by: Actor,
    part: str,
    leaver: UUID,
    id: UUID,
    to: UUID | None,
    opinions: consultations.Opinions,
    now: datetime,
) -> None:
    lent = replace(by, roles=by.roles | LENT[part])
    unread = SEEN.set(None)  # nothing of the patient is in the answer: no read is noted
    try:
        if part == "expert":
            await consultations.remove_expert(db, lent, id, leaver, opinions, now)
            if to is not None:
                await consultations.add_expert(db, lent, id, to, now)
            return
        assert to is not None
        row = await consultations.get(db, lent, id, now)
        new = Replace(staff_id=to, code="other", reason="人员停用交接", agreed=False)
        if part == "lead":
            await consultations.replace_lead(db, lent, id, row.version, new, opinions, now)
        else:
            await consultations.replace_accompanying(db, lent, id, row.version, new, now)
    finally:
        SEEN.reset(unread)
