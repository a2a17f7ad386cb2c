"""What has happened to a reading, with the reasons that were given: those of a claim that was taken over or made out of
turn are for its hub alone."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.history.model import EventRow
from telemed.history.service import of_activity
from telemed.kit.model import Model
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.reading import rules
from telemed.reading.lookup import get
from telemed.reading.words import Grade, ReturnCode


class PastKind(StrEnum):
    """Of an event of the reading, its type without the activity's name."""

    requested = "requested"
    clock_started = "clock_started"
    branch_report_added = "branch_report_added"
    assigned = "assigned"
    claimed = "claimed"
    taken_over = "taken_over"
    released = "released"
    returned = "returned"
    resent = "resent"
    withdrawn = "withdrawn"
    submitted = "submitted"
    taken_back = "taken_back"
    revision_asked = "revision_asked"
    issued = "issued"
    issued_alone = "issued_alone"
    addended = "addended"
    discrepancy_recorded = "discrepancy_recorded"
    grade_corrected = "grade_corrected"
    recalled = "recalled"
    reinstated = "reinstated"
    outgrown = "outgrown"


K = PastKind
OF_HUB: Final = frozenset(
    {K.assigned, K.claimed, K.taken_over, K.released, K.submitted, K.taken_back, K.revision_asked}
)
KINDS: Final = {f"reading.{each}": each for each in PastKind}


class PastAct(Model):
    """`by`: empty, the product itself. `before`: from whom it was taken over. `reason`: as it was typed."""

    at: datetime
    kind: PastKind
    by: str
    by_en: str
    hospital_id: str
    before: str
    before_en: str
    code: ReturnCode | None
    grade: Grade | None
    reason: str


class ReadingPast(Model):
    items: list[PastAct]  # the oldest first


async def past(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> ReadingPast:
    row = await get(db, actor, id, now)
    reads = actor.hospital_id == row.hub_id and actor.has(*rules.READERS)
    told = [(KINDS[each.type], each) for each in await of_activity(db, row.id) if each.type in KINDS]
    shown = [(kind, each) for kind, each in told if reads or kind not in OF_HUB]
    ids = {_before(each) for _, each in shown} | {each.actor_id for _, each in shown}
    staff = await people.staff_by_id(db, [each for each in ids if each])
    return ReadingPast(items=[_act(kind, each, staff) for kind, each in shown])


def _before(event: EventRow) -> UUID | None:
    before = event.data.get("before_id")
    return UUID(before) if before else None


def _act(kind: PastKind, event: EventRow, staff: dict[UUID, Staff]) -> PastAct:
    by = staff.get(event.actor_id) if event.actor_id else None
    before = staff.get(_before(event) or event.id)
    return PastAct(
        at=event.occurred_at,
        kind=kind,
        by=event.actor_name,
        by_en=by.name_en if by else "",
        hospital_id=event.actor_hospital,
        before=before.name if before else "",
        before_en=before.name_en if before else "",
        code=event.data.get("code") if kind is PastKind.returned else None,
        grade=event.data.get("grade"),
        reason=event.data.get("reason") or "",
    )
