"""The log: one call writes the kept row and the news; it is read on by who may, and holds no patient data then."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from telemed.access.model import AccountRole, Role
from telemed.activities.events import ParticipantJoined
from telemed.cases.events import ConsentWithdrawn, PacketAdded
from telemed.cases.model import ConsentKind, ItemKind
from telemed.db import Database
from telemed.history.consumers import Consumer, Heard
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.history.print import print_events
from telemed.history.service import emit, hint
from telemed.kit.events import Outbox, deliver
from telemed.kit.table import new_id
from telemed.rooms.events import DeviceTested
from telemed.work.events import WorkChanged
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import signed
from tests.telemed.requests.helpers import complete, submit

PATIENT = ("陈远山", "0026118842", "胸背痛", "TY-")


async def _quality_officer(world: World, who: str) -> None:
    async with world.db.write() as db:
        db.add(AccountRole(account_id=world.ids[who], role=Role.quality_officer))


async def _all(call: Call, who: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        status, page = await call(who, "GET", "/history", params=query | ({"after": after} if after else {}))
        assert status == 200, page
        found += page["items"]
        after = page["next"]
        if not page["more"]:
            return found


async def test_one_call_writes_the_kept_row_and_the_news_under_one_id(world: World) -> None:
    person, activity = new_id(), new_id()
    about = About("wuxi", "ruijin", case_id=new_id(), activity="consultation", activity_id=activity)
    async with world.db.write() as db:
        id = emit(db, ParticipantJoined(staff_id=person), about, NOW, at=NOW - timedelta(minutes=3))
    (row,), (told,) = await rows(world.db, EventRow), await rows(world.db, Outbox)
    assert (row.id, told.id, row.type, told.type) == (id, id, "participant.joined", "participant.joined")
    assert (row.occurred_at, row.recorded_at) == (NOW - timedelta(minutes=3), NOW)
    heard: list[Heard] = []

    async def hear(_db: object, news: Heard) -> None:
        heard.append(news)

    await deliver(world.db, {"test": Consumer("test", (ParticipantJoined,), hear)}, NOW)
    (news,) = heard
    assert (news.event, news.about, news.id) == (ParticipantJoined(staff_id=person), about, id)
    assert (news.occurred_at, news.recorded_at) == (row.occurred_at, NOW)


async def test_what_rolls_back_is_neither_kept_nor_told(world: World) -> None:
    async def fails() -> None:
        async with world.db.write() as db:
            emit(db, DeviceTested(camera=True, microphone=True, network=True), About("wuxi"), NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert (await rows(world.db, EventRow), await rows(world.db, Outbox)) == ([], [])


async def test_a_hint_is_told_and_not_kept(world: World) -> None:
    async with world.db.write() as db:
        hint(db, WorkChanged(to="role:wuxi:reviewer", about_id=new_id()), About("wuxi"), NOW)
    assert [each.type for each in await rows(world.db, Outbox)] == ["work.changed"]
    assert await rows(world.db, EventRow) == []


async def test_a_consumer_gets_only_what_it_hears(world: World) -> None:
    heard: list[str] = []

    async def hear(_db: object, news: Heard) -> None:
        heard.append(news.event.type)

    async with world.db.write() as db:
        emit(db, DeviceTested(camera=True, microphone=True, network=True), About("wuxi"), NOW)
        hint(db, WorkChanged(to="x", about_id=new_id()), About("wuxi"), NOW)
        db.add(Outbox(type="weather.changed", data={}, occurred_at=NOW))  # of another release
    await deliver(world.db, {"test": Consumer("test", (DeviceTested,), hear)}, NOW)
    assert heard == ["device.tested"]
    assert all(each.delivered_at for each in await rows(world.db, Outbox))


@pytest.mark.parametrize("statement", ["UPDATE event SET actor_name = 'x'", "DELETE FROM event"])
async def test_the_database_refuses_to_change_the_log(db: Database, world: World, statement: str) -> None:
    async with db.write() as session:
        emit(session, DeviceTested(camera=True, microphone=True, network=True), About("wuxi"), NOW)
    with pytest.raises(DBAPIError, match="append only"):
        async with db.writer.begin() as connection:
            await connection.exec_driver_sql(statement)


async def test_the_actor_stands_there_as_they_were(call: Call, world: World) -> None:
    await call("doctor", "POST", "/device-tests", json={"camera": True, "microphone": True, "network": False})
    (row,) = await rows(world.db, EventRow)
    assert (row.type, row.hospital_id, row.actor_hospital, row.actor_id) == (
        "device.tested",
        "wuxi",
        "wuxi",
        world.ids["doctor"],
    )
    assert row.actor_role == "accompanying_physician bed_doctor requesting_doctor"
    assert row.data == {"camera": True, "microphone": True, "network": False}


@pytest.mark.parametrize(("who", "expected"), [(None, 401), ("doctor", 403), ("coordinator", 403), ("admin", 200)])
async def test_the_log_is_for_quality_officers_and_administrators(
    call: Call, world: World, who: str | None, expected: int
) -> None:
    assert (await call(who, "GET", "/history"))[0] == expected


async def test_a_hospital_reads_what_is_its_own_and_what_it_takes_part_in(call: Call, world: World) -> None:
    await _quality_officer(world, "doctor2")
    await _quality_officer(world, "jiashan_doctor")
    row = await complete(call)
    assert (await submit(call, row))[0] == 200
    wuxi = await _all(call, "doctor2")
    assert {"case.opened", "consent.recorded", "packet.added", "consultation.submitted"} <= {e["type"] for e in wuxi}
    assert {each["hospital_id"] for each in wuxi} == {"wuxi"}
    assert await _all(call, "jiashan_doctor") == []
    assert await _all(call, "admin") == []  # the hub's: nothing was approved yet


async def test_the_hub_reads_a_consultation_from_its_approval_on_and_never_the_branchs_papers(
    call: Call, world: World
) -> None:
    await signed(call, world)
    hub = await _all(call, "admin")
    types = {each["type"] for each in hub}
    assert "consultation.signed" in types
    assert {"wuxi", "ruijin"} == {each["hospital_id"] for each in hub} | {each["partner_id"] for each in hub} - {None}
    assert not {each for each in types if each.startswith(("packet.", "consent.", "case."))}
    assert "consultation.submitted" not in types


async def test_neither_the_route_nor_the_command_says_who_the_patient_is(
    call: Call, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await _quality_officer(world, "doctor2")
    row = await complete(call)
    await submit(call, row)
    patient = UUID(row["patient"]["id"])
    about = About("wuxi", case_id=new_id(), patient_id=patient, activity="consultation", activity_id=new_id())
    async with world.db.write() as db:
        title = "陈远山 心电图"
        emit(db, PacketAdded(id=new_id(), kind=ItemKind.file, title=title, version=1), about, NOW)
        gone = ConsentWithdrawn(
            id=new_id(), number="TY-1", kind=ConsentKind.patient, reason="陈远山要求", still_consented=False
        )
        emit(db, gone, about, NOW, by=world.actor("doctor"))
    said = json.dumps(await _all(call, "doctor2"), ensure_ascii=False)
    await print_events(str(world.db.writer.url), None, as_json=True)
    printed = capsys.readouterr().out
    await print_events(str(world.db.writer.url), None, as_json=False)
    printed += capsys.readouterr().out
    for text in (said, printed):
        assert "consent.withdrawn" in text
        assert str(patient) in text
        assert not [each for each in (*PATIENT, "许知遥", "doctor@") if each in text]


async def test_pages_go_on_where_the_last_one_ended_and_belong_to_their_reader(call: Call, world: World) -> None:
    await _quality_officer(world, "doctor2")
    await _quality_officer(world, "reviewer")
    row = await complete(call)
    await submit(call, row)
    whole = await _all(call, "doctor2")
    assert len(whole) > 5
    assert await _all(call, "doctor2", limit=2) == whole
    assert [each["id"] for each in whole] == sorted(each["id"] for each in whole)
    _, page = await call("doctor2", "GET", "/history", params={"limit": 2})
    assert (await call("reviewer", "GET", "/history", params={"after": page["next"]}))[0] == 422
    assert (await call("doctor2", "GET", "/history", params={"after": "nonsense"}))[0] == 422
    assert (await call("doctor2", "GET", "/history", params={"limit": 0}))[0] == 422


async def test_the_last_page_says_where_to_go_on_when_more_has_happened(call: Call) -> None:
    tested = {"camera": True, "microphone": True, "network": False}
    _, nothing = await call("admin", "GET", "/history")
    assert (nothing["items"], nothing["more"]) == ([], False)
    await call("coordinator", "POST", "/device-tests", json=tested)
    for _ in range(2):  # nothing is lost by asking twice
        _, page = await call("admin", "GET", "/history", params={"after": nothing["next"]})
        assert ([each["type"] for each in page["items"]], page["more"]) == (["device.tested"], False)
    _, last = await call("admin", "GET", "/history", params={"after": page["next"]})
    assert (last["items"], last["next"]) == ([], page["next"])


async def test_the_command_goes_on_after_an_id(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    async with world.db.write() as db:
        tested = DeviceTested(camera=True, microphone=True, network=True)
        ids = [emit(db, tested, About("wuxi"), NOW) for _ in range(3)]
    await print_events(str(world.db.writer.url), ids[0], as_json=True)
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["id"] for each in printed] == [str(ids[1]), str(ids[2])]


async def test_a_row_of_another_release_is_shown_without_its_data(call: Call, world: World) -> None:
    async with world.db.write() as db:
        for kind, data in (("weather.changed", {"who": "陈远山"}), ("device.tested", {"camera": "陈远山"})):
            db.add(EventRow(type=kind, occurred_at=NOW, recorded_at=NOW, hospital_id="ruijin", data=data))
    assert [(each["type"], each["data"]) for each in await _all(call, "admin")] == [
        ("weather.changed", {}),
        ("device.tested", {}),
    ]


async def test_the_clocks_can_be_computed_from_the_log_alone(call: Call, world: World) -> None:
    id, _ = await signed(call, world)
    async with world.db.read() as db:
        query = select(EventRow).where(EventRow.activity_id == UUID(id), EventRow.type == "consultation.signed")
        row = (await db.exec(query)).one()
    assert {"urgency", "mode", "hub_id", "sign_due_at", "due_at", "opinion_id", "number", "advice"} <= row.data.keys()
    assert row.actor_role == "lead"
    assert next(sorted(each) for each in row.data["advice"]) == ["advice_id", "due", "due_at", "kind", "n"]
