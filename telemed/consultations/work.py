"""Work items about a consultation: for whom, due when, with what note; others: `owing.py`, `reassessing.py`."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.consultations import ladders
from telemed.consultations.asking import ask, of_requester
from telemed.consultations.expecting import begin_for_work, due_by
from telemed.consultations.lookup import guard_input
from telemed.consultations.model import Consultation
from telemed.consultations.rules.experts import seatless
from telemed.consultations.rules.states import BOOKED
from telemed.consultations.rules.table import Move, approves
from telemed.consultations.words import CALLED_AWAY, REOPENED, Mode, ParticipantRole, State, Urgency
from telemed.people import service as people
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind

K = WorkKind
CANNOT: Final = (Answer.declined, Answer.proposed)
APPROVES: Final = {K.endorse: Role.senior_doctor, K.review: Role.reviewer}

# -- by an action; `follow.py` says by which


async def ask_for_approval(db: AsyncSession, move: Move) -> None:
    """Asks the senior doctor if the branch wants an endorsement, else the reviewer; nobody if no approval is needed."""
    if (await guard_input(db, move.row)).needs_endorsement:
        _ask_to_approve(db, move.row, K.endorse, move.now)
    else:
        await _ask_for_review(db, move)


async def ask_for_review(db: AsyncSession, move: Move) -> None:
    """Asks for the review after the endorsement, of somebody other than the endorser."""
    if not approves(move.row, move.actor):
        await _ask_for_review(db, move)


async def _ask_for_review(db: AsyncSession, move: Move) -> None:
    if (await guard_input(db, move.row)).needs_review:
        _ask_to_approve(db, move.row, K.review, move.now)


def _ask_to_approve(db: AsyncSession, row: Consultation, kind: WorkKind, now: datetime) -> None:
    ask(db, row, kind, row.branch_id, now, role=APPROVES[kind], due_at=row.state_due_at)


async def ask_instead(db: AsyncSession, row: Consultation, kind: WorkKind, now: datetime) -> None:
    """Asks for this of the two approvals and not for the other, as the branch now wants it; once. The duty officer, who
    does both, goes on being asked."""
    asked = await work.open_items(db, row.id, K.endorse, K.review)
    if any(each.kind == kind and each.role == APPROVES[kind] for each in asked):
        return
    await work.finish(db, row.id, [K.endorse, K.review], None, now, Outcome.withdrawn)
    _ask_to_approve(db, row, kind, now)
    if any(each.role == Role.duty_officer for each in asked):
        ask_duty_officer(db, row, now)


async def ask_the_hub(db: AsyncSession, move: Move) -> None:
    """Asks a coordinator to accept. A stat consultation calls experts instead, and asks the doctor for the rest."""
    row, now = move.row, move.now
    ask_to_accept(db, row, now)
    if row.urgency is Urgency.stat:
        due, note = await due_by(db, row, ladders.STAT_COMPLETION, now), {"stat": True}
        ask(db, row, K.complete, row.branch_id, now, **await of_requester(db, row), due_at=due, note=note)
        await begin_for_work(db, row, ladders.STAT_COMPLETION, due, now)


def ask_to_accept(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Asks a coordinator of its hub, but for a stat one, which rings."""
    if row.urgency is not Urgency.stat:
        ask(db, row, K.accept, row.hub_id, now, role=Role.coordinator, due_at=row.state_due_at)


async def ask_to_complete(db: AsyncSession, move: Move) -> None:
    row, note = move.row, {"missing": move.row.missing, "reason": move.reason}
    ask(db, row, K.complete, row.branch_id, move.now, **await of_requester(db, row), due_at=row.state_due_at, note=note)


async def ask_for_lead_or_time(db: AsyncSession, move: Move) -> None:
    """Asks the department to name the lead expert; if there is one, asks a coordinator to book, unless that is done."""
    row, now = move.row, move.now
    if row.lead_id is None and row.hub_department_id is not None:
        due, department = await due_by(db, row, ladders.NAMING, now), row.hub_department_id
        ask(db, row, K.name_lead, row.hub_id, now, role=Role.dispatcher, department_id=department, due_at=due)
        await begin_for_work(db, row, ladders.NAMING, due, now)
    elif row.lead_id is not None and _needs_a_time(row):
        ask(db, row, K.book, row.hub_id, now, role=Role.coordinator, due_at=row.state_due_at)


