"""线上会诊室: rooms, their chat, who was there, and device tests."""

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
    patient_id: UUID | None = Field(default=None, index=True)  # asked at each event about a study
    title: str = ""
    created_at: datetime = moment()
    ended_at: datetime | None = moment(optional=True)


class RoomMessage(Table, table=True):
    """A line of chat; `epoch` and `seq` are its place in the room's log."""

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
    """A report of signaling: somebody waited, came, left, lost the connection or came back."""

    id: UUID = key()
    room_id: UUID = Field(index=True)
    type: str
    staff_id: UUID | None = Field(default=None, index=True)
    device: str | None = None
    at: datetime = moment()
    recorded_at: datetime = moment()
    data: dict[str, Any] = json_column()


class DeviceTest(Table, table=True):
    """One person's test of camera, microphone and network."""

    id: UUID = key()
    staff_id: UUID = Field(index=True)
    at: datetime = moment()
    camera: bool
    microphone: bool
    network: bool
    details: dict[str, Any] = json_column()
