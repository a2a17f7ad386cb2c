"""An invitation answers a booked time, and only while that time is not over."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.consultations.actions import AT, act, booking_body, home_kinds, make_booked, state_of, version_of
from tests.telemed.consultations.conftest import Made


async def test_an_invitation_to_a_time_that_is_over_cannot_be_accepted_but_answered_with_another(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_booked(call, submitted, world, venue)
    clock.move(hours=2, minutes=30)  # it would be running
    version = await version_of(call, "expert", id)
    clock.move(minutes=10)
    status, problem = await act(call, "expert", id, "answer", {"answer": "accepted"})
    assert (status, problem["reason"]) == (409, "invitation_past")
    assert (await state_of(call, id), await version_of(call, "expert", id)) == ("scheduling", version)
    later = booking_body(world, venue, AT + timedelta(hours=2))
    proposal = {"answer": "proposed", "starts_at": later["starts_at"], "ends_at": later["ends_at"]}
    assert (await act(call, "expert", id, "answer", proposal))[0] == 200
    assert await home_kinds(call, "coordinator") == ["book"]


async def test_an_invitation_says_for_when_it_is(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_booked(call, submitted, world, venue)
    _, home = await call("expert", "GET", "/home")
    invitation = next(each for each in home["work"]["items"] if each["activity_id"] == str(id))
    booked = booking_body(world, venue, AT)
    assert invitation["kind"] == "invite"
    for end in ("starts_at", "ends_at"):
        assert datetime.fromisoformat(invitation[end]) == datetime.fromisoformat(str(booked[end]))
