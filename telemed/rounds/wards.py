"""All wards that a person answers for, in one list: last and next round, cadence, what is open and what is late."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.model import Staff, Ward
from telemed.rounds import cadence, regularity, rules
from telemed.rounds.board_schemas import NextRound, VisitedWard, VisitedWards, WardSeries
from telemed.rounds.cadence import Came
from telemed.rounds.model import Instruction, RoundSeries, RoundSession
from telemed.rounds.queries import person

S, G = RoundSession, Instruction


async def find(db: AsyncSession, actor: Actor, now: datetime) -> VisitedWards:
    """Of a coordinator those of the hub's series, of a lead those of the series that they may lead, of a senior doctor
    those of their hospital. It names no patient."""
    zones = await people.zones(db)
    series = await _series(db, actor, zones, now)
    by_ward: dict[UUID, list[RoundSeries]] = {}
    for each in series:
        by_ward.setdefault(each.ward_id, []).append(each)
    query = select(Ward).where(col(Ward.id).in_(by_ward)).order_by(col(Ward.hospital_id), col(Ward.code))
    hub_id = actor.hospital_id if series and series[0].hub_id == actor.hospital_id else None
    rounds = await regularity.held_of(db, by_ward, hub_id, now - regularity.BACK)
    notes = await regularity.notes_of(db, rounds, zones)
    asked = await _asked(db, by_ward, hub_id, now)
    nearest = await _nearest(db, series, now)
    leads = await people.staff_by_id(db, {row.lead_id for them in nearest for row in them.values() if row.lead_id})
    held = {each.id: _held(each, rounds, zones) for each in series}
    items = []
    for ward in (await db.exec(query)).all():
        today, times = day_in(zones[ward.hospital_id], now), notes.get(ward.id, [])
        open_, overdue = asked.get(ward.id, (0, 0))
        items.append(
            VisitedWard(
                ward_id=ward.id,
                ward=ward.name,
                ward_en=ward.name_en,
                hospital_id=ward.hospital_id,
                series=[_one(each, held[each.id], nearest, leads, today) for each in by_ward[ward.id]],
                open=open_,
                overdue=overdue,
                late_to_write=cadence.counted(cadence.written(e, now) for e in times)[Came.overdue],
                late_to_countersign=cadence.counted(cadence.countersigned(e, now) for e in times)[Came.overdue],
                may_open=ward.hospital_id == actor.hospital_id,
            )
        )
    return VisitedWards(items=items, server_time=now)


async def _series(db: AsyncSession, actor: Actor, zones: Mapping[str, str], now: datetime) -> list[RoundSeries]:
    query = select(RoundSeries).order_by(col(RoundSeries.id))
    found = (await db.exec(query)).all()
    return [
        each
        for each in found
        if (each.ends_on is None or each.ends_on >= day_in(zones[each.branch_id], now)) and _mine(each, actor)
    ]


def _mine(row: RoundSeries, actor: Actor) -> bool:
    if row.hub_id == actor.hospital_id:
        return actor.has(Role.coordinator) or (actor.has(*rules.LEADING) and str(actor.id) in row.leads)
    return row.branch_id == actor.hospital_id and actor.has(*rules.SENIORS)


def _held(row: RoundSeries, rounds: Sequence[RoundSession], zones: Mapping[str, str]) -> list[date]:
    zone = zones[row.branch_id]
    return [day_in(zone, each.started_at or each.starts_at) for each in rounds if each.series_id == row.id]


Nearest = tuple[dict[UUID, RoundSession], dict[UUID, RoundSession]]


async def _nearest(db: AsyncSession, series: Sequence[RoundSeries], now: datetime) -> Nearest:
    """By series the last round that took place, and the next that is to come."""
    of_these = select(S).where(
        col(S.series_id).in_([each.id for each in series]), col(S.starts_at) > now - regularity.BACK
    )
    last: dict[UUID, RoundSession] = {}
    ahead: dict[UUID, RoundSession] = {}
    for each in (await db.exec(of_these.order_by(col(S.starts_at)))).all():
        if each.series_id is None:
            continue
        if each.started_at is not None:
            last[each.series_id] = each
        elif each.state in rules.BEFORE and each.ends_at > now:
            ahead.setdefault(each.series_id, each)
    return last, ahead


def _one(
    row: RoundSeries, held: Sequence[date], nearest: Nearest, leads: Mapping[UUID, Staff], today: date
) -> WardSeries:
    days = cadence.days_without(held, row.starts_on, today)
    last, ahead = (_brief(them.get(row.id), leads) for them in nearest)
    return WardSeries(
        **row.model_dump(include={"id", "rrule", "at", "minutes", "cadence_days"}),
        kept=days <= row.cadence_days,
        days=days,
        last=last,
        next=ahead,
    )


def _brief(row: RoundSession | None, leads: Mapping[UUID, Staff]) -> NextRound | None:
    if row is None:
        return None
    return NextRound(id=row.id, starts_at=row.started_at or row.starts_at, lead=person(leads, row.lead_id))


async def _asked(
    db: AsyncSession, wards: Collection[UUID], hub_id: str | None, now: datetime
) -> dict[UUID, tuple[int, int]]:
    """By ward the open instructions, and how many of them are overdue."""
    query = select(G.ward_id, func.count(), func.sum(case((col(G.due_at) < now, 1), else_=0)))
    query = query.where(col(G.ward_id).in_(wards), col(G.state).in_(sorted(rules.OPEN)))
    if hub_id is not None:
        query = query.where(G.hub_id == hub_id)
    return {id: (all_, late or 0) for id, all_, late in (await db.exec(query.group_by(col(G.ward_id)))).all()}
