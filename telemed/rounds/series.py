"""The use cases of a series: plan it, look ahead, change it from a day on or whole, end it, change one round."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.service import changed, record
from telemed.errors import Conflict, Invalid, NotFound, Stale
from telemed.history.events import About
from telemed.history.service import emit
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.model import Agreement, Ward
from telemed.rounds import booking, planning, rules, sessions
from telemed.rounds.events import OfSeries, SeriesChanged, SeriesEnded, SeriesPlanned
from telemed.rounds.making import SERIES_CHANGED, Former, follow, make
from telemed.rounds.model import RoundChange, RoundSeries, RoundSession
from telemed.rounds.series_schemas import OccurrenceIn, PreviewOut, SeriesChangeIn, SeriesEndIn, SeriesIn
from telemed.rounds.words import AGREEMENT_SERVICE, RoundState
from telemed.scheduling import differing
from telemed.scheduling.recurrence import (
    Difference,
    OccurrenceChange,
    Rule,
    check,
    days,
    has,
    is_readable,
    readable_ids,
    rule_of,
)

KEPT = {"branch_id", "ward_id", "specialty", "rrule", "starts_on", "at", "minutes", "cadence_days", "venue_id"}
KEPT |= {"cart_id", "accompanying_id"}


async def plan(db: AsyncSession, actor: Actor, new: SeriesIn, now: datetime) -> RoundSeries:
    """Raises NotFound for a ward, person or place that is none, Conflict where no agreement covers rounds, Invalid for
    a rule without a round to come."""
    agreement, rule = await _checked(db, actor, new, now)
    if not list(islice(days(rule, day_in(rule.zone, now) - timedelta(days=1)), 1)):
        raise Invalid("This rule has no round to come.", reason="no_occurrence")
    row = RoundSeries(
        hub_id=actor.hospital_id,
        agreement_id=agreement.id,
        leads=[str(each) for each in new.leads],
        created_by=actor.id,
        created_at=now,
        **new.model_dump(include=KEPT),
    )
    db.add(row)
    await db.flush()
    _tell(db, actor, row, SeriesPlanned(**_rule(row)), now)
    record(db, actor, "round_series.planned", str(row.id), now)
    await make(db, actor, row, now)
    return row


async def look_ahead(
    db: AsyncSession, actor: Actor, new: SeriesIn, of: UUID | None, now: datetime, most: int = planning.AHEAD
) -> PreviewOut:
    """The next rounds of what is being planned, or of the series `of` as it would be, with all that is in their way."""
    agreement, rule = await _checked(db, actor, new, now)
    if of is None:
        return PreviewOut(
            items=await planning.preview(db, actor, new, rule, agreement, {}, now, most=most), left_out=[]
        )
    rule = replace(rule, ends_on=(await db.get_one(RoundSeries, of)).ends_on)
    decided = await differing.of(db, RoundChange, of)
    out = await planning.cancelled(db, of)
    changes = differing.differences(decided) | dict.fromkeys(out, Difference(None))
    items = await planning.preview(db, actor, new, rule, agreement, changes, now, most=most, besides=of)
    why = {each.on: each.reason for each in decided} | out
    return PreviewOut(items=items, left_out=differing.left_out(rule, changes, why, now))


async def _checked(db: AsyncSession, actor: Actor, new: SeriesIn, now: datetime) -> tuple[Agreement, Rule]:
    check(new.rrule, new.at)
    ward = await db.get(Ward, new.ward_id)
    if ward is None or ward.hospital_id != new.branch_id:
        raise NotFound("There is no such ward.", reason="no_such_ward")
    agreement = await people.agreement(db, new.branch_id, actor.hospital_id, AGREEMENT_SERVICE, now)
    if agreement is None:
        raise Conflict("No agreement with this hospital covers ward rounds today.", reason="no_agreement")
    if len(set(new.leads)) != len(new.leads):
        raise Invalid("Name each lead once.", reason="lead_twice")
    known = await people.staff_by_id(db, new.leads)
    for each in new.leads:
        lead = await people.actor(db, each) if each in known else None
        if lead is None or lead.hospital_id != actor.hospital_id or not lead.has(*rules.LEADING):
            raise NotFound("There is no such expert at this hub.", reason="no_such_expert")
    await booking.refuse_places(db, actor.hospital_id, new.branch_id, new.venue_id, new.cart_id)
    if new.accompanying_id is not None:
        beside = (await people.staff_by_id(db, [new.accompanying_id])).get(new.accompanying_id)
        if beside is None or beside.hospital_id != new.branch_id:
            raise NotFound("There is no such person or venue.", reason="unknown_resource")
    return agreement, planning.rule_of(new, (await people.zones(db))[new.branch_id])


async def get(db: AsyncSession, actor: Actor, id: UUID, *, version: int | None = None) -> RoundSeries:
    """For its hub's coordinators; those of its ward's hospital read it in the lists alone."""
    row = await db.get(RoundSeries, id, with_for_update=version is not None)
    if row is None or row.hub_id != actor.hospital_id or not actor.has(Role.coordinator):
        raise NotFound("There is no such series.")
    if version is not None and row.version != version:
        raise Stale("It has changed since you read it.", current={"version": row.version})
    return row


async def change(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: SeriesChangeIn, now: datetime
) -> RoundSeries:
    """This and all following (`since`: the series is split there), or all that is still to come.

    Rounds whose list is open keep what they have. Of what moves the sessions stay the same ones.
    """
    row = await get(db, actor, id, version=version)
    if (new.branch_id, new.ward_id) != (row.branch_id, row.ward_id):
        raise Conflict("A series stays with its ward: end it, and plan another.", reason="other_ward")
    agreement, rule = await _checked(db, actor, new, now)
    today, before_it = day_in(rule.zone, now), Former.of(row)
    if new.since is None or new.since <= row.starts_on:
        before = row.model_dump(include=KEPT | {"leads"}, mode="json")
        row.sqlmodel_update(new.model_dump(include=KEPT) | {"leads": [str(each) for each in new.leads]})
        row.agreement_id, row.version, row.made_until = agreement.id, row.version + 1, None
        after = row.model_dump(include=KEPT | {"leads"}, mode="json")
        record(db, actor, "round_series.changed", str(row.id), now, change=changed(before, after))
        _tell(db, actor, row, SeriesChanged(**_rule(row)), now)
        await db.flush()
        await follow(db, actor, row, row, date.min, now, before_it)  # one of a day that was may be moved to one to come
        return row
    if new.since < today:
        raise Invalid("Rounds that were are not changed.", reason="in_the_past")
    if row.ends_on is not None and new.since > row.ends_on:
        raise Invalid("It has ended by then.", reason="no_occurrence")
    later = RoundSeries(
        hub_id=row.hub_id,
        agreement_id=agreement.id,
        leads=[str(each) for each in new.leads],
        follows_id=row.id,
        ends_on=row.ends_on,
        created_by=actor.id,
        created_at=now,
        **new.model_dump(include=KEPT - {"starts_on"}),
        starts_on=new.since,
    )
    row.ends_on, row.version = new.since - timedelta(days=1), row.version + 1
    db.add(later)
    await db.flush()
    for each in await differing.of(db, RoundChange, row.id):  # what was decided of one round later stands
        if each.on >= new.since:
            each.series_id = later.id
    await db.flush()
    record(db, actor, "round_series.changed", str(row.id), now, reason=f"split at {new.since}")
    _tell(db, actor, later, SeriesChanged(**_rule(later), follows_id=row.id), now)
    await follow(db, actor, later, row, new.since, now, before_it)
    return later


async def clock_changed(db: AsyncSession, hospital_id: str, now: datetime) -> None:
    """The branch lies in another time zone: its rounds keep their time on the wall. The system's act: who changed the
    zone plans no rounds."""
    s = RoundSeries
    goes_on = col(s.ends_on).is_(None) | (col(s.ends_on) >= (now - timedelta(days=1)).date())
    query = select(s).where(s.branch_id == hospital_id, goes_on).order_by(col(s.id)).with_for_update()
    for row in (await db.exec(query)).all():
        if is_readable(row.rrule, row.at) and len(readable_ids(row.leads)) == len(row.leads):
            row.version += 1
            _tell(db, None, row, SeriesChanged(**_rule(row)), now)
            await follow(db, None, row, row, date.min, now, Former.of(row))


async def end(db: AsyncSession, actor: Actor, id: UUID, version: int, new: SeriesEndIn, now: datetime) -> RoundSeries:
    """No rounds after a day: those planned are cancelled. One whose list is open is cancelled by itself."""
    row = await get(db, actor, id, version=version)
    later = select(RoundSeries.id).where(RoundSeries.follows_id == id)
    if row.ends_on is not None and new.last > row.ends_on and (await db.exec(later)).first() is not None:
        raise Invalid("Another series has its rounds from then on.", reason="no_occurrence")
    row.ends_on, row.version = new.last, row.version + 1
    record(db, actor, "round_series.ended", str(row.id), now, reason=new.reason or None)
    _tell(db, actor, row, SeriesEnded(**_rule(row), reason=new.reason), now)
    await db.flush()
    await follow(db, actor, row, row, date.min, now, Former.of(row))
    return row


async def change_one(
    db: AsyncSession, actor: Actor, id: UUID, version: int, on: date, new: OccurrenceIn, now: datetime
) -> RoundSeries:
    """One round of the series: left out, or moved. Raises Conflict that names what blocks the new time."""
    row = await get(db, actor, id, version=version)
    rule = rule_of(row, (await people.zones(db))[row.branch_id])
    if not has(rule, on):
        raise NotFound("There is no round on that day.", reason="no_occurrence")
    moved = new.change is OccurrenceChange.moved
    if moved and (new.starts_at is None or new.starts_at <= now):
        raise Invalid("Say to which time to come.", reason="time_needed")
    if moved and new.starts_at is not None:
        await differing.settle(db, RoundChange, actor, row, rule.zone, on, new.starts_at, new.minutes, new.reason, now)
    else:
        await differing.leave_out(db, RoundChange, actor, id, on, new.reason, now)
    row.version += 1
    session = await _session(db, id, on)
    if session is None:
        await make(db, actor, row, now, anew=on if moved else None)
    elif moved and new.starts_at is not None:
        await sessions.reschedule(
            db,
            actor,
            session.id,
            session.version,
            new.starts_at,
            new.minutes or row.minutes,
            now,
            reason=new.reason,
            override=new.override,
        )
    elif session.state is RoundState.planned:
        await sessions.call_off(db, actor, session, SERIES_CHANGED, now)
    else:
        await sessions.cancel(db, actor, session.id, session.version, new.reason or SERIES_CHANGED, now)
    record(db, actor, "round_series.occurrence", str(id), now, reason=f"{on} {new.change}")
    return row


async def _session(db: AsyncSession, series_id: UUID, on: date) -> RoundSession | None:
    query = select(RoundSession).where(RoundSession.series_id == series_id, RoundSession.on == on)
    query = query.where(col(RoundSession.state).not_in(sorted(rules.NEVER)))
    return (await db.exec(query)).first()


def _rule(row: RoundSeries) -> dict[str, Any]:
    return {"series_id": row.id, "rule": row.rrule, "at": row.at}


def _tell(db: AsyncSession, actor: Actor | None, row: RoundSeries, told: OfSeries, now: datetime) -> None:
    emit(db, told, About(row.branch_id, row.hub_id), now, by=actor)
