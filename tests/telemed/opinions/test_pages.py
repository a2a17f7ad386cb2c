"""附页: what comes after the signature is added as pages, each once, each with a hash that names its record's."""

import asyncio
import json
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from telemed.documents.page import Line
from telemed.documents.render import set_type
from telemed.files.store import FileStore
from telemed.opinions import page_prints, pages
from telemed.opinions.desk import Desk
from telemed.opinions.model import Method, Opinion, OpinionPage, PageKind, PagePrint
from telemed.opinions.pages import Body
from telemed.opinions.prints_due import Prints
from telemed.opinions.signers import local_signers
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import board, sign, signed, text_of


async def _answered(call: Call, id: str, reason: str = "") -> None:
    out = await board(call, id)
    reply = {"reply": "not_adopted", "reason": reason} if reason else {"reply": "adopted"}
    body = {"answers": [{"advice_id": each["id"]} | reply for each in out["advice"]]}
    path = f"/consultations/{id}/acknowledgement"
    assert (await call("doctor", "POST", path, match=out["consultation_version"], json=body))[0] == 200


def _desk(world: World, folder: Path) -> Desk:
    return Desk(world.db, FileStore(folder), "https://telemed.example/verify/", demo=True)


async def test_a_page_names_its_records_hash_and_both_sides_read_the_same_bytes(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    one = out["signed"][0]
    assert one["pages"] == []
    await _answered(call, id)
    _, found = await call("expert", "GET", f"/opinions/{one['id']}/pages")
    page = found["items"][0]
    assert (page["kind"], page["by"], page["parent_sha256"]) == ("answered", "doctor", one["sha256"])
    path = f"/opinions/{one['id']}/pages/1"
    prints = [await call(who, "GET", path) for who in ("doctor", "expert", "doctor")]
    assert prints[0][0] == 200
    assert prints[0] == prints[1] == prints[2], "a page is printed once"
    text = text_of(prints[0][1])
    assert "远程会诊记录单附页" in text
    assert one["sha256"] in text
    assert page["sha256"] in text
    assert (await call("jiashan_doctor", "GET", path))[0] == 404
    assert (await call("jiashan_doctor", "GET", f"/opinions/{one['id']}/pages"))[0] == 404
    assert (await call("doctor", "GET", f"/opinions/{one['id']}/pages/2"))[0] == 404
    assert (await call(None, "GET", path))[0] == 401


async def test_an_answer_whose_page_was_not_printed_before_a_crash_is_printed_later_and_once(
    call: Call, world: World, tmp_path: Path
) -> None:
    """The text commits with the answer; the print is found missing by the rows alone."""
    id, _ = await signed(call, world)
    await _answered(call, id)
    assert await rows(world.db, PagePrint) == []
    desk, signer = _desk(world, tmp_path), local_signers(tmp_path / "keys")[Method.password]
    await asyncio.gather(*(Prints(desk, signer).make_due(NOW) for _ in range(3)))
    assert len(await rows(world.db, PagePrint)) == 1
    page, made = (await rows(world.db, OpinionPage))[0], (await rows(world.db, PagePrint))[0]
    assert signer.holds(page.canonical.encode(), made.signature)
    opinion = (await rows(world.db, Opinion))[0]
    shown = page_prints.shown(page, f"{desk.verify}{opinion.verify_code}")
    assert (await desk.store.read(made.sha256)).startswith(set_type(shown, page.at)), "set from its text alone"


async def test_a_note_is_added_to_every_signed_version_and_a_repeat_adds_none(call: Call, world: World) -> None:
    id, _ = await signed(call, world)
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    assert (await sign(call, id, draft["version"]))[0] == 200
    body = Body("身份信息变更说明", lines=[Line(label="变更", text="性别：男 → 女")])
    for _ in range(2):
        async with world.db.write() as db:
            await pages.note(db, UUID(id), "identity 2026-03-02", body, NOW)
    newer, older = (await board(call, id))["signed"]
    assert [each["kind"] for each in newer["pages"]] == ["noted"]
    assert [each["kind"] for each in older["pages"]] == ["amended", "noted"]


async def test_an_amended_version_points_to_the_new_one_which_carries_the_answer_over(call: Call, world: World) -> None:
    id, _ = await signed(call, world)
    await _answered(call, id, reason="家属不同意")
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充分析"})
    assert (await sign(call, id, draft["version"]))[0] == 200
    newer, older = (await board(call, id))["signed"]
    assert [each["kind"] for each in older["pages"]] == ["answered", "amended"]
    assert [each["kind"] for each in newer["pages"]] == ["answered"]
    _, pointer = await call("doctor", "GET", f"/opinions/{older['id']}/pages/2")
    assert "已由更正件v2替代" in text_of(pointer)
    assert newer["sha256"] in text_of(pointer)
    _, carried = await call("doctor", "GET", f"/opinions/{newer['id']}/pages/1")
    assert "沿用申请医师对v1的反馈" in text_of(carried)


async def test_all_in_one_is_the_record_and_its_pages_one_behind_the_other(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await _answered(call, id)
    opinion_id = out["signed"][0]["id"]
    status, together = await call("doctor", "GET", f"/opinions/{opinion_id}/together")
    assert status == 200
    single = [(await call("doctor", "GET", f"/opinions/{opinion_id}{path}"))[1] for path in ("/record", "/pages/1")]
    assert len(pdfium.PdfDocument(together)) == sum(len(pdfium.PdfDocument(each)) for each in single)
    assert text_of(together) == "".join(text_of(each) for each in single)
    assert (await call("jiashan_doctor", "GET", f"/opinions/{opinion_id}/together"))[0] == 404


async def test_verification_compares_the_pages_too_and_finds_one_that_was_exchanged(
    call: Call, world: World, tmp_path: Path
) -> None:
    id, out = await signed(call, world)
    code = out["signed"][0]["verify_url"].rsplit("/", 1)[1]
    assert [each["part"] for each in (await call(None, "GET", f"/verify/{code}"))[1]["compared"]] == [
        "text",
        "signature",
        "print",
    ]
    await _answered(call, id, reason="家属不同意")
    await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/pages/1")
    _, found = await call(None, "GET", f"/verify/{code}")
    assert found["compared"][3] == {"part": "pages", "matches": True}
    assert [(each["number"], each["kind"], each["matches"]) for each in found["pages"]] == [(1, "answered", True)]
    assert "陈远山" not in str(found)
    assert "家属不同意" not in str(found)
    made = (await rows(world.db, PagePrint))[0]
    (tmp_path / "files" / made.sha256).write_bytes(b"%PDF another")
    _, found = await call(None, "GET", f"/verify/{code}")
    assert (found["hash_matches"], found["pages"][0]["matches"]) == (False, False)
    assert (await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/pages/1"))[1]["reason"] == "print_damaged"


async def test_a_character_without_a_glyph_keeps_no_page_from_being_printed(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await _answered(call, id, reason="患者\U00030000某不同意")
    status, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/pages/1")
    assert status == 200
    assert "患者〓某不同意" in text_of(pdf)
    page = (await rows(world.db, OpinionPage))[0]
    assert "患者\U00030000某不同意" in page.canonical
    assert page.sha256 == sha256(page.canonical.encode()).hexdigest()
    assert json.loads(page.canonical)["kind"] == PageKind.answered
    assert "会诊建议非医嘱" in text_of(pdf), "the page's own note stands above the one on the sign"
    assert "代替无法打印的字" in text_of(pdf)


async def test_a_private_use_character_keeps_no_page_from_being_printed(call: Call, world: World) -> None:
    """Hospital systems use such characters for rare names; typst names them escaped."""
    id, out = await signed(call, world)
    await _answered(call, id, reason="患者\ue000某\ue001不同意")
    async with asyncio.timeout(30):
        status, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/pages/1")
    assert status == 200
    assert "患者〓某〓不同意" in text_of(pdf)
