"""Load once what the readiness gate is computed from."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.cases import service as cases
from telemed.consultations.materials import images
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.gate import Check, Evidence, checks
from telemed.people.model import Hospital, Staff
from telemed.rooms.model import DeviceTest

TESTED_WITHIN = timedelta(hours=24)


async def gate(db: AsyncSession, row: Consultation, now: datetime) -> list[Check]:
    return checks(await evidence(db, row, now))


async def evidence(db: AsyncSession, row: Consultation, now: datetime) -> Evidence:
    lead = await db.get(Staff, row.lead_id) if row.lead_id else None
    zone = ZoneInfo((await db.get_one(Hospital, row.hub_id)).time_zone)
    found = await images(db, row)
    return Evidence(
        content=request_of(row),
        consents=await cases.consents(db, row.id),
        packet=await cases.packet(db, row.id),
        held=found.held,
        waiting=len(found.waiting),
        awaited=len(found.awaited),
        credential_until=lead.credential_until if lead else None,
        today=now.astimezone(zone).date(),
        tests={
            "devices_hub": await _last_test(db, row.lead_id, now),
            "devices_branch": await _last_test(db, row.accompanying_id, now),
        },
        participants=await participants.of(db, row.id),
    )


async def _last_test(db: AsyncSession, staff_id: UUID | None, now: datetime) -> DeviceTest | None:
    if staff_id is None:
        return None
    query = (
        select(DeviceTest)
        .where(DeviceTest.staff_id == staff_id, col(DeviceTest.at) > now - TESTED_WITHIN)
        .order_by(col(DeviceTest.at).desc())
    )
    return (await db.exec(query)).first()
