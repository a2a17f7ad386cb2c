"""Who had sound and picture in a room, and for how long."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.rooms.model import RoomEvent
from telemed.rooms.rules import media
from tests.telemed.conftest import NOW

LEAD, BEDSIDE, BESIDE = (UUID(int=n) for n in (1, 2, 3))
END = NOW + timedelta(minutes=40)


def _page(who: UUID) -> str:
    return f"{who}/page"


def _report(kind: str, who: UUID | None, minute: float, **data: Any) -> RoomEvent:
    at = NOW + timedelta(minutes=minute)
    data = ({"id": _page(who)} if who else {}) | data
    return RoomEvent(room_id=UUID(int=9), type=kind, staff_id=who, at=at, recorded_at=at, data=data)


def _came(who: UUID, minute: float, *seats: UUID) -> list[RoomEvent]:
    return [_report("member.joined", who, minute), _seats(minute, *seats)]


def _seats(minute: float, *seats: UUID) -> RoomEvent:
    return _report("seats", None, minute, publishers=[_page(each) for each in seats])


def _times(*reports: RoomEvent) -> dict[UUID, tuple[float, float]]:
    found = media(reports, NOW, END)
    return {who: (each.seated.total_seconds() / 60, each.unseated.total_seconds() / 60) for who, each in found.items()}


def test_an_expert_beside_the_two_seats_had_none() -> None:
    pair = (LEAD, BEDSIDE)
    told = [*_came(LEAD, -5, LEAD), *_came(BEDSIDE, -4, *pair), *_came(BESIDE, 10, *pair)]
    assert _times(*told) == {LEAD: (40, 0), BEDSIDE: (40, 0), BESIDE: (0, 30)}
    assert [each.never for each in media(told, NOW, END).values()] == [False, False, True]


def test_a_seat_that_a_reload_lends_for_seconds_is_none() -> None:
    pair = (LEAD, BEDSIDE)
    told = [*_came(LEAD, 0, LEAD), *_came(BEDSIDE, 0, *pair), *_came(BESIDE, 0, *pair)]
    told += [_report("member.left", BEDSIDE, 20), _seats(20, LEAD, BESIDE), *_came(BEDSIDE, 20.5, *pair)]
    found = media(told, NOW, END)
    assert (found[BESIDE].never, found[BEDSIDE].partly, found[BEDSIDE].never) == (True, False, False)


def test_who_had_a_seat_for_a_part_is_told_apart_and_the_end_of_the_room_ends_it() -> None:
    told = [*_came(LEAD, 0, LEAD), *_came(BESIDE, 0, LEAD, BESIDE), *_came(BEDSIDE, 15, LEAD, BEDSIDE)]
    told.append(_report("room.ended", None, 30))
    assert _times(*told) == {LEAD: (30, 0), BESIDE: (15, 15), BEDSIDE: (15, 0)}
    assert media(told, NOW, END)[BESIDE].partly


def test_nothing_is_said_of_a_room_that_did_not_report_its_seats() -> None:
    assert media([_report("member.joined", BESIDE, 0)], NOW, END) == {}


def test_who_stands_beside_a_cart_has_its_seat() -> None:
    told = [*_came(LEAD, 0, LEAD), _report("member.joined", BEDSIDE, 0, id=f"{BEDSIDE}/companion")]
    told.append(_report("seats", None, 0, publishers=[_page(LEAD), "device-7/cart"]))
    assert _times(*told) == {LEAD: (40, 0), BEDSIDE: (40, 0)}
