"""Home offers each consultation of today that one may enter, a live emergency first."""

from datetime import timedelta
from uuid import UUID

from telemed.consultations.words import Urgency
from tests.telemed.conftest import Call, World
from tests.telemed.consultations.actions import AT, act, booking_body, make_approved
from tests.telemed.consultations.conftest import Made


async def test_home_offers_each_of_today_and_a_live_stat_is_first(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    today = []
    for hours in (4, 0, 2):
        id = await make_approved(call, submitted)
        body = booking_body(world, venue, AT + timedelta(hours=hours))
        assert (await act(call, "coordinator", id, "booking", body))[0] == 200
        assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[0] == 200
        today.append((hours, str(id)))
    stat = await submitted(urgency=Urgency.stat)
    assert (await act(call, "expert", stat, "take", {}))[0] == 200
    for who in ("expert", "doctor"):
        _, home = await call(who, "GET", "/home")
        assert [each["activity_id"] for each in home["next"]] == [str(stat), *(id for _, id in sorted(today))]
        assert all(each["may_join"] for each in home["next"])
        assert [each["checks"] > 0 for each in home["next"]] == [True, False, False, False]
