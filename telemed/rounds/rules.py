"""The transition tables of sessions, of the patients on their lists, and of instructions; what an item lacks. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Generic, NoReturn, TypeVar

from telemed.access.model import Actor, Role
from telemed.activities.words import Phase
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.rounds.model import Instruction, RoundItem, RoundNote, RoundSession
from telemed.rounds.words import InstructionAction as Order
from telemed.rounds.words import InstructionKind as Kind
from telemed.rounds.words import InstructionState as Given
from telemed.rounds.words import ItemAction as Step
from telemed.rounds.words import ItemState as At
from telemed.rounds.words import Lack, NoteKind, Reason, SignedAs, Who
from telemed.rounds.words import RoundAction as Action
from telemed.rounds.words import RoundState as State
from telemed.work.rules import LONGEST

LIST_OPENS: Final = timedelta(hours=24)  # before it begins
LIST_LOCKS: Final = timedelta(hours=2)
ENTER_FROM: Final = timedelta(minutes=30)
MADE_AHEAD: Final = timedelta(weeks=8)
SEEN_AFTER: Final = timedelta(days=7)  # how long the hub reads the patients of a round that is closed
# How long what is asked may last, unless a hospital's ladder says otherwise.
ANSWER_WITHIN: Final = timedelta(hours=24)
PLAN_WITHIN: Final = timedelta(hours=24)
PLAN_AHEAD: Final = timedelta(days=7)  # what blocks a round later than that is not urgent
READ_BACK_WITHIN: Final = timedelta(minutes=30)
NOTE_WITHIN: Final = timedelta(hours=2)
COUNTERSIGN_WITHIN: Final = timedelta(hours=24)
FARTHEST_DUE: Final = timedelta(minutes=LONGEST)  # ahead; an instruction is of one stay
LEFT_OPEN: Final = timedelta(hours=12)  # after its end: what nobody began is called off, what nobody ended is ended
BED_MINUTES: Final = 8
MOST_ITEMS: Final = 40
MOST_STUDIES: Final = 20  # of one patient
DAY_BEFORE: Final = timedelta(days=1)  # images of the day before a stay began belong to it
FRESH: Final = {Lack.vitals: timedelta(hours=24), Lack.labs: timedelta(hours=72)}
DOCTORS: Final = (
    Role.bed_doctor,
    Role.accompanying_physician,
    Role.requesting_doctor,
    Role.senior_doctor,
    Role.duty_doctor,
)
NURSES: Final = (Role.charge_nurse, Role.primary_nurse)
SENIORS: Final = (Role.senior_doctor,)
LEADING: Final = (Role.expert,)
BEFORE: Final = frozenset({State.planned, State.list_open, State.list_locked, State.ready})
LISTED: Final = frozenset({State.list_open, State.list_locked, State.ready})  # there is a list to be worked on
RUNNING: Final = frozenset({State.live, State.paused})
OVER: Final = frozenset({State.completed, State.signed, State.closed})
NEVER: Final = frozenset({State.cancelled})
TAKES_ACTS: Final = RUNNING | {State.converted}
LED: Final = BEFORE | TAKES_ACTS | {State.completed}  # somebody leads it, or signs its notes
ON_LIST: Final = frozenset(At) - {At.removed}
TO_VISIT: Final = frozenset({At.confirmed, At.deferred})
VISITED: Final = frozenset({At.discussed, At.noted, At.countersigned})
OPEN: Final = frozenset({Given.to_read_back, Given.to_execute})
UNDONE: Final = frozenset(Given) - OPEN - {Given.executed}
NEEDS_ORDER: Final = frozenset({Kind.medicine, Kind.test, Kind.consult, Kind.transfer})

X = TypeVar("X", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Line(Generic[X, S]):
    """Of a transition table: this capacity may take the action from that state to the other."""

    action: X
    source: S
    target: S
    who: frozenset[Who]
    needs_reason: bool = False


def _by(*who: Who) -> frozenset[Who]:
    return frozenset(who)


W = Who
PLANS, LEADS, BEDSIDE = _by(W.coordinator, W.lead), _by(W.lead), _by(W.lead, W.doctor)
SYSTEM = _by(W.system)
SESSIONS: Final = (
    #    action              from               to                 by
    Line(Action.open_list,   State.planned,     State.list_open,   _by(W.system, W.coordinator, W.lead, W.doctor)),
    Line(Action.lock,        State.list_open,   State.list_locked, _by(W.system, W.coordinator, W.lead)),
    Line(Action.make_ready,  State.list_locked, State.ready,       SYSTEM),
    Line(Action.unready,     State.ready,       State.list_locked, SYSTEM),
    Line(Action.start,       State.ready,       State.live,        LEADS),
    Line(Action.start,       State.list_locked, State.live,        LEADS, needs_reason=True),
    Line(Action.start,       State.list_open,   State.live,        LEADS, needs_reason=True),
    Line(Action.pause,       State.live,        State.paused,      BEDSIDE),
    Line(Action.resume,      State.paused,      State.live,        BEDSIDE),
    *(Line(Action.complete, each, State.completed, _by(W.lead, W.system))
      for each in (State.live, State.paused, State.converted)),
    Line(Action.sign,        State.completed,   State.signed,      SYSTEM),
    Line(Action.close,       State.signed,      State.closed,      SYSTEM),
    *(Line(Action.cancel, each, State.cancelled, PLANS | SYSTEM, needs_reason=True)
      for each in (State.planned, State.list_open, State.list_locked, State.ready)),
    *(Line(Action.convert, each, State.converted, PLANS, needs_reason=True)
      for each in (State.list_open, State.list_locked, State.ready)),
    *(Line(Action.reopen, each, State.list_open, SYSTEM) for each in (State.list_locked, State.ready)),
)  # fmt: skip
ITEMS: Final = (
    #    action            from              to                by
    Line(Step.confirm,     At.proposed,      At.confirmed,     _by(W.doctor, W.lead)),
    Line(Step.put_forward, At.proposed,      At.proposed,      _by(W.doctor)),
    Line(Step.remove,      At.proposed,      At.removed,       _by(W.doctor, W.nurse, W.lead, W.system)),
    Line(Step.remove,      At.confirmed,     At.removed,       _by(W.doctor, W.lead, W.system), needs_reason=True),
    Line(Step.present,     At.confirmed,     At.presenting,    BEDSIDE),
    Line(Step.present,     At.deferred,      At.presenting,    BEDSIDE),
    Line(Step.present,     At.discussed,     At.presenting,    BEDSIDE),  # gone back to
    Line(Step.discuss,     At.presenting,    At.discussed,     _by(W.lead, W.doctor, W.system)),
    Line(Step.discuss,     At.confirmed,     At.discussed,     LEADS),  # in writing
    Line(Step.discuss,     At.deferred,      At.discussed,     LEADS),
    *(Line(Step.defer, each, At.deferred, BEDSIDE, needs_reason=True) for each in (At.confirmed, At.presenting)),
    Line(Step.defer,       At.confirmed,     At.deferred,      SYSTEM),
    *(Line(Step.skip, each, At.skipped, BEDSIDE, needs_reason=True)
      for each in (At.confirmed, At.presenting, At.deferred)),
    *(Line(Step.skip, each, At.skipped, SYSTEM)  # withdrawn, or not in the ward any more when the round ends
      for each in (At.confirmed, At.deferred)),
    Line(Step.submit,      At.discussed,     At.noted,         _by(W.doctor)),
    Line(Step.return_,     At.noted,         At.discussed,     _by(W.lead, W.pool), needs_reason=True),
    Line(Step.countersign, At.noted,         At.countersigned, _by(W.lead, W.pool, W.senior)),
)  # fmt: skip
INSTRUCTIONS: Final = (
    #    action            from                to                by
    Line(Order.read_back,  Given.to_read_back, Given.to_execute, _by(W.doctor)),
    Line(Order.execute,    Given.to_execute,   Given.executed,   _by(W.doctor, W.nurse)),  # `refuse_execution`
    Line(Order.decline,    Given.to_read_back, Given.declined,   _by(W.doctor), needs_reason=True),
    Line(Order.decline,    Given.to_execute,   Given.declined,   _by(W.doctor), needs_reason=True),
    *(Line(Order.lapse, each, Given.lapsed, SYSTEM) for each in (Given.to_read_back, Given.to_execute)),
    *(Line(Order.keep, each, each, LEADS) for each in (Given.to_read_back, Given.to_execute)),
    *(Line(Order.replace_, each, Given.replaced, LEADS) for each in (Given.to_read_back, Given.to_execute)),
)  # fmt: skip


def line(table: Iterable[Line[X, S]], action: X, state: S, held: Collection[Who], reason: str = "") -> Line[X, S]:
    """The line of the table that allows it, or the error that says why it is not allowed."""
    lines = [each for each in table if each.action is action and each.source is state]
    mine = [each for each in lines if each.who & set(held)]
    if not lines:
        raise Conflict(f"What is {state} does not {action}.", reason="wrong_state", state=str(state))
    if not mine:
        refuse_capacity(*(frozenset[Who]().union(*(each.who for each in lines)) - {Who.system}))
    if mine[0].needs_reason and Who.system not in held and not reason.strip():
        raise Invalid("Give a reason.", reason="reason_needed")
    return mine[0]


def allowed(table: Iterable[Line[X, S]], state: S, held: Collection[Who]) -> list[X]:
    """The actions that these capacities may take now, in the table's order; pages offer no others."""
    return list(dict.fromkeys(each.action for each in table if each.source is state and each.who & set(held)))


