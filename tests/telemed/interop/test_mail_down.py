"""Whatever becomes of mails, calendars are told what is so, in order, and nothing is taken back that was not given."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.interop.model import CalendarInvitation
from telemed.kit.table import new_id
from telemed.notify.mail import Mail
from telemed.notify.message import Message
from telemed.notify.ports import Invitation, Letter
from telemed.notify.sender import Sender
from telemed.scheduling import service as scheduling
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, make_booked
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.interop.kit import rebook, sent
from tests.telemed.interop.parsed import carried
from tests.telemed.notify.conftest import gives_address, way_out, wording

__all__ = ["submitted", "venue"]
pytestmark = pytest.mark.usefixtures("world")


async def test_while_mail_is_down_only_what_is_so_by_then_is_said(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert")
    await post_office.close()
    id = await make_booked(call, submitted, world, venue)
    assert await sent(world, clock, sender, post_office) == []
    await rebook(call, world, id, venue)
    assert await sent(world, clock, sender, post_office) == []
    await post_office.open()
    clock.move(minutes=1)
    assert await sent(world, clock, sender, post_office) == [("expert", "REQUEST", 1)]


async def test_what_was_never_invited_is_not_cancelled(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert")
    await post_office.close()
    id = await make_booked(call, submitted, world, venue)
    assert await sent(world, clock, sender, post_office) == []
    assert (await act(call, "coordinator", id, "cancel", {"code": "changed"}))[0] == 200
    await post_office.open()
    clock.move(minutes=1)
    assert await sent(world, clock, sender, post_office) == [("expert", "", -1)], "the mail says it in words alone"


async def test_a_restart_begins_no_sequence_anew(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
    chat: Chat,
) -> None:
    await gives_address(world, "expert")
    id = await make_booked(call, submitted, world, venue)
    await sent(world, clock, sender, post_office)
    another = Sender(world.db, clock, way_out(post_office, chat), wording())
    await rebook(call, world, id, venue)
    assert await sent(world, clock, another, post_office) == [("expert", "REQUEST", 1)]
    (row,) = await rows(world.db, CalendarInvitation)
    assert (row.sequence, row.delivery_id, row.tried_method) == (1, None, None)


async def test_a_mail_that_was_perhaps_taken_is_said_again_alike_and_can_be_cancelled(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("telemed.notify.mail.PATIENCE", 0.3)
    await gives_address(world, "expert")
    post_office.hangs = {"expert@mail.example"}
    id = await make_booked(call, submitted, world, venue)
    assert await sent(world, clock, sender, post_office) == []
    (row,) = await rows(world.db, CalendarInvitation)
    assert (row.method, row.tried_method, row.doubtful) == (None, "REQUEST", True)
    post_office.hangs = set()
    assert (await act(call, "coordinator", id, "cancel", {"code": "changed"}))[0] == 200
    clock.move(minutes=1)
    ((_, method, sequence),) = await sent(world, clock, sender, post_office)
    assert (method, sequence > 0) == ("CANCEL", True)


async def test_after_a_time_was_lost_the_old_entry_goes_before_the_new_one_comes(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    """The time was released while mail was down, so that one mail has both to say."""
    await gives_address(world, "expert")
    start = NOW + timedelta(days=3)
    id = await make_booked(call, submitted, world, venue)
    await rebook(call, world, id, venue, start)
    assert [each[:2] for each in await sent(world, clock, sender, post_office)] == [("expert", "REQUEST")]
    await post_office.close()
    async with world.db.write() as db:
        await scheduling.cancel(db, id, None, clock())
    await rebook(call, world, id, venue, start + timedelta(hours=4))
    await post_office.open()
    clock.move(minutes=1)
    found = await sent(world, clock, sender, post_office)
    assert [each[:2] for each in found if each[1]] == [("expert", "CANCEL"), ("expert", "REQUEST")]
    uids = [event.uid for _, event in carried(post_office.mails)]
    assert uids[0] == uids[1] != uids[2]


async def test_what_comes_first_is_sent_first_and_what_it_holds_keeps_its_lines(post_office: PostOffice) -> None:
    """Base64 of bytes: a mail server may change the ends of lines of text, and calendars need CR and LF."""
    ics = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    one = Letter(new_id(), "li@x.example", "en", Message("second"), Invitation("REQUEST", ics, Message("")))
    first = one._replace(id=new_id(), message=Message("first"))
    became = await Mail.of(post_office.url, "", "https://x.example").send([one._replace(first=(first,))])
    assert became == {one.id: None}
    assert [str(each["Subject"]) for each in post_office.mails] == ["first", "second"]
    (part,) = [each for each in post_office.mails[1].walk() if each.get_content_type() == "text/calendar"]
    assert part.get_payload(decode=True) == ics
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
