"""The state line of ten steps: when each was reached, by whom, after how long, and who the current one waits for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from telemed.consultations.model import Consultation
from telemed.consultations.rules.guards import GuardInput, to_endorse
from telemed.consultations.shown import StepOut
from telemed.consultations.words import State, Urgency
from telemed.history.model import EventRow

STEPS: tuple[State, ...] = (
    State.submitted,
    State.approved,
    State.accepted,
    State.scheduled,
    State.ready,
    State.in_progress,
    State.signed,
    State.acknowledged,
    State.executing,
    State.closed,
)
COUNTS_TO = {  # states that are no step: shown as on the way to this one
    State.draft: State.submitted,
    State.returned: State.submitted,
    State.scheduling: State.scheduled,
    State.interrupted: State.in_progress,
    State.answering: State.signed,
    State.archived: State.closed,
}
HOLDERS = {
    State.draft: "requester",
    State.submitted: "reviewer",  # before it, where the branch wants an endorsement, the senior doctor: see `holder`
    State.returned: "requester",
    State.approved: "coordinator",
    State.accepted: "coordinator",
    State.scheduling: "participants",
    State.scheduled: "system",
    State.ready: "participants",
    State.in_progress: "lead",
    State.interrupted: "coordinator",
    State.answering: "lead",
    State.signed: "requester",
    State.acknowledged: "branch",
    State.executing: "branch",
}


def holder(row: Consultation, given: GuardInput, awaits_consent: bool) -> str:
    """`awaits_consent`: no consent names the hub, which sees nothing of it until another does."""
    if awaits_consent and row.approved_at is not None:
        return "requester"
    if row.state is State.submitted and to_endorse(row, given) is None:
        return "senior_doctor"
    if row.urgency is Urgency.stat and row.state is State.approved:  # it rings, and nobody books it
        return "experts"
    if row.urgency is Urgency.stat and row.state is State.accepted and row.lead_id is not None:
        return "participants"
    return HOLDERS.get(row.state, "")


def steps(
    row: Consultation, given: GuardInput, events: Sequence[EventRow], now: datetime, *, awaits_consent: bool = False
) -> list[StepOut]:
    reached = _reached(events)
    current = COUNTS_TO.get(row.state, row.state)
    out: list[StepOut] = []
    before: datetime | None = row.created_at
    for state in STEPS:
        event = reached.get(state)
        at = event.occurred_at if event else None
        is_current = state is current
        since = row.state_since if is_current and at is None else before
        until = at or (now if is_current else None)
        if (
            at and state is State.in_progress
        ):  # the meeting lasts from its start; the others took until they were reached
            at = since = row.started_at or at
            until = row.ended_at or (now if is_current else None)
        out.append(
            StepOut(
                key=state,
                reached_at=at,
                by_name=event.actor_name if event else "",
                by_id=event.actor_id if event else None,
                seconds=int((until - since).total_seconds()) if until and since else None,
                current=is_current,
                due_at=row.state_due_at if is_current else None,
                holder=holder(row, given, awaits_consent) if is_current else "",
                planned_at=row.starts_at if state is State.in_progress and at is None else None,
            )
        )
        before = (row.ended_at if at and state is State.in_progress else None) or at or before
    return out


def _reached(events: Iterable[EventRow]) -> dict[State, EventRow]:
    """The event by which each step was last entered; going back forgets the later steps, an interruption none."""
    found: dict[State, EventRow] = {}
    for event in events:
        target = event.data.get("target")
        if target is None or target not in set(State):
            continue
        state = State(target)
        if state in STEPS:
            if event.data.get("source") != target or state not in found:
                found[state] = event
            found = {each: kept for each, kept in found.items() if STEPS.index(each) <= STEPS.index(state)}
        elif state is not State.interrupted and (back := COUNTS_TO.get(state)) is not None:
            found = {each: kept for each, kept in found.items() if STEPS.index(each) < STEPS.index(back)}
    return found
