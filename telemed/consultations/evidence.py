"""Loads the evidence from which readiness gates are computed, for many consultations at once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.consultations.materials import Materials, materials
from telemed.consultations.model import Consultation
from telemed.consultations.rules.gate import Check, Evidence, better, checks
from telemed.devices import tested
from telemed.devices.standing import TESTED_WITHIN
from telemed.kit.clock import day_in
from telemed.people import registrations
from telemed.people import service as people
from telemed.rooms.model import DeviceTest


async def gate(db: AsyncSession, row: Consultation, now: datetime) -> list[Check]:
    return (await gates(db, [row], now, await materials(db, [row])))[row.id]


async def gates(
    db: AsyncSession, rows: Collection[Consultation], now: datetime, known: dict[UUID, Materials]
) -> dict[UUID, list[Check]]:
    """The readiness gate of each consultation; `known` are their materials."""
    found = await evidence(db, rows, now, known)
    return {id: checks(each) for id, each in found.items()}


async def evidence(
    db: AsyncSession, rows: Collection[Consultation], now: datetime, known: dict[UUID, Materials]
) -> dict[UUID, Evidence]:
    """The evidence of each consultation, in the same number of queries however many there are."""
    zones = await people.zones(db)
    days = {row.id: day_in(zones[row.branch_id], row.starts_at or now) for row in rows}
    known_registrations = await registrations.of_people(db, {row.lead_id for row in rows if row.lead_id})
    insisting = await registrations.insisting(db)
    tests = await _last_tests(db, [each for row in rows for each in (row.lead_id, row.accompanying_id) if each], now)
    of_rooms = await tested.in_venues_of(db, [row.id for row in rows], now - TESTED_WITHIN)
    taking_part = await participants.of_many(db, [row.id for row in rows])
    out = {}
    for row in rows:
        its, day = known[row.id], days[row.id]
        out[row.id] = Evidence(
            needs=its.needs,
            consents=its.consents,
            packet=its.packet,
            held=its.images.held,
            waiting=len(its.images.waiting),
            awaited=len(its.images.awaited),
            others=len(its.images.others),
            registered_until=known_registrations.until(row.lead_id, row.branch_id, day),
            registration_ended=known_registrations.ended(row.lead_id, row.branch_id, day),
            day=day,
            registration_required=registrations.required(insisting, row.branch_id, row.hub_id, day),
            tests={
                key: better(tests.get(person) if person else None, of_rooms.get((row.id, at)))
                for key, person, at in (
                    ("devices_hub", row.lead_id, row.hub_id),
                    ("devices_branch", row.accompanying_id, row.branch_id),
                )
            },
            participants=taking_part.get(row.id, []),
        )
    return out


async def _last_tests(db: AsyncSession, staff_ids: Iterable[UUID], now: datetime) -> dict[UUID, DeviceTest]:
    """Each person's last device test that still counts."""
    query = (
        select(DeviceTest)
        .where(col(DeviceTest.staff_id).in_(set(staff_ids)), col(DeviceTest.at) > now - TESTED_WITHIN)
        .order_by(col(DeviceTest.at))
    )
    return {each.staff_id: each for each in (await db.exec(query)).all()}
