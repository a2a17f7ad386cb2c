"""Whom the ward adds once the list is locked: put forward to the lead, who decides."""

from datetime import timedelta
from typing import Any

from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.rounds.helpers import (
    admit,
    confirm,
    consent,
    done,
    item_of,
    lay,
    leaves,
    listed,
    live,
    shown,
    sweep,
    withdraw,
)


async def put_forward(call: Call, session: Any, bed: str, **more: str) -> tuple[int, Any]:
    item = item_of(session, bed)
    return await call("doctor", "POST", f"/rounds/items/{item['id']}/put-forward", json=more, match=item["version"])


async def added_late(call: Call, world: World, clock: FakeClock) -> Any:
    """A locked list to which somebody was added since."""
    session = await listed(call, world, clock)
    clock.now = NOW + timedelta(hours=22)
    await sweep(world, clock)
    patient = await admit(world, "何箕宿", "05", days=0.1)
    path = f"/rounds/sessions/{session['id']}/items"
    status, out = await call("doctor", "POST", path, json={"patient_id": str(patient)})
    assert status == 201, out
    return out


async def test_who_is_put_forward_is_seen_by_the_lead_alone_who_confirms_them(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await added_late(call, world, clock)
    path = f"/rounds/sessions/{session['id']}"
    named = {"staff_id": str(world.ids["neurologist"])}
    assert (await call("expert", "POST", f"{path}/doctors", json=named, match=session["version"]))[0] == 200
    status, refused = await put_forward(call, session, "05")
    assert (status, refused["reason"]) == (409, "no_consent")
    await consent(world, "05", days=0)
    status, session = await put_forward(call, session, "05")
    late = item_of(session, "05")
    assert (status, late["state"], late["put_forward"], late["actions"]) == (200, "proposed", True, ["remove"])
    assert (await put_forward(call, session, "05"))[1]["reason"] == "wrong_state"
    seen = await shown(call, session["id"], "expert")
    assert [(each["bed"], each["actions"]) for each in seen["items"]] == [("05", ["confirm", "remove"])]
    assert (await shown(call, session["id"], "neurologist"))["items"] == []
    seen = await confirm(call, seen, "05", "expert")
    assert (item_of(seen, "05")["state"], seen["state"]) == ("confirmed", "ready")
    assert len((await shown(call, session["id"], "neurologist"))["items"]) == 1


async def test_whom_the_lead_does_not_take_is_seen_at_the_hub_no_more(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await added_late(call, world, clock)
    session = (await put_forward(call, session, "05", emergency="心源性休克"))[1]
    item = item_of(await shown(call, session["id"], "expert"), "05")
    assert item["consent"] == "emergency"
    removing = f"/rounds/items/{item['id']}/remove"
    assert (await call("expert", "POST", removing, json={}, match=item["version"]))[0] == 200
    assert (await call("expert", "GET", f"/rounds/items/{item['id']}"))[0] == 404
    assert (await call("expert", "GET", f"/patients/{world.ids['05']}"))[0] == 404


async def test_another_lead_decides_on_who_was_put_forward(call: Call, world: World, clock: FakeClock) -> None:
    session = await added_late(call, world, clock)
    session = (await put_forward(call, session, "05", emergency="心源性休克"))[1]
    lead = {"lead_id": str(world.ids["expert2"])}
    path = f"/rounds/sessions/{session['id']}/lead"
    assert (await call("coordinator", "POST", path, json=lead, match=session["version"]))[0] == 200
    assert (await call("expert", "GET", f"/rounds/sessions/{session['id']}"))[0] == 404
    seen = await confirm(call, await shown(call, session["id"], "expert2"), "05", "expert2")
    assert (item_of(seen, "05")["consent"], item_of(seen, "05")["state"]) == ("emergency", "confirmed")


async def test_who_was_put_forward_and_never_confirmed_is_seen_no_more_once_the_round_has_ended(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    patient = await admit(world, "何箕宿", "05", days=0.1)
    path = f"/rounds/sessions/{session['id']}/items"
    session = (await call("doctor", "POST", path, json={"patient_id": str(patient)}))[1]
    assert (await put_forward(call, session, "05", emergency="心源性休克"))[0] == 200
    assert (await call("expert", "GET", f"/patients/{patient}"))[0] == 200
    await done(call, clock, session["id"], "expert", "complete")
    assert (await call("expert", "GET", f"/patients/{patient}"))[0] == 404


async def test_a_consent_withdrawn_takes_back_that_somebody_was_put_forward(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await added_late(call, world, clock)
    paper = await consent(world, "05", days=0)
    assert (await put_forward(call, session, "05"))[0] == 200
    await withdraw(world, clock, paper)
    assert (await shown(call, session["id"], "expert"))["items"] == []
    late = item_of(await shown(call, session["id"]), "05")
    assert (late["put_forward"], late["consent"], late["actions"]) == (False, "none", ["put_forward", "remove"])


async def test_who_is_added_again_is_on_the_list_as_they_lie_there_now(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    session = await confirm(call, session, "01", emergency="心源性休克")
    item = item_of(session, "01")
    removing = f"/rounds/items/{item['id']}/remove"
    assert (await call("doctor", "POST", removing, json={"reason": "出院"}, match=item["version"]))[0] == 200
    await leaves(world, "01")
    await lay(world, world.ids["01"], "07", days=0.1)
    path = f"/rounds/sessions/{session['id']}/items"
    status, session = await call("doctor", "POST", path, json={"patient_id": str(world.ids["07"])})
    again = item_of(session, "07")
    assert (status, again["id"], again["state"], again["consent"]) == (201, item["id"], "proposed", "none")
    await consent(world, "07", days=0)
    assert item_of(await confirm(call, session, "07"), "07")["state"] == "confirmed"
