"""What a round asks of whom. It follows from what stands there: whoever changes that has it asked anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.cases import consents as taken
from telemed.consultations.service import PAPERS
from telemed.consultations.words import Urgency
from telemed.people.duty import holders
from telemed.people.model import Ward
from telemed.rounds import consents, rules
from telemed.rounds import ladders as L
from telemed.rounds.lacking import lacking
from telemed.rounds.lookup import items, signer
from telemed.rounds.model import Instruction, RoundItem, RoundNote, RoundSession, activity
from telemed.rounds.words import KIND, InstructionState, ItemState, RoundState
from telemed.work import ladders
from telemed.work import service as work
from telemed.work.beginning import begin_for_work
from telemed.work.model import WORK_DUE, Deadline, Outcome, WorkItem, WorkKind

NOBODY_ELSE = (Role.bed_doctor, Role.accompanying_physician, Role.requesting_doctor, Role.senior_doctor)


@dataclass(frozen=True)
class Whom:
    """One person, or everybody with a role at that hospital, in a department of it if one is named."""

    hospital_id: str
    staff_id: UUID | None = None
    role: Role | None = None
    department_id: UUID | None = None

    def is_asked(self, item: WorkItem) -> bool:
        return (item.staff_id, item.role, item.department_id) == (self.staff_id, self.role, self.department_id)


@dataclass(frozen=True)
class Ask:
    """`moves`: asked anew where it is due at another moment than before."""

    kind: str
    ladder: str
    whom: Whom
    due_at: datetime
    note: dict[str, Any]
    moves: bool = False

    def stands(self, item: WorkItem) -> bool:
        return item.kind == self.kind and self.whom.is_asked(item) and not (self.moves and item.due_at != self.due_at)


async def of_session(db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None = None) -> None:
    """Who leads it, and when it is. The caller has locked the session."""
    ahead = row.state in rules.BEFORE
    lead = await _about_lead(db, row, now) if ahead else None
    await _only(db, row, None, row.id, (L.ANSWER, L.NAME_LEAD, L.OTHER_TIME), lead, now, by)
    book = None
    if ahead and row.unbooked:
        due = max(await _by(db, row, L.PLANNING, now), row.starts_at - rules.PLAN_AHEAD)
        book = Ask(L.BOOK, L.PLANNING, _coordinators(row), _before(row, due, now), _said(row))
    await _only(db, row, None, row.id, (L.BOOK,), book, now, by)
    if row.state not in rules.LISTED:
        await _only(db, row, None, row.id, (L.PREPARE,), None, now, by)


async def _about_lead(db: AsyncSession, row: RoundSession, now: datetime) -> Ask | None:
    if row.lead_id is None:
        due = _before(row, await _by(db, row, L.PLANNING, now), now)
        return Ask(L.NAME_LEAD, L.PLANNING, _coordinators(row), due, _said(row))
    mine = await participants.one(db, row.id, row.lead_id)
    if mine is not None and mine.answer is Answer.proposed and mine.proposed_start is not None:
        due = min(await _by(db, row, L.PLANNING, now), mine.proposed_start)
        note = _said(row) | {"other_time": mine.proposed_start.isoformat(), "reason": mine.words}
        return Ask(L.OTHER_TIME, L.PLANNING, _coordinators(row), _before(row, due, now), note)
    if mine is None or mine.answer is not Answer.invited:
        return None
    due = _before(row, await _by(db, row, L.ANSWERING, now), now)
    return Ask(L.ANSWER, L.ANSWERING, Whom(row.hub_id, staff_id=row.lead_id), due, _said(row))


async def of_list(db: AsyncSession, row: RoundSession, now: datetime) -> None:
    """Who is still to be confirmed on its list, and what is missing of those who are."""
    await _only(db, row, None, row.id, (L.PREPARE,), await preparing(db, row, now), now, None)


async def preparing(db: AsyncSession, row: RoundSession, now: datetime) -> Ask | None:
    found = [each for each in await items(db, row.id) if each.state in (ItemState.proposed, ItemState.confirmed)]
    proposed = sum(each.state is ItemState.proposed for each in found)
    lack = sum(bool(each.what) for each in (await lacking(db, row, found, now)).values())
    if row.state not in rules.LISTED or not (proposed or lack):
        return None
    note = _said(row) | {"proposed": proposed, "lacking": lack}
    return Ask(L.PREPARE, L.LIST, await _ward(db, row), row.locks_at, note, moves=True)


async def list_differs(db: AsyncSession, row: RoundSession, now: datetime) -> bool:
    """Whether `of_list` would change anything."""
    asked, ask = await work.open_items(db, row.id, L.PREPARE), await preparing(db, row, now)
    if ask is None:
        return bool(asked)
    return [(ask.stands(each), each.note) for each in asked] != [(True, ask.note)]


async def of_notes(db: AsyncSession, row: RoundSession, now: datetime, by: Actor | None = None) -> None:
    for each in await items(db, row.id):
        await of_note(db, row, each, now, by)


async def of_note(
    db: AsyncSession, session: RoundSession, item: RoundItem, now: datetime, by: Actor | None = None
) -> None:
    """Of a bed that was visited: to write its note once the round is over, and to countersign what was submitted."""
    note = (await db.exec(select(RoundNote).where(RoundNote.item_id == item.id))).one_or_none()
    ask, said = None, _said(session) | {"bed": item.bed}
    if item.state is ItemState.discussed and session.ended_at is not None:
        since = max(session.ended_at, item.state_since)
        due = await _by(db, session, L.NOTE, now, since)
        whom = Whom(session.branch_id, staff_id=note.author_id) if note else await _ward(db, session)
        returned = {"reason": note.return_words} if note and note.return_words else {}
        ask = Ask(L.WRITE, L.NOTE, whom, due, said | returned)
    elif item.state is ItemState.noted and note is not None:
        whom = Whom(session.hub_id, staff_id=await signer(db, session))
        unseen = (await consents.withdrawn(db, [item])).get(item.id)
        if note.hub_at is not None or unseen is not None:
            whom = Whom(session.branch_id, role=Role.senior_doctor)
        since = max(each for each in (note.hub_at, note.submitted_at, unseen) if each is not None)
        due = await _by(db, session, L.COUNTERSIGNING, now, since)
        ask = Ask(L.COUNTERSIGN, L.COUNTERSIGNING, whom, due, said)
    await _only(db, session, item, item.id, (L.WRITE, L.COUNTERSIGN), ask, now, by)


async def of_instruction(
    db: AsyncSession, session: RoundSession, item: RoundItem, row: Instruction, now: datetime, by: Actor | None = None
) -> None:
    """To read it back soon, then to carry it out by when the lead said."""
    ask, note = None, _said(session) | {"bed": item.bed, "item_id": str(item.id), "n": row.n, "text": row.text}
    whom = Whom(row.branch_id, staff_id=row.owner_id) if row.owner_id else await _ward(db, session)
    if row.state is InstructionState.to_read_back:
        ask = Ask(L.READ_BACK, L.INSTRUCTION, whom, min(row.due_at, row.given_at + rules.READ_BACK_WITHIN), note)
    elif row.state is InstructionState.to_execute:
        ask = Ask(L.CARRY_OUT, L.INSTRUCTION, whom, row.due_at, note)
    await _only(db, session, item, row.id, (L.READ_BACK, L.CARRY_OUT), ask, now, by)


async def of_papers(db: AsyncSession, session: RoundSession, item: RoundItem, now: datetime) -> None:
    """Of the consents that were taken at this bed's list: who took one that owes its paper files it, as at a
    consultation. It stays owed however the round goes on, until it is filed, given up, or the consent withdrawn."""
    owed = {str(each.id): each for each in await taken.standing(db, item.id) if each.paper_due}
    asked = {str(each.note["consent_id"]): each for each in await work.open_items(db, item.id, WorkKind.consent)}
    over = [each for id, each in asked.items() if id not in owed]
    await work.finish_items(db, over, None, now, Outcome.withdrawn)
    for id, each in owed.items():
        if id not in asked:
            note = _said(session) | {"bed": item.bed, "consent_id": id, "number": each.number}
            whom, due = Whom(session.branch_id, staff_id=each.recorded_by), await _by(db, session, PAPERS, now)
            await _ask(db, session, item, item.id, Ask(WorkKind.consent, PAPERS, whom, due, note), now)


async def _only(
    db: AsyncSession,
    session: RoundSession,
    item: RoundItem | None,
    about_id: UUID,
    kinds: tuple[str, ...],
    ask: Ask | None,
    now: datetime,
    by: Actor | None,
) -> None:
    """Of these kinds exactly this is asked about it from now on; what was asked before is done, or not needed."""
    asked = await work.open_items(db, about_id, *kinds)
    standing = [each for each in asked if ask is not None and ask.stands(each)]
    if ask is not None:
        work.restate(db, standing, ask.note, now)
        if not standing:
            await _ask(db, session, item, about_id, ask, now)
    over = [each for each in asked if each not in standing]
    called_off = session.state is RoundState.cancelled
    await work.finish_items(db, over, by, now, Outcome.withdrawn if called_off else Outcome.done)


async def _ask(
    db: AsyncSession, session: RoundSession, item: RoundItem | None, about_id: UUID, ask: Ask, now: datetime
) -> None:
    work.ask(
        db,
        ask.kind,
        about_id,
        ask.whom.hospital_id,
        now,
        staff_id=ask.whom.staff_id,
        role=ask.whom.role,
        department_id=ask.whom.department_id,
        due_at=ask.due_at,
        activity=activity(session.id),
        case_id=item.case_id if item else None,
        patient_id=item.patient_id if item else None,
        note=ask.note,
    )
    await db.flush()
    deadline = deadline_of(session, ask.ladder, now)
    deadline.due_at = ask.due_at
    await begin_for_work(db, deadline, now)


def deadline_of(row: RoundSession, ladder: str, now: datetime, *, kind: str = WORK_DUE) -> Deadline:
    """Not saved; due now."""
    return Deadline(
        activity=KIND,
        activity_id=row.id,
        kind=kind,
        ladder=ladder,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        partner_id=row.hub_id,
        urgency=Urgency.routine if ladder == PAPERS else "",  # a consultation's, whose time is by urgency
        began_at=now,
        due_at=now,
    )


async def _by(
    db: AsyncSession, row: RoundSession, ladder: str, now: datetime, since: datetime | None = None
) -> datetime:
    """By when, as long as the branch or else the product lets it last from then, or from now."""
    return await ladders.due_by(db, deadline_of(row, ladder, now), since or now)


def _before(row: RoundSession, due: datetime, now: datetime) -> datetime:
    """By then, but before the list is locked; of what is asked later than that, soon."""
    return min(due, max(row.locks_at, now + timedelta(minutes=30)))


def _said(row: RoundSession) -> dict[str, Any]:
    return {"ward": row.ward, "ward_en": row.ward_en}


def _coordinators(row: RoundSession) -> Whom:
    return Whom(row.hub_id, role=Role.coordinator)


async def _ward(db: AsyncSession, row: RoundSession) -> Whom:
    """Who accompanies it, or else the doctors of the ward's department, or of the hospital."""
    if row.accompanying_id is not None:
        return Whom(row.branch_id, staff_id=row.accompanying_id)
    ward = await db.get_one(Ward, row.ward_id)
    for role in NOBODY_ELSE:
        for department in dict.fromkeys((ward.department_id, None)):
            if await holders(db, row.branch_id, role, department):
                return Whom(row.branch_id, role=role, department_id=department)
    return Whom(row.branch_id, role=Role.bed_doctor)
