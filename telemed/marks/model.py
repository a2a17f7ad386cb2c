"""The table of saved marks."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import Index

from telemed.kit.table import Table, json_list, key, moment, refers, word


class MarkKind(StrEnum):
    """As `web/src/viewer/tools/names.ts` has them."""

    length = "length"
    probe = "probe"
    ellipse = "ellipse"
    rectangle = "rectangle"
    polygon = "polygon"
    angle = "angle"
    cobb = "cobb"
    arrow = "arrow"


PLACES: Final = {  # how many places make one; an outline has as many as its author set
    MarkKind.length: 2,
    MarkKind.probe: 1,
    MarkKind.ellipse: 2,
    MarkKind.rectangle: 2,
    MarkKind.angle: 3,
    MarkKind.cobb: 4,
    MarkKind.arrow: 2,
}


class StudyMark(Table, table=True):
    """A mark of one person on one frame, its places in pixels: (0, 0) is the middle of the first one.

    Nothing computed of it is stored. A deleted one stays, with when, and is shown to nobody.
    """

    __table_args__ = (Index("ix_studymark_study_uid", "study_uid", "hospital_id"),)

    id: UUID = key()
    hospital_id: str = refers("hospital.id", index=False)
    study_uid: str
    instance_uid: str
    frame: int
    kind: MarkKind = word(MarkKind, check=False)
    points: list[list[float]] = json_list()
    text: str = ""
    author_id: UUID = refers("staff.id", index=False)
    saved_at: datetime = moment()
    deleted_at: datetime | None = moment(optional=True)
