"""The transition table of critical findings, who does what, and when a value is the same. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from telemed.access.model import Actor, Role
from telemed.critical_findings.catalogue import BY_CODE, SIDE, SIDES, Word
from telemed.critical_findings.model import CriticalFinding
from telemed.critical_findings.words import FindingAction as Action
from telemed.critical_findings.words import FindingState as State
from telemed.critical_findings.words import Who
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.people.model import Title
from telemed.reading.rules import reviews

STEP: Final = timedelta(minutes=5)  # until the next is told
ACT_WITHIN: Final = timedelta(minutes=30)  # each: to act, and then to close
SEEN_AFTER_CLOSING: Final = timedelta(days=7)  # by whom only the finding was opened to
MOST_WRONG: Final = 2  # after so many wrong values it is read back on the telephone
DOCTORS: Final = (
    Role.requesting_doctor,
    Role.accompanying_physician,
    Role.bed_doctor,
    Role.duty_doctor,
    Role.senior_doctor,
)
NURSES: Final = (Role.charge_nurse, Role.primary_nurse)
OFFICE: Final = (Role.reviewer, Role.duty_officer)
RECEIVING: Final = (*DOCTORS, *NURSES, *OFFICE)
IMAGING: Final = (Role.radiographer, Role.radiologist)
TELEPHONING: Final = IMAGING
WARD: Final = (Role.bed_doctor, *NURSES)  # told at once, beside the ladder, with the branch's imaging department
CLOSED: Final = frozenset({State.closed, State.withdrawn})


@dataclass(frozen=True)
class Transition:
    action: Action
    source: State
    target: State
    who: Who


A, S, W = Action, State, Who
TRANSITIONS: Final = (
    #          action       from          to            by
    Transition(A.notify,    S.detected,   S.notifying,  W.system),
    Transition(A.tell,      S.notifying,  S.notifying,  W.caller),
    Transition(A.tell,      S.read_back,  S.read_back,  W.caller),
    Transition(A.tell,      S.acted,      S.acted,      W.caller),
    Transition(A.hear,      S.notifying,  S.read_back,  W.caller),
    Transition(A.read_back, S.notifying,  S.read_back,  W.receiver),
    Transition(A.act,       S.read_back,  S.acted,      W.receiver),
    Transition(A.close,     S.acted,      S.closed,     W.receiver),
    Transition(A.withdraw,  S.detected,   S.withdrawn,  W.withdrawer),
    Transition(A.withdraw,  S.notifying,  S.withdrawn,  W.withdrawer),
    Transition(A.withdraw,  S.read_back,  S.withdrawn,  W.withdrawer),
    Transition(A.withdraw,  S.acted,      S.withdrawn,  W.withdrawer),
)  # fmt: skip


class Titles(NamedTuple):
    """Of who asks and of who raised it: they say who reviews whose reports."""

    mine: Title
    finder: Title


def capacities(row: CriticalFinding, actor: Actor | None, titles: Titles | None = None) -> frozenset[Who]:
    """In which capacities this person may act on it; `actor` None is the system."""
    if actor is None:
        return frozenset({Who.system})
    if row.patient_id in actor.opened:  # break-glass only lets them read
        return frozenset()
    out: set[Who] = set()
    if actor.hospital_id == row.branch_id:
        out |= {Who.receiver} if actor.has(*RECEIVING) else set()
        out |= {Who.caller} if actor.has(*IMAGING) else set()
    elif actor.hospital_id == row.hub_id and actor.has(Role.radiologist):
        out.add(Who.caller)
        if row.found_by == actor.id or (titles and reviews(*titles)):
            out.add(Who.withdrawer)
    return frozenset(out)


def transition(row: CriticalFinding, action: Action, actor: Actor | None, titles: Titles | None = None) -> Transition:
    """The line of the table that allows the action, or the error that says why it is not allowed. Changes nothing."""
    lines = [each for each in TRANSITIONS if each.action is action and each.source is row.state]
    if not lines:
        raise Conflict(f"A finding that is {row.state} does not {action}.", reason="wrong_state", state=str(row.state))
    mine = [each for each in lines if each.who in capacities(row, actor, titles)]
    if not mine:
        wanted = sorted({each.who for each in lines})
        raise NotAllowed(f"This is for: {', '.join(wanted)}.", reason="capacity", who=wanted)
    if action is Action.read_back and must_telephone(row):
        raise Conflict("It was read back wrongly twice: telephone.", reason="telephone_needed")
    return mine[0]


def allowed(row: CriticalFinding, actor: Actor, titles: Titles | None = None) -> list[Action]:
    """The actions that this person may take now, in the table's order. What is heard is part of a call."""
    mine = capacities(row, actor, titles)
    found = [each.action for each in TRANSITIONS if each.source is row.state and each.who in mine]
    return [each for each in found if each is not A.hear and not (each is A.read_back and must_telephone(row))]


def must_telephone(row: CriticalFinding) -> bool:
    return row.state is State.notifying and row.wrong >= MOST_WRONG


def refuse_raise(hub_id: str, actor: Actor) -> None:
    """Raises NotAllowed for anybody but a radiologist of the hub: whoever sees it says so, with a claim or without."""
    if actor.hospital_id != hub_id or not actor.has(Role.radiologist):
        raise NotAllowed("A radiologist of the hub raises it.", reason="capacity", who=["reader"])


class Key(NamedTuple):
    """What was found, and what is read back of it."""

    code: str
    finding: Word
    asks: Word
    value: str
    unit: str = ""
    words: tuple[Word, ...] = ()


VALUE: Final = Word("关键值", "key value")


def key_of(code: str, finding: str, value: str, unit: str, modality: str) -> Key:
    """A row of the list, or free text: then with a unit a number, and without one a side.

    Raises Invalid for a row of another modality, and for a value that is no number, or none of the four words.
    """
    if code:
        listed = BY_CODE.get(code)
        if listed is None or modality not in listed.modalities:
            raise Invalid("The list of this modality has no such finding.", reason="not_listed")
        found = Key(code, listed.name, listed.asks, value, listed.unit, listed.words)
    elif not finding:
        raise Invalid("Say what was found.", reason="no_finding")
    elif unit:
        found = Key("", Word(finding, finding), VALUE, value, unit)
    else:
        found = Key("", Word(finding, finding), SIDE, value, "", SIDES)
    plain = plain_value(value, [each.zh for each in found.words])
    if plain is None:
        raise Invalid("Give a number, or one of the four words.", reason="no_key_value")
    return found._replace(value=plain)


FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")  # as a Chinese keyboard types them


def plain_value(said: str, words: list[str]) -> str | None:
    """As it is stored: one of the words, or a number without needless zeros; None: it is neither."""
    text = said.strip()
    if words:
        return text if text in words else None
    text = text.translate(FULL_WIDTH)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number < 100_000 or not set(text) <= set("0123456789."):
        return None
    return f"{number.normalize():f}"


def heard(row: CriticalFinding, said: str) -> str:
    """What was read back, as values are stored. Raises Invalid for what can be no value of this finding."""
    plain = plain_value(said, row.words)
    if plain is None:
        raise Invalid("Give a number, or one of the four words.", reason="no_key_value")
    return plain


def refuse_times(row: CriticalFinding, now: datetime, *moments: datetime) -> None:
    """Raises Invalid unless these, which are typed to the minute, lie in their order between finding it and now."""
    found = row.found_at.replace(second=0, microsecond=0)
    if list(moments) != sorted(moments) or any(not found <= each <= now for each in moments):
        raise Invalid("The times do not follow each other.", reason="finding_times")
