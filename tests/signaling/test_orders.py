"""Orders of the product: done for all at once, kept on the disk, and stronger than any ticket from before."""

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from signaling import moderation
from signaling.commands import Commands
from signaling.log import RoomLog
from signaling.orders import KEPT
from signaling.rooms import Rooms
from signaling.seats import ACCOMPANYING
from signaling.session import GRACE
from tests.signaling.kit import (
    BRANCH,
    GUEST,
    LATER,
    NOW,
    REV,
    FakeLink,
    Frame,
    Person,
    commands_of,
    hello,
    new_rooms,
    say,
    ticket,
)

CT = "wuxi/1.2.3"
AS_LEAD: Frame = {"role": "expert", "booked": True}
AS_BRANCH: Frame = {"role": ACCOMPANYING, "booked": True}


def turned_away(rooms: Rooms, who: str, now: float = LATER, issued: float = NOW, **more: object) -> int | None:
    """The close code that a join with this ticket meets."""
    link = FakeLink()
    if (session := rooms.hello(link, hello(ticket(who, issued, **more)), now)) is not None:
        rooms.receive(session, link, say("join", "j", page="p"), now)
    return link.closed


def broken(*_: object) -> None:
    raise RuntimeError("on purpose")


def state(rooms: Rooms, who: str) -> object:
    return rooms.rooms["r1"].members[f"{who}/page"].peer("add")["state"]


