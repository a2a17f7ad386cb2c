"""Prints: of one signed note, whose bytes never change; of a whole round, as far as its patients are seen."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from telemed.access.model import AccountRole, Role
from telemed.audit.model import AuditEvent
from telemed.cases.model import Scope
from telemed.people.model import Registration
from telemed.rounds.model import RoundNotePrint
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import text_of
from tests.telemed.rounds.again import at_next_bed
from tests.telemed.rounds.helpers import at_bed, bed_of, consent, done, instructed, item_of, live, shown

TEXT = {"condition": "夜间平卧，水肿减轻", "assessment": "容量负荷好转", "plan": "三天后复查"}


async def signed(call: Call, world: World, clock: FakeClock, *, senior: bool = False) -> tuple[Any, Any, Any]:
    """A round of two beds: at one it instructed and its note is countersigned, the other was skipped."""
    session = await live(call, world, clock, "01", "02")
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    said = {"instruction_id": given["id"], "text": "速尿改口服四十毫克"}
    await done(call, clock, session["id"], "doctor", "read_back", item, **said)
    await done(call, clock, session["id"], "expert", "skip", item_of(session, "02"), reason="外出")
    clock.move(minutes=10)
    await done(call, clock, session["id"], "expert", "complete")
    path = f"/rounds/items/{item['id']}/note"
    version = (await call("doctor", "PUT", path, json=TEXT, match=0))[1]["version"]
    version = (await call("doctor", "POST", f"{path}/submit", match=version))[1]["version"]
    for who in ("expert", "chief") if senior else ("expert",):
        status, out = await call(who, "POST", f"{path}/countersign", json=TEXT, match=version)
        assert status == 200, out
        version = out["version"]
    return session, item, (await bed_of(call, session, item))["instructions"][0]


async def printed(call: Call, path: str, who: str = "doctor") -> bytes:
    status, pdf = await call(who, "GET", f"/rounds/{path}/print")
    assert status == 200, pdf
    assert isinstance(pdf, bytes)
    return pdf


async def test_a_note_prints_who_read_back_what_and_who_signed(call: Call, world: World, clock: FakeClock) -> None:
    _, item, _ = await signed(call, world, clock)
    text = text_of(await printed(call, f"items/{item['id']}/note"))
    for part in (
        "主任医师查房记录",
        "卫长庚",
        "01床",
        "夜间平卧，水肿减轻",
        "呋塞米改为口服40mg",
        "速尿改口服四十毫克",
    ):
        assert part in text, part
    assert "查房指示非医嘱，须由本院医师开立医嘱后执行" in text
    assert "书写医师" in text
    assert "上级医师审签" in text


async def test_a_reprint_is_the_same_bytes_whatever_was_recorded_since(
    call: Call, world: World, clock: FakeClock
) -> None:
    _, item, given = await signed(call, world, clock)
    before = await printed(call, f"items/{item['id']}/note")
    clock.move(minutes=30)
    order = {"order_number": "Y-0417"}
    path = f"/rounds/instructions/{given['id']}/execute"
    assert (await call("doctor", "POST", path, json=order, match=given["version"]))[0] == 200
    assert await printed(call, f"items/{item['id']}/note", "expert") == before
    assert len(await rows(world.db, RoundNotePrint)) == 1
    with pytest.raises(DatabaseError):
        await _change(world)
    assert "Y-0417" in text_of(await printed(call, f"sessions/{item_session(given)}"))


async def test_what_a_later_round_took_over_says_so(call: Call, world: World, clock: FakeClock) -> None:
    before, old, session, item = await at_next_bed(call, world, clock)
    due = (clock() + timedelta(hours=4)).isoformat()
    new = {"instruction": "medicine", "text": "呋塞米 40 mg 每日两次", "due_at": due, "instruction_id": old["id"]}
    await done(call, clock, session["id"], "expert", "instruct", item, **new)
    text = text_of(await printed(call, f"sessions/{before['id']}"))
    assert "已并入03-1008:30查房的指示" in "".join(text.split())


def item_session(given: Any) -> str:
    return str(given["session_id"])


async def _change(world: World) -> None:
    async with world.db.write() as db:
        kept = (await db.exec(select(RoundNotePrint))).one()
        kept.sha256 = "0" * 64


async def test_guidance_is_titled_so_and_names_the_branchs_senior_doctor(
    call: Call, world: World, clock: FakeClock
) -> None:
    async with world.db.write() as db:
        for each in (await db.exec(select(Registration).where(Registration.staff_id == world.ids["expert"]))).all():
            await db.delete(each)
    _, item, _ = await signed(call, world, clock, senior=True)
    text = text_of(await printed(call, f"items/{item['id']}/note"))
    assert "查房记录" not in text.replace("查房单", "")
    for part in ("远程指导意见", "没有有效的多机构执业备案", "不计入上级医师查房", "本院上级医师审签", "chief"):
        assert part in text, part


async def test_before_it_is_countersigned_it_is_not_printed(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01")
    item = item_of(session, "01")
    status, said = await call("doctor", "GET", f"/rounds/items/{item['id']}/note/print")
    assert (status, said["reason"]) == (409, "note_unsigned")


async def test_a_whole_round_prints_its_list_and_is_noted_of_each_patient(
    call: Call, world: World, clock: FakeClock
) -> None:
    session, _, _ = await signed(call, world, clock)
    clock.move(minutes=6)
    before = {each.id for each in await rows(world.db, AuditEvent)}
    text = text_of(await printed(call, f"sessions/{session['id']}"))
    for part in ("查房单", "5病区", "卫长庚", "朱亢宿", "本次不查", "外出", "呋塞米改为口服40mg", "已审签"):
        assert part in text, part
    left = [each for each in await rows(world.db, AuditEvent) if each.id not in before]
    read = {each.patient_id for each in left if each.action == "read" and each.purpose == "print"}
    assert read == {world.ids["01"], world.ids["02"]}
    assert [each.action for each in left if each.action == "round.printed"] == ["round.printed"]


async def test_others_and_who_may_not_see_it_print_nothing(call: Call, world: World, clock: FakeClock) -> None:
    session, item, _ = await signed(call, world, clock)
    for who in ("jiashan_doctor", "neurologist"):
        assert (await call(who, "GET", f"/rounds/sessions/{session['id']}/print"))[0] == 404, who
        assert (await call(who, "GET", f"/rounds/items/{item['id']}/note/print"))[0] == 404, who
    status, said = await call("coordinator", "GET", f"/rounds/sessions/{session['id']}/print")
    assert (status, said["reason"]) == (409, "nobody_to_print")  # whom a round visits they do not see


async def test_who_follows_only_to_learn_takes_no_print(call: Call, world: World, clock: FakeClock) -> None:
    await consent(world, "01", Scope.consult, Scope.teaching, days=0.5)
    session, item, _ = await signed(call, world, clock)
    async with world.db.write() as db:
        query = select(AccountRole).where(AccountRole.account_id == world.ids["doctor2"])
        for each in (await db.exec(query)).all():
            await db.delete(each)
        db.add(AccountRole(account_id=world.ids["doctor2"], role=Role.trainee))
    assert (await call("doctor2", "GET", f"/rounds/items/{item['id']}/note/print"))[0] == 403
    assert (await call("doctor2", "GET", f"/rounds/sessions/{session['id']}/print"))[0] == 403
    assert (await shown(call, session["id"], "doctor2"))["items"]