def _needs_a_time(row: Consultation) -> bool:
    live = row.mode is Mode.live and row.urgency is not Urgency.stat
    return live and row.state is State.accepted and row.booking_id is None


async def ask_how_to_meet_again(db: AsyncSession, move: Move) -> None:
    """Of a reopened emergency: it does not ring again, so a coordinator is asked at once."""
    row = move.row
    if row.urgency is Urgency.stat and row.mode is Mode.live and row.lead_id is not None:
        ask_how_to_go_on(db, row, move.now, REOPENED)


async def ask_coordinator_for_lead(db: AsyncSession, move: Move) -> None:
    """Asks the coordinator to name the lead expert, because the department did not."""
    note = {"given_back": move.reason} if move.actor else {"overdue": True}
    ask(db, move.row, K.name_lead, move.row.hub_id, move.now, role=Role.coordinator, note=note)


async def ask_the_invited(db: AsyncSession, move: Move) -> None:
    """Asks everybody on the booking who has not accepted in advance."""
    for each in await participants.of(db, move.row.id):
        if each.role != ParticipantRole.guest and each.answer is Answer.invited:
            person = await people.staff(db, each.staff_id)
            ask_to_answer(db, move.row, person.hospital_id, each, move.now)


async def ask_the_substitute(db: AsyncSession, move: Move) -> None:
    """What was asked of who was replaced is asked of the substitute instead."""
    row, now, before = move.row, move.now, move.data["before_id"]
    mine = await participants.one(db, row.id, move.data["staff_id"])
    await work.finish(db, row.id, [K.invite, K.write, K.sign], move.actor, now, Outcome.withdrawn, staff_id=before)
    if row.state is State.answering:
        await ask_for_the_opinion(db, move)
    elif mine is not None and row.state in BOOKED:
        if mine.answer is Answer.invited:
            ask_to_answer(db, row, (await people.staff(db, mine.staff_id)).hospital_id, mine, now)
        await ask_no_longer_for_time(db, row, move.actor, now)


async def ask_no_longer_for_time(db: AsyncSession, row: Consultation, by: Actor | None, now: datetime) -> None:
    """If it was for the one who is replaced that another time was asked for, and not because the time has passed."""
    to_come = row.starts_at is not None and now < row.starts_at
    if to_come and not any(each.required and each.answer in CANNOT for each in await participants.of(db, row.id)):
        await work.finish(db, row.id, [K.book], by, now, Outcome.withdrawn)


async def ask_for_other_time(db: AsyncSession, move: Move) -> None:
    ask_to_rebook(db, move.row, move.now, asked=move.data.get("words", ""))


async def ask_for_time_again(db: AsyncSession, move: Move) -> None:
    if not await is_asked(db, move.row.id, K.book):  # by who could not come
        ask_how_to_go_on(db, move.row, move.now, "hold_expired")


async def ask_what_now(db: AsyncSession, move: Move) -> None:
    """Asks a coordinator at once if the expert left for an emergency: unlike a bad line, that lasts."""
    if move.reason == CALLED_AWAY:
        ask_how_to_go_on(db, move.row, move.now, CALLED_AWAY)


async def ask_for_the_opinion(db: AsyncSession, move: Move) -> None:
    row = move.row
    ask(db, row, K.sign, row.hub_id, move.now, staff_id=row.lead_id, due_at=row.state_due_at)


async def ask_to_acknowledge(db: AsyncSession, move: Move) -> None:
    row = move.row
    ask(db, row, K.acknowledge, row.branch_id, move.now, **await of_requester(db, row), due_at=row.state_due_at)


# -- while it is arranged


def ask_to_answer(db: AsyncSession, row: Consultation, hospital_id: str, who: Participant, now: datetime) -> None:
    """Asks somebody to answer their invitation. It says if they will have no sound and picture."""
    note = {"no_media": True} if seatless(row, who) else None
    ask(db, row, K.invite, hospital_id, now, staff_id=who.staff_id, due_at=row.state_due_at, note=note)


def ask_to_rebook(db: AsyncSession, row: Consultation, now: datetime, **note: object) -> None:
    """Asks a coordinator for another time. `note`: who asked for it and how."""
    ask(db, row, K.book, row.hub_id, now, role=Role.coordinator, note=note)


