"""Whoever a ladder tells of what is due can do it, and is told again until somebody has."""

from typing import Final
from uuid import UUID

import pytest

from scripts.event_catalogue import load
from telemed.access.model import Actor, Role
from telemed.break_glass.reviewing import REVIEWED
from telemed.break_glass.rules import REVIEWING
from telemed.cases.events import ConsentRecorded
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations import ladders
from telemed.consultations.follow import FOLLOWS
from telemed.consultations.model import Consultation
from telemed.consultations.ringing import LEAD_AWAITED, STAT
from telemed.consultations.rules.content import NamedStudy
from telemed.consultations.rules.owed import DOES
from telemed.consultations.rules.states import AFTER_SIGNED, BEFORE_SIGNED
from telemed.consultations.rules.table import TRANSITIONS, capacities
from telemed.consultations.words import Action, State, Who
from telemed.critical_findings.ladders import ACTION, CALL, VALUE
from telemed.critical_findings.rules import RECEIVING
from telemed.devices.calling import ANSWERING, CALLED
from telemed.kit.table import new_id
from telemed.opinions.rules import may_take_note
from telemed.reading.ladders import DESK, SENDING_AGAIN
from telemed.reading.rules import READERS, REQUESTING
from telemed.rounds import ladders as rounds
from telemed.rounds.rules import DOCTORS as ROUND_DOCTORS
from telemed.scheduling.queries import BOOKS_FOR_OTHERS
from telemed.scheduling.series_asking import UNBOOKED
from telemed.studies.rules import JUDGING
from telemed.work import acts
from telemed.work.deadlines import of_hospital
from telemed.work.ladders import kinds_asked, only_telling, shape
from telemed.work.model import Rung, To, WorkKind
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import INSTEAD_AT_BEDSIDE, act, instead, make_approved, make_scheduled
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.owed import hear, make_paper_due, running, withdraw_consent
from tests.telemed.requests.helpers import upload

L = ladders
# Which state a deadline waits in that is no state's own.
RUNS_IN: Final = {
    L.READINESS: {State.scheduling, State.scheduled},
    L.ONE_SIDED: {State.scheduled, State.ready},
    L.MISSED: {State.scheduled, State.ready},
    L.BEDSIDE: {State.scheduled, State.ready, State.interrupted, State.accepted},
    L.CLOSING: {State.submitted},
    L.ACCOMPANYING: {State.scheduling, State.scheduled, State.ready},
    L.SECTION: {State.in_progress, State.interrupted, State.answering},
    L.SIGNING: set(BEFORE_SIGNED),
    L.REASSESSMENT: set(AFTER_SIGNED),
    STAT: {State.approved},
    LEAD_AWAITED: {State.accepted, State.scheduled, State.ready, State.in_progress, State.interrupted},
} | {name: {state for state, of in L.LADDER_OF.items() if of == name} for name in L.LADDER_OF.values()}
ENDS_BY_ITSELF: Final = {L.DRAFT, L.EXPIRY, L.HOLD, L.NAMING, L.ARCHIVING}
TAKEN_OVER: Final = {L.CLOSING: L.APPROVAL, L.MEETING: L.MISSED, L.READINESS: L.MEETING}  # by a later deadline
ASKED_OF_A_ROLE: Final = {"images", "consent_approval", "holidays", "approval", "roster_gap", "registration"} | {
    UNBOOKED,
    rounds.COVERING,
    "confirm_role",  # of everybody by name who may
}
# Only a requesting doctor writes a request; the senior doctors see to it that one does (decision 24). Only who leads
# rounds of the series countersigns their notes; the centre sees to it that somebody does.
SEES_TO_IT: Final = {
    (L.COMPLETION, Role.senior_doctor),
    (L.STAT_COMPLETION, Role.senior_doctor),
    (rounds.COUNTERSIGNING, Role.coordinator),
}


def capacities_of(role: Role, *, at_hub: bool) -> frozenset[Who]:
    """Of whoever holds only this role there, and is named in nothing."""
    row = Consultation(branch_id="wuxi", hub_id="ruijin")
    return capacities(row, Actor(new_id(), new_id(), row.hub_id if at_hub else row.branch_id, "", frozenset({role})))


