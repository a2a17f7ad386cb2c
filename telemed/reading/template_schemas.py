"""The API's inputs and outputs about report templates and phrases."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.reading.words import Part


class TemplateIn(Input):
    """A template as its department writes it; choices and blanks as in `slots.py`."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    modality: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}$")]
    part: Part
    technique: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    findings: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000)]
    impression: Annotated[str, StringConstraints(strip_whitespace=True, max_length=3000)] = ""


class TemplateOut(Model):
    """`number` is the version; its first is 1. Nobody saved what the product brings."""

    key: str
    number: int
    name: str
    modality: str
    part: Part
    technique: str
    findings: str
    impression: str
    retired: bool
    saved_by: str
    saved_by_en: str
    saved_at: datetime | None


class PhraseIn(Input):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class PhraseOut(Model):
    """A phrase of one's own has an id, by which it is removed; one that the product brings has none."""

    id: UUID | None
    text: str


class TemplateList(Model):
    """The templates of one's department, those that are in use first."""

    templates: list[TemplateOut]
    phrases: list[PhraseOut]
    may_edit: bool


class TemplateVersions(Model):
    """All versions of one template, the newest first."""

    items: list[TemplateOut]
