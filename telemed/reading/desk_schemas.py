"""The API's inputs and outputs about a desk's settings."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.reading.assigning import Weight
from telemed.reading.words import Subspecialty


class ReaderIn(Input):
    """Of which subspecialties they are given readings; of none named, of all."""

    staff_id: UUID
    subspecialties: Annotated[list[Subspecialty], Field(max_length=len(Subspecialty))]


class DeskIn(Input):
    readers: Annotated[list[ReaderIn], Field(max_length=500)]
    weights: Annotated[list[Weight], Field(max_length=100)]


class DeskReader(Model):
    staff_id: UUID
    name: str
    name_en: str
    title: Title
    subspecialties: list[Subspecialty]


class DeskOut(Model):
    """`version` 0: nobody has saved anything, and the product's own weights hold."""

    version: int
    readers: list[DeskReader]
    weights: list[Weight]
    saved_by: str
    saved_by_en: str
    saved_at: datetime | None
    may_edit: bool
