"""What was signed and has been tampered with is reported as such, and nothing else fails for it."""

from typing import Any

import pytest
from sqlmodel import update

from telemed.opinions.model import Opinion, OpinionPage
from telemed.studies.model import LinkState
from tests.telemed.conftest import Call, World, rows
from tests.telemed.opinions.helpers import board, decided, signed


async def _tamper(world: World, table: type[Opinion | OpinionPage], **values: Any) -> None:
    """By somebody who has the database in their hands."""
    trigger = "opinion_signed_no_update" if table is Opinion else "opinionpage_no_update"
    async with world.db.write() as db:
        await (await db.connection()).exec_driver_sql(f"DROP TRIGGER {trigger}")
        await db.exec(update(table).values(values))


async def _verified(call: Call, world: World) -> dict[str, bool]:
    (one,) = await rows(world.db, Opinion)
    status, found = await call(None, "GET", f"/verify/{one.verify_code}")
    assert status == 200, found
    assert found["hash_matches"] is all(each["matches"] for each in found["compared"])
    return {each["part"]: each["matches"] for each in found["compared"]}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format":2}', None])
async def test_a_changed_text_is_reported_and_never_read(call: Call, world: World, text: str | None) -> None:
    id, _ = await signed(call, world)
    if text is None:  # still a whole text, of another diagnosis
        text = str((await rows(world.db, Opinion))[0].canonical).replace("急性主动脉夹层", "急性心肌梗死")
    await _tamper(world, Opinion, canonical=text)
    assert await _verified(call, world) == {"text": False, "signature": False, "print": True}
    assert (await board(call, id))["signed"][0]["format"] == 0
    await decided(world, LinkState.rejected)  # news of its studies is no error either


async def test_a_changed_signature_is_reported(call: Call, world: World) -> None:
    await signed(call, world)
    await _tamper(world, Opinion, signature="AAAA")
    assert await _verified(call, world) == {"text": True, "signature": False, "print": True}


async def test_a_changed_row_beside_an_unchanged_text_is_reported(call: Call, world: World) -> None:
    await signed(call, world)
    content = (await rows(world.db, Opinion))[0].content | {"diagnosis": "急性心肌梗死"}
    await _tamper(world, Opinion, content=content)
    assert await _verified(call, world) == {"text": False, "signature": True, "print": True}


@pytest.mark.parametrize("text", ["{", None])
async def test_a_changed_page_is_reported(call: Call, world: World, text: str | None) -> None:
    id, _ = await signed(call, world)
    await decided(world, LinkState.rejected)
    assert (await _verified(call, world))["pages"] is True
    (page,) = await rows(world.db, OpinionPage)
    await _tamper(world, OpinionPage, canonical=text or page.canonical.replace("撤销说明", "说明"))
    assert await _verified(call, world) == {"text": True, "signature": True, "print": True, "pages": False}
    assert len((await board(call, id))["signed"][0]["pages"]) == 1


async def test_a_damaged_version_still_gets_its_pages(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await _tamper(world, Opinion, canonical="{")
    body = {"answers": [{"advice_id": each["id"], "reply": "adopted"} for each in out["advice"]]}
    path = f"/consultations/{id}/acknowledgement"
    assert (await call("doctor", "POST", path, match=out["consultation_version"], json=body))[0] == 200
    assert [each["kind"] for each in (await board(call, id))["signed"][0]["pages"]] == ["answered"]


async def test_a_damaged_page_is_not_printed_and_says_so(call: Call, world: World) -> None:
    id, _ = await signed(call, world)
    await decided(world, LinkState.rejected)
    (page,) = await rows(world.db, OpinionPage)
    (one,) = (await board(call, id))["signed"]
    assert [each["damaged"] for each in one["pages"]] == [False]
    await _tamper(world, OpinionPage, canonical=page.canonical.replace("不得作为诊疗依据", "可作为诊疗依据"))
    for path in ("pages/1", "together"):
        status, problem = await call("doctor", "GET", f"/opinions/{one['id']}/{path}")
        assert (status, problem["reason"]) == (409, "page_damaged")
    assert [each["damaged"] for each in (await board(call, id))["signed"][0]["pages"]] == [True]
