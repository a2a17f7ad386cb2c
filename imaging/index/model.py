"""The tables: studies, series and instances of each hospital, grants, uploads, the outbox."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, col
from uuid_utils.compat import uuid7

from imaging.charset import TextReading
from imaging.index.table import Table, moment


class Study(Table, table=True):
    __tablename__ = "studies"
    __table_args__ = (UniqueConstraint("hospital", "study_uid"),)

    id: int | None = Field(default=None, primary_key=True)
    hospital: str
    study_uid: str = Field(index=True)
    patient_name: str = ""
    patient_id: str = ""
    issuer_of_patient_id: str = ""
    patient_birth_date: str = ""
    patient_sex: str = ""
    study_date: str = ""
    study_time: str = ""
    timezone_offset: str = ""
    accession_number: str = ""
    study_id: str = ""
    description: str = ""
    referring_physician: str = ""
    institution: str = ""
    text_reading: str = TextReading.as_labelled
    """Of these texts, which are those of the first instance."""
    charset_label: str = ""
    """Its Specific Character Set as it stands in the file, values separated by a backslash."""
    series_count: int = 0
    instance_count: int = 0
    made_count: int = 0
    """How many of them the product made itself, for example of what readers drew: those are no news of images."""
    mixed_patients: bool = False
    hidden: bool = False
    hidden_rev: int = Field(default=0, sa_type=BigInteger)
    """The revision of the last order to hide or show it; an older order that comes late changes nothing."""
    declared: int | None = None
    """How many instances the study has, as the sender said; None: unknown."""
    told_count: int = 0
    """The count in the last study.received or study.grew; if it differs now, an event is due."""
    told_mixed: bool = False
    told_declared: int | None = None
    """The declared count in the last event; if it differs now, an event is due."""
    received_at: datetime = moment()
    changed_at: datetime = moment(index=True)

    @property
    def received(self) -> int:
        """How many instances came from outside."""
        return self.instance_count - self.made_count


OWES_NEWS: Final = (
    (col(Study.told_count) != col(Study.instance_count) - col(Study.made_count))
    | (col(Study.told_mixed) != col(Study.mixed_patients))
    | (
        col(Study.declared).is_not(None)
        & (col(Study.told_declared).is_(None) | (col(Study.told_declared) != col(Study.declared)))
    )
)
"""An event of the study is due. SQLite uses the index only for a query with exactly this condition."""
Index("ix_studies_owing", col(Study.id), sqlite_where=OWES_NEWS)
Index("ix_studies_patient_id", col(Study.patient_id).collate("NOCASE"))
Index("ix_studies_accession_number", col(Study.accession_number).collate("NOCASE"))
Index("ix_studies_when", col(Study.study_date), col(Study.study_time))


class OrderAhead(Table, table=True):
    """An order to hide or show a study of which no image has come yet; the first image carries it out."""

    __tablename__ = "orders_ahead"

    hospital: str = Field(primary_key=True)
    study_uid: str = Field(primary_key=True)
    hidden: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)


class NameForm(Table, table=True):
    """One spelling by which a study's patient can be found: as written, joined, in pinyin, initials."""

    __tablename__ = "name_forms"

    study: int = Field(foreign_key="studies.id", primary_key=True)
    form: str = Field(primary_key=True)


Index("ix_name_forms_form_study", col(NameForm.form), col(NameForm.study))


class NamePart(Table, table=True):
    """An end of one of the spellings in Chinese characters, by which a piece of the name is found."""

    __tablename__ = "name_parts"

    study: int = Field(foreign_key="studies.id", primary_key=True)
    part: str = Field(primary_key=True)


Index("ix_name_parts_part_study", col(NamePart.part), col(NamePart.study))


class Series(Table, table=True):
    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("study", "series_uid"),)

    id: int | None = Field(default=None, primary_key=True)
    study: int = Field(foreign_key="studies.id")
    series_uid: str = Field(index=True)
    modality: str = ""
    number: int | None = None
    description: str = ""
    body_part: str = ""
    laterality: str = ""
    protocol: str = ""
    series_date: str = ""
    series_time: str = ""
    step_start_date: str = ""
    step_start_time: str = ""
    manufacturer: str = ""
    instance_count: int = 0
    made: bool = False
    """By the product itself, and not received."""
    pack: str = ""
    """The id of the newest pack of its frames; empty: none yet, or none of them is to be encoded."""
    packed_count: int = 0
    """Its instances when it was last packed; if it has more now, it is packed again."""


TO_PACK: Final = col(Series.packed_count) != col(Series.instance_count)
"""SQLite uses the index only for a query with exactly this condition."""
Index("ix_series_to_pack", col(Series.id), sqlite_where=TO_PACK)
Index("ix_series_study_modality", col(Series.study), col(Series.modality))


