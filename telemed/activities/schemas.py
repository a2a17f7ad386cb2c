"""How activities of any kind are shown together."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from telemed.activities.words import Asks, Phase, Urgency
from telemed.kit.model import Model
from telemed.people.model import Allergy, Sex, Title


class PlaceBrief(Model):
    """A bed, as far as it is known."""

    hospital_id: str
    department: str
    department_en: str
    bed: str


class PatientBrief(PlaceBrief):
    """The patient and their bed."""

    id: UUID
    name: str
    pinyin: str
    sex: Sex
    age: int | None
    allergy: Allergy


class LeadBrief(Model):
    name: str
    name_en: str
    title: Title


class Announced(Model):
    """What may stand on a screen beside which anybody walks: where it is about, and who leads it; no patient."""

    department: str = ""
    department_en: str = ""
    ward: str = ""
    lead: LeadBrief | None = None


class RingingOut(Model):
    """An activity that calls: nobody has taken it yet, or who leads it does not come. The red band."""

    activity: str
    activity_id: UUID
    version: int
    title: str
    patient: PatientBrief | None
    place: PlaceBrief
    question: str
    patient_present: bool
    since: datetime
    asks: Asks
    rings: bool  # at this person just now; at others of the specialty and the centre it is only shown
    rung_at: datetime | None  # since when; where it rings again, this is later
    names_lead: bool  # a coordinator names the lead expert in taking it
    leaves: bool  # this person is in another room, and would leave it


class NextOut(Model):
    """An activity of today that somebody takes part in. Its readiness is counted if it is the first to join."""

    activity: str
    activity_id: UUID
    title: str
    urgency: Urgency
    patient: PatientBrief | None
    lead_name: str
    lead_name_en: str
    role: str
    starts_at: datetime | None
    ends_at: datetime | None
    phase: Phase
    venue: str
    venue_en: str
    ready: int
    checks: int
    may_join: bool
    waiting_for_me: bool  # somebody of the other side is in the room


class SignBrief(Model):
    """A vital sign as it was written; pages name those that they know in their language."""

    name: str
    value: str
    unit: str
    flag: Literal["", "low", "high", "critical"]


class AtHandOut(Model):
    """An activity that whoever is on duty may be called about. `vitals`: the latest that its own pages show."""

    activity: str
    activity_id: UUID
    title: str
    urgency: Urgency
    patient: PatientBrief | None
    place: PlaceBrief | None
    phase: Phase
    starts_at: datetime | None
    vitals: list[SignBrief]
    vitals_at: datetime | None


class HeldOut(Model):
    """An activity of a hub's day: when and where, who leads it, and how far it has come."""

    activity: str
    activity_id: UUID
    title: str
    urgency: Urgency
    patient: PatientBrief | None
    place: PlaceBrief
    lead_name: str
    lead_name_en: str
    starts_at: datetime
    ends_at: datetime | None
    venue: str
    venue_en: str
    phase: Phase


class FoundOut(Model):
    """An activity that a search has found."""

    activity: str
    activity_id: UUID
    number: str
    title: str
    patient: PatientBrief | None
    since: datetime
    phase: Phase