def moves_it(name: str, role: Role, *, at_hub: bool) -> bool:
    """Whether this role has an act of the table in each state in which somebody of its side has one at all. Calling it
    off does not count: whoever is told is to bring it on."""
    mine = capacities_of(role, at_hub=at_hub)
    side = {who for each in Role for who in capacities_of(each, at_hub=at_hub)}
    acts = [each for each in TRANSITIONS if each.action is not Action.cancel]
    by_state = [[each.who for each in acts if each.source is state] for state in RUNS_IN.get(name, ())]
    concerned = [of for of in by_state if any(who & side for who in of)]
    return bool(concerned) and all(any(who & mine for who in of) for of in concerned)


def ends_work(kind: str) -> set[Role]:
    """The roles of a branch that can end work of this kind: what the routes ask for, and what the table allows."""
    actions = {action for action, of in FOLLOWS.items() if kind in of.done}
    actions |= {Action.cancel} if kind == WorkKind.renew else set()  # which asks for another consent, or for that
    who = {each for line in TRANSITIONS if line.action in actions for each in line.who}
    by_action = {role for role in Role if capacities_of(role, at_hub=False) & who}
    row = Consultation(branch_id="wuxi", hub_id="ruijin")
    alone = {role: Actor(new_id(), new_id(), "wuxi", "", frozenset({role})) for role in Role}
    noting = {role for role, actor in alone.items() if kind == WorkKind.recall and may_take_note(row, actor)}
    judging = set(JUDGING) if kind in (WorkKind.identity, WorkKind.declare) else set()
    return by_action | noting | judging | set(DOES.get(WorkKind(kind), ()))


def can_act(name: str, role: Role, *, at_hub: bool) -> bool:
    if name == CALLED:
        return at_hub and role in ANSWERING
    if name in (VALUE, ACTION):
        return not at_hub and role in RECEIVING
    if name == SENDING_AGAIN:
        return not at_hub and role in REQUESTING
    if name in (DESK, CALL):
        return at_hub and role in READERS
    if name in (rounds.ANSWERING, rounds.PLANNING):  # who is told names another lead, or another time
        return at_hub and role is Role.coordinator
    if name in (rounds.LIST, rounds.NOTE, rounds.INSTRUCTION):
        return not at_hub and role in ROUND_DOCTORS
    if name == REVIEWED:
        return not at_hub and role in REVIEWING
    if name == UNBOOKED:
        return not at_hub and role in BOOKS_FOR_OTHERS
    kinds = () if at_hub else kinds_asked(name) & set(WorkKind)
    return moves_it(name, role, at_hub=at_hub) or any(role in ends_work(kind) for kind in kinds)


@pytest.fixture
async def climbing(world: World) -> dict[str, list[Rung]]:
    """By ladder the product's rungs, but of those by which nobody is told of anything that is due; a ladder that has
    others for an urgency stands there by "name urgency" too."""
    load()  # imports every feature, which declares its ladders
    found: dict[str, list[Rung]] = {}
    for each in sorted(await rows(world.db, Rung), key=lambda each: each.n):
        if each.ladder not in only_telling() and not shape(each.ladder).only_lasts:
            found.setdefault(f"{each.ladder} {each.urgency}".strip(), []).append(each)
    assert found.keys() >= {"papers", "approval", "opinion", "stat", "identity", "holidays"}
    return found


async def test_every_role_that_a_ladder_tells_can_do_what_it_is_told_of(climbing: dict[str, list[Rung]]) -> None:
    cannot = {
        (each.ladder, each.role)
        for rungs in climbing.values()
        for each in rungs
        if each.to is To.role and not can_act(each.ladder, Role(each.role), at_hub=each.at_hub)
    }
    assert cannot == SEES_TO_IT


async def test_a_ladder_tells_a_role_again_and_again_unless_it_ends_by_itself(climbing: dict[str, list[Rung]]) -> None:
    """And not one person alone, who may be away."""
    for rungs in climbing.values():
        name = rungs[0].ladder
        again = next((n for n, each in enumerate(rungs) if each.again), None)
        if name in ENDS_BY_ITSELF:
            assert acts.of(of_hospital("wuxi", name, NOW)) is not None, name
        elif name in TAKEN_OVER:
            assert TAKEN_OVER[name] in climbing, name
        else:
            assert again is not None, name
            to = {each.to for each in rungs[again:]}
            assert To.role in to or name in ASKED_OF_A_ROLE, name


async def owed(call: Call, who: str, id: UUID) -> list[str]:
    status, found = await call(who, "GET", f"/consultations/{id}")
    assert status == 200, found
    kinds: list[str] = found["owed"]
    return kinds


