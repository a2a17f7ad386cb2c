"""A hospital's own system, from which patients are read, and the devices that may send images in its name."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from telemed.kit.table import Table, json_column, key, moment, refers, word

# Which system, and as it was set up by which change: one that is removed and set up anew is another.
State = tuple[UUID, int]


class SystemKind(StrEnum):
    views = "views"  # six database views
    fhir = "fhir"  # FHIR R4


class Fault(StrEnum):
    """Why a hospital system could not say, or not all; pages have a sentence for each."""

    not_allowed = "not_allowed"  # the installation does not let us call this address
    away = "away"
    slow = "slow"
    refused = "refused"  # it does not know our account, or does not let it read
    driver = "driver"  # what speaks to such a database is not installed here
    wrong = "wrong"  # it answered, and not as documented
    encoding = "encoding"
    too_long = "too_long"
    other_patient = "other_patient"
    two_patients = "two_patients"
    sealed = "sealed"  # its secret was sealed with a key that is not here


class HospitalSystem(Table, table=True):
    """医院系统: one per hospital. `version` counts what administrators change, not what was heard."""

    id: UUID = key()
    version: int = 1
    hospital_id: str = Field(foreign_key="hospital.id", unique=True)
    kind: SystemKind = word(SystemKind)
    name: str  # as pages name the source of a value
    address: str  # without account and secret
    account: str = ""
    secret: str = ""  # sealed
    mapping: dict[str, str] = json_column()
    heard_at: datetime | None = moment(optional=True)  # when it last answered
    failed_at: datetime | None = moment(optional=True)
    why: Fault | None = word(Fault, optional=True, check=False)  # of the last failure
    failures: int = 0  # on the day
    failures_on: date | None = None  # of the hospital's calendar

    @property
    def state(self) -> State:
        return self.id, self.version


class AeTitle(Table, table=True):
    """A modality or PACS that may send images by DIMSE. Its title is removed by a mark: rows that once were here say
    that the setting, which is the first filling, is in force no more.
    """

    title: str = Field(primary_key=True)  # the calling AE title
    hospital_id: str = refers("hospital.id")
    name: str = ""  # what it is: CT in building 2
    heard_at: datetime | None = moment(optional=True)
    removed_at: datetime | None = moment(optional=True)
