"""While the servers are away what was to be said may be over: nobody is told of it then, and nobody is passed over."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from telemed.consultations.words import Urgency
from telemed.notify.sender import Sender
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.model import Deadline, WorkKind
from telemed.work.outgoing import Delivery
from telemed.work.service import finish
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, act, booking_body, make_approved, make_booked, pass_time
from tests.telemed.consultations.conftest import Made, Save, lasts, submitted, venue
from tests.telemed.consultations.owed import make_paper_due
from tests.telemed.notify.conftest import add_robot, gives_address

__all__ = ["lasts", "submitted", "venue"]


async def became(world: World, ladder: str) -> list[tuple[str, str, str]]:
    of = {each.id for each in await rows(world.db, Deadline) if each.ladder == ladder}
    found = [each for each in await rows(world.db, Delivery) if each.deadline_id in of]
    return sorted((each.channel, each.state, each.why) for each in found)


async def test_that_a_time_is_lost_is_said_to_nobody_once_another_is_booked(
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
    await add_robot(world, chat, role="coordinator")
    await post_office.close()
    await chat.close()
    id = await make_booked(call, submitted, world, venue)
    clock.now = AT
    await pass_time(world, AT)
    await sender.send_due()
    assert await became(world, "lapsed") == [("mail", "queued", "away")]
    assert await became(world, "lapsed_centre") == [("robot", "queued", "away")]
    later = booking_body(world, venue, AT + timedelta(hours=2))
    assert (await act(call, "coordinator", id, "booking", later))[0] == 200
    await post_office.open()
    await chat.open()
    clock.move(minutes=1)
    await sender.send_due()
    assert await became(world, "lapsed") == [("mail", "withdrawn", "over")]
    assert await became(world, "lapsed_centre") == [("robot", "withdrawn", "over")]
    assert [str(each["Subject"]) for each in post_office.mails] == ["远程会诊：邀请您参加一例会诊，请查看并答复"]


async def test_of_what_was_put_off_nobody_hears_before_its_new_moment(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "doctor")
    await post_office.close()
    id = await make_approved(call, submitted)
    first = await make_paper_due(world, id)
    await make_paper_due(world, id, "C-2", NOW + timedelta(hours=3))
    clock.move(days=1)
    assert await take_due(world.db, clock(), on_duty) == {}
    await sender.send_due()
    assert await became(world, "papers") == [("mail", "queued", "away")]
    async with world.db.write() as db:  # the first paper has come; the second is due three hours later
        await finish(db, id, [WorkKind.consent], world.actor("doctor"), clock(), note={"consent_id": str(first)})
    await post_office.open()
    clock.move(minutes=1)
    await sender.send_due()
    assert await became(world, "papers") == [("mail", "withdrawn", "over")]
    clock.move(hours=3)
    assert await take_due(world.db, clock(), on_duty) == {}
    await sender.send_due()
    assert await became(world, "papers") == [("mail", "sent", ""), ("mail", "withdrawn", "over")]


async def test_what_was_told_ten_times_in_quiet_hours_is_mailed_once_in_the_morning(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator", quiet_from="08:00", quiet_until="07:00")  # it is 09:00 in Shanghai
    await make_approved(call, submitted, urgency=Urgency.urgent)
    clock.move(minutes=10)
    for _ in range(10):
        assert await take_due(world.db, clock(), on_duty) == {}
        await sender.send_due()
        clock.move(minutes=70)
    assert await became(world, "acceptance") == [("mail", "queued", "")] * 10
    clock.now = NOW + timedelta(hours=22)
    await sender.send_due()
    assert await became(world, "acceptance") == [("mail", "sent", "")] + [("mail", "withdrawn", "again")] * 9
    (_,) = post_office.mails
    found = (await call("coordinator", "GET", "/home/notices"))[1]
    listed = [each for each in found["items"] if each["ladder"] == "acceptance"]
    assert [each["ended_at"] for each in listed] == [None], "and on the pages it is new once"
    assert found["new"] == len({each["ladder"] for each in found["items"]})


async def test_what_is_told_again_on_the_pages_only_is_mailed_all_the_same(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    lasts: Save,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    await gives_address(world, "coordinator", quiet_from="08:00", quiet_until="07:00")
    again = {"when": "after", "minutes": 60, "to": "asked", "again": True, "channels": []}
    await lasts("admin", "acceptance", 0, rungs=[{"when": "due", "minutes": 0, "to": "asked"}, again])
    await make_approved(call, submitted, urgency=Urgency.urgent)
    clock.move(minutes=10)
    for _ in range(3):
        assert await take_due(world.db, clock(), on_duty) == {}
        clock.move(minutes=60)
    clock.now = NOW + timedelta(hours=22)
    await sender.send_due()
    assert await became(world, "acceptance") == [("mail", "sent", "")]


async def test_of_two_at_one_moment_one_goes_and_a_refusal_is_tried_again(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator")
    await make_approved(call, submitted, urgency=Urgency.urgent)
    clock.move(minutes=10)
    assert await take_due(world.db, clock(), on_duty) == {}
    async with world.db.write() as db:
        (first,) = (await db.exec(select(Delivery))).all()
        db.add(Delivery(**first.model_dump(exclude={"id"})))
    post_office.busy = True
    await sender.send_due()
    assert await became(world, "acceptance") == [("mail", "queued", "refused"), ("mail", "withdrawn", "again")]
    post_office.busy = False
    clock.move(minutes=1)
    await sender.send_due()
    assert await became(world, "acceptance") == [("mail", "sent", ""), ("mail", "withdrawn", "again")]


async def test_a_group_whose_robot_was_away_is_told_once(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, chat: Chat
) -> None:
    await add_robot(world, chat, role="coordinator")
    await chat.close()
    await make_approved(call, submitted, urgency=Urgency.urgent)
    clock.move(minutes=10)
    for _ in range(3):
        assert await take_due(world.db, clock(), on_duty) == {}
        await sender.send_due()
        clock.move(minutes=70)
    await chat.open()
    await sender.send_due()
    assert await became(world, "acceptance") == [("robot", "sent", "")] + [("robot", "withdrawn", "again")] * 2


async def test_what_is_told_again_while_the_mail_server_is_away_is_given_up_after_a_day_all_the_same(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator")
    post_office.busy = True
    await make_approved(call, submitted, urgency=Urgency.urgent)
    clock.move(minutes=10)
    for _ in range(25 * 6):
        assert await take_due(world.db, clock(), on_duty) == {}
        await sender.send_due()
        clock.move(minutes=10)
    assert ("mail", "failed", "refused") in await became(world, "acceptance")
