"""Loads from which rounds and notes it is computed how regularly wards are visited."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.clock import day_in
from telemed.people import registrations
from telemed.people import service as people
from telemed.people.model import Staff, Title
from telemed.people.registrations import Registered
from telemed.rounds import cadence, rules
from telemed.rounds.board_schemas import CadenceOut, RankRounds, WeekNotes
from telemed.rounds.cadence import NoteTimes
from telemed.rounds.model import RoundItem, RoundNote, RoundSeries, RoundSession
from telemed.rounds.words import NoteKind

S = RoundSession
# A gap of the first week may have begun before it.
BACK: Final = timedelta(weeks=cadence.WEEKS + 14)
RANKS: Final = (Title.chief, Title.associate_chief, Title.attending)


async def series_of(db: AsyncSession, ward_id: UUID, today: date) -> Sequence[RoundSeries]:
    """Those of the ward that go on."""
    query = select(RoundSeries).where(RoundSeries.ward_id == ward_id)
    found = (await db.exec(query.order_by(col(RoundSeries.id)))).all()
    return [each for each in found if each.ends_on is None or each.ends_on >= today]


async def held_of(db: AsyncSession, wards: Collection[UUID], hub_id: str | None, since: datetime) -> list[RoundSession]:
    """Rounds of these wards that took place, the oldest first; of one hub alone, for its people."""
    query = select(S).where(col(S.ward_id).in_(wards), col(S.started_at).is_not(None), col(S.starts_at) >= since)
    if hub_id is not None:
        query = query.where(S.hub_id == hub_id)
    return list((await db.exec(query.order_by(col(S.starts_at)))).all())


async def notes_of(
    db: AsyncSession, sessions: Collection[RoundSession], zones: Mapping[str, str]
) -> dict[UUID, list[NoteTimes]]:
    """By ward the times of the notes of these rounds, as far as they are over."""
    over = {each.id: each for each in sessions if each.ended_at is not None}
    query = select(RoundItem.session_id, RoundNote.submitted_at, RoundNote.signed_at)
    query = query.join(RoundNote, col(RoundNote.item_id) == RoundItem.id, isouter=True)
    query = query.where(col(RoundItem.session_id).in_(over), col(RoundItem.state).in_(sorted(rules.VISITED)))
    out: dict[UUID, list[NoteTimes]] = {}
    for id, submitted, signed in (await db.exec(query)).all():
        of = over[id]
        if of.ended_at is not None:
            day = day_in(zones[of.branch_id], of.started_at or of.starts_at)
            out.setdefault(of.ward_id, []).append(NoteTimes(day, of.ended_at, submitted, signed))
    return out


async def kinds_of(db: AsyncSession, sessions: Collection[RoundSession]) -> dict[UUID, NoteKind]:
    """By round as what its notes are signed, where one is."""
    query = select(RoundNote.session_id, RoundNote.kind).where(
        col(RoundNote.session_id).in_([each.id for each in sessions]), col(RoundNote.kind).is_not(None)
    )
    return {id: NoteKind(kind) for id, kind in (await db.exec(query)).all() if kind is not None}


class Ranked:
    """Tells rounds that count as senior ones (三级查房) from guidance."""

    def __init__(self, staff: Mapping[UUID, Staff], registered: Registered, kinds: Mapping[UUID, NoteKind]) -> None:
        self._staff, self._registered, self._kinds = staff, registered, kinds

    @classmethod
    async def of(cls, db: AsyncSession, sessions: Collection[RoundSession]) -> "Ranked":
        leads = {each.lead_id for each in sessions if each.lead_id}
        staff, registered = await people.staff_by_id(db, leads), await registrations.of_people(db, leads)
        return cls(staff, registered, await kinds_of(db, sessions))

    def lead(self, session: RoundSession) -> Staff | None:
        return self._staff.get(session.lead_id) if session.lead_id else None

    def rank(self, session: RoundSession, zone: str) -> Title | None:
        """As what it counts; None: as guidance, or led by nobody of a rank."""
        lead = self.lead(session)
        if lead is None or lead.title not in RANKS:
            return None
        kind = self._kinds.get(session.id)
        day = day_in(zone, session.started_at or session.starts_at)
        counts = self._registered.until(lead.id, session.branch_id, day) if kind is None else None
        return lead.title if counts or kind is NoteKind.round_note else None


async def of_ward(db: AsyncSession, ward_id: UUID, hub_id: str | None, zone: str, now: datetime) -> CadenceOut:
    today = day_in(zone, now)
    weeks = cadence.weeks_to(today)
    series = [each for each in await series_of(db, ward_id, today) if hub_id in (None, each.hub_id)]
    held = await held_of(db, [ward_id], hub_id, now - BACK)
    days = [day_in(zone, each.started_at or each.starts_at) for each in held]
    every = min((each.cadence_days for each in series), default=None)
    since = min([*(each.starts_on for each in series), *days], default=today)
    ranked = await Ranked.of(db, held)
    ranks = [ranked.rank(each, zone) for each in held]
    notes = (await notes_of(db, held, {each.branch_id: zone for each in held})).get(ward_id, [])

    def weekly(of: Title | None) -> list[int]:
        mondays = [cadence.monday_of(day) for day, rank in zip(days, ranks, strict=True) if rank is of]
        return [mondays.count(each) for each in weeks]

    found = {rank: counts for rank in RANKS if any(counts := weekly(rank))}
    return CadenceOut(
        weeks=weeks,
        every=every,
        since_last=cadence.days_without(days, since, today) if days else None,
        kept=cadence.kept(days, weeks, every, since, today) if every else [None] * len(weeks),
        ranks=[RankRounds(rank=rank, counts=counts) for rank, counts in found.items()],
        guidance=weekly(None),
        written=_by_week(notes, weeks, now, cosigned=False),
        countersigned=_by_week(notes, weeks, now, cosigned=True),
    )


def _by_week(notes: Sequence[NoteTimes], weeks: Sequence[date], now: datetime, *, cosigned: bool) -> list[WeekNotes]:
    came = cadence.countersigned if cosigned else cadence.written
    return [
        WeekNotes.model_validate(
            cadence.counted(came(each, now) for each in notes if cadence.monday_of(each.day) == monday)
        )
        for monday in weeks
    ]
