"""Who had sound and picture in a room, computed from its reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from telemed.rooms.model import RoomEvent

OF_DEVICE: Final = "device-"  # begins the account that a hospital's device has in a room; what follows is its id
BRIEF: Final = timedelta(minutes=1)  # a page loaded anew gives its seat away for seconds


@dataclass
class Media:
    """How long somebody who was in the room had a media seat, and how long they had none."""

    seated: timedelta = timedelta()
    unseated: timedelta = timedelta()

    @property
    def never(self) -> bool:
        return self.seated < BRIEF <= self.unseated

    @property
    def partly(self) -> bool:
        return self.seated >= BRIEF and self.unseated >= BRIEF


def media(reports: Iterable[RoomEvent], start: datetime, end: datetime) -> dict[UUID, Media]:
    """By person, between these moments; `reports` in the order in which they occurred.

    Who stands beside a cart has its seat. Nobody, if the room did not report its seats: rooms of before did not.
    """
    inside: dict[UUID, set[str]] = {}
    seats: set[str] = set()
    found: dict[UUID, Media] = {}
    known, since = False, start

    def pass_until(moment: datetime) -> None:
        nonlocal since
        until = min(max(moment, since), end)
        for person, devices in inside.items():
            if devices:
                spent = found.setdefault(person, Media())
                beside = any(each.endswith("/companion") for each in devices)
                if devices & seats or (beside and any(each.startswith(OF_DEVICE) for each in seats)):
                    spent.seated += until - since
                else:
                    spent.unseated += until - since
        since = until

    for each in reports:
        pass_until(each.at)
        if each.type == "seats":
            seats, known = set(each.data["publishers"]), True
        elif each.type in ("room.opened", "room.ended"):
            seats, inside = set(), {} if each.type == "room.ended" else inside
        elif each.staff_id is not None and each.type in ("member.joined", "member.waiting", "member.left"):
            devices = inside.setdefault(each.staff_id, set())
            devices.discard(str(each.data["id"]))
            if each.type == "member.joined":
                devices.add(str(each.data["id"]))
    pass_until(end)
    return found if known else {}
