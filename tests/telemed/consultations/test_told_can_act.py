"""Whoever the ladders of a branch tell of late work can do it, and is told again until somebody has."""

from uuid import UUID

import pytest

from scripts.event_catalogue import load
from telemed.access.model import Actor, Role
from telemed.cases.events import ConsentRecorded
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations import ladders
from telemed.consultations.follow import FOLLOWS, UNTIL_SIGNED
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import NamedStudy
from telemed.consultations.rules.owed import DOES
from telemed.consultations.rules.table import TRANSITIONS, capacities
from telemed.consultations.words import Action
from telemed.kit.table import new_id
from telemed.opinions.rules import may_take_note
from telemed.work.ladders import kinds_asked
from telemed.work.model import Rung, To, WorkKind
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.actions import act, make_approved
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.owed import hear, make_paper_due, running, withdraw_consent
from tests.telemed.requests.helpers import upload

OF_STUDIES = {"identity", "counts"}
# Of these the medical office hears as well, which sees to it that a doctor answers: answering is a doctor's alone.
OVERSEEN = {ladders.FEEDBACK, ladders.EXECUTION}


def roles_for(kind: str) -> set[Role]:
    """The roles of a branch that can end work of this kind: what the routes ask for, and what the table allows."""
    actions = {action for action, of in FOLLOWS.items() if kind in of.done}
    actions |= {Action.cancel} if kind in UNTIL_SIGNED else set()
    who = {each for line in TRANSITIONS if line.action in actions for each in line.who}
    row = Consultation(branch_id="wuxi", hub_id="ruijin")
    alone = {role: Actor(new_id(), new_id(), "wuxi", "", frozenset({role})) for role in Role}
    by_action = {role for role, actor in alone.items() if capacities(row, actor) & who}
    noting = {role for role, actor in alone.items() if kind == WorkKind.recall and may_take_note(row, actor)}
    return by_action | noting | set(DOES.get(WorkKind(kind), ()))


async def rungs_at_branches(world: World) -> dict[str, list[Rung]]:
    load()  # imports every feature, which declares its ladders
    found: dict[str, list[Rung]] = {}
    for each in sorted(await rows(world.db, Rung), key=lambda each: each.n):
        of_branch = each.to is not To.role or not each.at_hub
        if of_branch and kinds_asked(each.ladder) and each.ladder not in OF_STUDIES | {"holidays"}:
            found.setdefault(each.ladder, []).append(each)
    return found


async def test_every_role_of_a_branch_that_a_ladder_tells_can_end_what_it_is_told_of(world: World) -> None:
    told = {
        (name, Role(each.role), name in OVERSEEN)
        for name, rungs in (await rungs_at_branches(world)).items()
        for each in rungs
        if each.role
    }
    assert {name for name, *_ in told} >= {"papers", "renewal", "images", "consent_approval", "approval", "recall"}
    cannot = {
        (name, role)
        for name, role, overseen in told
        if not any(role in roles_for(kind) for kind in kinds_asked(name)) and not overseen
    }
    assert cannot == set()


async def test_of_what_a_branch_owes_beside_the_steps_somebody_who_can_act_is_told_again_and_again(
    world: World,
) -> None:
    ladders_of = {
        name: rungs for name, rungs in (await rungs_at_branches(world)).items() if kinds_asked(name) <= DOES.keys()
    }
    assert set(ladders_of) == {"papers", "renewal", "images", "consent_approval"}
    for name, rungs in ladders_of.items():
        last = rungs[-1]
        able = {role for kind in kinds_asked(name) for role in roles_for(kind)}
        assert last.again, name
        assert last.to is To.asked or Role(last.role) in able, name


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
