"""The API's inputs and outputs for administrators: hospitals, departments, wards, venues, agreements.

In every input what is not given stays as it is.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import HospitalKind, Title

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)]
HospitalCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,32}$")]
Service = Literal["consultation", "reading", "round", "teaching"]
MOST_BEDS, MOST_FEES = 400, 40


class HospitalIn(Input):
    """A hospital; of a new one `kind`, `name` and `licence_name` are needed."""

    kind: HospitalKind | None = None
    name: Name | None = None
    name_en: Name | None = None
    licence_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] | None = None
    coordinator_phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None
    time_zone: str | None = Field(default=None, max_length=60)


class NewHospital(HospitalIn):
    id: HospitalCode


class HospitalRow(Versioned):
    """`may_edit`: by whoever asks. `administrators`: how many it has; a branch without any can be given its first."""

    id: str
    kind: HospitalKind
    name: str
    name_en: str
    licence_name: str
    coordinator_phone: str
    time_zone: str
    may_edit: bool = False
    administrators: int = 0
    people: int = 0


class HospitalRows(Model):
    items: list[HospitalRow]
    may_create: bool


class DepartmentIn(Input):
    """A department; of a new one a name, and a specialty or the standard code that says it."""

    name: Name | None = None
    name_en: Name | None = None
    specialty: Code | None = None
    code: Code | None = None


class NewDepartment(DepartmentIn):
    hospital_id: str = Field(max_length=32)


class DepartmentRow(Versioned):
    id: UUID
    hospital_id: str
    name: str
    name_en: str
    specialty: str
    code: str
    people: int = 0


class SubjectOut(Model):
    """A line of the national catalogue, or an office without a code."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    specialty: str
    name: str
    name_en: str


class DepartmentRows(Model):
    items: list[DepartmentRow]
    subjects: list[SubjectOut]


class WardIn(Input):
    """A ward; of a new one code and name. `beds`: all of them, in their order."""

    code: Code | None = None
    name: Name | None = None
    name_en: Name | None = None
    department_id: UUID | None = None
    beds: list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]] | None = Field(
        default=None, max_length=MOST_BEDS
    )


class NewWard(WardIn):
    hospital_id: str = Field(max_length=32)


class WardRow(Versioned):
    id: UUID
    hospital_id: str
    department_id: UUID | None
    code: str
    name: str
    name_en: str
    beds: list[str]


class WardRows(Model):
    items: list[WardRow]


class VenueIn(Input):
    """A venue that can be booked; of a new one its name."""

    name: Name | None = None
    name_en: Name | None = None
    place: Name | None = None
    place_en: Name | None = None
    places: int | None = Field(default=None, ge=1, le=500)


class NewVenue(VenueIn):
    hospital_id: str = Field(max_length=32)


class VenueRow(Versioned):
    id: UUID
    hospital_id: str
    name: str
    name_en: str
    place: str
    place_en: str
    places: int


class VenueRows(Model):
    items: list[VenueRow]


class Fee(Input):
    """What a service costs by the title of whoever gives it, in fen; `title` None: whoever does."""

    model_config = ConfigDict(from_attributes=True)

    service: Service
    title: Title | None = None
    fen: int = Field(ge=0, le=10_000_000)
    payer: Literal["patient", "branch"] = "patient"


class AgreementIn(Input):
    """A cooperation agreement; of a new one number, both hospitals, services and dates."""

    number: Code | None = None
    services: list[Service] | None = Field(default=None, max_length=4)
    valid_from: date | None = None
    valid_until: date | None = None
    registration_required: bool | None = None
    fees: list[Fee] | None = Field(default=None, max_length=MOST_FEES)


class NewAgreement(AgreementIn):
    branch_id: str = Field(max_length=32)
    hub_id: str = Field(max_length=32)


class AgreementRow(Versioned):
    id: UUID
    number: str
    branch_id: str
    hub_id: str
    services: list[str]
    valid_from: date
    valid_until: date
    registration_required: bool
    fees: list[Fee]


class AgreementRows(Model):
    items: list[AgreementRow]
    may_edit: bool


class HospitalFilter(Input):
    hospital_id: str | None = Field(default=None, max_length=32)
