"""Devices of a hospital: a ward cart, the computer of a consultation room, a bedside camera. Each is no person."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from telemed.kit.table import Table, json_column, key, moment, refers, word


class DeviceKind(StrEnum):
    cart = "cart"
    room = "room"  # the computer of a consultation room
    camera = "camera"  # at a bedside


class Device(Table, table=True):
    """A device that an administrator has registered. It shows who it is by a cookie, of which only the hash is kept."""

    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id")
    kind: DeviceKind = word(DeviceKind)
    name: str
    venue_id: UUID | None = refers("resource.id", optional=True)
    secret_sha256: str = Field(unique=True)
    registered_at: datetime = moment()
    registered_by: UUID
    seen_at: datetime | None = moment(optional=True)
    test_asked_at: datetime | None = moment(optional=True)  # by somebody at the site board, to test itself at once
    revoked_at: datetime | None = moment(optional=True)
    revoked_by: UUID | None = None


class DeviceCode(Table, table=True):
    """A code on the screen of a device that waits to be registered."""

    id: UUID = key()
    code_sha256: str = Field(unique=True)
    secret_sha256: str = Field(unique=True)
    address: str = Field(index=True)
    expires_at: datetime = moment(index=True)


class StayBy(StrEnum):
    """How somebody signed in at a device."""

    code = "code"  # their signed-in telephone confirmed the code on its screen
    password = "password"
    badge = "badge"  # and PIN


class StayEnd(StrEnum):
    """Why somebody is no longer signed in at a device."""

    signed_out = "signed_out"
    changed = "changed"  # 换人
    idle = "idle"
    ended = "ended"  # elsewhere: on their own account's page, by an administrator
    revoked = "revoked"  # the device


class DeviceEntry(Table, table=True):
    """A code on the screen of a device, by which somebody signs in at it with their telephone. One at a time."""

    id: UUID = key()
    device_id: UUID = Field(foreign_key="device.id", unique=True)
    code_sha256: str = Field(unique=True)
    expires_at: datetime = moment()
    confirmed_by: UUID | None = None


class DeviceStay(Table, table=True):
    """Somebody was signed in at a device, from when to when."""

    __table_args__ = (Index("ix_devicestay_device", "device_id", "since"),)

    id: UUID = key()
    device_id: UUID = refers("device.id", index=False)
    staff_id: UUID = refers("staff.id")
    sid: UUID  # of the sign-in
    since: datetime = moment()
    by: StayBy = word(StayBy, check=False)
    ended_at: datetime | None = moment(optional=True)
    why: StayEnd | None = word(StayEnd, optional=True, check=False)


class DeviceCheck(Table, table=True):
    """One test by a device of its camera, microphone and network."""

    __table_args__ = (Index("ix_devicecheck_device", "device_id", "at"),)

    id: UUID = key()
    device_id: UUID = refers("device.id", index=False)
    at: datetime = moment()
    camera: bool
    microphone: bool
    network: bool
    details: dict[str, Any] = json_column()


class DeviceLink(Table, table=True):
    """The longest that a device waited for an answer of the server in the quarter of an hour that begins at `at`."""

    __table_args__ = (UniqueConstraint("device_id", "at"),)

    id: UUID = key()
    device_id: UUID = refers("device.id", index=False)
    at: datetime = moment()
    took: int  # milliseconds