async def ask_for_place(
    db: AsyncSession, row: Consultation, closed: str, closed_en: str, words: str, now: datetime
) -> None:
    """Asks a coordinator for another place; who is asked to book anew is told in the same item, and not asked twice."""
    asked = await work.open_items(db, row.id, K.book)
    if not asked:
        ask_to_rebook(db, row, now, closed=closed, closed_en=closed_en, asked=words)
        return
    note = asked[0].note
    both = {
        "closed": "、".join(filter(None, (note.get("closed"), closed))),
        "closed_en": ", ".join(filter(None, (note.get("closed_en"), closed_en))),
    }
    asked[0].note = note | both | {"asked": note.get("asked") or words}


def ask_how_to_go_on(db: AsyncSession, row: Consultation, now: datetime, reason: str) -> None:
    """Asks a coordinator for another time or a written answer, because the meeting does not go on."""
    ask(db, row, K.book, row.hub_id, now, role=Role.coordinator, due_at=row.state_due_at, note={"reason": reason})


# -- by the clock


async def approval_waits(db: AsyncSession, id: UUID) -> bool:
    """An endorsement or a review is asked for, and the duty officer is not asked yet."""
    asked = await work.open_items(db, id, K.endorse, K.review)
    return bool(asked) and all(each.role != Role.duty_officer for each in asked)


def ask_duty_officer(db: AsyncSession, row: Consultation, now: datetime) -> None:
    ask(db, row, K.review, row.branch_id, now, role=Role.duty_officer, due_at=row.state_due_at)


async def is_asked(db: AsyncSession, id: UUID, kind: WorkKind) -> bool:
    return bool(await work.open_items(db, id, kind))


async def anything_waits(db: AsyncSession, id: UUID) -> bool:
    """Somebody is asked for something about it, or about a part of it."""
    return await work.any_open(db, id)


# -- by the opinion


async def ask_to_answer_anew(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Asks for an answer to advice that an amendment changed, in the time of the first answers."""
    due = await due_by(db, row, ladders.FEEDBACK, now)
    ask(db, row, K.acknowledge, row.branch_id, now, **await of_requester(db, row), due_at=due)
    await begin_for_work(db, row, ladders.FEEDBACK, due, now)


async def ask_to_order(
    db: AsyncSession,
    row: Consultation,
    advice_id: UUID,
    now: datetime,
    *,
    staff_id: UUID,
    due_at: datetime,
    note: dict[str, Any],
) -> None:
    """Asks a doctor of the branch to write the medical order that executes one adopted advice."""
    ask(db, row, K.execute, row.branch_id, now, about_id=advice_id, staff_id=staff_id, due_at=due_at, note=note)
    await begin_for_work(db, row, ladders.EXECUTION, due_at, now)


async def ask_to_close(db: AsyncSession, row: Consultation, now: datetime) -> None:
    due = await due_by(db, row, ladders.EXECUTION, now)
    ask(db, row, K.close, row.branch_id, now, **await of_requester(db, row), due_at=due)
    await begin_for_work(db, row, ladders.EXECUTION, due, now)


def ask_to_co_sign(db: AsyncSession, row: Consultation, staff_id: UUID, number: int, now: datetime) -> None:
    """Asks an expert beside the lead to co-sign version `number` of the opinion. Nothing waits for it: no due."""
    ask(db, row, K.co_sign, row.hub_id, now, staff_id=staff_id, note={"number": number})


async def ask_for_section(db: AsyncSession, row: Consultation, staff_id: UUID, now: datetime) -> None:
    """Asks an expert for their section of an MDT's opinion, from the booked end of its meeting on, and within the time
    of the whole: the chair signs after them."""
    due = await due_by(db, row, ladders.SECTION, now, max(now, row.ends_at or now))
    if row.sign_due_at is not None:
        due = max(now, min(due, row.sign_due_at))
    ask(db, row, K.section, row.hub_id, now, staff_id=staff_id, due_at=due)
    await begin_for_work(db, row, ladders.SECTION, due, now)


async def withdraw_invitation(db: AsyncSession, row: Consultation, staff_id: UUID, actor: Actor, now: datetime) -> None:
    await work.finish(db, row.id, [K.invite], actor, now, Outcome.withdrawn, staff_id=staff_id)
