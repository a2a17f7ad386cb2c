"""What becomes of a list when patients move, consents end, and rounds are called off or never ended."""

from telemed.access.model import CaseGrant
from telemed.people.model import Ward
from telemed.rounds.model import RoundItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import (
    admit,
    confirm,
    consent,
    done,
    item_of,
    leaves,
    listed,
    live,
    sessions,
    shown,
    sweep,
    withdraw,
)


async def test_who_leaves_the_ward_leaves_the_list_and_who_changes_beds_is_found_there(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    for bed in ("01", "02", "03"):
        await consent(world, bed)
        session = await confirm(call, session, bed)
    async with world.db.write() as db:
        other = Ward(hospital_id="wuxi", code="6", name="6 病区")
        db.add(other)
        await db.flush()
        elsewhere = other.id
    await leaves(world, "01")
    await leaves(world, "02", to_ward=elsewhere)
    await sweep(world, clock)
    session = await shown(call, session["id"])
    assert [each["bed"] for each in session["items"]] == ["03", "04"]
    why = {each.bed: each.why for each in await rows(world.db, RoundItem) if each.state == "removed"}
    assert why == {"01": "discharged", "02": "moved"}
    live_ = [each for each in await rows(world.db, CaseGrant) if each.ended_at is None]
    assert {each.patient_id for each in live_} == {world.ids["03"]}


async def test_a_round_that_is_called_off_is_seen_by_nobody_and_frees_its_time(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    session = await confirm(call, session, "01")
    path = f"/rounds/sessions/{session['id']}/cancel"
    status, said = await call("coordinator", "POST", path, json={}, match=session["version"])
    assert (status, said["reason"]) == (422, "reason_needed")
    status, out = await call("coordinator", "POST", path, json={"reason": "主查急诊手术"}, match=session["version"])
    assert (status, out["state"], out["why"]) == (200, "cancelled", "主查急诊手术")
    assert all(each.ended_at is not None for each in await rows(world.db, CaseGrant))
    busy = {"kind": "clinic", "title": "", "starts_at": session["starts_at"], "ends_at": session["ends_at"]}
    assert (await call("expert", "POST", "/calendar/busy", json=busy))[0] == 201


async def test_what_nobody_began_is_called_off_and_what_nobody_ended_is_ended(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    await done(call, clock, session["id"], "expert", "present", item_of(session, "01"))
    clock.move(days=7, hours=14)
    await sweep(world, clock)
    out = await shown(call, session["id"])
    states = {each["bed"]: each["state"] for each in out["items"]}
    assert (out["state"], states) == (
        "completed",
        {"01": "discussed", "02": "deferred", "03": "deferred", "04": "deferred"},
    )
    past = {each["starts_at"][:10]: each["state"] for each in await sessions(call, show="past")}
    assert past["2026-03-10"] == "cancelled"


async def test_the_next_list_begins_with_who_was_deferred(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    await done(call, clock, session["id"], "expert", "present", item_of(session, "01"))
    await done(call, clock, session["id"], "expert", "defer", item_of(session, "03"), reason="外出检查")
    await done(call, clock, session["id"], "expert", "skip", item_of(session, "04"), reason="拒绝")
    await done(call, clock, session["id"], "expert", "complete")
    clock.move(days=6, hours=1)
    await admit(world, "何箕宿", "05", days=-3)
    await sweep(world, clock)
    found = [each for each in await sessions(call) if each["state"] == "list_open"]
    second = await shown(call, found[0]["id"])
    assert [(each["bed"], each["reasons"]) for each in second["items"]] == [
        ("02", ["deferred"]),
        ("03", ["deferred"]),
        ("05", ["new"]),
    ]


async def test_a_withdrawn_consent_takes_the_patient_off_and_the_hub_sees_them_no_more(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    paper, other = await consent(world, "01"), await consent(world, "02")
    for bed in ("01", "02"):
        session = await confirm(call, session, bed)
    assert len((await shown(call, session["id"], "expert"))["items"]) == 2
    newer = await consent(world, "02", days=0.5)
    for each in (paper, other):
        await withdraw(world, clock, each)
    seen = await shown(call, session["id"], "expert")
    assert [each["bed"] for each in seen["items"]] == ["02"]
    left = {each.bed: (each.state, each.why, each.consent_id) for each in await rows(world.db, RoundItem)}
    assert left["01"] == ("removed", "consent_withdrawn", paper)
    assert left["02"] == ("confirmed", "", newer)


async def test_who_was_deferred_and_withdraws_their_consent_is_not_come_back_to(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01", "02")
    resting = {each.bed: each.consent_id for each in await rows(world.db, RoundItem)}["01"]
    await done(call, clock, session["id"], "expert", "defer", item_of(session, "01"), reason="外出检查")
    assert resting is not None
    await withdraw(world, clock, resting)
    item = item_of(await shown(call, session["id"]), "01")
    assert (item["state"], item["consent"]) == ("skipped", "ended")