def capacities(row: RoundSession, actor: Actor | None, pool: Collection[str] = ()) -> frozenset[Who]:
    """`pool`: the ids of those who may lead rounds of its series. `actor` None is the system."""
    if actor is None:
        return SYSTEM
    out: set[Who] = set()
    if actor.hospital_id == row.hub_id:
        out |= {Who.coordinator} if actor.has(Role.coordinator) else set()
        out |= {Who.lead} if row.lead_id == actor.id and actor.has(*LEADING) else set()
        out |= {Who.pool} if str(actor.id) in pool and actor.has(*LEADING) else set()
    if actor.hospital_id == row.branch_id:
        out |= {Who.doctor} if actor.has(*DOCTORS) else set()
        out |= {Who.nurse} if actor.has(*NURSES) else set()
        out |= {Who.senior} if actor.has(*SENIORS) else set()
    return frozenset(out)


def refuse_capacity(*who: Who) -> NoReturn:
    wanted = sorted(who)
    raise NotAllowed(f"This is for: {', '.join(wanted)}.", reason="capacity", who=wanted)


def refuse_emergency(row: RoundItem, words: str) -> None:
    if not words.strip():
        raise Invalid("Say what the emergency is.", reason="say_why")
    if row.state is not At.proposed:
        raise Conflict("It is on the list already.", reason="wrong_state", state=str(row.state))