@pytest.mark.parametrize("who", ["doctor2", "chief", "duty", "reviewer"])
async def test_the_paper_of_a_colleagues_consent_is_filed_by_whoever_is_told(
    world: World, call: Call, submitted: Made, who: str
) -> None:
    id = await make_approved(call, submitted)
    consent_id = await make_paper_due(world, id)
    assert await owed(call, who, id) == ["consent"]
    body = {"file_id": await upload(call, "consent", who)}
    for other, expected in ((None, 401), ("nurse", 403), ("jiashan_doctor", 404), (who, 200)):
        assert (await call(other, "POST", f"/consents/{consent_id}/paper", json=body))[0] == expected
    assert (await running(world, "papers"), await owed(call, who, id)) == ([], [])


@pytest.mark.parametrize("who", ["duty", "reviewer"])
async def test_an_emergency_without_consent_is_approved_by_whoever_is_told(
    world: World, call: Call, submitted: Made, who: str
) -> None:
    id = await make_approved(call, submitted)
    consent_id = await make_paper_due(world, id, kind=ConsentKind.emergency)
    assert (await owed(call, who, id), await owed(call, "doctor", id)) == (["approve_consent", "consent"], ["consent"])
    assert (await call(who, "POST", f"/consents/{consent_id}/approve"))[0] == 200
    assert (await running(world, "consent_approval"), await owed(call, who, id)) == ([], ["consent"])


@pytest.mark.parametrize("who", ["doctor2", "chief", "duty"])
async def test_another_consent_is_taken_by_whoever_is_told_that_one_was_withdrawn(
    world: World, call: Call, submitted: Made, who: str
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    assert (await owed(call, who, id), await owed(call, "nurse", id)) == (["renew"], [])
    body = {"kind": "patient", "file_id": await upload(call, "consent", who)}
    status, made = await call(who, "POST", f"/consultations/{id}/consents", json=body)
    assert (status, made["state"]) == (201, "in_force")
    await hear(world, id, ConsentRecorded(id=UUID(made["id"]), number="", kind=ConsentKind.patient))
    assert (await running(world, "renewal"), await owed(call, who, id)) == ([], [])


async def test_the_medical_office_that_is_told_of_a_withdrawn_consent_can_cancel(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    assert (await act(call, "reviewer", id, "cancel", {"code": "refused", "reason": ""}))[0] == 200
    assert await running(world, "renewal") == []


def test_whoever_may_name_another_accompanying_physician_is_offered_it() -> None:
    offered = {role for role in Role if role in DOES[WorkKind.name_accompanying]}
    assert offered == ends_work(WorkKind.name_accompanying) - {Role.accompanying_physician}


@pytest.mark.parametrize("who", ["doctor2", "chief", "duty", "reviewer"])
async def test_another_accompanying_physician_is_named_by_whoever_is_told(
    world: World, call: Call, submitted: Made, venue: UUID, who: str
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    assert await owed(call, who, id) == []
    await act(call, "doctor", id, "answer", {"answer": "declined", "words": "门诊"})
    assert (await owed(call, who, id), await owed(call, "expert", id)) == (["name_accompanying"], [])
    assert (await act(call, who, id, INSTEAD_AT_BEDSIDE, instead(world, "doctor2", agreed=True)))[0] == 200
    assert (await running(world, "accompanying"), await owed(call, who, id)) == ([], [])


@pytest.mark.parametrize("who", ["radiographer", "doctor2", "chief", "duty"])
async def test_images_are_sent_by_whoever_is_told_that_they_are_late(
    world: World, call: Call, submitted: Made, who: str
) -> None:
    id = await submitted(studies=[NamedStudy(description="主动脉 CTA")], images_from_radiographer=True)
    assert (await owed(call, who, id), await owed(call, "reviewer", id)) == (["upload"], [])
    assert (await call(who, "POST", f"/consultations/{id}/uploaded", json={"study_uids": ["1.2.77"]}))[0] == 200
    assert (await running(world, "images"), await owed(call, who, id)) == ([], [])


async def test_the_hub_is_offered_nothing_of_what_the_branch_owes(world: World, call: Call, submitted: Made) -> None:
    id = await make_approved(call, submitted)
    await make_paper_due(world, id, kind=ConsentKind.emergency)
    assert len(await rows(world.db, Consent)) == 1
    assert await owed(call, "coordinator", id) == []
