"""The API's outputs about one bed of a round and the instructions given there, and what is recorded of these."""

from datetime import datetime
from uuid import UUID

from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.rounds.schemas import ItemOut, Line, RoundPerson
from telemed.rounds.words import ActKind, InstructionKind, InstructionState


class InstructionOut(Versioned):
    """An instruction of a round: never an order. `kept_at`: when the lead of a later round last kept it.

    `replaced_by`: the instruction that was given in its place, at the round of `replaced_round_at`.
    """

    id: UUID
    session_id: UUID
    item_id: UUID
    n: int
    kind: InstructionKind
    text: str
    state: InstructionState
    owner: RoundPerson | None
    due_at: datetime
    given_by: RoundPerson | None
    given_at: datetime
    heard: str
    read_back_by: RoundPerson | None
    read_back_at: datetime | None
    order_number: str
    ordered_at: datetime | None
    ordered_by: str
    words: str
    done_by: RoundPerson | None
    done_at: datetime | None
    round_at: datetime  # when the round was of which it is
    kept_at: datetime | None
    kept_by: RoundPerson | None
    replaced_by: UUID | None
    replaced_round_at: datetime | None
    may: list[str]


class ExecutionIn(Input):
    """The order that carries it out: its number, or when and by whom it was written; of what needs none, words."""

    order_number: Line = ""
    ordered_at: Moment | None = None
    ordered_by: Line = ""
    words: Line = ""


class LineOut(Model):
    """A line for the note, or a question from somebody who follows."""

    id: UUID
    kind: ActKind
    text: str
    by: RoundPerson
    at: datetime


class BedImage(Model):
    hospital_id: str
    study_uid: str
    description: str
    modalities: list[str]
    taken_at: datetime | None
    images: int


class BedOut(Model):
    """One bed with all that is said and asked of it: `before` are open instructions of earlier rounds."""

    item: ItemOut
    case_id: UUID | None
    admitted_at: datetime | None
    bed_doctor: str
    instructions: list[InstructionOut]
    before: list[InstructionOut]
    lines: list[LineOut]
    images: list[BedImage]
    last_round: str  # what was said at the last one
    last_round_at: datetime | None
    owners: list[RoundPerson]  # to whom an instruction can be given
    rev: int
    server_time: datetime
