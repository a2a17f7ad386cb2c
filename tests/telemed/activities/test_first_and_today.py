"""Home shows the meeting that comes first, and under it every other one of today."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from telemed.activities.rules import first_and_today
from telemed.kit.clock import midnight_after

NOW = datetime(2026, 11, 26, 6, 25, tzinfo=UTC)  # 14:25 in Shanghai
TONIGHT = midnight_after("Asia/Shanghai", NOW)


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
    return [each.name for each in first_and_today(coming, NOW, TONIGHT)]


def test_the_day_of_a_place_ends_at_its_midnight() -> None:
    assert datetime(2026, 11, 26, 16, tzinfo=UTC) == TONIGHT
    assert midnight_after("Asia/Shanghai", TONIGHT) == TONIGHT + timedelta(days=1)


def test_every_meeting_of_today_is_offered_in_the_order_of_time() -> None:
    day = [meeting(f"{minutes}", minutes) for minutes in (300, 5, 60, 20, 120)]
    assert shown(*day) == ["5", "20", "60", "120", "300"]


def test_tomorrow_is_shown_only_if_nothing_comes_before() -> None:
    assert shown(meeting("tomorrow", 20 * 60), meeting("next", 5)) == ["next"]
    assert shown(meeting("tomorrow", 20 * 60)) == ["tomorrow"]


def test_a_live_stat_is_before_everything() -> None:
    assert shown(meeting("waits", 0, waiting=True), Meeting("stat"), meeting("over", -60))[0] == "stat"


def test_one_in_which_somebody_waits_is_before_the_others() -> None:
    assert shown(meeting("next", 5), meeting("late", -60, waiting=True)) == ["late", "next"]


def test_one_whose_time_is_over_does_not_hide_the_next() -> None:
    assert shown(meeting("over", -100), meeting("interrupted", -3 * 24 * 60), meeting("next", 5)) == [
        "next",
        "interrupted",
        "over",
    ]


def test_nothing_to_come_is_nothing_to_show() -> None:
    assert shown() == []
