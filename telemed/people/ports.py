"""What people asks of the hospital information system, and of who must know that a patient's identity changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people.model import Allergy, IdentifierKind, Patient, Sex


class SourcedMeasure(BaseModel):
    """A vital sign or a test of the record."""

    name: str
    value: str
    unit: str = ""
    flag: Literal["", "low", "high", "critical"] = ""


class SourcedText(BaseModel):
    """A paragraph of the record, or its measures, with where it is from and when it was written there.

    `source` is a word that the pages know (admission_note, progress_note, nursing_record, orders, laboratory), or
    the hospital system's own name for it.
    """

    text: str = ""
    source: str
    at: datetime
    measures: list[SourcedMeasure] = []


class PatientData(BaseModel):
    """What a hospital system knows of a patient who is in the hospital."""

    hospital_id: str
    kind: IdentifierKind
    number: str
    name: str
    pinyin: str = ""  # as the hospital system spells it, family name first; empty: by the usual reading
    sex: Sex
    birth_date: date | None
    allergy: Allergy
    allergy_text: str = ""
    critical: bool = False
    department: str = ""
    ward: str = ""
    bed: str = ""
    phone: str = ""
    attending: str = ""
    attending_phone: str = ""
    record: dict[str, SourcedText] = {}  # by the field of the request it fills


class PatientSource(Protocol):
    """HIS: a seeded demo, HL7 v2 ADT or FHIR. It may be slow or down: raises Unavailable."""

    name: str

    async def find(self, hospital_id: str, number: str) -> PatientData | None:
        """By admission or outpatient number, inside one hospital."""


@dataclass(frozen=True)
class Correction:
    """One field of a patient's identity, as it was and as it is now."""

    field: Literal["name", "sex", "birth_date", "number"]
    before: str | Sex | date | None  # None: there was none
    after: str | Sex | date | None
    number_kind: IdentifierKind | None = None  # of a number, which is added and replaces none


class IdentityChanged(Protocol):
    """Called in the transaction of the change, by hand or from the hospital system, after the record was written."""

    async def __call__(
        self, db: AsyncSession, patient: Patient, corrections: Sequence[Correction], by: Actor, now: datetime
    ) -> None:
        """Once for each change; the patient's version is already the new one."""
