"""Short ways to a link and what it shows, and to what mails bring."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from telemed.history.consumers import Consumer
from telemed.interop import invitations
from telemed.kit.events import deliver
from telemed.notify.sender import Sender
from telemed.scheduling import service
from tests.fakes.outside import PostOffice
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import act, booking_body
from tests.telemed.interop.parsed import Event, carried, read

Fetch = Callable[..., Awaitable[tuple[int, Any, bytes]]]
LATER = NOW + timedelta(hours=5)


async def make(call: Call, who: str = "expert", name: str = "") -> tuple[str, str]:
    """The id of a new link, and the path of its address."""
    status, made = await call(who, "POST", "/account/calendar-links", json={"name": name})
    assert status == 201, made
    assert made["subscribe"].startswith("webcal://")
    assert made["qr"].startswith("data:image/svg")
    return made["link"]["id"], "/calendar/" + made["address"].rpartition("/calendar/")[2]


async def events(fetch: Fetch, path: str) -> list[Event]:
    status, _, body = await fetch(path)
    assert status == 200
    return read(body)[1]


async def sent(world: World, clock: FakeClock, sender: Sender, office: PostOffice) -> list[tuple[str, str, int]]:
    """To whom, METHOD and SEQUENCE of what came in a round of the dispatcher and of the sender."""
    before = len(office.mails)
    hears = {"invitations": Consumer("invitations", invitations.HEARS, invitations.consume)}
    while await deliver(world.db, hears, clock()):
        pass
    assert await sender.send_due() == {}
    return [(str(mail["To"]).partition("@")[0], *_of(mail)) for mail in office.mails[before:]]


def _of(mail: EmailMessage) -> tuple[str, int]:
    return next(((method, event.sequence) for method, event in carried([mail])), ("", -1))


async def rebook(call: Call, world: World, id: UUID, venue: UUID, start: datetime = LATER) -> None:
    assert (await act(call, "coordinator", id, "booking", booking_body(world, venue, start)))[0] == 200


async def move(
    world: World, activity_id: UUID, who: Sequence[str], start: datetime, now: datetime, venue: UUID | None = None
) -> None:
    """Moves the booking without anybody being told."""
    people, until = [world.ids[each] for each in who], start + timedelta(hours=1)
    async with world.db.write() as db:
        await service.rebook(
            db, activity_id=activity_id, people=people, venue=venue, start=start, end=until, by=None, now=now
        )
