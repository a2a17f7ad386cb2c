"""一起阅片: who comes into a reading's room, who may invite whom, and what an invitation opens and for how long."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.access import grants
from telemed.access.model import CaseGrant, Role
from telemed.app import kinds
from telemed.audit.model import AuditEvent
from telemed.history.model import EventRow
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.people import service as people
from telemed.reading.activity import READING
from telemed.reading.model import Reading
from telemed.reading.together import end_lapsed
from telemed.studies.model import LinkState, StudyLink
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import tell_fact
from tests.telemed.reading.helpers import STUDY, issued, person, requested

IN_FOUR_HOURS = "2026-03-02T05:00:00Z"


async def ticket(call: Call, who: str, id: str) -> Any:
    return await call(who, "POST", f"/rooms/{id}/ticket", json={})


async def together(call: Call, who: str, id: str) -> Any:
    return await call(who, "GET", f"/readings/{id}/together")


async def invite(call: Call, world: World, by: str, whom: str, id: str) -> Any:
    return await call(by, "POST", f"/readings/{id}/invitations", json={"staff_id": str(world.ids[whom])})


async def test_whoever_may_open_the_reading_comes_into_its_room_and_nobody_else_knows_of_it(
    call: Call, study: UUID
) -> None:
    id = (await requested(call, study))["id"]
    for who in ("reader", "reader2", "chief_reader", "doctor", "radiographer"):
        status, out = await ticket(call, who, id)
        assert (status, out["role"], out["booked"], out["admits"]) == (200, "guest", True, False), who
    for stranger in ("expert", "coordinator", "jiashan_doctor"):
        for answer in (await ticket(call, stranger, id), await together(call, stranger, id)):
            assert (answer[0], "reading" in str(answer[1]) and "陈" in str(answer[1])) == (404, False), stranger
        assert (await call(stranger, "GET", f"/rooms/{id}/messages"))[0] == 404


async def test_its_ticket_opens_a_room_that_nobody_leads_for_the_study_alone(
    call: Call, study: UUID, world: World
) -> None:
    id = (await requested(call, study))["id"]
    await call("reader", "POST", f"/readings/{id}/claim", json={})
    _, out = await ticket(call, "reader", id)
    claims = claims_of(out["ticket"])
    assert (claims["room"], claims["room_kind"], claims["studies"]) == (id, "reading", [f"wuxi/{STUDY}"])
    assert (claims["grants"], claims["role"]) == (["publish", "subscribe"], "reader")


def claims_of(ticket: str) -> Any:
    body = ticket.split(".")[1]
    return json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))


async def test_a_break_glass_is_for_reading_alone(call: Call, study: UUID, world: World) -> None:
    id = (await requested(call, study))["id"]
    wanted = {"hospital_id": "wuxi", "number": f"W{STUDY[-5:]}", "cause": "emergency", "words": "患者转运途中病情恶化"}
    status, opened = await call("neurologist", "POST", "/break-glass", json=wanted)
    assert status == 201, opened
    assert (await call("neurologist", "GET", f"/readings/{id}"))[0] == 200
    status, answer = await ticket(call, "neurologist", id)
    assert (status, answer["reason"]) == (403, "break_glass_only_reads")
    assert (await together(call, "neurologist", id))[0] == 404


async def test_who_is_in_the_room_is_shown_to_who_may_open_it(call: Call, study: UUID, world: World) -> None:
    id = (await requested(call, study))["id"]
    await ticket(call, "reader", id)
    await tell_fact(world, UUID(id), "reader", "member.joined", NOW)
    _, out = await together(call, "reader2", id)
    assert [each["name"] for each in out["here"]] == ["reader"]
    await tell_fact(world, UUID(id), "reader", "member.left", NOW + timedelta(minutes=1))
    assert (await together(call, "reader2", id))[1]["here"] == []


async def test_an_invitation_opens_the_reading_for_four_hours_and_is_listed(
    call: Call, study: UUID, world: World, clock: FakeClock
) -> None:
    id = (await requested(call, study))["id"]
    status, out = await invite(call, world, "reader", "expert", id)
    assert status == 200, out
    (invited,) = out["invited"]
    assert (invited["person"]["name"], invited["by"]["name"]) == ("expert", "reader")
    assert (invited["until"], invited["mine"]) == (IN_FOUR_HOURS, True)
    assert (await ticket(call, "expert", id))[0] == 200
    status, seen = await call("expert", "GET", f"/readings/{id}")
    assert (status, seen["actions"]) == (200, []), "they look on, and act on nothing"
    (grant,) = [each for each in await rows(world.db, CaseGrant) if each.grantee == str(world.ids["expert"])]
    assert (grant.purpose, grant.allows) == ("reading together", ["annotate", "read"])
    async with world.db.read() as db:
        assert await READING.studies(db, [UUID(id)]) == {UUID(id): [("wuxi", STUDY)]}
    _, can_see = await call("reviewer", "GET", f"/audit/can-see?patient={seen['identity']['id']}")
    (listed,) = [each for each in can_see["items"] if each["why"] == "reads_together"]
    assert (listed["person"]["name"], listed["until"], listed["downloads"]) == ("expert", IN_FOUR_HOURS, False)
    (told,) = [each for each in await rows(world.db, Notice) if each.staff_id == world.ids["expert"]]
    _, notices = await call("expert", "GET", "/home/notices")
    assert [(each["ladder"], each["activity_id"], each["title"]) for each in notices["items"]] == [
        ("reading_together", id, "CT 胸部平扫")
    ]
    assert told.staff_id == world.ids["expert"]
    audited = [each.action for each in await rows(world.db, AuditEvent) if each.action.startswith("reading.inv")]
    assert audited == ["reading.invited"]
    clock.move(hours=4)
    assert (await ticket(call, "expert", id))[0] == 404, "it is over by itself"
    assert (await call("expert", "GET", f"/readings/{id}"))[0] == 404


async def test_an_invitation_that_is_over_ends_its_grant_so_that_the_room_hears_of_it(
    call: Call, study: UUID, world: World, clock: FakeClock
) -> None:
    id = (await requested(call, study))["id"]
    await invite(call, world, "reader", "expert", id)
    clock.move(hours=3, minutes=59)
    assert await end_lapsed(world.db, clock()) == {}
    assert [each.ended_at for each in await _theirs(world, "expert")] == [None]
    clock.move(minutes=1)
    assert await end_lapsed(world.db, clock()) == {}
    assert [each.ended_at for each in await _theirs(world, "expert")] == [clock()]
    assert await end_lapsed(world.db, clock()) == {}
    ended = [each for each in await rows(world.db, EventRow) if each.type == "reading.invitation_ended"]
    assert [each.data["staff_id"] for each in ended] == [str(world.ids["expert"])]


async def _theirs(world: World, who: str) -> list[CaseGrant]:
    return [each for each in await rows(world.db, CaseGrant) if each.grantee == str(world.ids[who])]


async def test_only_who_invited_somebody_ends_it(call: Call, study: UUID, world: World) -> None:
    id = (await requested(call, study))["id"]
    await invite(call, world, "reader", "expert", id)
    path = f"/readings/{id}/invitations/{world.ids['expert']}"
    status, answer = await call("reader2", "DELETE", path)
    assert (status, answer["reason"]) == (409, "not_your_invitation")
    status, out = await call("reader", "DELETE", path)
    assert (status, out["invited"]) == (200, [])
    assert (await ticket(call, "expert", id))[0] == 404
    assert (await call("reader", "DELETE", path))[0] == 404


async def test_again_it_lasts_four_hours_more(call: Call, study: UUID, world: World, clock: FakeClock) -> None:
    id = (await requested(call, study))["id"]
    await invite(call, world, "reader", "expert", id)
    clock.move(hours=2)
    _, out = await invite(call, world, "reader", "expert", id)
    assert [each["until"] for each in out["invited"]] == ["2026-03-02T07:00:00Z"]


@pytest.mark.parametrize("whom", ["reader2", "doctor2"])
async def test_who_may_open_it_already_is_told_and_gets_no_grant(
    call: Call, study: UUID, world: World, whom: str
) -> None:
    id = (await requested(call, study))["id"]
    status, out = await invite(call, world, "reader", whom, id)
    assert (status, out["invited"], await _theirs(world, whom)) == (200, [], [])
    _, notices = await call(whom, "GET", "/home/notices")
    assert "reading_together" in [each["ladder"] for each in notices["items"]]


async def test_who_sees_the_case_by_another_activity_is_given_its_images(call: Call, study: UUID, world: World) -> None:
    made = await requested(call, study)
    async with world.db.write() as db:
        row = await db.get_one(Reading, UUID(made["id"]))
        await grants.give(
            db, case_id=row.case_id, patient_id=row.patient_id, activity=Activity("consultation", new_id()),
            grantee=str(world.ids["expert"]), hospital_id="wuxi", allows=("read",), purpose="consult", by=None, now=NOW,
        )  # fmt: skip
    assert (await ticket(call, "expert", made["id"]))[0] == 200, "a grant opens the whole case"
    _, out = await invite(call, world, "reader", "expert", made["id"])
    assert len(out["invited"]) == 1


async def test_who_is_invited_again_before_the_end_was_noticed_stays(
    call: Call, study: UUID, world: World, clock: FakeClock
) -> None:
    id = (await requested(call, study))["id"]
    await invite(call, world, "reader", "expert", id)
    clock.move(hours=4, seconds=1)
    await invite(call, world, "reader", "expert", id)
    assert await end_lapsed(world.db, clock.now) == {}
    assert (await ticket(call, "expert", id))[0] == 200
    ended = [each for each in await rows(world.db, EventRow) if each.type == "reading.invitation_ended"]
    assert ended == []
    clock.move(hours=4)
    await end_lapsed(world.db, clock.now)
    assert (await ticket(call, "expert", id))[0] == 404
    assert [each.type for each in await rows(world.db, EventRow)].count("reading.invitation_ended") == 1


async def test_nobody_of_another_hospital_nobody_without_patients_and_no_guest_invites(
    call: Call, study: UUID, world: World
) -> None:
    id = (await requested(call, study))["id"]
    assert (await invite(call, world, "reader", "jiashan_doctor", id))[0] == 404
    assert (await call("reader", "POST", f"/readings/{id}/invitations", json={"staff_id": id}))[0] == 404
    status, answer = await invite(call, world, "reader", "admin", id)
    assert (status, answer["reason"]) == (409, "not_invitable")
    await invite(call, world, "reader", "expert", id)
    status, answer = await invite(call, world, "expert", "expert2", id)
    assert (status, answer["reason"]) == (409, "may_not_invite")
    assert (await invite(call, world, "expert2", "expert", id))[0] == 404
    assert (await together(call, "expert", id))[1]["may_invite"] is False
    assert (await invite(call, world, "doctor", "neurologist", id))[0] == 200, "who has requested it"


async def test_an_issued_report_ends_no_room_and_a_recalled_study_leaves_nothing_to_show(
    call: Call, study: UUID, world: World
) -> None:
    made = await issued(call, await requested(call, study))
    assert (await ticket(call, "reader", made["id"]))[0] == 200
    async with world.db.read() as db:
        assert await READING.room_over(db, UUID(made["id"])) is None
    async with world.db.write() as db:
        (await db.get_one(StudyLink, study)).state = LinkState.rejected
    _, out = await ticket(call, "reader2", made["id"])
    claims = claims_of(out["ticket"])
    assert claims["studies"] == []


async def test_who_loses_the_role_may_not_stay(call: Call, study: UUID, world: World) -> None:
    id = UUID((await requested(call, study))["id"])
    await person(world, "leaver", "ruijin", Role.quality_officer)
    async with world.db.read() as db:
        kind, _ = await kinds().find(db, id)
        assert kind is READING
        assert await READING.may_stay(db, await people.actor(db, world.ids["reader"]), id, NOW)
        assert not await READING.may_stay(db, await people.actor(db, world.ids["leaver"]), id, NOW)
        assert not await grants.has(db, id, str(world.ids["leaver"]), NOW)


async def test_whoever_is_invited_reads_the_report_and_takes_no_copy(call: Call, study: UUID, world: World) -> None:
    out = await issued(call, await requested(call, study))
    path = f"/readings/{out['id']}"
    assert (await invite(call, world, "chief_reader", "expert", out["id"]))[0] == 200
    _, shown = await call("expert", "GET", path)
    assert (shown["report"]["impression"], shown["may_download"]) == (out["report"]["impression"], False)
    for form in ("record", "sr", "fhir"):
        status, answer = await call("expert", "GET", f"/reports/{out['report']['id']}/{form}")
        assert (status, answer["reason"]) == (403, "only_to_read"), form
    for who in ("reader", "doctor", "radiographer"):
        assert (await call(who, "GET", path))[1]["may_download"], who
        assert (await call(who, "GET", f"/reports/{out['report']['id']}/fhir"))[0] == 200, who
