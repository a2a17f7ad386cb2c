"""Write and sign an opinion over HTTP: who may, what is kept, and what never changes afterwards."""

import base64
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.errors import Busy
from telemed.files.model import File, FileKind
from telemed.opinions import service
from telemed.opinions.model import Opinion
from telemed.studies.model import LinkState, StudyLink
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import Call, World, rows
from tests.telemed.opinions.helpers import (
    PASSWORD,
    STUDY,
    advice,
    board,
    consultation,
    key_image,
    opinion,
    picture,
    save,
    sign,
    signed,
    text_of,
)


async def test_strangers_and_others_do_not_write(call: Call, world: World) -> None:
    id = await consultation(world)
    assert (await call(None, "GET", f"/consultations/{id}/opinion"))[0] == 401
    for who, status in (("doctor", 403), ("nurse", 403), ("jiashan_doctor", 404), ("expert2", 404)):
        assert (await save(call, id, 0, opinion(), who))[0] == status
    assert (await call("jiashan_doctor", "GET", f"/consultations/{id}/opinion"))[0] == 404
    assert (await save(call, id, 0, opinion() | {"state": "signed"}))[0] == 422


async def test_a_draft_is_kept_with_its_version_and_seen_by_the_hub_only(call: Call, world: World) -> None:
    id = await consultation(world)
    empty = (await board(call, id, "expert"))["draft"]
    assert (empty["version"], empty["missing"]) == (0, ["analysis", "diagnosis", "advice"])
    assert (await save(call, id, 0, {"analysis": "第一段\n\n第二段"}))[1]["version"] == 1
    status, draft = await save(call, id, 1, opinion())
    assert (status, draft["version"], draft["missing"]) == (200, 2, [])
    status, problem = await save(call, id, 1, {"analysis": "old"})
    assert (status, problem["code"], problem["current"]["version"]) == (412, "stale", 2)
    seen = await board(call, id)
    assert (seen["draft"], seen["signed"]) == (None, [])


async def test_the_first_save_of_two_wins(call: Call, world: World) -> None:
    id = await consultation(world)
    assert (await save(call, id, 0, opinion()))[0] == 200
    assert (await save(call, id, 0, opinion(analysis="other")))[0] == 412


async def test_the_opinion_may_be_begun_in_the_call_but_is_signed_after_it(call: Call, world: World) -> None:
    id = await consultation(world, State.in_progress)
    _, draft = await save(call, id, 0, opinion())
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"]) == (409, "meeting_open")


async def test_what_is_signed_is_acknowledged_though_nothing_can_be_read_after_it(
    call: Call, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> None:
        raise Busy()

    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    path, proof = f"/consultations/{id}/opinion/sign", {"method": "password", "password": PASSWORD}
    with monkeypatch.context() as patched:
        patched.setattr(service, "board", busy)
        assert (await call("expert", "GET", f"/consultations/{id}/opinion"))[0] == 503
        assert await call("expert", "POST", path, match=draft["version"], json=proof) == (204, b"")
    assert [each["number"] for each in (await board(call, id))["signed"]] == [1]


async def test_an_incomplete_opinion_is_not_signed_and_says_what_is_missing(call: Call, world: World) -> None:
    id = await consultation(world)
    content = opinion(diagnosis=" ", advice=[{"key": "a1", "text": "复查", "owner": "", "due": "at"}])
    _, draft = await save(call, id, 0, content)
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["missing"]) == (422, ["diagnosis", "rows.a1.owner", "rows.a1.due"])


