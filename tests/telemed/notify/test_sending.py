"""Notices reach a real mail server and a group's robot, and survive their being away for an hour."""

from datetime import timedelta

import pytest
from sqlmodel import delete

from telemed.access.model import Account
from telemed.consultations.words import Urgency
from telemed.history.model import EventRow
from telemed.kit.table import new_id
from telemed.notify.outside import Outside
from telemed.notify.sender import Sender
from telemed.people.duty import on_duty
from telemed.people.model import CalendarDay, Hospital
from telemed.work.clock import take_due
from telemed.work.model import Channel, Deadline, When
from telemed.work.outgoing import Delivery, DeliveryState
from tests.fakes.outside import Chat, PostOffice, texts
from tests.telemed.conftest import SEAL, Call, FakeClock, World, rows
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.notify.conftest import ORIGIN, add_robot, gives_address, is_due, wording

__all__ = ["submitted"]


async def states(world: World) -> list[tuple[str, str, str]]:
    return sorted((each.channel, each.state, each.why) for each in await rows(world.db, Delivery))


async def test_what_is_due_reaches_a_mailbox_and_a_group_without_a_patient_or_a_name(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    await gives_address(world, "coordinator")
    await add_robot(world, chat, role="coordinator")
    id = await is_due(world, clock, call, submitted)
    await sender.send_due()
    (mail,) = post_office.mails
    assert mail["To"] == "coordinator@mail.example"
    assert mail["Subject"] == "远程会诊：受理已到时限"
    text = texts(post_office.mails)
    assert f"{ORIGIN}/consultations/{id}" in text
    assert "紧急程度：普通" in text
    assert "13:00 (Asia/Shanghai)" in text
    ((path, body),) = chat.said
    assert path.endswith("?key=secret-of-the-group")
    assert body["msgtype"] == "text"
    assert f"{ORIGIN}/consultations/{id}" in body["text"]["content"]
    for secret in ("陈远山", "coordinator", "doctor", "胸痛"):
        assert secret not in text.replace("coordinator@", "") + body["text"]["content"]
    assert await states(world) == [("mail", "sent", ""), ("robot", "sent", "")]
    clock.move(hours=30)
    await sender.send_due()
    assert (len(post_office.mails), len(chat.said)) == (1, 1)


async def test_a_due_in_a_year_without_holidays_is_said_to_be_an_estimate(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator")
    await is_due(world, clock, call, submitted)
    await sender.send_due()
    assert "节假日" not in texts(post_office.mails)
    await gives_address(world, "hub_duty")
    async with world.db.write() as db:
        await db.exec(delete(CalendarDay))
    clock.move(minutes=10)
    assert await take_due(world.db, clock(), on_duty) == {}
    await sender.send_due()
    assert f"{clock().year} 年的节假日尚未录入，时限暂按每周惯例推算" in texts(post_office.mails)


async def test_both_servers_are_away_for_an_hour_and_then_everything_arrives_once(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    await gives_address(world, "coordinator", "hub_duty")
    await add_robot(world, chat, role="coordinator")
    await post_office.close()
    await chat.close()
    await is_due(world, clock, call, submitted)
    for _ in range(60):
        await sender.send_due()
        clock.move(minutes=1)
        assert await take_due(world.db, clock(), on_duty) == {}  # after ten minutes the duty officer is told
    assert await states(world) == [("mail", "queued", "away")] * 2 + [("robot", "queued", "away")]
    tries = max(each.tries for each in await rows(world.db, Delivery))
    assert 5 < tries < 15
    await post_office.open()
    await chat.open()
    for _ in range(20):
        await sender.send_due()
        clock.move(minutes=1)
    assert post_office.got == ["coordinator@mail.example", "hub_duty@mail.example"]
    assert len(chat.said) == 1
    assert await states(world) == [("mail", "sent", "")] * 2 + [("robot", "sent", "")]


async def test_after_a_crash_between_sending_and_noting_it_is_sent_again_and_never_lost(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    sender: Sender,
    post_office: PostOffice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await gives_address(world, "coordinator")
    await is_due(world, clock, call, submitted)

    async def crashes(_self: Sender, *_became: object) -> None:
        raise RuntimeError("the process ends here")

    with monkeypatch.context() as broken:
        broken.setattr(Sender, "_note", crashes)
        with pytest.raises(RuntimeError):
            await sender.send_due()
    await sender.send_due()
    assert len(post_office.mails) == 1  # taken, for as long as the lease
    clock.move(minutes=2)
    await sender.send_due()
    first, second = post_office.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert await states(world) == [("mail", "sent", "")]


async def test_an_unknown_address_fails_at_once_is_on_record_and_holds_up_nobody(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "doctor", "expert")
    post_office.unknown = {"doctor@mail.example"}
    await gives_address(world, "coordinator")
    post_office.unknown.add("coordinator@mail.example")
    await is_due(world, clock, call, submitted)
    await sender.send_due()
    assert await states(world) == [("mail", "failed", "address")]
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "notice.undelivered"]
    assert event.data["why"] == "address"
    assert event.data["to_id"] == str(world.ids["coordinator"])
    assert "@" not in str(event.data)


async def test_what_is_not_taken_for_a_day_is_given_up(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    await gives_address(world, "coordinator")
    await add_robot(world, chat, role="coordinator")
    post_office.busy = True
    chat.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    await is_due(world, clock, call, submitted)
    for _ in range(25 * 6):
        await sender.send_due()
        clock.move(minutes=10)
    assert await states(world) == [("mail", "failed", "refused"), ("robot", "failed", "refused")]


async def test_what_was_seen_or_dealt_with_meanwhile_is_not_sent(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    await gives_address(world, "coordinator")
    await add_robot(world, chat, role="coordinator")
    await post_office.close()
    await is_due(world, clock, call, submitted)
    await sender.send_due()
    (told,) = (await call("coordinator", "GET", "/home/notices"))[1]["items"]
    await call("coordinator", "POST", f"/home/notices/{told['id']}/seen", json={"device": "phone"})
    await post_office.open()
    clock.move(minutes=1)
    await sender.send_due()
    assert post_office.mails == []
    assert ("mail", "withdrawn", "over") in await states(world)


async def test_without_a_mail_server_no_mail_waits(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    await gives_address(world, "coordinator")
    await is_due(world, clock, call, submitted)
    await Sender(world.db, clock, Outside(SEAL), wording()).send_due()
    assert await states(world) == [("mail", "withdrawn", "not_set_up")]


async def test_an_emergency_is_mailed_once_to_each_in_their_language_and_ignores_quiet_hours(
    world: World, clock: FakeClock, submitted: Made, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    await gives_address(world, "expert", "hub_duty", quiet_from="00:00", quiet_until="23:59")
    await add_robot(world, chat, department_id=world.departments["ruijin", "cardiology"])
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["hub_duty"])).language = "en"
    await submitted(urgency=Urgency.stat)
    for _ in range(6):
        await sender.send_due()
        clock.move(minutes=1)
        assert await take_due(world.db, clock(), on_duty) == {}
    await sender.send_due()
    assert post_office.got == ["expert@mail.example", "hub_duty@mail.example"]
    subjects = {str(each["To"]).partition("@")[0]: each["Subject"] for each in post_office.mails}
    assert subjects == {
        "expert": "【紧急】远程会诊：紧急会诊正在呼叫，请立即接入",
        "hub_duty": "【Stat】Remote consultation: An emergency is calling: please take it at once",
    }
    ((_, body),) = chat.said
    assert body["text"]["mentioned_list"] == ["@all"]


async def test_what_can_wait_waits_for_the_end_of_the_quiet_hours(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator", quiet_from="12:30", quiet_until="14:00")  # 13:00 in Shanghai
    await is_due(world, clock, call, submitted)
    await sender.send_due()
    assert post_office.mails == []
    clock.move(hours=1)
    await sender.send_due()
    assert post_office.got == ["coordinator@mail.example"]


async def test_what_a_hospital_does_not_allow_is_not_sent(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    await gives_address(world, "coordinator")
    await add_robot(world, chat, role="coordinator")
    async with world.db.write() as db:
        row = await db.get_one(Hospital, "ruijin")
        row.notice_mail = row.notice_robots = False
    await is_due(world, clock, call, submitted)
    await sender.send_due()
    assert await states(world) == []


async def test_a_robot_hears_what_its_own_group_is_told(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, chat: Chat
) -> None:
    await add_robot(world, chat, "wuxi", role="coordinator")
    await add_robot(world, chat, role="duty_officer")
    await add_robot(world, chat, department_id=world.departments["ruijin", "neurology"])
    await is_due(world, clock, call, submitted)
    await sender.send_due()
    assert chat.said == []
    clock.move(minutes=10)
    assert await take_due(world.db, clock(), on_duty) == {}
    await sender.send_due()
    assert len(chat.said) == 1  # the duty officers'


async def test_a_reminder_of_what_is_past_is_not_sent(world: World, clock: FakeClock, sender: Sender) -> None:
    deadline = Deadline(
        activity="consultation",
        activity_id=new_id(),
        kind="state",
        ladder="meeting",
        hospital_id="wuxi",
        hub_id="ruijin",
        began_at=clock() - timedelta(hours=2),
        due_at=clock() - timedelta(minutes=1),
    )
    async with world.db.write() as db:
        db.add(deadline)
        await db.flush()
        db.add(
            Delivery(
                deadline_id=deadline.id,
                channel=Channel.mail,
                to_id=world.ids["expert"],
                when=When.before,
                state=DeliveryState.queued,
                queued_at=clock() - timedelta(minutes=11),
                at=clock(),
            )
        )
    await sender.send_due()
    assert await states(world) == [("mail", "withdrawn", "over")]
