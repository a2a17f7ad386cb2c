"""The case of one illness, with its packet and consents."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, json_list, key, moment, refers, word


class Case(Table, table=True):
    id: UUID = key()
    hospital_id: str = refers("hospital.id")
    patient_id: UUID = refers("patient.id")
    opened_at: datetime = moment()


class ItemKind(StrEnum):
    study = "study"
    file = "file"
    not_done = "not_done"  # an item of the checklist, answered "not done, because …"


class PacketItem(Table, table=True):
    """会诊资料: an item of the packet, from `version` on and until `withdrawn_version`."""

    id: UUID = key()
    case_id: UUID = refers("case.id")
    activity: str = activity_kind()
    activity_id: UUID = Field(index=True)
    version: int
    withdrawn_version: int | None = None
    kind: ItemKind = word(ItemKind)
    checklist: str | None = None  # the checklist item it answers
    title: str = ""
    hospital_id: str
    study_uid: str | None = Field(default=None, index=True)
    file_id: UUID | None = None
    reason: str | None = None
    supplement: bool = False  # 会诊中补充
    added_at: datetime = moment()
    added_by: UUID | None = None


class ConsentKind(StrEnum):
    patient = "patient"
    relative = "relative"  # guardian or near relative
    telephone = "telephone"  # two witnesses; the paper stays due
    emergency = "emergency"  # without consent, approved by the authorised person


class NoPaper(StrEnum):
    """Why a signed page cannot be had."""

    died = "died"
    left = "left"  # discharged, or in another hospital
    unreachable = "unreachable"
    refused = "refused"
    lost = "lost"
    other = "other"


class Scope(StrEnum):
    consult = "consult"
    imaging = "imaging"
    recording = "recording"
    teaching = "teaching"


class Consent(Table, table=True):
    """远程医疗知情同意书."""

    id: UUID = key()
    version: int = 1
    number: str = Field(unique=True)
    case_id: UUID = refers("case.id")
    activity: str = activity_kind()
    activity_id: UUID = Field(index=True)
    kind: ConsentKind = word(ConsentKind)
    needed: list[str] = json_list()  # the scopes that the activity needs
    scopes: list[str] = json_list()
    form_version: str = "2026-2"
    given_by: str = ""
    relation: str = ""
    reason: str = ""
    attempts: str = ""  # in an emergency: how the family was looked for
    witnesses: list[str] = json_list()
    file_id: UUID | None = None
    file_sha256: str | None = None
    paper_due: bool = False
    unobtainable_at: datetime | None = moment(optional=True)  # since then its paper is not waited for
    unobtainable_by: UUID | None = None
    unobtainable_code: NoPaper | None = word(NoPaper, optional=True, check=False)
    unobtainable_reason: str | None = None
    at: datetime = moment()
    recorded_by: UUID
    approved_by: UUID | None = None  # emergency
    approved_at: datetime | None = moment(optional=True)
    withdrawn_at: datetime | None = moment(optional=True)
    withdrawn_reason: str | None = None
    outdated_at: datetime | None = moment(optional=True)  # another hub is asked since then, which it does not name
