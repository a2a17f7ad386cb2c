"""催办: who owes late countersignatures of a ward's notes, and that they are told once more at a press."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, NotFound
from telemed.people import service as people
from telemed.people.model import Ward
from telemed.rounds import ladders as L
from telemed.rounds import rules
from telemed.rounds.board_schemas import OwedSignature
from telemed.rounds.item_queries import person_out
from telemed.rounds.model import RoundSession
from telemed.work import late
from telemed.work.model import WORK_DUE, Deadline, WorkItem

AGAIN: Final = timedelta(hours=1)
REMIND: Final = (*rules.DOCTORS, *rules.NURSES)


class _Owed(NamedTuple):
    """Of one person, or of the branch's senior doctors: the notes, and the deadlines that wait for them."""

    items: list[WorkItem]
    deadlines: list[Deadline]

    def rounds(self) -> list[list[Deadline]]:
        """By round, the first due first: one reminder of a round says all that is late of it."""
        out: dict[UUID | None, list[Deadline]] = {}
        for each in sorted(self.deadlines, key=lambda each: (each.due_at, each.id)):
            out.setdefault(each.activity_id, []).append(each)
        return list(out.values())

    def open(self, now: datetime) -> list[list[Deadline]]:
        """Rounds of which nobody was reminded within the hour."""
        return [each for each in self.rounds() if (at := _last(each)) is None or now - at >= AGAIN]

    def reminded_at(self, now: datetime) -> datetime | None:
        times = [at for each in self.rounds() if (at := _last(each)) is not None]
        return min(times) if times and not self.open(now) else None


def _last(deadlines: Collection[Deadline]) -> datetime | None:
    return max((each.nudged_at for each in deadlines if each.nudged_at), default=None)


async def owed(db: AsyncSession, actor: Actor, ward_id: UUID, now: datetime) -> list[OwedSignature]:
    """Who owes most first."""
    found = await _owed(db, actor, ward_id, now)
    staff = await people.staff_by_id(db, [each for each in found if each])
    out = [
        OwedSignature(by=person_out(staff[who]) if who else None, n=len(each.items), reminded_at=each.reminded_at(now))
        for who, each in found.items()
    ]
    return sorted(out, key=lambda each: -each.n)


async def remind(db: AsyncSession, actor: Actor, ward_id: UUID, staff_id: UUID | None, now: datetime) -> None:
    """Raises NotFound for a ward of another hospital, Conflict where nothing of theirs is late, or where they were
    reminded of all of it within the hour."""
    ward = await db.get(Ward, ward_id)
    if ward is None or ward.hospital_id != actor.hospital_id:
        raise NotFound("There is no such ward.")
    theirs = (await _owed(db, actor, ward_id, now, to_change=True)).get(staff_id)
    if theirs is None:
        raise Conflict("Nothing of theirs is late.", reason="nothing_owed")
    if (at := theirs.reminded_at(now)) is not None:
        raise Conflict("They were reminded within the hour.", reason="reminded", at=at.isoformat())
    for first, *others in theirs.open(now):
        await late.nudge(db, actor, first, now)
        for each in others:
            each.nudged_at = now


async def _owed(
    db: AsyncSession, actor: Actor, ward_id: UUID, now: datetime, *, to_change: bool = False
) -> dict[UUID | None, _Owed]:
    s, w = RoundSession, WorkItem
    query = select(w).join(s, col(s.id) == w.activity_id).where(s.ward_id == ward_id, s.branch_id == actor.hospital_id)
    query = query.where(w.kind == L.COUNTERSIGN, col(w.done_at).is_(None), col(w.due_at) <= now)
    items = (await db.exec(query.order_by(col(w.due_at), col(w.id)))).all()
    running = await _running(db, {each.activity_id for each in items if each.activity_id}, now, to_change=to_change)
    out: dict[UUID | None, _Owed] = {}
    for item in items:
        theirs = out.setdefault(item.staff_id, _Owed([], []))
        theirs.items.append(item)
        for each in running:
            if (each.activity_id, each.due_at) == (item.activity_id, item.due_at) and each not in theirs.deadlines:
                theirs.deadlines.append(each)
    return out


async def _running(db: AsyncSession, rounds: Collection[UUID], now: datetime, *, to_change: bool) -> Sequence[Deadline]:
    """What is late of these rounds' countersigning, locked in the order in which deadlines are."""
    d = Deadline
    query = select(d).where(col(d.activity_id).in_(rounds), d.kind == WORK_DUE, d.ladder == L.COUNTERSIGNING)
    query = query.where(col(d.done_at).is_(None), d.due_at <= now).order_by(col(d.id))
    return (await db.exec(query.with_for_update() if to_change else query)).all()