class Instance(Table, table=True):
    __tablename__ = "instances"
    # The SOP Instance UID, within a hospital, decides whether a file is a repeat or a conflict.
    __table_args__ = (UniqueConstraint("hospital", "sop_uid"),)

    id: int | None = Field(default=None, primary_key=True)
    hospital: str
    series: int = Field(foreign_key="series.id", index=True)
    sop_uid: str
    sop_class: str = ""
    number: int | None = None
    transfer_syntax: str = ""
    rows: int | None = None
    columns: int | None = None
    bits_allocated: int | None = None
    frames: int = 0
    laterality: str = ""
    sha256: str = Field(index=True)
    bytes: int
    frame_syntax: str = ""
    """The transfer syntax of the frames; differs from the file's if they had to be rewritten."""
    sidecar: bool = False
    """Offsets point into the sidecar, which holds frames that could not be cut out of the original."""
    conflicting: bool = False
    repaired_text: bool = False
    """Some text was read in another character set than the label says, or is shown byte by byte."""
    received_at: datetime = moment()


class InstanceDetail(Table, table=True):
    """What reading an instance needs and searching does not; in a table of its own, to keep the other's rows small."""

    __tablename__ = "instance_details"

    instance: int = Field(foreign_key="instances.id", primary_key=True)
    dicom_json: bytes = Field(sa_column=Column("dicom_json", LargeBinary, nullable=False))
    """The DICOM JSON Model of the data set; in BulkDataURIs '~/' stands for the instance's URL."""
    layout: bytes = Field(sa_column=Column("layout", LargeBinary, nullable=False))
    """Where frames and bulk values lie (`imaging.layout.Layout`)."""


class OtherCopy(Table, table=True):
    """A file with a known SOP Instance UID and other bytes: kept for a person to judge, and not shown."""

    __tablename__ = "other_copies"

    hospital: str = Field(primary_key=True)
    sop_uid: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    study_uid: str = ""
    bytes: int
    received_at: datetime = moment()


class Grant(Table, table=True):
    """Imaging's copy of the case grants, written only by the commands grants.*."""

    __tablename__ = "grants"

    id: str = Field(primary_key=True)
    subject: str = Field(index=True)
    hospital: str
    study_uid: str
    actions: str
    """Words separated by spaces; 'read' opens the study."""
    until: datetime = moment()
    rev: int


Index(
    "ix_grants_who",
    *(col(each) for each in (Grant.study_uid, Grant.subject, Grant.hospital, Grant.until, Grant.actions)),
)


class Mark(Table, table=True):
    """Small facts about the archive: the epoch of its events, the revision of its grants."""

    __tablename__ = "marks"

    name: str = Field(primary_key=True)
    value: str


class UploadState(StrEnum):
    RECEIVING = "receiving"
    RECEIVED = "received"
    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REFUSED = "refused"
    UNPACKED = "unpacked"


class Batch(Table, table=True):
    __tablename__ = "batches"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    hospital: str
    owner: str
    expected_files: int | None = None
    study_hint: str = ""
    abandoned: bool = False
    """It was ended with files missing, so it declares no counts."""
    created_at: datetime = moment()
    finished_at: datetime | None = moment(optional=True)


CODE_ASIDE: Final = "set_aside"  # `Upload.code` of one that failed repeatedly


class Upload(Table, table=True):
    """One file that is being received; the members of a zip are uploads too."""

    __tablename__ = "uploads"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    hospital: str
    owner: str
    batch: UUID | None = Field(default=None, foreign_key="batches.id", index=True)
    parent: UUID | None = Field(default=None, foreign_key="uploads.id", index=True)
    name: str
    length: int
    state: str = UploadState.RECEIVING
    code: str = ""
    sentence: str = ""
    study_uid: str = ""
    sop_uid: str = ""
    created_at: datetime = moment()


class OutboxRow(Table, table=True):
    """An event that the subscriber has not taken yet."""

    __tablename__ = "outbox"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    position: int = Field(unique=True)
    type: str
    source: str
    seq: int
    occurred_at: datetime = moment()
    data: dict[str, object] = Field(sa_column=Column("data", JSON, nullable=False))
    set_aside_at: datetime | None = moment(optional=True)
    """Since when it is set aside because it cannot be read; a person decides (`imaging.aside`)."""


class Sequence(Table, table=True):
    """The last number used, by source: `seq` for each hospital, and `position` over all."""

    __tablename__ = "sequences"

    source: str = Field(primary_key=True)
    value: int = 0
