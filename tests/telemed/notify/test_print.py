"""`telemed notices` prints what waits and what failed, and nobody's address."""

import json

import pytest

from telemed.notify.print import print_notices
from telemed.notify.sender import Sender
from tests.fakes.outside import PostOffice
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.notify.conftest import gives_address, is_due

__all__ = ["submitted"]


async def test_what_waits_is_printed_with_the_reason(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    sender: Sender,
    post_office: PostOffice,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await gives_address(world, "coordinator")
    await post_office.close()
    id = await is_due(world, clock, call, submitted)
    await sender.send_due()
    capsys.readouterr()
    await print_notices(str(world.db.writer.url), as_json=True)
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["state"], found["why"], found["channel"], found["tries"]) == ("queued", "away", "mail", 1)
    assert (found["activity_id"], found["ladder"]) == (str(id), "acceptance")
    assert "@" not in line
    await print_notices(str(world.db.writer.url), as_json=False)
    assert "away" in capsys.readouterr().out
