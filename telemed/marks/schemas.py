"""The API's inputs and outputs about marks."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.kit.strict import Ordinal
from telemed.marks.model import PLACES, MarkKind

MOST_AT_ONCE = 500
MOST_PLACES = 200
MarkId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Uid = Annotated[str, StringConstraints(pattern=r"^[0-9.]{1,64}$")]
Along = Annotated[float, Field(ge=-1, le=65536)]  # no image is wider
Place = Annotated[list[Along], Field(min_length=2, max_length=2)]


class MarkIn(Input):
    """`points`: column and row of each place, in pixels of the frame."""

    id: MarkId
    instance: Uid
    frame: Ordinal
    kind: MarkKind
    points: Annotated[list[Place], Field(min_length=1, max_length=MOST_PLACES)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wanted = PLACES.get(self.kind)
        if len(self.points) < 3 if wanted is None else len(self.points) != wanted:
            raise ValueError("this kind of mark has another number of places")
        return self


class SaveIn(Input):
    """What has changed since one's own were read or saved; all others stay as they are."""

    put: Annotated[list[MarkIn], Field(max_length=MOST_AT_ONCE)]
    deleted: Annotated[list[MarkId], Field(max_length=MOST_AT_ONCE)]


class MarkOut(Model):
    id: str
    instance: str
    frame: int
    kind: MarkKind
    points: list[list[float]]
    text: str
    author: UUID
    saved_at: datetime


class MarkAuthor(Model):
    id: UUID
    name: str
    name_en: str


class MarksOut(Model):
    """`draws`: this person may save their own."""

    items: list[MarkOut]
    authors: list[MarkAuthor]
    draws: bool
