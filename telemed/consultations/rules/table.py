"""The transition table: which action leads from which state to which, by whom, under which guard."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telemed.access.model import Actor, Role
from telemed.consultations.model import Consultation
from telemed.consultations.rules import guards as g
from telemed.consultations.rules.guards import Guard, GuardInput
from telemed.consultations.rules.states import AFTER_SIGNED, BEFORE_SIGNED
from telemed.consultations.words import Action, State, Who
from telemed.errors import Conflict, Invalid, NotAllowed


@dataclass(frozen=True)
class Transition:
    action: Action
    source: State
    target: State
    who: frozenset[Who]
    guard: Guard
    needs_reason: bool = False


@dataclass(frozen=True)
class Move:
    """A transition that is being taken: by whom (None is the system), when, and with what data."""

    row: Consultation
    line: Transition
    actor: Actor | None
    now: datetime
    reason: str | None
    data: Mapping[str, Any]  # the fields of the event


S, W = State, Who
ANSWER = frozenset({W.requester, W.senior_doctor})  # who may answer the advice for the branch


def _rows() -> list[Transition]:
    def row(action: Action, source: State, target: State, who: set[Who] | frozenset[Who], guard: Guard) -> Transition:
        return Transition(action, source, target, frozenset(who), guard)

    def why(action: Action, source: State, target: State, who: set[Who] | frozenset[Who], guard: Guard) -> Transition:
        return Transition(action, source, target, frozenset(who), guard, needs_reason=True)

    a, system, requester = Action, {W.system}, {W.requester}
    hub, ends = {W.lead, W.coordinator}, {W.lead, W.accompanying}
    takers = {W.coordinator, W.hub_expert, W.hub_duty_officer}
    table = [
        # action            from            to              by                          guard
        row(a.submit,       S.draft,        S.submitted,    requester,                  g.complete),
        row(a.discard,      S.draft,        S.discarded,    requester | system,         g.always),
        row(a.endorse,      S.submitted,    S.submitted,    {W.senior_doctor, W.duty_officer}, g.to_endorse),
        row(a.approve,      S.submitted,    S.approved,     {W.reviewer, W.duty_officer}, g.endorsed),
        row(a.approve,      S.submitted,    S.approved,     system,                     g.approves_itself),
        why(a.return_,      S.submitted,    S.returned,     {W.senior_doctor, W.reviewer, W.duty_officer}, g.not_stat),
        row(a.submit,       S.returned,     S.submitted,    requester,                  g.complete),
        row(a.expire,       S.returned,     S.expired,      system,                     g.always),
        why(a.return_,      S.approved,     S.returned,     {W.coordinator},            g.not_stat),
        why(a.decline,      S.approved,     S.declined,     {W.coordinator},            g.always),
        why(a.redirect,     S.approved,     S.approved,     {W.coordinator},            g.always),
        row(a.accept,       S.approved,     S.accepted,     {W.coordinator},            g.not_stat),
        row(a.take,         S.approved,     S.accepted,     takers,                     g.only_stat),
        row(a.name_lead,    S.accepted,     S.accepted,     {W.dispatcher, W.coordinator}, g.lead_missing),
        why(a.give_back,    S.accepted,     S.accepted,     {W.dispatcher, W.system},   g.lead_missing),
        row(a.book,         S.accepted,     S.scheduling,   {W.coordinator},            g.bookable),
        row(a.to_written,   S.accepted,     S.answering,    hub,                        g.lead_named),
        row(a.to_written,   S.accepted,     S.answering,    system,                     g.written_to_lead),
        row(a.start,        S.accepted,     S.in_progress,  system,                     g.stat_admitted),
        row(a.book,         S.scheduling,   S.scheduling,   {W.coordinator},            g.bookable),
        row(a.confirm,      S.scheduling,   S.scheduled,    system,                     g.accepted_by_all),
        row(a.lapse,        S.scheduling,   S.accepted,     system,                     g.always),
        row(a.unconfirm,    S.scheduled,    S.scheduling,   ends | system,              g.always),
        row(a.unconfirm,    S.ready,        S.scheduling,   ends | system,              g.always),
        row(a.book,         S.scheduled,    S.scheduling,   {W.coordinator},            g.bookable),
        row(a.book,         S.ready,        S.scheduling,   {W.coordinator},            g.bookable),
        row(a.unconfirm,    S.scheduled,    S.scheduling,   {W.hub_expert},             g.is_invited),
        row(a.unconfirm,    S.ready,        S.scheduling,   {W.hub_expert},             g.is_invited),
        row(a.make_ready,   S.scheduled,    S.ready,        system,                     g.green),
        row(a.make_unready, S.ready,        S.scheduled,    system,                     g.red),
        row(a.start,        S.ready,        S.in_progress,  system,                     g.both_admitted),
        why(a.start,        S.scheduled,    S.in_progress,  hub,                        g.both_admitted),
        row(a.miss,         S.scheduled,    S.no_show,      {W.coordinator, W.system},  g.always),
        row(a.miss,         S.ready,        S.no_show,      {W.coordinator, W.system},  g.always),
        why(a.interrupt,    S.in_progress,  S.interrupted,  ends | system,              g.always),
        row(a.resume,       S.interrupted,  S.in_progress,  system,                     g.both_admitted),
        row(a.rebook,       S.interrupted,  S.scheduling,   {W.coordinator},            g.bookable),
        row(a.to_written,   S.interrupted,  S.answering,    hub,                        g.lead_named),
        row(a.end,          S.in_progress,  S.answering,    ends | {W.coordinator},     g.always),
        row(a.end,          S.interrupted,  S.answering,    hub,                        g.always),
        row(a.sign,         S.answering,    S.signed,       {W.lead},                   g.complete_opinion),
        row(a.acknowledge,  S.signed,       S.acknowledged, ANSWER,                     g.every_advice_answered),
        row(a.execute,      S.acknowledged, S.executing,    system,                     g.always),
        row(a.close,        S.executing,    S.closed,       system,                     g.all_done),
        row(a.close,        S.executing,    S.closed,       ANSWER,                     g.nothing_open),
        why(a.reopen,       S.closed,       S.accepted,     {W.requester, W.coordinator}, g.always),
        row(a.archive,      S.closed,       S.archived,     system,                     g.always),
    ]  # fmt: skip
    table += [
        why(a.cancel, each, S.cancelled, {W.requester, W.coordinator, W.reviewer}, g.always) for each in BEFORE_SIGNED
    ]
    return table + _substitutes()


def _substitutes() -> list[Transition]:
    """Whoever must act may be away. Who stands in at a booked time agrees to it first, or it is arranged again;
    once it should have begun they are called in (`rules.booking.calls_in`)."""

    def why(action: Action, source: State, target: State, who: frozenset[Who], guard: Guard) -> Transition:
        return Transition(action, source, target, who, guard, needs_reason=True)

    a, hub, branch = Action, frozenset({W.dispatcher, W.coordinator}), ANSWER | {W.reviewer, W.duty_officer}
    table = []
    for each in (S.scheduled, S.ready):
        table += [
            why(a.replace_lead, each, each, hub, g.lead_agreed),
            why(a.replace_lead, each, S.scheduling, hub, g.lead_named),
            why(a.replace_accompanying, each, each, branch, g.accompanying_agreed),
            why(a.replace_accompanying, each, S.scheduling, branch, g.accompanied),
        ]
    for each in (S.accepted, S.scheduling, S.in_progress, S.interrupted, S.answering):
        table.append(why(a.replace_lead, each, each, hub, g.lead_named))
    for each in AFTER_SIGNED:
        table.append(why(a.replace_lead, each, each, hub, g.must_reassess))
    for each in (S.submitted, S.approved, S.accepted, S.scheduling, S.in_progress, S.interrupted):
        table.append(why(a.replace_accompanying, each, each, branch, g.accompanied))
    return table


def _stood_in(line: Transition) -> Transition:
    """The hub's duty officer may do what a coordinator may: it is told of what no coordinator has acted on."""
    return replace(line, who=line.who | {W.hub_duty_officer}) if W.coordinator in line.who else line


