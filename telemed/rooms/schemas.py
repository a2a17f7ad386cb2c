"""The API's inputs and outputs about rooms."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.kit.http import Input
from telemed.kit.model import Model


class TicketIn(Input):
    device: Literal["page", "companion", "viewer"] = "page"  # companion: beside a cart, which has the camera


class TicketOut(Model):
    """The credential for the first message to signaling; valid once, for five minutes."""

    room: UUID
    ticket: str
    url: str
    role: str
    booked: bool
    admits: bool


class MessageOut(Model):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    epoch: int
    seq: int
    sender: UUID
    text: str
    at: datetime


class Messages(Model):
    items: list[MessageOut]


class DeviceFound(Input):
    """The result for one device or link; `value` is a level, a number of frames or milliseconds."""

    state: str = Field(max_length=40)
    value: float | None = Field(default=None, allow_inf_nan=False)
    label: str | None = Field(default=None, max_length=300)


class DeviceDetails(Input):
    camera: DeviceFound | None = None
    microphone: DeviceFound | None = None
    signaling: DeviceFound | None = None
    media: DeviceFound | None = None
    relay: DeviceFound | None = None  # none: no relay was asked


class DeviceTestIn(Input):
    camera: bool
    microphone: bool
    network: bool
    details: DeviceDetails = Field(default_factory=DeviceDetails)


class DeviceTestOut(Model):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    camera: bool
    microphone: bool
    network: bool


class IceServer(Model):
    urls: list[str]
    username: str = ""
    credential: str = ""


class IceServersOut(Model):
    """`iceServers` for RTCPeerConnection; the credentials are valid for some minutes."""

    ice_servers: list[IceServer]


class LastDeviceTest(Model):
    last: DeviceTestOut | None
