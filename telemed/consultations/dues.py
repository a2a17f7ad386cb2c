"""Who is told when a state lasts too long, and of a meeting before it begins: the defaults of their ladders."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.consultations.lookup import about
from telemed.consultations.model import Consultation
from telemed.consultations.rules.table import Move
from telemed.consultations.words import KIND, ParticipantRole, State, Urgency
from telemed.people.duty import on_duty
from telemed.work import deadlines, ladders
from telemed.work.ladders import rung
from telemed.work.model import DEADLINES, Deadline, To, When, WorkKind

K = WorkKind
DUE: Final = DEADLINES.declare("state")
RED: Final = DEADLINES.declare("red")  # readiness still has open items shortly before the meeting
RED_BEFORE: Final = timedelta(minutes=30)
LATE, HOUR, DAY = When.after, 60, 24 * 60
ASKED: Final = rung(When.due, 0, To.asked)
CENTRE, HUB_DUTY = (rung(LATE, 10, To.role, role, at_hub=True) for role in (Role.coordinator, Role.duty_officer))

APPROVAL: Final = ladders.declare(
    "approval", ASKED, rung(LATE, 10, To.role, Role.duty_officer), asked=(K.endorse, K.review)
)
COMPLETION: Final = ladders.declare("completion", ASKED, rung(LATE, DAY, To.role, Role.reviewer), asked=(K.complete,))
ACCEPTANCE: Final = ladders.declare("acceptance", ASKED, HUB_DUTY, asked=(K.accept,))
ARRANGEMENT: Final = ladders.declare("arrangement", ASKED, CENTRE, HUB_DUTY, asked=(K.name_lead, K.book, K.invite))
MEETING: Final = ladders.declare(
    "meeting",
    rung(When.before, DAY, To.owners),
    rung(When.before, HOUR, To.owners),
    rung(When.before, 10, To.owners),
    rung(When.due, 0, To.owners),
    CENTRE,
)
RESUMPTION: Final = ladders.declare("resumption", rung(When.due, 0, To.role, Role.coordinator, at_hub=True), HUB_DUTY)
READINESS: Final = ladders.declare("readiness", rung(When.due, 0, To.role, Role.coordinator, at_hub=True))
OPINION: Final = ladders.declare("opinion", ASKED, CENTRE, HUB_DUTY, asked=(K.write, K.sign))
FEEDBACK: Final = ladders.declare(
    "feedback",
    ASKED,
    rung(LATE, HOUR, To.role, Role.senior_doctor),
    rung(LATE, 2 * HOUR, To.role, Role.reviewer),
    asked=(K.acknowledge,),
)
EXECUTION: Final = ladders.declare(
    "execution",
    ASKED,
    rung(LATE, HOUR, To.role, Role.senior_doctor),
    rung(LATE, 2 * HOUR, To.role, Role.reviewer),
    asked=(K.execute, K.close),
)
LADDER_OF: Final = {
    State.submitted: APPROVAL,
    State.returned: COMPLETION,
    State.approved: ACCEPTANCE,
    State.accepted: ARRANGEMENT,
    State.scheduling: ARRANGEMENT,
    State.scheduled: MEETING,
    State.ready: MEETING,
    State.interrupted: RESUMPTION,
    State.answering: OPINION,
    State.signed: FEEDBACK,
    State.acknowledged: EXECUTION,
    State.executing: EXECUTION,
}


async def watch(db: AsyncSession, move: Move) -> None:
    """Ends the deadlines of the state that was left, and begins those of the new one."""
    row, source, target = move.row, move.line.source, move.line.target
    if source is target:
        await owners_changed(db, row)
        return
    if source is State.scheduled:
        await deadlines.end(db, row.id, RED, move.now)
    if target is State.scheduled and row.starts_at is not None:
        await _begin(db, move, RED, READINESS, max(move.now, row.starts_at - RED_BEFORE))
    ladder = LADDER_OF.get(target)
    if ladder == MEETING == LADDER_OF.get(source):
        await owners_changed(db, row)
        return  # ready, or not ready again: the meeting begins at the same time
    await deadlines.end(db, row.id, DUE, move.now)
    rings = target is State.approved and row.urgency is Urgency.stat
    if ladder is not None and row.state_due_at is not None and not rings:
        await _begin(db, move, DUE, ladder, row.state_due_at)


async def _begin(db: AsyncSession, move: Move, kind: str, ladder: str, due_at: datetime) -> None:
    row = move.row
    deadline = Deadline(
        activity=KIND,
        activity_id=row.id,
        case_id=row.case_id,
        kind=kind,
        ladder=ladder,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        partner_id=about(row).partner_id,
        urgency=row.urgency,
        owners=[str(each) for each in await _owners(db, row, ladder)],
        began_at=move.now,
        due_at=due_at,
    )
    await deadlines.begin(db, deadline, move.now, on_duty)


async def owners_changed(db: AsyncSession, row: Consultation) -> None:
    """Keeps whom its deadlines belong to, after somebody was added, taken out, named or has declined."""
    if ladder := LADDER_OF.get(row.state):
        await deadlines.owned_by(db, row.id, DUE, await _owners(db, row, ladder))
    await deadlines.owned_by(db, row.id, RED, await _owners(db, row, READINESS))


async def _owners(db: AsyncSession, row: Consultation, ladder: str) -> list[UUID]:
    """Who has to come: those who meet, or the two without whom it does not go on. Others are asked by their work."""
    if ladder in (MEETING, READINESS):
        everybody = await participants.of(db, row.id)
        return [
            each.staff_id
            for each in everybody
            if each.role != ParticipantRole.guest and each.answer is not Answer.declined
        ]
    if ladder == RESUMPTION or (ladder == ARRANGEMENT and row.urgency is Urgency.stat):
        return [each for each in (row.lead_id, row.accompanying_id) if each is not None]
    return []
