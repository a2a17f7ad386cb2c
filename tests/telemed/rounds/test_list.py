"""The list of a round: who is proposed and why, consents, order, who at the hub sees whom, and what moves meanwhile."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import AccountRole, Role
from telemed.cases.model import Case, Scope
from telemed.history.model import EventRow
from telemed.people.chart_tables import Admission, Observation, ObservationKind
from telemed.rounds.model import RoundItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import (
    BEDS,
    act,
    admit,
    confirm,
    consent,
    done,
    item_of,
    listed,
    live,
    planned,
    row,
    sessions,
    shown,
    sweep,
)


async def test_a_day_before_the_list_opens_by_itself_and_proposes_the_ward(
    call: Call, world: World, clock: FakeClock
) -> None:
    await planned(call, world)
    clock.now = NOW - timedelta(hours=1)  # more than a day before
    await sweep(world, clock)
    session = await shown(call, (await sessions(call))[0]["id"])
    assert (session["state"], session["items"]) == ("planned", [])
    clock.now = NOW
    await sweep(world, clock)
    session = await shown(call, session["id"])
    assert session["state"] == "list_open"
    assert [each["bed"] for each in session["items"]] == list(BEDS)
    assert {tuple(each["reasons"]) for each in session["items"]} == {("new",)}
    assert {each["consent"] for each in session["items"]} == {"none"}


async def test_two_hours_before_it_locks_and_is_ready_once_somebody_is_confirmed(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    clock.now = NOW + timedelta(hours=21, minutes=30)
    await sweep(world, clock)
    session = await shown(call, session["id"])
    assert session["state"] == "list_locked"
    await consent(world, "01")
    session = await confirm(call, session, "01")
    assert session["state"] == "ready"
    path = f"/rounds/items/{item_of(session, '01')['id']}/remove"
    item = item_of(session, "01")
    status, session = await call("doctor", "POST", path, json={"reason": "检查"}, match=item["version"])
    assert (status, session["state"]) == (200, "list_locked")


async def test_nobody_is_confirmed_without_a_consent_of_this_stay_but_in_an_emergency(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01", days=20)  # of an earlier stay
    await consent(world, "02", Scope.imaging)  # of something else
    for bed in ("01", "02", "03"):
        item = item_of(session, bed)
        path = f"/rounds/items/{item['id']}/confirm"
        status, said = await call("doctor", "POST", path, json={}, match=item["version"])
        assert (status, said["reason"]) == (409, "no_consent")
    session = await confirm(call, session, "03", emergency="心源性休克")
    assert (item_of(session, "03")["state"], item_of(session, "03")["consent"]) == ("confirmed", "emergency")


async def test_the_hub_sees_a_patient_from_when_they_are_confirmed_until_they_are_taken_off(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    lead = await shown(call, session["id"], "expert")
    assert (lead["items"], lead["hidden"]) == ([], 4)
    patient = world.ids["01"]
    assert (await call("expert", "GET", f"/patients/{patient}"))[0] == 404
    await consent(world, "01")
    session = await confirm(call, session, "01")
    lead = await shown(call, session["id"], "expert")
    assert ([each["patient"]["name"] for each in lead["items"]], lead["hidden"]) == (["卫长庚"], 3)
    assert (await call("expert", "GET", f"/patients/{patient}"))[0] == 200
    assert (await call("expert2", "GET", f"/patients/{patient}"))[0] == 404
    assert (await call("coordinator", "GET", f"/patients/{patient}"))[0] == 404
    item = item_of(session, "01")
    path = f"/rounds/items/{item['id']}/remove"
    status, said = await call("doctor", "POST", path, json={"reason": ""}, match=item["version"])
    assert (status, said["reason"]) == (422, "reason_needed")
    assert (await call("doctor", "POST", path, json={"reason": "转科"}, match=item["version"]))[0] == 200
    assert (await call("expert", "GET", f"/patients/{patient}"))[0] == 404
    assert (await shown(call, session["id"], "expert"))["items"] == []


async def test_a_doctor_who_is_named_sees_who_is_confirmed_and_another_lead_takes_over_the_sight(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    session = await confirm(call, session, "01")
    path = f"/rounds/sessions/{session['id']}"
    assert (await call("neurologist", "GET", path))[0] == 404
    named = {"staff_id": str(world.ids["neurologist"])}
    status, session = await call("expert", "POST", f"{path}/doctors", json=named, match=session["version"])
    assert (status, [each["name"] for each in session["doctors"]]) == (200, ["neurologist"])
    assert len((await shown(call, session["id"], "neurologist"))["items"]) == 1
    lead = {"lead_id": str(world.ids["expert2"])}
    status, session = await call("coordinator", "POST", f"{path}/lead", json=lead, match=session["version"])
    assert (status, session["lead"]["name"], session["lead_answered"]) == (200, "expert2", "invited")
    assert len((await shown(call, session["id"], "expert2"))["items"]) == 1
    assert (await call("expert", "GET", path))[0] == 404
    assert (await call("expert", "GET", f"/patients/{world.ids['01']}"))[0] == 404


async def test_a_trainee_is_named_as_no_doctor_of_a_round(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    async with world.db.write() as db:
        theirs = select(AccountRole).where(AccountRole.account_id == world.ids["neurologist"])
        for each in (await db.exec(theirs)).all():
            await db.delete(each)
        db.add(AccountRole(account_id=world.ids["neurologist"], role=Role.trainee))
    named = {"staff_id": str(world.ids["neurologist"])}
    path = f"/rounds/sessions/{session['id']}/doctors"
    status, refused = await call("coordinator", "POST", path, json=named, match=session["version"])
    assert (status, refused["reason"]) == (404, "no_such_expert")


async def test_where_nobody_said_when_a_stay_began_only_what_was_taken_since_it_was_entered_counts(
    call: Call, world: World, clock: FakeClock
) -> None:
    await consent(world, "01", days=0.1)
    session = await listed(call, world, clock)
    async with world.db.write() as db:
        stay = (await db.exec(select(Admission).where(Admission.patient_id == world.ids["01"]))).one()
        stay.discharged_at = NOW
        await db.flush()
        item = (await db.exec(select(RoundItem).where(RoundItem.patient_id == world.ids["01"]))).one()
        again = Admission(**stay.model_dump(exclude={"id", "admitted_at", "discharged_at"}))
        db.add(again)
        await db.flush()
        item.admission_id = again.id
    item = item_of(session, "01")
    path = f"/rounds/items/{item['id']}/confirm"
    status, refused = await call("doctor", "POST", path, json={}, match=item["version"])
    assert (status, refused["reason"]) == (409, "no_consent")
    earlier = {each.id for each in await rows(world.db, Case)}
    await consent(world, "01", Scope.consult, days=0)
    assert (await confirm(call, session, "01"))["items"]
    # Nor does the hub open the case of the stay before.
    (case,) = [each.case_id for each in await rows(world.db, RoundItem) if each.patient_id == world.ids["01"]]
    assert case not in {None, *earlier}


async def test_other_hospitals_and_wards_of_nobody_see_nothing(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    item = session["items"][0]
    for who in ("jiashan_doctor", "neurologist", "dispatcher"):
        of_session = f"/rounds/sessions/{session['id']}"
        for path in (of_session, f"{of_session}/ward", f"/rounds/items/{item['id']}"):
            status, _ = await call(who, "GET", path)
            assert status in (403, 404)
    for who in ("jiashan_doctor", "neurologist"):
        assert (await act(call, clock, session["id"], who, "ask", item, text="？"))[0] == 404


async def test_the_list_is_ordered_and_an_order_that_leaves_somebody_out_is_refused(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    wanted = [item_of(session, bed)["id"] for bed in ("03", "01", "04", "02")]
    path = f"/rounds/sessions/{session['id']}/order"
    status, said = await call("doctor", "PUT", path, json={"items": wanted[:3]}, match=session["version"])
    assert (status, said["reason"]) == (422, "order_incomplete")
    status, out = await call("nurse", "PUT", path, json={"items": wanted}, match=session["version"])
    assert (status, [each["bed"] for each in out["items"]]) == (200, ["03", "01", "04", "02"])
    status, said = await call("doctor", "PUT", path, json={"items": wanted}, match=session["version"])
    assert (status, said["code"]) == (412, "stale")


async def test_late_additions_are_for_the_lead_to_confirm(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    clock.now = NOW + timedelta(hours=22)
    await sweep(world, clock)
    patient = await admit(world, "何箕宿", "05", days=0.1)
    await consent(world, "05", days=0)
    path = f"/rounds/sessions/{session['id']}/items"
    status, ward = await call("doctor", "GET", f"/rounds/sessions/{session['id']}/ward")
    assert (status, [each["bed"] for each in ward["items"]]) == (200, ["05"])
    status, session = await call("doctor", "POST", path, json={"patient_id": str(patient)})
    assert (status, item_of(session, "05")["late"]) == (201, True)
    item = item_of(session, "05")
    confirming = f"/rounds/items/{item['id']}/confirm"
    status, said = await call("doctor", "POST", confirming, json={}, match=item["version"])
    assert (status, said["reason"]) == (403, "list_locked")
    assert item["actions"] == ["put_forward", "remove"]
    assert (await call("doctor", "POST", path, json={"patient_id": str(patient)}))[1]["reason"] == "on_list"
    elsewhere = {"patient_id": "018f0000-0000-7000-8000-000000000000"}
    assert (await call("doctor", "POST", path, json=elsewhere))[0] == 404


async def test_what_is_missing_follows_the_specialty(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    assert item_of(session, "01")["lacks"] == ["question", "vitals", "labs", "ecg"]
    async with world.db.write() as db:
        measured = (("vital", "heart_rate"), ("test", "K"), ("test", "BNP"))
        for kind, code in ((ObservationKind(each), code) for each, code in measured):
            db.add(
                Observation(
                    patient_id=world.ids["01"],
                    kind=kind,
                    code=code,
                    name=code,
                    value="80",
                    at=clock() - timedelta(hours=2),
                    source="his",
                )
            )
    item = item_of(session, "01")
    said = {"summary": "心衰", "changes": "入 1600", "question": "利尿剂如何减？", "minutes": 10}
    path = f"/rounds/items/{item['id']}"
    status, session = await call("doctor", "PUT", path, json=said, match=item["version"])
    assert (status, item_of(session, "01")["lacks"], item_of(session, "01")["minutes"]) == (200, ["ecg"], 10)
    assert (await call("doctor", "PUT", path, json=said, match=item["version"]))[0] == 412


async def test_a_written_round_is_answered_bed_by_bed(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    path = f"/rounds/sessions/{session['id']}/convert"
    status, said = await call("coordinator", "POST", path, json={"reason": "网络"}, match=session["version"])
    assert (status, said["reason"]) == (409, "nobody_confirmed")
    await consent(world, "01")
    session = await confirm(call, session, "01")
    status, session = await call("coordinator", "POST", path, json={"reason": "网络"}, match=session["version"])
    assert (status, session["state"]) == (200, "converted")
    item = item_of(await shown(call, session["id"], "expert"), "01")
    due = (clock() + timedelta(hours=3)).isoformat()
    said = {"instruction": "test", "text": "复查血钾", "due_at": due}
    await done(call, clock, session["id"], "expert", "instruct", item, **said)
    await done(call, clock, session["id"], "expert", "discuss", item)
    await done(call, clock, session["id"], "expert", "complete")
    assert (await row(world, session["id"])).state == "completed"


async def test_every_change_leaves_an_event_and_none_names_a_patient_in_codes(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    async with world.db.read() as db:
        found = (await db.exec(select(EventRow).where(EventRow.activity_id == UUID(session["id"])))).all()
    types = [each.type for each in sorted(found, key=lambda each: each.id)]
    assert types[:2] == ["round.planned", "round.lead_named"]
    assert {"round.list_opened", "round_item.proposed", "round_item.moved", "round.started"} <= set(types)


@pytest.mark.parametrize("who", ["expert", "coordinator", "doctor"])
async def test_a_round_names_no_patient_in_its_lists(call: Call, world: World, clock: FakeClock, who: str) -> None:
    await live(call, world, clock)
    status, found = await call(who, "GET", "/rounds/sessions?show=ahead")
    assert status == 200
    assert not any(name in str(found) for name in BEDS.values())
