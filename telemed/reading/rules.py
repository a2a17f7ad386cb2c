"""The transition table of readings, the claim that lapses, and who may review whom. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from telemed.access.model import Actor, Role
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.people.model import Title
from telemed.people.seniority import rank
from telemed.reading.model import Reading
from telemed.reading.words import Part, ReadingPurpose, ReturnCode, Subspecialty, Urgency, Who
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State

IDLE: Final = timedelta(minutes=10)  # after so long without a sign of life a claim lapses
RANKS: Final = {Urgency.stat: 0, Urgency.urgent: 1, Urgency.routine: 2}
DUE_WITHIN: Final = {
    Urgency.stat: timedelta(minutes=30),
    Urgency.urgent: timedelta(hours=4),
    Urgency.routine: timedelta(hours=24),
}
SEND_AGAIN_WITHIN: Final = DUE_WITHIN  # what was returned: the branch is as quick as it wants the report
SAYS_AFTER: Final = timedelta(hours=1)  # who was reading what is withdrawn may still raise what they have seen
REVIEW_WITHIN: Final = timedelta(hours=4)  # of working hours: a provisional report
LOOKS_AHEAD: Final = timedelta(days=14)  # for the next working hours
READ_AFTER_ISSUE: Final = dict.fromkeys(Urgency, timedelta(days=7))  # by the hub
MOST_VERSIONS: Final = 20  # of the branch's own report
REQUESTING: Final = (Role.requesting_doctor, Role.radiographer, Role.radiologist)
READERS: Final = (Role.radiologist,)
HEADS: Final = (Title.associate_chief, Title.chief)  # of the desk: they keep its templates and see its figures
# Returned for its images, which radiographers see to; anything else is the requester's own.
OF_IMAGES: Final = frozenset({ReturnCode.incomplete, ReturnCode.quality, ReturnCode.wrong_patient})
READABLE: Final = frozenset({State.requested, State.assigned, State.claimed})  # its report is not written yet
OPEN: Final = READABLE | {State.written, State.reviewed, State.returned}
DONE: Final = frozenset({State.provisional, State.issued, State.addended})
ALONE: Final = frozenset({Urgency.stat, Urgency.urgent})  # what one doctor may issue out of hours
TO_REVIEW: Final = frozenset({State.written, State.provisional})
REVIEWED: Final = DONE | {State.written}  # a second doctor acts on it, or has
NO_IMAGES: Final = frozenset({"SR", "PR", "KO", "SEG", "REG", "DOC"})  # objects beside the images of a study
SUBSPECIALTY: Final = {
    Part.head: Subspecialty.neuro,
    Part.neck: Subspecialty.neuro,
    Part.chest: Subspecialty.chest,
    Part.heart: Subspecialty.chest,
    Part.abdomen: Subspecialty.abdomen,
    Part.pelvis: Subspecialty.abdomen,
    Part.spine: Subspecialty.bones,
    Part.upper_limb: Subspecialty.bones,
    Part.lower_limb: Subspecialty.bones,
    Part.breast: Subspecialty.breast,
    Part.whole_body: Subspecialty.any,
}


@dataclass(frozen=True)
class Transition:
    action: Action
    source: State
    target: State
    who: Who
    needs_reason: bool = False


A, S, W = Action, State, Who
SIGNED_BY_TWO: Final = frozenset({S.issued, S.addended})
ENDS_WITH_CONSENT: Final = (S.requested, S.assigned, S.claimed, S.written, S.returned)
TRANSITIONS: Final = (
    #          action         from           to             by
    Transition(A.assign,      S.requested,   S.assigned,    W.system),
    Transition(A.claim,       S.requested,   S.claimed,     W.reader),
    Transition(A.claim,       S.assigned,    S.claimed,     W.assignee),
    Transition(A.take_over,   S.assigned,    S.claimed,     W.reader, needs_reason=True),
    Transition(A.take_over,   S.claimed,     S.claimed,     W.reader, needs_reason=True),
    Transition(A.release,     S.claimed,     S.requested,   W.holder),
    Transition(A.release,     S.claimed,     S.requested,   W.system),
    Transition(A.return_,     S.requested,   S.returned,    W.reader),
    Transition(A.return_,     S.assigned,    S.returned,    W.assignee),
    Transition(A.return_,     S.claimed,     S.returned,    W.holder),
    # Its study is not confirmed as the patient's any more: the branch sees to it.
    Transition(A.return_,     S.requested,   S.returned,    W.system),
    Transition(A.return_,     S.assigned,    S.returned,    W.system),
    Transition(A.return_,     S.claimed,     S.returned,    W.system),
    Transition(A.return_,     S.written,     S.returned,    W.system),
    Transition(A.resend,      S.returned,    S.requested,   W.requester),
    Transition(A.withdraw,    S.requested,   S.withdrawn,   W.requester, needs_reason=True),
    Transition(A.withdraw,    S.assigned,    S.withdrawn,   W.requester, needs_reason=True),
    Transition(A.withdraw,    S.claimed,     S.withdrawn,   W.requester, needs_reason=True),
    Transition(A.withdraw,    S.written,     S.withdrawn,   W.requester, needs_reason=True),
    Transition(A.withdraw,    S.returned,    S.withdrawn,   W.requester, needs_reason=True),
    # The consent on which it rests was withdrawn.
    *(Transition(A.withdraw, each, S.withdrawn, W.system) for each in ENDS_WITH_CONSENT),
    Transition(A.submit,      S.claimed,     S.written,     W.holder),
    Transition(A.take_back,   S.written,     S.claimed,     W.author),
    Transition(A.revise,      S.written,     S.assigned,    W.reviewer, needs_reason=True),
    Transition(A.issue,       S.written,     S.issued,      W.reviewer),
    Transition(A.issue_alone, S.claimed,     S.provisional, W.sole),
    Transition(A.addend,      S.provisional, S.addended,    W.reviewer),
    Transition(A.addend,      S.issued,      S.addended,    W.reviewer),
    Transition(A.addend,      S.addended,    S.addended,    W.reviewer),
    # Nobody else of the hub may: a mistake that is known must not stand.
    Transition(A.addend,      S.issued,      S.addended,    W.sole),
    Transition(A.addend,      S.addended,    S.addended,    W.sole),
)  # fmt: skip


def refuse_branch_report(row: Reading, actor: Actor, now: datetime) -> None:
    """Raises unless this person may add the branch's own report, or a further version of it, now: until the hub's is
    issued."""
    if row.purpose is not ReadingPurpose.over_read:
        raise Conflict("Only an over-read is compared with the branch's report.", reason="not_over_read")
    if Who.requester not in capacities(row, actor, now):
        raise NotAllowed(f"This is for: {Who.requester}.", reason="capacity", who=[Who.requester])
    if row.state not in OPEN:
        raise Conflict("The hub's report is issued.", reason="wrong_state", state=str(row.state))
    if row.rule_id is not None and row.branch_report:
        raise Conflict("It was drawn after the branch's report, which stays as it was then.", reason="sampled_report")
    if row.branch_report >= MOST_VERSIONS:
        raise Conflict("No further version is taken.", reason="too_many_versions")


def refuse_withdrawal(row: Reading) -> None:
    """Raises where somebody at the hub must still be reached about the patient; and of a sampled over-read, because
    whoever is compared does not choose."""
    if row.rule_id is not None and row.purpose is ReadingPurpose.over_read:
        raise Conflict("A sampled over-read is not withdrawn; the hub returns it.", reason="sampled_stays")
    if row.critical_words:
        raise Conflict("A critical finding was raised of it, so it is read to its end.", reason="critical_raised")


def takes_branch_report(row: Reading, actor: Actor, now: datetime) -> bool:
    try:
        refuse_branch_report(row, actor, now)
    except (Conflict, NotAllowed):
        return False
    return True


def reviews(title: Title, author: Title) -> bool:
    """Whether somebody of this title reviews what somebody of `author` has written: seniors, and chiefs each other."""
    mine, theirs = rank(title), rank(author)
    return mine is not None and (theirs is None or mine > theirs or title is author is Title.chief)


def signs_alone(row: Reading, title: Title | None, *, allowed: bool, at_work: bool) -> bool:
    """Whether one signature is enough for now: the hub allows it, is not at work, and somebody waits for the report.

    A resident's or trainee's report is never issued unread; an over-read compares two doctors and waits for both.
    """
    pressing = row.urgency in ALONE and row.purpose is ReadingPurpose.primary
    return allowed and not at_work and pressing and title is not None and not reviews(Title.attending, title)


def signs_own(title: Title) -> bool:
    """Whether somebody of this title signs the own report of a branch: no resident's or trainee's goes out unread."""
    return not reviews(Title.attending, title)


def capacities(
    row: Reading, actor: Actor | None, now: datetime, title: Title | None = None, *, alone: bool = False
) -> frozenset[Who]:
    """The capacities in which this person of this title may act on this reading; `actor` None is the system.

    `alone`: what `lookup.alone` says.
    """
    if actor is None:
        return frozenset({Who.system})
    if row.patient_id in actor.opened:  # break-glass only lets them read
        return frozenset()
    out: set[Who] = set()
    if actor.hospital_id == row.branch_id and actor.has(*REQUESTING):
        out.add(Who.requester)
    if actor.hospital_id == row.hub_id and actor.has(*READERS):
        out.add(Who.reader)
        if row.reader_id == actor.id:
            out |= {Who.assignee} if row.state is State.assigned else set()
            out |= {Who.holder} if held(row, now) else set()
            out |= {Who.sole} if alone and (held(row, now) or row.state in SIGNED_BY_TWO) else set()
            out |= {Who.author} if row.state is State.written else set()
        elif row.state in REVIEWED and title and may_review(row, actor, title):
            out.add(Who.reviewer)
    return frozenset(out)


def may_review(row: Reading, actor: Actor, title: Title) -> bool:
    """Whether this person has reviewed it, or may by their title."""
    return row.reviewer_id == actor.id or (row.author_title != "" and reviews(title, Title(row.author_title)))


def held(row: Reading, now: datetime) -> bool:
    """Whether somebody's claim is in force."""
    return row.state is State.claimed and row.active_at is not None and now < row.active_at + IDLE


