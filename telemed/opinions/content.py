"""The content of an opinion; in a draft everything may be missing."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from telemed.kit.clock import Moment
from telemed.kit.model import Model
from telemed.opinions.key_images import Key, KeyImages, Line
from telemed.opinions.model import AdviceKind, Due, Section

Text = Annotated[str, StringConstraints(max_length=8000)]


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


Rows = Annotated[list[AdviceRow], Field(max_length=40)]


class OpinionContent(Part):
    analysis: Text = ""  # 病情分析
    diagnosis: Text = ""  # 会诊诊断
    advice: Rows = Field(default_factory=list)
    no_advice: bool = False  # 无特殊建议
    medicines: Rows = Field(default_factory=list)
    follow_up: Rows = Field(default_factory=list)
    reservations: Text = ""  # 保留意见
    key_images: KeyImages = Field(default_factory=list)

    def rows(self) -> list[tuple[Section, AdviceRow]]:
        """The rows in the order of their numbers on the record."""
        groups = (
            (Section.advice, self.advice),
            (Section.medicines, self.medicines),
            (Section.follow_up, self.follow_up),
        )
        return [(section, row) for section, rows in groups for row in rows]
