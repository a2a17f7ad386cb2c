"""A branch with agreements with several hubs chooses which one it asks, until the request is submitted."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.cases.model import Consent, ConsentKind
from telemed.cases.rules import stands
from telemed.consultations.model import Consultation
from telemed.people.model import Agreement
from telemed.work.model import RING, Counted, Deadline, Rung, To, When
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.second_hub import HUB, open_second_hub
from tests.telemed.requests.helpers import (
    CONTENT,
    TELEPHONE,
    change,
    complete,
    consent,
    consent_by,
    draft,
    get,
    submit,
    upload,
)

NOBODY: dict[str, Any] = {"when": When.due, "to": To.owners, "counted": Counted.elapsed}
EMERGENCY = {"kind": "emergency", "reason": "生命垂危", "attempts": "未接"}


async def refused(call: Call, row: dict[str, Any], hub: str, who: str = "doctor") -> tuple[int, Any]:
    status, problem = await call(who, "PATCH", f"/requests/{row['id']}", match=row["version"], json={"hub_id": hub})
    return status, problem.get("reason")


async def test_where_one_hub_may_be_asked_it_is_and_where_several_may_its_doctor_chooses(
    call: Call, world: World
) -> None:
    row = await draft(call)
    assert (row["hub_id"], row["hubs"]) == ("ruijin", ["ruijin"])
    await open_second_hub(world)
    row = await get(call, row["id"])
    assert (row["hub_id"], set(row["hubs"])) == ("ruijin", {"ruijin", HUB})
    row = await change(call, row, hub_id=HUB)
    assert (row["hub_id"], row["agreement"]["number"]) == (HUB, "A-minjiang")
    assert (await change(call, row, hub_id="ruijin"))["agreement"]["number"] == "A-wuxi"


async def test_what_is_submitted_reaches_the_chosen_hub_and_no_other(call: Call, world: World) -> None:
    row = await complete(call)
    await open_second_hub(world)
    row = await change(call, row, hub_id=HUB)
    assert row["missing"] == ["consent"]
    await consent(call, row["id"], file_id=await upload(call, "consent"), hub_id=HUB)
    row = await get(call, row["id"])
    status, answer = await submit(call, row)
    assert (status, answer["state"]) == (200, "submitted"), answer
    for who, what in (("chief", "endorse"), ("reviewer", "approve")):
        assert (await act(call, who, row["id"], what))[0] == 200
    seen = [(await call(who, "GET", f"/requests/{row['id']}"))[0] for who in ("their_coordinator", "coordinator")]
    assert seen == [200, 404]


async def test_the_wishes_that_the_other_hub_does_not_have_are_asked_anew(call: Call, world: World) -> None:
    ours = CONTENT | {"expert_wanted": str(world.ids["expert"]), "specialty": "cardiology"}
    row = await change(call, await draft(call), content=ours)
    department = await open_second_hub(world)
    row = await change(call, row, hub_id=HUB)
    assert (row["content"]["specialty"], row["content"]["expert_wanted"]) == ("cardiology", None)
    assert (await rows(world.db, Consultation))[0].wanted_department_id == department
    row = await change(call, await change(call, row, hub_id="ruijin"), content={"specialty": "neurology"})
    row = await change(call, row, hub_id=HUB)
    assert row["content"]["specialty"] == ""
    assert "specialty" in row["missing"]
    theirs = {"specialty": "cardiology", "expert_wanted": str(world.ids["their_expert"])}
    row = await change(call, row, content=theirs)
    both = await change(call, row, hub_id="ruijin", content={"expert_wanted": str(world.ids["expert"])})
    assert both["content"]["expert_wanted"] == str(world.ids["expert"])


async def test_a_consent_that_names_the_hub_counts_for_no_other_and_one_in_an_emergency_does(
    call: Call, world: World
) -> None:
    row = await complete(call)
    await open_second_hub(world)
    await consent(call, row["id"], **EMERGENCY)
    row = await change(call, await get(call, row["id"]), hub_id=HUB)
    assert [each["state"] for each in row["consents"]] == ["outdated", "approval"]
    back = await change(call, row, hub_id="ruijin")
    assert [each["state"] for each in back["consents"]] == ["outdated", "approval"]  # it is taken anew


async def test_a_consent_taken_on_a_page_that_still_shows_the_former_hub_is_refused(call: Call, world: World) -> None:
    row = await complete(call)
    await open_second_hub(world)
    await change(call, row, hub_id=HUB)
    status, problem = await call(
        "doctor", "POST", f"/consultations/{row['id']}/consents", json=TELEPHONE | {"hub_id": "ruijin"}
    )
    assert (status, problem["reason"]) == (409, "outdated")


async def test_an_emergency_goes_on_at_once_although_a_consent_named_the_former_hub(call: Call, world: World) -> None:
    row = await complete(call)
    await open_second_hub(world)
    row = await change(call, row, hub_id=HUB, urgency="stat")
    status, answer = await submit(call, row)
    assert (status, answer["state"]) == (200, "approved"), answer
    (ring,) = [each for each in await rows(world.db, Deadline) if each.kind == RING]
    assert (ring.hub_id, ring.partner_id) == (HUB, HUB)
    assert [each.kind for each in await rows(world.db, Consent) if stands(each)] == [ConsentKind.emergency]
    types = await call("doctor", "GET", f"/consultations/{row['id']}")
    assert "consultation.received" not in [each["type"] for each in types[1]["history"]]


@pytest.mark.parametrize("urgency", ["stat", "urgent"])
async def test_after_submitting_the_hub_is_no_longer_chosen(call: Call, world: World, urgency: str) -> None:
    row = await complete(call, urgency=urgency)
    await open_second_hub(world)
    assert (await submit(call, row))[0] == 200
    row = await get(call, row["id"])
    assert row["hubs"] == []
    assert await refused(call, row, HUB) == (409, "hub_submitted" if urgency == "stat" else "wrong_state")
    if urgency == "urgent":
        await act(call, "chief", row["id"], "return", {"reason": "请补充心电图", "missing": []})
        assert await refused(call, await get(call, row["id"]), HUB) == (409, "hub_submitted")


async def test_only_hubs_that_an_agreement_covers_and_where_somebody_is_are_taken(call: Call, world: World) -> None:
    row = await draft(call)
    assert await refused(call, row, HUB) == (404, None)
    assert await refused(call, row, "wuxi") == (404, None)
    await open_second_hub(world, services=("reading",))
    assert (await get(call, row["id"]))["hubs"] == ["ruijin"]
    assert await refused(call, row, HUB) == (409, "no_agreement")
    async with world.db.write() as db:
        theirs = next(each for each in await rows(world.db, Agreement) if each.hub_id == HUB)
        (await db.get_one(Agreement, theirs.id)).services = ["consultation"]
    assert await refused(call, row, HUB, who="jiashan_doctor") == (404, None)
    assert await refused(call, row, HUB, who="reviewer") == (403, "role")


async def test_a_copy_asks_the_hub_of_the_earlier_one_while_it_may(call: Call, world: World) -> None:
    row = await complete(call)
    await open_second_hub(world, valid_until=date(2026, 3, 9))
    row = await change(call, row, hub_id=HUB)
    await consent(call, row["id"], file_id=await upload(call, "consent"))
    assert (await submit(call, await get(call, row["id"])))[0] == 200
    assert (await draft(call, copy_from=row["id"]))["hub_id"] == HUB
    async with world.db.write() as db:
        theirs = next(each for each in await rows(world.db, Agreement) if each.hub_id == HUB)
        (await db.get_one(Agreement, theirs.id)).valid_until = date(2026, 3, 1)
    again = await draft(call, copy_from=row["id"])
    assert (again["hub_id"], again["content"]["specialty"]) == ("ruijin", "cardiology")
    found = {each.id: each.wanted_department_id for each in await rows(world.db, Consultation)}
    assert found[UUID(again["id"])] == world.departments["ruijin", "cardiology"]


async def asked_there(call: Call, who: str, hub: str) -> None:
    row = await change(call, await complete(call, who=who), who, hub_id=hub)
    await consent_by(call, who, row["id"], file_id=await upload(call, "consent", who), hub_id=hub)
    status, answer = await submit(call, await get(call, row["id"], who), who)
    assert status == 200, answer


async def begun(call: Call, who: str) -> str:
    return str((await draft(call, who=who))["hub_id"])


async def test_a_new_request_asks_the_hub_that_its_doctor_asked_last_or_else_their_department(
    call: Call, world: World, clock: FakeClock
) -> None:
    await open_second_hub(world, valid_until=date(2026, 3, 9))
    assert await begun(call, "doctor") == HUB  # the first
    await change(call, await draft(call), hub_id="ruijin")  # chosen, but nobody was asked yet
    assert await begun(call, "doctor") == HUB
    await asked_there(call, "doctor", "ruijin")
    assert [await begun(call, who) for who in ("doctor", "doctor2")] == ["ruijin", "ruijin"]
    clock.move(minutes=1)
    await asked_there(call, "doctor2", HUB)
    assert [await begun(call, who) for who in ("doctor", "doctor2")] == ["ruijin", HUB]
    clock.move(days=14)  # no agreement with the other any more
    assert await begun(call, "doctor2") == "ruijin"


async def test_the_draft_is_kept_by_the_rules_of_the_agreement_with_the_chosen_hub(
    call: Call, world: World, clock: FakeClock
) -> None:
    row = await draft(call)
    await open_second_hub(world)
    theirs = next(each.id for each in await rows(world.db, Agreement) if each.hub_id == HUB)
    async with world.db.write() as db:
        db.add(Rung(ladder="draft", agreement_id=theirs, valid_from=NOW, minutes=1440, n=0, **NOBODY))
    clock.move(minutes=1)
    row = await change(call, row, hub_id=HUB)
    kept = [each for each in await rows(world.db, Deadline) if each.ladder == "draft" and each.done_at is None]
    assert [(each.hub_id, each.due_at) for each in kept] == [(HUB, clock() + timedelta(days=1))]
    assert row["hub_id"] == HUB
