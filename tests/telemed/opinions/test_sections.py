"""Sections of an MDT: who writes, signs and corrects them, and of whom they are asked."""

import json

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, update

from telemed.consultations.words import State
from telemed.opinions.model import MemberSection
from telemed.people.model import Staff, Title
from tests.telemed.conftest import Call, World, rows
from tests.telemed.opinions.helpers import (
    PASSWORD,
    board,
    opinion,
    save,
    sign,
)
from tests.telemed.opinions.sections import (
    RECORDER,
    arrange,
    heard,
    mdt,
    say,
    section,
    sign_section,
    state_absent,
    write,
)


async def _work(call: Call, who: str, kind: str = "section") -> int:
    return [each["kind"] for each in (await call(who, "GET", "/home"))[1]["work"]["items"]].count(kind)


async def test_its_expert_the_chair_and_the_recorder_write_a_section_and_nobody_else(call: Call, world: World) -> None:
    id = await mdt(call, world)
    version = 0
    for who in ("expert2", "expert", RECORDER):
        status, draft = await write(call, world, id, who, f"由{who}记", "expert2", version)
        assert status == 200, draft
        version = draft["version"]
    for other, status, reason in (
        (None, 401, None),
        ("neurologist", 403, "not_your_section"),
        ("doctor", 403, "not_your_section"),
        ("jiashan_doctor", 404, None),
        ("hub_duty", 404, None),
        ("admin", 403, "role"),
    ):
        answer, problem = await write(call, world, id, other, "不该", "expert2", version)
        assert (answer, problem.get("reason")) == (status, reason), other
    assert (await write(call, world, id, "expert", "主持人自己的", "expert"))[0] == 404, "the chair's is the consensus"
    assert (await section(call, id, world, "expert2"))["draft"]["text"] == f"由{RECORDER}记"
    assert (await board(call, id, "doctor"))["mdt"] is None, "the branch sees what is signed"


async def test_the_recorder_writes_the_consensus_for_the_chair_and_signs_nothing(call: Call, world: World) -> None:
    id = await mdt(call, world)
    status, draft = await save(call, id, 0, opinion(), RECORDER)
    assert status == 200, draft
    assert draft["author_id"] == str(world.ids["expert"]), "it is the chair's"
    may = (await board(call, id, RECORDER))["may"]
    assert [name for name, yes in may.items() if yes] == ["write"]
    for path, match, body in (
        ("sections/sign", draft["version"], {"password": PASSWORD}),
        ("sign", draft["version"], {"method": "password", "password": PASSWORD}),
        ("sections/correction", None, None),
        ("amendment", None, {"reason": "补充"}),
    ):
        answer, _ = await call(RECORDER, "POST", f"/consultations/{id}/opinion/{path}", match=match, json=body)
        assert answer == 403, path
    assert (await save(call, id, draft["version"], opinion(analysis="主持人改"), "expert"))[0] == 200
    assert (await save(call, id, draft["version"] + 1, opinion(), "expert2"))[0] == 403, "a member writes their section"


async def test_a_section_is_signed_by_its_expert_with_the_password_and_once(call: Call, world: World) -> None:
    id = await mdt(call, world)
    assert (await sign_section(call, id, "expert2", 0))[0] == 412, "nothing is written"
    _, draft = await write(call, world, id, "expert", "　", "expert2")
    status, problem = await sign_section(call, id, "expert2", draft["version"])
    assert (status, problem["reason"]) == (422, "section_empty")
    _, draft = await write(call, world, id, "expert2", "心内科：先控压", version=draft["version"])
    _, later = await write(call, world, id, RECORDER, "心内科：先控压、控心率", "expert2", draft["version"])
    assert (await sign_section(call, id, "expert2", draft["version"]))[0] == 412, "changed since it was read"
    for who, password, expected in (
        ("expert", PASSWORD, 404),  # the chair has none
        ("neurologist", PASSWORD, 412),  # theirs is another
        ("doctor", PASSWORD, 403),
        ("expert2", "wrong", 403),
        ("expert2", PASSWORD, 204),
    ):
        assert (await sign_section(call, id, who, later["version"], password))[0] == expected, who
    status, problem = await sign_section(call, id, "expert2", later["version"])
    assert (status, problem["reason"]) == (409, "section_signed"), "a double click"
    for who in ("expert2", "expert", RECORDER):
        status, problem = await write(call, world, id, who, "改", "expert2", later["version"])
        assert (status, problem["reason"]) == (409, "section_signed")
    (kept,) = await rows(world.db, MemberSection)
    assert json.loads(kept.canonical or "")["text"] == "心内科：先控压、控心率"
    with pytest.raises(DBAPIError, match="never changes"):
        async with world.db.write() as db:
            await db.exec(update(MemberSection).values(text="改").where(col(MemberSection.id) == kept.id))


