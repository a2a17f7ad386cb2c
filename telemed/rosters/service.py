"""Makes rosters, shows and changes their shifts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.service import Change, changed, record
from telemed.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from telemed.history.events import About
from telemed.history.service import emit
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.model import Hospital, Staff
from telemed.people.rules import Span, WorkingTime
from telemed.rosters import rules
from telemed.rosters.choices import able, named, subjects
from telemed.rosters.duty import begun_of
from telemed.rosters.events import RosterChanged
from telemed.rosters.model import Roster, RosterKind, Shift
from telemed.rosters.schemas import (
    PlanIn,
    PlanOut,
    PlanQuery,
    RosterIn,
    RosterList,
    RosterOut,
    RosterPerson,
    RosterSettings,
    ShiftOut,
    SpanOut,
)

KEEPERS = (Role.administrator, Role.coordinator, Role.dispatcher)


async def rosters(db: AsyncSession, actor: Actor, now: datetime) -> RosterList:
    """Those of one's own hospital, and of whom one can make another."""
    hospital = await people.hospital(db, actor.hospital_id)
    kept = await kept_at(db, [hospital.id])
    taken = {(each.kind, each.subject) for each in kept}
    makable = [
        each
        for each in await subjects(db, hospital)
        if (each.kind, each.subject) not in taken and _may_keep(hospital, actor, each.kind, each.subject)
    ]
    return RosterList(
        time_zone=hospital.time_zone,
        items=[await _shown(db, each, hospital, actor, now) for each in kept],
        to_make=makable,
    )


async def kept_at(db: AsyncSession, hospitals: Iterable[str]) -> list[Roster]:
    """The rosters that these hospitals keep: of specialties first, then of departments and roles."""
    query = select(Roster).where(col(Roster.hospital_id).in_(list(hospitals)), col(Roster.closed_at).is_(None))
    order = list(RosterKind)
    return sorted((await db.exec(query)).all(), key=lambda each: (order.index(each.kind), str(each.id)))


async def make(db: AsyncSession, actor: Actor, new: RosterIn, now: datetime) -> RosterOut:
    """Makes a roster, or keeps a closed one again. Raises NotFound, NotAllowed, and Conflict if it is kept already."""
    hospital = await people.hospital(db, actor.hospital_id)
    if not any((each.kind, each.subject) == (new.kind, new.subject) for each in await subjects(db, hospital)):
        raise NotFound("Your hospital keeps no roster of that.", reason="roster_of_nothing")
    if not _may_keep(hospital, actor, new.kind, new.subject):
        raise NotAllowed("Somebody else keeps this roster.", reason="roster_keeper")
    query = select(Roster).where(
        Roster.hospital_id == hospital.id, Roster.kind == new.kind, Roster.subject == new.subject
    )
    row = (await db.exec(query.with_for_update())).first()
    if row is not None and row.closed_at is None:
        raise Conflict("This roster is kept already.", reason="roster_kept")
    row = row or Roster(hospital_id=hospital.id, **new.model_dump())
    await keep(db, actor, row, new, now)
    return await _shown(db, row, hospital, actor, now)


async def keep(db: AsyncSession, actor: Actor | None, row: Roster, new: RosterIn, now: datetime) -> None:
    """Begins to keep a roster that is new, or closed. `actor` None: the server's command line."""
    if row.closed_at is not None:
        row.sqlmodel_update(new.model_dump())
        row.closed_at, row.version = None, row.version + 1
    db.add(row)
    await db.flush()
    _note(db, actor, row, "made", now, changed({}, new.model_dump()))


async def change(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: RosterSettings, now: datetime
) -> RosterOut:
    row, hospital = await _mine(db, actor, id, version, now)
    before = RosterSettings.model_validate(row, from_attributes=True)
    row.sqlmodel_update(new.model_dump())
    row.version += 1
    _note(db, actor, row, "settings", now, changed(before.model_dump(), new.model_dump(), **_of(row)))
    return await _shown(db, row, hospital, actor, now)


