"""A consultation is made an MDT: by whom, of whom, and what becomes of its recorder."""

from typing import Any

import pytest

from telemed.activities.model import Participant
from telemed.consultations.words import State
from tests.telemed.conftest import Call, World, rows
from tests.telemed.opinions.helpers import booked, consultation
from tests.telemed.opinions.sections import arrange, mdt, say

BEFORE_OR_DURING = ("accepted", "scheduling", "scheduled", "ready", "in_progress", "interrupted", "answering")


async def _page(call: Call, id: str, who: str = "expert") -> Any:
    status, page = await call(who, "GET", f"/consultations/{id}")
    assert status == 200, page
    return page


@pytest.mark.parametrize("state", list(State))
async def test_the_chair_makes_it_an_mdt_until_the_opinion_is_signed(call: Call, world: World, state: State) -> None:
    id = await consultation(world, state)
    await booked(world, id, "neurologist")
    status, said = await arrange(call, world, id, None)
    if state not in BEFORE_OR_DURING:
        assert (status, said.get("reason")) in ((409, "wrong_state"), (404, None))
        return
    assert status == 200, said
    assert (await arrange(call, world, id, None))[1]["version"] == said["version"], "a double click"
    page = await _page(call, id)
    assert (page["mdt"], page["recorder_id"], page["version"]) == (True, None, said["version"])
    assert [each["type"] for each in page["history"]].count("consultation.mdt_arranged") == 1


async def test_nobody_but_the_centre_and_the_chair_says_so(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "neurologist")
    for who, status in ((None, 401), ("doctor", 403), ("neurologist", 403), ("jiashan_doctor", 403), ("expert", 200)):
        assert (await arrange(call, world, id, None, who))[0] == status, who
    for who, status in ((None, 401), ("doctor", 403), ("neurologist", 403), ("expert", 200), ("expert", 200)):
        assert (await call(who, "DELETE", f"/consultations/{id}/mdt"))[0] == status, who
    assert (await _page(call, id))["mdt"] is False


async def test_it_takes_experts_of_two_specialties(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "expert2")
    status, problem = await arrange(call, world, id, None)
    assert (status, problem["reason"]) == (409, "one_specialty")
    await booked(world, id, "neurologist")
    assert (await arrange(call, world, id, None))[0] == 200


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("expert", "recorder_signs"),
        ("neurologist", "recorder_signs"),
        ("doctor", "recorder_of_hub"),
        ("admin", "recorder_of_hub"),
    ],
)
async def test_the_recorder_is_of_the_hub_and_signs_nothing(call: Call, world: World, who: str, reason: str) -> None:
    id = await consultation(world)
    await booked(world, id, "neurologist")
    status, problem = await arrange(call, world, id, who)
    assert (status, problem["reason"]) == (422, reason)
    assert (await _page(call, id))["mdt"] is False


async def test_the_recorder_sees_the_case_and_their_successor_instead_of_them(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "neurologist")
    assert (await call("dispatcher", "GET", f"/consultations/{id}"))[0] == 404
    await arrange(call, world, id, "dispatcher")
    page = await _page(call, id, "dispatcher")
    assert [(each["role"], each["required"], each["answer"]) for each in page["participants"]][-1] == (
        "guest",
        False,
        "accepted",
    )
    await arrange(call, world, id, "hub_duty")
    assert (await call("dispatcher", "GET", f"/consultations/{id}"))[0] == 404
    assert (await _page(call, id, "hub_duty"))["recorder_id"] == str(world.ids["hub_duty"])
    assert world.ids["dispatcher"] not in {each.staff_id for each in await rows(world.db, Participant)}


async def test_a_recorder_who_becomes_one_of_its_experts_records_no_longer(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "neurologist")
    await arrange(call, world, id, "expert2")
    body = {"staff_id": str(world.ids["expert2"])}
    assert (await call("expert", "POST", f"/consultations/{id}/experts", json=body))[0] == 200
    assert (await _page(call, id))["recorder_id"] is None


async def test_it_stays_an_mdt_once_a_section_is_signed(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心内科意见")
    status, problem = await call("expert", "DELETE", f"/consultations/{id}/mdt")
    assert (status, problem["reason"]) == (409, "sections_signed")
