"""What planning a roster's days begins from: its slots, who can have them, what is kept, leave, and earlier months."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import NotAllowed
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.model import Hospital, Staff
from telemed.people.rules import Span, WorkingTime
from telemed.rosters import rules, service
from telemed.rosters.choices import able
from telemed.rosters.model import Roster, Shift
from telemed.rosters.planning import Counts, Duty, Slot, counts, of_each
from telemed.rosters.ports import OnLeave

BEFORE: Final = timedelta(days=92)
AROUND: Final = timedelta(days=8)  # rest and nights in a row reach no further than this
DAY: Final = timedelta(days=1)


@dataclass
class Basis:
    """Of some days of a roster; `slots` are those that somebody should have and that have not begun."""

    roster: Roster
    hospital: Hospital
    calendar: WorkingTime
    window: Span
    days: list[date]
    slots: list[Slot] = field(default_factory=list)
    staff: dict[UUID, Staff] = field(default_factory=dict)  # who can be put on it
    leave: dict[UUID, list[Span]] = field(default_factory=dict)
    before: dict[UUID, Counts] = field(default_factory=dict)

    @classmethod
    async def load(
        cls, db: AsyncSession, actor: Actor, id: UUID, first: date, days: int, on_leave: OnLeave, now: datetime
    ) -> Self:
        """Raises NotFound, and NotAllowed if somebody else keeps the roster."""
        row = await service.one(db, actor, id)
        hospital = await people.hospital(db, row.hospital_id)
        if not rules.may_keep(row, hospital.kind, actor):
            raise NotAllowed("Somebody else keeps this roster.", reason="roster_keeper")
        calendar = (await working_times(db, [hospital.id]))[hospital.id]
        window = rules.window(row, hospital.time_zone, first, days)
        found = cls(row, hospital, calendar, window, [first + n * DAY for n in range(days)])
        found.slots = [each for each in found._slots() if each.span.start > now]
        found.staff = await people.staff_by_id(db, await able(db, hospital, row))
        found.leave = await on_leave(db, found.staff, window, now)
        past = Span(window.start - BEFORE, window.start)
        done = [found.duty(each) for each in await service.shifts_in(db, [id], past) if each.starts >= past.start]
        had = of_each(each for each in done if each.span.start < past.end)
        found.before = {each: counts(had[each]) for each in found.staff}
        return found

    def _slots(self) -> Iterable[Slot]:
        covered = rules.covered(self.roster, self.calendar, self.window)
        for day in self.days:
            night = Span(self._at(day, self.roster.night_starts), self._at(day + DAY, self.roster.day_starts))
            by_day = Span(self._at(day, self.roster.day_starts), night.start)
            for span, is_night in ((by_day, False), (night, True)):
                if span.start < span.end and any(each.overlaps(span) for each in covered):
                    yield Slot(day, is_night, not self.calendar.works_on(day), span)

    def _at(self, day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(self.hospital.time_zone)).astimezone(UTC)

    def duty(self, shift: Shift) -> Duty:
        """A shift, by night if it goes on past midnight; it counts if it begins in the planned days, or before them."""
        span = Span(shift.starts, shift.ends)
        start, end = (each.astimezone(ZoneInfo(self.hospital.time_zone)) for each in span)
        same = next((each for each in self.slots if each.span == span), None)
        night = same.night if same else (end - timedelta(microseconds=1)).date() > start.date()
        holiday = not self.calendar.works_on(start.date())
        return Duty(shift.staff_id, span, start.date(), night, holiday, shift.place)

    async def around(self, db: AsyncSession) -> list[Duty]:
        """What begins before or after these days, near enough to rest from."""
        wide = Span(self.window.start - AROUND, self.window.end + AROUND)
        found = await service.shifts_in(db, [self.roster.id], wide)
        outside = [each for each in found if not self.window.start <= each.starts < self.window.end]
        return [self.duty(each)._replace(counts=False) for each in outside]

    async def elsewhere(self, db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[Span]]:
        """When these people are on duty by other rosters that are kept."""
        query = (
            select(Shift.staff_id, Shift.starts, Shift.ends)
            .join(Roster, col(Roster.id) == Shift.roster_id)
            .where(col(Shift.staff_id).in_(ids), Shift.roster_id != self.roster.id, col(Roster.closed_at).is_(None))
            .where(col(Shift.starts) < self.window.end + AROUND, col(Shift.ends) > self.window.start - AROUND)
            .order_by(col(Shift.starts), col(Shift.id))
        )
        found: dict[UUID, list[Span]] = {}
        for person, start, end in (await db.exec(query)).all():
            found.setdefault(person, []).append(Span(start, end))
        return found