async def test_a_wrong_password_signs_nothing_and_guessing_ends(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    for _ in range(5):
        status, problem = await sign(call, id, draft["version"], password="wrong")
        assert (status, problem["reason"]) == (403, "wrong_password")
    assert (await sign(call, id, draft["version"]))[0] == 429
    assert [each.signed_at for each in await rows(world.db, Opinion)] == [None]


async def test_a_stale_draft_is_not_signed(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await save(call, id, 1, opinion(analysis="更多"))
    assert (await sign(call, id, draft["version"]))[0] == 412


async def test_the_signature_moves_the_consultation_and_both_sides_download_the_record(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    image = await key_image(call)
    _, draft = await save(call, id, 0, opinion(key_images=[image]))
    status, out = await sign(call, id, draft["version"])
    assert (status, out["state"], out["draft"]) == (200, "signed", None)
    one = out["signed"][0]
    assert (one["number"], one["method"], one["signer"]) == (1, "password", "expert")
    assert one["signer_en"] == "expert"
    for who in ("doctor", "expert"):
        status, pdf = await call(who, "GET", f"/opinions/{one['id']}/record")
        assert status == 200
        text = text_of(pdf)
        for part in (
            "远程会诊记录单",
            "陈远山",
            "降主动脉见内膜破口",
            "今日转瑞金血管外科",
            "图1主动脉CTA",
            "密码签名",
        ):
            assert part in text
        assert one["sha256"] in text
        assert b"ETSI.CAdES.detached" in pdf
    assert (await call("jiashan_doctor", "GET", f"/opinions/{one['id']}/record"))[0] == 404
    waiting = [each for each in await rows(world.db, WorkItem) if each.kind is WorkKind.acknowledge]
    assert [each.staff_id for each in waiting] == [world.ids["doctor"]]


async def test_an_owner_who_is_staff_of_the_branch_has_an_english_name_and_any_other_has_none(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    rows = [advice("a1", "收缩压 100–120 mmHg", owner="doctor"), advice("a2", "今日转瑞金", owner="家属")]
    _, draft = await save(call, id, 0, opinion(advice=rows, medicines=[]))
    _, out = await sign(call, id, draft["version"])
    assert out["signed"][0]["owners_en"] == {"doctor": "doctor"}
    assert [each["owner_en"] for each in out["advice"]] == ["doctor", ""]


async def test_the_database_refuses_any_change_of_a_signed_version(call: Call, world: World) -> None:
    id, _ = await signed(call, world)
    assert (await save(call, id, 1, opinion()))[1]["reason"] == "signed"
    for change in ("UPDATE opinion SET content = '{}'", "DELETE FROM opinion"):
        with pytest.raises(IntegrityError, match="never changes"):
            async with world.db.write() as db:
                await (await db.connection()).exec_driver_sql(change)


async def test_what_was_signed_is_kept_to_the_letter(call: Call, world: World) -> None:
    _, out = await signed(call, world)
    kept = (await rows(world.db, Opinion))[0]
    assert kept.canonical is not None
    assert '"analysis":"降主动脉见内膜破口，真腔受压。"' in kept.canonical
    assert len(base64.b64decode(kept.signature or "")) == 64
    assert out["signed"][0]["sha256"] == kept.sha256


async def test_a_key_image_must_be_a_picture_of_a_study_of_this_consultation(call: Call, world: World) -> None:
    id = await consultation(world)
    foreign = await key_image(call, study_uid=STUDY + ".9")
    status, problem = await save(call, id, 0, opinion(key_images=[foreign]))
    assert (status, problem["reason"]) == (422, "other_study")
    no_side = await key_image(call, side=None)
    status, draft = await save(call, id, 0, opinion(key_images=[no_side]))
    assert (status, draft["missing"]) == (200, ["key_images.k1.side"])
    assert (await call("doctor", "GET", f"/files/{no_side['file_id']}/content")) == (200, picture())


async def test_the_preview_is_marked_as_a_draft(call: Call, world: World) -> None:
    id = await consultation(world)
    assert (await call("expert", "GET", f"/consultations/{id}/opinion/preview"))[0] == 409
    await save(call, id, 0, opinion())
    status, pdf = await call("expert", "GET", f"/consultations/{id}/opinion/preview")
    assert status == 200
    assert "草稿不得归档" in text_of(pdf)
    assert (await call("doctor", "GET", f"/consultations/{id}/opinion/preview"))[0] == 403


async def test_a_character_that_cannot_be_printed_is_named(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion(analysis="患者\U00030000某"))
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"], problem["character"]) == (422, "unprintable", "\U00030000")


async def _scan(call: Call) -> str:
    _, made = await call("expert", "POST", "/files?kind=paper_opinion", data=picture())
    return str(made["id"])


async def test_on_paper_the_scan_is_bound_to_the_hash_of_what_was_printed(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    status, pdf = await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=draft["version"])
    assert status == 200
    printed = (await board(call, id, "expert"))["draft"]["paper_sha256"]
    assert printed in text_of(pdf)
    by_paper: dict[str, Any] = {"method": "paper", "password": None, "sha256": printed}
    assert (await sign(call, id, draft["version"], **by_paper))[0] == 422
    status, problem = await sign(
        call, id, draft["version"], scan_id=await _scan(call), **by_paper | {"sha256": "0" * 64}
    )
    assert (status, problem["reason"]) == (409, "paper_outdated")
    status, out = await sign(call, id, draft["version"], scan_id=await _scan(call), **by_paper)
    assert (status, out["signed"][0]["method"], out["signed"][0]["sha256"]) == (200, "paper", printed)
    scans = [each for each in await rows(world.db, File) if each.kind is FileKind.paper_opinion and each.case_id]
    assert len(scans) == 1


async def test_a_print_to_sign_is_void_once_the_text_changes(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=draft["version"])
    printed = (await board(call, id, "expert"))["draft"]["paper_sha256"]
    _, draft = await save(call, id, draft["version"], opinion(analysis="改了"))
    assert draft["paper_sha256"] is None
    by_paper: dict[str, Any] = {"method": "paper", "password": None, "sha256": printed}
    status, problem = await sign(call, id, draft["version"], scan_id=await _scan(call), **by_paper)
    assert (status, problem["reason"]) == (409, "paper_outdated")


async def test_an_amendment_is_a_new_version_and_the_state_stays(call: Call, world: World) -> None:
    id, before = await signed(call, world)
    path = f"/consultations/{id}/opinion/amendment"
    status, draft = await call("expert", "POST", path, json={"reason": "时限写错"})
    assert (status, draft["number"], draft["replaces"]) == (201, 2, 1)
    assert (await call("expert", "POST", path, json={"reason": "again"}))[1]["reason"] == "amendment_open"
    content = opinion(advice=[*opinion()["advice"][:1], opinion()["advice"][1] | {"due": "hours_2"}])
    _, draft = await save(call, id, draft["version"], content)
    status, out = await sign(call, id, draft["version"])
    assert (status, out["state"], [each["number"] for each in out["signed"]]) == (200, "signed", [2, 1])
    kept, changed = before["advice"], out["advice"]
    assert [each["id"] for each in changed if each["n"] != 2] == [each["id"] for each in kept if each["n"] != 2]
    assert changed[1]["id"] != kept[1]["id"]
    _, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/record")
    assert "更正件v2，替代v1" in text_of(pdf)
    async with world.db.read() as db:
        row = (await db.exec(select(Consultation).where(Consultation.id == UUID(id)))).one()
    assert row.state is State.signed


async def test_an_amendment_that_was_begun_may_be_dropped(call: Call, world: World) -> None:
    id, _ = await signed(call, world)
    path = f"/consultations/{id}/opinion/amendment"
    await call("expert", "POST", path, json={"reason": "时限写错"})
    assert (await call("expert", "DELETE", path))[0] == 204
    assert (await board(call, id, "expert"))["draft"] is None
    assert (await call("expert", "DELETE", path))[0] == 404


async def test_the_verification_page_names_no_patient_and_tells_an_amended_version(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    code = out["signed"][0]["verify_url"].rsplit("/", 1)[1]
    status, found = await call(None, "GET", f"/verify/{code}")
    assert (status, found["status"], found["hash_matches"]) == (200, "valid", True)
    assert "陈远山" not in str(found)
    assert (await call(None, "GET", f"/verify/{code}x"))[0] == 404
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    await sign(call, id, draft["version"])
    found = (await call(None, "GET", f"/verify/{code}"))[1]
    assert (found["status"], found["latest"]) == ("amended", 2)


async def test_the_verification_page_is_not_for_guessing(call: Call, world: World) -> None:
    answers = [(await call(None, "GET", f"/verify/guess{n}"))[0] for n in range(40)]
    assert set(answers) == {404, 429}


async def test_an_opinion_on_images_of_another_patient_is_flagged_and_its_verification_says_withdrawn(
    call: Call, world: World
) -> None:
    id, out = await signed(call, world)
    assert out["signed"][0]["recalled"] == []
    async with world.db.write() as db:
        link = (await db.exec(select(StudyLink))).one()
        link.state = LinkState.rejected
    after = (await board(call, id))["signed"][0]
    assert after["recalled"] == [f"wuxi/{STUDY}"]
    code = after["verify_url"].rsplit("/", 1)[1]
    found = (await call(None, "GET", f"/verify/{code}"))[1]
    assert (found["status"], found["hash_matches"]) == ("withdrawn", True)
