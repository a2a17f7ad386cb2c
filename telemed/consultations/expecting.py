"""Begins the deadlines of a consultation, and says when they are due."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Role
from telemed.consultations.ladders import EXECUTION, HOLD, LADDER_OF, SIGNING
from telemed.consultations.lookup import agreement_id
from telemed.consultations.model import Consultation
from telemed.consultations.rules.deadlines import IN_STATE
from telemed.consultations.words import KIND, State, Urgency
from telemed.work import beginning, deadlines, ladders
from telemed.work.duty import on_duty
from telemed.work.model import WORK_DUE, Deadline


async def partner(db: AsyncSession, row: Consultation, now: datetime) -> str | None:
    """The hub, while its centre may see it: from the approval on, and not while a consent is withdrawn."""
    centre = grants.role_subject(row.hub_id, Role.coordinator)
    return row.hub_id if row.approved_at and await grants.has(db, row.id, centre, now) else None


async def begin(
    db: AsyncSession,
    row: Consultation,
    kind: str,
    ladder: str,
    due_at: datetime,
    now: datetime,
    *,
    owners: Iterable[UUID] = (),
    specialty: str = "",
    department_id: UUID | None = None,
) -> None:
    """`specialty` and `department_id`: whose experts on duty are told, if its ladder tells those."""
    deadline = await _deadline(db, row, kind, ladder, due_at, now, owners)
    deadline.specialty, deadline.department_id = specialty, department_id
    await deadlines.begin(db, deadline, now, on_duty)


async def tell(
    db: AsyncSession,
    row: Consultation,
    kind: str,
    ladder: str,
    who: Iterable[UUID],
    now: datetime,
    *,
    of: datetime | None = None,
    hub: str | None = None,
    but: Container[UUID] = (),
) -> Sequence[UUID]:
    """Tells these, or whom the ladder names, of what nobody need act on; the notice stays new until it is seen.

    `of`: the moment of which they are told, else now. `hub`: may know of it although it may not see the case now.
    `but`: they know. Returns who was told.
    """
    telling = await _deadline(db, row, kind, ladder, of or now, now, who)
    telling.partner_id = telling.partner_id or hub
    return await deadlines.only_tell(db, telling, now, on_duty, but)


async def _deadline(
    db: AsyncSession,
    row: Consultation,
    kind: str,
    ladder: str,
    due_at: datetime,
    now: datetime,
    owners: Iterable[UUID],
) -> Deadline:
    return Deadline(
        activity=KIND,
        activity_id=row.id,
        case_id=row.case_id,
        kind=kind,
        ladder=ladder,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        partner_id=await partner(db, row, now),
        agreement_id=await agreement_id(db, row, now),
        urgency=row.urgency,
        owners=[str(each) for each in owners],
        began_at=now,
        due_at=due_at,
    )


async def begin_for_work(
    db: AsyncSession, row: Consultation, ladder: str, due_at: datetime, now: datetime, *, owners: Iterable[UUID] = ()
) -> None:
    """As `work.beginning`. `owners`: who may do it besides those of whom it is asked."""
    await beginning.begin_for_work(db, await _deadline(db, row, WORK_DUE, ladder, due_at, now, owners), now)


async def due_by(
    db: AsyncSession, row: Consultation, ladder: str, began: datetime, counted_from: datetime | None = None
) -> datetime:
    """When what began then is due, as long as the agreement, the branch or else the product lets this last.

    They are asked as of its beginning: what has begun keeps its time.
    """
    to_be = Deadline(
        ladder=ladder,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        agreement_id=await agreement_id(db, row, began),
        urgency=row.urgency,
        began_at=began,
    )
    return await ladders.due_by(db, to_be, counted_from or began)


def only_rings(row: Consultation, state: State) -> bool:
    """A stat call that nobody has taken: its ladder is the ring's, from its first moment."""
    return state is State.approved and row.urgency is Urgency.stat


async def state_due(db: AsyncSession, row: Consultation, state: State, since: datetime) -> datetime | None:
    """When a state that begins then should be left; where there is a booked time, it decides."""
    if state in (State.scheduled, State.ready, State.in_progress):
        return row.ends_at if state is State.in_progress else row.starts_at
    if state not in IN_STATE:
        return None
    by = await lasts_until(db, row, state, since)
    return before_it_begins(row, by, since) if state is State.scheduling else by


def before_it_begins(row: Consultation, by: datetime, since: datetime) -> datetime:
    """By then, but after half of what is left until the booked time, so that somebody can still see to it."""
    if row.starts_at is None:
        return by
    return min(by, since + max(timedelta(), row.starts_at - since) / 2)


async def lasts_until(db: AsyncSession, row: Consultation, state: State, since: datetime) -> datetime:
    """When a state that may last so long, and begins then, should be left."""
    if only_rings(row, state):
        return since + IN_STATE[state][row.urgency]
    return await due_by(db, row, LADDER_OF[state], since)


async def sign_due(db: AsyncSession, row: Consultation, now: datetime) -> datetime:
    """When the opinion should be signed: counted from submitting, or from the booked time of an elective one."""
    began = row.submitted_at or now
    return await due_by(db, row, SIGNING, began, row.starts_at if row.elective else None)


async def order_due(db: AsyncSession, row: Consultation, now: datetime) -> datetime:
    """When advice that is to be carried out now is late."""
    return await due_by(db, row, EXECUTION, now)


async def held_until(db: AsyncSession, row: Consultation, starts_at: datetime, now: datetime) -> datetime:
    """How long a time is held for those who have not answered: never longer than until it begins."""
    return min(starts_at, await due_by(db, row, HOLD, now))
