"""Tickets for rooms, their chat, who was there, and device tests."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.access.tickets import ROOM_LIFE, Keys
from telemed.audit.service import record
from telemed.history.events import About
from telemed.history.service import emit
from telemed.people import service as people
from telemed.rooms import rules
from telemed.rooms.events import DeviceTested
from telemed.rooms.model import DeviceTest, Room, RoomEvent, RoomMessage
from telemed.rooms.ports import Doors, Entry
from telemed.rooms.rules import Media
from telemed.rooms.schemas import DeviceTestIn

LONGEST_TEXT = 4000


async def ticket(
    db: AsyncSession, actor: Actor, room_id: UUID, device: str, doors: Doors, keys: Keys, now: datetime
) -> tuple[str, Entry]:
    """A signed ticket and the entry it is for. Calls no leaf; the first ticket of a room creates its row."""
    entry = await doors.entry(db, actor, room_id, now)
    await _open(db, room_id, entry, now)
    record(db, actor, "room.ticket", str(room_id), now)
    person = (await people.staff_by_id(db, [actor.id])).get(actor.id)
    claims: dict[str, Any] = {
        "sub": str(actor.id),
        "sid": str(actor.sid),
        "hospital": actor.hospital_id,
        "name": actor.name,
        "title": str(person.title) if person else "",
        "case": str(entry.case_id) if entry.case_id else None,
        "device": device,
        "studies": list(entry.studies),
    }
    return _signed(claims, room_id, entry, keys, now), entry


async def device_ticket(
    db: AsyncSession, id: UUID, hospital_id: str, name: str, room_id: UUID, entry: Entry, keys: Keys, now: datetime
) -> str:
    """A signed ticket for a device of a hospital, as which it is called `name` in the room. It says nothing of the
    case; when the device is revoked, its id is the sign-in that ends.
    """
    await _open(db, room_id, entry, now)
    record(db, None, "room.ticket", str(room_id), now, reason=f"device {id}")
    claims: dict[str, Any] = {
        "sub": f"{rules.OF_DEVICE}{id}",
        "sid": str(id),
        "hospital": hospital_id,
        "name": name,
        "title": "",
        "case": None,
        "device": "cart",
        "studies": [],
    }
    return _signed(claims, room_id, entry, keys, now)


def _signed(who: dict[str, Any], room_id: UUID, entry: Entry, keys: Keys, now: datetime) -> str:
    claims = who | {
        "role": entry.role,
        "room": str(room_id),
        "room_kind": entry.activity.kind,
        "grants": sorted(entry.rights),
        "booked": entry.booked,
    }
    return keys.sign("signaling", ROOM_LIFE, now, claims)


async def _open(db: AsyncSession, room_id: UUID, entry: Entry, now: datetime) -> None:
    if await db.get(Room, room_id) is not None:
        return
    row = Room(
        id=room_id,
        activity=entry.activity.kind,
        activity_id=entry.activity.id,
        case_id=entry.case_id,
        patient_id=entry.patient_id,
        title=entry.title,
        created_at=now,
    )
    try:
        async with db.begin_nested():
            db.add(row)
    except IntegrityError:
        pass  # somebody else got the first ticket at the same moment


async def of_patient(db: AsyncSession, patient_id: UUID) -> list[UUID]:
    """The patient's rooms that have not ended."""
    open_ = select(Room.id).where(Room.patient_id == patient_id, col(Room.ended_at).is_(None))
    return list((await db.exec(open_)).all())


async def messages(db: AsyncSession, room_id: UUID) -> list[RoomMessage]:
    """The chat to everybody, in the order of the room's log."""
    query = select(RoomMessage).where(RoomMessage.room_id == room_id, col(RoomMessage.to).is_(None))
    return list((await db.exec(query.order_by(col(RoomMessage.epoch), col(RoomMessage.seq)))).all())