TRANSITIONS: tuple[Transition, ...] = tuple(map(_stood_in, _rows()))
OUT_OF: dict[State, list[Transition]] = {  # in the table's order
    state: [each for each in TRANSITIONS if each.source is state] for state in State
}


def capacities(row: Consultation, actor: Actor | None) -> frozenset[Who]:
    """The capacities in which this person may act on this consultation; `actor` None is the system."""
    if actor is None:
        return frozenset({Who.system})
    if row.patient_id in actor.opened:  # break-glass only lets them read
        return frozenset()
    out: set[Who] = set()
    if actor.hospital_id == row.branch_id:
        roles = {
            Role.requesting_doctor: Who.requester,
            Role.senior_doctor: Who.senior_doctor,
            Role.reviewer: Who.reviewer,
            Role.duty_officer: Who.duty_officer,
        }
        out |= {who for role, who in roles.items() if role in actor.roles}
        out |= {Who.accompanying} if actor.id == row.accompanying_id else set()
    if actor.hospital_id == row.hub_id:
        out |= {Who.coordinator} if actor.has(Role.coordinator) else set()
        out |= {Who.hub_expert} if actor.has(Role.expert) else set()
        out |= {Who.hub_duty_officer} if actor.has(Role.duty_officer) else set()
        if actor.has(Role.dispatcher) and actor.department_id and actor.department_id == row.hub_department_id:
            out.add(Who.dispatcher)
        out |= {Who.lead} if actor.id == row.lead_id else set()
    return frozenset(out)


