"""Mails about a meeting keep the calendars of who comes right: invited, moved, replaced, cancelled."""

from uuid import UUID

import pytest

from telemed.history.consumers import Consumer
from telemed.interop import invitations
from telemed.kit.events import Outbox
from telemed.notify.sender import Sender
from telemed.scheduling import service as scheduling
from telemed.work.model import Notice
from telemed.work.outgoing import Delivery
from tests.fakes.outside import PostOffice, texts
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, INSTEAD_OF_LEAD, act, instead, make_booked
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.interop.kit import LATER, move, rebook, sent
from tests.telemed.interop.parsed import carried
from tests.telemed.notify.conftest import gives_address

__all__ = ["submitted", "venue"]
pytestmark = pytest.mark.usefixtures("world")


async def test_who_is_invited_gets_a_request_a_move_with_a_higher_sequence_and_a_cancel(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert")
    id = await make_booked(call, submitted, world, venue)
    assert await sent(world, clock, sender, post_office) == [("expert", "REQUEST", 0)]
    (mail,) = post_office.mails
    assert [each.get_content_type() for each in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/calendar",
    ]
    ((_, event),) = carried(post_office.mails)
    assert event.fields["attendee"] == "mailto:expert@mail.example"
    assert event.fields["organizer"] == "mailto:telemed@telemed.example"
    assert (event.status, event.fields["dtstart"], event.fields["location"]) == (
        "CONFIRMED",
        AT,
        "会诊室 1（ruijin）",
    )
    await rebook(call, world, id, venue)
    assert await sent(world, clock, sender, post_office) == [("expert", "REQUEST", 1)]
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[0] == 200
    assert await sent(world, clock, sender, post_office) == [], "that it is certain now changes no time"
    assert (await act(call, "coordinator", id, "cancel", {"code": "changed"}))[0] == 200
    ((who, method, sequence),) = await sent(world, clock, sender, post_office)
    assert (who, method, sequence > 1) == ("expert", "CANCEL", True)
    found = [event for _, event in carried(post_office.mails)]
    assert {each.uid for each in found} == {event.uid}, "one and the same through all of it"
    assert [each.status for each in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert found[1].fields["dtstart"] == LATER
    assert "陈远山" not in texts(post_office.mails).replace("\r\n ", "").replace("\n ", "")


async def test_whoever_saw_the_notice_on_a_page_still_gets_the_entry(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert")
    await make_booked(call, submitted, world, venue)
    (notice,) = [each for each in await rows(world.db, Notice) if each.staff_id == world.ids["expert"]]
    await call("expert", "POST", f"/home/notices/{notice.id}/seen", json={"device": "computer"})
    assert await sent(world, clock, sender, post_office) == [("expert", "REQUEST", 0)]
    assert str(post_office.mails[0]["Subject"]) == "日程更新：远程会诊 · wuxi"


async def test_a_change_of_which_nobody_is_told_is_mailed_for_the_calendar_alone(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert")
    id = await make_booked(call, submitted, world, venue)
    await sent(world, clock, sender, post_office)
    await move(world, id, ["expert", "doctor"], LATER, clock(), venue)
    assert await sent(world, clock, sender, post_office) == [("expert", "REQUEST", 1)]
    assert "时间：2026-03-02 14:00 (Asia/Shanghai)" in texts(post_office.mails[-1:])
    assert await sent(world, clock, sender, post_office) == []
    assert sum(each.for_calendar for each in await rows(world.db, Delivery)) == 1


async def test_news_of_a_booking_in_any_order_and_twice_queues_one_mail(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert")
    id = await make_booked(call, submitted, world, venue)
    await sent(world, clock, sender, post_office)
    async with world.db.write() as db:
        await scheduling.cancel(db, id, None, clock())
    news = [each for each in await rows(world.db, Outbox) if each.type == "booking.changed"]
    hears = Consumer("invitations", invitations.HEARS, invitations.consume)
    for each in [*news[::-1], *news]:
        async with world.db.write() as db:
            await hears(db, each)
    assert sum(each.for_calendar for each in await rows(world.db, Delivery)) == 1
    assert [each[1] for each in await sent(world, clock, sender, post_office)] == ["CANCEL"]


async def test_who_is_replaced_loses_the_entry_and_who_stands_in_gets_it(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert", "expert2")
    id = await make_booked(call, submitted, world, venue)
    assert [each[:2] for each in await sent(world, clock, sender, post_office)] == [("expert", "REQUEST")]
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    found = await sent(world, clock, sender, post_office)
    assert sorted(each[:2] for each in found) == [("expert", "CANCEL"), ("expert2", "REQUEST")]


async def test_who_wants_no_mail_is_invited_by_none(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "expert", mail=False)
    await make_booked(call, submitted, world, venue)
    assert await sent(world, clock, sender, post_office) == []
