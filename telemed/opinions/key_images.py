"""关键影像 of an opinion or of a report: where in a study they are, and how they were displayed. Pure."""

from collections.abc import Sequence, Set
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from telemed.kit.model import Model
from telemed.kit.uid import Uid

Line = Annotated[str, StringConstraints(max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
MOST: Final = 2**31 - 1
Number = Annotated[int, Field(ge=-MOST - 1, le=MOST)]  # DICOM's Integer String, PS3.5 section 6.2


class KeyImage(Model):
    """关键影像: its place in the study, how it was displayed, and its picture among the files."""

    model_config = ConfigDict(extra="forbid")

    key: Key
    file_id: UUID
    hospital_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,32}$")]
    study_uid: Uid
    series_uid: Uid
    instance_uid: Uid
    sop_class_uid: Uid | None = None  # None: of an opinion of before it was kept
    frame: int = Field(default=1, ge=1, le=MOST)
    window_center: float | None = None
    window_width: float | None = None
    side: Literal["left", "right", "both", "none"] | None = None
    body_part: Line = ""  # 部位, as printed
    study: Line = ""
    taken_at: Line = ""  # as in the study: a time of the sending hospital
    series_number: Number | None = None
    image_number: Number | None = None
    image_count: Number | None = None
    note: Line = ""


KeyImages = Annotated[list[KeyImage], Field(max_length=24)]


def foreign(images: Sequence[KeyImage], held: Set[tuple[str, str]]) -> list[KeyImage]:
    """Those whose study is not among these of the patient (any more)."""
    return [each for each in images if (each.hospital_id, each.study_uid) not in held]


def place(image: KeyImage) -> str:
    """Series and image, as printed."""
    series = f"序列 {image.series_number}" if image.series_number is not None else ""
    shown = image.image_number if image.image_number is not None else image.frame
    at = f"图像 {shown}" + (f" / {image.image_count}" if image.image_count else "")
    return "　".join(each for each in (series, at) if each)
