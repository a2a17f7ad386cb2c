"""The API's inputs and outputs about the opinion of an MDT: a section for each expert beside the chair."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.opinions.content import Text
from telemed.people.model import Title


class SectionIn(Input):
    text: Text


class SectionSign(Input):
    """The password is entered again."""

    password: str = Field(min_length=1, max_length=200)


class Absent(Input):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Speaker(Model):
    """Whose section it is, and for which specialty."""

    staff_id: UUID
    name: str
    name_en: str
    title: Title
    department: str
    department_en: str


class SectionDraft(Versioned):
    """What is written of one section; version 0: nothing yet."""

    staff_id: UUID
    number: int
    text: str
    saved_at: datetime | None


class SignedSection(Speaker):
    """A section as it was signed. `earlier`: before the consensus had its last words, so of the section alone."""

    text: str
    signed_at: datetime
    sha256: str
    earlier: bool


class AbsentOut(Model):
    """Who did not sign, and why."""

    staff_id: UUID
    name: str
    name_en: str
    reason: str
    at: datetime


class SectionOut(Speaker):
    """A section while the opinion is written: what is being written, what of it is signed, and what one may do."""

    draft: SectionDraft | None  # none: all that is written is signed
    signed: SignedSection | None  # the newest signed; a correction that is being written leaves it as it is
    absent: AbsentOut | None
    dissents: bool
    member: bool  # else they are on the consultation no longer, or lead it now
    awaited: bool  # the chair's signature waits for their word
    may_write: bool
    may_sign: bool  # once something is written
    may_correct: bool
    may_state_absent: bool


class MdtOut(Model):
    """The MDT while its opinion is written; for the hub only."""

    recorder_id: UUID | None
    recorder: str
    recorder_en: str
    sections: list[SectionOut]


class SignedMdt(Model):
    """What a signed version says beside the consensus, as its text names it."""

    recorder: str
    recorder_en: str
    sections: list[SignedSection]
    absent: list[AbsentOut]
