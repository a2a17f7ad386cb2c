"""Notes: begun from what the round said, submitted, changed and countersigned at the hub; guidance; and the end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from telemed.access.model import CaseGrant
from telemed.documents.canonical import intact
from telemed.rounds import note_queries
from telemed.rounds.closing import close_all
from telemed.rounds.model import RoundItem, RoundNote
from telemed.rounds.printed import SIGNED
from telemed.rounds.rules import signed_as
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import at_bed, bed_of, done, instructed, item_of, live, shown, withdraw
from tests.telemed.rounds.noting import TEXT, asked, post, put, unregister


async def visited(call: Call, world: World, clock: FakeClock) -> tuple[Any, Any]:
    """A round of two beds of which one was visited; it is over."""
    session = await live(call, world, clock, "01", "02")
    item = await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "doctor", "say", item, text="容量负荷好转")
    await done(call, clock, session["id"], "expert", "skip", item_of(session, "02"), reason="外出")
    clock.move(minutes=10)
    await done(call, clock, session["id"], "expert", "complete")
    return await shown(call, session["id"]), item


async def note(call: Call, item: Any, who: str = "doctor") -> Any:
    status, out = await call(who, "GET", f"/rounds/items/{item['id']}/note")
    assert status == 200, out
    return out


async def submitted(call: Call, world: World, clock: FakeClock) -> tuple[Any, Any, Any]:
    session, item = await visited(call, world, clock)
    status, out = await put(call, item, 0)
    assert status == 200, out
    status, out = await post(call, item, "submit", out["version"], "doctor")
    assert status == 200, out
    return session, item, out


async def overwrite(world: World) -> None:
    async with world.db.write() as db:
        kept = (await db.exec(select(RoundNote))).one()
        kept.plan = "别的"


async def waiting(call: Call, who: str, show: str = "mine") -> list[tuple[str, str]]:
    status, out = await call(who, "GET", f"/rounds/notes?show={show}")
    assert status == 200, out
    return [(each["bed"], each["waits"]) for each in out["items"]]


async def test_its_plan_begins_with_what_was_instructed(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01", "02")
    item = await at_bed(call, clock, session, "01")
    for text in ("三天后复查肌酐", "记 24 小时出入量"):
        await instructed(call, clock, session, item, text=text)
    assert (await note(call, item))["plan"] == "三天后复查肌酐\n记 24 小时出入量"


async def test_it_begins_with_what_the_round_said(call: Call, world: World, clock: FakeClock) -> None:
    _, item = await visited(call, world, clock)
    out = await note(call, item)
    assert (out["version"], out["assessment"], out["rank"]) == (0, "容量负荷好转", "chief")
    assert out["may"] == ["write", "submit"]
    assert await waiting(call, "doctor") == [("01", "write")]
    assert await waiting(call, "expert") == []


async def test_it_is_written_submitted_changed_and_countersigned(call: Call, world: World, clock: FakeClock) -> None:
    session, item, out = await submitted(call, world, clock)
    assert (out["state"], out["may"]) == ("noted", [])
    assert await waiting(call, "expert") == [("01", "countersign")]
    assert await waiting(call, "expert2") == []  # of the pool, and sees nobody of it
    changed = TEXT | {"assessment": "容量负荷好转，肾功能须复查"}
    status, out = await post(call, item, "countersign", out["version"], "expert", changed)
    assert (status, out["state"], out["kind"]) == (200, "countersigned", "round_note")
    assert (out["assessment"], out["submitted"]["assessment"]) == (changed["assessment"], TEXT["assessment"])
    kept = (await rows(world.db, RoundNote))[0]
    said = intact(kept.canonical, kept.sha256)
    assert said is not None
    assert (said["rank"], said["patient"]["name"], said["text"]["plan"]) == ("主任医师查房", "卫长庚", "三天后复查")
    assert (await shown(call, session["id"]))["state"] == "closed"
    assert await waiting(call, "doctor", "signed") == [("01", "signed")]


async def test_signed_it_never_changes(call: Call, world: World, clock: FakeClock) -> None:
    _, item, out = await submitted(call, world, clock)
    await post(call, item, "countersign", out["version"], "expert", TEXT)
    out = await note(call, item)
    assert (await put(call, item, out["version"]))[1]["reason"] == "note_signed"
    for what, who, body in (
        ("submit", "doctor", None),
        ("return", "expert", {"words": "再改"}),
        ("countersign", "expert", TEXT),
    ):
        status, refused = await post(call, item, what, out["version"], who, body)
        assert (status, refused["reason"]) == (409, "note_signed"), what
    with pytest.raises(DatabaseError):
        await overwrite(world)


async def test_it_goes_back_with_words_and_is_submitted_again(call: Call, world: World, clock: FakeClock) -> None:
    _, item, out = await submitted(call, world, clock)
    status, out = await post(call, item, "return", out["version"], "expert", {"words": "补充心电图"})
    assert (status, out["state"], out["return_words"]) == (200, "discussed", "补充心电图")
    assert await waiting(call, "doctor") == [("01", "write")]
    status, out = await put(call, item, out["version"], condition="夜间平卧，窦律")
    status, out = await post(call, item, "submit", out["version"], "doctor")
    assert (status, out["return_words"]) == (200, "")


async def printed_as(world: World) -> list[str]:
    """As what the print of a round calls its signed notes."""
    return [SIGNED[signed] for each in await rows(world.db, RoundNote) if (signed := signed_as(each))]


async def test_who_is_not_registered_gives_guidance_that_the_branchs_senior_doctor_signs(
    call: Call, world: World, clock: FakeClock
) -> None:
    await unregister(world, "expert")
    session, item, out = await submitted(call, world, clock)
    status, said = await post(call, item, "countersign", out["version"], "chief", TEXT)
    assert (status, said["reason"], said["signer"]) == (409, "hub_first", "expert")
    status, out = await post(call, item, "countersign", out["version"], "expert", TEXT)
    assert (status, out["state"], out["kind"], out["signed_at"]) == (200, "noted", "guidance", None)
    assert await waiting(call, "chief") == [("01", "senior")]
    status, said = await post(call, item, "countersign", out["version"], "expert", TEXT)
    assert (status, said["reason"]) == (409, "waits_for_senior")
    status, said = await post(call, item, "countersign", out["version"], "chief", TEXT | {"plan": "别的"})
    assert (status, said["reason"]) == (409, "guidance_as_given")
    status, out = await post(call, item, "countersign", out["version"], "chief", TEXT)
    assert (status, out["state"], out["senior_by"]["name"]) == (200, "countersigned", "chief")
    session = await shown(call, session["id"])
    assert (session["state"], item_of(session, "01")["signed_as"]) == ("closed", "guidance")
    assert await printed_as(world) == ["远程指导意见，本院上级医师已签"]


async def test_what_the_hub_may_see_no_more_the_branchs_senior_doctor_signs_alone_and_the_round_closes(
    call: Call, world: World, clock: FakeClock
) -> None:
    session, item, out = await submitted(call, world, clock)
    resting = {each.bed: each.consent_id for each in await rows(world.db, RoundItem)}["01"]
    assert resting is not None
    clock.move(hours=30)  # longer than a countersignature may take: the senior doctor has their time from now on
    await withdraw(world, clock, resting)
    assert await waiting(call, "expert") == []
    assert (await post(call, item, "countersign", out["version"], "expert", TEXT))[0] == 404
    assert [each[:3] for each in await asked(world)] == [
        ("countersign_round_note", "senior_doctor", clock() + timedelta(hours=24))
    ]
    assert await waiting(call, "chief") == [("01", "senior")]
    out = await note(call, item, "chief")
    assert (out["hub_sees"], out["may"]) == (False, ["countersign"])
    changed = TEXT | {"plan": "本院复查"}
    status, out = await post(call, item, "countersign", out["version"], "chief", changed)
    assert (status, out["state"], out["kind"], out["hub_by"]) == (200, "countersigned", None, None)
    kept = (await rows(world.db, RoundNote))[0]
    said = intact(kept.canonical, kept.sha256)
    assert said is not None
    assert (said["rank"], said["text"]["plan"], said["print"]["title"]) == ("", "本院复查", "查房记录")
    assert "未经主查审签" in said["print"]["guidance"]
    assert [each["part"] for each in said["print"]["signatures"]] == ["书写医师", "本院上级医师审签"]
    session = await shown(call, session["id"])
    assert (session["state"], item_of(session, "01")["signed_as"]) == ("closed", "ward")
    assert await printed_as(world) == ["本院上级医师已签，主查未审签"]
    assert await asked(world) == []


async def test_nobody_else_writes_or_signs(call: Call, world: World, clock: FakeClock) -> None:
    _, item, out = await submitted(call, world, clock)
    for who, expected in (("nurse", 403), ("doctor2", 403), ("neurologist", 404), ("jiashan_doctor", 403)):
        assert (await post(call, item, "countersign", out["version"], who, TEXT))[0] == expected, who
    assert (await put(call, item, out["version"], "nurse"))[0] == 403
    assert (await call("neurologist", "GET", f"/rounds/items/{item['id']}/note"))[0] == 404


async def test_what_is_missing_is_named_and_the_older_of_two_is_told(
    call: Call, world: World, clock: FakeClock
) -> None:
    _, item = await visited(call, world, clock)
    status, out = await put(call, item, 0, assessment=" ")
    status, said = await post(call, item, "submit", out["version"], "doctor")
    assert (status, said["missing"]) == (422, ["assessment"])
    assert (await put(call, item, 0))[0] == 412
    session = await shown(call, (await note(call, item))["session_id"])
    other = item_of(session, "02")
    assert (await put(call, other, 0))[1]["reason"] == "not_visited"


async def test_it_closes_once_its_instructions_have_ended_and_is_seen_for_a_week(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    await done(call, clock, session["id"], "expert", "complete")
    _, out = await put(call, item, 0)
    _, out = await post(call, item, "submit", out["version"], "doctor")
    await post(call, item, "countersign", out["version"], "expert", TEXT)
    assert (await shown(call, session["id"]))["state"] == "signed"
    await done(call, clock, session["id"], "doctor", "read_back", instruction_id=given["id"], text="口服四十毫克")
    given = (await bed_of(call, session, item))["instructions"][0]
    path = f"/rounds/instructions/{given['id']}/decline"
    assert (await call("doctor", "POST", path, json={"reason": "已改口服"}, match=given["version"]))[0] == 200
    assert await close_all(world.db, clock()) == {}
    assert (await shown(call, session["id"]))["state"] == "closed"
    patient = f"/patients/{world.ids['01']}"
    clock.move(days=6)
    assert (await call("expert", "GET", patient))[0] == 200
    clock.move(days=1, minutes=1)
    assert (await call("expert", "GET", patient))[0] == 404
    assert {each.until for each in await rows(world.db, CaseGrant)} == {clock() - timedelta(minutes=1)}


async def test_what_was_signed_last_stands_first_and_the_oldest_is_cut_off(
    call: Call, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await live(call, world, clock, "01", "02", "03")
    for bed in ("01", "02", "03"):
        await at_bed(call, clock, session, bed)
    await done(call, clock, session["id"], "expert", "complete")
    for bed in ("02", "01", "03"):
        item = item_of(session, bed)
        _, out = await put(call, item, 0)
        _, out = await post(call, item, "submit", out["version"], "doctor")
        clock.move(minutes=1)
        status, out = await post(call, item, "countersign", out["version"], "expert", TEXT)
        assert status == 200, out
    assert await waiting(call, "doctor", "signed") == [(each, "signed") for each in ("03", "01", "02")]
    monkeypatch.setattr(note_queries, "MOST", 2)
    assert await waiting(call, "doctor", "signed") == [(each, "signed") for each in ("03", "01")]


async def test_a_round_without_a_bed_to_write_of_closes_by_itself(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01")
    await done(call, clock, session["id"], "expert", "complete")
    assert await close_all(world.db, clock()) == {}
    assert (await shown(call, session["id"]))["state"] == "closed"
