"""The table of stored files; the bytes are objects named by their sha256."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, key, moment, refers, word


class FileKind(StrEnum):
    attachment = "attachment"
    consent = "consent"  # a photo or scan of the signed form
    key_image = "key_image"
    paper_opinion = "paper_opinion"  # the scan of a print signed by hand
    print = "print"  # printed by the product


class RetentionClass(StrEnum):
    record = "record"  # kept as long as the medical record
    working = "working"


class File(Table, table=True):
    """A stored file. Until it is attached, only its uploader sees it, and after a day it is deleted.

    It is attached to a case, or to a person (`staff_id`): their registration, their signature. What is a person's is
    shown by their own routes alone.
    """

    __table_args__ = (UniqueConstraint("created_by", "client_key"),)

    id: UUID = key()
    sha256: str = Field(index=True)
    bytes: int
    media_type: str  # found from the content
    kind: FileKind = word(FileKind)
    name: str = ""
    hospital_id: str = Field(index=True)  # owner of the data
    patient_id: UUID | None = None
    case_id: UUID | None = Field(default=None, index=True)
    staff_id: UUID | None = refers("staff.id", optional=True)
    activity: str | None = activity_kind(optional=True)
    activity_id: UUID | None = Field(default=None, index=True)
    client_key: str | None = None
    created_by: UUID
    created_at: datetime = moment()
    retention_class: RetentionClass = word(RetentionClass)
    legal_hold: bool = False
