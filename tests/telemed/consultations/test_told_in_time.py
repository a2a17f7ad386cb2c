"""Whoever is to come hears of the time at once, and that it lapses; the branch hears that its side is away."""

from datetime import datetime, timedelta
from uuid import UUID

from telemed.consultations.words import Urgency
from telemed.work.model import Deadline, Notice, WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    INSTEAD_AT_BEDSIDE,
    act,
    booking_body,
    home_kinds,
    instead,
    make_booked,
    make_scheduled,
    pass_time,
    state_of,
    tell_fact,
    told,
)
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.owed import withdraw_consent

MINUTE = timedelta(minutes=1)


async def arranged(world: World) -> dict[str, set[str]]:
    """By ladder, who was told of a booked time so far."""
    names = {id: name for name, id in world.ids.items()}
    found: dict[str, set[str]] = {}
    for each in await rows(world.db, Notice):
        if each.kind == "arranged":
            found.setdefault(each.ladder, set()).add(names[each.staff_id])
    return found


async def asked(world: World, kind: WorkKind) -> list[WorkItem]:
    return [each for each in await rows(world.db, WorkItem) if each.kind == kind and each.done_at is None]


async def test_who_is_invited_and_who_has_accepted_in_advance_are_told_at_once_and_for_when(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await make_booked(call, submitted, world, venue)
    assert await arranged(world) == {"invited": {"expert"}, "booked": {"doctor"}}
    _, found = await call("expert", "GET", "/home/notices")
    (notice,) = found["items"]
    assert (found["new"], datetime.fromisoformat(notice["due_at"])) == (1, AT)


async def test_who_has_answered_need_not_see_the_invitation_any_more(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    _, found = await call("expert", "GET", "/home/notices")
    assert (found["new"], [each["ended_at"] is not None for each in found["items"]]) == (0, [True])


async def test_an_expert_who_is_added_is_told_and_another_time_is_told_anew(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    added = {"staff_id": str(world.ids["expert2"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    assert (await arranged(world))["invited"] == {"expert", "expert2"}
    before = len(await rows(world.db, Notice))
    later = booking_body(world, venue, AT + timedelta(hours=1))
    assert (await act(call, "coordinator", id, "booking", later))[0] == 200
    assert len(await rows(world.db, Notice)) == before + 3


async def test_who_records_an_mdt_hears_of_its_time_and_that_they_record_it_no_more(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    added = {"staff_id": str(world.ids["neurologist"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    for recorder in ("dispatcher", "hub_duty"):
        body = {"recorder_id": str(world.ids[recorder])}
        assert (await call("coordinator", "PUT", f"/consultations/{id}/mdt", json=body))[0] == 200
    assert await arranged(world) | {"invited": set()} == {
        "invited": set(),
        "booked": {"doctor", "dispatcher", "hub_duty"},
        "uninvited": {"dispatcher"},
    }
    later = booking_body(world, venue, AT + timedelta(hours=1))
    assert (await act(call, "coordinator", id, "booking", later))[0] == 200
    _, found = await call("hub_duty", "GET", "/home/notices")
    heard = [(datetime.fromisoformat(each["due_at"]), each["ended_at"] is None) for each in found["items"]]
    assert heard == [(AT + timedelta(hours=1), True), (AT, False)]


async def test_who_is_taken_out_again_is_told_and_who_is_called_in_has_nothing_to_answer(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    added = {"staff_id": str(world.ids["expert2"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    gone = await call("coordinator", "DELETE", f"/consultations/{id}/experts/{world.ids['expert2']}")
    assert gone[0] == 200
    _, found = await call("expert2", "GET", "/home/notices")
    assert [(each["ladder"], each["ended_at"] is None) for each in found["items"]] == [
        ("uninvited", True),
        ("invited", False),
    ]
    await everything_ready(world, id)
    for who in ("expert", "doctor"):
        await tell_fact(world, id, who, "member.joined", AT)
    assert (await call("expert", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    assert (await arranged(world))["called_in"] == {"expert2"}


async def test_who_had_accepted_is_told_too_that_they_need_not_come_and_it_stands_when_it_is_moved(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    added = {"staff_id": str(world.ids["expert2"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    assert (await act(call, "expert2", id, "answer", {"answer": "accepted"}))[0] == 200
    assert (await call("coordinator", "DELETE", f"/consultations/{id}/experts/{world.ids['expert2']}"))[0] == 200

    async def heard() -> list[tuple[str, bool]]:
        _, found = await call("expert2", "GET", "/home/notices")
        return [(each["ladder"], each["ended_at"] is None) for each in found["items"]]

    assert (await heard())[0] == ("uninvited", True)
    later = booking_body(world, venue, AT + timedelta(hours=1))
    assert (await act(call, "coordinator", id, "booking", later))[0] == 200
    assert (await heard())[0] == ("uninvited", True), "of the moved time they hear nothing"
    named = later | {"experts": [{"staff_id": str(world.ids["expert2"]), "required": True}]}
    assert (await act(call, "coordinator", id, "booking", named))[0] == 200
    assert (await heard())[:2] == [("invited", True), ("uninvited", False)]


async def test_an_invitation_is_due_when_half_of_the_time_is_left_and_then_others_can_see_to_it(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    await make_booked(call, submitted, world, venue)
    (invitation,) = await asked(world, WorkKind.invite)
    assert invitation.due_at == NOW + (AT - NOW) / 2
    assert await told(world, clock, NOW + timedelta(minutes=60), "arrangement") == {"expert"}
    assert await told(world, clock, NOW + timedelta(minutes=70), "arrangement") == {"coordinator"}
    assert await told(world, clock, NOW + timedelta(minutes=80), "arrangement") == {"hub_duty"}


async def test_that_it_is_not_ready_is_told_also_while_somebody_has_not_accepted_and_not_again_when_they_have(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_booked(call, submitted, world, venue)
    assert await told(world, clock, AT - 31 * MINUTE, "readiness") == set()
    assert await told(world, clock, AT - 30 * MINUTE, "readiness") == {"coordinator"}
    clock.now = AT - 20 * MINUTE
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[1]["state"] == "scheduled"
    assert await told(world, clock, AT - 19 * MINUTE, "readiness") == {"hub_duty"}


async def test_that_the_time_lapses_is_told_at_once_to_who_should_have_come_and_to_the_centre(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_booked(call, submitted, world, venue)
    clock.now = AT
    await pass_time(world, AT)
    assert await state_of(call, id) == "accepted"
    found = await arranged(world)
    assert (found["lapsed"], found["lapsed_centre"]) == ({"expert", "doctor"}, {"coordinator"})
    assert {each.due_at for each in await rows(world.db, Notice) if each.ladder == "lapsed"} == {AT}


async def test_that_the_time_lapses_is_told_to_the_hub_also_while_a_consent_is_withdrawn(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    clock.now = AT
    await pass_time(world, AT)
    found = await arranged(world)
    assert (found["lapsed"], found["lapsed_centre"]) == ({"expert", "doctor"}, {"coordinator"})


async def test_nobody_is_asked_to_name_a_physician_for_what_is_answered_in_writing(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await act(call, "doctor", id, "answer", {"answer": "declined", "words": "门诊"})
    clock.now = AT
    await pass_time(world, AT)
    assert len(await asked(world, WorkKind.name_accompanying)) == 1
    assert (await act(call, "coordinator", id, "written", {"reason": "另约不到时间"}))[1]["state"] == "answering"
    assert await asked(world, WorkKind.name_accompanying) == []
    assert [each for each in await rows(world.db, Deadline) if each.ladder == "accompanying" and not each.done_at] == []


async def test_an_accompanying_physician_who_declined_is_asked_again_and_the_branch_names_another(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    assert (await act(call, "chief", id, INSTEAD_AT_BEDSIDE, instead(world, "doctor2", agreed=True)))[0] == 200
    declined = {"answer": "declined", "words": "休假"}
    assert (await act(call, "doctor2", id, "answer", declined))[1]["state"] == "scheduling"
    assert (await arranged(world))["unaccompanied"] == {"doctor"}
    assert "name_accompanying" in await home_kinds(call, "doctor")
    (item,) = await asked(world, WorkKind.name_accompanying)
    due = NOW + (AT - NOW) / 2
    assert (item.note, item.due_at) == ({"asked": "休假"}, due)
    for hours in (1, 2):  # however often it is booked within the branch's wishes
        assert (await act(call, "coordinator", id, "booking", booking_body(world, venue, AT + timedelta(hours=hours))))[
            0
        ] == 200
        assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[1]["state"] == "scheduling"
    assert await told(world, clock, due, "accompanying") == {"doctor"}
    assert await told(world, clock, due + 10 * MINUTE, "accompanying") == {"duty"}
    assert (await act(call, "doctor", id, INSTEAD_AT_BEDSIDE, instead(world, "doctor", agreed=True)))[1][
        "state"
    ] == "scheduled"
    assert await asked(world, WorkKind.name_accompanying) == []


async def test_who_declined_and_can_come_after_all_leaves_nothing_to_name(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await act(call, "doctor", id, "answer", {"answer": "declined", "words": "门诊"})
    assert len(await asked(world, WorkKind.name_accompanying)) == 1
    assert (await act(call, "doctor", id, "answer", {"answer": "accepted"}))[1]["state"] == "scheduled"
    assert await asked(world, WorkKind.name_accompanying) == []


async def test_that_nobody_of_the_branch_is_there_is_told_to_who_asked_for_it_and_then_to_its_duty_officer(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    assert (await act(call, "chief", id, INSTEAD_AT_BEDSIDE, instead(world, "doctor2", agreed=True)))[0] == 200
    await tell_fact(world, id, "expert", "member.joined", AT)
    assert await told(world, clock, AT + 4 * MINUTE, "bedside") == set()
    assert await told(world, clock, AT + 5 * MINUTE, "bedside") == {"doctor"}
    assert await told(world, clock, AT + 10 * MINUTE, "bedside") == {"duty"}
    await tell_fact(world, id, "doctor2", "member.waiting", AT + 11 * MINUTE)
    assert [each for each in await rows(world.db, Deadline) if each.ladder == "bedside" and not each.done_at] == []


async def test_a_meeting_that_the_branch_left_and_an_emergency_to_which_it_does_not_come_are_told_too(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("expert", "doctor"):
        await tell_fact(world, id, who, "member.joined", AT)
    assert await state_of(call, id) == "in_progress"
    await tell_fact(world, id, "doctor", "member.left", AT + MINUTE)
    await pass_time(world, AT + 2 * MINUTE)
    assert await state_of(call, id) == "interrupted"
    assert await told(world, clock, AT + 8 * MINUTE, "bedside") == {"doctor"}
    assert await told(world, clock, AT + 12 * MINUTE, "bedside") == {"duty"}
    # then a coordinator is asked for another time, and nobody need be there, unless the expert waits
    await tell_fact(world, id, "expert", "member.left", AT + 13 * MINUTE)
    assert await told(world, clock, AT + timedelta(hours=14), "bedside") == set()
    await tell_fact(world, id, "expert", "member.joined", AT + timedelta(hours=14))
    assert await told(world, clock, AT + timedelta(hours=14, minutes=5), "bedside") == {"doctor"}


async def test_an_emergency_at_whose_bedside_nobody_is_tells_the_branch(
    call: Call, submitted: Made, world: World, clock: FakeClock
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    assert await told(world, clock, NOW + 5 * MINUTE, "bedside") == {"doctor"}


async def test_an_emergency_for_which_another_time_is_looked_for_calls_nobody(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    later = NOW + timedelta(hours=1)
    booked = await act(call, "coordinator", id, "booking", booking_body(world, venue, later))
    assert booked[0] == 200, booked
    clock.now = later
    await pass_time(world, later)
    assert await state_of(call, id) == "accepted"
    assert await told(world, clock, later + 10 * MINUTE, "bedside") == set()
