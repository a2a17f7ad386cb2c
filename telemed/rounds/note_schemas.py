"""The API's inputs and outputs about the notes of rounds."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.rounds.bed_schemas import InstructionOut
from telemed.rounds.schemas import ItemPatient, RoundPerson
from telemed.rounds.words import Gone, ItemState, NoteKind, SignedAs

Section = Annotated[str, StringConstraints(max_length=4000)]


class NoteIn(Input):
    condition: Section = ""
    assessment: Section = ""
    plan: Section = ""


class NoteReturnIn(Input):
    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class NoteText(Model):
    condition: str
    assessment: str
    plan: str


class NoteOut(Versioned):
    """The note of one bed. Version 0: nobody has written it; then the text is what the round itself said.

    `said`: what the run-sheet said; `submitted`: as it was submitted, before the hub changed anything.
    """

    item_id: UUID
    session_id: UUID
    state: ItemState
    bed: str
    patient: ItemPatient | None
    condition: str
    assessment: str
    plan: str
    said: NoteText
    submitted: NoteText | None
    instructions: list[InstructionOut]
    saved_at: datetime
    author: RoundPerson | None
    submitted_at: datetime | None
    return_words: str
    kind: NoteKind | None
    rank: Title | None  # 三级查房: the title of who led it
    hub_by: RoundPerson | None
    hub_at: datetime | None
    senior_by: RoundPerson | None
    signed_at: datetime | None
    sha256: str | None
    due_at: datetime | None
    gone: Gone | None  # they do not lie in the ward any more, and it is not signed yet
    hub_sees: bool  # no more once the consent on which the visit rested is withdrawn
    may: list[Literal["write", "submit", "return", "countersign"]]


class NoteFilter(Input):
    """`show`: those that wait for this person, or what was signed of late."""

    show: Literal["mine", "signed"] = "mine"


class NoteRow(Model):
    item_id: UUID
    session_id: UUID
    ward: str
    ward_en: str
    round_at: datetime
    bed: str
    patient: ItemPatient | None
    waits: Literal["write", "countersign", "senior", "signed"]
    signed_as: SignedAs | None
    since: datetime
    due_at: datetime | None
    author: RoundPerson | None


class NoteList(Model):
    items: list[NoteRow]
    server_time: datetime
