"""The content of an opinion; in a draft everything may be missing."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from telemed.kit.clock import Moment
from telemed.kit.model import Model
from telemed.kit.uid import Uid
from telemed.opinions.model import AdviceKind, Due, Section

Line = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=8000)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class Part(Model):
    model_config = ConfigDict(extra="forbid")


class AdviceRow(Part):
    """A row of advice. The page makes `key`, which identifies the row in all versions."""

    key: Key
    kind: AdviceKind = AdviceKind.treatment
    text: Annotated[str, StringConstraints(max_length=2000)] = ""
    owner: Line = ""
    owner_id: UUID | None = None
    due: Due | None = None
    due_at: Moment | None = None


MOST: Final = 2**31 - 1
Number = Annotated[int, Field(ge=-MOST - 1, le=MOST)]  # DICOM's Integer String, PS3.5 section 6.2


class KeyImage(Part):
    """关键影像: its place in the study, how it was displayed, and its picture among the files."""

    key: Key
    file_id: UUID
    hospital_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,32}$")]
    study_uid: Uid
    series_uid: Uid
    instance_uid: Uid
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


Rows = Annotated[list[AdviceRow], Field(max_length=40)]


class OpinionContent(Part):
    analysis: Text = ""  # 病情分析
    diagnosis: Text = ""  # 会诊诊断
    advice: Rows = Field(default_factory=list)
    no_advice: bool = False  # 无特殊建议
    medicines: Rows = Field(default_factory=list)
    follow_up: Rows = Field(default_factory=list)
    reservations: Text = ""  # 保留意见
    key_images: Annotated[list[KeyImage], Field(max_length=24)] = Field(default_factory=list)

    def rows(self) -> list[tuple[Section, AdviceRow]]:
        """The rows in the order of their numbers on the record."""
        groups = (
            (Section.advice, self.advice),
            (Section.medicines, self.medicines),
            (Section.follow_up, self.follow_up),
        )
        return [(section, row) for section, rows in groups for row in rows]
