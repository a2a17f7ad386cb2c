"""The opinion of an MDT as a whole: whom its chair waits for, what its record says, and what of it is verified."""

import itertools
import json
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import col, delete, update

from telemed.activities.model import Answer, Participant
from telemed.consultations.model import Consultation
from telemed.documents.canonical import digest_of
from telemed.documents.record import Record
from telemed.opinions.canonical import text_of as text_of_record
from telemed.opinions.content import OpinionContent
from telemed.opinions.model import MemberSection, Opinion
from telemed.people.model import Staff
from tests.telemed.conftest import Call, World, rows
from tests.telemed.opinions.helpers import (
    board,
    booked,
    consultation,
    opinion,
    save,
    sign,
    signed,
    take_stand,
    text_of,
)
from tests.telemed.opinions.sections import (
    RECORDER,
    mdt,
    say,
    section,
    sign_section,
    state_absent,
    write,
)


async def _work(call: Call, who: str, kind: str = "section") -> int:
    return [each["kind"] for each in (await call(who, "GET", "/home"))[1]["work"]["items"]].count(kind)


SAYS = ("nothing", "signs", "dissents", "absent")


@pytest.mark.parametrize("said", list(itertools.product(SAYS, SAYS)))
async def test_the_chair_signs_once_every_expert_has_said_something_or_is_absent(
    call: Call, world: World, said: tuple[str, str]
) -> None:
    """The table of what two experts may have said, each of them gone too."""
    id = await mdt(call, world)
    _, draft = await save(call, id, 0, opinion())
    for who, what in zip(("expert2", "neurologist"), said, strict=True):
        if what == "signs":
            await say(call, world, id, who, f"{who}的本科意见")
        elif what == "dissents":
            assert (await take_stand(call, id, who, "dissented", f"{who}另有看法"))[0] == 200
        elif what == "absent":
            assert (await state_absent(call, world, id, who))[0] == 204
    status, out = await sign(call, id, draft["version"])
    if "nothing" in said:
        assert (status, out["reason"]) == (409, "sections_wait")
        silent = [who for who, what in zip(("expert2", "neurologist"), said, strict=True) if what == "nothing"]
        assert out["names"] == "、".join(silent)
        waited = [each["name"] for each in (await board(call, id, "expert"))["mdt"]["sections"] if each["awaited"]]
        assert waited == silent
        return
    assert status == 200, out
    one = out["signed"][0]
    shown = (await board(call, id, "doctor"))["signed"][0]["mdt"]
    assert [each["name"] for each in shown["sections"]] == [
        who for who, what in zip(("expert2", "neurologist"), said, strict=True) if what == "signs"
    ]
    assert [each["reason"] for each in shown["absent"]] == ["临时手术"] * said.count("absent")
    assert [each["name"] for each in one["stands"]] == [
        who for who, what in zip(("expert2", "neurologist"), said, strict=True) if what == "dissents"
    ], "dissent is never hidden"
    _, pdf = await call("doctor", "GET", f"/opinions/{one['id']}/record")
    text = text_of(pdf)
    assert "主持人" in text
    assert "主会诊专家" not in text
    for who, what in zip(("expert2", "neurologist"), said, strict=True):
        assert {"signs": f"{who}的本科意见", "dissents": f"{who}另有看法", "absent": "临时手术"}[what] in text
    assert [await _work(call, who) for who in ("expert2", "neurologist")] == [0, 0]
    (found,) = await rows(world.db, Opinion)
    _, verified = await call(None, "GET", f"/verify/{found.verify_code}")
    assert verified["hash_matches"], verified
    assert "sections" in [each["part"] for each in verified["compared"]]


async def test_a_signed_section_stands_when_the_consensus_changes_and_says_that_it_came_before(
    call: Call, world: World
) -> None:
    """Its signature is about the section alone; a co-signature of the consensus lapses, as in any opinion."""
    id = await mdt(call, world)
    _, draft = await save(call, id, 0, opinion())
    await say(call, world, id, "expert2", "心内科意见")
    await take_stand(call, id, "expert2", "co_signed")
    await say(call, world, id, "neurologist", "神经内科意见")
    assert not (await section(call, id, world, "expert2"))["signed"]["earlier"]
    _, draft = await save(call, id, draft["version"], opinion(analysis="主持人改了"))
    assert (await section(call, id, world, "expert2"))["signed"]["earlier"]
    assert await _work(call, "expert2", "co_sign") == 1, "asked again for the consensus"
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out
    assert [each["earlier"] for each in out["signed"][0]["mdt"]["sections"]] == [True, True]
    _, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/record")
    text = text_of(pdf)
    assert text.count("签署于会诊共识定稿之前") == 2
    assert "联合签署" not in text


async def test_one_who_is_taken_off_writes_no_longer_and_what_they_signed_stays(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "已签的意见")
    _, kept = await write(call, world, id, "neurologist", "未签的意见")
    async with world.db.write() as db:
        gone = [world.ids["expert2"], world.ids["neurologist"]]
        await db.exec(delete(Participant).where(col(Participant.staff_id).in_(gone)))
    status, problem = await write(call, world, id, "neurologist", "还写", version=kept["version"])
    assert (status, problem.get("reason")) == (404, None)
    assert (await sign_section(call, id, "neurologist", kept["version"]))[0] == 404
    assert [each["member"] for each in (await board(call, id, "expert"))["mdt"]["sections"]] == [False, False]
    _, draft = await save(call, id, 0, opinion())
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out
    assert [each["text"] for each in out["signed"][0]["mdt"]["sections"]] == ["已签的意见"]