async def test_grants_change_live(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna", studies=[CT]), Person(rooms, "bert", studies=[CT])
    bert.say("present.take", scope=CT)
    commands = commands_of(rooms)
    await commands.set_rights("r1", "bert", ["subscribe"], [], rev=REV + 2, **AS_BRANCH)
    assert bert.last("grants") == {"grants": ["subscribe"], "studies": []}
    assert (anna.last("presenter"), rooms.rooms["r1"].publishers) == ({"id": None}, ("anna/page",))
    assert bert.ask("data", topic="pointer", scope=CT, payload=1) == "forbidden"
    await commands.set_rights("r1", "bert", ["publish"], [CT], rev=REV + 1, **AS_BRANCH)  # an older order, come late
    assert bert.ask("data", topic="pointer", scope=CT, payload=1) == "forbidden"
    waiting = Person(rooms, "gus", role="expert", booked=False)
    await commands.set_rights("r1", "gus", ["admit", "publish"], [], rev=REV + 3, **AS_LEAD)
    assert waiting.last("joined")["grants"] == ["admit", "publish"]


async def test_a_removal_and_a_sign_out_close_every_device_at_once(rooms: Rooms) -> None:
    anna = Person(rooms, "anna")
    devices = [Person(rooms, "bert", device=device) for device in ("page", "cart")]
    commands = commands_of(rooms)
    await commands.remove("r1", "bert", REV)
    assert [seat.link.closed for seat in devices] == [4403, 4403]
    assert devices[0].last("removed") == {"words": "", "by": "product"}
    assert {d["id"] for d in anna.heard("peer") if d["op"] == "remove"} == {"bert/page", "bert/cart"}
    cleo = Person(rooms, "cleo")
    for _ in range(2):
        await commands.revoke("sid-cleo")
    assert cleo.link.closed == 4401
    assert turned_away(rooms, "cleo") == 4401
    await commands.end("r1", REV, "moved")
    await commands.end("r1", REV, "moved")
    assert anna.link.closed == 4410


async def test_who_is_called_away_leaves_and_comes_back_without_knocking(rooms: Rooms) -> None:
    anna = Person(rooms, "anna")
    Person(rooms, "bert", **BRANCH)
    guest = Person(rooms, "gus", **GUEST)
    anna.say("mod.admit", target="gus/page")
    commands = commands_of(rooms)
    for sub in ("anna", "gus"):
        await commands.remove("r1", sub, REV, "called away", may_return=True)
    assert [each.link.closed for each in (anna, guest)] == [4403, 4403]
    assert guest.last("removed") == {"words": "", "by": "called_away"}
    again = [Person(rooms, who, LATER, **kind) for who, kind in (("anna", {}), ("gus", GUEST))]
    assert [each.heard("waiting") for each in again] == [[], []]


@pytest.mark.parametrize("restarted", [False, True])
async def test_no_ticket_from_before_opens_what_was_ended(tmp_path: Path, restarted: bool) -> None:
    """Also after the process was killed once the order had returned, and another process reads the same file."""
    path = str(tmp_path / "room.db")
    rooms = new_rooms(NOW, path)
    for who, kind in (("anna", {}), ("bert", BRANCH), ("gus", GUEST)):
        Person(rooms, who, **kind)
    commands = commands_of(rooms)
    await commands.revoke("sid-cleo")
    await commands.remove("r1", "gus", REV)
    await commands.end("r2", REV)
    now = new_rooms(LATER, path) if restarted else rooms
    assert turned_away(now, "cleo") == 4401
    assert turned_away(now, "gus", **GUEST) == 4403
    assert turned_away(now, "dora", room="r2") == 4410
    assert turned_away(now, "dora", room="r3") is None
    assert turned_away(now, "bert", device="cart") is None
    for each in {rooms, now}:
        each.log.close()


async def test_a_ticket_from_after_the_order_opens_again_but_one_has_to_knock(tmp_path: Path) -> None:
    path = str(tmp_path / "room.db")
    rooms = new_rooms(NOW, path)
    anna = Person(rooms, "anna")
    gus = Person(rooms, "gus", **GUEST)
    anna.say("mod.admit", target=gus.id)
    gus.say("leave")  # is let in again without asking, were it not for the order
    await commands_of(rooms).remove("r1", "gus", REV)
    Person(rooms, "gus", LATER, **GUEST)
    assert state(rooms, "gus") == "waiting"
    rooms.log.close()
    after = new_rooms(LATER, path)
    Person(after, "anna", LATER)
    Person(after, "gus", LATER, **GUEST)
    assert (state(after, "anna"), state(after, "gus")) == ("here", "waiting")
    after.log.close()


async def test_an_ended_room_that_nobody_is_in_forgets_who_was_let_in(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("leave")
    bert.say("leave")
    await commands_of(rooms).end("r1", REV)
    Person(rooms, "bert", LATER, **BRANCH)
    assert state(rooms, "bert") == "waiting"  # the lead has not come to the new meeting


async def test_an_order_given_late_or_twice_spares_whoever_came_by_a_newer_ticket(rooms: Rooms) -> None:
    commands = commands_of(rooms)
    old, new = Person(rooms, "bert", **BRANCH), Person(rooms, "anna", LATER)
    for _ in range(2):
        await commands.remove("r1", "anna", REV)
        await commands.end("r1", REV)
        await commands.set_rights("r1", "anna", [], [], REV, **AS_LEAD)
    assert (old.link.closed, new.link.closed) == (4410, None)
    assert rooms.rooms["r1"].members["anna/page"].lead
    await commands.end("r1", REV - 1)  # older than what is known
    assert new.link.closed is None


async def test_what_was_ordered_counts_for_a_ticket_that_was_already_issued(tmp_path: Path) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    await commands_of(before).set_rights("r1", "bert", ["subscribe"], [], REV, **AS_BRANCH)
    after = new_rooms(LATER, path)
    Person(after, "anna")
    stale: Frame = Person(after, "bert", studies=[CT]).last("joined")
    assert (stale["grants"], stale["studies"]) == (["subscribe"], [])
    fresh: Frame = Person(after, "bert", LATER, studies=[CT]).last("joined")
    assert fresh["studies"] == [CT]
    for each in (before, after):
        each.log.close()


async def test_an_order_is_forgotten_once_no_older_ticket_is_left(tmp_path: Path) -> None:
    path = str(tmp_path / "room.db")
    rooms = new_rooms(NOW, path)
    await commands_of(rooms).end("r1", REV)
    rooms.tick(NOW + KEPT)
    assert turned_away(rooms, "anna") == 4410
    rooms.tick(NOW + 2 * KEPT)
    rooms.log.close()
    log = RoomLog(path, NOW)
    assert log.orders() == {}
    log.close()


async def test_an_order_that_cannot_be_written_is_not_acknowledged(rooms: Rooms) -> None:
    async def full() -> None:
        raise OSError("no space")

    for _ in range(2):  # nor when it is given again while the disk is still full
        with pytest.raises(OSError, match="no space"):
            await Commands(rooms, lambda: NOW, full).end("r1", REV)
    await commands_of(rooms).end("r1", REV)
    assert list(rooms.log.orders()) == [("end", "r1", "")]


@pytest.mark.parametrize("crashed", [False, True])
async def test_whoever_was_handed_the_lead_keeps_it_over_a_new_order_of_rights(tmp_path: Path, crashed: bool) -> None:
    """The product knows only the booked lead, so its orders of rights never include `admit` for somebody else."""
    path = str(tmp_path / "room.db")
    rooms = new_rooms(NOW, path)
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert", role="expert")
    anna.say("mod.role", target=bert.id, role="lead")
    assert bert.last("grants")["grants"] == ["admit", "publish", "subscribe"]
    anna.say("leave")
    if crashed:
        rooms.log.flush()
        rooms = new_rooms(LATER, path)
        bert = Person(rooms, "bert", role="expert")
    await commands_of(rooms).set_rights("r1", "bert", ["publish", "subscribe"], [CT], REV, **AS_LEAD)
    assert bert.last("grants") == {"grants": ["admit", "publish", "subscribe"], "studies": [CT]}
    gus = Person(rooms, "gus", LATER, **GUEST)
    assert bert.ask("mod.admit", target=gus.id) == "ack"
    assert Person(rooms, "bert", LATER, role="expert").last("joined")["me"]["lead"]  # the page is loaded anew
    rooms.log.close()


@pytest.mark.parametrize("inside", [False, True])
async def test_whoever_lost_entry_comes_back_without_what_was_handed_to_them(rooms: Rooms, inside: bool) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert", role="expert")
    anna.say("mod.role", target=bert.id, role="lead")
    if not inside:
        bert.say("leave")
    await commands_of(rooms).remove("r1", "bert", REV)
    again = Person(rooms, "bert", LATER, role="expert")
    assert not rooms.rooms["r1"].members[again.id].lead


async def test_an_ended_room_forgets_what_was_handed_over(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    for role in ("lead", "accompanying_physician"):
        anna.say("mod.role", target=bert.id, role=role)
    bert.say("leave")
    assert rooms.log.handed("r1") == {"bert": {"lead", "accompanying_physician"}}
    Person(rooms, "cleo", LATER)  # by a newer ticket than the order: for her the room goes on
    await commands_of(rooms).end("r1", REV)
    assert rooms.log.handed("r1") == {}
    Person(rooms, "bert", LATER, role="expert")
    assert not rooms.rooms["r1"].members["bert/page"].lead


async def test_an_order_that_failed_on_the_way_is_performed_when_it_is_given_again(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, gus = Person(rooms, "anna"), Person(rooms, "gus", **GUEST)
    anna.say("mod.admit", target=gus.id)
    gus.say("leave")
    commands = commands_of(rooms)

    def full(_log: RoomLog, _room: str) -> object:
        raise sqlite3.OperationalError("database or disk is full")

    for _ in range(2):
        with monkeypatch.context() as patched:
            patched.setattr(RoomLog, "passes", full)
            with pytest.raises(sqlite3.OperationalError):
                await commands.remove("r1", "gus", REV)
        assert gus.id in rooms.rooms["r1"].passes
    await commands.remove("r1", "gus", REV)
    assert gus.id not in rooms.rooms["r1"].passes


@pytest.mark.parametrize("order", ["grants", "remove", "end"])
async def test_a_room_that_an_order_broke_is_entered_anew_and_the_order_holds(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert", studies=[CT])
    commands = commands_of(rooms)
    orders: dict[str, Callable[[], Awaitable[None]]] = {
        "grants": lambda: commands.set_rights("r1", "bert", ["subscribe"], [], REV, **AS_BRANCH),
        "remove": lambda: commands.remove("r1", "bert", REV),
        "end": lambda: commands.end("r1", REV),
    }
    give = orders[order]
    with monkeypatch.context() as patched:
        patched.setattr(Rooms, "perform", broken)
        with pytest.raises(RuntimeError):
            await give()
    assert (anna.link.closed, bert.link.closed, rooms.rooms) == (4503, 4503, {})
    await give()
    if order == "grants":
        assert Person(rooms, "anna", LATER).last("joined")["peers"] == []
        assert Person(rooms, "bert", studies=[CT]).last("joined")["studies"] == []
    else:
        assert turned_away(rooms, "bert") == (4403 if order == "remove" else 4410)


async def test_who_does_not_come_back_to_a_broken_room_has_left(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    Person(rooms, "anna")
    Person(rooms, "bert")
    with monkeypatch.context() as patched:
        patched.setattr(moderation, "set_standing", broken)
        with pytest.raises(RuntimeError):
            await commands_of(rooms).set_rights("r1", "bert", [], [], REV, **AS_BRANCH)
    Person(rooms, "anna", LATER)
    rooms.tick(NOW + GRACE)
    left = [event.data["sub"] for _, event in rooms.log.pending() if event.type == "member.left"]
    assert left == ["bert"]