def idle_until(row: Reading) -> datetime | None:
    """When the claim lapses if its reader does nothing more; None: nobody has claimed it."""
    return row.active_at + IDLE if row.state is State.claimed and row.active_at else None


def as_it_is(row: Reading, now: datetime) -> State:
    """The state from which one acts: a claim that has lapsed is none, also before the clock has noticed."""
    return State.requested if row.state is State.claimed and not held(row, now) else row.state


def transition(
    row: Reading,
    action: Action,
    actor: Actor | None,
    now: datetime,
    reason: str = "",
    title: Title | None = None,
    *,
    alone: bool = False,
) -> Transition:
    """The line of the table that allows the action, or the error that says why it is not allowed. Changes nothing."""
    state = as_it_is(row, now) if actor is not None else row.state
    lines = [each for each in TRANSITIONS if each.action is action and each.source is state]
    held_as = capacities(row, actor, now, title, alone=alone)
    mine = [each for each in lines if each.who in held_as]
    if action is Action.claim and not mine and state in (State.assigned, State.claimed) and Who.reader in held_as:
        raise Conflict("A colleague has it: say why you take it over.", reason="claimed")
    if not lines:
        raise Conflict(f"A reading that is {state} does not {action}.", reason="wrong_state", state=str(state))
    if not mine and action is Action.issue_alone and Who.holder in held_as:
        raise NotAllowed("One signature is not enough here and now: submit it for review.", reason="not_alone")
    if not mine and state in REVIEWED and held_as == {Who.reader}:
        raise NotAllowed("A more senior radiologist reviews it.", reason="not_senior")
    if not mine:
        wanted = sorted({each.who for each in lines})
        raise NotAllowed(f"This is for: {', '.join(wanted)}.", reason="capacity", who=wanted)
    if mine[0].needs_reason and not reason.strip():
        raise Invalid("Give a reason.", reason="reason_needed")
    return mine[0]