async def test_a_new_chair_goes_on_and_the_former_one_becomes_a_member(call: Call, world: World) -> None:
    id = await mdt(call, world)
    _, draft = await save(call, id, 0, opinion(), RECORDER)
    async with world.db.write() as db:
        (await db.get_one(Consultation, UUID(id))).lead_id = world.ids["expert2"]
    assert (await save(call, id, draft["version"], opinion(), RECORDER))[1]["reason"] == "others_draft"
    assert not (await board(call, id, RECORDER))["may"]["take_over"]
    body = {"keep": True}
    status, draft = await call(
        "expert2", "POST", f"/consultations/{id}/opinion/takeover", match=draft["version"], json=body
    )
    assert status == 200, draft
    await say(call, world, id, "neurologist", "神经内科意见")
    assert (await sign(call, id, draft["version"], "expert2"))[0] == 200


async def test_what_is_no_mdt_has_no_sections_and_its_text_says_nothing_of_them(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await booked(world, id, "expert2")
    status, problem = await write(call, world, id, "expert2", "写")
    assert (status, problem["reason"]) == (409, "no_mdt")
    text = json.loads((await rows(world.db, Opinion))[0].canonical or "")
    assert "mdt" not in text
    assert "mdt" not in text["record"], "the same text as before there were MDTs, and so the same hash"
    assert out["signed"][0]["mdt"] is None


def test_a_text_signed_before_there_were_mdts_is_written_again_to_the_byte() -> None:
    """Its hash is printed, so nothing that opinions have learnt since may change it."""
    before = Path(__file__).with_name("signed_before_mdt.json").read_text(encoding="utf-8")
    assert digest_of(before) == "caad20e9f410b1b64f3208f5d9db956d7ca6c003a179f2062cf735bc58e05b6f"
    told = json.loads(before)
    given = {name: each for name, each in told.items() if name not in ("format", "record")}
    content = OpinionContent.model_validate(told["content"]).model_dump(mode="json")
    assert text_of_record(given | {"content": content}, Record.model_validate(told["record"])) == before


async def test_a_damaged_section_fails_the_verification(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心内科意见")
    await state_absent(call, world, id, "neurologist")
    _, draft = await save(call, id, 0, opinion())
    await sign(call, id, draft["version"])
    async with world.db.write() as db:
        connection = await db.connection()
        await connection.exec_driver_sql("DROP TRIGGER membersection_signed_no_update")
        await db.exec(update(MemberSection).values(text="被改"))
    (found,) = await rows(world.db, Opinion)
    _, verified = await call(None, "GET", f"/verify/{found.verify_code}")
    assert {each["part"]: each["matches"] for each in verified["compared"]}["sections"] is False
    assert not verified["hash_matches"]


@pytest.mark.parametrize(
    ("then", "invited"),
    [
        ("", "cardiology（主会诊）、neurology"),  # two are of the chair's department, which is named once
        ("absent", "cardiology（主会诊）、neurology"),
        ("declines", "cardiology（主会诊）"),
        ("declines, signed", "cardiology（主会诊）、neurology"),  # its section is in the record
    ],
)
async def test_the_record_names_the_departments_invited_and_the_chairs_as_the_one_that_leads(
    call: Call, world: World, then: str, invited: str
) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心内科意见")
    if then == "absent":
        await state_absent(call, world, id, "neurologist")
    elif then != "declines":
        await say(call, world, id, "neurologist", "神经内科意见")
    if "declines" in then:
        async with world.db.write() as db:
            whose = col(Participant.staff_id) == world.ids["neurologist"]
            await db.exec(update(Participant).where(whose).values(answer=Answer.declined))
    _, draft = await save(call, id, 0, opinion())
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out
    (found,) = await rows(world.db, Opinion)
    assert json.loads(found.canonical or "")["record"]["invited"]["departments"] == invited
    _, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/record")
    assert invited in text_of(pdf)


async def test_the_record_of_any_consultation_names_the_other_experts_departments_too(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "neurologist")
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["expert"])).department_id = None
    _, draft = await save(call, id, 0, opinion())
    assert (await sign(call, id, draft["version"]))[0] == 200
    (found,) = await rows(world.db, Opinion)
    assert json.loads(found.canonical or "")["record"]["invited"]["departments"] == "neurology", "the lead is of none"


async def test_the_print_to_be_signed_by_hand_is_void_once_a_section_is_corrected(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心内科意见")
    await state_absent(call, world, id, "neurologist")
    _, draft = await save(call, id, 0, opinion())
    assert (await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=draft["version"]))[0] == 200
    printed = (await board(call, id, "expert"))["draft"]["paper_sha256"]
    _, again = await call("expert2", "POST", f"/consultations/{id}/opinion/sections/correction")
    assert (await sign_section(call, id, "expert2", again["version"]))[0] == 204
    scan = await call("expert", "POST", "/files?kind=paper_opinion", data=b"%PDF-1.4\n" + b"0" * 64)
    by_paper = {"method": "paper", "password": None, "sha256": printed, "scan_id": scan[1]["id"]}
    status, problem = await sign(call, id, draft["version"], **by_paper)
    assert (status, problem["reason"]) == (409, "paper_outdated")
