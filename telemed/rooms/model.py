"""线上会诊室: the room's row, what was said in it, who was there, and whose devices work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, json_column, key, moment


class Room(Table, table=True):
    """The room of one activity, with the activity's id."""

    id: UUID = key()
    activity: str = activity_kind()
    activity_id: UUID = Field(index=True)
    case_id: UUID | None = Field(default=None, index=True)
    patient_id: UUID | None = None
    title: str = ""
    created_at: datetime = moment()
    ended_at: datetime | None = moment(optional=True)


class RoomMessage(Table, table=True):
    """Chat, as the leaf's log ordered it."""

    __table_args__ = (UniqueConstraint("room_id", "epoch", "seq"),)

    id: UUID = key()
    room_id: UUID = Field(index=True)
    epoch: int
    seq: int
    sender: UUID
    to: str | None = None
    text: str
    at: datetime = moment()


class RoomEvent(Table, table=True):
    """A report of signaling: somebody waited, came, went, was lost or came back."""

    id: UUID = key()
    room_id: UUID = Field(index=True)
    type: str
    staff_id: UUID | None = Field(default=None, index=True)
    device: str | None = None
    at: datetime = moment()
    recorded_at: datetime = moment()
    data: dict[str, Any] = json_column()


class DeviceTest(Table, table=True):
    """Camera, microphone and network of one person, tested before the call."""

    id: UUID = key()
    staff_id: UUID = Field(index=True)
    at: datetime = moment()
    camera: bool
    microphone: bool
    network: bool
    details: dict[str, Any] = json_column()