def allowed(row: Reading, actor: Actor, now: datetime, title: Title | None, *, alone: bool = False) -> list[Action]:
    """The actions that this person of this title may take now, in the table's order; pages offer no others.

    Nobody takes over what is theirs.
    """
    mine = capacities(row, actor, now, title, alone=alone)
    is_mine = bool(mine & {Who.assignee, Who.holder})
    found = [each for each in TRANSITIONS if each.source is as_it_is(row, now) and each.who in mine]
    return list(dict.fromkeys(each.action for each in found if not (is_mine and each.action is Action.take_over)))


def modality_of(modalities: Collection[str]) -> str:
    """The modality of a study's images: the first that is no document beside them."""
    return next((each for each in modalities if each and each not in NO_IMAGES), "")


def waits_for_images(received: int, expected: int | None, complete: bool) -> bool:
    """Whether fewer images have come than were declared; where nothing was declared nothing is waited for."""
    return not complete and expected is not None and received < expected


def lacks_report(row: Reading) -> bool:
    """Whether it is an over-read to which the branch has not given its own report yet: the hub can finish nothing."""
    return row.purpose is ReadingPurpose.over_read and row.branch_report == 0


def is_whole(row: Reading, received: int, expected: int | None, complete: bool) -> bool:
    return not lacks_report(row) and not waits_for_images(received, expected, complete)


def before(other: Reading, row: Reading, now: datetime) -> bool:
    """Whether `other` is to be read before `row`: it is more urgent, or of the same urgency only it is overdue.

    Of two that are equally urgent and both in time a reader chooses; the list's order is only a proposal.
    """
    if other.rank != row.rank:
        return other.rank < row.rank
    return _overdue(other, now) and not _overdue(row, now)


def _overdue(row: Reading, now: datetime) -> bool:
    return row.due_at is not None and row.due_at <= now


def refuse_return(code: ReturnCode, words: str) -> None:
    """Raises Invalid if the coded reason says nothing and no words do."""
    if code is ReturnCode.other and not words.strip():
        raise Invalid("Say why.", reason="say_why")


def missing(findings: str, impression: str) -> list[str]:
    """What a report cannot do without."""
    return [name for name, text in (("findings", findings), ("impression", impression)) if not text.strip()]
