"""A consent taken from a round's list: for whom none covers this stay, it is recorded, printed, signed and filed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.cases.events import ConsentChanged, ConsentRecorded, ConsentWithdrawn, OfConsent
from telemed.cases.model import Consent
from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.rounds import hearing
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import RoundState
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Notice, WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.requests.helpers import upload
from tests.telemed.rounds.helpers import confirm, consent, done, item_of, listed, live, shown, withdraw
from tests.telemed.rounds.noting import asked

BY_PATIENT = {"kind": "patient", "scopes": ["consult", "imaging"]}


async def taken(call: Call, item: Any, who: str = "doctor", **more: Any) -> tuple[int, Any]:
    return await call(who, "POST", f"/rounds/items/{item['id']}/consents", json=BY_PATIENT | more)


async def filed(call: Call, item: Any, made: Any) -> tuple[int, Any]:
    path = f"/rounds/items/{item['id']}/consents/{made['id']}/paper"
    return await call("doctor", "POST", path, json={"file_id": await upload(call, "consent")})


async def offered(call: Call, item: Any) -> list[tuple[str, str]]:
    status, out = await call("doctor", "GET", f"/rounds/items/{item['id']}/consents")
    assert status == 200, out
    return [(each["id"], each["state"]) for each in out["items"]]


async def test_it_is_recorded_printed_and_filed_and_then_the_patient_is_confirmed(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    item = item_of(session, "03")
    refused = await call("doctor", "POST", f"/rounds/items/{item['id']}/confirm", json={}, match=item["version"])
    assert refused[1]["reason"] == "no_consent"
    assert await offered(call, item) == []
    status, made = await taken(call, item)
    assert (status, made["state"], made["activity"], made["activity_id"]) == (201, "paper", "round", item["id"])
    status, pdf = await call("doctor", "GET", f"/rounds/items/{item['id']}/consents/{made['id']}/form")
    assert (status, pdf[:5]) == (200, b"%PDF-")
    assert (await filed(call, item, made))[1]["state"] == "in_force"
    assert await offered(call, item) == [(made["id"], "in_force")]
    session = await confirm(call, await shown(call, session["id"], "doctor"), "03")
    assert item_of(session, "03")["consent"] == "in_force"
    assert [each["bed"] for each in (await shown(call, session["id"], "expert"))["items"]] == ["03"]
    kept = {each.bed: each for each in await rows(world.db, RoundItem)}["03"]
    paper = (await rows(world.db, Consent))[0]
    assert (str(kept.consent_id), kept.case_id) == (made["id"], paper.case_id)


async def test_a_relative_or_two_witnesses_do_and_an_emergency_is_said_on_confirming(
    call: Call, world: World, clock: FakeClock
) -> None:
    item = item_of(await listed(call, world, clock), "03")
    status, out = await taken(call, item, kind="emergency", reason="休克", attempts="电话未通")
    assert (status, out["reason"]) == (422, "emergency_by_words")
    status, out = await taken(call, item, kind="telephone", given_by="秦女士", relation="女儿", witnesses=["甲", "乙"])
    assert (status, out["state"]) == (201, "in_force")
    status, out = await taken(call, item, kind="relative", given_by="秦女士", relation="女儿")
    assert (status, out["state"], out["lacking"]) == (201, "incomplete", ["reason"])


async def test_what_covers_the_stay_already_is_shown_and_what_was_withdrawn_is_not(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    elsewhere = await consent(world, "01")
    assert await offered(call, item_of(session, "01")) == [(str(elsewhere), "in_force")]
    await withdraw(world, clock, elsewhere)
    assert await offered(call, item_of(session, "01")) == []


async def test_withdrawn_while_another_covers_the_stay_the_lead_still_sees_the_patient(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    item = item_of(session, "03")
    elsewhere = await consent(world, "03")
    _, made = await taken(call, item)
    await filed(call, item, made)
    await confirm(call, await shown(call, session["id"], "doctor"), "03")
    used = {each.bed: each.consent_id for each in await rows(world.db, RoundItem)}["03"]
    assert used == UUID(made["id"])
    status, out = await call("doctor", "POST", f"/consents/{used}/withdraw", json={"reason": "重签"})
    assert status == 200, out
    await withdraw(world, clock, used)  # rounds hear of it
    assert [each["bed"] for each in (await shown(call, session["id"], "expert"))["items"]] == ["03"]
    await withdraw(world, clock, elsewhere)
    assert (await shown(call, session["id"], "expert"))["items"] == []


async def test_only_the_wards_doctors_take_it_and_for_the_patient_of_this_bed_alone(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    item, other = item_of(session, "03"), item_of(session, "04")
    for who, expected in (("nurse", 403), ("expert", 403), ("jiashan_doctor", 404)):
        status, out = await taken(call, item, who)
        assert status == expected, (who, out)
    _, made = await taken(call, item)
    for path in ("form", "paper"):
        at = f"/rounds/items/{other['id']}/consents/{made['id']}/{path}"
        body = {"file_id": await upload(call, "consent")} if path == "paper" else None
        status, out = await call("doctor", "POST" if body else "GET", at, json=body)
        assert status == 404, out
    status, out = await call("doctor", "GET", f"/consents/{made['id']}/form")  # it is no consultation's
    assert status == 404, out


BY_TELEPHONE: dict[str, Any] = {
    "kind": "telephone",
    "given_by": "秦女士",
    "relation": "女儿",
    "witnesses": ["甲", "乙"],
}


async def of(world: World, clock: FakeClock, made: Any, event: type[OfConsent] = ConsentRecorded, **more: Any) -> None:
    """Rounds hear what became of a consent that was taken at a list, twice."""
    news = event(id=UUID(made["id"]), number=made["number"], kind=made["kind"], scopes=(), **more)
    about = About("wuxi", activity=made["activity"], activity_id=UUID(made["activity_id"]))
    for _ in range(2):
        async with world.db.write() as db:
            await hearing.consents_changed(db, Heard(new_id(), news, about, clock(), clock()))


async def test_the_paper_of_a_telephone_consent_is_asked_of_who_took_it_until_it_is_filed_also_after_the_round(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    item = item_of(session, "03")
    _, made = await taken(call, item, **BY_TELEPHONE)
    await of(world, clock, made)
    due = clock() + timedelta(hours=24)
    owed = {"bed": "03", "consent_id": made["id"], "number": made["number"]}
    assert await asked(world, "consent") == [("consent", "doctor", due, owed)]
    session = await confirm(call, await shown(call, session["id"]), "03")
    assert item_of(session, "03")["paper_due"] is True
    for late in (timedelta(), timedelta(hours=1)):
        clock.now = due + late
        assert await take_due(world.db, clock(), on_duty) == {}
    names = {id: name for name, id in world.ids.items() if isinstance(id, UUID)}
    assert {names[each.staff_id] for each in await rows(world.db, Notice)} >= {"doctor", "chief"}
    async with world.db.write() as db:
        (await db.get_one(RoundSession, UUID(session["id"]))).state = RoundState.closed
    status, out = await filed(call, item, made)
    assert (status, out["paper_due"]) == (200, False), out
    assert await asked(world, "consent") == []
    assert {each.outcome for each in await rows(world.db, WorkItem) if each.kind == "consent"} == {"done"}


async def test_another_kind_on_second_thought_or_a_withdrawal_asks_for_no_paper_any_more(
    call: Call, world: World, clock: FakeClock
) -> None:
    item = item_of(await listed(call, world, clock), "03")
    _, made = await taken(call, item)
    await of(world, clock, made)
    assert await asked(world, "consent") == []
    status, made = await call("doctor", "PUT", f"/consents/{made['id']}", json=BY_PATIENT | BY_TELEPHONE, match=1)
    assert status == 200, made
    await of(world, clock, made, ConsentChanged)
    assert [each[:2] for each in await asked(world, "consent")] == [("consent", "doctor")]
    status, out = await call("doctor", "POST", f"/consents/{made['id']}/withdraw", json={"reason": "改主意"})
    assert status == 200, out
    await of(world, clock, made, ConsentWithdrawn, reason="改主意", still_consented=False)
    assert await asked(world, "consent") == []
    assert {each.outcome for each in await rows(world.db, WorkItem) if each.kind == "consent"} == {"withdrawn"}


async def test_whoever_a_late_paper_is_told_to_can_file_it_or_say_that_it_cannot_be_had(
    call: Call, world: World, clock: FakeClock
) -> None:
    item = item_of(await listed(call, world, clock), "03")
    _, made = await taken(call, item, **BY_TELEPHONE)
    await of(world, clock, made)
    path, why = f"/rounds/items/{item['id']}/consents/{made['id']}", {"code": "left", "reason": "已回原籍"}
    for who in ("chief", "reviewer", "duty"):
        status, out = await call(who, "GET", f"/rounds/items/{item['id']}/consents")
        assert (status, [each["id"] for each in out["items"]]) == (200, [made["id"]]), (who, out)
    for who, expected in (("doctor", 403), ("expert", 403), ("coordinator", 403)):
        assert (await call(who, "POST", f"{path}/unobtainable", json=why))[0] == expected, who
    file_id = await upload(call, "consent", who="reviewer")
    status, out = await call("reviewer", "POST", f"{path}/unobtainable", json=why)
    assert (status, out["paper_due"], out["state"]) == (200, False, "in_force"), out
    assert await asked(world, "consent") == []
    status, out = await call("reviewer", "POST", f"{path}/paper", json={"file_id": file_id})  # it has come after all
    assert (status, out["state"]) == (200, "in_force"), out


async def test_once_the_round_is_over_nothing_is_taken_at_its_list(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01")
    item = item_of(await shown(call, session["id"]), "01")
    await done(call, clock, session["id"], "expert", "skip", item, reason="外出")
    await done(call, clock, session["id"], "expert", "complete")
    status, out = await taken(call, item)
    assert (status, out["reason"]) == (409, "no_list")
