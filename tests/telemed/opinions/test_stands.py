"""Co-signature and dissent of the experts on the booking: in the record before the lead signs, as a page later."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, delete, update

from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.opinions.model import Opinion, Stand
from tests.telemed.conftest import Call, World, rows
from tests.telemed.opinions.helpers import (
    PASSWORD,
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


async def test_only_an_expert_on_the_booking_stands_to_the_opinion_and_with_the_password(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    await save(call, id, 0, opinion())
    await booked(world, id, "expert2")
    draft = (await board(call, id, "expert2"))["draft"]
    body = {"opinion_id": draft["id"], "version": draft["version"], "kind": "co_signed", "password": PASSWORD}
    path = f"/consultations/{id}/opinion/stand"
    for who, status in ((None, 401), ("doctor", 403), ("neurologist", 404), ("expert", 403)):
        assert (await call(who, "POST", path, json=body))[0] == status
    assert (await call("expert2", "POST", path, json=body | {"kind": "dissented"}))[0] == 422
    status, problem = await call("expert2", "POST", path, json=body | {"password": "wrong"})
    assert (status, problem["reason"]) == (403, "wrong_password")
    assert await rows(world.db, Stand) == []
    assert ((await board(call, id, "expert2"))["may"]["stand"], (await board(call, id))["may"]["stand"]) == (
        True,
        False,
    )


async def test_what_comes_before_the_signature_stands_in_the_record(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2", "neurologist")
    assert (await take_stand(call, id, "expert2", "co_signed"))[0] == 200
    assert (await take_stand(call, id, "neurologist", "dissented", "不同意今日转运，建议先稳定血压"))[0] == 200
    status, problem = await take_stand(call, id, "expert2", "co_signed")
    assert (status, problem["reason"]) == (409, "already_stood"), "a double click"
    status, out = await sign(call, id, draft["version"])
    assert status == 200
    one = out["signed"][0]
    assert [(each["name"], each["kind"], each["lapsed"]) for each in one["stands"]] == [
        ("expert2", "co_signed", False),
        ("neurologist", "dissented", False),
    ]
    assert one["pages"] == []
    _, pdf = await call("doctor", "GET", f"/opinions/{one['id']}/record")
    text = text_of(pdf)
    assert "expert2主任医师" in text
    assert "联合签署" in text
    assert "neurologist主任医师：不同意今日转运，建议先稳定血压" in text
    canonical = (await rows(world.db, Opinion))[0].canonical or ""
    assert all(each.sha256 in canonical and each.signature in canonical for each in await rows(world.db, Stand))


async def test_a_draft_that_is_changed_is_co_signed_no_longer_but_a_dissent_stays(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2", "neurologist")
    await take_stand(call, id, "expert2", "co_signed")
    await take_stand(call, id, "neurologist", "dissented", "另有看法")
    _, draft = await save(call, id, draft["version"], opinion(analysis="改了"))
    assert [each["lapsed"] for each in (await board(call, id, "expert"))["stands"]] == [True, False]
    _, out = await sign(call, id, draft["version"])
    _, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/record")
    assert "联合签署" not in text_of(pdf)
    assert "另有看法" in text_of(pdf)
    assert (await take_stand(call, id, "expert2", "co_signed"))[0] == 200, "and may co-sign what was signed"


async def test_a_co_signature_is_of_what_was_read(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2")
    read = (await board(call, id, "expert2"))["draft"]
    await save(call, id, draft["version"], opinion(analysis="改了"))
    assert (await take_stand(call, id, "expert2", "co_signed", version=read["version"]))[0] == 412
    incomplete = await save(call, id, 2, opinion(diagnosis=""))
    assert incomplete[0] == 200
    assert (await take_stand(call, id, "expert2", "co_signed"))[0] == 422


@pytest.mark.parametrize(
    ("kind", "words", "shown"), [("co_signed", "", "同意会诊意见v1，联合签署。"), ("dissented", "不宜转运", "不宜转运")]
)
async def test_what_comes_after_the_signature_is_a_page_under_the_experts_name(
    call: Call, world: World, kind: str, words: str, shown: str
) -> None:
    id, out = await signed(call, world)
    one = out["signed"][0]
    await booked(world, id, "expert2")
    before = await call("doctor", "GET", f"/opinions/{one['id']}/record")
    assert (await take_stand(call, id, "expert2", kind, words))[0] == 200
    after = (await board(call, id))["signed"][0]
    assert [(each["kind"], each["by"]) for each in after["pages"]] == [(kind, "expert2")]
    _, pdf = await call("doctor", "GET", f"/opinions/{one['id']}/pages/1")
    text = text_of(pdf)
    assert shown in text
    assert "expert2主任医师密码签名" in text
    assert one["sha256"] in text
    assert await call("doctor", "GET", f"/opinions/{one['id']}/record") == before
    history = (await call("doctor", "GET", f"/consultations/{id}"))[1]["history"]
    assert f"opinion.{kind}" in [each["type"] for each in history]


async def test_a_print_to_sign_by_hand_is_void_once_an_expert_has_dissented(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2")
    await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=draft["version"])
    printed = (await board(call, id, "expert"))["draft"]["paper_sha256"]
    await take_stand(call, id, "expert2", "dissented", "另有看法")
    scan = await call("expert", "POST", "/files?kind=paper_opinion", data=b"%PDF-1.4\n" + b"0" * 64)
    by_paper = {"method": "paper", "password": None, "sha256": printed, "scan_id": scan[1]["id"]}
    status, problem = await sign(call, id, draft["version"], **by_paper)
    assert (status, problem["reason"]) == (409, "paper_outdated")


async def _amending(call: Call, world: World) -> tuple[str, Any]:
    """Signed as v1, with an amendment begun and two experts on the booking; the board as the experts see it."""
    id, _ = await signed(call, world)
    await booked(world, id, "expert2", "neurologist")
    assert (await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"}))[0] in (
        200,
        201,
    )
    return id, await board(call, id, "expert2")


async def test_while_an_amendment_is_open_one_stands_to_the_signed_version_or_to_the_draft(
    call: Call, world: World
) -> None:
    id, seen = await _amending(call, world)
    one = seen["signed"][0]
    named = {"opinion_id": one["id"], "version": one["version"]}
    assert (await take_stand(call, id, "expert2", "dissented", "v1 不宜转运", **named))[0] == 200
    assert (await take_stand(call, id, "neurologist", "dissented", "草稿不妥"))[0] == 200
    after = await board(call, id, "expert2")
    assert [(each["kind"], each["by"]) for each in after["signed"][0]["pages"]] == [("dissented", "expert2")]
    assert [each["name"] for each in after["stands"]] == ["neurologist"]


async def test_what_was_said_to_an_amendment_that_is_dropped_becomes_pages_of_the_version_it_was_to_replace(
    call: Call, world: World
) -> None:
    id, seen = await _amending(call, world)
    await take_stand(call, id, "expert2", "co_signed")
    await take_stand(call, id, "neurologist", "dissented", "草稿不妥")
    assert (await call("expert", "DELETE", f"/consultations/{id}/opinion/amendment"))[0] in (200, 204)
    one = (await board(call, id))["signed"][0]
    assert [each["kind"] for each in one["pages"]] == ["noted", "noted"]
    prints = [text_of((await call("doctor", "GET", f"/opinions/{one['id']}/pages/{n}"))[1]) for n in (1, 2)]
    assert "expert2主任医师" in prints[0]
    assert "neurologist主任医师" in prints[1]
    assert "草稿不妥" in prints[1]
    assert "针对更正件v2的草稿" in prints[1]
    assert seen["signed"][0]["sha256"] == one["sha256"]
    assert all((await _compared(call, world)).values())


async def test_neither_who_leads_now_nor_who_was_taken_off_the_booking_is_named_beside_the_signature(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2", "neurologist")
    await take_stand(call, id, "expert2", "co_signed")
    await take_stand(call, id, "neurologist", "co_signed")
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        row.lead_id = (await db.get_one(Opinion, UUID(draft["id"]))).author_id = world.ids["expert2"]
        await db.exec(delete(Participant).where(col(Participant.staff_id) == world.ids["neurologist"]))
    status, out = await sign(call, id, draft["version"], "expert2")
    assert status == 200, out
    assert json.loads((await rows(world.db, Opinion))[0].canonical or "")["stands"] == []
    assert "联合签署" not in text_of((await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/record"))[1])


async def _compared(call: Call, world: World) -> dict[str, bool]:
    (one,) = await rows(world.db, Opinion)
    _, found = await call(None, "GET", f"/verify/{one.verify_code}")
    assert found["hash_matches"] is all(each["matches"] for each in found["compared"])
    return {each["part"]: each["matches"] for each in found["compared"]}


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("tampered", [{"words": "同意"}, {"signature": "AAAA"}, {"kind": "co_signed"}, None])
async def test_the_verification_checks_each_statement_by_its_own_signature(
    call: Call, world: World, late: bool, tampered: dict[str, str] | None
) -> None:
    """Said before the signature or after it; `None`: the row is gone."""
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2")
    if late:
        await sign(call, id, draft["version"])
    assert (await take_stand(call, id, "expert2", "dissented", "不宜转运"))[0] == 200
    if not late:
        await sign(call, id, draft["version"])
    assert (await _compared(call, world))["stands"] is True
    async with world.db.write() as db:  # by somebody who has the database in their hands
        for verb in ("update", "delete"):
            await (await db.connection()).exec_driver_sql(f"DROP TRIGGER stand_no_{verb}")
        await db.exec(update(Stand).values(tampered) if tampered else delete(Stand))
    found = await _compared(call, world)
    assert (found["stands"], found["text"], found["signature"]) == (False, True, True)


async def test_a_dissent_is_said_anew_once_its_words_or_the_text_differ(call: Call, world: World) -> None:
    """Of the draft the last one counts; what was signed, and what has a page, stays."""
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "neurologist")
    assert (await take_stand(call, id, "neurologist", "dissented", "不宜转运"))[0] == 200
    status, problem = await take_stand(call, id, "neurologist", "dissented", "不宜转运")
    assert (status, problem["reason"]) == (409, "already_stood"), "a double click"
    _, draft = await save(call, id, draft["version"], opinion(analysis="主任改写了"))
    (seen,) = (await board(call, id, "neurologist"))["stands"]
    assert (seen["words"], seen["lapsed"], seen["earlier"]) == ("不宜转运", False, True)
    assert (await take_stand(call, id, "neurologist", "dissented", "不宜转运"))[0] == 200, "said of the new text"
    assert (await take_stand(call, id, "neurologist", "dissented", "改写后仍不宜转运"))[0] == 200
    (seen,) = (await board(call, id, "neurologist"))["stands"]
    assert (seen["words"], seen["lapsed"], seen["earlier"]) == ("改写后仍不宜转运", False, False)
    _, out = await sign(call, id, draft["version"])
    path = f"/opinions/{out['signed'][0]['id']}/record"
    _, before = await call("doctor", "GET", path)
    assert text_of(before).count("不宜转运") == text_of(before).count("改写后仍不宜转运") > 0
    status, problem = await take_stand(call, id, "neurologist", "dissented", "改写后仍不宜转运")
    assert (status, problem["reason"]) == (409, "already_stood"), "the signature leaves the text as it was"
    for words in ("签署后补充：须先控制血压", "签署后再补充"):
        assert (await take_stand(call, id, "neurologist", "dissented", words))[0] == 200
    assert [each["kind"] for each in (await board(call, id))["signed"][0]["pages"]] == ["dissented", "dissented"]
    assert await call("doctor", "GET", path) == (200, before)
    assert all((await _compared(call, world)).values())


async def test_another_hospital_sees_only_what_the_signed_text_or_a_page_says(call: Call, world: World) -> None:
    """What was co-signed of an earlier draft, or said by somebody taken off the booking, stays among the experts."""
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2", "neurologist")
    assert (await take_stand(call, id, "expert2", "co_signed", "仅供主会诊专家参考"))[0] == 200
    _, draft = await save(call, id, draft["version"], opinion(analysis="改了"))
    assert (await take_stand(call, id, "neurologist", "dissented", "另有看法"))[0] == 200
    async with world.db.write() as db:
        await db.exec(delete(Participant).where(col(Participant.staff_id) == world.ids["neurologist"]))
    await sign(call, id, draft["version"])

    async def shown(who: str) -> list[tuple[str, str]]:
        return [(each["name"], each["words"]) for each in (await board(call, id, who))["signed"][0]["stands"]]

    assert await shown("expert") == [("expert2", "仅供主会诊专家参考"), ("neurologist", "另有看法")]
    assert await shown("doctor") == []
    assert (await take_stand(call, id, "expert2", "co_signed", "同意签署稿"))[0] == 200
    assert await shown("doctor") == [("expert2", "同意签署稿")]
