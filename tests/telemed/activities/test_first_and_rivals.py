"""Home shows the meeting that comes next, and whatever would hide behind it or hide it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from telemed.activities.rules import MOST, first_and_rivals

NOW = datetime(2026, 11, 26, 14, 25, tzinfo=UTC)


@dataclass(frozen=True)
class Meeting:
    name: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    waiting_for_me: bool = False


def meeting(name: str, begins: int, *, waiting: bool = False) -> Meeting:
    """Forty minutes, `begins` minutes from now."""
    start = NOW + timedelta(minutes=begins)
    return Meeting(name, start, start + timedelta(minutes=40), waiting)


def shown(*coming: Meeting) -> list[str]:
    return [each.name for each in first_and_rivals(coming, NOW)]


def test_the_next_meeting_stands_alone_when_the_others_come_after_it() -> None:
    assert shown(meeting("evening", 300), meeting("next", 5)) == ["next"]


def test_a_rival_at_the_same_time_stands_beside_it() -> None:
    assert shown(meeting("rival", 20), meeting("next", 5)) == ["next", "rival"]


def test_one_that_was_interrupted_days_ago_does_not_hide_the_next_meeting() -> None:
    assert shown(meeting("interrupted", -3 * 24 * 60), meeting("next", 5)) == ["next", "interrupted"]


def test_one_whose_time_is_over_does_not_hide_the_next_meeting() -> None:
    assert shown(meeting("over", -100), meeting("next", 5)) == ["next", "over"]


def test_somebody_who_waits_comes_before_everything() -> None:
    stat = Meeting("stat", waiting_for_me=True)
    assert shown(meeting("next", 5), meeting("interrupted", -500), stat)[0] == "stat"


def test_many_old_ones_leave_room_for_the_next_meeting() -> None:
    old = [meeting(f"old {n}", -1000 - n) for n in range(5)]
    assert shown(*old, meeting("next", 5))[0] == "next"
    assert len(shown(*old, meeting("next", 5))) == MOST


def test_an_overdue_meeting_where_somebody_waits_goes_on() -> None:
    assert shown(meeting("next", 5), meeting("running late", -60, waiting=True)) == ["running late", "next"]


def test_nothing_to_come_is_nothing_to_show() -> None:
    assert shown() == []
