"""Hospitals, departments, agreements, staff, patients and their identifiers."""

from datetime import date, datetime
from datetime import date as Date  # for tables with a column `date`
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from telemed.kit.table import Table, json_list, key, moment, refers, word


class HospitalKind(StrEnum):
    hub = "hub"
    branch = "branch"


class Sex(StrEnum):
    male = "male"
    female = "female"
    unknown = "unknown"


class Allergy(StrEnum):
    known = "known"
    none = "none"
    not_asked = "not_asked"


class IdentifierKind(StrEnum):
    mrn = "mrn"
    admission = "admission"
    outpatient = "outpatient"
    national_id = "national_id"


class Title(StrEnum):
    """职称. The order here means nothing; for ranks see `seniority`."""

    resident = "resident"
    attending = "attending"
    associate_chief = "associate_chief"
    chief = "chief"
    nurse = "nurse"
    technician = "technician"
    administrator = "administrator"


class Hospital(Table, table=True):
    """A hospital. `id` is its code, also in imaging, in tickets and in `role:` subjects."""

    id: str = Field(primary_key=True, regex=r"^[a-z0-9-]{2,32}$")
    version: int = 1
    kind: HospitalKind = word(HospitalKind)
    name: str  # short, for screens
    name_en: str
    licence_name: str  # full, for records
    time_zone: str = "Asia/Shanghai"
    coordinator_phone: str = ""
    endorsement: bool = True  # a senior doctor endorses before the review
    review: bool = True  # the medical office reviews
    work_starts: str = "08:00"
    work_ends: str = "17:30"
    week: list[str] = json_list()  # from Monday on, "08:00-12:00" or "" (closed); empty: Monday to Friday as above
    single_signature: bool = False  # out of hours one radiologist may issue a provisional report
    notice_mail: bool = True  # its people may be told by mail
    notice_robots: bool = True  # and its groups by robots


class DayKind(StrEnum):
    off = "off"  # a public holiday
    work = "work"  # a weekend day that is worked for one


class CalendarDay(Table, table=True):
    """A day on which a hospital does not work as on others of its weekday; `hospital_id` "": for all."""

    hospital_id: str = Field(default="", primary_key=True)
    date: Date = Field(primary_key=True)
    kind: DayKind = word(DayKind)
    name: str = ""  # of the holiday


class Department(Table, table=True):
    id: UUID = key()
    hospital_id: str = refers("hospital.id")
    version: int = 1
    specialty: str = Field(index=True)  # a stable word: cardiology, neurology …
    code: str = ""  # of the national catalogue, see `specialties`; "": an office, or it has not been entered
    name: str
    name_en: str


class Ward(Table, table=True):
    """病区. `code` is how the hospital system names it; unique at its hospital."""

    __table_args__ = (UniqueConstraint("hospital_id", "code"),)

    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id")
    department_id: UUID | None = refers("department.id", optional=True)
    code: str
    name: str
    name_en: str = ""


class Bed(Table, table=True):
    __table_args__ = (UniqueConstraint("ward_id", "name"),)

    id: UUID = key()
    ward_id: UUID = refers("ward.id")
    name: str


class Agreement(Table, table=True):
    """远程医疗服务合作协议."""

    id: UUID = key()
    number: str
    branch_id: str = refers("hospital.id")
    hub_id: str = refers("hospital.id")
    version: int = 1
    services: list[str] = json_list()
    valid_from: date
    valid_until: date
    registration_required: bool = (
        False  # a lead expert without 备案 at the branch may not start, and is not only warned
    )
    fees: list[dict[str, Any]] = json_list()  # service, title, amount in fen, payer


class LicenceCategory(StrEnum):
    """执业类别."""

    clinical = "clinical"
    dental = "dental"
    public_health = "public_health"
    chinese = "chinese"  # 中医
    nursing = "nursing"  # of nurses, who have a register of their own


class Staff(Table, table=True):
    """A person; has the id of their account. A number is given once at a hospital."""

    __table_args__ = (Index("ix_staff_number", "hospital_id", "number", unique=True),)

    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id")
    department_id: UUID | None = refers("department.id", optional=True)
    number: str  # 工号
    name: str
    name_en: str
    pinyin: str = ""
    title: Title = word(Title)
    phone: str = ""
    specialty: str = ""  # 专长, in their own words
    licence: str = ""  # 医师执业证书编号
    licence_category: LicenceCategory | None = word(LicenceCategory, optional=True, check=False)
    licence_scope: str = ""  # 执业范围
    licence_checked_on: date | None = None  # when somebody last compared it with the public register
    practising_since: date | None = None  # independently; the first day of the month
    signature_id: UUID | None = None  # a File


class Registration(Table, table=True):
    """多机构执业备案: a person may practise at a hospital that is not their own, from one day to another."""

    __table_args__ = (UniqueConstraint("staff_id", "hospital_id", "valid_from"),)

    id: UUID = key()
    staff_id: UUID = refers("staff.id")
    hospital_id: str = refers("hospital.id")
    number: str = ""
    valid_from: date
    valid_until: date = Field(index=True)
    file_id: UUID | None = None


class Patient(Table, table=True):
    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id")
    name: str
    pinyin: str = ""
    sex: Sex = word(Sex)
    birth_date: date | None = None
    estimated_age: int | None = None
    temporary: bool = False  # 无名氏
    allergy: Allergy = word(Allergy)
    allergy_text: str = ""
    critical: bool = False
    isolation: bool = False
    department: str = ""
    ward: str = ""
    bed: str = ""
    phone: str = ""
    source: str = "typed"  # typed, or the name of the hospital system
    sourced_at: datetime | None = moment(optional=True)
    typed_at: datetime | None = moment(optional=True)  # when somebody last changed by hand what the system had said


class PatientIdentifier(Table, table=True):
    __table_args__ = (UniqueConstraint("issuer_hospital", "kind", "value"),)

    id: UUID = key()
    patient_id: UUID = refers("patient.id")
    issuer_hospital: str
    kind: IdentifierKind = word(IdentifierKind)
    value: str


class PatientIndex(Table, table=True):
    """One row per searchable piece of a name: each character, each toneless syllable, the initials."""

    patient_id: UUID = Field(foreign_key="patient.id", primary_key=True)
    piece: str = Field(primary_key=True)
    hospital_id: str
