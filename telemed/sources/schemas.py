"""The API's inputs and outputs about hospital systems and what may send images."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.sources.model import Fault, SystemKind

Trimmed = StringConstraints(strip_whitespace=True)
# PS3.5 §6.2, value representation AE: 16 printable characters without a backslash.
Title = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[ -\[\]-~]{1,16}$")]


class SystemIn(Input):
    """`secret` "": as it was, as long as neither address nor account changes."""

    kind: SystemKind
    name: Annotated[str, Trimmed] = Field(min_length=1, max_length=40)
    address: Annotated[str, Trimmed] = Field(min_length=1, max_length=500)
    account: Annotated[str, Trimmed] = Field(default="", max_length=100)
    secret: str = Field(default="", max_length=500)
    mapping: dict[str, Annotated[str, Trimmed, Field(max_length=400)]] = Field(default_factory=dict, max_length=12)


class SystemOut(Versioned):
    """Your hospital's system. `failures`: look-ups of today that it did not answer; `why`: the last one's."""

    id: UUID
    kind: SystemKind
    name: str
    address: str
    account: str
    has_secret: bool
    mapping: dict[str, str]
    heard_at: datetime | None
    failed_at: datetime | None
    why: Fault | None
    failures: int


class AeTitleOut(Model):
    title: str
    name: str
    heard_at: datetime | None


class AeTitleIn(Input):
    title: Title
    name: Annotated[str, Trimmed] = Field(default="", max_length=60)


class ReceiverOut(Model):
    """To whom devices send. `port` 0: this installation takes no images by DIMSE."""

    title: str
    port: int


class SourcesOut(Model):
    """What your hospital has set up."""

    system: SystemOut | None
    ae_titles: list[AeTitleOut]
    receiver: ReceiverOut


class TryIn(Input):
    """`number`: of a patient who is in the hospital; "": only whether each part can be read."""

    number: Annotated[str, Trimmed] = Field(default="", max_length=64)


class PartOut(Model):
    """One view or resource; `why` null: it can be read. `missing`: documented columns that it lacks."""

    name: str
    why: Fault | None
    missing: list[str]


class TriedOut(Model):
    """`why`: why nothing could be tried. `fields`: how many came of the patient, null if there is none of the number;
    what they say is no administrator's to read.
    """

    why: Fault | None
    parts: list[PartOut]
    fields: int | None
    milliseconds: int
