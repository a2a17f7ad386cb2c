"""The ports of people: the hospital information system, and who must know when a patient's record changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.kit.model import Model
from telemed.people.model import Allergy, IdentifierKind, Patient, Sex

Flag = Literal["", "low", "high", "critical"]


class SourcedMeasure(Model):
    """A vital sign or a test in the patient's record."""

    name: str
    value: str
    unit: str = ""
    flag: Flag = ""


class SourcedText(Model):
    """A text of the patient's record, or its measures, with its source and when it was written there.

    `source` is a word that pages translate (admission_note, progress_note, nursing_record, orders, laboratory), or the
    hospital system's own name.
    """

    text: str = ""
    source: str
    at: datetime
    measures: list[SourcedMeasure] = Field(default_factory=list)


class Taken(Model):
    """That something was measured, and when; `code` is the hospital system's, or a known word."""

    kind: Literal["vital", "test"]
    code: str
    name: str
    at: datetime


class Measured(Taken):
    """One vital sign or laboratory test as a hospital system has it."""

    value: str
    unit: str = ""
    ref_low: str = ""
    ref_high: str = ""
    flag: Flag = ""


class Ordered(Model):
    """One order, in words; `ended_at` None: it is in force."""

    kind: Literal["medicine", "other"]
    text: str
    started_at: datetime | None = None
    ended_at: datetime | None = None


class Stay(Model):
    """Where a patient lies, or lay until `discharged_at`; the number is the stay's."""

    number: str = ""
    department: str = ""
    ward: str = ""
    bed: str = ""
    bed_doctor: str = ""
    admitted_at: datetime | None = None
    discharged_at: datetime | None = None


class PatientData(Model):
    """What a hospital system knows of a patient who is in the hospital. A field that is not set is not known there,
    and what is kept of it stays.
    """

    hospital_id: str
    source: str  # the system's name, or a word that pages translate
    kind: IdentifierKind
    number: str
    name: str
    pinyin: str = ""  # the hospital system's spelling, family name first; empty: the usual reading
    sex: Sex
    birth_date: date | None
    allergy: Allergy = Allergy.not_asked
    allergy_text: str = ""
    critical: bool = False
    department: str = ""
    ward: str = ""
    bed: str = ""
    phone: str = ""
    attending: str = ""
    attending_phone: str = ""
    record: dict[str, SourcedText] = Field(default_factory=dict)  # by the field of the request it fills
    stay: Stay | None = None  # the open one, or else the last
    measured: list[Measured] = Field(default_factory=list)
    withdrawn: list[Taken] = Field(default_factory=list)  # entered in error or cancelled: no longer to be shown
    orders: list[Ordered] = Field(default_factory=list)
    left_out: dict[str, str] = Field(
        default_factory=dict
    )  # what could not be read: patient, allergy, vitals …, and why


class SystemState(Model):
    """Of the system of a hospital: `silent`: when last asked it did not answer; `heard_at`: when it last did."""

    name: str
    silent: bool = False
    heard_at: datetime | None = None


class PatientSource(Protocol):
    """The hospital system: a demonstration, database views or FHIR. Raises Unavailable, with a reason, if it cannot
    say; nobody waits for it longer than seconds, because typing by hand goes on.
    """

    async def find(self, hospital_id: str, number: str) -> PatientData | None:
        """The patient of a hospital with this admission or outpatient number."""

    async def state(self, db: AsyncSession, hospital_id: str) -> SystemState | None:
        """Of the hospital's system, without asking it anything; None: it has none."""


@dataclass(frozen=True)
class Correction:
    """One corrected field of a patient's identity, before and after."""

    field: Literal["name", "sex", "birth_date", "number"]
    before: str | Sex | date | None  # None: there was none
    after: str | Sex | date | None
    number_kind: IdentifierKind | None = None  # if a number was added


class AtDevices(Protocol):
    """The hospital's registered devices (ward carts), at which people sign in."""

    async def device(self, db: AsyncSession, secret: str) -> UUID | None:
        """The device whose browser has this cookie; None if it is none, or revoked."""

    async def entered(self, db: AsyncSession, actor: Actor, by: str, now: datetime) -> None:
        """Called when somebody has signed in, at a device or not; `by`: password, code …"""


class RecordChanged(Protocol):
    """Called when what others rest on has changed in a record, by hand or from the hospital system, in that
    transaction.
    """

    async def __call__(
        self,
        db: AsyncSession,
        patient: Patient,
        corrections: Sequence[Correction],
        others: Sequence[str],
        by: Actor,
        now: datetime,
    ) -> None:
        """Called once for each change, after the record has its new version.

        `corrections`: of the identity. `others`: the names of further fields that a request needs, in any case one of
        either.
        """