def waits_for_lead(session: RoundSession, item: RoundItem) -> bool:
    """Whether the lead alone confirms this patient: the list was locked when they were added."""
    return item.late and session.state is not State.list_open


def refuse_late(session: RoundSession, item: RoundItem, held: Collection[Who]) -> None:
    if waits_for_lead(session, item) and Who.lead not in held:
        raise NotAllowed("The list is locked: put this patient forward to the lead.", reason="list_locked")


def refuse_to_put_forward(session: RoundSession, item: RoundItem) -> None:
    """Raises for whom the ward's doctor confirms, and for whom the lead has been asked about already."""
    if not waits_for_lead(session, item) or item.case_id is not None:
        raise Conflict("The lead need not be asked.", reason="wrong_state", state=str(item.state))


def item_actions(session: RoundSession, item: RoundItem, held: Collection[Who], *, left: bool = False) -> list[Step]:
    """`left`: they are not in the ward any more, so nobody goes there."""
    found = allowed(ITEMS, item.state, held)
    if left:
        found = [each for each in found if each not in (Step.confirm, Step.put_forward, Step.present)]
    if left and item.state in TO_VISIT:
        found = [each for each in found if each not in (Step.discuss, Step.defer)]
    late = waits_for_lead(session, item) and Who.lead not in held
    if late:
        found = [each for each in found if each is not Step.confirm]
    if not late or item.case_id is not None:
        found = [each for each in found if each is not Step.put_forward]
    return found


