"""The people of an MDT sign, write and dissent at the same moments: every word is kept once, and nobody's is lost."""

import asyncio
import json
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import pytest

from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.opinions.model import MemberAbsence, MemberSection, Opinion, Stand
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import told
from tests.telemed.consultations.owed import running
from tests.telemed.opinions.helpers import board, booked, consultation, opinion, save, sign, take_stand
from tests.telemed.opinions.sections import (
    LADDER,
    RECORDER,
    SECTION_DUE,
    arrange,
    heard,
    known_to_the_centre,
    mdt,
    say,
    sign_section,
    state_absent,
    write,
)

pytestmark = pytest.mark.databases_differ

ROUNDS = 4
Answer = tuple[int, Any]


async def _at_once(*asked: Awaitable[Answer]) -> list[int]:
    """What each is answered, in the order asked."""
    return [status for status, _ in await asyncio.gather(*asked)]


async def _work(call: Call, who: str, kind: str = "section") -> int:
    return [each["kind"] for each in (await call(who, "GET", "/home"))[1]["work"]["items"]].count(kind)


async def test_two_experts_sign_at_once_and_nobody_is_waited_for(call: Call, world: World) -> None:
    id = await mdt(call, world)
    for who in ("expert2", "neurologist"):
        assert (await write(call, world, id, who, f"{who}的本科意见"))[0] == 200
    assert len(await running(world, LADDER)) == 1, "one for both"
    assert await _at_once(sign_section(call, id, "expert2", 1), sign_section(call, id, "neurologist", 1)) == [204, 204]
    assert await running(world, LADDER) == []
    assert [await _work(call, who) for who in ("expert2", "neurologist")] == [0, 0]
    _, draft = await save(call, id, 0, opinion())
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out
    assert {each["text"] for each in out["signed"][0]["mdt"]["sections"]} == {
        "expert2的本科意见",
        "neurologist的本科意见",
    }
    (found,) = await rows(world.db, Opinion)
    assert (await call(None, "GET", f"/verify/{found.verify_code}"))[1]["hash_matches"]