async def close(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> None:
    """Keeps it no longer: what is to come is taken out, and all are called at once again. What was stays."""
    row, _ = await _mine(db, actor, id, version, now)
    coming = (await db.exec(select(Shift).where(Shift.roster_id == id, col(Shift.ends) > now))).all()
    was = [_text(each) for each in coming]
    for each in coming:
        if each.starts >= now:
            await db.delete(each)
        else:
            each.ends = now
    row.closed_at, row.version = now, row.version + 1
    change = changed({"closed_at": None, "shifts": was}, {"closed_at": now, "shifts": []}, **_of(row))
    _note(db, actor, row, "closed", now, change, removed=len(coming))


async def plan(db: AsyncSession, actor: Actor, id: UUID, query: PlanQuery, now: datetime) -> PlanOut:
    row = await one(db, actor, id)
    hospital = await people.hospital(db, row.hospital_id)
    within = rules.window(row, hospital.time_zone, query.first, query.days)
    calendar = (await working_times(db, [hospital.id]))[hospital.id]
    shifts = await shifts_in(db, [id], within)
    covered = rules.covered(row, calendar, within)
    eligible = await able(db, hospital, row)
    return PlanOut(
        version=row.version,
        roster=await _shown(db, row, hospital, actor, now),
        first=query.first,
        days=query.days,
        time_zone=hospital.time_zone,
        shifts=[ShiftOut.model_validate(each) for each in shifts],
        covered=_spans(covered),
        gaps=_spans(rules.gaps(rules.callable_in(shifts, eligible, now), covered)),
        people=await _people(db, eligible, shifts),
    )


async def save(db: AsyncSession, actor: Actor, id: UUID, version: int, new: PlanIn, now: datetime) -> PlanOut:
    """Replaces the shifts that begin in these days. Raises Stale, Conflict if one is over, Invalid with every fault."""
    row, hospital = await _mine(db, actor, id, version, now)
    within = rules.window(row, hospital.time_zone, new.first, new.days)
    near = await shifts_in(db, [id], Span(within.start, within.end + rules.LONGEST))
    before = [each for each in near if within.start <= each.starts < within.end]
    others = [each for each in near if each not in before]
    wanted = [Shift(roster_id=id, **each.model_dump()) for each in new.shifts]
    await replace(db, actor, row, hospital, before, wanted, others, within, now)
    return await plan(db, actor, id, PlanQuery(first=new.first, days=new.days), now)


async def replace(
    db: AsyncSession,
    actor: Actor | None,
    row: Roster,
    hospital: Hospital,
    before: Sequence[Shift],
    wanted: Sequence[Shift],
    others: Sequence[Shift],
    within: Span | None,
    now: datetime,
) -> tuple[int, int]:
    """Puts `wanted` in the place of `before`, beside `others`; returns how many were added and taken out."""
    known = {rules.said(each): each for each in before}
    kept = {rules.said(each) for each in wanted} & known.keys()
    added = [each for each in wanted if rules.said(each) not in kept]
    gone = [each for said, each in known.items() if said not in kept]
    eligible = await able(db, hospital, row) | {each.staff_id for each in before}
    if wrong := rules.faults(wanted, others, within, eligible):
        raise Invalid("The shifts do not make sense.", reason="shifts_wrong", faults=[each._asdict() for each in wrong])
    if any(each.ends <= now for each in [*added, *gone]):
        raise Conflict("A shift that is over stays as it was.", reason="shift_over")
    for each in gone:
        await db.delete(each)
    db.add_all(added)
    row.version += 1
    await db.flush()
    was, is_ = ({"shifts": [_text(each) for each in some]} for some in (gone, added))
    _note(db, actor, row, "shifts", now, changed(was, is_, **_of(row)), added=len(added), removed=len(gone))
    return len(added), len(gone)


def _text(shift: Shift) -> dict[str, str | int]:
    return ShiftOut.model_validate(shift).model_dump(mode="json")


async def _mine(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> tuple[Roster, Hospital]:
    """A roster that the caller keeps, locked. Raises NotFound, NotAllowed and Stale."""
    row = await one(db, actor, id)
    await db.refresh(row, with_for_update=True)
    hospital = await people.hospital(db, row.hospital_id)
    if not rules.may_keep(row, hospital.kind, actor):
        raise NotAllowed("Somebody else keeps this roster.", reason="roster_keeper")
    if row.version != version:
        current = (await _shown(db, row, hospital, actor, now)).model_dump(mode="json")
        raise Stale("It has changed since you read it.", current=current)
    return row, hospital


async def one(db: AsyncSession, actor: Actor, id: UUID) -> Roster:
    """A roster of the caller's hospital that is kept. Raises NotFound."""
    row = await db.get(Roster, id)
    if row is None or row.closed_at is not None or row.hospital_id != actor.hospital_id:
        raise NotFound("There is no such roster.")
    return row


def _may_keep(hospital: Hospital, actor: Actor, kind: RosterKind, subject: str) -> bool:
    return rules.may_keep(Roster(hospital_id=hospital.id, kind=kind, subject=subject), hospital.kind, actor)


async def _shown(db: AsyncSession, row: Roster, hospital: Hospital, actor: Actor, now: datetime) -> RosterOut:
    name, name_en = (await named(db, [row]))[row.id]
    calendar = (await working_times(db, [hospital.id]))[hospital.id]
    begun = bool(await begun_of(db, [row.id]))
    return RosterOut(
        **row.model_dump(exclude={"closed_at"}),
        name=name,
        name_en=name_en,
        may_keep=rules.may_keep(row, hospital.kind, actor),
        begun=begun,
        gaps=_spans(await gaps_ahead(db, hospital, row, calendar, now)) if begun else [],
    )


async def gaps_ahead(
    db: AsyncSession, hospital: Hospital, row: Roster, calendar: WorkingTime, now: datetime
) -> list[Span]:
    """The gaps that are so near that its keeper must know."""
    within = Span(now, now + rules.AHEAD)
    shifts = await shifts_in(db, [row.id], within)
    eligible = await able(db, hospital, row)
    return rules.gaps(rules.callable_in(shifts, eligible, now), rules.covered(row, calendar, within))


async def shifts_in(db: AsyncSession, rosters: Collection[UUID], within: Span) -> list[Shift]:
    """Those that touch this time, in order."""
    query = select(Shift).where(
        col(Shift.roster_id).in_(rosters),
        col(Shift.starts) > within.start - rules.LONGEST,
        col(Shift.starts) < within.end,
        col(Shift.ends) > within.start,
    )
    return list((await db.exec(query.order_by(col(Shift.starts), col(Shift.place), col(Shift.id)))).all())


async def _people(db: AsyncSession, eligible: set[UUID], shifts: Sequence[Shift]) -> list[RosterPerson]:
    """Whom it can name, and those who stand on it though they no longer can."""
    staff = await people.staff_by_id(db, eligible | {each.staff_id for each in shifts})
    rows = sorted(staff.values(), key=lambda each: (each.pinyin, each.number))
    return [_person(each, eligible) for each in rows]


def _person(of: Staff, eligible: Collection[UUID]) -> RosterPerson:
    return RosterPerson(
        id=of.id,
        number=of.number,
        name=of.name,
        name_en=of.name_en,
        title=of.title,
        phone=of.phone,
        eligible=of.id in eligible,
    )


def _spans(found: Sequence[Span]) -> list[SpanOut]:
    return [SpanOut(start=start, end=end) for start, end in found]


def _of(row: Roster) -> dict[str, str]:
    return {"kind": row.kind, "subject": row.subject}


def _note(
    db: AsyncSession,
    actor: Actor | None,
    row: Roster,
    change: str,
    now: datetime,
    said: Change,
    *,
    added: int = 0,
    removed: int = 0,
) -> None:
    record(db, actor, f"roster.{change}", str(row.id), now, owner_id=row.hospital_id, change=said)
    event = RosterChanged(id=row.id, change=change, added=added, removed=removed)
    emit(db, event, About(row.hospital_id), now, by=actor)
