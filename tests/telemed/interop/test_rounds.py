"""A ward round in the calendars of who takes part: invited, moved, called off."""

from typing import Any

from telemed.notify.sender import Sender
from tests.fakes.outside import PostOffice
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.interop.kit import sent
from tests.telemed.notify.conftest import gives_address
from tests.telemed.rounds.helpers import planned, sessions, ward


async def post(call: Call, session: Any, what: str, body: Any) -> Any:
    path = f"/rounds/sessions/{session['id']}/{what}"
    status, out = await call("coordinator", "POST", path, json=body, match=session["version"])
    assert status == 200, out
    return out


async def test_mails_about_a_round_keep_calendars_right(
    call: Call, world: World, clock: FakeClock, sender: Sender, post_office: PostOffice
) -> None:
    await ward(world)
    await gives_address(world, "expert")
    await planned(call, world, rrule="FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU")
    assert await sent(world, clock, sender, post_office) == [("expert", "REQUEST", 0)]
    session = (await sessions(call))[0]
    session = await post(call, session, "move", {"starts_at": "2026-03-03T06:00:00Z", "minutes": 60})
    ((who, method, sequence),) = await sent(world, clock, sender, post_office)
    assert (who, method, sequence) == ("expert", "REQUEST", 1)
    await post(call, session, "cancel", {"reason": "病区消毒"})
    ((who, method, _),) = await sent(world, clock, sender, post_office)
    assert (who, method) == ("expert", "CANCEL")
