"""Devices of a hospital: a ward cart, the computer of a consultation room, a bedside camera. Each is no person."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index
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
    revoked_at: datetime | None = moment(optional=True)
    revoked_by: UUID | None = None


class DeviceCode(Table, table=True):
    """A code on the screen of a device that waits to be registered."""

    id: UUID = key()
    code_sha256: str = Field(unique=True)
    secret_sha256: str = Field(unique=True)
    address: str = Field(index=True)
    expires_at: datetime = moment(index=True)


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
