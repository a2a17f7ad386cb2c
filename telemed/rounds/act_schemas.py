"""What a page sends of an act on the run-sheet, and what it is told."""

from uuid import UUID

from pydantic import Field

from telemed.kit.clock import Moment
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.rounds.schemas import Line, Words
from telemed.rounds.words import ActKind, Identified, InstructionKind, Outcome


class RoundActIn(Input):
    """An act on the run-sheet. `id` is made on the device, so that a repeat changes nothing. `occurred_at` and
    `sent_at` are by the device's clock, of which only the difference counts. `instruction_id`: the one that is read
    back or kept; of `instruct` the open one of the same stay in whose place the new one is given."""

    id: UUID
    kind: ActKind
    occurred_at: Moment
    sent_at: Moment
    item_id: UUID | None = None
    instruction_id: UUID | None = None
    reason: Line = ""
    text: Words = ""
    how: Identified | None = None
    number: Line = ""  # read from a wristband
    lead_id: UUID | None = None
    instruction: InstructionKind | None = None
    owner_id: UUID | None = None
    due_at: Moment | None = None


class BadgeReadBackIn(Input):
    """An instruction that the bed doctor reads back at a ward's cart at which somebody else is signed in: an act, with
    the badge and PIN of who reads back. Neither of these is kept."""

    id: UUID
    occurred_at: Moment
    sent_at: Moment
    instruction_id: UUID
    text: Words
    badge: str = Field(min_length=1, max_length=200)
    pin: str = Field(min_length=1, max_length=20)


class RoundActOut(Model):
    """What became of it, and the run-sheet's `rev` after it."""

    outcome: Outcome
    rev: int
    item_id: UUID | None
    instruction_id: UUID | None
