"""What mails and robots say of people's calendars and of closed places, to whom nothing is due, by ladder."""

from typing import Final

from telemed.kit.both import Both
from telemed.work.model import When

OF_CALENDARS: Final = {
    "time_entered": dict.fromkeys(
        When,
        Both(
            "他人为您添加了一项日程（如休假），请查看",
            "Somebody has entered leave or another time for you: please see",
        ),
    ),
    "time_moved": dict.fromkeys(
        When, Both("他人改动了您一项日程的时间，请查看", "Somebody has moved a time of yours: please see")
    ),
    "time_taken_back": dict.fromkeys(
        When, Both("他人撤销了您的一项日程", "Somebody has taken back a time that was entered for you")
    ),
    "place_closed": dict.fromkeys(
        When,
        Both(
            "您参加的一例会诊时间不变，原定会诊室停用，将另行安排",
            "A consultation that you take part in keeps its time; its room is closed, and another is arranged",
        ),
    ),
}
