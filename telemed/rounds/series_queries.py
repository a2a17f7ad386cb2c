"""Shows series, and with what and whom a coordinator may plan one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, false, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import CLINICAL
from telemed.access.model import Actor, Role
from telemed.devices.model import Device, DeviceKind
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.people.model import Department, HospitalKind, Staff, Ward
from telemed.rounds import rules
from telemed.rounds.model import RoundSeries, RoundSession
from telemed.rounds.series_schemas import (
    BranchChoice,
    ChoicesOut,
    LeadOut,
    PlaceChoice,
    SeriesList,
    SeriesOut,
    WardChoice,
)
from telemed.rounds.words import AGREEMENT_SERVICE
from telemed.scheduling import queries as calendars
from telemed.scheduling.model import Resource
from telemed.scheduling.recurrence import is_readable, readable_ids

COLUMNS = set(SeriesOut.model_fields) & set(RoundSeries.model_fields) - {"leads"}


async def find(db: AsyncSession, actor: Actor, now: datetime) -> SeriesList:
    """Those of the hub for its coordinators, those of its wards for a branch; the ended ones are missing."""
    plans = actor.has(Role.coordinator)
    of_hub = col(RoundSeries.hub_id) == actor.hospital_id if plans else false()
    of_branch = col(RoundSeries.branch_id) == actor.hospital_id if actor.has(*CLINICAL) else false()
    leads = [] if plans else await _led_by(db, actor)
    today = day_in((await people.zones(db))[actor.hospital_id], now)
    query = select(RoundSeries).where(or_(of_hub, of_branch, col(RoundSeries.id).in_(leads)))
    query = query.where(or_(col(RoundSeries.ends_on).is_(None), col(RoundSeries.ends_on) >= today))
    found = (await db.exec(query.order_by(col(RoundSeries.id)))).all()
    return SeriesList(items=await shown(db, actor, found, now), may_plan=plans)


async def _led_by(db: AsyncSession, actor: Actor) -> Sequence[UUID]:
    """Series whose rounds this person leads."""
    query = select(RoundSession.series_id).where(RoundSession.lead_id == actor.id).distinct()
    return [each for each in (await db.exec(query)).all() if each is not None]


async def shown(db: AsyncSession, actor: Actor, found: Sequence[RoundSeries], now: datetime) -> list[SeriesOut]:
    wards = {e.id: e for e in (await db.exec(select(Ward).where(col(Ward.id).in_([s.ward_id for s in found])))).all()}
    places = await _named(db, {each.venue_id for each in found if each.venue_id})
    carts = {
        e.id: e.name
        for e in (
            await db.exec(select(Device).where(col(Device.id).in_([s.cart_id for s in found if s.cart_id])))
        ).all()
    }
    beside = await people.staff_by_id(db, {each.accompanying_id for each in found if each.accompanying_id})
    named = {row.id: readable_ids(row.leads) for row in found}
    leads = {each.id: each for each in await _leads(db, set(chain(*named.values())))}
    ahead, last, unbooked = await _dates(db, [each.id for each in found], now)
    return [
        SeriesOut.model_validate(
            row.model_dump(include=COLUMNS)
            | {
                "ward": wards[row.ward_id].name,
                "ward_en": wards[row.ward_id].name_en,
                "leads": [leads[who] for who in named[row.id] if who in leads],
                "venue": place.name if (place := places.get(row.venue_id)) else "",
                "venue_en": place.name_en if place else "",
                "cart": carts.get(row.cart_id, "") if row.cart_id else "",
                "accompanying": beside[row.accompanying_id].name if row.accompanying_id in beside else "",
                "next_at": ahead.get(row.id),
                "last_at": last.get(row.id),
                "unbooked": unbooked.get(row.id, 0),
                "unreadable": not is_readable(row.rrule, row.at) or len(named[row.id]) < len(row.leads),
                "may_change": row.hub_id == actor.hospital_id and actor.has(Role.coordinator),
            }
        )
        for row in found
    ]


async def _named(db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID | None, Resource]:
    return {each.id: each for each in (await db.exec(select(Resource).where(col(Resource.id).in_(ids)))).all()}


async def _dates(
    db: AsyncSession, ids: Collection[UUID], now: datetime
) -> tuple[dict[UUID, datetime], dict[UUID, datetime], dict[UUID, int]]:
    """By series the next round, the last that took place, and how many to come have no booked time."""
    s = RoundSession
    of_these = select(s.series_id, s.starts_at, s.state, s.unbooked).where(col(s.series_id).in_(ids))
    ahead: dict[UUID, datetime] = {}
    last: dict[UUID, datetime] = {}
    unbooked: dict[UUID, int] = {}
    for id, starts, state, blocked in (await db.exec(of_these.order_by(col(s.starts_at)))).all():
        if id is None or state in rules.NEVER:
            continue
        if state in rules.OVER:
            last[id] = starts
        elif starts > now:
            ahead.setdefault(id, starts)
            unbooked[id] = unbooked.get(id, 0) + bool(blocked)
    return ahead, last, unbooked


async def _leads(db: AsyncSession, ids: Collection[UUID]) -> list[LeadOut]:
    query = select(Staff, Department).join(Department, col(Department.id) == Staff.department_id, isouter=True)
    found = (await db.exec(query.where(col(Staff.id).in_(ids)).order_by(col(Staff.pinyin), col(Staff.id)))).all()
    return [
        LeadOut(
            **staff.model_dump(include={"id", "name", "name_en", "title"}),
            department=department.name if department else "",
            department_en=department.name_en if department else "",
        )
        for staff, department in found
    ]


async def choices(db: AsyncSession, actor: Actor, now: datetime) -> ChoicesOut:
    """The branches whose agreements cover rounds, with their wards, carts and doctors; the hub's experts and venues."""
    branches = []
    for each in await people.hospitals(db):
        if each.kind is not HospitalKind.branch:
            continue
        if await people.agreement(db, each.id, actor.hospital_id, AGREEMENT_SERVICE, now) is None:
            continue
        wards = select(Ward).where(Ward.hospital_id == each.id).order_by(col(Ward.code))
        carts = select(Device).where(Device.hospital_id == each.id, col(Device.revoked_at).is_(None))
        carts = carts.where(col(Device.kind).in_([DeviceKind.cart, DeviceKind.camera])).order_by(col(Device.name))
        doctors = {who for role in rules.DOCTORS for who in await holders(db, each.id, role)}
        branches.append(
            BranchChoice(
                id=each.id,
                name=each.name,
                name_en=each.name_en,
                time_zone=each.time_zone,
                wards=[
                    WardChoice(id=ward.id, name=ward.name, name_en=ward.name_en)
                    for ward in (await db.exec(wards)).all()
                ],
                carts=[PlaceChoice(id=c.id, name=c.name, name_en=c.name) for c in (await db.exec(carts)).all()],
                doctors=await _leads(db, doctors),
            )
        )
    departments = await people.departments(db)
    return ChoicesOut(
        branches=branches,
        leads=await _leads(db, await holders(db, actor.hospital_id, Role.expert)),
        venues=[
            PlaceChoice(id=v.id, name=v.name, name_en=v.name_en)
            for v in await calendars.venues(db, [actor.hospital_id])
        ],
        specialties=sorted({each.specialty for each in departments if each.hospital_id == actor.hospital_id}),
    )