async def take_in(
    db: AsyncSession, room_id: UUID, kind: str, epoch: int, seq: int, data: dict[str, Any], at: datetime, now: datetime
) -> UUID | None:
    """Stores a report of signaling; returns the person it is about, if it is about one."""
    if kind == "chat":
        return _said(db, room_id, epoch, seq, data, at)
    sub = data.get("sub")
    staff_id = UUID(sub) if isinstance(sub, str) and not sub.startswith(rules.OF_DEVICE) else None
    device = str(data["id"]).partition("/")[2] if staff_id else None
    db.add(
        RoomEvent(
            room_id=room_id, type=kind, staff_id=staff_id, device=device or None, at=at, recorded_at=now, data=data
        )
    )
    return staff_id


def _said(db: AsyncSession, room_id: UUID, epoch: int, seq: int, data: dict[str, Any], at: datetime) -> UUID:
    sender = UUID(str(data["from"]).partition("/")[0])
    payload = data.get("payload")  # whatever the page sent
    text = str(payload.get("text", "") if isinstance(payload, dict) else payload)
    text = text.replace("\0", "\ufffd")  # older rooms allowed a NUL, which PostgreSQL cannot store
    db.add(
        RoomMessage(
            room_id=room_id, epoch=epoch, seq=seq, sender=sender, to=data.get("to"), text=text[:LONGEST_TEXT], at=at
        )
    )
    return sender


@dataclass
class Stay:
    """One person's presence, computed from the room's reports in the order in which they occurred."""

    inside: set[str] = field(default_factory=set)  # devices; the person is there until the last has left
    waiting: set[str] = field(default_factory=set)  # devices at the door, or asked by the lead to wait there again
    joined_at: datetime | None = None  # first time
    left_at: datetime | None = None  # last time; None while inside

    def add(self, report: RoomEvent) -> None:
        device = report.device or ""
        self.inside.discard(device)
        self.waiting.discard(device)
        match report.type:
            case "member.joined":
                self.inside.add(device)
                self.joined_at, self.left_at = self.joined_at or report.at, None
            case "member.waiting":
                self.waiting.add(device)
            case "member.left" if self.joined_at is not None and not self.inside:
                self.left_at = self.left_at or report.at
            case "room.ended":  # for everybody; their devices are not reported one by one
                self.left_at = self.left_at or report.at if self.inside else self.left_at
                self.inside, self.waiting = set(), set()


async def stay(db: AsyncSession, room_id: UUID, staff_id: UUID) -> Stay:
    theirs = and_(
        col(RoomEvent.staff_id) == staff_id,
        col(RoomEvent.type).in_(["member.joined", "member.waiting", "member.left"]),
    )
    query = (
        select(RoomEvent)
        .where(RoomEvent.room_id == room_id, or_(theirs, col(RoomEvent.type) == "room.ended"))
        .order_by(col(RoomEvent.at), col(RoomEvent.id))
    )
    found = Stay()
    for report in await db.exec(query):
        found.add(report)
    return found


async def media(db: AsyncSession, room_id: UUID, start: datetime, end: datetime) -> dict[UUID, Media]:
    """How long each person in the room had a media seat between these moments; empty if the room did not report it."""
    query = select(RoomEvent).where(RoomEvent.room_id == room_id).order_by(col(RoomEvent.at), col(RoomEvent.id))
    return rules.media((await db.exec(query)).all(), start, end)


async def keep_test(db: AsyncSession, actor: Actor, new: DeviceTestIn, now: datetime) -> DeviceTest:
    row = DeviceTest(staff_id=actor.id, at=now, **new.model_dump())
    db.add(row)
    event = DeviceTested(camera=new.camera, microphone=new.microphone, network=new.network)
    emit(db, event, About(actor.hospital_id), now, by=actor)
    await db.flush()
    return row


async def last_test(db: AsyncSession, staff_id: UUID) -> DeviceTest | None:
    query = select(DeviceTest).where(DeviceTest.staff_id == staff_id).order_by(col(DeviceTest.at).desc()).limit(1)
    return (await db.exec(query)).first()