def approves(row: Consultation, actor: Actor | None) -> bool:
    """Whether this person may approve; an endorsement by them approves it too."""
    return bool(capacities(row, actor) & {Who.reviewer, Who.duty_officer})


def transition(
    row: Consultation, action: Action, actor: Actor | None, given: GuardInput, reason: str | None = None
) -> Transition:
    """The line of the table that allows the action, or the error that says why it is not allowed. Changes nothing."""
    lines = [each for each in OUT_OF[row.state] if each.action is action]
    if not lines:
        raise Conflict(
            f"A consultation that is {row.state} does not {action}.", reason="wrong_state", state=str(row.state)
        )
    held = capacities(row, actor)
    mine = [each for each in lines if each.who & held]
    if not mine:
        wanted = sorted({who for each in lines for who in each.who})
        raise NotAllowed(f"This is for: {', '.join(wanted)}.", reason="capacity", who=wanted)
    if all(each.needs_reason for each in mine) and not reason:
        raise Invalid("Give a reason.", reason="reason_needed")
    refusals = [each.guard(row, given) for each in mine]
    for line, why_not in zip(mine, refusals, strict=True):
        if why_not is None:
            return line
    raise Conflict(
        f"Not now: {refusals[0]}.", reason=refusals[0], missing=given.missing or given.red, state=str(row.state)
    )


def allowed(row: Consultation, actor: Actor | None, given: GuardInput) -> list[Action]:
    """The actions that this person, or None the system, may take now, in the table's order; pages offer no others."""
    held = capacities(row, actor)
    found = [each.action for each in OUT_OF[row.state] if each.who & held and each.guard(row, given) is None]
    return list(dict.fromkeys(found))


def may_move(row: Consultation, actor: Actor) -> bool:
    """Whether this person may give it another time once it has one; which time, its booking decides."""
    held = capacities(row, actor)
    return any(each.action in (Action.book, Action.rebook) and each.who & held for each in OUT_OF[row.state])