def refuse_instruction(session: RoundSession, item: RoundItem, held: Collection[Who]) -> None:
    """An instruction is given by the lead, at a bed of which it is known who lies there."""
    if Who.lead not in held:
        refuse_capacity(Who.lead)
    if session.state is State.converted:
        return
    if item.state not in (At.presenting, At.discussed):
        raise Conflict("Instructions are given at the bed.", reason="not_at_bed", state=str(item.state))
    if item.identified_at is None:
        raise Conflict("Make sure first who lies in this bed.", reason="not_identified")


def refuse_execution(row: Instruction, held: Collection[Who], number: str, ordered_by: str, words: str) -> None:
    """What needs an order is executed by a doctor who says which; the rest by words, of a nurse as well."""
    if row.kind in NEEDS_ORDER:
        if Who.doctor not in held:
            raise NotAllowed("A doctor records the order.", reason="doctor_records", who=[Who.doctor])
        if not number.strip() and not ordered_by.strip():
            raise Invalid("Say the order's number, or when and by whom it was written.", reason="order_needed")
    elif not words.strip():
        raise Invalid("Say how it was carried out.", reason="say_how")


def phase(state: State) -> Phase:
    """How far a session has come, in the words of calendars."""
    if state in OVER | NEVER:
        return Phase.over
    return {State.live: Phase.running, State.paused: Phase.interrupted}.get(state, Phase.planned)


def seconds_at(item: RoundItem, now: datetime) -> int:
    """How long this bed has been visited, with earlier visits of this round."""
    if item.presented_at is None:
        return item.spent
    return item.spent + max(0, round(((item.left_at or now) - item.presented_at).total_seconds()))


def lacking(item: RoundItem, needs: Iterable[Lack], has: Collection[Lack]) -> list[Lack]:
    """What this item still lacks of what rounds of its specialty need. `has`: what was found of the patient."""
    have = {*has} | ({Lack.question} if item.question.strip() else set())
    return [each for each in needs if each not in have]


def in_turn(items: Iterable[RoundItem]) -> list[RoundItem]:
    """As the sheet shows them: by place, what was deferred in this round after all that is still to come."""
    return sorted(items, key=lambda each: (each.state is At.deferred, each.place, each.id))


def up_next(items: Iterable[RoundItem]) -> list[RoundItem]:
    """Whom the round goes to next, then after that."""
    return [each for each in in_turn(items) if each.state in TO_VISIT]


def pressing(reasons: Collection[str]) -> int:
    """The place of the most pressing of these reasons."""
    order = list(Reason)
    return min((order.index(Reason(each)) for each in reasons), default=len(order))


def refuse_countersign(*, at_hub: bool, signed_at_hub: bool, hub_sees: bool, signer: str) -> None:
    """First the hub, then of guidance the branch's senior doctor; raises for whoever is not next.

    Where the patient lets the hub see nothing any more, the senior doctor alone.
    """
    if at_hub and signed_at_hub:
        raise Conflict("It waits for the branch's senior doctor.", reason="waits_for_senior")
    if not at_hub and not signed_at_hub and hub_sees:
        raise Conflict("The hub countersigns first.", reason="hub_first", signer=signer)


def signed_as(note: RoundNote) -> SignedAs | None:
    if note.signed_at is None:
        return None
    if note.hub_at is None:
        return SignedAs.ward
    return SignedAs.guidance if note.kind is NoteKind.guidance else SignedAs.hub


def missing(condition: str, assessment: str) -> list[str]:
    """What a note cannot do without."""
    return [name for name, text in (("condition", condition), ("assessment", assessment)) if not text.strip()]