async def test_a_section_is_signed_once_by_a_double_click(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await write(call, world, id, "expert2", "心内科意见")
    both = await _at_once(*(sign_section(call, id, "expert2", 1) for _ in range(2)))
    assert sorted(both) == [204, 409]
    history = (await call("doctor", "GET", f"/consultations/{id}"))[1]["history"]
    assert [each["type"] for each in history].count("opinion.section_signed") == 1


async def test_a_section_is_begun_and_changed_by_one_of_three_who_read_the_same(call: Call, world: World) -> None:
    """Its expert, the chair and the recorder; the others are shown what the first has written."""
    id = await mdt(call, world)
    people = ("expert2", "expert", RECORDER)
    for version in range(ROUNDS):
        answers = await asyncio.gather(
            *(write(call, world, id, who, f"{who}写的 {version}", "expert2", version) for who in people)
        )
        assert sorted(status for status, _ in answers) == [200, 412, 412]
        (kept,) = [body["text"] for status, body in answers if status == 200]
        assert {body["current"]["text"] for status, body in answers if status == 412} == {kept}
    (row,) = await rows(world.db, MemberSection)
    assert (row.text, row.version, row.number) == (kept, ROUNDS, 1)


async def test_a_section_is_signed_as_it_was_read_while_the_recorder_types_on(call: Call, world: World) -> None:
    id = await mdt(call, world)
    texts = {}
    for who in ("expert2", "neurologist"):
        _, draft = await write(call, world, id, who, f"{who}所读")
        signed, typed = await asyncio.gather(
            sign_section(call, id, who, draft["version"]), write(call, world, id, RECORDER, "又改", who, 1)
        )
        assert (signed[0], typed[0]) in ((204, 409), (412, 200))
        texts[world.ids[who]] = f"{who}所读" if signed[0] == 204 else "又改"
    for each in await rows(world.db, MemberSection):
        assert each.text == texts[each.staff_id]
        if each.canonical is not None:
            assert json.loads(each.canonical)["text"] == each.text


async def test_a_correction_is_begun_once(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "初稿")
    path = f"/consultations/{id}/opinion/sections/correction"
    assert sorted(await _at_once(*(call("expert2", "POST", path) for _ in range(2)))) == [201, 409]
    assert sorted(each.number for each in await rows(world.db, MemberSection)) == [1, 2]


async def test_an_expert_who_signs_while_the_chair_states_them_absent_is_not_both(call: Call, world: World) -> None:
    id = await mdt(call, world)
    for who in ("expert2", "neurologist"):
        await write(call, world, id, who, f"{who}的本科意见")
        signed, absent = await _at_once(sign_section(call, id, who, 1), state_absent(call, world, id, who))
        assert signed == 204, "their own signature ends it"
        assert absent in (204, 409)
    assert await rows(world.db, MemberAbsence) == []
    assert await running(world, LADDER) == []


async def test_the_chair_signs_with_everything_said_until_then(call: Call, world: World) -> None:
    """Two experts speak while the chair signs; whoever comes first, the record names what stands in it."""
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心内科意见")
    await write(call, world, id, "neurologist", "神经内科意见")
    _, draft = await save(call, id, 0, opinion())
    for _ in range(ROUNDS):
        chair, spoken, dissent = await asyncio.gather(
            sign(call, id, draft["version"]),
            sign_section(call, id, "neurologist", 1),
            take_stand(call, id, "expert2", "dissented", "另有看法"),
        )
        assert chair[0] in (200, 409, 412), chair
        assert spoken[0] in (204, 409), spoken
        assert dissent[0] in (200, 409, 412), dissent
        if chair[0] == 200:
            break
    else:
        assert (await sign(call, id, draft["version"]))[0] == 200
    (found,) = await rows(world.db, Opinion)
    named = json.loads(found.canonical or "")["mdt"]["sections"]
    assert {each["id"] for each in named} == {str(each.id) for each in await rows(world.db, MemberSection)}
    stands = [str(each.id) for each in await rows(world.db, Stand)]
    assert len(stands) == 1
    signed = (await board(call, id, "doctor"))["signed"][0]
    assert [each["words"] for each in signed["stands"]] == ["另有看法"], "dissent is never hidden"
    in_text = [each["id"] for each in json.loads(found.canonical or "")["stands"]]
    late = [each["kind"] for each in signed["pages"]]
    assert (in_text, late) in ((stands, []), ([], ["dissented"]))
    assert (await call(None, "GET", f"/verify/{found.verify_code}"))[1]["hash_matches"]


async def test_the_chair_does_not_sign_what_a_correction_has_just_changed(call: Call, world: World) -> None:
    id = await mdt(call, world)
    for who in ("expert2", "neurologist"):
        await say(call, world, id, who, f"{who}的初稿")
    _, draft = await save(call, id, 0, opinion())
    _, again = await call("expert2", "POST", f"/consultations/{id}/opinion/sections/correction")
    _, again = await write(call, world, id, "expert2", "改稿", version=again["version"])
    chair, corrected = await asyncio.gather(
        sign(call, id, draft["version"]), sign_section(call, id, "expert2", again["version"])
    )
    assert (chair[0], corrected[0]) in ((200, 409), (412, 204)), (chair, corrected)
    if chair[0] == 412:
        assert (await sign(call, id, draft["version"]))[0] == 200
    shown = (await board(call, id, "doctor"))["signed"][0]["mdt"]["sections"]
    assert shown[0]["text"] == ("expert2的初稿" if corrected[0] == 409 else "改稿")


async def test_it_is_no_ordinary_consultation_once_a_section_is_signed(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await write(call, world, id, "expert2", "心内科意见")
    signed, dropped = await _at_once(
        sign_section(call, id, "expert2", 1), call("expert", "DELETE", f"/consultations/{id}/mdt")
    )
    assert (signed, dropped) in ((204, 409), (409, 200))
    (row,) = await rows(world.db, Consultation)
    assert row.mdt == (signed == 204)


async def test_one_of_two_recorders_named_at_once_records(call: Call, world: World) -> None:
    id = await mdt(call, world, recorder=None)
    assert await _at_once(arrange(call, world, id, RECORDER), arrange(call, world, id, "hub_duty", "expert")) == [
        200,
        200,
    ]
    (row,) = await rows(world.db, Consultation)
    names = {world.ids[each]: each for each in (RECORDER, "hub_duty")}
    (other,) = names.keys() - {row.recorder_id}
    assert row.recorder_id is not None
    assert (await call(names[row.recorder_id], "GET", f"/consultations/{id}"))[0] == 200
    assert (await call(names[other], "GET", f"/consultations/{id}"))[0] == 404, "sees it no longer"


async def test_an_expert_named_as_recorder_and_called_in_at_once_signs_and_does_not_record(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    await booked(world, id, "neurologist")
    body = {"staff_id": str(world.ids["expert2"])}
    named, added = await _at_once(
        arrange(call, world, id, "expert2"), call("expert", "POST", f"/consultations/{id}/experts", json=body)
    )
    assert (named, added) in ((200, 200), (422, 200))
    (row,) = await rows(world.db, Consultation)
    assert row.recorder_id is None
    roles = [each.role for each in await rows(world.db, Participant) if each.staff_id == world.ids["expert2"]]
    assert roles == ["expert"]


async def test_a_ladder_that_climbs_while_the_last_expert_signs_ends(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await mdt(call, world, State.scheduled)
    await known_to_the_centre(world, id)
    await heard(world, id, State.answering)
    for who in ("expert2", "neurologist"):
        await write(call, world, id, who, f"{who}的本科意见")
    clock.now = SECTION_DUE
    failed, *signed = await asyncio.gather(
        take_due(world.db, SECTION_DUE, on_duty),
        sign_section(call, id, "expert2", 1),
        sign_section(call, id, "neurologist", 1),
    )
    assert failed == {}
    assert [status for status, _ in signed] == [204, 204]
    assert await running(world, LADDER) == []
    assert await told(world, clock, SECTION_DUE + timedelta(hours=2), LADDER) == set()
    home = [(await call(who, "GET", "/home"))[1]["work"]["items"] for who in ("expert2", "neurologist")]
    assert not any(each["kind"] == "section" for items in home for each in items)