async def test_two_tabs_do_not_overwrite_each_other(call: Call, world: World) -> None:
    id = await mdt(call, world)
    assert (await write(call, world, id, "expert2", "一"))[0] == 200
    status, problem = await write(call, world, id, RECORDER, "二", "expert2")
    assert (status, problem["current"]["text"]) == (412, "一")


async def test_one_who_never_signs_is_asked_on_their_home_until_the_chair_states_them_absent(
    call: Call, world: World
) -> None:
    id = await mdt(call, world, State.scheduled)
    assert await _work(call, "expert2") == 0, "before the meeting nobody is asked"
    _, draft = await write(call, world, id, "expert2", "预先写好")
    status, problem = await sign_section(call, id, "expert2", draft["version"])
    assert (status, problem["reason"]) == (409, "section_too_early")
    await heard(world, id, State.answering)
    assert [await _work(call, who) for who in ("expert2", "neurologist", "expert", RECORDER)] == [1, 1, 0, 0]
    for who, expected in ((None, 401), ("expert2", 403), (RECORDER, 403), ("doctor", 403), ("expert", 204)):
        assert (await state_absent(call, world, id, "expert2", who=who))[0] == expected, who
    assert (await state_absent(call, world, id, "expert2"))[0] == 204, "a double click"
    assert await _work(call, "expert2") == 0
    path = f"/consultations/{id}/opinion/sections/{world.ids['expert2']}/absence"
    assert (await call("expert", "DELETE", path))[0] == 204
    assert await _work(call, "expert2") == 1
    assert (await state_absent(call, world, id, "expert2"))[0] == 204
    assert (await sign_section(call, id, "expert2", draft["version"]))[0] == 204, "and may come back"
    assert (await section(call, id, world, "expert2"))["absent"] is None
    status, problem = await state_absent(call, world, id, "expert2")
    assert (status, problem["reason"]) == (409, "section_signed")
    history = (await call("doctor", "GET", f"/consultations/{id}"))[1]["history"]
    assert {"opinion.absence_stated", "opinion.section_signed"} <= {each["type"] for each in history}


async def test_who_signed_corrects_their_section_by_a_further_one_until_the_chair_signs(
    call: Call, world: World
) -> None:
    id = await mdt(call, world)
    path = f"/consultations/{id}/opinion/sections/correction"
    status, problem = await call("expert2", "POST", path)
    assert (status, problem["reason"]) == (409, "section_open")
    await say(call, world, id, "expert2", "初稿")
    await say(call, world, id, "neurologist", "神经内科意见")
    assert [(await call(who, "POST", path))[0] for who in (None, "doctor", "expert")] == [401, 403, 404]
    status, draft = await call("expert2", "POST", path)
    assert (status, draft["number"], draft["text"]) == (201, 2, "初稿")
    assert (await call("expert2", "POST", path))[0] == 409, "a double click"
    _, draft = await write(call, world, id, "expert2", "改稿", version=draft["version"])
    seen = await section(call, id, world, "expert2")
    assert (seen["signed"]["text"], seen["draft"]["text"], seen["awaited"]) == ("初稿", "改稿", False)
    assert (await sign_section(call, id, "expert2", draft["version"]))[0] == 204
    _, draft = await save(call, id, 0, opinion())
    _, out = await sign(call, id, draft["version"])
    assert [each["text"] for each in out["signed"][0]["mdt"]["sections"]] == ["改稿", "神经内科意见"]
    status, problem = await call("expert2", "POST", path)
    assert (status, problem["reason"]) == (409, "signed"), "then only with an amendment"
    await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    status, draft = await call("expert2", "POST", path)
    assert status == 201
    _, draft = await write(call, world, id, "expert2", "再改", version=draft["version"])
    assert (await sign_section(call, id, "expert2", draft["version"]))[0] == 204
    amending = (await board(call, id, "expert"))["draft"]
    _, out = await sign(call, id, amending["version"])
    assert [[each["text"] for each in one["mdt"]["sections"]] for one in out["signed"]] == [
        ["再改", "神经内科意见"],
        ["改稿", "神经内科意见"],
    ]


async def test_a_recorder_who_is_let_go_writes_no_longer(call: Call, world: World) -> None:
    id = await mdt(call, world)
    assert (await arrange(call, world, id, None))[0] == 200
    assert (await write(call, world, id, RECORDER, "记", "expert2"))[0] == 404
    assert (await save(call, id, 0, opinion(), RECORDER))[0] == 404


async def test_a_signed_section_names_its_expert_as_they_were(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心功能允许手术。")
    before = (await section(call, id, world, "expert2"))["signed"]
    async with world.db.write() as db:
        person = await db.get_one(Staff, world.ids["expert2"])
        person.title, person.name, person.department_id = Title.attending, "改名", None
    after = (await section(call, id, world, "expert2"))["signed"]
    parts = ("name", "title", "department", "text")
    assert [after[each] for each in parts] == [before[each] for each in parts]
    assert (before["title"], before["name"]) != ("attending", "改名")
