"""The readiness gate: what must hold before a consultation starts, checked by the system again and again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.cases import service as cases
from telemed.consultations.engine import act
from telemed.consultations.materials import images
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import RequestContent, checklist, request_of
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.schemas import CheckOut
from telemed.consultations.words import Action, ParticipantRole, State
from telemed.people.model import Hospital, Staff
from telemed.rooms.model import DeviceTest

TESTED_WITHIN = timedelta(hours=24)
RED_BEFORE = timedelta(minutes=30)


async def checks(db: AsyncSession, row: Consultation, now: datetime) -> list[CheckOut]:
    """Every line of the gate, green or not, with what a person must do about it."""
    content = request_of(row)
    return [
        await _consent(db, row),
        await _packet(db, row, content),
        *await _images(db, row, content),
        await _credential(db, row, now),
        *await _devices(db, row, now),
        await _accompanying_here(db, row),
    ]


def red(found: list[CheckOut]) -> list[str]:
    return [each.key for each in found if each.blocks and not each.ok]


async def _consent(db: AsyncSession, row: Consultation) -> CheckOut:
    consents = await cases.consents(db, row.id)
    ok = await cases.consented(db, row.id)
    last = max((each.at for each in consents), default=None)
    kinds = [each.kind for each in consents if each.withdrawn_at is None]
    return CheckOut(key="consent", ok=ok, blocks=True, at=last, detail={"kinds": kinds})


async def _packet(db: AsyncSession, row: Consultation, content: RequestContent) -> CheckOut:
    wanted = checklist(content.specialty)
    answered = await cases.checklist_answered(db, row.id)
    missing = [each for each in wanted if each not in answered]
    detail = {"missing": missing, "have": len(wanted) - len(missing), "of": len(wanted)}
    return CheckOut(key="packet", ok=not missing, blocks=True, detail=detail)


async def _images(db: AsyncSession, row: Consultation, content: RequestContent) -> list[CheckOut]:
    """Counts, and whose they are: every named study confirmed and complete."""
    if content.no_images:
        return [CheckOut(key="images", ok=True, blocks=True, detail={"no_images": True})]
    found = await images(db, row)
    expected = [each.expected for each in found.held]
    counts = {
        "received": sum(each.received for each in found.held),
        "expected": None if None in expected else sum(each or 0 for each in expected),
        "studies": len(found.held),
        "missing": len(found.awaited),
    }
    complete = bool(found.held) and not found.awaited and all(each.complete for each in found.held)
    identity = bool(found.held) and not found.waiting
    return [
        CheckOut(key="images", ok=complete, blocks=True, detail=counts),
        CheckOut(key="identity", ok=identity, blocks=True, detail={"waiting": len(found.waiting)}),
    ]


async def _credential(db: AsyncSession, row: Consultation, now: datetime) -> CheckOut:
    lead = await db.get(Staff, row.lead_id) if row.lead_id else None
    until = lead.credential_until if lead else None
    zone = ZoneInfo((await db.get_one(Hospital, row.hub_id)).time_zone)
    ok = until is not None and until >= now.astimezone(zone).date()
    return CheckOut(key="credential", ok=ok, blocks=True, detail={"until": until.isoformat() if until else None})


async def _devices(db: AsyncSession, row: Consultation, now: datetime) -> list[CheckOut]:
    out = []
    for key, who in (("devices_hub", row.lead_id), ("devices_branch", row.accompanying_id)):
        query = (
            select(DeviceTest)
            .where(DeviceTest.staff_id == who, col(DeviceTest.at) > now - TESTED_WITHIN)
            .order_by(col(DeviceTest.at).desc())
        )
        last = (await db.exec(query)).first() if who else None
        ok = last is not None and last.camera and last.microphone and last.network
        detail = {"camera": last.camera, "microphone": last.microphone, "network": last.network} if last else {}
        out.append(CheckOut(key=key, ok=ok, blocks=True, at=last.at if last else None, detail=detail))
    return out


async def _accompanying_here(db: AsyncSession, row: Consultation) -> CheckOut:
    found = [each for each in await participants.of(db, row.id) if each.role == ParticipantRole.accompanying]
    here = [each for each in found if each.present or each.waiting]
    at = here[0].joined_at if here else None
    return CheckOut(key="accompanying_here", ok=bool(here), blocks=False, at=at)


async def review(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Moves scheduled to ready and back, as the system."""
    if row.state not in (State.scheduled, State.ready):
        return
    missing = red(await checks(db, row, now))
    if row.state is State.scheduled and not missing:
        await act(db, None, row, Action.make_ready, now)
    elif row.state is State.ready and missing:
        await act(db, None, row, Action.make_unready, now, GuardInput(red=missing), missing=missing)
