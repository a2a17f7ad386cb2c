"""A consent taken from a round's list: for whom none covers this stay, it is recorded, printed, signed and filed."""

from typing import Any
from uuid import UUID

from telemed.cases.model import Consent
from telemed.rounds.model import RoundItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.requests.helpers import upload
from tests.telemed.rounds.helpers import confirm, consent, done, item_of, listed, live, shown, withdraw

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


async def test_once_the_round_is_over_nothing_is_taken_at_its_list(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01")
    item = item_of(await shown(call, session["id"]), "01")
    await done(call, clock, session["id"], "expert", "skip", item, reason="外出")
    await done(call, clock, session["id"], "expert", "complete")
    status, out = await taken(call, item)
    assert (status, out["reason"]) == (409, "no_list")
