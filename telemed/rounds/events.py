"""What happens to series, sessions, the patients on their lists, instructions and notes."""

from datetime import datetime
from uuid import UUID

from telemed.history.events import Code, Event, Hint, Words
from telemed.rounds.words import (
    ActKind,
    Identified,
    InstructionAction,
    InstructionKind,
    InstructionState,
    ItemAction,
    ItemState,
    NoteKind,
    RoundAction,
    RoundState,
)


class RoundChanged(Hint):
    """A session, its list or its run-sheet changed: whoever of the two hospitals shows it reads it again.

    `item_id`: of one patient on it, whose page reads more. `by`: who did it, whose own page shows it already.
    """

    type = "round.changed"
    id: UUID
    hospitals: tuple[Code, ...]
    rev: int
    item_id: UUID | None = None
    by: UUID | None = None


class OfSeries(Event):
    """A series of rounds was planned, changed or ended."""

    series_id: UUID
    rule: Words
    at: Code


class SeriesPlanned(OfSeries):
    """A coordinator planned rounds of a ward that come again."""

    type = "round_series.planned"


class SeriesChanged(OfSeries):
    """A series was changed: all that is still to come, or from one day on, and then it is another series."""

    type = "round_series.changed"
    follows_id: UUID | None = None


class SeriesEnded(OfSeries):
    """A series has no more rounds after a day."""

    type = "round_series.ended"
    reason: Words


class OfRound(Event):
    """An action on a session."""

    source: RoundState | None = None
    target: RoundState
    lead_id: UUID | None = None
    reason: Words = ""


class RoundMade(OfRound):
    """A session was made from its series, or by itself."""

    type = "round.planned"
    starts_at: datetime


class RoundListOpened(OfRound):
    """Its list was opened, with whom the ward's records propose."""

    type = "round.list_opened"


class RoundListLocked(OfRound):
    """Its list was locked: later additions need the lead."""

    type = "round.list_locked"


class RoundReady(OfRound):
    """Its lead has accepted, and somebody is on the list."""

    type = "round.made_ready"


class RoundUnready(OfRound):
    """It is not ready any more."""

    type = "round.made_unready"


class RoundStarted(OfRound):
    """Its lead began it; the reason is why before it was ready."""

    type = "round.started"


class RoundPaused(OfRound):
    """It was paused."""

    type = "round.paused"


class RoundResumed(OfRound):
    """It went on after a pause."""

    type = "round.resumed"


class RoundCompleted(OfRound):
    """Its lead ended it: whoever was not reached is deferred."""

    type = "round.completed"


class RoundSigned(OfRound):
    """Every note of it is countersigned."""

    type = "round.signed"


class RoundClosed(OfRound):
    """Nothing of it is open any more."""

    type = "round.closed"


class RoundCancelled(OfRound):
    """It does not take place."""

    type = "round.cancelled"


class RoundConverted(OfRound):
    """Nobody meets: its lead answers bed by bed in writing."""

    type = "round.converted"


class RoundReopened(OfRound):
    """It was moved, and its list is open again."""

    type = "round.reopened"


class RoundMoved(OfRound):
    """It has another time."""

    type = "round.moved"
    starts_at: datetime
    before: datetime


class OfItem(Event):
    """Something became of a patient on a session's list."""

    session_id: UUID
    item_id: UUID


class ItemMoved(OfItem):
    """An action of the items' transition table."""

    type = "round_item.moved"
    action: ItemAction
    source: ItemState | None = None
    target: ItemState
    reason: Words = ""


class ItemProposed(OfItem):
    """A patient was proposed for a list, or added by a person."""

    type = "round_item.proposed"
    reasons: tuple[Code, ...]
    late: bool = False


class ItemIdentified(OfItem):
    """It was made sure who lies in the bed."""

    type = "round_item.identified"
    how: Identified


class WrongWristband(OfItem):
    """Another number was read at this bed than the patient's; nobody's data were shown for it."""

    type = "round_item.wristband_refused"


class OfInstruction(Event):
    """Something became of an instruction of a round, which is never an order."""

    session_id: UUID
    item_id: UUID
    id: UUID
    kind: InstructionKind
    target: InstructionState
    due_at: datetime


class InstructionIssued(OfInstruction):
    """The lead gave an instruction at a bed."""

    type = "instruction.issued"


class InstructionMoved(OfInstruction):
    """It was read back, executed, declined, lapsed when the patient left, or another was given in its place."""

    type = "instruction.moved"
    action: InstructionAction
    source: InstructionState
    reason: Words = ""
    replaced_by: UUID | None = None


class ActKept(OfItem):
    """A line for the note or a question was written at a bed, or an act came after the lead had gone on."""

    type = "round_item.act_recorded"
    kind: ActKind
    overtaken: bool = False


class NoteSigned(OfItem):
    """A note was countersigned by the hub's doctor, or by the branch's senior doctor: guidance, and what the hub may
    see no more, which has no kind."""

    type = "round_note.signed"
    kind: NoteKind | None
    sha256: Code = ""


MOVED: dict[RoundAction, type[OfRound]] = {
    RoundAction.open_list: RoundListOpened,
    RoundAction.lock: RoundListLocked,
    RoundAction.make_ready: RoundReady,
    RoundAction.unready: RoundUnready,
    RoundAction.start: RoundStarted,
    RoundAction.pause: RoundPaused,
    RoundAction.resume: RoundResumed,
    RoundAction.complete: RoundCompleted,
    RoundAction.sign: RoundSigned,
    RoundAction.close: RoundClosed,
    RoundAction.cancel: RoundCancelled,
    RoundAction.convert: RoundConverted,
    RoundAction.reopen: RoundReopened,
}
