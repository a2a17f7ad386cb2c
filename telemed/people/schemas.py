"""The API's inputs and outputs about people."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.access.model import Owed, Role
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import Allergy, HospitalKind, IdentifierKind, Sex, Title
from telemed.people.ports import SourcedText


class Out(Model):
    model_config = ConfigDict(from_attributes=True)


class Credentials(Input):
    username: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)


class NewPassword(Input):
    password: str = Field(min_length=1, max_length=200)


class HospitalOut(Versioned):
    id: str
    kind: HospitalKind
    name: str
    name_en: str
    licence_name: str
    time_zone: str
    coordinator_phone: str
    endorsement: bool
    review: bool


class HospitalSettings(Input):
    """Whether a branch endorses and reviews its requests, and whom to telephone when a page fails."""

    endorsement: bool
    review: bool
    coordinator_phone: str = Field(max_length=40)


class DepartmentOut(Out):
    id: UUID
    hospital_id: str
    specialty: str
    name: str
    name_en: str


class ActorOut(Model):
    id: UUID
    username: str
    name: str
    name_en: str
    title: Title
    hospital_id: str
    department_id: UUID | None
    department: str
    department_en: str
    language: str


class OwedOut(Model):
    """What somebody must do next who has given the right password and is not signed in yet."""

    owes: Owed
    username: str
    name: str
    name_en: str
    password_length: int  # characters that a new password has at least


class SessionOut(Model):
    """Who is signed in (null: nobody), and the addresses of the rooms and images."""

    actor: ActorOut | None
    owed: OwedOut | None
    hospitals: list[HospitalOut]
    roles: list[Role]
    server_time: datetime
    signaling_url: str
    dicomweb_url: str
    imaging_url: str
    site_name: str  # what the product is called here; empty: as everywhere
    help_phone: str  # of the hub's coordination centre, for those too who cannot sign in; empty if there is none
    demo: bool
    clock_ahead: int  # seconds a demonstration's clock is ahead of the real one; 0 everywhere else
    expires_at: datetime | None
    version: str  # of the product; empty for those who are not signed in
    unsent_key: str | None  # encrypts what could not be sent (access/unsent.py); pages must not store it
    at_device: bool  # at a ward cart or the like, which signs out after minutes without an act
    holidays: list[int]  # years whose public holidays are entered: what is due in others is a guess


class LanguageChoice(Input):
    language: str = Field(pattern="^(zh-CN|en)$")


class StaffOut(Out):
    id: UUID
    hospital_id: str
    department_id: UUID | None
    name: str
    name_en: str
    pinyin: str
    title: Title
    phone: str


class StaffSought(Input):
    """`q`: characters, pinyin, initials, English name or number; of several words all must be found."""

    id: UUID | None = None
    q: str = Field(default="", max_length=100)
    hospital_id: str | None = None
    role: Role | None = None
    specialty: str | None = None


class StaffFilter(StaffSought):
    after: str | None = Field(default=None, max_length=100)
    limit: int = Field(default=50, ge=1, le=200)


class StaffList(Model):
    """A page of them. `phone` is empty of people of other hospitals who are not on duty."""

    items: list[StaffOut]
    total: int  # on all pages together
    next: str | None  # cursor of the next page


class DepartmentList(Model):
    items: list[DepartmentOut]


class IdentifierOut(Out):
    kind: IdentifierKind
    issuer_hospital: str
    value: str


class PatientOut(Versioned):
    id: UUID
    hospital_id: str
    name: str
    pinyin: str
    sex: Sex
    birth_date: date | None
    estimated_age: int | None
    temporary: bool
    allergy: Allergy
    allergy_text: str
    critical: bool
    isolation: bool
    department: str
    department_en: str = ""  # if it is one of our departments
    ward: str
    bed: str
    source: str
    sourced_at: datetime | None
    typed_at: datetime | None
    identifiers: list[IdentifierOut] = Field(default_factory=list)


class PatientFilter(Input):
    q: str = Field(min_length=1, max_length=60)


class PatientList(Model):
    items: list[PatientOut]


class PatientIn(Input):
    """Typed by hand; the number is of the caller's own hospital."""

    number_kind: IdentifierKind = IdentifierKind.admission
    number: str | None = Field(default=None, min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=64)
    sex: Sex
    birth_date: date | None = None
    estimated_age: int | None = Field(default=None, ge=0, le=130)
    temporary: bool = False
    allergy: Allergy = Allergy.not_asked
    allergy_text: str = Field(default="", max_length=200)
    critical: bool = False
    isolation: bool = False
    department: str = Field(default="", max_length=60)
    ward: str = Field(default="", max_length=60)
    bed: str = Field(default="", max_length=30)


class NumberQuery(Input):
    number: str = Field(min_length=1, max_length=64)


class AdmittedOut(Model):
    """A patient as the hospital system knows them, kept here, with the texts that fill a request.

    `left_out`: what could not be read (allergy, vitals, tests, orders, a field of the request), and a word for why.
    """

    patient: PatientOut
    attending: str
    attending_phone: str
    record: dict[str, SourcedText]
    source: str
    read_at: datetime
    left_out: dict[str, str]
